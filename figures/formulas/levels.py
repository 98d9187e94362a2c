"""Many levels of memory: how long work takes that moves bytes at each of them, and what a level needs to be busy."""

from __future__ import annotations

import math
from collections.abc import Sequence

from figures.formula import formula
from figures.formulas import reuse, roofline


@formula(
    latex=r"t_\mathrm{ov} = \max\left( \frac{F}{P_\mathrm{peak}},\ \max_i \frac{Q_i}{\beta_i} \right)",
    symbols={"operations": "F", "peak": r"P_\mathrm{peak}", "traffics": "Q_i", "bandwidths": r"\beta_i"},
)
def overlapped_time(operations: float, peak: float, traffics: Sequence[float], bandwidths: Sequence[float]) -> float:
    """Least time of work that moves bytes at several levels, if everything overlaps.

    Args:
        operations (FLOP): operations of the work.
        peak (FLOP/s): arithmetic rate.
        traffics (B): for each level, bytes that cross it.
        bandwidths (B/s): bandwidth of each level.

    Returns:
        (s) time that the slowest part takes by itself.

    Assumptions:
        Arithmetic and the transfers at all levels go on at the same time, each at its full rate.
    """
    levels = zip(traffics, bandwidths, strict=True)
    return max(operations / peak, *(roofline.transfer_time(traffic, bandwidth) for traffic, bandwidth in levels))


@formula(
    latex=r"t_\mathrm{sum} = \frac{F}{P_\mathrm{peak}} + \sum_i \frac{Q_i}{\beta_i}",
    symbols={"operations": "F", "peak": r"P_\mathrm{peak}", "traffics": "Q_i", "bandwidths": r"\beta_i"},
)
def serial_time(operations: float, peak: float, traffics: Sequence[float], bandwidths: Sequence[float]) -> float:
    """Time of work that moves bytes at several levels, if nothing overlaps.

    Args:
        operations (FLOP): operations of the work.
        peak (FLOP/s): arithmetic rate.
        traffics (B): for each level, bytes that cross it.
        bandwidths (B/s): bandwidth of each level.

    Returns:
        (s) all parts one after the other; at most as many times the overlapped time as there are parts.

    Assumptions:
        Each part waits for the one before and then runs at its full rate.
    """
    levels = zip(traffics, bandwidths, strict=True)
    return operations / peak + sum(roofline.transfer_time(traffic, bandwidth) for traffic, bandwidth in levels)


@formula(
    latex=r"P_\mathrm{att} = \min\left( P_\mathrm{peak},\ \min_i I_i\, \beta_i \right)",
    symbols={"peak": r"P_\mathrm{peak}", "intensities": "I_i", "bandwidths": r"\beta_i"},
)
def attainable_rate(peak: float, intensities: Sequence[float], bandwidths: Sequence[float]) -> float:
    """Arithmetic rate that a roofline of several levels allows at most.

    Args:
        peak (FLOP/s): peak arithmetic rate of the device in the data type used.
        intensities (FLOP/B): for each level, operations per byte that crosses it.
        bandwidths (B/s): bandwidth of each level.

    Returns:
        (FLOP/s) the lowest of the roofs: operations over the overlapped time.

    Assumptions:
        Those of the overlapped time.
    """
    levels = zip(intensities, bandwidths, strict=True)
    return min(roofline.attainable(peak, bandwidth, intensity) for intensity, bandwidth in levels)


@formula(
    latex=r"\beta_\mathrm{eff} = \frac{Q}{t_0 + Q / \beta}",
    symbols={"size": "Q", "latency": "t_0", "bandwidth": r"\beta"},
)
def effective_bandwidth(size: float, latency: float, bandwidth: float) -> float:
    """Bandwidth of one transfer, its latency counted.

    Args:
        size (B): bytes of the transfer.
        latency (s): until the first byte arrives, software included.
        bandwidth (B/s): of the link for endless transfers.

    Returns:
        (B/s) bytes over the time from the request to the last byte.

    Assumptions:
        One transfer at a time.
    """
    return size / reuse.reload_time(latency, size, bandwidth)


@formula(
    latex=r"Q_\mathrm{fl} = \beta\, t_0",
    symbols={"latency": "t_0", "bandwidth": r"\beta"},
)
def bytes_in_flight(latency: float, bandwidth: float) -> float:
    """Bytes that must be asked for and not yet there to keep a level busy: Little's law.

    Args:
        latency (s): from the request of a byte to its arrival.
        bandwidth (B/s): of the level.

    Returns:
        (B) bytes in flight; also the size of a single transfer that reaches half of the bandwidth.

    Assumptions:
        Those of Little's law: a steady flow; the latency is that under this load.
    """
    return latency * bandwidth


