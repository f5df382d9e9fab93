"""Rates with their exact interval, and which groups are too small to be shown. Pure arithmetic."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

CONFIDENCE = 0.95
STEPS = 60


@dataclass(frozen=True)
class Rate:
    """Events for each ``per`` units of exposure, with the 95 % confidence interval."""

    events: int
    exposure: int
    per: int
    rate: float
    low: float
    high: float


def rate_of(events: int, exposure: int, *, per: int = 1000) -> Rate | None:
    """The rate with the exact Poisson interval (GARWOOD1936); None without exposure.

    Exact, because events are few: also no event at all has an upper limit.
    """
    if exposure <= 0:
        return None
    low, high = poisson_interval(events)
    scale = per / exposure
    return Rate(events, exposure, per, events * scale, low * scale, high * scale)


def poisson_interval(events: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The means between which a count is neither surprisingly high nor surprisingly low."""
    tail = (1 - confidence) / 2
    top = events + 10 * math.sqrt(events + 1) + 10
    high = _mean_where(lambda mean: _at_most(events, mean), tail, top)
    if events == 0:
        return 0.0, high
    return _mean_where(lambda mean: _at_most(events - 1, mean), 1 - tail, top), high


def _at_most(count: int, mean: float) -> float:
    """The chance of at most ``count`` events, summed in logarithms; ``mean`` is above zero."""
    terms = (n * math.log(mean) - mean - math.lgamma(n + 1) for n in range(count + 1))
    return math.fsum(math.exp(term) for term in terms)


def _mean_where(chance: Callable[[float], float], wanted: float, top: float) -> float:
    """The mean at which a falling ``chance`` reaches ``wanted``, by halving."""
    low, high = 0.0, top
    for _ in range(STEPS):
        middle = (low + high) / 2
        if chance(middle) > wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def hidden_groups(people: Mapping[str, int], least: int) -> frozenset[str]:
    """Groups of a table that are not shown: those of fewer than ``least`` people, and more.

    What is hidden could be worked out from a total and the groups shown. So at least two groups
    are hidden when one is, and together they hold at least ``least`` people: the smallest shown
    group is hidden until that is so. A group of nobody hides nothing and is never hidden.
    """
    hidden = {name for name, count in people.items() if 0 < count < least}
    shown = sorted((n for n in people if people[n] >= least), key=lambda name: people[name])
    while hidden and shown and (len(hidden) < 2 or sum(people[n] for n in hidden) < least):
        hidden.add(shown.pop(0))
    return frozenset(hidden)
