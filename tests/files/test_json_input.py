"""Problems and rosters in JSON: told at their path, within bounds, nothing twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from scheduler.domain.errors import InputError
from scheduler.files.problems import read_problem
from scheduler.files.rosters import read_roster, write_roster
from scheduler.files.validation import LONGEST_LIST, MOST_KEYS
from scheduler.wording.mistakes import MOST_MISTAKES, mistake_text, mistake_texts
from tests.files.test_roster_workbook import PLAN, PROBLEM
from tests.support.input_offices import by_hand

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.errors import Mistake


def mistakes(path: Path, text: str | bytes) -> tuple[Mistake, ...]:
    """Write a file, and return what is wrong with it as a problem."""
    path = path / "office.json"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(InputError) as caught:
        read_problem(path)
    assert all(mistake_text(mistake) for mistake in caught.value.mistakes)
    return caught.value.mistakes


def codes(path: Path, text: str | bytes) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(one.code, one.loc) for one in mistakes(path, text)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        ("[" * 100_000, "json_too_deep"),
        ('{"a": ' + "9" * 5_000 + "}", "json_number"),
        ("{}".encode("utf-16"), "json_encoding"),
        ("桜".encode("cp932"), "json_encoding"),
    ],
)
def test_no_json(text: str | bytes, code: str, tmp_path: Path) -> None:
    """Text that is no JSON is said so, and where it ends to be."""
    assert codes(tmp_path, text) == [(code, ())]


def test_no_json_says_where(tmp_path: Path) -> None:
    """Line and character are told, in the language of all else."""
    (mistake,) = mistakes(tmp_path, '{"office": {},\n "staff": [}')
    assert mistake_text(mistake) == ("JSONとして読めません（2行12文字目から先）。")


def test_what_stands_twice_is_told(tmp_path: Path) -> None:
    """A second name or list would win over the first without a word."""
    text = by_hand().model_dump_json()
    name = json.dumps(by_hand().staff[0].name, ensure_ascii=False)
    text = text.replace(f'"name":{name}', f'"name":{name},"name":"x"', 1)
    text = text[:-1] + ',"staff":[]}'
    assert codes(tmp_path, text) == [
        ("key_twice", ("staff",)),
    ]
    text = by_hand().model_dump_json()
    text = text.replace(f'"name":{name}', f'"name":{name},"name":"x"', 1)
    assert codes(tmp_path, text) == [("key_twice", ("staff", 0, "name"))]


@pytest.mark.parametrize(
    ("text", "loc"),
    [
        (json.dumps({"staff": [{}] * (LONGEST_LIST + 1)}), ("staff",)),
        (json.dumps(dict.fromkeys(map(str, range(MOST_KEYS + 1)))), ()),
    ],
)
def test_bounds(text: str, loc: tuple[str, ...], tmp_path: Path) -> None:
    """What no month needs is refused before it is looked at entry by entry."""
    assert codes(tmp_path, text) == [("list_too_long", loc)]


def test_many_mistakes_are_counted(tmp_path: Path) -> None:
    """Nobody reads thousands of lines: the rest is a number."""
    found = mistakes(tmp_path, json.dumps({"staff": [{}] * 200, "office": {}}))
    texts = mistake_texts(found)
    assert len(texts) == MOST_MISTAKES + 1
    assert texts[:MOST_MISTAKES] == [mistake_text(one) for one in found[:MOST_MISTAKES]]
    assert texts[-1] == f"ほか{len(found) - MOST_MISTAKES}件"
    assert mistake_texts(found[:MOST_MISTAKES]) == texts[:MOST_MISTAKES]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("office", "name"), 5, "not_text"),
        (("office", "contact_system"), "perhaps", "not_true_false"),
        (("office", "profiles"), "x", "not_list"),
        (("office", "capacity"), [], "not_object"),
        (("office", "colour"), "red", "unknown_field"),
        (("period", "first"), "24.12.2026", "not_iso_date"),
        (("office", "settings", "house_ratio"), "perhaps", "not_choice"),
    ],
)
def test_values_that_do_not_fit(
    path: tuple[str, ...], value: object, code: str, tmp_path: Path
) -> None:
    """What is wrong with a value is said at its path, all of it in Japanese."""
    data = by_hand().model_dump(mode="json")
    place = data
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    (mistake,) = mistakes(tmp_path, json.dumps(data))
    assert (mistake.code, mistake.loc) == (code, path)
    where, _, text = mistake_text(mistake).partition(": ")
    assert where == ".".join(path)
    assert "Input should" not in text


def test_rosters_and_problems_are_told_apart(tmp_path: Path) -> None:
    """A finished roster given as input is recognised, and the other way round."""
    finished, problem = tmp_path / "finished.json", tmp_path / "problem.json"
    write_roster(finished, PROBLEM, PLAN, ())
    problem.write_text(PROBLEM.model_dump_json(), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_problem(finished)
    assert [one.code for one in caught.value.mistakes] == ["is_a_roster"]
    with pytest.raises(InputError) as caught:
        read_roster(problem)
    assert [one.code for one in caught.value.mistakes] == ["is_an_input"]
    assert read_problem(problem) == PROBLEM
    assert read_roster(finished).roster == PLAN


def test_json_mistakes_have_their_path(tmp_path: Path) -> None:
    """Mistakes in JSON are told by path, all at once."""
    path = tmp_path / "office.json"
    text = by_hand().model_dump_json()
    text = text.replace('"start":"07:00"', '"start":"7 Uhr"')
    text = text.replace('"day_use":18', '"day_use":0')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_problem(path)
    told = [mistake_text(mistake) for mistake in caught.value.mistakes]
    assert told == [
        "office.capacity.day_use: 0 は小さすぎます。1 以上にしてください。",
        "shifts[0].start: 「7 Uhr」は時刻ではありません。9:30 や 翌9:30 のように"
        "入力してください。",
    ]


def test_json_is_checked_for_consistency(tmp_path: Path) -> None:
    """What does not fit together is told for JSON too, whatever its first bytes."""
    path = tmp_path / "office.json"
    data = by_hand().model_dump(mode="json")
    data["cover_rules"][0]["shift"] = "朝"
    path.write_text(json.dumps(data), encoding="utf-8-sig")
    with pytest.raises(InputError) as caught:
        read_problem(path)
    (mistake,) = caught.value.mistakes
    assert (mistake.code, mistake.loc) == ("unknown_shift", ("cover_rules", 0, "shift"))
