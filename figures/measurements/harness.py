"""What all measurements share: repeat, summarize, refuse what is worth nothing, write with a header.

Refusals are :class:`RefusedError`: the message says why and what to do, and no data file is touched.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import io
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from figures import paths
from figures.measurement import HEADER
from figures.measurements import THREADS

Key = TypeVar("Key", bound=Hashable)
GIB = 2**30
SHARE = 0.05  # of one processor that others may take during a repetition
TICKS = 0.011  # seconds: the kernel counts in ticks of 10 ms, so one tick says nothing
LOOK = 0.05  # seconds for which a machine must have been quiet before a repetition counts
PATIENCE = 900.0  # seconds that may be lost to repetitions made again


class RefusedError(RuntimeError):
    """A measurement that cannot be made here and now."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Median and quartiles of the repetitions, in seconds."""

    median: float
    q1: float
    q3: float

    @property
    def spread(self) -> float:
        """Interquartile range over median."""
        return (self.q3 - self.q1) / self.median

    def columns(self) -> dict[str, float]:
        """The three columns of a data file."""
        return {"median_s": self.median, "q1_s": self.q1, "q3_s": self.q3}


def others_time(stat: Path = Path("/proc/stat"), processor: int | None = None) -> float:
    """Processor seconds, since the start of the machine, that all but this process took, the hypervisor included.

    Those of one ``processor`` for a process that is pinned to it.
    """
    row = "cpu" if processor is None else f"cpu{processor}"
    line = next(line for line in _read(stat).splitlines() if line.startswith(f"{row} "))
    user, nice, system, _idle, _wait, irq, soft, steal, *_ = map(int, line.split()[1:])
    return (user + nice + system + irq + soft + steal) / os.sysconf("SC_CLK_TCK") - time.process_time()


def repeat(
    cases: Mapping[Key, Callable[[], object]],
    *,
    repetitions: int,
    warm_up: int,
    before: Callable[[], object] = lambda: None,
    clock: Callable[[], float] = time.perf_counter,
    others: Callable[[], float] = others_time,
    patience: float = PATIENCE,
    look: float | None = None,
) -> dict[Key, Sample]:
    """Time every case; the rounds go through all cases in turn, so that a slow minute hits all alike.

    A repetition is made again when other processes took the processors during it or just before.

    Args:
        cases: what to time.
        repetitions: timed rounds.
        warm_up: rounds before them, not counted.
        before: called untimed before each timed call, for instance to empty the caches.
        clock: for tests.
        others: for tests; see :func:`others_time`.
        patience: seconds that may be lost to repetitions made again, in all.
        look: seconds before a repetition in which nobody else may have run; :data:`LOOK` if none are given.

    Raises:
        RefusedError: other processes ran too often.
    """
    times: dict[Key, list[float]] = {key: [] for key in cases}
    for turn in range(warm_up + repetitions):
        for key, call in cases.items():
            while True:
                taken, looked = others(), clock()
                time.sleep(LOOK if look is None else look)
                before()
                start = clock()
                call()
                end, taken = clock(), others() - taken
                if taken <= max(TICKS, SHARE * (end - looked)) or turn < warm_up:
                    break
                patience -= end - looked
                if patience < 0:
                    raise RefusedError("too busy: other processes keep running; stop them and try again")
            if turn >= warm_up:
                times[key].append(end - start)
    return {key: Sample(statistics.median(all_), *_quartiles(all_)) for key, all_ in times.items()}


def _quartiles(values: Sequence[float]) -> tuple[float, float]:
    q1, _, q3 = statistics.quantiles(values, n=4, method="inclusive")
    return q1, q3


def require_quiet(samples: Mapping[Key, Sample], bound: float) -> None:
    """Refuse samples whose spread exceeds ``bound``.

    Raises:
        RefusedError: naming the noisy cases.
    """
    noisy = [f"{key} ({sample.spread:.0%})" for key, sample in samples.items() if sample.spread > bound]
    if noisy:
        raise RefusedError(
            f"too noisy: the quartiles of {', '.join(noisy)} are more than {bound:.0%} of the median apart; "
            "stop what else runs on this machine and try again"
        )


def require_memory(needed: int, meminfo: Path = Path("/proc/meminfo")) -> None:
    """Refuse to start where ``needed`` bytes are not free.

    Raises:
        RefusedError: saying how much is needed and how much there is.
    """
    free = _meminfo("MemAvailable", meminfo)
    if free < needed:
        raise RefusedError(
            f"this needs {needed / GIB:.1f} GiB of free memory and {free / GIB:.1f} GiB are free; use a larger machine"
        )


