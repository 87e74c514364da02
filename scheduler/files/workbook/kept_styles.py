"""What is kept of a workbook's styles: number formats, what is struck out, colours."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from scheduler.files.validation import refused
from scheduler.files.workbook.package import local, parse

MOST_FORMATS = 64_000
"""Most cell formats; Excel itself has about the same limit."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

EAST_ASIAN_DATES = (*range(27, 37), *range(50, 59))
"""Number formats without a code of their own: 1月5日, R9.1.5, 7時30分, and the like.

Which one it is depends on the language of Excel, but all are of dates and times
(ECMA-376 part 1, 18.8.30).  openpyxl takes them for formats of numbers.
"""
ANY_DATE = "yyyy/m/d h:mm"


def coloured_formats(styles: bytes | None) -> frozenset[str]:
    """Return the numbers of the cell formats that fill a cell with a colour."""
    fills: list[bool] = []
    formats: list[int] = []
    inside = ""

    def element(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        word = local(name)
        if word in ("fills", "cellXfs", "cellStyleXfs", "dxfs"):
            inside = word
        elif word == "fill" and inside == "fills":
            fills.append(False)
        elif word == "fgColor" and inside == "fills":
            fills[-1] = _is_colour(attributes)
        elif word == "xf" and inside == "cellXfs":
            formats.append(int(attributes.get("fillId", "0")))

    if styles is not None:
        parse(styles, element)
    found = (str(n) for n, fill in enumerate(formats) if fill < len(fills))
    return frozenset(one for one in found if fills[formats[int(one)]])


def _is_colour(attributes: dict[str, str]) -> bool:
    """Tell whether a colour is not white, by its value or its place in a palette."""
    if "rgb" in attributes:
        return attributes["rgb"][-6:].upper() != "FFFFFF"
    if "theme" in attributes:
        return attributes["theme"] != "0" or "tint" in attributes
    return attributes.get("indexed", WHITE) not in (WHITE, AUTOMATIC)


WHITE, AUTOMATIC = "9", "64"
"""Colours of the old palette that are none."""


def formats_kept(styles: bytes | None) -> str:
    """Return a styles part with the number format of each cell format.

    Of fonts it keeps whether they strike out, and nothing else.
    """
    codes = dict.fromkeys(map(str, EAST_ASIAN_DATES), ANY_DATE)
    struck: list[bool] = []
    formats: list[tuple[str, int]] = []
    inside = ""

    def element(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        word = local(name)
        if word == "numFmt" and inside == "numFmts":
            codes[attributes["numFmtId"]] = attributes["formatCode"]
        elif word == "xf" and inside == "cellXfs":
            font = int(attributes.get("fontId", "0"))
            strikes = font < len(struck) and struck[font]
            formats.append((attributes.get("numFmtId", "0"), int(strikes)))
        elif word == "font" and inside == "fonts":
            struck.append(False)
        elif word == "strike" and inside == "fonts":
            struck[-1] = attributes.get("val", "1") not in ("0", "false")
        elif word in (
            "numFmts",
            "fonts",
            "cellXfs",
            "cellStyleXfs",
            "dxfs",
            "cellStyles",
        ):
            inside = word

    if styles is not None:
        parse(styles, element)
    if len(formats) > MOST_FORMATS:
        raise refused("not_a_workbook")
    shown = "".join(
        f"<numFmt numFmtId={quoteattr(number)} formatCode={quoteattr(code)}/>"
        for number, code in codes.items()
    )
    cells = "".join(
        f'<xf numFmtId={quoteattr(number)} fontId="{font}"/>'
        for number, font in formats or [("0", 0)]
    )
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{shown}</numFmts>'
        f"<fonts><font/><font><strike/></font></fonts><fills><fill><patternFill/></fill></fills>"
        f"<borders><border/></borders><cellXfs>{cells}</cellXfs></styleSheet>"
    )
