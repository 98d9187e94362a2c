"""Published training runs: energy, share of the peak that their hours imply, and emissions per energy."""

from __future__ import annotations

from figures import data
from figures.data import Datum
from figures.formulas import facility, training_compute
from figures.results import Assumed, Computed, computed

_none = Assumed(0, "1", "attention is left out: six operations per parameter and token")
_layers = Assumed(1, "1", "of no effect without attention")
_heads = Assumed(1, "1", "of no effect without attention")
_width = Assumed(1, "1", "of no effect without attention")
_sequence = Assumed(1, "1", "of no effect without attention")
_one = Assumed(1, "1", "the hours are those of one GPU")
_peak = data.value("hardware", "nvidia_h100_80gb_sxm", "bf16_dense")


def _share(tokens: Datum, time: Datum, model: str) -> Computed:
    """Share of the dense BF16 peak that the operations of a run would need over its hours."""
    operations = computed(
        training_compute.token_operations,
        active=data.value("models", model, "parameters"),
        attended=_none,
        layers=_layers,
        query_heads=_heads,
        head_dim=_width,
        sequence=_sequence,
    )
    rate = computed(training_compute.token_rate, batch=tokens, step=time)
    return computed(training_compute.utilization, rate=rate, operations=operations, gpus=_one, peak=_peak)


_time_405b = data.value("training_runs", "llama3_405b", "gpu_time")
_time_8b = data.value("training_energies", "llama31_8b", "gpu_time")
train_energy_405b = computed(
    training_compute.run_energy, power=data.value("training_energies", "llama31_405b", "power"), time=_time_405b
)
train_share_405b = _share(data.value("training_runs", "llama3_405b", "tokens"), _time_405b, "llama3_1_405b")
train_intensity = computed(
    facility.implied_intensity,
    emissions=data.value("training_energies", "llama31_405b", "emissions"),
    energy=train_energy_405b,
)
ex_train_energy = computed(
    training_compute.run_energy, power=data.value("training_energies", "llama31_8b", "power"), time=_time_8b
)
ex_train_share = _share(data.value("training_energies", "llama31_8b", "tokens"), _time_8b, "llama3_1_8b")

__all__ = ["ex_train_energy", "ex_train_share", "train_energy_405b", "train_intensity", "train_share_405b"]
