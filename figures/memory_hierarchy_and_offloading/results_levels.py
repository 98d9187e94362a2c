"""The levels of the hierarchy: capacities, bandwidths, latencies, energies, prices, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass

from figures.data import Datum, value
from figures.formulas import compare, levels, model, reuse, roofline, streaming
from figures.results import Assumed, Computed, Source, computed


def of(level: str, field: str) -> Datum:
    """A value of the data file of levels."""
    return value("memory_levels", level, field)


def _gpu(name: str, field: str) -> Datum:
    return value("hardware", name, field)


H100, H200, B200 = "nvidia_h100_80gb_sxm", "nvidia_h200_sxm", "nvidia_b200_sxm"
bf16_bytes = Assumed(2, "B", "BF16")

# Bandwidths and latencies that are used throughout.
pcie_rate = Assumed(55, "GB/s", "what PCIe 5.0 x16 reaches, rounded")
c2c_rate = Assumed(378, "GB/s", "what NVLink-C2C reaches on a GH200, rounded")
nvme_rate = Assumed(27, "GB/s", "four PCIe 5.0 drives that are read by the GPU")
nic_rate = Assumed(12.5, "GB/s", "a network port of 100 Gbit/s")
host_bandwidth = Assumed(460, "GB/s", "twelve channels of DDR5-4800")
host_reached = Assumed(368, "GB/s", "80 % of that peak")
store_latency = Assumed(30, "ms", "stands for tens of milliseconds")
network_latency = Assumed(5, "µs", "a read over RDMA, a few microseconds")
l2_bandwidth = Assumed(10, "TB/s", "what the second cache of an H200 reaches, rounded")
hbm_latency = Assumed(330, "ns", "in the middle of the measured 308 to 348 ns")

# First caches: 132 of them.
_sms = of("sram", "units")
sram_capacity = computed(levels.combined_capacity, units=_sms, size=of("sram", "size"))
sram_bandwidth = computed(levels.clocked_bandwidth, units=_sms, width=of("sram", "width"), clock=of("sram", "clock"))
_word = Assumed(32, "bit", "the word for which the source states the energy")


def _per_byte(energy: Source, size: Source) -> Computed:
    return computed(levels.energy_per_byte, energy=energy, size=size)


sram_energy = _per_byte(of("sram", "energy"), _word)
l2_energy = _per_byte(of("l2", "energy"), _word)
dram_energy = _per_byte(of("dram", "energy"), _word)
hbm_energy = of("hbm", "energy")
nvme_energy = _per_byte(of("nvme", "second_energy"), of("nvme", "second_size"))
dram_bandwidth = computed(
    levels.clocked_bandwidth,
    units=of("dram", "channels"),
    width=Assumed(8, "B", "the width of a channel of DDR5"),
    clock=Assumed(4.8e9, "Hz", "DDR5-4800"),
)
cxl_bandwidth = computed(
    levels.clocked_bandwidth,
    units=Assumed(8, "1", "lanes"),
    width=Assumed(0.98461538, "bit", "a bit per transfer, of which 128 in 130 are payload"),
    clock=Assumed(32e9, "Hz", "transfers per second of PCIe 5.0"),
)


@dataclass(frozen=True, slots=True)
class Level:
    """A row of the hierarchy; None where no source says."""

    name: str
    capacity: Source | None
    bandwidth: Source
    latency: Source | None
    energy: Source | None = None
    price: Source | None = None


h100_capacity = _gpu(H100, "memory_capacity")
h100_bandwidth = _gpu(H100, "memory_bandwidth")
LEVELS = {
    "sram": Level("L1 and shared memory", sram_capacity, sram_bandwidth, of("sram", "latency"), sram_energy),
    "l2": Level("L2 cache", of("l2", "capacity"), of("l2", "bandwidth"), of("l2", "latency"), l2_energy),
    "hbm": Level(
        "HBM3e", _gpu(H200, "memory_capacity"), _gpu(H200, "memory_bandwidth"), of("hbm", "latency"), hbm_energy
    ),
    "c2c": Level("Grace, NVLink-C2C", of("c2c", "capacity"), of("c2c", "bandwidth"), None, of("c2c", "energy")),
    "dram": Level("DDR5, own processor", None, dram_bandwidth, None, dram_energy, of("dram", "price")),
    "pcie": Level("DDR5, PCIe 5.0 x16", None, of("pcie", "bandwidth"), None, None, of("dram", "price")),
    "cxl": Level("CXL, eight lanes", None, cxl_bandwidth, of("cxl", "latency"), None, None),
    "nvme": Level(
        "NVMe drive",
        of("nvme", "capacity"),
        of("nvme", "bandwidth"),
        of("nvme", "latency"),
        nvme_energy,
        of("nvme", "price"),
    ),
    "network": Level("Network, 400 Gbit/s", None, of("network", "bandwidth"), network_latency),
    "object_store": Level("Object store, one request", None, of("object_store", "bandwidth"), store_latency),
}


# Reading a memory once.
def _sweep(capacity: Source, bandwidth: Source) -> Computed:
    return computed(levels.sweep_time, capacity=capacity, bandwidth=bandwidth)


def sweep(level: Level) -> Computed | None:
    """Time in which a level is read once, if its capacity is known."""
    return _sweep(level.capacity, level.bandwidth) if level.capacity else None


sweep_sram = _sweep(sram_capacity, sram_bandwidth)
sweep_l2 = _sweep(of("l2", "capacity"), of("l2", "bandwidth"))
sweep_h100 = _sweep(h100_capacity, h100_bandwidth)
sweep_h200 = _sweep(_gpu(H200, "memory_capacity"), _gpu(H200, "memory_bandwidth"))
sweep_b200 = _sweep(_gpu(B200, "memory_capacity"), _gpu(B200, "memory_bandwidth"))
sweep_b300 = _sweep(of("b300", "capacity"), of("b300", "bandwidth"))
sweep_rubin = _sweep(of("rubin", "capacity"), of("rubin", "bandwidth"))
sweep_mi455x = _sweep(of("mi455x", "capacity"), of("mi455x", "bandwidth"))
sweep_grace = _sweep(of("c2c", "capacity"), of("grace", "bandwidth"))
sweep_hbf = _sweep(of("hbf", "capacity"), of("hbf", "bandwidth"))
sweep_ssd = _sweep(of("nvme", "capacity"), of("nvme", "bandwidth"))
sweep_lpu = _sweep(of("lpu", "capacity"), of("lpu", "bandwidth"))

# Ridges of an H100, and the tiles that stay above them.
h100_peak = _gpu(H100, "bf16_dense")
ridge_hbm = computed(roofline.ridge, peak=h100_peak, bandwidth=h100_bandwidth)
ridge_l2 = computed(roofline.ridge, peak=h100_peak, bandwidth=l2_bandwidth)
ridge_c2c = computed(roofline.ridge, peak=h100_peak, bandwidth=c2c_rate)
ridge_pcie = computed(roofline.ridge, peak=h100_peak, bandwidth=pcie_rate)
mi355x_share = computed(compare.rate_ratio, first=of("mi355x", "matmul"), second=of("mi355x", "bf16_dense"))
ridge_nvme = computed(roofline.ridge, peak=h100_peak, bandwidth=nvme_rate)
tile_rows = Assumed(128, "1", "a common tile of the result")
tile_columns = Assumed(256, "1", "a common tile of the result")
tile_intensity = computed(levels.tile_intensity, rows=tile_rows, columns=tile_columns, element_bytes=bf16_bytes)
tile_l2_share = computed(compare.intensity_ratio, first=tile_intensity, second=ridge_l2)
l2_tile_intensity = computed(levels.capacity_intensity, capacity=of("l2", "capacity"), element_bytes=bf16_bytes)

# What attention would write and read if it kept its scores.
scores_context = Assumed(131_072, "1", "tokens of a long context")
scores_width = Assumed(128, "1", "width of a head")
scores_row = computed(levels.combined_capacity, units=scores_context, size=bf16_bytes)
scores_head = computed(levels.combined_capacity, units=scores_context, size=scores_row)
_vector = computed(levels.combined_capacity, units=scores_width, size=bf16_bytes)
_keys = computed(levels.combined_capacity, units=scores_context, size=_vector)
scores_cache = computed(levels.combined_capacity, units=Assumed(2, "1", "keys and values"), size=_keys)

# Bytes in flight.
in_flight_hbm = computed(levels.bytes_in_flight, latency=hbm_latency, bandwidth=h100_bandwidth)
in_flight_sram = computed(levels.bytes_in_flight, latency=of("sram", "latency"), bandwidth=sram_bandwidth)
in_flight_l2 = computed(levels.bytes_in_flight, latency=of("l2", "latency"), bandwidth=of("l2", "bandwidth"))
_resident_threads = Assumed(132 * 2048, "1", "threads that 132 processors hold")
_word_each = Assumed(8, "B", "a word of 64 bits for each thread")
in_flight_words = computed(levels.combined_capacity, units=_resident_threads, size=_word_each)
words_allowed = computed(
    levels.bandwidth_in_flight,
    requests=_resident_threads,
    size=_word_each,
    latency=of("l2", "latency"),
)
in_flight_per_sm = computed(levels.in_flight_per_unit, size=in_flight_hbm, units=_sms)
nvme_flight_rate = of("nvme", "bandwidth")
in_flight_nvme = computed(levels.bytes_in_flight, latency=of("nvme", "latency"), bandwidth=nvme_flight_rate)
nvme_page = Assumed(4, "KiB", "the smallest read of a drive")
nvme_requests = computed(compare.size_ratio, first=in_flight_nvme, second=nvme_page)
copy_overhead = Assumed(27, "µs", "fits the published times of copies over PCIe 3.0")
in_flight_pcie = computed(levels.bytes_in_flight, latency=copy_overhead, bandwidth=pcie_rate)
_pcie3 = of("pcie3", "bandwidth")
memcpy_half = computed(levels.bytes_in_flight, latency=copy_overhead, bandwidth=_pcie3)


def copy_time(size: Source) -> Computed:
    """Time of a copy over PCIe 3.0 by latency and bandwidth."""
    return computed(reuse.reload_time, latency=copy_overhead, cache=size, bandwidth=_pcie3)


memcpy_64k = copy_time(Assumed(64, "KiB", "a size of the published table"))
memcpy_1m = copy_time(Assumed(1, "MiB", "a size of the published table"))
memcpy_16m = copy_time(Assumed(16, "MiB", "a size of the published table"))
segment_pull = computed(
    roofline.transfer_time,
    traffic=Assumed(24, "GiB", "the segment of a KV cache that the source pulls"),
    bandwidth=of("network", "pulled"),
)
copy_2mb = computed(
    levels.effective_bandwidth,
    size=Assumed(2, "MB", "a large block of a KV cache"),
    latency=copy_overhead,
    bandwidth=pcie_rate,
)
object_port = Assumed(1.25, "GB/s", "a network port of 10 Gbit/s")
object_streams = computed(compare.bandwidth_ratio, first=object_port, second=of("object_store", "bandwidth"))
object_port_streams = computed(compare.bandwidth_ratio, first=nic_rate, second=of("object_store", "bandwidth"))

# Energy of movement.
weights_70b = computed(
    model.weight_bytes, parameters=value("models", "llama3_1_70b", "parameters"), parameter_bytes=bf16_bytes
)
hbm_power_h100 = computed(levels.movement_power, energy=hbm_energy, bandwidth=h100_bandwidth)
energy_token_hbm = computed(levels.movement_energy, energy=hbm_energy, traffic=weights_70b)
energy_token_lpddr = computed(levels.movement_energy, energy=dram_energy, traffic=weights_70b)
energy_token_nvme = computed(levels.movement_energy, energy=nvme_energy, traffic=weights_70b)
_two_operations = Assumed(2, "FLOP", "a multiplication and an addition")
operation_energy = computed(levels.energy_per_operation, energy=of("multiply", "energy"), operations=_two_operations)
energy_ridge = computed(levels.energy_ridge, byte_energy=hbm_energy, operation_energy=operation_energy)
energy_batch = computed(roofline.ridge_batch, ridge=energy_ridge, element_bytes=bf16_bytes)

# Prices.
dram_price_2025 = of("dram", "earlier_price")
dram_price = of("dram", "price")
dram_price_growth = computed(compare.price_ratio, first=dram_price, second=dram_price_2025)
ssd_price_growth = computed(compare.price_ratio, first=of("nvme", "price"), second=of("nvme", "earlier_price"))


def _held(price: Source) -> Computed:
    return computed(levels.held_price, price=price, size=weights_70b)


held_dram_70b = _held(dram_price)
held_dram_70b_2025 = _held(dram_price_2025)
held_ssd_70b = _held(of("nvme", "price"))
held_object_70b = _held(value("published", "google_object_storage", "month"))

# Two memories of a host read at the same time.
ddr_bandwidth = Assumed(460.8, "GB/s", "twelve channels of DDR5-4800")
interleave_share = computed(levels.interleave_share, fast=ddr_bandwidth, slow=cxl_bandwidth)
interleave_rate = computed(levels.interleaved_bandwidth, share=interleave_share, fast=ddr_bandwidth, slow=cxl_bandwidth)
interleave_gain = computed(compare.bandwidth_ratio, first=interleave_rate, second=ddr_bandwidth)
wrong_half = computed(
    levels.interleaved_bandwidth,
    share=Assumed(0.5, "1", "pages dealt out in turn"),
    fast=ddr_bandwidth,
    slow=cxl_bandwidth,
)

# Machines whose weights lie in SRAM.
lpu_weights = computed(
    model.weight_bytes,
    parameters=value("models", "llama3_1_70b", "parameters"),
    parameter_bytes=Assumed(1, "B", "FP8"),
)
lpu_count = computed(compare.size_ratio, first=lpu_weights, second=of("lpu", "capacity"))
lpu_hop = Assumed(1, "µs", "from chip to chip")
lpu_step = computed(levels.chip_chain_time, units=lpu_count, sweep=sweep_lpu, hop=lpu_hop)
lpu_hop_share = computed(
    compare.time_ratio,
    first=lpu_hop,
    second=computed(compare.time_sum, first=sweep_lpu, second=lpu_hop),
)

grace_memory_share = computed(compare.bandwidth_ratio, first=of("grace", "bandwidth"), second=of("grace", "peak"))
free_share_pcie = computed(streaming.free_share, fast=h100_bandwidth, slow=pcie_rate)
free_share_c2c = computed(streaming.free_share, fast=of("gh200", "bandwidth"), slow=c2c_rate)
