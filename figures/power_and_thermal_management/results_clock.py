"""The GPU of the example: best clocks of decode and prefill, and what a cap does to them."""

from __future__ import annotations

from figures.formulas import clocks, compare
from figures.results import Assumed, Computed, computed

# A GPU that behaves like an H100 in decode and in prefill, with round numbers for what its maker does not state.
limit = Assumed(700, "W", "the power limit of an H100 SXM")
static = Assumed(250, "W", "memory, links, leakage and all else that does not follow the clock, in the example")
top = Assumed(1.83, "GHz", "clock of the example at the limit, near that of an H100's stated peak")
decode_power = Assumed(440, "W", "power of the example in decode at the same clock, its units waiting most of the time")
decode_memory = Assumed(16, "ms", "time of a decode step's memory traffic in the example")
decode_compute = Assumed(6.4, "ms", "time of its arithmetic at the top clock, which hides behind the traffic")
prefill_memory = Assumed(10, "ms", "time of a prefill step's memory traffic in the example")
prefill_compute = Assumed(100, "ms", "time of its arithmetic at the top clock")
cap = Assumed(500, "W", "a power cap of the example")

full_cubic = computed(clocks.cubic_coefficient, power=limit, static=static, clock=top)
decode_cubic = computed(clocks.cubic_coefficient, power=decode_power, static=static, clock=top)

decode_clock = computed(
    clocks.overlapped_best_clock,
    memory=decode_memory,
    compute=decode_compute,
    reference=top,
    static=static,
    cubic=decode_cubic,
)
decode_locked = computed(clocks.cubic_power, static=static, cubic=decode_cubic, clock=decode_clock)
decode_capped = computed(clocks.capped_clock, cap=cap, static=static, cubic=decode_cubic, most=top)

prefill_clock = computed(
    clocks.overlapped_best_clock,
    memory=prefill_memory,
    compute=prefill_compute,
    reference=top,
    static=static,
    cubic=full_cubic,
)
prefill_locked = computed(clocks.cubic_power, static=static, cubic=full_cubic, clock=prefill_clock)
prefill_capped = computed(clocks.capped_clock, cap=cap, static=static, cubic=full_cubic, most=top)


def prefill_time(clock: Computed | Assumed) -> Computed:
    """Time of the prefill step at a clock."""
    return computed(
        clocks.overlapped_time_at, memory=prefill_memory, compute=prefill_compute, reference=top, clock=clock
    )


prefill_at_best = prefill_time(prefill_clock)
prefill_at_cap = prefill_time(prefill_capped)
prefill_slowdown = computed(compare.time_ratio, first=prefill_at_best, second=prefill_compute)
prefill_at_decode_clock = prefill_time(decode_clock)

__all__ = [
    "cap",
    "decode_capped",
    "decode_clock",
    "decode_compute",
    "decode_cubic",
    "decode_locked",
    "decode_memory",
    "decode_power",
    "full_cubic",
    "limit",
    "prefill_at_best",
    "prefill_at_cap",
    "prefill_at_decode_clock",
    "prefill_capped",
    "prefill_clock",
    "prefill_compute",
    "prefill_locked",
    "prefill_memory",
    "prefill_slowdown",
    "prefill_time",
    "static",
    "top",
]
