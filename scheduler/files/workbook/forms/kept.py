"""The map of an office's form: kept, given or guessed, and as TOML to be corrected."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from scheduler.files.saving import save
from scheduler.files.validation import refused
from scheduler.files.workbook.forms.fill import Form
from scheduler.files.workbook.forms.guess import USUAL_SYMBOLS, guess
from scheduler.files.workbook.forms.map import (
    FormMap,
    SymbolLines,
    given_maps,
    given_text,
    read_map,
)
from scheduler.wording.translation import _


def layout_of(form: Form, kept: Path, *, anew: bool = False) -> FormMap:
    """Return the map of a form: the kept one, or a given one that fits, or a guess.

    A guess, and a kept map that nobody has looked at yet, is not ``checked``.

    Parameters
    ----------
    kept
        The file in which the office keeps its map, if there is one.
    anew
        Whether the kept map is left aside, as that of another form.

    Raises
    ------
    InputError
        If the kept map is of another form or no map, or the form has no row of dates.
    """
    own = None if anew else read_map(kept)
    if own is not None:
        if own.checked and form.sheet_of(own) is None:
            raise refused("form_other", path=form.name, map=str(kept))
        return own
    found = guess(form)
    if found is None:
        raise refused("form_no_dates", path=form.name)
    fitting = (
        given
        for given in given_maps()
        if form.sheet_of(given) is not None and given.stands_as(found)
    )
    return next(fitting, found)


def keep_layout(layout: FormMap, kept: Path) -> Path:
    """Keep a map beside the roster, a given one with its own comments.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    given = any(layout == one for one in given_maps())
    text = given_text(layout.name) if given else as_toml(layout)
    return save(text.encode(), kept)


def as_toml(form: FormMap) -> str:
    """Return a map as TOML, with what its keys mean."""
    lines = [
        "# " + _("Where the cells of the form stand. Correct what is wrong, and then"),
        "# " + _("write checked = true; it is kept for the next time."),
        f"name = {_quoted(form.name)}",
        f"checked = {_quoted(form.checked)}",
        f"sheet = {_quoted(form.sheet)}",
        "# " + _("Texts by which the form is known, by column or cell:"),
        f"signs = {_table(form.signs)}",
        "# " + _("The column of the 1st, and the number of date columns:"),
        f'first_day = "{form.first_day}"',
        f"days = {form.days}",
        "# "
        + _(
            "The lines of a person: symbol, hours, day, night; empty where the form has"
            " formulas:"
        ),
        f"lines = {_quoted(form.lines)}",
        "# " + _("Whether 休 and the like may stand among hours:"),
        f"days_off = {_quoted(form.days_off)}",
        "",
        "[header]",
        *_pairs(form.header.model_dump()),
        "",
        "[columns]",
        *_pairs(form.columns.model_dump()),
        "",
        "# " + _("What the form calls things, as in its lists of choices:"),
        "[words]",
        *_pairs(form.words.model_dump()),
    ]
    for section in form.section:
        lines += [
            "",
            "# " + _("First row of the people, and how many there is room for:"),
            "[[section]]",
            f"first_row = {section.first_row}",
            f"slots = {section.slots}",
        ]
    lines += [
        "",
        "# " + _("Rows below the people with a number for each date; 0: none."),
        "[foot]",
        *_pairs(form.foot.model_dump()),
        "",
        "# " + _("The form's own sheet of symbols: its title, the first row and"),
        "# " + _("how many there is room for; columns, empty where it has formulas."),
        *_symbol_lines(form.symbols),
    ]
    return "\n".join(lines) + "\n"


def _symbol_lines(symbols: SymbolLines | None) -> Iterator[str]:
    """Yield the section of symbols; behind # where the form seems to have none."""
    given = symbols or SymbolLines(
        sheet="シフト記号表", first_row=6, slots=USUAL_SYMBOLS, symbol="C"
    )
    for line in ("[symbols]", *_pairs(given.model_dump())):
        yield line if symbols else f"# {line}"


def _pairs(values: Mapping[str, str | int | bool]) -> Iterator[str]:
    for key, value in values.items():
        yield f"{key} = {_quoted(value)}"


def _quoted(value: str | int | bool | Sequence[str]) -> str:
    # Written alike in JSON and in TOML.
    return json.dumps(value, ensure_ascii=False)


def _table(values: Mapping[str, str]) -> str:
    pairs = ", ".join(f"{key} = {_quoted(value)}" for key, value in values.items())
    return "{ " + pairs + " }"
