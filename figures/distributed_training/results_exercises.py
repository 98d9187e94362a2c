"""Numbers of the exercises."""

from __future__ import annotations

from figures.dense_shapes import dense_shape
from figures.distributed_training.results_failures import device_between, interval_of, kept, restart
from figures.distributed_training.results_memory import (
    adam,
    bf16,
    fp32,
    gated,
    layer,
    lean,
    one,
    sequence,
    states,
    tensor,
)
from figures.distributed_training.results_time import (
    causal,
    every,
    h100_peak,
    network,
    network_hop,
    tensor_8b,
)
from figures.formulas import (
    collectives,
    communication_bounds,
    compare,
    failures,
    pipeline_bubbles,
    training_compute,
)
from figures.results import Assumed, Computed, Source, computed

ex_parameters = Assumed(13e9, "1", "a model of the exercise")
ex_copies = Assumed(32, "1", "data-parallel GPUs of the exercise")
ex_states_1 = states(ex_parameters, bf16, fp32, adam, (one, one, ex_copies))
ex_states_2 = states(ex_parameters, bf16, fp32, adam, (one, ex_copies, ex_copies))
ex_states_3 = states(ex_parameters, bf16, fp32, adam, (ex_copies, ex_copies, ex_copies))

ex_layer_gated = layer(sequence, gated, shape="llama3_1_70b", tensor=tensor)
ex_layer_lean = layer(sequence, lean, shape="llama3_1_70b", tensor=tensor)

ex_gpus = Assumed(256, "1", "GPUs of the exercise")
ex_rate = Assumed(256_000, "token/s", "1,000 tokens per second on each of 256 GPUs")
_70b = dense_shape("llama3_1_70b")


def _utilization(attended: Source) -> Computed:
    operations = computed(
        training_compute.token_operations,
        active=_70b.active,
        attended=attended,
        sequence=sequence,
        **_70b.attention(),
    )
    return computed(training_compute.utilization, rate=ex_rate, operations=operations, gpus=ex_gpus, peak=h100_peak)


ex_utilization = _utilization(causal)
ex_utilization_full = _utilization(every)

ex_ring = Assumed(64, "1", "GPUs of the exercise's ring")
ex_half = computed(collectives.half_bandwidth_size, gpus=ex_ring, latency=network_hop, bandwidth=network)

_others = Assumed(7, "1", "GPUs beside the first of eight")
_limit_less_one = computed(
    compare.count_ratio, first=_others, second=Assumed(tensor_8b.value - 1, "1", "the limit less one")
)
ex_exposed = _limit_less_one

ex_stages = Assumed(8, "1", "stages of the exercise")
ex_micros = Assumed(32, "1", "micro-batches of the exercise")
ex_chunks = Assumed(4, "1", "chunks of the exercise")
ex_overhead = computed(pipeline_bubbles.bubble_overhead, stages=ex_stages, micros=ex_micros, chunks=one)
ex_bubble = computed(pipeline_bubbles.bubble_rate, overhead=ex_overhead)
ex_bubble_interleaved = computed(
    pipeline_bubbles.bubble_rate,
    overhead=computed(pipeline_bubbles.bubble_overhead, stages=ex_stages, micros=ex_micros, chunks=ex_chunks),
)
ex_enough = Assumed(133, "1", "micro-batches of the answer")
ex_enough_bubble = computed(
    pipeline_bubbles.bubble_rate,
    overhead=computed(pipeline_bubbles.bubble_overhead, stages=ex_stages, micros=ex_enough, chunks=one),
)

_F = Assumed(0.02, "s", "forward pass of the exercise")
_B = Assumed(0.02, "s", "backward pass for inputs of the exercise")
_W = Assumed(0.015, "s", "backward pass for weights of the exercise")


def _split(moved: float, why: str) -> Computed:
    return computed(
        pipeline_bubbles.split_bubble,
        stages=ex_stages,
        forward=_F,
        backward=_B,
        weights=_W,
        moved=Assumed(moved, "1", why),
    )


ex_bubble_plain = _split(-1, "1F1B")
ex_bubble_h1 = _split(1, "ZB-H1")
ex_bubble_h2 = _split(2, "ZB-H2")

ex_job = Assumed(4096, "1", "GPUs of the exercise")
ex_save = Assumed(60, "s", "a minute per checkpoint")
ex_between = computed(failures.job_failure_time, device=device_between, devices=ex_job)
ex_interval = interval_of(ex_save, ex_between)
ex_young = computed(failures.young_interval, save=ex_save, between=ex_between)
ex_kept = kept(ex_interval, ex_save, restart, ex_between)

ex_small = Assumed(10e9, "1", "a model of the exercise")
ex_step = Assumed(5, "s", "a step of the exercise")
ex_steps = Assumed(500, "1", "steps between exchanges of the exercise")
ex_outer = computed(
    communication_bounds.outer_bandwidth, parameters=ex_small, element_bytes=fp32, steps=ex_steps, step=ex_step
)
