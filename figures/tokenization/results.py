"""The numbers that the article prints, from the modules for training, speed, text, examples and exercises."""

from __future__ import annotations

from figures.tokenization.results_examples import *  # noqa: F403
from figures.tokenization.results_exercises import *  # noqa: F403
from figures.tokenization.results_speed import speed_bytes, speed_cl100k, speed_llama31, speed_ratio  # noqa: F401
from figures.tokenization.results_text import *  # noqa: F403
from figures.tokenization.results_training import *  # noqa: F403
