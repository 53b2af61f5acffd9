"""Getting in without the password, with the printed key."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.audit.queries import audit_rows
from app.audit.records import AuditQuery
from app.core.clock import FixedClock
from app.demo.center import PASSWORD, create
from app.entrance import recover
from app.office import enter_store
from db.trouble import WrongPassword, WrongRecoveryKey
from tests.world import TODAY
from ui.recovery import RecoveryDialog, RecoveryForm


def test_the_recovery_key_gives_a_new_password_and_stands_in_the_trail(tmp_path: Path) -> None:
    store = tmp_path / "center.db"
    key = create(store, households=0, clock=FixedClock(TODAY))
    recover(store, key.lower().replace("-", " "), "wang", "neues-wort-7")
    with pytest.raises(WrongPassword):
        enter_store(store, "wang", PASSWORD)
    enter_store(store, "wang", "neues-wort-7")[0].close()
    office, zhou = enter_store(store, "zhou", PASSWORD)
    verbs = [row.verb for row in office.ask(zhou, audit_rows, AuditQuery())]
    office.close()
    assert "office.recover" in verbs


def test_a_wrong_recovery_key_changes_nothing(store: Path) -> None:
    with pytest.raises(WrongRecoveryKey):
        recover(store, "2222-3333-4444-5555-6666-7777-8888-9999", "wang", "neues-wort-7")
    enter_store(store, "wang", PASSWORD)[0].close()


def test_the_dialog_asks_twice_for_the_password(qtbot: QtBot) -> None:
    asked: list[RecoveryForm] = []
    home = QWidget()
    qtbot.addWidget(home)
    dialog = RecoveryDialog(home, "wang", asked.append)
    dialog.form.set_value("recovery_key", "ABCD")
    dialog.form.set_value("password", "neues-wort-7")
    dialog.form.set_value("again", "neues-wort-8")
    dialog.set_password()
    assert not asked
    assert "不一样" in dialog.trouble.text()
    dialog.form.set_value("again", "neues-wort-7")
    dialog.set_password()
    assert [form.user for form in asked] == ["wang"]