@formula(
    latex=r"\beta_\mathrm{fl} = \frac{n_\mathrm{fl}\, M_\mathrm{fl}}{t_0}",
    symbols={"requests": r"n_\mathrm{fl}", "size": r"M_\mathrm{fl}", "latency": "t_0"},
)
def bandwidth_in_flight(requests: float, size: float, latency: float) -> float:
    """Bandwidth that a number of requests in flight sustains: Little's law, solved for the bandwidth.

    Args:
        requests (1): requests that are on their way at a time.
        size (B): bytes of one, such as a cache line.
        latency (s): from a request to its arrival.

    Returns:
        (B/s) bandwidth, as long as it is below that of the level.

    Assumptions:
        Those of Little's law; each request that arrives is followed by another one.
    """
    return requests * size / latency


@formula(
    latex=r"\mathcal{E} = \varepsilon_\mathrm{b}\, Q",
    symbols={"energy": r"\varepsilon_\mathrm{b}", "traffic": "Q"},
)
def movement_energy(energy: float, traffic: float) -> float:
    """Energy that moving bytes takes.

    Args:
        energy (J/B): energy of a byte moved.
        traffic (B): bytes moved.

    Returns:
        (J) energy of the movement alone.

    Assumptions:
        Proportional to the bytes; what the memory takes while idle is not in.
    """
    return energy * traffic


@formula(
    latex=r"Y = y_\mathrm{B}\, Q",
    symbols={"price": r"y_\mathrm{B}", "size": "Q"},
)
def held_price(price: float, size: float) -> float:
    """Price of memory that holds a number of bytes.

    Args:
        price (USD/B): price of memory for a byte.
        size (B): bytes held.

    Returns:
        (USD) price to buy it.

    Assumptions:
        Memory can be bought by the byte; what it is attached to is not in.
    """
    return price * size


@formula(
    latex=r"t_\mathrm{chain} = t_0 + \max_i \frac{Q}{\beta_i}",
    symbols={"latency": "t_0", "size": "Q", "bandwidths": r"\beta_i"},
)
def pipelined_copy_time(latency: float, size: float, bandwidths: Sequence[float]) -> float:
    """Time of a copy through a chain of links that all work at the same time.

    Args:
        latency (s): until the first byte has passed the chain.
        size (B): bytes copied.
        bandwidths (B/s): bandwidth of each link.

    Returns:
        (s) time set by the slowest link.

    Assumptions:
        The pieces in which the copy is made are small beside it.
    """
    return reuse.reload_time(latency, size, min(bandwidths))


@formula(
    latex=r"t_\mathrm{stages} = t_0 + \sum_i \frac{Q}{\beta_i}",
    symbols={"latency": "t_0", "size": "Q", "bandwidths": r"\beta_i"},
)
def staged_copy_time(latency: float, size: float, bandwidths: Sequence[float]) -> float:
    """Time of a copy through a chain of links, each of which waits until the one before has finished.

    Args:
        latency (s): of all requests together.
        size (B): bytes copied.
        bandwidths (B/s): bandwidth of each link.

    Returns:
        (s) time of all stages.

    Assumptions:
        Each stage holds all bytes before the next one begins, as when a file is downloaded before it is read.
    """
    return latency + sum(roofline.transfer_time(size, bandwidth) for bandwidth in bandwidths)


@formula(
    latex=r"t_\mathrm{sw} = \frac{\mathcal{R}_i}{\beta_i}",
    symbols={"capacity": r"\mathcal{R}_i", "bandwidth": r"\beta_i"},
)
def sweep_time(capacity: float, bandwidth: float) -> float:
    """Time in which a memory is read once from end to end.

    Args:
        capacity (B): bytes that it holds.
        bandwidth (B/s): its bandwidth.

    Returns:
        (s) a dense model that fills the memory takes at least as long for each step.

    Assumptions:
        The bandwidth holds for all of the memory.
    """
    return roofline.transfer_time(capacity, bandwidth)


