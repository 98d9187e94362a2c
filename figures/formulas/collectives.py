"""Time of collective operations: latency per hop and bytes over a link, by algorithm."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(
    latex=r"t_\mathrm{rs} = (G - 1) \left( t_0 + \frac{Q}{G\, \beta} \right)",
    symbols={"traffic": "Q", "gpus": "G", "latency": "t_0", "bandwidth": r"\beta"},
)
def ring_half(traffic: float, gpus: float, latency: float, bandwidth: float) -> float:
    """Time of a reduce-scatter or an all-gather around a ring.

    Args:
        traffic (B): bytes of the whole tensor, before it is scattered or after it is gathered.
        gpus (1): GPUs of the ring.
        latency (s): time of a hop beside its bytes.
        bandwidth (B/s): bandwidth of a GPU's link in one direction.

    Returns:
        (s) as many steps as there are other GPUs, each with one part of the tensor.

    Assumptions:
        All links are equally fast and used at the same time.
    """
    return (gpus - 1) * (latency + traffic / (gpus * bandwidth))


@formula(
    latex=r"t_\mathrm{ring} = 2\, (G - 1) \left( t_0 + \frac{Q}{G\, \beta} \right)",
    symbols={"traffic": "Q", "gpus": "G", "latency": "t_0", "bandwidth": r"\beta"},
)
def ring_all_reduce(traffic: float, gpus: float, latency: float, bandwidth: float) -> float:
    """Time of an all-reduce around a ring.

    Args:
        traffic (B): bytes of the tensor.
        gpus (1): GPUs of the ring.
        latency (s): time of a hop beside its bytes.
        bandwidth (B/s): bandwidth of a GPU's link in one direction.

    Returns:
        (s) a reduce-scatter and then an all-gather.

    Assumptions:
        All links are equally fast and used at the same time.
    """
    return 2 * ring_half(traffic, gpus, latency, bandwidth)


@formula(
    latex=r"t_\mathrm{tree} = 2 \lceil \log_2 G \rceil\, t_0 + \frac{2\, Q}{\beta}",
    symbols={"traffic": "Q", "gpus": "G", "latency": "t_0", "bandwidth": r"\beta"},
)
def tree_all_reduce(traffic: float, gpus: float, latency: float, bandwidth: float) -> float:
    """Time of an all-reduce over two binary trees that each take half of the tensor.

    Args:
        traffic (B): bytes of the tensor.
        gpus (1): GPUs of the tree.
        latency (s): time of a hop beside its bytes.
        bandwidth (B/s): bandwidth of a GPU's link in one direction.

    Returns:
        (s) up the tree and down again, in pieces that follow each other.

    Assumptions:
        Each GPU is an inner node of one tree and a leaf of the other, so that it sends and receives twice the tensor
        in all; pieces are small.
    """
    return 2 * math.ceil(math.log2(gpus)) * latency + 2 * traffic / bandwidth


@formula(
    latex=r"t_\mathrm{nvls} = t_0 + \left( 1 + \frac{1}{G} \right) \frac{Q}{\beta}",
    symbols={"traffic": "Q", "gpus": "G", "latency": "t_0", "bandwidth": r"\beta"},
)
def switch_all_reduce(traffic: float, gpus: float, latency: float, bandwidth: float) -> float:
    """Time of an all-reduce that the switch adds up.

    Args:
        traffic (B): bytes of the tensor.
        gpus (1): GPUs at the switch.
        latency (s): time of the operation beside its bytes.
        bandwidth (B/s): bandwidth of a GPU's link in one direction.

    Returns:
        (s) each GPU gives the tensor and one part of the sum, and gets as much.

    Assumptions:
        Every GPU collects one part of the sum and sends it to all through the switch; both at once.
    """
    return latency + (1 + 1 / gpus) * traffic / bandwidth


@formula(
    latex=r"t_\mathrm{hier} = 2\, (G_1 - 1) \left( t_0 + \frac{Q}{G_1\, \beta_1} \right)"
    r" + 2\, (n_\mathrm{n} - 1) \left( t_0' + \frac{Q}{n_\mathrm{n}\, G_1\, \beta_2} \right)",
    symbols={
        "traffic": "Q",
        "node": "G_1",
        "nodes": r"n_\mathrm{n}",
        "latency": "t_0",
        "network_latency": "t_0'",
        "bandwidth": r"\beta_1",
        "network": r"\beta_2",
    },
)
def two_level_all_reduce(
    traffic: float,
    node: float,
    nodes: float,
    latency: float,
    network_latency: float,
    bandwidth: float,
    network: float,
) -> float:
    """Time of an all-reduce within nodes and then between them.

    Args:
        traffic (B): bytes of the tensor.
        node (1): GPUs of a node.
        nodes (1): nodes.
        latency (s): time of a hop within the node beside its bytes.
        network_latency (s): time of a hop between nodes beside its bytes.
        bandwidth (B/s): bandwidth of a GPU's link within the node, in one direction.
        network (B/s): bandwidth of the network per GPU, in one direction.

    Returns:
        (s) reduce-scatter in the node, all-reduce of the parts between nodes, all-gather in the node.

    Assumptions:
        Every GPU of a node has its own way to the network and sends one part over it; the stages do not overlap.
    """
    inside = ring_all_reduce(traffic, node, latency, bandwidth)
    return inside + ring_all_reduce(traffic / node, nodes, network_latency, network)


@formula(
    latex=r"\beta_\mathrm{bus} = \frac{2\, (G - 1)}{G} \cdot \frac{Q}{t}",
    symbols={"traffic": "Q", "gpus": "G", "time": "t"},
)
def bus_bandwidth(traffic: float, gpus: float, time: float) -> float:
    """Bus bandwidth of an all-reduce: what each link of a ring would have carried.

    Args:
        traffic (B): bytes of the tensor.
        gpus (1): GPUs.
        time (s): time that was measured.

    Returns:
        (B/s) to compare with the bandwidth of a link in one direction.

    Assumptions:
        A convention: an all-reduce in the switch moves fewer bytes and can exceed the link.
    """
    return 2 * (gpus - 1) / gpus * traffic / time


@formula(
    latex=r"Q_{1/2} = G\, t_0\, \beta",
    symbols={"gpus": "G", "latency": "t_0", "bandwidth": r"\beta"},
)
def half_bandwidth_size(gpus: float, latency: float, bandwidth: float) -> float:
    """Size at which a ring reaches half of its bandwidth.

    Args:
        gpus (1): GPUs of the ring.
        latency (s): time of a hop beside its bytes.
        bandwidth (B/s): bandwidth of a GPU's link in one direction.

    Returns:
        (B) bytes of the tensor; below it latency takes the larger part of the time.

    Assumptions:
        The time of a ring; the same for one pass and for two.
    """
    return gpus * latency * bandwidth
