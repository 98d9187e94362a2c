"""The exercises and the worked example of the article on speculative decoding, by hand arithmetic."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from figures import paths
from figures.results import load

RESULTS = load("speculative_decoding")
BANDWIDTH, PEAK = 3.35e12, 989.5e12  # one H100 SXM
LARGE_GROWTH, SMALL_GROWTH = 80 * 2 * 8 * 128 * 2, 32 * 2 * 8 * 128 * 2


def value(name: str) -> float:
    return RESULTS[name].value


def survivals(drafted: int) -> list[float]:
    """Shares of the rounds that keep the first, second and third token."""
    return [0.75, 0.75 * 0.77, 0.75 * 0.77 * 0.79][:drafted]


def test_the_example_of_four_tokens() -> None:
    assert value("example_acceptance") == pytest.approx(0.3 + 0.3 + 0.1 + 0.05)
    emitted = [0.3 + 0.25 * 0.5, 0.3 + 0.25 * 0.3, 0.1 + 0.25 * 0.15, 0.05 + 0.25 * 0.05]
    assert emitted == pytest.approx([0.425, 0.375, 0.1375, 0.0625])
    assert value("example_bias") == pytest.approx((0.075 + 0.075 + 0.0125 + 0.0125) / 2)
    assert value("example_matching") == pytest.approx(0.15 + 0.12 + 0.015 + 0.01)


def test_the_listing_of_a_round_is_exact() -> None:
    listing = re.search(r"```python\n(.*?)```", (paths.ARTICLES / "speculative_decoding.md").read_text(), re.S)
    assert listing is not None
    names: dict[str, Any] = {"np": np}
    exec(listing[1], names)  # the text's own listing
    rng = np.random.default_rng(24)
    target, draft = np.array([0.5, 0.3, 0.15, 0.05]), np.array([0.3, 0.4, 0.1, 0.2])
    after = np.array([[0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1], [0.25] * 4, [0.7, 0.1, 0.1, 0.1]])
    rounds = 40_000
    first, second, lengths = np.zeros(4), np.zeros((4, 4)), 0
    for _ in range(rounds):
        one = int(rng.choice(4, p=draft))
        two = int(rng.choice(4, p=draft))
        rows = [target, after[one], after[two]]
        emitted = names["one_round"]([one, two], [draft, draft], rows, rng)
        assert 1 <= len(emitted) <= 3
        lengths += len(emitted)
        first[emitted[0]] += 1
        if len(emitted) > 1:
            second[emitted[0], emitted[1]] += 1
    assert first / rounds == pytest.approx(target, abs=0.01)
    for token in range(4):
        assert second[token] / second[token].sum() == pytest.approx(after[token], abs=0.035)
    later = sum(min(target[x], draft[x]) * np.minimum(after[x], draft).sum() for x in range(4))
    assert lengths / rounds == pytest.approx(1 + 0.75 + later, abs=0.02)


def test_weights_from_the_host_move_the_ridge() -> None:
    assert value("offload_positions") == pytest.approx(989.4e12 / 64e9, rel=0.001)


def test_tokens_of_a_good_draft() -> None:
    accepted = Fraction(4, 5)
    exactly = {n: accepted**n * (1 - accepted) for n in range(4)} | {4: accepted**4}
    mean = sum((n + 1) * share for n, share in exactly.items())
    square = sum((n + 1) ** 2 * share for n, share in exactly.items())
    assert value("tokens") == pytest.approx(float(mean))
    assert value("tokens_deviation") == pytest.approx(math.sqrt(square - mean**2))
    assert value("chain_speedup") == pytest.approx(float(mean) / 1.2)
    assert value("operations_factor") == pytest.approx((4 * 0.05 + 5) / float(mean))
    assert value("payable") == pytest.approx(float(mean) - 0.2)


def test_the_limit_of_drafted_copies() -> None:
    assert 1 + sum(0.75**n for n in range(1, 8)) == pytest.approx(3.62, abs=0.05)
    assert round(0.75**7, 2) == 0.13


def test_shares_by_position() -> None:
    assert value("minimax_second") == pytest.approx(0.56 / 0.76)
    assert value("minimax_third") == pytest.approx(0.43 / 0.56)
    assert value("minimax_tokens") == pytest.approx(1 + 0.76 + 0.56 + 0.43)


def test_a_shorter_draft_begins_elsewhere() -> None:
    shares = (0.606, 0.606 * 0.6698, 0.606 * 0.6698 * 0.7348)
    assert value("own_short_predicted") == pytest.approx(1 + sum(shares), abs=0.002)
    assert value("own_short") == pytest.approx(2.50, abs=0.01)


def test_costs_of_published_rounds() -> None:
    assert value("cost_small_model") == pytest.approx(2.44 / 1.60)
    assert value("cost_eagle3") == pytest.approx(2.44 / 1.90)
    assert value("cost_small_model") - value("cost_eagle3") == pytest.approx(0.25, abs=0.01)
    assert value("cost_rtx3090") == pytest.approx(2.28 / 1.79)
    assert value("cost_a100") == pytest.approx(2.28 / 1.52)


def test_experts_of_deepseek_v3() -> None:
    def touched(tokens: int) -> float:
        return 256 * (1 - (31 / 32) ** tokens)

    assert value("touch_growth_1") == pytest.approx(touched(2) / 8)
    assert value("touch_growth_128") == pytest.approx(touched(256) / touched(128))


def step(batch: int, tokens: int, drafted: int = 0, *, small: bool = False) -> float:
    """Seconds of a step on four H100 SXM: bytes or operations, whichever takes longer, and the overhead."""
    parameters, growth, layers, heads, width, overhead = (
        (8e9, SMALL_GROWTH, 32, 32, 128, 0.0004) if small else (70e9, LARGE_GROWTH, 80, 64, 128, 0.001)
    )
    memory = (2 * parameters + batch * tokens * growth) / (4 * 0.9 * BANDWIDTH)
    attended = sum(tokens + place for place in range(1, drafted + 2))
    work = batch * (2 * parameters * (drafted + 1) + 4 * layers * heads * width * attended) / (4 * 0.6 * PEAK)
    return max(memory, work) + overhead


def gain(batch: int, tokens: int, drafted: int) -> float:
    yielded = 1 + sum(survivals(drafted))
    return yielded * step(batch, tokens) / (drafted * step(batch, tokens, small=True) + step(batch, tokens, drafted))


def test_worked_example_what_fits() -> None:
    room = 4 * (0.9 * 80e9 - 3e9) - 140e9
    assert value("fit_short") == math.floor(room / (1024 * LARGE_GROWTH)) == 405
    assert value("fit_long") == math.floor(room / (8192 * LARGE_GROWTH)) == 50
    both = LARGE_GROWTH + SMALL_GROWTH
    assert value("fit_short_drafter") == math.floor((room - 16e9) / (1024 * both)) == 255
    assert value("fit_long_drafter") == math.floor((room - 16e9) / (8192 * both)) == 31
    assert value("head_growth") == 2 * 8 * 128 * 2


def test_worked_example_the_chat() -> None:
    assert value("example_tokens_three") == pytest.approx(1 + 0.75 + 0.75 * 0.77 + 0.75 * 0.77 * 0.79)
    assert value("example_tokens_two") == pytest.approx(1 + 0.75 + 0.75 * 0.77)
    assert value("verify_three_64") == pytest.approx(step(64, 1024, 3) / step(64, 1024), rel=1e-3)
    assert value("chat_two_64") == pytest.approx(gain(64, 1024, 2), rel=1e-3)
    assert value("chat_one_96") == pytest.approx(gain(96, 1024, 1), rel=1e-3)
    assert value("chat_two_96") == pytest.approx(gain(96, 1024, 2), rel=1e-3)
    best = [max((1, 2, 3), key=lambda drafted: gain(batch, 1024, drafted)) for batch in (1, 32, 64, 96, 128, 192)]
    assert best == [3, 3, 2, 2, 1, 1]
    assert gain(60, 1024, 3) > gain(60, 1024, 2)
    assert gain(62, 1024, 2) > gain(62, 1024, 3)
    assert gain(96, 1024, 2) > gain(96, 1024, 1)
    assert gain(98, 1024, 1) > gain(98, 1024, 2)
    assert gain(144, 1024, 3) > 1 > gain(160, 1024, 3)
    assert gain(233, 1024, 1) > 1 > gain(235, 1024, 1)
    assert value("chat_one_full") == pytest.approx(gain(255, 1024, 1), rel=1e-3)
    assert value("chat_draft_cost") == pytest.approx(step(1, 1024, small=True) / step(1, 1024), rel=1e-3)
    assert value("verify_three_128") == pytest.approx(step(128, 1024, 3) / step(128, 1024), rel=1e-3)
    assert value("chat_three") == pytest.approx(gain(1, 1024, 3), rel=1e-3)
    assert value("chat_three_128") == pytest.approx(gain(128, 1024, 3), rel=1e-3)
    assert value("chat_three_192") == pytest.approx(gain(192, 1024, 3), rel=1e-3)
    assert value("chat_one_192") == pytest.approx(gain(192, 1024, 1), rel=1e-3)
    assert value("chat_rate_without") == pytest.approx(405 / step(405, 1024), rel=1e-3)
    assert value("chat_rate_with") == pytest.approx(255 / step(255, 1024) * gain(255, 1024, 1), rel=1e-3)


def test_worked_example_the_agent() -> None:
    assert value("agent_verify_cost") == step(31, 8192, 3) / step(31, 8192) == 1
    assert value("agent_draft_cost") == pytest.approx(step(31, 8192, small=True) / step(31, 8192), rel=1e-3)
    assert value("agent_speedup") == pytest.approx(gain(31, 8192, 3), rel=1e-3)
    without, with_drafter = 50 / step(50, 8192), 31 / step(31, 8192) * gain(31, 8192, 3)
    assert value("agent_rate_without") == pytest.approx(without, rel=1e-3)
    assert value("agent_gain") == pytest.approx(with_drafter / without, rel=1e-3)
    assert value("agent_stream") == pytest.approx(with_drafter / 31 / (without / 50), rel=1e-3)


def test_exercise_the_example_by_hand() -> None:
    assert value("ex_hand_acceptance") == pytest.approx(0.2 + 0.3 + 0.1)
    assert value("ex_hand_bias") == pytest.approx((0.6 - 0.44 + 0.42 - 0.3 + 0.14 - 0.1) / 2)


def test_exercise_match_instead() -> None:
    assert value("ex_match") == pytest.approx(0.12 + 0.15 + 0.03)


def test_exercise_one_token_or_four() -> None:
    assert value("ex_length_one") == pytest.approx(1.7 / 1.1)
    assert value("ex_length_four") == pytest.approx((1 - 0.7**5) / 0.3 / 1.4)
    by_length = [(1 - 0.7 ** (n + 1)) / 0.3 / (1 + 0.1 * n) for n in range(20)]
    assert value("ex_length_best") == by_length.index(max(by_length)) == 4
    fifth, tokens = 0.7**5, (1 - 0.7**5) / 0.3
    assert round(fifth / tokens, 3) == 0.061 < round(0.1 / 1.4, 3) == 0.071


def test_exercise_two_kinds_of_requests() -> None:
    assert value("ex_mix_easy_tokens") == pytest.approx(1 + 0.9 + 0.81 + 0.729)
    assert value("ex_mix_hard_tokens") == pytest.approx(1 + 0.5 + 0.25 + 0.125)
    assert value("ex_mix_tokens") == pytest.approx((3.439 + 1.875) / 2)
    assert value("ex_mix_predicted") == pytest.approx(1 + 0.7 + 0.49 + 0.343)
    assert value("ex_mix_second") == pytest.approx((0.81 + 0.25) / (0.9 + 0.5))
    assert value("ex_mix_third") == pytest.approx((0.729 + 0.125) / (0.81 + 0.25))


def test_exercise_what_a_table_hides() -> None:
    assert value("ex_cost_round") == pytest.approx(1.6)
    shorter = 3.2 / 1.6 * 1.45  # tokens of a draft of three that is exactly as fast
    assert 3.2 - shorter == pytest.approx(0.30, abs=0.001)


def test_exercise_when_a_server_should_stop() -> None:
    assert value("ex_stop_onset") == pytest.approx(PEAK / BANDWIDTH / 4, rel=1e-3)
    assert value("ex_stop_batch") == pytest.approx(2.5 * PEAK / BANDWIDTH / 4, rel=1e-3)


def test_exercise_experts() -> None:
    def touched(tokens: int) -> float:
        return 64 * (1 - (15 / 16) ** tokens)

    assert value("ex_experts_four") == pytest.approx(touched(4))
    assert value("ex_experts_growth_one") == pytest.approx(touched(4) / 4)
    assert value("ex_experts_32") == pytest.approx(touched(32))
    assert value("ex_experts_128") == pytest.approx(touched(128))
    assert value("ex_experts_growth_32") == pytest.approx(touched(128) / touched(32))
    assert touched(20) / touched(5) > 2.5 > touched(24) / touched(6)


def test_exercise_a_tree_of_six() -> None:
    chances = {"A": 0.6, "B": 0.2}
    paths = sorted(
        (math.prod(chances[one] for one in word) for depth in range(1, 7) for word in words(depth)), reverse=True
    )
    assert value("ex_tree_tokens") == pytest.approx(1 + sum(paths[:6]))
    assert value("ex_tree_chain") == pytest.approx(1 + sum(0.6**depth for depth in range(1, 7)))


def words(length: int) -> list[str]:
    return [""] if length == 0 else [shorter + one for shorter in words(length - 1) for one in "AB"]


def test_exercise_selection_bias() -> None:
    """The scheduler verifies A, which is always accepted, and replaces B by an ordinary step."""
    assert 0.5 * min(1, 0.7 / 0.5) + 0.5 * 0.7 == pytest.approx(0.85)


def test_exercise_design() -> None:
    assert value("ex_design_weights") == pytest.approx(2.4 * 34 / 40)
