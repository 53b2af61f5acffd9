"""The verb that changes where backups go."""

from pathlib import Path

from app.backups.places import trouble_at
from app.backups.queries import store_of
from app.backups.records import BackupPlan
from app.backups.standing import read_standing, write_standing
from app.core.errors import Invalid, Problem
from app.core.i18n import N_
from app.work import Permission, Topic, Work, action


@action(needs=Permission.KEEP_BACKUPS, changes={Topic.BACKUPS})
def change_backup_plan(work: Work, plan: BackupPlan) -> None:
    """Change where backups go and how many are kept.

    The folder is made when the one above it is there. Raises `Invalid` for a folder that is not
    named in full, and `PlaceClosed` for one that cannot be made.
    """
    if plan.folder:
        folder = Path(plan.folder)
        if not folder.is_absolute():
            says = N_("Name the folder in full, from the disk on")
            raise Invalid([Problem("folder", "not_absolute", says)])
        with trouble_at(folder):
            folder.mkdir(exist_ok=True)
    store = store_of(work)
    work.subject = "center/1"
    write_standing(store, read_standing(store).with_plan(plan))
