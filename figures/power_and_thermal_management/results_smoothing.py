"""A pause of a rack, smoothed by a dummy load or by a store: what each of them costs."""

from __future__ import annotations

from figures.formulas import power_smoothing
from figures.power_and_thermal_management.results_rack import rack, waiting
from figures.results import Assumed, computed

pause = Assumed(20, "s", "a pause for a checkpoint, in the example")
ramp = Assumed(5, "kW/s", "steepest change of the rack's power, in the example")
store_efficiency = Assumed(0.9, "1", "share of the energy that a store gives back, in the example")

burnt_in_pause = computed(power_smoothing.pause_burn, high=rack, low=waiting, ramp=ramp, pause=pause)
pause_store = computed(power_smoothing.ramp_energy, high=rack, low=waiting, ramp=ramp)
lost_in_store = computed(power_smoothing.storage_loss, stored=pause_store, efficiency=store_efficiency)
