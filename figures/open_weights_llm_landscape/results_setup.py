"""Choices of the article: contexts, formats, what of a GPU is usable."""

from __future__ import annotations

from figures.formulas import kv_cache
from figures.results import Assumed, computed

context_8k = Assumed(8192, "token", "a context of a conversation")
context_32k = Assumed(32768, "token", "a context of retrieval and of agents")
context_128k = Assumed(131072, "token", "a long context")
context_1m = Assumed(1048576, "token", "the longest context that several makers name")
bf16 = Assumed(2, "B", "BF16 elements of caches and weights")
fp8 = Assumed(1, "B", "FP8 weights, scales neglected")
usable = Assumed(0.9, "1", "share of a GPU's memory that a server takes")
reserve = Assumed(3e9, "B", "memory of a GPU for activations, workspaces and graphs")
users = Assumed(16, "1", "sequences at a time in the worked example")
block_bits = computed(
    kv_cache.stored_bits,
    bits=Assumed(4, "bit", "weights of four bits"),
    scale_bits=Assumed(8, "bit", "a scale of eight bits"),
    group=Assumed(16, "1", "sixteen weights share a scale"),
)

__all__ = [
    "bf16",
    "block_bits",
    "context_1m",
    "context_8k",
    "context_32k",
    "context_128k",
    "fp8",
    "reserve",
    "usable",
    "users",
]
