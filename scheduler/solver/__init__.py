"""Solve a month, explain the roster found, and change it later."""