@formula(
    latex=r"\beta_i = n_\mathrm{par}\, Q_1\, f_\mathrm{clk}",
    symbols={"units": r"n_\mathrm{par}", "width": "Q_1", "clock": r"f_\mathrm{clk}"},
)
def clocked_bandwidth(units: float, width: float, clock: float) -> float:
    """Bandwidth of memories that each move a number of bytes per cycle.

    Args:
        units (1): memories or channels that work side by side.
        width (B): bytes that one moves per cycle, or per transfer.
        clock (Hz): cycles, or transfers, per second.

    Returns:
        (B/s) bandwidth of all together.

    Assumptions:
        Every cycle moves that many bytes.
    """
    return units * width * clock


@formula(latex=r"\mathcal{R}_i = n_\mathrm{par}\, R_1", symbols={"units": r"n_\mathrm{par}", "size": "R_1"})
def combined_capacity(units: float, size: float) -> float:
    """Capacity of several memories.

    Args:
        units (1): memories.
        size (B): bytes of one.

    Returns:
        (B) bytes of all together.

    Assumptions:
        All are alike.
    """
    return units * size


@formula(
    latex=r"I_\mathrm{t} = \frac{2\, b_1\, b_2}{w\, (b_1 + b_2)}",
    symbols={"rows": "b_1", "columns": "b_2", "element_bytes": "w"},
)
def tile_intensity(rows: float, columns: float, element_bytes: float) -> float:
    """Intensity of a matrix product that keeps a tile of the result and reads both inputs past it.

    Args:
        rows (1): rows of the tile.
        columns (1): columns of the tile.
        element_bytes (B): bytes of one element of the inputs.

    Returns:
        (FLOP/B) operations per byte that is read from the level below.

    Assumptions:
        The inner dimension is long, so that writing the result does not count.
    """
    return 2 * rows * columns / (element_bytes * (rows + columns))


@formula(
    latex=r"I_\mathrm{sq} = \frac{1}{w} \sqrt{\frac{\mathcal{R}_i}{3\, w}}",
    symbols={"capacity": r"\mathcal{R}_i", "element_bytes": "w"},
)
def capacity_intensity(capacity: float, element_bytes: float) -> float:
    """Intensity of a matrix product whose three square tiles fill a memory.

    Args:
        capacity (B): bytes of the memory.
        element_bytes (B): bytes of one element.

    Returns:
        (FLOP/B) operations per byte that is read from the level below: it grows with the root of the capacity.

    Assumptions:
        Two tiles of inputs and one of the result have one size; the inner dimension is long.
    """
    side = math.sqrt(capacity / (3 * element_bytes))
    return tile_intensity(side, side, element_bytes)


@formula(
    latex=r"I_{\mathcal{E}} = \frac{\varepsilon_\mathrm{b}}{\varepsilon_\mathrm{op}}",
    symbols={"byte_energy": r"\varepsilon_\mathrm{b}", "operation_energy": r"\varepsilon_\mathrm{op}"},
)
def energy_ridge(byte_energy: float, operation_energy: float) -> float:
    """Intensity at which moving and computing take the same energy.

    Args:
        byte_energy (J/B): energy of a byte moved.
        operation_energy (J/FLOP): energy of an operation.

    Returns:
        (FLOP/B) below it, most of the energy goes into movement.

    Assumptions:
        Energy proportional to bytes and to operations; what an idle device takes is not in.
    """
    return byte_energy / operation_energy


@formula(
    latex=r"\beta_\mathrm{il} = \frac{1}{\max\left( (1 - \omega) / \beta_1,\ \omega / \beta_2 \right)}",
    symbols={"share": r"\omega", "fast": r"\beta_1", "slow": r"\beta_2"},
)
def interleaved_bandwidth(share: float, fast: float, slow: float) -> float:
    """Bandwidth of two memories over which what is read is spread.

    Args:
        share (1): share of the bytes that lies in the slower memory.
        fast (B/s): bandwidth of the faster memory.
        slow (B/s): bandwidth of the slower memory.

    Returns:
        (B/s) bytes over the time in which the later of both is done.

    Assumptions:
        Both are read at the same time and do not slow each other down.
    """
    return 1 / max((1 - share) / fast, share / slow)


@formula(
    latex=r"\omega_{=} = \frac{\beta_2}{\beta_1 + \beta_2}",
    symbols={"fast": r"\beta_1", "slow": r"\beta_2"},
)
def interleave_share(fast: float, slow: float) -> float:
    """Share of the bytes that belongs into the slower of two memories which are read at the same time.

    Args:
        fast (B/s): bandwidth of the faster memory.
        slow (B/s): bandwidth of the slower memory.

    Returns:
        (1) share at which both are done together, so that their bandwidths add.

    Assumptions:
        Those of the interleaved bandwidth.
    """
    return slow / (fast + slow)


