"""Where the program begins: signals are heard before anything heavy is imported."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
"""Not from `typing`, which takes its time."""

if TYPE_CHECKING:
    from scheduler.cli.stopping import Stopping

INTERRUPTED = 130


def main() -> int:
    """Run the command of the line, and return its exit code."""
    try:
        import signal

        # Until somebody can say more, Ctrl-C ends it without a word.
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
