"""Marks of tests that ask for what not every operating system has."""

from __future__ import annotations

import os
import sys

import pytest

needs_posix = pytest.mark.skipif(os.name == "nt", reason="rights, links and signals")
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="files of Linux")
