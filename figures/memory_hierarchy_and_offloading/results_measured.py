"""The hierarchy of one processor, as it was measured, and what its roofline predicts."""

from __future__ import annotations

from figures import paths
from figures.formula import Formula
from figures.formulas import compare, experts, levels, prefetch, roofline
from figures.measurement import read
from figures.measurements.memory_roofline import KERNELS
from figures.measurements.pointer_chase import LINE
from figures.results import Assumed, Computed, Measured, Source, computed

_FOLDER = paths.FIGURES / "memory_hierarchy_and_offloading"
STREAM, LATENCY, PRODUCTS, STEP = (
    read(_FOLDER / name)
    for name in ("memory_stream.csv", "memory_latency.csv", "memory_products.csv", "memory_step.csv")
)
NUMBERS = {name: number for number, name in enumerate(KERNELS, 1)}
KIB, MIB = 2**10, 2**20
WORDS = {
    256 * KIB: "256 KiB",
    4 * MIB: "4 MiB",
    512 * MIB: "512 MiB",
    16 * KIB: "16 KiB",
}


def bandwidth(kernel: str, size: int) -> Computed:
    """Bandwidth of a kernel over a working set of ``size`` bytes."""
    where = {"kernel": NUMBERS[kernel], "set_bytes": size}
    moved = Measured(STREAM, f"bytes of one pass, {kernel}", STREAM.cell("moved_bytes", **where), "B")
    words = WORDS.get(size, f"{size} B")
    time = Measured(STREAM, f"one pass of {kernel} over {words}", STREAM.cell("median_s", **where), "s")
    return computed(levels.timed_bandwidth, size=moved, time=time)


def latency(size: int, chains: int = 1) -> Measured:
    """Time of a hop of each of some chains in ``size`` bytes."""
    words = WORDS.get(size, f"{size} B")
    seconds = LATENCY.cell("median_s", set_bytes=size, chains=chains)
    return Measured(LATENCY, f"one hop of {chains} chains in {words}", seconds, "s")


def product_rate(rows: int, columns: int) -> Computed:
    """Arithmetic rate of a product of a square matrix with one of some columns."""
    time = Measured(
        PRODUCTS,
        f"{rows} × {rows} times {rows} × {columns}",
        PRODUCTS.cell("median_s", rows=rows, columns=columns),
        "s",
    )
    count = computed(
        experts.weight_operations,
        tokens=Assumed(columns, "1", "columns"),
        active=Assumed(rows * rows, "1", "elements of the square matrix"),
    )
    return computed(levels.timed_rate, operations=count, time=time)


cpu_read_l2 = bandwidth("read", 256 * KIB)
cpu_read_l3 = bandwidth("read", 4 * MIB)
cpu_read = bandwidth("read", 512 * MIB)
cpu_copy = bandwidth("copy", 512 * MIB)
cpu_scale = bandwidth("scale", 512 * MIB)
cpu_add = bandwidth("add", 512 * MIB)
cpu_triad = bandwidth("triad", 512 * MIB)
cpu_latency_l1 = latency(16 * KIB)
cpu_latency_l2 = latency(256 * KIB)
cpu_latency_l3 = latency(4 * MIB)
cpu_latency = latency(512 * MIB)
cpu_line = Assumed(LINE, "B", "a cache line")


def chased(chains: int) -> Computed:
    """Bandwidth of so many chains that are followed at a time through memory."""
    return computed(
        levels.bandwidth_in_flight,
        requests=Assumed(chains, "1", "chains"),
        size=cpu_line,
        latency=latency(512 * MIB, chains),
    )


cpu_chain_1 = chased(1)
cpu_chain_8 = chased(8)
_in_flight = computed(levels.bytes_in_flight, latency=cpu_latency, bandwidth=cpu_read)
cpu_lines = computed(compare.size_ratio, first=_in_flight, second=cpu_line)
cpu_peak = product_rate(2048, 2048)
cpu_ridge = computed(roofline.ridge, peak=cpu_peak, bandwidth=cpu_read)
cpu_ridge_l3 = computed(roofline.ridge, peak=cpu_peak, bandwidth=cpu_read_l3)
cpu_ridge_l2 = computed(roofline.ridge, peak=cpu_peak, bandwidth=cpu_read_l2)
cpu_float = Assumed(4, "B", "32-bit weights")


def predicted_rate(level: Source, batch: int) -> Computed:
    """What the roofline of one level allows for weights that are read once for a batch."""
    intensity = computed(roofline.weight_intensity, batch=Assumed(batch, "1", "columns"), element_bytes=cpu_float)
    return computed(roofline.attainable, peak=cpu_peak, bandwidth=level, intensity=intensity)


cpu_products_1 = product_rate(8192, 1)
cpu_products_8 = product_rate(8192, 8)
cpu_products_256 = product_rate(8192, 256)
cpu_products_8_share = computed(compare.rate_ratio, first=cpu_products_8, second=predicted_rate(cpu_read, 8))
step_weights = Measured(STEP, "weights of the step", STEP.cell("weight_bytes", layers=4), "B")
step_measured = Measured(STEP, "one decode step", STEP.cell("median_s", layers=4), "s")
step_predicted = computed(roofline.transfer_time, traffic=step_weights, bandwidth=cpu_read)
step_predicted_triad = computed(roofline.transfer_time, traffic=step_weights, bandwidth=cpu_triad)
step_ratio = computed(compare.time_ratio, first=step_measured, second=step_predicted)
step_bandwidth = computed(levels.timed_bandwidth, size=step_weights, time=step_measured)

# Layers that stream from the machine's drive, with one buffer and with two.
STREAMED = read(_FOLDER / "weight_streaming.csv")
_streamed_layers = Measured(STREAMED, "layers", STREAMED.cell("layers", batch=1), "1")


def layer_time(column: str, batch: int) -> Measured:
    """Time of reading or multiplying one layer: its share of that of all."""
    seconds = STREAMED.cell(f"{column}_s", batch=batch) / _streamed_layers.value
    return Measured(STREAMED, f"{column} of one layer, batch {batch}", seconds, "s")


def streamed_time(way: str, batch: int) -> Measured:
    """Time of all layers with one buffer (``serial``) or two (``overlapped``)."""
    return Measured(STREAMED, f"{way}, batch {batch}", STREAMED.cell(f"{way}_median_s", batch=batch), "s")


def predicted_time(formula: Formula[...], batch: int) -> Computed:
    """The same by reading and multiplying alone."""
    return computed(
        formula, layers=_streamed_layers, load=layer_time("read", batch), compute=layer_time("compute", batch)
    )


drive_rate = computed(
    levels.timed_bandwidth,
    size=Measured(STREAMED, "weights of all layers", STREAMED.cell("weight_bytes", batch=1), "B"),
    time=Measured(STREAMED, "reading all layers", STREAMED.cell("read_s", batch=1), "s"),
)
single_measured_128 = streamed_time("serial", 128)
double_measured_128 = streamed_time("overlapped", 128)
single_predicted_128 = predicted_time(prefetch.single_buffer_time, 128)
double_predicted_128 = predicted_time(prefetch.double_buffer_time, 128)
double_gain_128 = computed(compare.time_ratio, first=single_measured_128, second=double_measured_128)
double_measured_256 = streamed_time("overlapped", 256)
double_predicted_256 = predicted_time(prefetch.double_buffer_time, 256)
double_excess_256 = computed(compare.time_excess, first=double_measured_256, second=double_predicted_256)
