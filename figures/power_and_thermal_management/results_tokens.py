"""Energy of a token: what was published at several batches, two constants fitted to it, and where they miss."""

from __future__ import annotations

from figures import data
from figures.data import Datum
from figures.formulas import energy_fit
from figures.results import Assumed, Computed, computed


def series(key: str) -> tuple[list[Datum], list[Datum]]:
    """The batches of an entry of token_energies.toml, and the energies at them."""
    entry = data.load("token_energies")[key]
    batches = [value for name, value in entry.items() if name.startswith("batch_") and isinstance(value, Datum)]
    energies = [value for name, value in entry.items() if name.startswith("energy_") and isinstance(value, Datum)]
    return batches, energies


def fitted(key: str) -> tuple[Computed, Computed, Computed]:
    """Both constants of an entry, and the largest misfit."""
    batches, energies = series(key)
    shared = computed(energy_fit.shared_energy, batches=batches, energies=energies)
    own = computed(energy_fit.own_energy, batches=batches, energies=energies)
    worst = computed(energy_fit.largest_misfit, shared=shared, own=own, batches=batches, energies=energies)
    return shared, own, worst


shared_8b, own_8b, misfit_8b = fitted("llama31_8b_h100")
shared_70b, own_70b, misfit_70b = fitted("llama31_70b_h100")
shared_405b, own_405b, misfit_405b = fitted("llama31_405b_h100")
shared_b200, own_b200, misfit_b200 = fitted("llama31_70b_b200")
half_70b = computed(energy_fit.even_batch, shared=shared_70b, own=own_70b)
half_b200 = computed(energy_fit.even_batch, shared=shared_b200, own=own_b200)

# Defaults of the calculator: with the energy of a byte that the text derives they are within a few per cent of what
# Llama 3.1 70B took on four H100.
static_one = Assumed(150, "W", "power of one H100 that passes whatever it does, of our own choosing")
operation_energy = Assumed(2, "pJ/FLOP", "energy of an operation, that of prompts in it, of our own choosing")
