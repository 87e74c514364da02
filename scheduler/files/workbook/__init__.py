"""Workbooks: reading and writing inputs, writing rosters and reading them back."""
