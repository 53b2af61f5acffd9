"""Makes a backup and kills itself on the way: ``python -m tests.db.killed_backup STORE SHARE``.

Run by `tests.app.test_backups`.
"""

import os
import signal
import sys
from pathlib import Path

from db import backup
from tests.world import open_world


def main(store: Path, share: float) -> None:
    """Die once ``share`` of the work is done."""
    backup.CHUNK = 16_384  # so that there is a middle  # pyright: ignore[reportAttributeAccessIssue] - final

    def die(done: float) -> None:
        if done >= share:
            os.kill(os.getpid(), signal.SIGKILL)

    world = open_world(store)
    world.office.back_up(world.actor("admin"), die)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
