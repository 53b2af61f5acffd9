"""What this PC knows of the backups of one store: the plan, the last good one, the last failure.

It stands in a small file beside the store and is in no backup. When it is lost, the defaults hold
until the next backup.
"""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from app.backups.manifest import Backup
from app.backups.records import BackupPlan

FOLDER: Final = "-backups"
"""End of the name of the folder beside the store, for a plan that names none."""


class Last(msgspec.Struct, frozen=True):
    """The last good backup."""

    at: datetime
    place: str
    mark: str
    acts: int


class Trouble(msgspec.Struct, frozen=True):
    """Why the last try failed, in a sentence."""

    at: datetime
    says: str


class Standing(msgspec.Struct, frozen=True):
    """How the backups of a store stand."""

    plan: BackupPlan = BackupPlan()
    last: Last | None = None
    trouble: Trouble | None = None

    def with_backup(self, backup: Backup) -> "Standing":
        """Return how they stand after a backup: one that is not good leaves the last good one."""
        made, contents = backup.manifest.made_at, backup.manifest.contents
        if not contents.sound:
            return replace(self, trouble=Trouble(made, "; ".join(contents.troubles())))
        last = Last(made, str(backup.place), contents.mark, contents.acts)
        return replace(self, last=last, trouble=None)

    def with_trouble(self, at: datetime, says: str) -> "Standing":
        """Return how they stand after a try that failed."""
        return replace(self, trouble=Trouble(at, says))

    def with_plan(self, plan: BackupPlan) -> "Standing":
        """Return how they stand under another plan."""
        last = self.last
        if last is not None and plan.folder != self.plan.folder:
            last = replace(last, mark="")  # the new folder has none yet
        return replace(self, plan=plan, last=last)


def standing_file(store: Path) -> Path:
    """Return where the standing of a store's backups is kept."""
    return store.with_name(store.name + ".backups")


def read_standing(store: Path) -> Standing:
    """Return how the backups of a store stand; the defaults when nothing can be read."""
    try:
        return msgspec.json.decode(standing_file(store).read_bytes(), type=Standing)
    except (OSError, msgspec.DecodeError):
        return Standing()


def write_standing(store: Path, standing: Standing) -> None:
    """Keep how the backups of a store stand; a place that cannot be written is left as it is."""
    place = standing_file(store)
    fresh = place.with_name(place.name + ".new")
    try:
        fresh.write_bytes(msgspec.json.format(msgspec.json.encode(standing), indent=1))
        fresh.replace(place)
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def folder_of(store: Path, plan: BackupPlan) -> Path:
    """Return the folder for the backups of a store."""
    return Path(plan.folder) if plan.folder else store.with_name(store.stem + FOLDER)


def on_one_disk(store: Path, folder: Path) -> bool:
    """Tell whether the folder is on the disk of the store, as far as the system says."""
    if folder.parent == store.parent:
        return True
    return folder.exists() and folder.stat().st_dev == store.stat().st_dev
