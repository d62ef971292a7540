"""Files broken on purpose: nothing is lost, nothing outside entries changes, and a second run changes nothing."""

import importlib.util
import random
from pathlib import Path

import pytest

import citenorm

ROOT = Path(__file__).parents[2]
spec = importlib.util.spec_from_file_location("bib_mutations", ROOT / "bench" / "bib_mutations.py")
mutations = importlib.util.module_from_spec(spec)
spec.loader.exec_module(mutations)
DATA = (ROOT / "tests" / "data" / "bib_student.bib").read_bytes()


@pytest.fixture(scope="module")
def sources():
    with citenorm.open_sources(offline=True, user=False) as ready:
        yield ready


@pytest.mark.parametrize("mutation", mutations.MUTATIONS, ids=lambda m: m.__name__)
def test_one_damage_does_no_harm(mutation, sources):
    for seed in range(4):
        rng = random.Random(f"{mutation.__name__} {seed}")
        data = mutation(mutations.stretch(DATA, rng), rng)
        assert mutations.one_round(data, sources) == "", (seed, data)
