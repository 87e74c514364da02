"""Styles of all sheets: colours, fonts, borders, number formats."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property
from operator import attrgetter
from typing import Literal

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import (
    Alignment,
    Border,
    Font,
    NamedStyle,
    PatternFill,
    Protection,
    Side,
)
from openpyxl.styles.cell_style import StyleArray
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

FONT = "Meiryo"
"""Excel substitutes another font where it is missing."""


class Ink:
    """Colours of letters, RGB in hexadecimal like all colours."""

    PLAIN = "1F2933"
    SOFT = "6B7280"
    ALARM = SUNDAY = "B00020"
    SATURDAY = "1D4ED8"


class Fill:
    """Colours of cells, by what they mean."""

    SATURDAY = "E6F2FF"
    SUNDAY = "FFE6E6"
    TAIL = "E5E7EB"
    HEADING = "DDE5EE"
    WISH = "FFF5C2"
    MORE = "FFE794"
    MUCH = "FFCC55"
    STRAIN = "F5B26B"
    SHORT = "FFC7CE"
    SURPLUS = "D5F5F6"
    GOOD = "E3F4E1"
    ELSEWHERE = "E8E2F1"
    INPUT = "FFFFFF"
    BAND = "F3F5F7"


LINE = "B8C0CA"
STRONG_LINE = "55606E"
CHANGED_LINE = "7C3AED"

OURS = "shotaki"
"""Author of the comments that are written with a sheet."""

PAPER_A3 = 8
PAPER_A4 = 9

Edge = Literal[
    "grid",
    "group",
    "box",
    "changed",
    "none",
    "roof",
    "walls",
    "floor",
    "wall",
    "wall group",
    "wall week",
    "wall group week",
    "wall changed",
]


@dataclass(frozen=True)
class Look:
    """The format of a cell; equal looks share one style of the workbook.

    ``edge`` is the border: a thin grid, the same with a strong upper line (``group``),
    a box of strong lines, one of thick coloured lines (``changed``), or none; ``roof``,
    ``walls`` and ``floor`` are the rows of a thin box that spans several.  Those of the
    wall sheet are black: strong above a ``group`` and at the end of a ``week``, dashed
    around a changed cell.  ``fill`` and ``ink`` are RGB in hexadecimal.
    """

    size: float = 9
    bold: bool = False
    underline: bool = False
    ink: str = Ink.PLAIN
    fill: str = ""
    edge: Edge = "grid"
    across: Literal["left", "center", "right"] = "center"
    down: Literal["top", "center", "bottom"] = "center"
    wrap: bool = False
    shrink: bool = False
    upright: bool = False
    """Whether letters are stacked, for names in narrow columns."""
    number: str = "General"
    locked: bool = True

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # Every cell written asks for its look, of which there are few.
        return hash(_PARTS(self))


_PARTS = attrgetter(*(field.name for field in fields(Look)))
"""All that a look consists of; asking for its fields each time takes longer."""

TITLE = Look(size=16, bold=True, edge="none", across="left")
NOTE = Look(size=9, edge="none", across="left")
SMALL = Look(size=7, ink=Ink.SOFT, edge="none", across="left")
HEAD = Look(bold=True, fill=Fill.HEADING, wrap=True)
TEXT = Look(across="left", wrap=True)
COUNT = Look(number="0")
HOURS = Look(number="0.0")
SECTION = Look(size=12, bold=True, edge="none", across="left")
LEFT = Look(size=8.5, across="left", wrap=True)
RIGHT = Look(size=8.5, across="right", wrap=True)
CENTRE = Look(size=8.5, wrap=True)
BOLD = replace(LEFT, bold=True)
ALARM = replace(LEFT, ink=Ink.ALARM)
YEN = replace(RIGHT, number="#,##0")
MISSING = replace(RIGHT, bold=True, ink=Ink.ALARM)
"""An amount that is missing."""
MET, OPEN = replace(CENTRE, fill=Fill.GOOD), replace(CENTRE, fill=Fill.WISH)
BROKEN = replace(CENTRE, fill=Fill.SHORT, ink=Ink.ALARM, bold=True)
"""Verdicts: kept, to be looked at, not kept."""
LINK = replace(LEFT, underline=True, ink=Ink.SATURDAY)


class Formula(str):
    """A formula, with its equals sign; text that somebody typed never has this type.

    ``shown`` is its value, stored for programs that calculate nothing; ``None`` if it
    is left to calculate.
    """

    shown: str | int | None = None

    @classmethod
    def of(cls, text: str, shown: str | int) -> Formula:
        """Return a formula with its value."""
        formula = cls(text)
        formula.shown = shown
        return formula


SHOWN = "shotaki_shown"
"""Attribute of a sheet with the values of its formulas, by cell."""


class Stylist:
    """Writes cells; each look is added to the workbook's named styles once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._styles: dict[Look, StyleArray] = {}

    def put(
        self, sheet: Worksheet, row: int, column: int, value: object, look: Look
    ) -> Cell:
        """Write a value; text that begins with = stays text unless a `Formula`."""
        cell: Cell = sheet.cell(row, column)
        is_formula = isinstance(value, Formula)
        cell.value = str(value) if is_formula else _printable(value)
        cell._style = self._style(look)
        if isinstance(value, Formula) and value.shown is not None:
            vars(sheet).setdefault(SHOWN, {})[cell.coordinate] = value.shown
        # openpyxl takes any text that begins with = for a formula.
        if cell.data_type == "f" and not is_formula:
            cell.data_type = "s"
            cell.quotePrefix = True
        return cell

    def _style(self, look: Look) -> StyleArray:
        """Return the numbers of a look's parts, for one cell.

        Through ``cell.style``, openpyxl goes through all names for every cell.
        """
        known = self._styles.get(look)
        if known is None:
            style = _named_style(f"shotaki {len(self._styles) + 1}", look)
            self._workbook.add_named_style(style)
            known = self._styles[look] = style.as_tuple()
        return copy(known)


