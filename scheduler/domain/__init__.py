"""The words of the field as types: office, staff, shifts, forecast, roster, finding.

Knows pydantic and the standard library, nothing else.
"""


def N_(message: str) -> str:
    """Mark a message for the catalogue; it is translated where it is shown."""
    return message
