"""The rack of the example."""

from __future__ import annotations

from figures.results import Assumed

rack = Assumed(120, "kW", "heat of a rack, in the example")
waiting = Assumed(50, "kW", "power of the rack while its GPUs wait, in the example")

__all__ = ["rack", "waiting"]
