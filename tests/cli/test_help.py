"""Help pages and messages on wrong use speak the user's language."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from scheduler.cli.app import COMMANDS, first_sentence, main
from scheduler.wording.translation import (
    LANGUAGES,
    Language,
    _,
    in_language,
    sentences,
)

TYPERS_WORDS = re.compile(
    r"Usage|Options|Commands|Arguments|Show this|default|required|range>|OPTIONS|"
    r"ARGS|COMMAND|Error|Missing|Invalid|No such|Try "
)
BESIDE_NAMES = 16
"""Columns that the list of commands takes for names and gaps."""


def printed(capsys: pytest.CaptureFixture[str], *line: str) -> str:
    main(line)
    streams = capsys.readouterr()
    return streams.out + streams.err


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_japanese_pages_have_none_of_typers_words(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = printed(capsys, *command.split(), "--help")
    assert page.startswith("使い方: shotaki")
    assert TYPERS_WORDS.findall(page) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_sentence_of_each_command_fits_its_line(lang: Language) -> None:
    with in_language(lang):
        for text in sentences("commands").values():
            first = first_sentence(_(text))
            assert cell_len(first) <= 80 - BESIDE_NAMES
            assert not first.endswith((".", "。", "…"))


def test_every_text_of_an_option_stands_on_a_page(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """None is left behind by an option that is gone or has another text now."""
    lines = (("--lang", "en", name, "--help") for name in COMMANDS)
    pages = " ".join(" ".join(printed(capsys, *line).split()) for line in lines)
    told = [one for table in sentences("options").values() for one in table.values()]
    texts = {one if isinstance(one, str) else one[1] for one in told}
    # Lines are broken at hyphens too.
    bare = pages.replace("- ", "-")
    assert {one for one in texts if one.replace("- ", "-") not in bare} == set()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("roster", "入力がありません。"),
        ("rostr x.xlsx", "「rostr」というコマンドはありません。 'roster' では"),
        ("roster x.xlsx --workers 99", "--workers は64以下にしてください。"),
        ("roster x.xlsx --workers 0", "--workers は1以上にしてください。"),
        ("roster x.xlsx --workers a", "--workers の値を読み取れません。"),
        ("roster x.xlsx --quick", "--quick というオプションはありません。"),
        ("roster x.xlsx --seed", "--seed には値が必要です。"),
        ("room x.xlsx y.xlsx", "余分な語があります: y.xlsx"),
        ("schema nothing", "kind は 'problem', 'roster', 'finding', 'document' の"),
    ],
)
def test_wrong_use_is_told_in_japanese(
    line: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(line.split()) == 2
    text = capsys.readouterr().err
    assert text.startswith(said)
    assert TYPERS_WORDS.findall(text) == []


def test_nothing_at_all_gives_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "precheck" in capsys.readouterr().out
