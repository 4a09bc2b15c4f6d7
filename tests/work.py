"""Count the work that a function does, so that no test depends on how fast the machine is.

What one call of C does (a regular expression, the copy of a text) counts as one step, however long it takes: for that,
tests read an input so large that a quadratic search takes many minutes and a linear one a moment.
`benchmarks/bench_hostile.py` measures the seconds.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

IN_PROPORTION = 2.5
"""Growth that still is linear: twice the input takes twice the steps, and a little for the odds and ends."""

# What pip says where no index of packages can be reached.
NO_INDEX = ("Could not find a version", "No matching distribution", "Failed to establish a new connection")
PATIENCE = 300
"""Seconds after which a test ends a process that hangs: a protection that asserts nothing, for none takes so long."""


def steps(function: Callable[[], object]) -> int:
    """Run `function` and return how many lines of Python ran and how many functions, of Python or C, were called."""
    count = 0

    def call(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "c_call"

    def line(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        count += event in ("call", "line")
        return line

    profile, trace = sys.getprofile(), sys.gettrace()
    sys.setprofile(call)
    sys.settrace(line)
    try:
        function()
    finally:
        sys.settrace(trace)
        sys.setprofile(profile)
    return count


def growth(function: Callable[[int], object], size: int) -> float:
    """Return how many times as many steps `function` takes for an input of twice the `size` as for one of `size`.

    A first run, of half the size so that no answer is remembered, fills the caches and is not counted. What is loaded
    or compiled only on the way counts as work, and is done once: where the work seems to grow faster than the input, it
    is measured again, of other sizes. What truly grows faster does so each time.
    """
    function(size // 2)
    first = _growth(function, size)
    return first if first < IN_PROPORTION else min(first, _growth(function, size + size // 3))


def _growth(function: Callable[[int], object], size: int) -> float:
    return steps(lambda: function(2 * size)) / steps(lambda: function(size))
