"""``python -m scheduler``: the same as ``shotaki``."""

from scheduler.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
