"""Latency of memory: a chain of loads each of which needs the one before, in a loop of machine code.

Python takes longer for one step of a linked list than the memory does, so that the loop is written here byte by
byte, for x86-64: no compiler is needed. Several chains run in one loop when there are several starts; their loads do
not depend on each other, and the processor keeps them in flight together.
"""

from __future__ import annotations

import ctypes
import mmap
import platform
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from figures.measurements.harness import RefusedError

LINE = 64  # bytes of a cache line on every x86-64
WORDS = LINE // 8
COUNTER, STARTS = 6, 7  # rsi and rdi: the arguments of a call in the System V convention
REGISTERS = (0, 2, 1, 8, 9, 10, 11, STARTS)  # rax first, then others that a call may change, the starts' pointer last
MOST = len(REGISTERS)


def loop(chains: int) -> bytes:
    """Machine code of ``void chase(void **starts, long hops)`` that follows ``chains`` chains at a time."""
    registers = REGISTERS[:chains]
    load = b"".join(
        bytes((0x48 | r >> 3 << 2, 0x8B, 0x40 | (r & 7) << 3 | STARTS, 8 * place))  # mov r, [rdi + 8·place]
        for place, r in enumerate(registers)
    )
    follow = b"".join(bytes((0x48 | r >> 3 << 2 | r >> 3, 0x8B, (r & 7) << 3 | r & 7)) for r in registers)  # mov r, [r]
    count = bytes((0x48, 0xFF, 0xC8 | COUNTER))  # dec rsi
    back = bytes((0x75, 256 - (len(follow) + len(count) + 2)))  # jnz to the first mov r, [r]
    return load + follow + count + back + b"\xc3"  # ret, with the pointer of the first chain in rax


class Chain:
    """A closed chain through all lines of a piece of memory, in random order."""

    def __init__(self, size: int, rng: np.random.Generator) -> None:
        """Lay the chain through ``size`` bytes, a multiple of the line."""
        lines = size // LINE
        self._memory: NDArray[np.int64] = np.zeros((lines + 1) * WORDS, np.int64)
        skipped = -self._memory.ctypes.data % LINE // 8
        self._cells = self._memory[skipped : skipped + lines * WORDS].reshape(lines, WORDS)
        self.base: int = self._cells.ctypes.data
        self.order = rng.permutation(lines)
        self._cells[self.order, 0] = self.base + LINE * np.roll(self.order, -1)

    def starts(self, chains: int) -> NDArray[np.int64]:
        """Addresses at which ``chains`` chases begin, evenly spread over the chain."""
        return self.base + LINE * self.order[np.arange(chains) * len(self.order) // chains]


def chaser(chain: Chain, chains: int, hops: int) -> Callable[[], int]:
    """A call that makes ``hops`` hops on each of ``chains`` chases and returns where the first ends, as an address.

    Raises:
        RefusedError: another kind of processor or system.
    """
    if platform.machine() != "x86_64" or platform.system() != "Linux":
        raise RefusedError("the loop that chases pointers is machine code for Linux on x86-64; use such a machine")
    page = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(loop(chains))
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    function = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_void_p, ctypes.c_long)(address)
    starts = chain.starts(chains)

    def call() -> int:
        assert len(page)  # the code must live as long as the function
        return int(function(starts.ctypes.data, hops))

    return call
