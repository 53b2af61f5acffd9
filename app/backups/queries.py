"""What can be asked about backups."""

from datetime import UTC, datetime
from pathlib import Path

from app.backups.contents import NO_CONTENT
from app.backups.manifest import Backup, backups_in
from app.backups.records import BackupRow, BackupState
from app.backups.standing import folder_of, on_one_disk, read_standing
from app.center.store import the_center
from app.core.record import Nothing
from app.work import Permission, Work, query
from db.keys import KeyFile, key_file_of


@query(needs=Permission.READ_CENTER)
def backup_state(work: Work, _: Nothing) -> BackupState:
    """Tell when the data were backed up last, where, and what failed since."""
    store = store_of(work)
    standing = read_standing(store)
    folder = folder_of(store, standing.plan)
    last, trouble = standing.last, standing.trouble
    return BackupState(
        plan=standing.plan,
        folder=str(folder),
        same_disk=on_one_disk(store, folder),
        last_at=last.at if last else None,
        last_place=last.place if last else "",
        trouble_at=trouble.at if trouble else None,
        trouble=trouble.says if trouble else "",
        demonstration=the_center(work.session).demonstration,
        unsaved_since=_first_after(work, last.acts if last else 0),
    )


@query(needs=Permission.KEEP_BACKUPS)
def backup_rows(work: Work, _: Nothing) -> list[BackupRow]:
    """List the backups of this store in the folder of the plan, newest first."""
    store = store_of(work)
    folder = folder_of(store, read_standing(store).plan)
    return [_row(each) for each in backups_in(folder, KeyFile.read(key_file_of(store)).store_id)]


def store_of(work: Work) -> Path:
    """Return where the store is that a verb works on."""
    [(place,)] = work.rows("SELECT file FROM pragma_database_list WHERE name = 'main'")
    return Path(place)


def _first_after(work: Work, act: int) -> datetime | None:
    """Return when the first act after ``act`` was done that left something to be backed up."""
    quiet = ", ".join(f"'{verb}'" for verb in NO_CONTENT)
    found = work.rows(
        f"SELECT at FROM audit WHERE id > :act AND verb NOT IN ({quiet}) ORDER BY id LIMIT 1",  # noqa: S608 - fixed words
        act=act,
    )
    at = next(found, None)
    return datetime.fromisoformat(at[0]).replace(tzinfo=UTC) if at else None


def _row(backup: Backup) -> BackupRow:
    manifest = backup.manifest
    return BackupRow(
        place=str(backup.place),
        made_at=manifest.made_at,
        reason=manifest.reason,
        soundness=manifest.soundness,
        size=manifest.store.size + manifest.keys.size,
        rows=sum(manifest.contents.rows.values()),
        acts=manifest.contents.acts,
        last_hash=manifest.contents.last_hash,
        program=manifest.program,
    )
