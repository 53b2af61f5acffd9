"""Works on a store until the disk is full, or not at all, and prints what is said.

Run by `test_troubles` on a disk of its own: ``python -m tests.db.small_disk full|readonly STORE``.
"""

import sys
from itertools import count
from pathlib import Path

from app.core import i18n
from app.core.errors import AppError
from app.demo.center import CENTER, PASSWORD
from app.entrance import make_store, open_store
from app.reports.queries import check_store
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


if __name__ == "__main__":
    i18n.use_language(i18n.DEFAULT_LANGUAGE)
    {"full": fill, "readonly": look}[sys.argv[1]](Path(sys.argv[2]))
