"""The pipeline simulator against the published bubbles, bubble rates and activation counts of each schedule."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from figures.lab import pipeline
from figures.lab.pipeline import Schedule, ScheduleError, Times

SIZES = [(2, 8), (4, 12), (8, 24), (16, 48)]
UNEQUAL = [Times(), Times(1, 1.2, 0.7), Times(2, 1.5, 1), Times(1.0, 0.9, 0.9)]


@pytest.mark.parametrize(("devices", "micros"), SIZES)
@pytest.mark.parametrize("times", UNEQUAL)
class TestBubbles:
    """Idle time, without time for transfers: Narayanan et al. §2.2, Qi et al. Table 2."""

    def test_gpipe_and_1f1b(self, devices: int, micros: int, times: Times) -> None:
        expected = (devices - 1) * (times.forward + times.backward + times.weights)
        for schedule in (pipeline.gpipe, pipeline.one_forward_one_backward):
            run = pipeline.simulate(schedule(devices, micros), times)
            assert run.idle() == pytest.approx(expected)
            assert run.flushed_rate() == pytest.approx((devices - 1) / (micros + devices - 1))

    @pytest.mark.parametrize("chunks", [1, 2, 4])
    def test_interleaved(self, devices: int, micros: int, times: Times, chunks: int) -> None:
        run = pipeline.simulate(pipeline.interleaved(devices, micros, chunks), times)
        expected = (devices - 1) * (times.forward + times.backward + times.weights) / chunks
        assert run.idle() == pytest.approx(expected)

    def test_zb_h1(self, devices: int, micros: int, times: Times) -> None:
        run = pipeline.simulate(pipeline.zb_h1(devices, micros), times)
        assert run.idle() == pytest.approx((devices - 1) * (times.forward + times.backward - times.weights))

    def test_zb_h2(self, devices: int, micros: int, times: Times) -> None:
        run = pipeline.simulate(pipeline.zb_h2(devices, micros), times)
        expected = (devices - 1) * (times.forward + times.backward - 2 * times.weights)
        assert run.idle() == pytest.approx(expected, abs=1e-9)

    def test_zb_v_is_without_bubble_only_for_equal_times(self, devices: int, micros: int, times: Times) -> None:
        run = pipeline.simulate(pipeline.zb_v(devices, micros), times)
        equal = times.forward == times.backward == times.weights
        assert run.idle() == pytest.approx(0, abs=1e-9) if equal else run.idle() > 0

    def test_dualpipe(self, devices: int, micros: int, times: Times) -> None:
        """DeepSeek's table has F&B + B - 3W, with B the whole backward pass; exact where F equals the input part."""
        run = pipeline.simulate(pipeline.dualpipe(devices, micros), times)
        backward = times.backward + times.weights
        published = (devices / 2 - 1) * (times.forward + backward + backward - 3 * times.weights)
        if times.forward == times.backward:
            assert run.idle() == pytest.approx(published)
        else:
            assert run.idle() == pytest.approx(published, rel=0.2)


# Qi et al., Tables 5 and 6: stages, micro-batches, times of F, B, W and transfer; rates of 1F1B, ZB-H1, ZB-H2.
PUBLISHED = [
    (8, 24, 18.522, 18.086, 9.337, 0.601, 0.2431, 0.1585, 0.1083),
    (8, 32, 18.513, 18.086, 9.331, 0.626, 0.1985, 0.1242, 0.0837),
    (8, 64, 18.546, 18.097, 9.321, 0.762, 0.1240, 0.0674, 0.0444),
    (8, 24, 29.718, 29.444, 19.927, 0.527, 0.2347, 0.1323, 0.0698),
    (8, 32, 29.802, 29.428, 19.530, 0.577, 0.1898, 0.1045, 0.0559),
    (8, 64, 29.935, 29.621, 19.388, 0.535, 0.1091, 0.0554, 0.0294),
    (16, 48, 11.347, 11.248, 8.132, 0.377, 0.2552, 0.1397, 0.0672),
    (16, 64, 11.307, 11.254, 8.101, 0.379, 0.2082, 0.1088, 0.0516),
    (16, 128, 11.325, 11.308, 8.109, 0.378, 0.1251, 0.0576, 0.0266),
    (32, 96, 10.419, 10.207, 7.715, 0.408, 0.2646, 0.1421, 0.0641),
]


