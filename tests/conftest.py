"""What holds for every test: Chinese on screen, Beijing time, no display, a home of its own."""

import gc
import logging
import os
import runpy
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from argon2 import low_level
from hypothesis import settings

from app.core import i18n
from app.core.assets import resource

pytest_plugins = ["tests.world", "tests.filled"]

# Set before anything loads Qt, reads the time zone or asks where settings live.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ["TZ"] = "Asia/Shanghai"
if hasattr(time, "tzset"):  # Windows has none and asks its own settings
    time.tzset()

# What the modules are made of stays to the end: the collector need not look for waste among it.
gc.disable()

settings.register_profile("bangfu", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if "CI" in os.environ else "bangfu")


def pytest_configure(config: pytest.Config) -> None:
    """Give the run an empty home and speak Chinese, before test modules are imported."""
    home = tempfile.TemporaryDirectory(prefix="bangfu-home-")
    config.add_cleanup(home.cleanup)
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(Path(home.name, name.lower()))
    for name in [name for name in os.environ if name.startswith("BANGFU_")]:
        del os.environ[name]
    runpy.run_path(str(resource("locale", "compile.py")), run_name="__main__")
    i18n.use_language(i18n.DEFAULT_LANGUAGE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Take the tour first: it is the longest, and nobody else can help with it at the end."""
    items.sort(key=lambda item: item.path.name != "test_tour.py")


def pytest_collection_finish() -> None:
    """Let the collector see to what the tests make, and to nothing older."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def known_passwords() -> Iterator[None]:
    """Make the key of a password and a salt once: copies of one store share both."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(low_level, "hash_secret_raw", cache(low_level.hash_secret_raw))
        yield


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """Return to Chinese after a test that chose another language."""
    yield
    if i18n.language() != i18n.DEFAULT_LANGUAGE:
        i18n.use_language(i18n.DEFAULT_LANGUAGE)


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logs a warning or an error, unless it is marked ``logs``."""
    yield
    if request.node.get_closest_marker("logs") is None:
        records = [*caplog.get_records("setup"), *caplog.get_records("call")]
        loud = [each.getMessage() for each in records if each.levelno >= logging.WARNING]
        assert not loud, f"logged: {loud}"
