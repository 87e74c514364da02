"""Findings and mistakes as sentences, and the names of things, for users.

Everything here is translated when called, into the language in use
(`scheduler.wording.translation`).
"""

from scheduler.wording.findings import confirm_text, finding_text
from scheduler.wording.mistakes import mistake_text, mistake_texts
from scheduler.wording.names import (
    burden_name,
    cells_text,
    duration_text,
    kind_name,
    name_of,
    off_name,
    role_name,
    stance_name,
    strength_name,
)
from scheduler.wording.requests import request_text, want_text, wish_text
from scheduler.wording.times import (
    clock_text,
    date_text,
    span_text,
    stretch_text,
    weekday_text,
)

__all__ = [
    "burden_name",
    "cells_text",
    "clock_text",
    "confirm_text",
    "date_text",
    "duration_text",
    "finding_text",
    "kind_name",
    "mistake_text",
    "mistake_texts",
    "name_of",
    "off_name",
    "request_text",
    "role_name",
    "span_text",
    "stance_name",
    "strength_name",
    "stretch_text",
    "want_text",
    "weekday_text",
    "wish_text",
]
