"""An LRU cache of prefix blocks, and Che's approximation of what an LRU cache hits.

``BlockCache`` holds blocks of a prefix tree as inference servers do: a hit is the longest chain of cached
blocks from the start of the prompt, and among the blocks of one request the deepest is the least recent,
so that a block never outlives the one before it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence

from figures.formulas import caching


class BlockCache:
    """Least recently used blocks, at most ``capacity`` of them."""

    def __init__(self, capacity: int) -> None:
        """Start empty.

        Raises:
            ValueError: a capacity below one block.
        """
        if capacity < 1:
            raise ValueError(f"capacity is {capacity}; a cache holds at least one block")
        self.capacity = capacity
        self._blocks: OrderedDict[Hashable, None] = OrderedDict()  # least recent first

    def __len__(self) -> int:
        """Blocks held."""
        return len(self._blocks)

    def __contains__(self, block: Hashable) -> bool:
        """Whether ``block`` is held; looking does not touch it."""
        return block in self._blocks

    def hits(self, prompt: Sequence[Hashable]) -> int:
        """Blocks of ``prompt`` that are held before the first that is not."""
        for count, block in enumerate(prompt):
            if block not in self._blocks:
                return count
        return len(prompt)

    def keep(self, blocks: Sequence[Hashable]) -> None:
        """Take in the blocks of one request, first to last, and evict what was unused for longest."""
        for block in reversed(blocks):
            self._blocks[block] = None
            self._blocks.move_to_end(block)
        while len(self._blocks) > self.capacity:
            self._blocks.popitem(last=False)

    def serve(self, prompt: Sequence[Hashable], answer: Sequence[Hashable] = ()) -> int:
        """Hits of ``prompt``; afterwards prompt and answer are kept, as far as there is room."""
        found = self.hits(prompt)
        self.keep((*prompt, *answer))
        return found


def characteristic_time(rates: Sequence[float], capacity: float) -> float:
    """Time in which as many different items are requested as the cache holds: Che's characteristic time.

    Args:
        rates: requests per second of every item.
        capacity: items that the cache holds.

    Returns:
        Seconds, by bisection to the last digits.

    Raises:
        ValueError: the cache holds everything, so that nothing is ever evicted, or nothing.
    """
    if not 0 < capacity < len(rates):
        raise ValueError(f"a cache of {capacity} items of {len(rates)} has no characteristic time; expected between")
    low, high = 0.0, capacity / sum(rates)  # a lower bound: every request could be for another item
    while caching.occupancy(rates, high) < capacity:
        low, high = high, 2 * high
    while (middle := (low + high) / 2) not in (low, high):
        if caching.occupancy(rates, middle) < capacity:
            low = middle
        else:
            high = middle
    return high
