"""The domain's types: office, staff, shifts, forecast, roster, finding.

Depends on pydantic and the standard library only.
"""


def N_(message: str) -> str:
    """Return a message unchanged, marked for the catalogue.

    It is translated where it is shown.
    """
    return message
