"""The key file: wrapped keys, written whole or not at all, and no key in the clear on the disk."""

import json
from pathlib import Path

import pytest

from app.demo.center import PASSWORD, create
from app.office import open_with_key
from db.keys import (
    ALPHABET,
    KeyFile,
    key_file_of,
    new_data_key,
    new_recovery_key,
    plain_recovery_key,
)
from db.trouble import KeyFileDamaged, KeyFileMissing, StoreNewer, WrongRecoveryKey

KEY = bytes(range(32))


@pytest.fixture(scope="module")
def keys() -> KeyFile:
    file = KeyFile("s" * 32).with_slot("wang", "王芳", "first-pass", KEY)
    return file.with_recovery("ABCD-EFGH", KEY)


def test_a_key_opens_with_its_password_only(keys: KeyFile) -> None:
    assert keys.open_with_password("wang", "first-pass") == KEY
    for user, password in (("wang", "First-pass"), ("wang", ""), ("zhao", "first-pass"), ("", "")):
        assert keys.open_with_password(user, password) is None


def test_a_new_password_closes_the_old_one(keys: KeyFile) -> None:
    anew = keys.with_slot("wang", "王芳", "second-pass", KEY)
    assert len(anew.slots) == 1
    assert anew.open_with_password("wang", "first-pass") is None
    assert anew.open_with_password("wang", "second-pass") == KEY


def test_who_is_removed_opens_nothing(keys: KeyFile) -> None:
    assert keys.without_slot("wang").open_with_password("wang", "first-pass") is None
    assert keys.without_slot("nobody") == keys


def test_a_slot_opens_for_its_user_and_its_store_only(keys: KeyFile) -> None:
    slot = keys.slots[0]
    renamed = type(slot)("zhao", slot.name, slot.salt, slot.nonce, slot.wrapped)
    assert KeyFile(keys.store_id, (renamed,)).open_with_password("zhao", "first-pass") is None
    assert KeyFile("t" * 32, keys.slots).open_with_password("wang", "first-pass") is None


def test_equal_passwords_make_different_slots(keys: KeyFile) -> None:
    both = keys.with_slot("zhao", "赵", "first-pass", KEY)
    first, second = both.slots
    assert {first.salt, first.nonce, first.wrapped}.isdisjoint({second.salt, second.wrapped})


@pytest.mark.parametrize("typed", ["ABCD-EFGH", "abcd efgh", " AbCdEfGh "])
def test_the_recovery_key_opens_however_it_is_typed(keys: KeyFile, typed: str) -> None:
    assert keys.open_with_recovery_key(typed) == KEY


def test_a_wrong_recovery_key_is_told(keys: KeyFile) -> None:
    with pytest.raises(WrongRecoveryKey):
        keys.open_with_recovery_key("ABCD-EFGG")
    with pytest.raises(WrongRecoveryKey):
        KeyFile("s", keys.slots).open_with_recovery_key("ABCD-EFGH")


def test_recovery_keys_are_long_and_easy_to_read() -> None:
    key = new_recovery_key()
    assert len(plain_recovery_key(key)) == 32
    assert set(plain_recovery_key(key)) <= set(ALPHABET)
    assert not set("01ILOU") & set(ALPHABET)
    assert new_recovery_key() != key
    assert len({new_data_key() for _ in range(4)}) == 4


def test_the_printed_recovery_key_opens_the_store(tmp_path: Path) -> None:
    store = tmp_path / "new.db"
    recovery = create(store, households=0)
    key = KeyFile.read(key_file_of(store)).open_with_recovery_key(recovery)
    office = open_with_key(store, key)
    office.recover("wang", "after-all-12")
    assert office.sign_in("wang", "after-all-12").user == "wang"
    office.close()


# The file itself


def test_what_is_written_is_read(keys: KeyFile, tmp_path: Path) -> None:
    place = tmp_path / "a.keys"
    keys.write(place)
    assert KeyFile.read(place) == keys
    assert [path.name for path in tmp_path.iterdir()] == ["a.keys"]


@pytest.mark.parametrize("broken", ["pathlib.Path.replace", "os.fsync", "json.dump"])
def test_a_writing_that_fails_leaves_the_old_file(
    keys: KeyFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    place = tmp_path / "a.keys"
    keys.write(place)

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(broken, fail)
        with pytest.raises(OSError, match="No space"):
            keys.without_slot("wang").write(place)
    assert KeyFile.read(place) == keys
    keys.without_slot("wang").write(place)  # a file left half written is no hindrance
    assert KeyFile.read(place).slots == ()


def test_a_missing_key_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(KeyFileMissing):
        KeyFile.read(tmp_path / "none.keys")


def damaged(keys: KeyFile, place: Path) -> list[bytes]:
    """Return contents that no key file has."""
    keys.write(place)
    text = place.read_text("utf-8")
    whole = json.loads(text)
    slot = whole["slots"][0]
    return [
        b"",
        b"\xff\xfe\x00",
        text[: len(text) // 2].encode(),
        b"[]",
        b'{"format": 1}',
        json.dumps(whole | {"format": "1"}).encode(),
        json.dumps(whole | {"slots": [slot | {"salt": "zz"}]}).encode(),
        json.dumps(whole | {"slots": [slot | {"nonce": slot["nonce"][:-2]}]}).encode(),
        json.dumps(whole | {"slots": [slot | {"wrapped": None}]}).encode(),
        json.dumps(whole | {"slots": [{"user": "wang"}]}).encode(),
        json.dumps(whole | {"recovery": {"user": ""}}).encode(),
    ]


def test_a_damaged_key_file_is_told(keys: KeyFile, tmp_path: Path) -> None:
    place = tmp_path / "a.keys"
    for content in damaged(keys, place):
        place.write_bytes(content)
        with pytest.raises(KeyFileDamaged):
            KeyFile.read(place)


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(KeyFileDamaged):
        KeyFile.read(tmp_path)


def test_a_key_file_of_a_newer_program_is_told(keys: KeyFile, tmp_path: Path) -> None:
    place = tmp_path / "a.keys"
    keys.write(place)
    place.write_text(place.read_text("utf-8").replace('"format": 1', '"format": 2'), "utf-8")
    with pytest.raises(StoreNewer):
        KeyFile.read(place)


# Nothing in the clear


def test_no_key_no_password_and_no_person_is_in_the_clear_in_any_file(filled: Path) -> None:
    key = KeyFile.read(key_file_of(filled)).open_with_password("wang", PASSWORD)
    assert key is not None
    office = open_with_key(filled, key)
    office.enter("wang")  # the log beside the store has content too
    files = [path for path in filled.parent.iterdir() if path.is_file()]
    assert {path.suffix for path in files} >= {".db", ".keys", ".db-wal"}
    secrets = [key, key.hex().encode(), key.hex().upper().encode(), PASSWORD.encode()]
    people = ["哈工帮", "living_relief", "单示例"]
    secrets += [text.encode() for text in people] + [text.encode("utf-16-le") for text in people]
    found = [(path.name, secret) for path in files for secret in secrets if secret in _read(path)]
    office.close()
    assert not found


def _read(path: Path) -> bytes:
    return path.read_bytes()
