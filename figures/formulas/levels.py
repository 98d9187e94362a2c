"""Many levels of memory: how long work takes that moves bytes at each of them, and what a level needs to be busy."""

from __future__ import annotations

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
    latex=r"t_\mathrm{ser} = \frac{F}{P_\mathrm{peak}} + \sum_i \frac{Q_i}{\beta_i}",
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
