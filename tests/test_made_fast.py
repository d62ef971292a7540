"""A class that is made fast is the dataclass that it was, but for the time."""

import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from citenorm.made_fast import made_fast, replaced


@dataclass(frozen=True, slots=True)
class Plain:
    first: str
    second: int = 7
    third: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        object.__setattr__(self, "first", self.first.upper())


@made_fast
@dataclass(frozen=True, slots=True)
class Fast:
    first: str
    second: int = 7
    third: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        object.__setattr__(self, "first", self.first.upper())


@pytest.mark.parametrize(
    ("given", "named"),
    [(("a",), {}), (("a", 1), {}), (("a",), {"third": [2]}), ((), {"second": 3, "first": "b"})],
)
def test_it_holds_what_it_was_given(given, named):
    one, two = Plain(*given, **named), Fast(*given, **named)
    assert (one.first, one.second, one.third) == (two.first, two.second, two.third)
    assert pickle.loads(pickle.dumps(two)) == two == replace(two)


def test_each_object_has_a_default_of_its_own():
    assert Fast("a").third is not Fast("a").third


def test_it_stays_frozen_and_says_what_it_takes():
    with pytest.raises(FrozenInstanceError):
        Fast("a").second = 8  # type: ignore[misc]
    with pytest.raises(TypeError):
        Fast()  # type: ignore[call-arg]
    assert inspect.signature(Fast) == inspect.signature(Plain)


def test_unchecked_it_looks_at_nothing():
    assert Fast.unchecked("a", third=[1]).first == "a"  # type: ignore[attr-defined]
    assert Fast.unchecked("A") == Fast("a")  # type: ignore[attr-defined]


def test_replaced_gives_what_dataclasses_replace_gives():
    made = Fast("a", 1, [2])
    assert replaced(made, second=3) == replace(made, second=3) == Fast("a", 3, [2])
    assert replaced(made).third is made.third
    with pytest.raises(TypeError):
        replaced(made, fourth=4)
