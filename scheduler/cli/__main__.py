"""Entry point: installs signal handlers before anything slow is imported."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
"""Not imported from `typing`, which is slow to load; type checkers know the name."""

if TYPE_CHECKING:
    from scheduler.cli.stopping import Stopping

INTERRUPTED = 130

YOUNG_OBJECTS = 100_000
"""Objects between two collections of cyclic garbage (CPython's own: 700).

What a month is made of lives to the end; looking it through so often took an eighth.
"""


def main() -> int:
    """Run the command on the command line and return its exit code."""
    try:
        import gc
        import signal

        gc.set_threshold(YOUNG_OBJECTS)
        # Until `Stopping` handles signals, Ctrl-C ends the process without a traceback.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    except KeyboardInterrupt:
        return INTERRUPTED
    from scheduler.cli.stopping import Stopping

    return Stopping().hearing(_command)


def _command(stopping: Stopping) -> int:
    from scheduler.cli.app import run

    return run(sys.argv[1:], stopping)


if __name__ == "__main__":
    sys.exit(main())
