"""A map of a form as TOML, for the office to check, correct and keep."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from scheduler.files.workbook.forms.guess import USUAL_SYMBOLS
from scheduler.files.workbook.forms.map import FormMap, SymbolLines
from scheduler.wording.translation import _


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
