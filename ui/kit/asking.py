"""Questions to the person: irreversible acts, reasons, files. Tests answer them by a double.

Nothing here blocks: the answer comes to a callback.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.core.i18n import _
from ui import theme
from ui.kit.buttons import Button
from ui.kit.labels import Label, mark


class Asking(Protocol):
    """What a page may ask of the person."""

    def confirm(
        self,
        parent: QWidget,
        title: str,
        text: str,
        yes: str,
        then: Callable[[], object],
        *,
        danger: bool = False,
    ) -> None:
        """Ask before an irreversible act. ``yes`` is its verb; Escape is the harmless answer."""
        ...

    def reason(
        self,
        parent: QWidget,
        title: str,
        text: str,
        yes: str,
        then: Callable[[str], object],
        *,
        label: str = "",
        danger: bool = False,
    ) -> None:
        """Ask for a reason in words, which is required, before an act."""
        ...

    def open_file(
        self, parent: QWidget, title: str, filters: str, then: Callable[[Path], object]
    ) -> None:
        """Ask which file to read."""
        ...

    def open_files(
        self, parent: QWidget, title: str, filters: str, then: Callable[[list[Path]], object]
    ) -> None:
        """Ask which files to read."""
        ...

    def open_folder(self, parent: QWidget, title: str, then: Callable[[Path], object]) -> None:
        """Ask for a folder."""
        ...

    def save_file(
        self, parent: QWidget, title: str, name: str, filters: str, then: Callable[[Path], object]
    ) -> None:
        """Ask where to write a file, suggesting a name."""
        ...


class Dialog(QDialog):
    """A question: its title with the object, one or two sentences, acts that are verbs."""

    def __init__(self, parent: QWidget, title: str, text: str, name: str = "dialog") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(theme.px(480))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 18, 20, 16)
        outer.setSpacing(10)
        outer.addWidget(Label(title, "section", wrap=True))
        words = Label(text, wrap=True)
        words.setObjectName("dialog_text")
        words.setVisible(bool(text))
        outer.addWidget(words)
        self.body = QVBoxLayout()
        self.body.setSpacing(2)
        outer.addLayout(self.body)
        outer.addSpacing(8)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(8)
        self._acts.addStretch(1)
        outer.addLayout(self._acts)

    def add_acts(self, acts: Sequence[Button]) -> None:
        """Put the acts at the right, the harmless one first."""
        for act in acts:
            self._acts.addWidget(act)


def fit(dialog: Dialog) -> None:
    """Give a dialog the height of what it says now, wrapped at its width."""
    layout = dialog.layout()
    if layout is not None:
        layout.activate()
        dialog.resize(dialog.width(), layout.totalHeightForWidth(dialog.width()))


class _Confirm(Dialog):
    def __init__(self, parent: QWidget, title: str, text: str, yes: str, *, danger: bool) -> None:
        super().__init__(parent, title, text, "confirm_dialog")
        kind = "destroy" if danger else "primary"
        back = Button(_("Go back"), self.reject, key="Esc", name="go_back")
        self.yes = Button(yes, self.accept, kind=kind, name="confirm")
        self.add_acts([back, self.yes])
        (back if danger else self.yes).setFocus()


class _Reason(Dialog):
    def __init__(
        self, parent: QWidget, title: str, text: str, yes: str, label: str, *, danger: bool
    ) -> None:
        super().__init__(parent, title, text, "reason_dialog")
        self.line = QLineEdit()
        self.line.setObjectName("reason")
        self.line.setMaxLength(200)
        caption = Label(label or _("Reason"), "small")
        caption.setBuddy(self.line)
        self.body.addWidget(caption)
        self.body.addWidget(self.line)
        self._says = Label(role="small", tone="bad")
        self._says.setMinimumHeight(theme.px(17))
        self.body.addWidget(self._says)
        back = Button(_("Go back"), self.reject, key="Esc", name="go_back")
        kind = "destroy" if danger else "primary"
        yes_button = Button(yes, self._finish, kind=kind, name="confirm")
        self.add_acts([back, yes_button])
        self.line.returnPressed.connect(self._finish)
        self.line.setFocus()

    def _finish(self) -> None:
        if self.line.text().strip():
            self.accept()
            return
        mark(self.line, state="bad")
        self._says.setText(_("This has to be filled in."))
        self.line.setFocus()


class BugDialog(Dialog):
    """Tells that the program failed: what is kept, and the number to pass on."""

    def __init__(self, parent: QWidget, words: str, number: str) -> None:
        super().__init__(parent, _("Something went wrong in the program"), words, "bug_dialog")

        def copy() -> None:
            QGuiApplication.clipboard().setText(number)

        self.add_acts(
            [
                Button(_("Copy the number"), copy, kind="quiet", icon="copy", name="copy_number"),
                Button(_("Go on"), self.accept, kind="primary", name="go_on"),
            ]
        )


class Dialogs:
    """Asks by the dialogs of the kit."""

    def confirm(
        self,
        parent: QWidget,
        title: str,
        text: str,
        yes: str,
        then: Callable[[], object],
        *,
        danger: bool = False,
    ) -> None:
        """Ask before an irreversible act."""
        dialog = _Confirm(parent.window(), title, text, yes, danger=danger)
        dialog.accepted.connect(lambda: then())
        dialog.open()

    def reason(
        self,
        parent: QWidget,
        title: str,
        text: str,
        yes: str,
        then: Callable[[str], object],
        *,
        label: str = "",
        danger: bool = False,
    ) -> None:
        """Ask for a reason in words."""
        dialog = _Reason(parent.window(), title, text, yes, label, danger=danger)
        dialog.accepted.connect(lambda: then(dialog.line.text().strip()))
        dialog.open()

    def open_file(
        self, parent: QWidget, title: str, filters: str, then: Callable[[Path], object]
    ) -> None:
        """Ask which file to read."""
        dialog = QFileDialog(parent.window(), title, _documents(), filters)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._open(dialog, then)

    def open_files(
        self, parent: QWidget, title: str, filters: str, then: Callable[[list[Path]], object]
    ) -> None:
        """Ask which files to read."""
        dialog = QFileDialog(parent.window(), title, _documents(), filters)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def chosen(paths: list[str]) -> None:
            then([Path(path) for path in paths])

        dialog.filesSelected.connect(chosen)
        dialog.open()

    def open_folder(self, parent: QWidget, title: str, then: Callable[[Path], object]) -> None:
        """Ask for a folder."""
        dialog = QFileDialog(parent.window(), title, _documents())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._open(dialog, then)

    def save_file(
        self, parent: QWidget, title: str, name: str, filters: str, then: Callable[[Path], object]
    ) -> None:
        """Ask where to write a file."""
        dialog = QFileDialog(parent.window(), title, _documents(), filters)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        self._open(dialog, then)

    @staticmethod
    def _open(dialog: QFileDialog, then: Callable[[Path], object]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def chosen(path: str) -> None:
            then(Path(path))

        dialog.fileSelected.connect(chosen)
        dialog.open()


def _documents() -> str:
    """Return where a person looks for files first: not where the program happens to run."""
    places = QStandardPaths.StandardLocation
    documents = QStandardPaths.writableLocation(places.DocumentsLocation)
    return documents if Path(documents).is_dir() else str(Path.home())


class Answers:
    """The double for tests and the tour: answers at once and keeps what was asked."""

    def __init__(self, *, yes: bool = True, reason: str = "", file: Path | None = None) -> None:
        self.yes, self.reason_given, self.file = yes, reason, file
        self.asked: list[str] = []

    def confirm(
        self,
        parent: QWidget,
        title: str,
        text: str,
        yes: str,
        then: Callable[[], object],
        *,
        danger: bool = False,
    ) -> None:
        """Answer as told."""
        self.asked.append(title)
        if self.yes:
            then()

    def reason(
        self,
        parent: QWidget,
        title: str,
        text: str,
        yes: str,
        then: Callable[[str], object],
        *,
        label: str = "",
        danger: bool = False,
    ) -> None:
        """Give the reason told, if any."""
        self.asked.append(title)
        if self.yes and self.reason_given:
            then(self.reason_given)

    def open_file(
        self, parent: QWidget, title: str, filters: str, then: Callable[[Path], object]
    ) -> None:
        """Give the file told, if any."""
        self.asked.append(title)
        if self.file is not None:
            then(self.file)

    def open_files(
        self, parent: QWidget, title: str, filters: str, then: Callable[[list[Path]], object]
    ) -> None:
        """Give the file told, if any."""
        self.open_file(parent, title, filters, lambda path: then([path]))

    def open_folder(self, parent: QWidget, title: str, then: Callable[[Path], object]) -> None:
        """Give the folder told, if any."""
        self.open_file(parent, title, "", then)

    def save_file(
        self, parent: QWidget, title: str, name: str, filters: str, then: Callable[[Path], object]
    ) -> None:
        """Give the file told; for a folder, the suggested name in it."""
        self.asked.append(title)
        if self.file is not None:
            then(self.file / name if self.file.is_dir() else self.file)
