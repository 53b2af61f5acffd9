"""``bangfu assess --replay``: a sealed assessment proved again from the command line."""

import pytest

from app.demo.center import PASSWORD
from tests.commands import Bangfu, runner
from tests.world import World


@pytest.fixture
def bangfu(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Bangfu:
    monkeypatch.setenv("BANGFU_USER", "zhao")
    monkeypatch.setenv("BANGFU_PASSWORD", PASSWORD)
    return runner(capsys)


def test_a_sealed_assessment_is_proved_again(bangfu: Bangfu, world: World) -> None:
    world.file()
    store = world.office.engines.path
    ran = bangfu("--store", store, "assess", "--replay", "C2026-00001")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "C2026-00001（2026-11-20）：重新测算，结果与封存的一致\n"
    found = bangfu("--store", store, "assess", "--replay", "C2026-00001", "--json").json
    assert (found["same"], found["differences"], found["changed_packs"]) == (True, [], [])


def test_an_unknown_number_is_said(bangfu: Bangfu, world: World) -> None:
    ran = bangfu("--store", world.office.engines.path, "assess", "--replay", "C2026-00077")
    assert (ran.code, ran.out) == (1, "")
    assert "C2026-00077" in ran.err
