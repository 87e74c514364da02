"""What is computed from a finished roster: pure functions in whole minutes and counts.

Every function takes the problem and the roster and returns frozen values; words and
colours are the workbook's and the command line's.
"""
