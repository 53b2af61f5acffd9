"""The parts of a filter with their counts."""

from tests.ui.conftest import Shown
from ui.kit.segments import Part, Segments


def test_a_count_of_nothing_asks_for_no_attention(shown: Shown) -> None:
    def looks(count: int, tone: str) -> object:
        segments = Segments([Part("all", "全部", 3), Part("one", "需逐件", count, "clock", tone)])
        shown(segments, 300, 40)
        return segments.grab().toImage()

    assert looks(0, "wait") == looks(0, "")
    assert looks(1, "wait") != looks(1, "")
