"""What measurements on a GPU share: asking for one, the clock, captured graphs, and what the header says of it.

Clocks, power limits and other settings stay as they are found. The code runs on torch's CPU device as well, where
its tests try it; a measurement asks for a GPU and stops without one.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

from figures.measurements.harness import GIB, RefusedError

INSTALL = "pip install torch nvidia-ml-py"
CAPTURE_WARM_UP = 3  # calls before a graph is captured, in which libraries choose their kernels

Call = Callable[[], object]
Device = Any  # torch.device: torch is not installed where types are checked
Tensor = Any  # torch.Tensor


def load() -> ModuleType:
    """Torch.

    Raises:
        RefusedError: it is not installed.
    """
    try:
        return importlib.import_module("torch")
    except ImportError:
        raise RefusedError(f"this needs torch, which is not installed: run `{INSTALL}`") from None


def find(torch: Any, memory: int) -> Device:
    """The GPU, if there is one with so many free bytes.

    Raises:
        RefusedError: saying what there is and what is needed.
    """
    if not torch.cuda.is_available():
        raise RefusedError("this needs an NVIDIA GPU, and torch finds none; run it on a machine that has one")
    free, _ = torch.cuda.mem_get_info()
    if free < memory:
        raise RefusedError(
            f"this needs {memory / GIB:.0f} GiB of free GPU memory and {free / GIB:.0f} GiB are free; use a larger GPU "
            "or stop what else runs on it"
        )
    return torch.device("cuda")


def clock(torch: Any, device: Device) -> Callable[[], float]:
    """A clock for :func:`figures.measurements.harness.repeat` that waits for what the GPU still has to do."""

    def now() -> float:
        if device.type == "cuda":
            torch.cuda.synchronize()
        return time.perf_counter()

    return now


def captured(torch: Any, device: Device, call: Call) -> Call:
    """The same work as one graph, so that starting its kernels takes no time; on a CPU the call itself."""
    if device.type != "cuda":
        return call
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(CAPTURE_WARM_UP):
            call()
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        call()
    replay: Call = graph.replay
    return replay


def several(call: Call, times: int) -> Call:
    """So many calls in a row."""

    def repeated() -> None:
        for _ in range(times):
            call()

    return repeated


def libraries(torch: Any) -> str:
    """Versions for the header."""
    return f"torch {torch.__version__}, CUDA {torch.version.cuda}"


def notes(torch: Any, nvml: Any) -> dict[str, str]:
    """Header lines on the GPU as it was found; ``nvml`` is the module pynvml."""
    nvml.nvmlInit()
    handle = nvml.nvmlDeviceGetHandleByIndex(torch.cuda.current_device())
    memory = nvml.nvmlDeviceGetMemoryInfo(handle).total / GIB
    limit = nvml.nvmlDeviceGetPowerManagementLimit(handle) / 1e3
    highest = nvml.nvmlDeviceGetMaxClockInfo(handle, nvml.NVML_CLOCK_SM)
    driver = nvml.nvmlSystemGetDriverVersion()
    return {
        "gpu": f"{nvml.nvmlDeviceGetName(handle)}, {memory:.0f} GiB, driver {driver}",
        "gpu settings": f"as found: power limit {limit:.0f} W, SM clock up to {highest} MHz, memory clock "
        f"{nvml.nvmlDeviceGetClockInfo(handle, nvml.NVML_CLOCK_MEM)} MHz",
        "gpu temperature": f"{nvml.nvmlDeviceGetTemperature(handle, nvml.NVML_TEMPERATURE_GPU)} °C at the end",
    }


def management() -> ModuleType:
    """NVML, which reads power and clocks.

    Raises:
        RefusedError: it is not installed.
    """
    try:
        return importlib.import_module("pynvml")
    except ImportError:
        raise RefusedError(f"this reads the GPU's sensors through NVML: run `{INSTALL}`") from None
