"""The chart of the fairness page: how far each person is from the fair share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.worksheet.worksheet import Worksheet

COLOURS = ("3B5B92", "E0A458", "6FA287")
"""Nights, on call, weekends and holidays; more bars could not be told apart."""

GRID_LINE = "D9DEE4"
WIDTH = 11.0
"""Centimetres."""

HEIGHT_A_PERSON, HEIGHT_BESIDES = 0.62, 2.6


def add_chart(
    sheet: Worksheet,
    columns: Mapping[str, int],
    rows: tuple[int, int],
    corner: tuple[int, int],
) -> None:
    """Add bars to the right for those who bore more, to the left for less.

    Parameters
    ----------
    columns
        Column of the differences of each burden by its name.
    rows
        First and last row of the people, whose names stand in the first column.
    corner
        Row and column of the chart's upper left corner.
    """
    chart = BarChart()
    chart.type = "bar"
    chart.gapWidth = 50
    chart.width = WIDTH
    chart.height = HEIGHT_BESIDES + HEIGHT_A_PERSON * (rows[1] - rows[0] + 1)
    charted = list(columns.items())[: len(COLOURS)]
    for (name, column), colour in zip(charted, COLOURS, strict=True):
        values = Reference(sheet, min_col=column, min_row=rows[0], max_row=rows[1])
        series = Series(values, title=name)
        series.graphicalProperties.solidFill = colour
        chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=1, min_row=rows[0], max_row=rows[1]))
    chart.legend.position = "b"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.tickLblPos = "low"
    chart.y_axis.number_format = "+0.0;-0.0;0"
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(
        ln=LineProperties(solidFill=GRID_LINE)
    )
    row, column = corner
    sheet.add_chart(chart, f"{get_column_letter(column)}{row}")
