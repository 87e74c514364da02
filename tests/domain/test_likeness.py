"""Names and symbols are the same if nobody can tell them apart."""

from __future__ import annotations

import pytest

from scheduler.domain.likeness import (
    begun,
    look_of,
    near_misses,
    person_named,
    recognised,
)
from scheduler.domain.shifts import OffKind
from scheduler.wording.notation import DAYS, day_off_of, want_of

SAME = [
    ("佐藤 花", "佐藤　花"),
    ("佐藤 花", "佐藤花"),
    ("佐藤花", " 佐藤 花 "),
    ("佐藤花", "佐藤\u200b花"),
    ("佐藤花", "\ufeff佐藤花"),
    ("佐藤花", "佐藤\u00a0花"),
    ("佐藤花", "佐藤\n花"),
    ("佐藤花", "佐藤\u2060花\u00ad"),
    ("朝日", "朝\U000e0104日"),
    ("がく", "か\u3099く"),
    ("神田", "\ufa19田"),
    ("ミオ", "ﾐｵ"),
    ("A1", "Ａ１"),
    ("1", "①"),
    ("休", "㊡"),
    ("/", "／"),
    ("・", "･"),
    ("-", "−"),
]

OTHER = [("A", "a"), ("佐藤花", "佐藤葉"), ("早", "早1"), ("日", "曰")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_looks_the_same(one: str, other: str) -> None:
    """Width, blanks and what cannot be seen make no difference."""
    assert look_of(one) == look_of(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_does_not(one: str, other: str) -> None:
    """Capitals and other characters can be told apart."""
    assert look_of(one) != look_of(other)


@pytest.mark.parametrize("text", ["", " ", "　", "\u200b", "\ufeff\u3164", "\t\n"])
def test_nothing_is_seen(text: str) -> None:
    """Blanks, fillers and characters without width are no text."""
    assert look_of(text) == ""


def test_the_exact_name_comes_first() -> None:
    """Of A and a each is meant by itself; either is meant by no other spelling."""
    assert recognised("a", ["A", "a"]) == "a"
    assert recognised("Ａ", ["A", "a"]) == "A"
    assert recognised("b", ["B"]) == "B"
    assert recognised("ｂ", ["B", "c"]) == "B"
    assert recognised("", ["A"]) is None
    assert recognised("d", ["A", "a"]) is None


def test_a_beginning_that_only_one_has() -> None:
    """A whole name is not taken for the beginning of a longer one."""
    names = ["桜", "桜 あおい", "梅 けいこ"]
    assert begun("桜", names) == ("桜",)
    assert begun("桜あ", names) == ("桜 あおい",)
    assert begun("梅", names) == ("梅 けいこ",)
    assert begun("椿", names) == ()
    assert begun("　", names) == ()


def test_what_may_have_been_meant() -> None:
    """The nearest name is proposed, and none where nothing is near."""
    names = ["加藤 智子", "佐藤 花", "加賀 一郎"]
    assert near_misses("加藤 智", names) == ("加藤 智子",)
    assert near_misses("椿", names) == ()


def test_words_for_days_off_are_told_apart() -> None:
    """Each word says one kind of day, whatever its width and capitals."""
    words = [word for kind in DAYS for word in DAYS[kind]]
    assert len({look_of(word) for word in words}) == len(words)
    for kind, spoken in DAYS.items():
        assert all(day_off_of(word) is kind for word in spoken)
    assert day_off_of("ＯＦＦ") is OffKind.DAY_OFF
    assert day_off_of("公　休") is OffKind.DAY_OFF
    assert day_off_of("ﾔｽﾐ") is day_off_of("ヤスミ") is OffKind.DAY_OFF
    assert day_off_of("ﾕｳｷｭｳ") is OffKind.PAID_LEAVE
    assert day_off_of("午後休") is None
    assert want_of("明") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("大野", "大野　和子"),
        ("大野和子", "大野　和子"),
        # Two have the name; only the whole one tells which.
        ("西村", None),
        ("西村誠", "西村 誠"),
        # No blank says where a family name ends.
        ("林田", None),
        ("林田太郎", "林田太郎"),
        # A given name, and a beginning of a family name, name nobody.
        ("和子", None),
        ("大", None),
        ("", None),
    ],
)
def test_a_person_by_the_family_name(text: str, found: str | None) -> None:
    """A family name is enough where one person has it."""
    names = ["大野　和子", "西村 誠", "西村 由美", "林田太郎"]
    assert person_named(text, names) == found
