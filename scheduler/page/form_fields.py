"""Where things stand in a municipality's form, as fields to be corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from scheduler.files.workbook.forms.map import CONTENTS, FormMap
from scheduler.wording.forms import HEADER
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from starlette.datastructures import FormData

MOST_LINES = 4
"""Most lines that a person has in a form."""

LINES = {
    "symbol": N_("Symbols"),
    "hours": N_("Hours"),
    "day": N_("Hours by day"),
    "night": N_("Hours by night"),
    "": N_("left to the form"),
}
"""What a line of a person may hold, by `CONTENTS`."""

NO_LINE = "none"

PLACES: dict[str, tuple[str, dict[str, str]]] = {
    "": (
        N_("The table"),
        {
            "sheet": N_("Name of the sheet"),
            "first_day": N_("Column of the 1st"),
            "days": N_("Number of date columns"),
            "section.0.first_row": N_("Row of the first person"),
            "section.0.slots": N_("People it has room for"),
        },
    ),
    "columns": (
        N_("Columns of a person"),
        {
            "number": N_("Number"),
            "job": N_("Job"),
            "form": N_("Form of work (A to D)"),
            "qualification": N_("Qualification"),
            "name": N_("Name"),
            "second_job": N_("Other jobs"),
        },
    ),
    "header": (N_("Cells of the header"), HEADER),
    "foot": (
        N_("Rows below the people, for each date"),
        {
            "day_users": N_("Day users"),
            "overnight": N_("Overnight"),
            "visits": N_("Visits"),
        },
    ),
    "symbols": (
        N_("The form's sheet of symbols"),
        {
            "sheet": N_("Name of the sheet"),
            "first_row": N_("Row of the first symbol"),
            "slots": N_("Symbols it has room for"),
            "symbol": N_("Column of the symbol"),
            "begin": N_("Column of the beginning"),
            "end": N_("Column of the end"),
            "pause": N_("Column of the break"),
            "day": N_("Column of hours by day"),
            "night": N_("Column of hours by night"),
            "meaning": N_("Column of the meaning"),
        },
    ),
    "words": (
        N_("What the form calls things"),
        {
            "manager": N_("Manager"),
            "planner": N_("Care manager"),
            "nurse": N_("Nurse"),
            "care": N_("Care worker"),
            "four_weeks": N_("Four weeks"),
            "month": N_("Calendar month"),
            "planned": N_("Plan"),
            "actual": N_("As worked"),
        },
    ),
}
"""The parts of a map that can be corrected here, by its sections and keys."""


class FormField(NamedTuple):
    """A field in which the place of something in the form is typed."""

    key: str
    label: str
    value: str


def places(layout: FormMap) -> Iterator[tuple[str, tuple[FormField, ...]]]:
    """Yield the parts of a map that can be corrected: title, and a field for each."""
    data = layout.model_dump(mode="json")
    for section, (title, labels) in PLACES.items():
        fields = []
        for key, label in labels.items():
            path = ".".join(filter(None, (section, key)))
            value = _at(data, path)
            # Rows are counted from 1: none is written as nothing.
            text = "" if value in (None, 0) else str(value)
            fields.append(FormField(path, _(label), text))
        yield _(title), tuple(fields)


def _at(data: Any, path: str) -> Any:
    for key in path.split("."):
        if data is None:
            return None
        data = data[int(key) if key.isdecimal() else key]
    return data


def typed_layout(layout: FormMap, given: FormData | Mapping[str, Any]) -> FormMap:
    """Return a map with the places as they were typed; it is not checked yet.

    Raises
    ------
    ValidationError
        If something typed is no cell, column or number.
    """
    data = layout.model_dump(mode="json")
    sections: dict[str, dict[str, str]] = {section: {} for section in PLACES}
    for section, (_title, labels) in PLACES.items():
        for key in labels:
            path = ".".join(filter(None, (section, key)))
            sections[section][key] = str(given.get(path, "")).strip()
    table = sections.pop("")
    data["section"][0] |= {
        key: table.pop(f"section.0.{key}") for key in ("first_row", "slots")
    }
    data |= table
    sections["foot"] = {key: row or "0" for key, row in sections["foot"].items()}
    symbols = sections.pop("symbols")
    data["symbols"] = (
        {**(data["symbols"] or {}), **symbols} if symbols["sheet"] else None
    )
    data |= {key: {**data[key], **typed} for key, typed in sections.items()}
    lines = [str(given.get(f"lines.{number}", NO_LINE)) for number in range(MOST_LINES)]
    data["lines"] = [line for line in lines if line in CONTENTS]
    return FormMap.model_validate(data | {"checked": False})


def wrong_texts(error: ValidationError) -> Iterator[str]:
    """Yield what is typed wrong, by the labels of the fields."""
    labels = {
        ".".join(filter(None, (section, key))): (title, label)
        for section, (title, own) in PLACES.items()
        for key, label in own.items()
    }
    for one in error.errors():
        title, label = labels.get(".".join(map(str, one["loc"])), ("", ""))
        if label:
            text = _("{part}, {field}: “{value}” is no place in the form.")
            yield text.format(part=_(title), field=_(label), value=one["input"])
        else:
            yield _("Say what the lines of a person hold.")
