"""The exercises, the worked example and the age of every cell of the article on models with open weights."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator

import pytest

from figures import data, model_facts
from figures.data import Datum
from figures.model_facts.selection import models_of_the_article, shape_families
from figures.paths import ARTICLES
from figures.results import load

RESULTS = load("open_weights_llm_landscape")
AGES_IN_WORDS = ("context_length", "configured_context", "training_tokens", "training_gpu_hours")


def value(name: str) -> float:
    return RESULTS[name].value


def reviewed() -> datetime.date:
    """The date of the article's last review."""
    text = (ARTICLES / "open_weights_llm_landscape.md").read_text(encoding="utf-8")
    found = re.search(r"^reviewed: (\S+)$", text, re.M)
    assert found
    return datetime.date.fromisoformat(found[1])


def cells() -> Iterator[tuple[str, datetime.date, float]]:
    """Every cell: its address, the day on which its source was seen, the greatest age in days."""
    shape, words = value("shape_age"), value("words_age")
    models = data.load("models")
    for model in models_of_the_article():
        for name, cell in models[model].items():
            if isinstance(cell, Datum):
                yield cell.path, cell.date, words if name in AGES_IN_WORDS else shape
    for model, known in model_facts.facts().items():
        for kind, fact in known.items():
            yield f"facts.{model}.{kind}", fact.date, words
    for key, licence in model_facts.licences().items():
        yield f"licences.{key}", licence.date, words


def too_old(day: datetime.date) -> list[str]:
    """What must be seen again before a review on that day; an age counts from the day of the source."""
    return [where for where, seen, most in cells() if (day - seen).days > most]


def test_no_cell_is_older_than_the_protocol_says() -> None:
    old = too_old(reviewed())
    assert old == [], f"see {len(old)} sources again and renew value and date, as CONTRIBUTING.md says: {old[:10]}"
    assert all(seen <= reviewed() for _, seen, _ in cells()), "a cell was seen after the review: move the review"


def test_cells_do_become_too_old() -> None:
    half, whole = too_old(reviewed() + datetime.timedelta(200)), too_old(reviewed() + datetime.timedelta(400))
    assert "licences.llama4" in half and not any(one.endswith(".layers") for one in half)
    assert len(whole) == len(list(cells())) > 1000


def test_every_fact_names_a_licence_that_is_described() -> None:
    told = {known["licence"].value for known in model_facts.facts().values() if "licence" in known}
    assert told == set(model_facts.licences())


def test_enough_models_are_in_the_table() -> None:
    models = models_of_the_article()
    assert len(models) == len(set(models)) == 80, "the article says eighty in its description and in brief"
    years = {str(data.load("models")[key]["year"]) for key in models}
    assert years == {"2024", "2025", "2026"}


def test_families_by_their_names() -> None:
    found = dict(shape_families())
    assert found["kimi_k2"] == ["kimi_k2_5", "kimi_k2_6", "kimi_k2_7_code"]
    assert found["deepseek_v3"] == ["deepseek_r1", "deepseek_v3_1"]
    assert len(found) == 8


def test_exercise_from_a_configuration_to_parameters() -> None:
    expert = 3 * 4096 * 1024
    layer = 4096 * 32 * 128 * 2 + 4096 * 8 * 128 * 2 + 4096 * 128
    table = 150_000 * 4096
    assert value("ex_expert") == expert
    assert value("ex_total") == 2 * table + 48 * (layer + 128 * expert)
    assert value("ex_per_token") == table + 48 * (layer + 8 * expert)


def test_exercise_its_cache() -> None:
    assert value("ex_elements") == 2 * 8 * 128
    assert value("ex_growth") == 48 * 2 * 8 * 128 * 2 == 192 * 1024


def test_exercise_an_index_for_several_layers() -> None:
    before, after = 78 * (512 + 64 + 128), 78 * (512 + 64) + 21 * 128
    assert value("ex_index_layers") == 78 - 21
    assert value("glm5_growth") == 2 * before and value("glm52_growth") == 2 * after
    assert value("ex_glm_saving") == pytest.approx(before / after)


def test_exercise_a_node_for_deepseek_v3() -> None:
    cache = 61 * (512 + 64) * 2 * 32768
    assert value("ex_v3_cache") == cache
    assert value("ex_v3_weights") == pytest.approx(671e9, rel=0.001)
    assert value("ex_v3_gpus") == math.ceil((671.03e9 + 64 * cache) / (0.9 * 141e9 - 3e9))


def test_exercise_when_a_state_pays() -> None:
    state = 48 * 256 * 64 * 128 * 2
    assert value("ultra_state") == state == 192 * 2**20
    assert value("ex_state_context") == state / (12 * 2 * 2 * 128 * 2)


def test_exercise_eleven_times_the_hours() -> None:
    assert value("ex_hours_ratio") == pytest.approx(30.84e6 / 2.788e6)
    assert value("llama405_operations") == pytest.approx(6 * 403.75e9 * 15e12, rel=1e-4)
    assert value("llama405_used") == pytest.approx(6 * 403.75e9 * 15e12 / (30.84e6 * 3600 * 989e12), rel=1e-3)


def test_worked_example() -> None:
    weights = 116.789e9 * 4.5 / 8
    cache = 2 * 8 * 64 * 2 * (18 * 32768 + 18 * 128)
    assert value("oss_weights") == pytest.approx(weights, rel=1e-4)
    assert value("oss_32k") == cache
    assert value("oss_one") == math.floor((0.9 * 80e9 - 3e9 - weights) / cache)
    assert value("oss_h200") == math.floor((0.9 * 141e9 - 3e9 - weights) / cache)
    assert value("oss_gpus") == math.ceil((weights + 16 * cache) / (0.9 * 80e9 - 3e9))
    assert value("oss_touched") == pytest.approx(128 * (1 - (1 - 4 / 128) ** 16))


def test_hashes_belong_to_models_and_to_the_files_that_their_cells_name() -> None:
    models = data.load("models")
    for model, (repository, digest) in model_facts.hashes().items():
        file = repository.replace("/", "--") + "_config.json"
        assert re.fullmatch(r"[0-9a-f]{64}", digest)
        assert any(isinstance(cell, Datum) and file in cell.locator for cell in models[model].values()), model
