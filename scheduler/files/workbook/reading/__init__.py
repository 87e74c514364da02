"""Reading the input workbook: safely opened, every mistake with its cell."""
