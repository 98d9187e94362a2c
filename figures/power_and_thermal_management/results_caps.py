"""Published curves over the power limit: energy and time of an epoch, and where the energy is least."""

from __future__ import annotations

from figures import data
from figures.data import Datum
from figures.formulas import compare, training_compute
from figures.results import Computed, computed


def curve(key: str) -> list[tuple[Datum, Datum, Datum]]:
    """Limit, time and mean power of an entry of power_caps.toml, the lowest limit first."""
    entry = data.load("power_caps")[key]
    limits = [name.removeprefix("limit_") for name in entry if name.startswith("limit_")]
    columns = ("limit", "time", "power")
    return [tuple(data.value("power_caps", key, f"{name}_{one}") for name in columns) for one in limits]  # type: ignore[misc]  # three columns


def energy(power: Datum, time: Datum) -> Computed:
    """Energy of an epoch."""
    return computed(training_compute.run_energy, power=power, time=time)


def least(key: str) -> tuple[Datum, Computed, Computed]:
    """Limit of least energy, and energy and time there over those without a limit."""
    rows = curve(key)
    limit, time, power = min(rows, key=lambda row: row[1].value * row[2].value)
    _, free_time, free_power = rows[-1]
    share = computed(compare.energy_ratio, first=energy(power, time), second=energy(free_power, free_time))
    return limit, share, computed(compare.time_ratio, first=time, second=free_time)


best_limit_a40, best_energy_a40, best_time_a40 = least("bert_a40")
best_limit_v100, best_energy_v100, best_time_v100 = least("bert_v100")
_lowest_a40 = curve("bert_a40")[0]
_free_a40 = curve("bert_a40")[-1]
lowest_energy_a40 = computed(
    compare.energy_ratio, first=energy(_lowest_a40[2], _lowest_a40[1]), second=energy(_free_a40[2], _free_a40[1])
)
lowest_time_a40 = computed(compare.time_ratio, first=_lowest_a40[1], second=_free_a40[1])
