"""The command line: thin commands that parse, call, print and say how it went."""
