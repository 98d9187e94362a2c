"""The check on labels names what is wrong, and lets a good figure pass."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from matplotlib.figure import Figure

from figures import style
from figures.diagram import Diagram
from figures.tidy import TidyError, assert_tidy, labels


@pytest.fixture
def fig() -> Iterator[Figure]:
    with style.house_style():
        yield style.figure(100)


def test_a_good_figure_passes_and_all_its_labels_are_seen(fig: Figure) -> None:
    ax = style.axes(fig, x="Batch", y="Time (ms)")
    style.ticks(ax, "x", [0, 1], ["none", "one"])
    style.ticks(ax, "y", [0, 1], ["0", "1"])
    assert_tidy(fig)
    assert {label.text for label in labels(fig)} == {"Batch", "Time (ms)", "none", "one", "0", "1"}


def test_overlapping_labels_are_both_named(fig: Figure) -> None:
    fig.text(0.5, 0.5, "first")
    fig.text(0.52, 0.52, "second")
    with pytest.raises(TidyError, match="'first' and 'second' overlap; move one of them"):
        assert_tidy(fig)


def test_tick_labels_that_collide_are_found(fig: Figure) -> None:
    ax = style.axes(fig, x="Context", y="y")
    style.ticks(ax, "x", [0.5, 0.51], ["131,072", "262,144"])
    with pytest.raises(TidyError, match="'131,072' and '262,144' overlap"):
        assert_tidy(fig)


def test_a_label_that_leaves_the_canvas_is_named_with_its_extent(fig: Figure) -> None:
    fig.text(0.98, 0.5, "outside")
    with pytest.raises(TidyError, match=r"'outside' leaves the canvas of 380 × 100 points \(it spans 372–4\d\d × "):
        assert_tidy(fig)


def test_a_turned_label_is_measured_as_it_stands(fig: Figure) -> None:
    fig.text(0.5, 0.5, "a label longer than high", rotation=90, rotation_mode="anchor", ha="center")
    with pytest.raises(TidyError, match="leaves the canvas"):
        assert_tidy(fig)


def test_small_print_is_refused(fig: Figure) -> None:
    fig.text(0.5, 0.5, "small print", size=8)
    with pytest.raises(TidyError, match=r"'small print' is set in 8 points; at least 10\.7 are legible on a phone"):
        assert_tidy(fig)


def test_several_lines_in_one_text_are_refused(fig: Figure) -> None:
    fig.text(0.5, 0.5, "one\ntwo", ha="center")
    with pytest.raises(TidyError, match="'one' is part of a text of several lines"):
        assert_tidy(fig)


def test_hidden_text_and_ticks_outside_the_limits_do_not_count(fig: Figure) -> None:
    fig.text(2, 0.5, "hidden", visible=False)
    ax = style.axes(fig, x="x", y="y")
    style.ticks(ax, "x", [0, 1, 50], ["0", "1", "50"])
    ax.set_xlim(0, 1)
    assert_tidy(fig)
    assert "50" not in {label.text for label in labels(fig)}


def test_a_diagram_sketches_from_the_top_left() -> None:
    with style.house_style():
        diagram = Diagram(100)
        diagram.box(10, 20, 60, 20, "box", "blue")
        diagram.line((70, 30), (80, 30))
        diagram.arrow((80, 30), (120, 30))
        diagram.text(120, 30, "goes here", ha="left")
        found = {label.text: label.box for label in labels(diagram.figure)}
    x0, y0, x1, y1 = found["box"]
    assert (x0 + x1) / 2 == pytest.approx(40, abs=1.5)
    assert (y0 + y1) / 2 == pytest.approx(30, abs=2)
    assert found["goes here"][0] == pytest.approx(120, abs=1.5)
    assert_tidy(diagram.figure)
