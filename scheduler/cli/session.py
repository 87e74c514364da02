"""Where a command's words go: results to stdout, all else to stderr."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Session:
    """One call of the command line."""

    as_json: bool = False
    arguments: tuple[str, ...] = ()

    def prepare_streams(self) -> None:
        """Make any text printable: JSON is UTF-8, and no console stops a command."""
        encoding = "utf-8" if self.as_json else None
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding=encoding, errors="replace")
        if isinstance(sys.stderr, io.TextIOWrapper):
            sys.stderr.reconfigure(errors="replace")

    def say(self, text: str) -> None:
        """Print a result for people, unless machines are listening."""
        if not self.as_json:
            print(text)

    def give(self, result: Mapping[str, Any]) -> None:
        """Print a result for machines, if they are listening.

        ``result`` holds what `json` can write; models are dumped by the caller.
        """
        if self.as_json:
            print(json.dumps(result, ensure_ascii=False, indent=1))

    def note(self, text: str) -> None:
        """Print progress or an error."""
        print(text, file=sys.stderr, flush=True)
