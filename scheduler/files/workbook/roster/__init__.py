"""The roster workbook: written for people, read back from its cells."""
