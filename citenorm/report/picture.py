"""How many references came out how → a bar in SVG and a legend that filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .card import OUTCOMES, Card

WIDTH = 1000
"""Units of the bar's view box."""


def counts_of(cards: Iterable[Card]) -> dict[str, int]:
    """Outcome → how many, in the order of ``OUTCOMES``, those that occur."""
    counted = Counter(card.outcome for card in cards)
    return {name: counted[name] for name in OUTCOMES if counted[name]}  # type: ignore[index]


def bar(counts: dict[str, int]) -> str:
    """A bar whose parts are as wide as their numbers; the words stand in its label and in the legend."""
    total = sum(counts.values())
    if not total:
        return ""
    told = ", ".join(f"{n} {OUTCOMES[name][0]}" for name, n in counts.items())
    parts, at = [], 0.0
    for name, n in counts.items():
        wide = WIDTH * n / total
        parts.append(
            f'<rect class="f-{name}" x="{at:.1f}" width="{max(wide - 2, 1):.1f}" height="24"/>'
        )
        at += wide
    return (
        f'<svg class=bar viewBox="0 0 {WIDTH} 24" preserveAspectRatio="none" role=img aria-label="{told}">'
        f"{''.join(parts)}</svg>"
    )


def legend(counts: dict[str, int]) -> str:
    """One button per outcome, with its number and meaning; it filters where scripts run."""
    return "".join(
        f'<button type=button class=key data-o={name} aria-pressed=false title="{OUTCOMES[name][1]}">'
        f"<span class=dot></span><b>{n}</b> {OUTCOMES[name][0]}</button>"
        for name, n in counts.items()
    )
