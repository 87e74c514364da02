"""The manager's page: the whole job in a browser, on this computer alone.

A folder with workbooks is the truth.  The page reads and writes the files that the
commands read and write, through the same reader and writer; it holds no rule and no
search of its own.
"""
