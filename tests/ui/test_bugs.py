"""What is kept of a bug: its number, its type and its places, and nothing of what was typed."""

from pathlib import Path

import pytest

from ui.feedback import BUGS, keep_bugs, log, note_bug


@pytest.mark.logs
def test_a_reference_number_leads_to_the_place_of_the_bug(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    keep_bugs(folder)
    kept = log.handlers[-1]
    try:
        assert not (folder / BUGS).exists(), "made with the first bug"
        with pytest.raises(ValueError, match="李秀梅") as bug:
            int("李秀梅 239001198001010011")
        number = note_bug(bug.value)
        told = (folder / BUGS).read_text(encoding="utf-8")
    finally:
        log.removeHandler(kept)
        kept.close()
    assert f"{number} ValueError at test_a_reference_number" in told
    assert "李秀梅" not in told
    assert "239001" not in told


def test_a_folder_that_cannot_be_made_stops_nothing(tmp_path: Path) -> None:
    before = list(log.handlers)
    (tmp_path / "file").write_bytes(b"")
    keep_bugs(tmp_path / "file" / "data")
    assert log.handlers == before
