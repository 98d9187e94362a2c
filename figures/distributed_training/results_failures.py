"""Numbers on failures, checkpoints and what of the time is kept; and on copies that exchange seldom."""

from __future__ import annotations

from figures.data import value
from figures.distributed_training.results_memory import llama405
from figures.distributed_training.results_time import llama_step
from figures.formulas import communication_bounds, compare, failures, model, roofline
from figures.measurement import read
from figures.measurements import checkpoint_goodput
from figures.results import Assumed, Computed, Measured, Source, computed

_run = "llama3_405b"
interruptions = value("training_runs", _run, "interruptions")
llama_between = computed(
    failures.mean_time_between, time=value("training_runs", _run, "logged_time"), failures=interruptions
)
_ONE = Assumed(1, "1", "one device")
device_between = computed(
    failures.mean_time_between,
    time=llama_between,
    failures=computed(compare.count_ratio, first=_ONE, second=value("training_runs", _run, "gpus")),
)
gpu_fault_share = computed(compare.count_ratio, first=value("training_runs", _run, "gpu_faults"), second=interruptions)

checkpoint_parameter = Assumed(14, "B", "BF16 weights and FP32 copy, momentum and variance")
checkpoint_size = computed(model.weight_bytes, parameters=llama405.total, parameter_bytes=checkpoint_parameter)
storage = Assumed(2e12, "B/s", "sustained bandwidth of Llama 3's storage, §3.3.1")
save_time = computed(roofline.transfer_time, traffic=checkpoint_size, bandwidth=storage)
restart = Assumed(600, "s", "ten minutes from a failure until training goes on")
restart_minutes = Assumed(10, "min", "the same in minutes")
quick_minutes = Assumed(2, "min", "two minutes to restart")
save = Assumed(30, "s", "half a minute per checkpoint")


def interval_of(stall: Source, between: Source) -> Computed:
    """The best interval."""
    return computed(failures.best_interval, save=stall, between=between)


def kept(interval: Source, stall: Source, again: Source, between: Source) -> Computed:
    """Share of the time that is kept."""
    return computed(failures.goodput, interval=interval, save=stall, restart=again, between=between)


best = interval_of(save, llama_between)
young = computed(failures.young_interval, save=save, between=llama_between)
daly = computed(failures.daly_interval, save=save, between=llama_between)
best_kept = kept(best, save, restart, llama_between)
hour = Assumed(3600, "s", "a checkpoint every hour")
hourly_kept = kept(hour, save, restart, llama_between)
fast_save = Assumed(3, "s", "what training waits for an asynchronous checkpoint")
fast_best = interval_of(fast_save, llama_between)
fast_kept = kept(fast_best, fast_save, restart, llama_between)
quick_restart = Assumed(120, "s", "two minutes, with spare nodes that are running")
quick_kept = kept(fast_best, fast_save, quick_restart, llama_between)
large_gpus = Assumed(131_072, "1", "eight times as many GPUs")
large_between = computed(failures.job_failure_time, device=device_between, devices=large_gpus)
large_best = interval_of(save, large_between)
large_kept = kept(large_best, save, restart, large_between)
large_fast = kept(interval_of(fast_save, large_between), fast_save, restart, large_between)
large_quick = kept(interval_of(fast_save, large_between), fast_save, quick_restart, large_between)
daly_save = Assumed(300, "s", "Daly's example")
daly_between = Assumed(900, "s", "Daly's example")
daly_young = computed(failures.young_interval, save=daly_save, between=daly_between)
daly_best = interval_of(daly_save, daly_between)


def simulated(gpus: int, interval: int) -> Measured:
    """A number of the simulation of checkpoints."""
    data = read(checkpoint_goodput.FOLDER / "checkpoint_goodput.csv")
    what = f"{gpus:,} GPUs, a checkpoint every {interval} min: share of the time that is kept"
    return Measured(data, what, data.cell("kept", gpus=gpus, interval_min=interval), "1")


simulated_10 = simulated(16_384, 10)
simulated_80 = simulated(16_384, 80)
simulated_large = simulated(131_072, 5)

# Copies that exchange their changes every so many steps.
hundred = Assumed(100, "1", "steps between two exchanges")
every_step = Assumed(1, "1", "an exchange in every step")
wide_bytes = Assumed(4, "B", "FP32 changes")


def outer(steps: Source) -> Computed:
    """Bandwidth of a copy of Llama 3 405B at the time of its step."""
    return computed(
        communication_bounds.outer_bandwidth,
        parameters=llama405.total,
        element_bytes=wide_bytes,
        steps=steps,
        step=llama_step,
    )


outer_1 = outer(every_step)
outer_100 = outer(hundred)