def write(
    tables: Mapping[Path, Sequence[Mapping[str, float]]],
    *,
    module: str,
    commit: str,
    libraries: str,
    repetitions: int,
    warm_up: int,
    statistic: str,
    notes: Mapping[str, str],
    repeated: bool = True,
) -> None:
    """Write each table under one header, all files or none.

    ``notes`` are further header lines, for what a reader of these numbers must know. What is not timed needs no
    warm-up, and nothing of it is made again; nor is what was timed among others, without ``repeated``.
    """
    values = {
        "command": f"{priority()}python3 -m {module}",
        "commit": commit,
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": machine(),
        "processor": processor(),
        "memory": f"{_meminfo('MemTotal') / GIB:.0f} GiB",
        "libraries": f"Python {platform.python_version()}, {libraries}, {THREADS} thread",
        "repetitions": str(repetitions),
        "warm-up": f"{warm_up} rounds, not counted",
        "statistic": statistic
        + ("; repetitions during which other processes ran were made again" if warm_up and repeated else ""),
    }
    head = "".join(f"# {key}: {values[key]}\n" for key in HEADER) + "".join(f"# {k}: {v}\n" for k, v in notes.items())
    fresh = {path.with_name(f".{path.name}.new"): path for path in tables}
    for temporary, rows in zip(fresh, tables.values(), strict=True):
        temporary.write_text(head + _csv(rows), encoding="utf-8")
    for temporary, path in fresh.items():
        temporary.replace(path)


def _csv(rows: Sequence[Mapping[str, float]]) -> str:
    out = io.StringIO()
    table = csv.DictWriter(out, rows[0], lineterminator="\n")
    table.writeheader()
    table.writerows({k: v if isinstance(v, int) else f"{v:.6g}" for k, v in row.items()} for row in rows)
    return out.getvalue()


def priority() -> str:
    """How this process was started, where not with the usual priority."""
    nice = os.getpriority(os.PRIO_PROCESS, 0)
    return f"nice -n {nice} " if nice else ""


def machine() -> str:
    """Operating system, architecture, processors, and whether it is virtual."""
    virtual = ", virtual machine" if "hypervisor" in _read("/proc/cpuinfo") else ""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs{virtual}"


def processor() -> str:
    """Model name and caches as the kernel reports them."""
    name = re.search(r"^model name\s*: (.+)$", _read("/proc/cpuinfo"), re.M)
    caches = [
        f"L{_read(index / 'level').strip()} {_read(index / 'size').strip()}"
        for index in sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*"))
        if _read(index / "type").strip() != "Instruction"
    ]
    return f"{name[1] if name else platform.machine()}, {', '.join(caches) or 'caches unknown'}"


def _read(path: str | Path) -> str:
    file = Path(path)
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _meminfo(key: str, meminfo: Path = Path("/proc/meminfo")) -> int:
    found = re.search(rf"^{key}:\s+(\d+) kB$", _read(meminfo), re.M)
    if not found:
        raise RefusedError(f"{meminfo} does not say {key}; measurements run on Linux")
    return int(found[1]) * 1024


def current_commit(root: Path = paths.ROOT) -> str:
    """The commit of the working tree, which must hold the code that runs.

    Raises:
        RefusedError: not a git checkout, or changed code: the number could not be traced to its source.
    """

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True).stdout.strip()

    try:
        changed = git("status", "--porcelain", "--", "figures/measurements")
        commit = git("rev-parse", "--short=12", "HEAD")
    except (OSError, subprocess.CalledProcessError):
        raise RefusedError("this is no git checkout: say which commit this is with --commit") from None
    if changed:
        raise RefusedError("figures/measurements has changes that no commit holds: commit them, then measure")
    return commit


def main(module: str, measure: Callable[[str], None]) -> None:
    """Command line of a measurement: ``measure`` gets the commit; a refusal is printed and exits with 1."""
    parser = argparse.ArgumentParser(prog=f"python3 -m {module}")
    parser.add_argument("--commit", help="commit of this code, where git is not at hand")
    given = parser.parse_args().commit
    try:
        measure(given or current_commit())
    except RefusedError as error:
        sys.exit(f"{module}: {error}. No data file was changed.")
