"""Filling the office's own copy of a form, cell by cell, with everything else kept."""
