"""Figures of a finished roster: pure functions, in whole minutes and counts.

Most take the problem and the roster, and all return immutable values; wording and
colours are left to the workbook and the command line.
"""
