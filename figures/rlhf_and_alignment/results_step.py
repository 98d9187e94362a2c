"""Numbers of one step of reinforcement learning: Qwen3-235B-A22B on H100, and published splits."""

from __future__ import annotations

from figures.data import value
from figures.expert_shapes import expert_shape
from figures.formulas import (
    compare,
    decode_batch,
    experts,
    kv_cache,
    model,
    reuse,
    rl_pipeline,
    rl_step,
    roofline,
    training_compute,
)
from figures.results import Assumed, Computed, Source, computed
from figures.shapes import cache_shape

MODEL, GPU = "qwen3_235b_a22b", "nvidia_h100_80gb_sxm"
SHAPE = expert_shape(MODEL)

bf16 = Assumed(2, "B", "BF16 weights and caches")
state_bytes = Assumed(18, "B", "BF16 weights, FP32 gradients, master weights and two moments")
one = Assumed(1, "1", "one copy, one forward pass")
two = Assumed(2, "1", "two copies")
none = Assumed(0, "1", "no such copy; no overhead in the bound")
zero_time = Assumed(0, "s", "no overhead, no transfer in the bound")
full = Assumed(1, "1", "the whole peak: a bound")

prompts = value("rl_steps", "nemo_recipe", "prompts")
answers = value("rl_steps", "nemo_recipe", "answers")
gpus = value("rl_steps", "nemo_128", "gpus")
engine = value("rl_steps", "nemo_128", "engine")
mean = value("rl_steps", "nemo_128", "length")
limit = value("rl_steps", "nemo_128", "limit")
measured_step = value("rl_steps", "nemo_128", "step")
measured_wide = value("rl_steps", "nemo_256", "step")
measured_off = value("rl_steps", "nemo_256", "one_off")
wide_gpus = value("rl_steps", "nemo_256", "gpus")
variation = Assumed(0.5, "1", "spread of the lengths over their mean: not printed, and only the cache depends on it")
no_prompt = Assumed(0, "token", "the mean length counts the prompt")

# --- Memory -------------------------------------------------------------------------------------------------------
total = SHAPE.total
active = SHAPE.per_token
trained_bytes = computed(model.weight_bytes, parameters=total, parameter_bytes=state_bytes)
sampler_bytes = computed(model.weight_bytes, parameters=total, parameter_bytes=bf16)
memory = value("hardware", GPU, "memory_capacity")
trained_gpus = computed(compare.size_ratio, first=trained_bytes, second=memory)
sampler_gpus = computed(compare.size_ratio, first=sampler_bytes, second=memory)


def roles(trained: Source, frozen: Source) -> Computed:
    """Memory of the copies that an algorithm needs."""
    return computed(
        rl_step.role_memory,
        parameters=total,
        trained=trained,
        state_bytes=state_bytes,
        frozen=frozen,
        parameter_bytes=bf16,
    )


ppo_bytes = roles(two, two)
grpo_bytes = roles(one, one)
bare_bytes = roles(one, none)
ppo_ratio = computed(compare.size_ratio, first=ppo_bytes, second=bare_bytes)

# --- Sampling -----------------------------------------------------------------------------------------------------
tokens = computed(rl_step.rollout_tokens, prompts=prompts, answers=answers, mean=mean)
rate = computed(rl_step.rollout_rate, tokens=tokens, gpus=gpus, step=measured_step)
_cached = computed(rl_step.mean_cached, prompt=no_prompt, mean=mean, variation=variation)
cache = computed(kv_cache.cache_bytes, context=_cached, **cache_shape(MODEL).inputs(bf16))


def running(all_gpus: Source) -> tuple[Computed, Computed]:
    """Answers that an engine starts, and that run on average."""
    started = computed(rl_step.sequences_per_engine, prompts=prompts, answers=answers, engine=engine, gpus=all_gpus)
    return started, computed(rl_step.mean_running, sequences=started, mean=mean, longest=limit)


def decode(batch: Computed, share: Source, overhead: Source) -> Computed:
    """A decode step of one engine, by the bytes that it reads."""
    touched = computed(experts.expected_experts, experts=SHAPE.experts, active=SHAPE.active, tokens=batch)
    read = computed(
        experts.touched_bytes,
        always=SHAPE.always,
        always_bytes=bf16,
        moe_layers=SHAPE.moe_layers,
        touched=touched,
        expert=SHAPE.expert,
        expert_bytes=bf16,
    )
    return computed(
        decode_batch.batch_step_time,
        weights=read,
        batch=batch,
        cache=cache,
        operations=computed(experts.weight_operations, tokens=one, active=active),
        gpus=engine,
        bandwidth=value("hardware", GPU, "memory_bandwidth"),
        bandwidth_share=share,
        peak=value("hardware", GPU, "bf16_dense"),
        utilization=share,
        overhead=overhead,
    )


