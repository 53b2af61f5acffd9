"""The tour: the main job through the real pages without a screen, with a picture of every page.

It leaves in its folder the pictures, every paper as PDF, the store, and ``tour.json``.
"""

import json
import shutil
import sys
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QWidget

from app.cli.output import DONE, REFUSED, complain, say
from app.core.errors import AppError
from app.core.i18n import N_, _
from app.demo.center import PASSWORD, STAFF, create
from app.papers.render import render
from app.settings import WorkstationSettings
from ui import theme
from ui.application import make_application
from ui.driver import Driver, NotThere
from ui.kit.asking import Answers
from ui.printing import KeptSheets
from ui.start import Program

STORE: Final = "center.db"
ALBUM: Final = "tour.json"
BANK: Final = "bank"
HOUSEHOLDS: Final = 24
ROLES: Final = {user: role for user, _name, role in STAFF}


def tour(out: Path) -> int:
    """Take the tour into ``out``; return the exit code."""
    from ui.story import CHAPTERS  # noqa: PLC0415 - after the application stands

    clear(out)
    qInstallMessageHandler(quieter)
    app = make_application([*sys.argv[:1], "-platform", "offscreen"])
    asking = Answers(file=out / BANK)
    program = Program(app, WorkstationSettings(), printer=KeptSheets(), asking=asking)
    guide = Guide(out, program, asking)
    try:
        for chapter in CHAPTERS:
            chapter(guide)
    except (NotThere, AppError) as error:
        complain(_("The tour stopped: {error}").format(error=error))
        return REFUSED
    finally:
        guide.close()
    say(
        _("{count} pictures and {papers} papers are in {folder}.").format(
            count=len(guide.pictures), papers=len(guide.papers), folder=out
        )
    )
    return DONE


def quieter(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Pass on what Qt says, but for the one thing it always says without a screen."""
    if "propagateSizeHints" not in message:
        complain(message)


def clear(out: Path) -> None:
    """Make the folder ready; raise `NotOurs` for one that holds something else than a tour."""
    if out.exists() and any(out.iterdir()):
        if not (out / ALBUM).exists():
            raise NotOurs(path=out)
        shutil.rmtree(out)
    (out / BANK).mkdir(parents=True)


class NotOurs(AppError):
    """The folder holds something that the tour did not make."""

    says = N_("{path} holds other files. Nothing was touched: choose an empty folder.")


class Guide:
    """Who leads the tour: a driver, an album, and what the story remembers."""

    def __init__(self, out: Path, program: Program, asking: Answers) -> None:
        self.out = out
        self.program = program
        self.asking = asking
        self.driver = Driver(program)
        self.user = ""
        self.pictures: list[dict[str, Any]] = []
        self.papers: list[dict[str, Any]] = []
        self.job: dict[str, Any] = {}

    @property
    def store(self) -> Path:
        """Return where the store of the tour is."""
        return self.out / STORE

    def make_store(self) -> None:
        """Make the demonstration center the tour works in."""
        create(self.store, households=HOUSEHOLDS)

    def become(self, user: str) -> Driver:
        """Sign in as another person, and return the driver."""
        self.driver.sign_in(user, PASSWORD)
        self.user = user
        return self.driver

    def picture(self, name: str, widget: QWidget | None = None, title: str = "") -> None:
        """Keep a picture of the window with what stands on it."""
        shown = widget or self.driver.window
        file = f"{len(self.pictures) + 1:02d}-{name}.png"
        digest = self.driver.picture(shown, self.out / file)
        role = ROLES[self.user].value if self.user else ""
        self.pictures.append(
            {
                "file": file,
                "page": name,
                "user": self.user,
                "role": role,
                "title": title or self.driver.page.visible_title,
                "texts": self.driver.texts(shown),
                "digest": digest,
            }
        )

    def in_other_looks(self, name: str) -> None:
        """Keep the page at 150 %, in dark and in high contrast."""
        for look, scheme, percent in (
            ("150", theme.Scheme.LIGHT, 150),
            ("dark", theme.Scheme.DARK, 100),
            ("contrast", theme.Scheme.CONTRAST, 100),
        ):
            theme.use(self.program.app, scheme, percent)
            self.driver.rest()
            self.picture(f"{name}-{look}")
        theme.use(self.program.app, theme.Scheme.LIGHT, 100)
        self.driver.rest()

    def keep_papers(self) -> None:
        """Draw every paper of the store as the first copy was."""
        from app.papers.queries import paper_rows, paper_view  # noqa: PLC0415 - the store is open
        from app.papers.records import PaperById, PaperQuery  # noqa: PLC0415 - with the queries

        office, actor = self.program.office, self.driver.window.desk.actor
        if office is None:
            raise NotThere("no store is open")
        kept: set[str] = set()
        for row in office.ask(actor, paper_rows, PaperQuery()):
            if row.kind.value in kept and row.title != self.job.get("name"):
                continue
            kept.add(row.kind.value)
            sheet = office.ask(actor, paper_view, PaperById(id=row.id)).sheet
            file = f"{row.kind.value}-{row.id}.pdf"
            (self.out / file).write_bytes(render(sheet))
            self.papers.append(
                {
                    "file": file,
                    "kind": row.kind.value,
                    "number": row.number,
                    "amount_fen": sheet.facts.get("amount"),
                }
            )

    def keep_job(self) -> None:
        """Keep who proposed, approved and paid, as the audit trail tells it."""
        from app.audit.queries import audit_rows  # noqa: PLC0415 - the store is open
        from app.audit.records import AuditQuery  # noqa: PLC0415 - with the queries

        office, actor = self.program.office, self.driver.window.desk.actor
        if office is None:
            raise NotThere("no store is open")
        verbs = {
            "proposer": ("disbursements.propose_award", f"award/{self.job['award_id']}"),
            "approver": ("disbursements.decide_award", f"award/{self.job['award_id']}"),
            "payer": ("exchange.freeze_batch", f"batch/{self.job['batch_id']}"),
        }
        for part, (verb, subject) in verbs.items():
            rows = office.ask(actor, audit_rows, AuditQuery(verb=verb, subject=subject))
            self.job[part] = rows[0].actor

    def close(self) -> None:
        """Close the program and write ``tour.json``."""
        self.program.close()
        album = {
            "store": STORE,
            "job": self.job,
            "pictures": self.pictures,
            "papers": self.papers,
        }
        text = json.dumps(album, ensure_ascii=False, indent=1)
        (self.out / ALBUM).write_text(text, encoding="utf-8")
