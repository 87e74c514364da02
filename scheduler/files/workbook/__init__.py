"""Workbooks: inputs read and written, rosters written and read back."""
