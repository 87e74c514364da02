"""The command line: thin commands that parse, call, print and return an exit code."""
