"""Reading the parts of the input workbook, with the cell of every mistake."""
