"""Works on a store until the disk is full, or not at all, and prints what is said.

Run by `test_troubles` on a disk of its own:
``python -m tests.db.small_disk full|backup|readonly STORE``.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from app.backups.queries import backup_state
from app.core import i18n
from app.core.errors import AppError
from app.core.words.backups import Reason
from app.demo.center import CENTER, PASSWORD
from app.entrance import make_store, open_store
from app.reports.queries import check_store
from tests.filled import copy_center
from tests.people import household, intake
from tests.world import open_world


def fill(store: Path) -> None:
    """Take households in until there is no room; make room; take one more in."""
    filler = store.with_name("filler")
    filler.write_bytes(bytes(200_000))
    world = open_world(store)
    forms = (intake(household("某人", order)) for order in count(100))
    try:
        while True:
            world.accept(next(forms))
    except AppError as error:
        print(type(error).__name__, error)
    filler.unlink()
    world.accept(next(forms))
    before, after = (int(each.case_number[5:]) for each in world.accepted[-2:])
    print("saved", after == before + 1)
    print("whole", not world.ask("admin", check_store).findings)
    world.office.close()


def back_up(store: Path) -> None:
    """Back a store up where there is no room; make room, and back it up."""
    filler = store.with_name("filler")
    filler.write_bytes(bytes(shutil.disk_usage(store.parent).free - store.stat().st_size // 2))
    world = open_world(store)
    for _ in range(2):
        try:
            world.office.back_up_if_changed(Reason.CLOSE, lambda _share: None)
            print("saved", [len(list(each.iterdir())) for each in backups(store)])
        except AppError as error:
            print(type(error).__name__, error)
            print(
                "left", list(backups(store)), world.ask("wang", backup_state).trouble == str(error)
            )
        filler.unlink(missing_ok=True)
    print("whole", not world.ask("admin", check_store).findings)
    world.office.close()


def backups(store: Path) -> Iterator[Path]:
    """Yield the folders of the backups beside a store."""
    yield from store.parent.glob("center-backups/*")


def look(store: Path) -> None:
    """Try to open a store that cannot be written to, and to make one beside it."""
    try:
        open_store(store, "wang", PASSWORD)
    except AppError as error:
        print(type(error).__name__, error)
    try:
        make_store(store.with_name("new.db"), CENTER, [])
    except AppError as error:
        print(type(error).__name__, error)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "center.db")
        copy_center(store, copy)
        world = open_world(copy)
        try:
            world.office.back_up(world.actor("admin"), lambda _share: None, store.parent)
        except AppError as error:
            print(type(error).__name__, error)
        world.office.close()


if __name__ == "__main__":
    i18n.use_language(i18n.DEFAULT_LANGUAGE)
    {"full": fill, "backup": back_up, "readonly": look}[sys.argv[1]](Path(sys.argv[2]))
