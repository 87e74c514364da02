"""Sentences and names shown to users: findings, mistakes, plans and advice.

Everything here is translated when called, into the language in use
(`scheduler.wording.translation`).
"""