@pytest.mark.parametrize("case", PUBLISHED)
def test_published_bubble_rates_to_the_last_digit(case: tuple[float, ...]) -> None:
    devices, micros = int(case[0]), int(case[1])
    times = Times(*case[2:6])
    schedules = (pipeline.one_forward_one_backward, pipeline.zb_h1, pipeline.zb_h2)
    rates = [pipeline.simulate(schedule(devices, micros), times).bubble_rate() for schedule in schedules]
    assert [round(rate, 4) for rate in rates] == list(case[6:])


def test_activations_in_flight() -> None:
    """GPipe m, 1F1B p, interleaved 1 + (p - 1)/(p v) of it, ZB-H1 p, ZB-H2 2p - 1, ZB-V p, DualPipe p + 1."""
    devices, micros = 8, 24
    peaks = {
        schedule.name: pipeline.simulate(schedule, Times()).peak()
        for schedule in (
            pipeline.gpipe(devices, micros),
            pipeline.one_forward_one_backward(devices, micros),
            pipeline.interleaved(devices, micros, 3),
            pipeline.zb_h1(devices, micros),
            pipeline.zb_h2(devices, micros),
            pipeline.zb_v(devices, micros),
            pipeline.dualpipe(devices, micros),
        )
    }
    assert peaks == pytest.approx(
        {
            "GPipe": 24,
            "1F1B": 8,
            "interleaved 1F1B": 8 * (1 + 7 / (8 * 3)),
            "ZB-H1": 8,
            "ZB-H2": 15,
            "ZB-V": 8,
            "DualPipe": 9,
        }
    )
    run = pipeline.simulate(pipeline.one_forward_one_backward(devices, micros), Times())
    assert [run.in_flight(device) for device in range(devices)] == [8, 7, 6, 5, 4, 3, 2, 1]


def test_a_flush_brings_the_bubble_back() -> None:
    """ZB-H2 has none inside a device's span; if all wait for the last, each idles for the stagger of the start."""
    run = pipeline.simulate(pipeline.zb_h2(8, 24), Times())
    assert run.idle() == pytest.approx(0, abs=1e-9)
    assert run.flushed_idle() == pytest.approx(7)


@pytest.mark.parametrize("times", [Times(1, 1, 1, 0.3), Times(2, 1, 0.5, 0.1)])
def test_every_dependency_is_kept_and_no_device_does_two_things(times: Times) -> None:
    schedules = (
        pipeline.gpipe(4, 8),
        pipeline.interleaved(4, 8, 2),
        pipeline.zb_h1(4, 8),
        pipeline.zb_h2(4, 8),
        pipeline.zb_v(4, 8),
        pipeline.dualpipe(4, 8),
    )
    for schedule in schedules:
        run = pipeline.simulate(schedule, times)
        ends = {one: timed.end for line in run.work for timed in line for one in timed.cell}
        for device, line in enumerate(run.work):
            assert all(first.end <= second.start + 1e-12 for first, second in pairwise(line))
            for timed in line:
                for one in timed.cell:
                    for need in schedule.needs(one):
                        if need not in timed.cell:
                            away = times.transfer if schedule.device(need) != device else 0
                            assert ends[need] + away <= timed.start + 1e-12


def test_a_faster_joint_pass_shortens_dualpipe() -> None:
    slow = pipeline.simulate(pipeline.dualpipe(8, 24), Times())
    fast = pipeline.simulate(pipeline.dualpipe(8, 24), Times(overlapped=0.9))
    assert fast.end < slow.end


def test_errors() -> None:
    good = pipeline.one_forward_one_backward(2, 4)
    with pytest.raises(ScheduleError, match="passes missing"):
        replace(good, orders=(good.orders[0][:-1], good.orders[1]))
    turned = Schedule("turned", good.chains, 4, (good.orders[0][::-1], good.orders[1]))
    with pytest.raises(ScheduleError, match="wait for each other"):
        pipeline.simulate(turned, Times())
    with pytest.raises(ScheduleError, match="no multiple"):
        pipeline.interleaved(4, 6, 2)
    with pytest.raises(ScheduleError, match="at least 7"):
        pipeline.zb_v(4, 6)
    with pytest.raises(ScheduleError, match="must be even"):
        pipeline.dualpipe(3, 6)
