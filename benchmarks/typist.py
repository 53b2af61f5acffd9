"""Types into a real intake page at the pace of a person until somebody ends it.

Called with a store, the user and password of its first person, and a seed. After every key one
line goes to the standard output: the monotonic time of the key, the field, and what stands in it.
"""

import json
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.demo.people import demo_households
from app.office import enter_store
from benchmarks.stores import PASSWORD, TODAY, USER
from ui.application import make_application
from ui.driver import type_text
from ui.feedback import Feedback
from ui.kit.asking import Answers
from ui.printing import KeptSheets
from ui.start import open_desk
from ui.tasks import Tasks

PACE_MS: Final = (60, 120)
NOTE: Final = "Told at the counter: 家中一人重病, savings spent, rent owed for 3 months. "


class Typist:
    """Types one household, field after field, and then a long note."""

    def __init__(self, page: QWidget, seed: int) -> None:
        self._page = page
        self._random = Random(seed)  # noqa: S311 - the pace of a typist
        self._keys = self._strokes(seed)

    def begin(self) -> None:
        QTimer.singleShot(self._random.randint(*PACE_MS), self._press)

    def _strokes(self, seed: int) -> Iterator[tuple[str, str]]:
        """Yield every key with the path of its field, as drafts name it."""
        person = next(islice(demo_households(9, seed=seed, today=TODAY), 8, None))
        head = person.head
        texts = {
            "head.id_number": head.id_number,
            "head.name": head.name,
            "head.phone": head.phone,
            "head.work_unit": person.work_unit,
            "head.address": person.address,
            "account.account_holder": person.account_holder,
            "account.account_number": person.account_number,
        }
        for field, text in texts.items():
            for key in text:
                yield field, key
        while True:
            for key in NOTE:
                yield "application.note", key

    def _press(self) -> None:
        path, key = next(self._keys)
        field = self._page.findChild(QWidget, path)
        if not isinstance(field, QLineEdit | QPlainTextEdit):
            raise TypeError(path)
        if not field.hasFocus():
            field.setFocus()
        at = time.monotonic()
        type_text(field, key)
        text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        print(json.dumps([at, path, text]), flush=True)
        self.begin()


def main() -> int:
    store, seed = Path(sys.argv[1]), int(sys.argv[2])
    application = make_application(sys.argv[:1])
    office, actor = enter_store(store, USER, PASSWORD)
    window = open_desk(office, actor, Tasks(), Feedback(), KeptSheets(), Answers())
    window.resize(1366, 768)
    window.show()
    page = window.go("intake", "new")
    if page is None:
        raise LookupError("intake")
    typist = Typist(page, seed)  # a timer does not keep it
    typist.begin()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
