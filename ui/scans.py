"""The folder a scanner writes into: new files are offered, never taken by themselves."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

if TYPE_CHECKING:
    from ui.desk import Desk

ENDINGS: Final = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".pdf"})
"""What a scanner writes; what stands in the file is looked at when it is taken."""
RECENT_SECONDS: Final = 600
"""Files of the last minutes before the program began to look are new as well."""
WRITTEN_MS: Final = 700
"""A file that has not grown for so long is written to its end."""
MOST: Final = 200


class Seen(NamedTuple):
    """A file as it stands in the folder."""

    path: Path
    size: int
    changed_at: float


def files_in(folder: str, since: float) -> list[Seen]:
    """List the files in a folder that a scanner wrote since an instant, the oldest first.

    Runs aside: a folder may lie on a slow or sleeping disk. One that is gone holds nothing.
    """
    try:
        paths = list(Path(folder).iterdir())
    except OSError:
        return []
    found: list[Seen] = []
    for path in paths:
        if path.suffix.lower() in ENDINGS and not path.name.startswith("."):
            with suppress(OSError):  # it went away since the folder was read
                stat = path.stat()
                if stat.st_mtime >= since and stat.st_size and path.is_file():
                    found.append(Seen(path, stat.st_size, stat.st_mtime))
    return sorted(found, key=lambda seen: (seen.changed_at, seen.path))[-MOST:]


class ScanFolder(QObject):
    """One for the program: what was taken on one page is not offered on another."""

    changed = Signal()
    """Other files are offered, or another folder is watched."""

    def __init__(self, folder: str = "", keep: Callable[[str], object] | None = None) -> None:
        """``keep`` writes the choice of another folder into the settings of this PC."""
        super().__init__()
        self.folder = folder
        self._keep = keep
        self._since = time.time() - RECENT_SECONDS
        self._seen: set[Seen] = set()
        self._offers: list[Seen] = []
        self._done: set[Seen] = set()
        self._desk: Desk | None = None
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look_again)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(WRITTEN_MS)
        self._settling.timeout.connect(self._look_again)

    def use(self, folder: str) -> None:
        """Watch another folder, or none."""
        self.folder = folder
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)
        self._seen, self._offers = set(), []
        if self._keep is not None:
            self._keep(folder)
        self.changed.emit()

    def offers(self) -> list[Path]:
        """Return the new files, the oldest first."""
        return [seen.path for seen in self._offers]

    def done_with(self, path: Path) -> None:
        """Offer a file no more: it was taken, or is not wanted. It stays where it is."""
        self._done |= {seen for seen in self._offers if seen.path == path}
        self._offer(self._offers)

    def look(self, desk: "Desk") -> None:
        """Look into the folder, aside; `changed` tells when there is something new."""
        self._desk = desk
        self._look_again()

    def _look_again(self) -> None:
        if self.folder and self._desk is not None:
            self._desk.produce(files_in, self.folder, self._since, then=self._found)

    def _found(self, files: list[Seen]) -> None:
        """Offer what has stood there unchanged since the last look; look again for the rest."""
        if self.folder and not self._watcher.directories():
            self._watcher.addPath(self.folder)
        now = set(files)
        if now - self._seen - self._done:
            self._settling.start()
        still = self._seen & now
        self._seen = now
        self._offer([seen for seen in files if seen in still])

    def _offer(self, files: list[Seen]) -> None:
        fresh = [seen for seen in files if seen not in self._done]
        if fresh != self._offers:
            self._offers = fresh
            self.changed.emit()