def fill(colour: str) -> PatternFill:
    """Return a solid fill that also works in conditional formats."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def alarm_font() -> Font:
    """Return the font for shortages in conditional formats: bold, dark red."""
    return Font(bold=True, color=Ink.ALARM)


def printable(text: str) -> str:
    """Return text without the control characters that workbooks cannot hold."""
    clean: str = ILLEGAL_CHARACTERS_RE.sub("", text)
    return clean


def _printable(value: object) -> object:
    return (printable(value) or None) if isinstance(value, str) else value


def _named_style(name: str, look: Look) -> NamedStyle:
    style = NamedStyle(
        name,
        font=_font(
            name=FONT,
            size=look.size,
            bold=look.bold,
            underline="single" if look.underline else None,
            color=look.ink,
        ),
        fill=_filled(look.fill),
        border=_border(look.edge),
        alignment=_alignment(
            horizontal=look.across,
            vertical=look.down,
            wrap_text=look.wrap,
            shrink_to_fit=look.shrink,
            text_rotation=255 if look.upright else 0,
        ),
        number_format=look.number,
        protection=_protection(locked=look.locked),
    )
    style.hidden = True
    return style


# The parts of styles are few, and nothing alters them: all workbooks share them, and
# finding one that a workbook has already compares no attributes.
_font, _alignment, _protection = cache(Font), cache(Alignment), cache(Protection)


@cache
def _filled(colour: str) -> PatternFill:
    return fill(colour) if colour else PatternFill()


def boxed(side: Side) -> Border:
    """Return a border with the same line on all sides."""
    return Border(left=side, right=side, top=side, bottom=side)


@cache
def _border(edge: Edge) -> Border:
    if edge == "none":
        return Border()
    if edge.startswith("wall"):
        return _wall_border(edge)
    thin, strong = Side("thin", color=LINE), Side("medium", color=STRONG_LINE)
    if edge == "box":
        return boxed(Side("medium", color=Ink.PLAIN))
    if edge == "changed":
        return boxed(Side("thick", color=CHANGED_LINE))
    top = strong if edge == "group" else thin
    return Border(
        left=thin,
        right=thin,
        top=None if edge in ("walls", "floor") else top,
        bottom=None if edge in ("walls", "roof") else thin,
    )


def _wall_border(edge: Edge) -> Border:
    if edge == "wall changed":
        return boxed(Side("mediumDashed", color=Ink.PLAIN))
    thin, strong = Side("thin", color="777777"), Side("medium", color="000000")
    return Border(
        left=thin,
        right=strong if "week" in edge else thin,
        top=strong if "group" in edge else thin,
        bottom=thin,
    )
