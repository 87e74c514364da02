"""Findings and mistakes as sentences, and the names of things, for users.

Everything here is translated when called, into the language in use
(`scheduler.wording.translation`).
"""
