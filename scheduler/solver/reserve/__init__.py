"""Somebody in reserve for whoever may be absent."""
