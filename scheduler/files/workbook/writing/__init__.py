"""Writing the input workbook, sheet by sheet."""