@formula(
    latex=r"\varepsilon_\mathrm{b} = \frac{\mathcal{E}}{Q}",
    symbols={"energy": r"\mathcal{E}", "size": "Q"},
)
def energy_per_byte(energy: float, size: float) -> float:
    """Energy of a byte, from that of a larger piece.

    Args:
        energy (J): energy of moving the piece.
        size (B): bytes of it.

    Returns:
        (J/B) energy of each of its bytes.

    Assumptions:
        All bytes of the piece are used.
    """
    return energy / size


@formula(
    latex=r"\varepsilon_\mathrm{op} = \frac{\mathcal{E}}{F}",
    symbols={"energy": r"\mathcal{E}", "operations": "F"},
)
def energy_per_operation(energy: float, operations: float) -> float:
    """Energy of an operation, from that of several.

    Args:
        energy (J): energy of all.
        operations (FLOP): how many.

    Returns:
        (J/FLOP) energy of each.

    Assumptions:
        All take the same.
    """
    return energy / operations


@formula(
    latex=r"P_{\mathcal{E}} = \varepsilon_\mathrm{b}\, \beta",
    symbols={"energy": r"\varepsilon_\mathrm{b}", "bandwidth": r"\beta"},
)
def movement_power(energy: float, bandwidth: float) -> float:
    """Power that moving bytes takes.

    Args:
        energy (J/B): energy of a byte moved.
        bandwidth (B/s): bytes moved per second.

    Returns:
        (W) power of the movement alone.

    Assumptions:
        Those of the energy of moving bytes.
    """
    return energy * bandwidth


@formula(
    latex=r"Q_1 = \frac{Q_\mathrm{fl}}{n_\mathrm{par}}",
    symbols={"size": r"Q_\mathrm{fl}", "units": r"n_\mathrm{par}"},
)
def in_flight_per_unit(size: float, units: float) -> float:
    """Bytes in flight that each of several units must ask for.

    Args:
        size (B): bytes in flight in all.
        units (1): units that ask for them.

    Returns:
        (B) bytes of one unit.

    Assumptions:
        All ask for equally many.
    """
    return size / units


@formula(latex=r"\beta = \frac{Q}{t}", symbols={"size": "Q", "time": "t"})
def timed_bandwidth(size: float, time: float) -> float:
    """Bandwidth by a measured time.

    Args:
        size (B): bytes moved.
        time (s): how long it took.

    Returns:
        (B/s) bytes over time.

    Assumptions:
        All bytes that count are counted, and no others.
    """
    return size / time


@formula(latex=r"P_\mathrm{ach} = \frac{F}{t}", symbols={"operations": "F", "time": "t"})
def timed_rate(operations: float, time: float) -> float:
    """Arithmetic rate by a measured time.

    Args:
        operations (FLOP): operations of the work.
        time (s): how long it took.

    Returns:
        (FLOP/s) operations over time.

    Assumptions:
        Only operations that the result needs are counted.
    """
    return operations / time


@formula(
    latex=r"\mathcal{E} = \varepsilon_\mathrm{op}\, F",
    symbols={"energy": r"\varepsilon_\mathrm{op}", "operations": "F"},
)
def operation_energy(energy: float, operations: float) -> float:
    """Energy that operations take.

    Args:
        energy (J/FLOP): energy of one.
        operations (FLOP): how many.

    Returns:
        (J) energy of the arithmetic alone.

    Assumptions:
        All take the same.
    """
    return energy * operations


@formula(
    latex=r"t_\mathrm{pipe} = n_\mathrm{par}\, (t_\mathrm{sw} + t_\mathrm{hop})",
    symbols={"units": r"n_\mathrm{par}", "sweep": r"t_\mathrm{sw}", "hop": r"t_\mathrm{hop}"},
)
def chip_chain_time(units: float, sweep: float, hop: float) -> float:
    """Time of a token that passes chips one after the other, each of which reads all of its memory.

    Args:
        units (1): chips.
        sweep (s): time in which one reads its memory once.
        hop (s): time from chip to chip.

    Returns:
        (s) least time between two tokens of one sequence.

    Assumptions:
        Each chip holds some layers whole; other sequences may use the chips meanwhile.
    """
    return units * (sweep + hop)
