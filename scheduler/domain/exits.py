"""What a command says to the script that called it."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What a command says to the script that called it."""

    DONE = 0
    BAD_INPUT = 1
    WRONG_USE = 2
    NOT_LEGAL = 3
    OUT_OF_TIME = 4
    BREACHES = 5
    BUG = 70
    UNPRINTED = 74
    HUNG_UP = 129
    INTERRUPTED = 130
    TERMINATED = 143