_narrow = running(gpus)
started = _narrow[0]
running_128 = _narrow[1]
running_256 = running(wide_gpus)[1]
step_128 = decode(running_128, full, zero_time)
step_256 = decode(running_256, full, zero_time)
generation_128 = computed(rl_step.generation_time, longest=limit, step=step_128)
generation_256 = computed(rl_step.generation_time, longest=limit, step=step_256)
generation_ratio = computed(compare.time_ratio, first=generation_128, second=generation_256)

# --- Training -----------------------------------------------------------------------------------------------------
operations = computed(rl_step.training_operations, active=active, scoring=one, tokens=tokens)
mfu = Assumed(0.2, "1", "share of the peak that training achieves; verl reports 0.19 for a larger mixture")
_rate = computed(roofline.achieved, gpus=gpus, peak=value("hardware", GPU, "bf16_dense"), utilization=mfu)
training = computed(reuse.recompute_time, operations=operations, rate=_rate)
bound = computed(rl_step.step_in_turn, generation=generation_128, training=training, sync=zero_time)
bound_ratio = computed(compare.time_ratio, first=measured_step, second=bound)
step_gpu_time = computed(training_compute.gpu_time, gpus=gpus, time=measured_step)
steps = Assumed(400, "1", "steps of a run, as in verl's table")
run_time = computed(training_compute.gpu_time, gpus=steps, time=step_gpu_time)

# --- What more GPUs do --------------------------------------------------------------------------------------------
wide_gain = computed(compare.time_ratio, first=measured_step, second=measured_wide)
undivided = computed(
    rl_pipeline.undivided_time, first_gpus=gpus, first=measured_step, second_gpus=wide_gpus, second=measured_wide
)
undivided_share = computed(compare.time_ratio, first=undivided, second=measured_step)


# --- Published splits ---------------------------------------------------------------------------------------------
def share_of(rows: int, field: str) -> Computed:
    """A phase's share of verl's step."""
    return computed(
        compare.time_ratio,
        first=value("rl_steps", f"verl_{rows}", field),
        second=value("rl_steps", f"verl_{rows}", "step"),
    )


generation_share_32 = share_of(32, "generation")
generation_share_64 = share_of(64, "generation")
generation_share_verl = share_of(128, "generation")
update_share_32 = share_of(32, "update")
scoring_share_64 = share_of(64, "scoring")


def gain(rows: int) -> Computed:
    """Steps per time of the asynchronous run over the other."""
    return computed(
        compare.time_ratio,
        first=value("rl_steps", f"verl_{rows}", "step"),
        second=value("rl_steps", f"verl_{rows}", "asynchronous"),
    )


async_gain_32 = gain(32)
async_gain_64 = gain(64)
async_gain_128 = gain(128)
double_gain = computed(
    compare.time_ratio, first=value("rl_steps", "verl_64", "step"), second=value("rl_steps", "verl_128", "step")
)

# --- Pipelines: a toy -----------------------------------------------------------------------------------------------
div = Assumed(100, "s", "sampling that more GPUs shorten, in the example")
floor = Assumed(100, "s", "sampling that they do not, in the example")
train = Assumed(100, "s", "scoring and update, in the example")
turn = computed(
    rl_step.step_in_turn, generation=computed(compare.time_sum, first=div, second=floor), training=train, sync=zero_time
)
off = computed(rl_pipeline.one_off_step, divisible=div, floor=floor, training=train)
flow = computed(rl_pipeline.streamed_step, divisible=div, training=train)
flow_gain = computed(rl_pipeline.streaming_gain, divisible=div, floor=floor, training=train)
flow_split = computed(rl_pipeline.best_split, divisible=div, training=train)
flying = Assumed(2048, "1", "answers in flight, in the example")
per_update = Assumed(512, "1", "answers of an update, in the example")
lag = computed(rl_pipeline.mean_staleness, in_flight=flying, batch=per_update)

# --- Weights --------------------------------------------------------------------------------------------------------
sync_time = value("alignment", "checkpoint_engine", "qwen3_235b")
sync_share = computed(compare.time_ratio, first=sync_time, second=measured_step)

# --- Costs ----------------------------------------------------------------------------------------------------------
zero_time_spent = computed(
    training_compute.gpu_time, gpus=value("alignment", "r1", "gpus"), time=value("alignment", "r1", "zero_time")
)
r1_time_spent = computed(
    training_compute.gpu_time, gpus=value("alignment", "r1", "gpus"), time=value("alignment", "r1", "time")
)
instruct_share = computed(
    compare.count_ratio,
    first=value("alignment", "instructgpt", "reinforcement"),
    second=value("alignment", "instructgpt", "pretraining"),
)
distill_ratio = computed(
    compare.time_ratio,
    first=value("alignment", "qwen3_8b_stages", "reinforcement"),
    second=value("alignment", "qwen3_8b_stages", "distillation"),
)

# --- Defaults of the calculators --------------------------------------------------------------------------------------
proxy_correlation = Assumed(0.7, "1", "correlation of the selecting and the true reward, in the calculator")
