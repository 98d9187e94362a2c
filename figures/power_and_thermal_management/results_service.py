"""One service from the chip to the grid, and what the temperature of the coolant costs a chip."""

from __future__ import annotations

from figures import data
from figures.formulas import chip_power, compare, cooling, energy_fit, facility, power_budget, racks, token_energy
from figures.power_and_thermal_management import results_heat as heat
from figures.power_and_thermal_management.results_tokens import own_70b, shared_70b
from figures.results import Assumed, computed

# Llama 3.1 70B on four H100 with 128 requests at most.
_batch = data.value("token_energies", "llama31_70b_h100", "batch_128")
_energy = data.value("token_energies", "llama31_70b_h100", "energy_128")
_power = data.value("published", "mlenergy_llama31_70b_h100", "power_128")
_rate = data.value("published", "mlenergy_llama31_70b_h100", "rate_128")
service_gpus = Assumed(4, "1", "GPUs of the measured instance")
_no_overhead = Assumed(1, "1", "no overhead of a facility")
_no_prompt = Assumed(0, "J", "prompts are in the energy of the tokens already")

service_fit = computed(energy_fit.batch_energy, shared=shared_70b, own=own_70b, batch=_batch)
service_misfit = computed(
    energy_fit.largest_misfit, shared=shared_70b, own=own_70b, batches=[_batch], energies=[_energy]
)

host_power = Assumed(350, "W", "share of one GPU in processors, memory, fans, network cards and losses of the supplies")
service_node = computed(token_energy.node_power, accelerators=_power, gpus=service_gpus, host=host_power)
service_wall = computed(token_energy.energy_per_token, effectiveness=_no_overhead, power=service_node, rate=_rate)
service_wall_ratio = computed(compare.power_ratio, first=service_node, second=_power)

service_pue = Assumed(1.2, "1", "overhead of the building, in the example")
service_price = Assumed(0.08, "USD/kWh", "price of energy, in the example")
service_intensity = Assumed(0.35, "kg/kWh", "carbon dioxide equivalent of the grid, in the example")
service_wue = Assumed(1, "L/kWh", "water of the site per energy of its equipment, in the example")
_million = Assumed(1_000_000, "token", "a million tokens of output")
service_tokens = Assumed(350, "token", "tokens of an answer, about as many as in the measurement")

service_site = computed(token_energy.metered_energy, effectiveness=service_pue, energy=service_wall)
service_million = computed(token_energy.answer_energy, prompt=_no_prompt, answer=_million, token=service_site)
service_cost = computed(facility.million_tokens_cost, energy=service_site, price=service_price)
service_carbon = computed(facility.emissions, energy=service_million, intensity=service_intensity)
service_water = computed(facility.cooling_water, energy=service_million, effectiveness=service_pue, water=service_wue)
service_answer = computed(token_energy.answer_energy, prompt=_no_prompt, answer=service_tokens, token=service_site)

# A rack of nodes with eight GPUs, two instances in each.
service_nodes = Assumed(8, "1", "nodes in a rack, in the example")
service_node_gpus = Assumed(8, "1", "GPUs of each node")
service_limit = Assumed(700, "W", "the power limit of an H100 SXM")
service_rest = Assumed(4600, "W", "what the budget of a node of 10,200 W leaves beside eight GPUs at their limit")
_nothing = Assumed(0, "W", "nothing else in the rack")
_supplies = Assumed(1, "1", "the losses of the supplies are in the budget of the node")
_instances = Assumed(16, "1", "instances of four GPUs in the rack")
_density = Assumed(1000, "kg/m³", "water")
_heat_capacity = Assumed(4180, "J/(kg·°C)", "water")
_rise = Assumed(10, "°C", "by how much the water warms, in the example")
service_rack = computed(
    racks.rack_power,
    trays=service_nodes,
    gpus=service_node_gpus,
    rated=service_limit,
    overhead=service_rest,
    more=_nothing,
    efficiency=_supplies,
)
service_flow = computed(
    cooling.coolant_flow, power=service_rack, density=_density, heat_capacity=_heat_capacity, rise=_rise
)
service_load = computed(power_budget.oversubscription, devices=_instances, rated=service_node, budget=service_rack)

# Warm water or cold.
cold_supply = Assumed(25, "°C", "cold coolant, in the example")
warm_supply = Assumed(45, "°C", "warm coolant, in the example")
_, cold_temperature, cold_leakage = heat.balance(heat.water_resistance, cold_supply)
_, warm_temperature, warm_leakage = heat.balance(heat.water_resistance, warm_supply)
warm_price = computed(compare.power_difference, first=warm_leakage, second=cold_leakage)
cold_heat = computed(compare.power_sum, first=heat.switching, second=cold_leakage)
chiller_cop = Assumed(5, "1", "coefficient of performance of a compressor, in the example")
chiller_power = computed(cooling.compressor_power, heat=cold_heat, performance=chiller_cop)
even_cop = computed(cooling.even_performance, heat=cold_heat, leakage=warm_price)

amplification_air = computed(
    chip_power.loop_amplification, resistance=heat.air_resistance, leakage=heat.air_leakage, scale=heat.scale
)
watt_per_degree = computed(
    chip_power.leakage_slope, amplification=amplification_air, leakage=heat.air_leakage, scale=heat.scale
)

__all__ = [
    "amplification_air",
    "chiller_cop",
    "chiller_power",
    "cold_leakage",
    "cold_supply",
    "cold_temperature",
    "even_cop",
    "host_power",
    "service_answer",
    "service_carbon",
    "service_cost",
    "service_fit",
    "service_flow",
    "service_intensity",
    "service_load",
    "service_million",
    "service_misfit",
    "service_nodes",
    "service_price",
    "service_pue",
    "service_rack",
    "service_rest",
    "service_site",
    "service_tokens",
    "service_wall",
    "service_wall_ratio",
    "service_water",
    "service_wue",
    "warm_leakage",
    "warm_price",
    "warm_supply",
    "warm_temperature",
    "watt_per_degree",
]
