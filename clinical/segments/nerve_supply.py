"""Which nerve supplies what: muscles, skin, reflexes, and the way from the trunk outwards."""

import functools
from collections.abc import Mapping

from clinical.entries import Reference
from clinical.segments.severity import Item


def chain_of(sign: str, site: str, reference: Reference) -> tuple[str, ...]:
    """The nerve of a muscle or muscle test, from the trunk outwards."""
    if site in reference.muscles:
        return reference.muscles[site].nerve_chain
    return reference.model.signs[sign].nerve_chain


def nerve_key(item: Item, reference: Reference) -> str:
    """The nerve of a muscle as the gate counts nerves: branches of one nerve are one."""
    chain = chain_of(item.sign, item.site, reference)
    trunks = reference.model.gate.trunks
    return next((name for name in chain if name not in trunks), chain[-1])


@functools.lru_cache(maxsize=8)
def nerves_of(reference: Reference) -> Mapping[str, int]:
    """Every single nerve with its distance from the trunk."""
    rule = reference.model.nerves
    depths = dict.fromkeys(rule.purely_sensory, 0)
    for muscle in reference.muscles.values():
        for depth, name in enumerate(muscle.nerve_chain):
            if name not in rule.not_single:
                depths[name] = depth
    return depths


@functools.lru_cache(maxsize=8)
def _upstream(reference: Reference) -> Mapping[str, frozenset[str]]:
    """For every nerve itself and the nerves that it leaves."""
    known = nerves_of(reference)
    upstream: dict[str, set[str]] = {name: {name} for name in known}
    for muscle in reference.muscles.values():
        for depth, name in enumerate(muscle.nerve_chain):
            if name in known:
                upstream[name].update(n for n in muscle.nerve_chain[:depth] if n in known)
    for name, parents in reference.model.nerves.parents.items():
        upstream[name].update(parents)
    return {name: frozenset(names) for name, names in upstream.items()}


@functools.lru_cache(maxsize=4096)
def nerves_at(sign: str, site: str, reference: Reference) -> frozenset[str]:
    """The nerves whose damage would explain a finding of this sign at this site."""
    rule, known = reference.model.nerves, nerves_of(reference)
    match reference.model.signs[sign].group:
        case "weakness" | "palpation":
            return frozenset(name for name in chain_of(sign, site, reference) if name in known)
        case "sensory":
            return _upstream(reference).get(site, frozenset(rule.points.get(site, ())))
        case "reflex":
            return frozenset(rule.arcs.get(site, ()))
        case "nerve":
            return frozenset(n for n, names in _upstream(reference).items() if site in names)
        case _:
            return frozenset()


@functools.lru_cache(maxsize=1024)
def place_in(nerve: str, site: str, reference: Reference) -> int:
    """How far along the nerve a muscle is supplied; unnamed muscles come last."""
    order = reference.model.nerves.order.get(nerve, ())
    return order.index(site) if site in order else len(order)
