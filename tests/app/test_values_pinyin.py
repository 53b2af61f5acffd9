"""Names are found as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.pinyin import MOST_KEYS, name_keys


@pytest.mark.parametrize(
    ("name", "likeliest", "initials"),
    [
        ("李秀梅", "lixiumei", "lxm"),
        ("单伟", "shanwei", "sw"),
        ("曾丽", "zengli", "zl"),
        ("解放", "xiefang", "xf"),
        ("仇英", "qiuying", "qy"),
        ("查良", "zhaliang", "zl"),
        ("翟天", "zhaitian", "zt"),
        ("区莲", "oulian", "ol"),
        ("朴顺", "piaoshun", "ps"),
        ("盖文", "gewen", "gw"),
        ("覃国", "qinguo", "qg"),
        ("尉国", "weiguo", "wg"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("万俟明", "moqiming", "mqm"),
        ("万明", "wanming", "wm"),
        ("长孙明", "zhangsunming", "zsm"),
        ("令狐冲", "linghuchong", "lhc"),
        ("吕绿", "lvlv", "ll"),
        ("王𬭎", "wanghong", "wh"),
        ("张䶮", "zhangyan", "zy"),
        ("王朝阳", "wangzhaoyang", "wzy"),
        ("Anna Li", "annali", "al"),
    ],
)
def test_the_surname_decides_the_first_reading(name: str, likeliest: str, initials: str) -> None:
    keys = name_keys(name)
    assert keys.full[0] == likeliest
    assert keys.initials[0] == initials


@pytest.mark.parametrize(
    ("name", "typed"),
    [("单伟", "danwei"), ("曾丽", "cengli"), ("翟天", "ditian"), ("尉迟恭", "weichigong")],
)
def test_the_common_reading_finds_the_person_too(name: str, typed: str) -> None:
    assert typed in name_keys(name).full


@pytest.mark.parametrize("name", ["王芳", "张伟强", "刘洋", "陈家明", "李红英"])
def test_readings_of_old_books_make_no_keys(name: str) -> None:
    assert len(name_keys(name).full) == 1


def test_names_sort_by_syllable_then_by_character() -> None:
    names = ["梁一", "李芳", "曾一", "利芳", "李安", "翟一", "赵一"]
    in_order = sorted(names, key=lambda name: name_keys(name).sort)
    assert in_order == ["李安", "利芳", "李芳", "梁一", "曾一", "翟一", "赵一"]


@pytest.mark.parametrize("name", ["", " ", "·", "12"])
def test_what_is_no_name_has_no_keys(name: str) -> None:
    assert name_keys(name).full == name_keys(name).initials == ()


@given(st.text(max_size=40))
def test_any_name_has_few_keys_each_once(name: str) -> None:
    keys = name_keys(name)
    assert len(set(keys.full)) == len(keys.full) <= MOST_KEYS
    assert all(keys.full)
    assert all(keys.initials)
    assert keys.sort.endswith(name)


def test_a_long_name_of_many_readings_is_cut_short() -> None:
    assert len(name_keys("乐行重莘单" * 8).full) == MOST_KEYS
