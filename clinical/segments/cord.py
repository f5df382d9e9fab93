"""Signs of the spinal cord and of the cauda equina: they stop the reasoning about segments."""

import functools
from collections.abc import Iterable, Sequence

from clinical.entries import Reference
from clinical.segments.findings import Finding
from clinical.segments.report import Message
from clinical.segments.severity import severity
from clinical.segments.symmetry import equal_deficits
from clinical.vocabulary import Side


def cord_flags(findings: Sequence[Finding], reference: Reference) -> list[Message]:
    """Every sign of the cord or the cauda equina, whether or not anybody ticked a red flag."""
    messages = [message for f in findings for message in _of_one_finding(f, reference)]
    signs = reference.model.signs
    skin = (f for f in findings if signs[f.sign].group == "sensory")
    both = [f for f in skin if _is_changed_on_both_sides(f, reference)]
    if any(f.site in reference.model.red_flags.saddle_on_both_sides for f in both):
        messages.append(SADDLE_BOTH)
    if _has_sensory_level(both, reference):
        messages.append(SENSORY_LEVEL)
    if _has_lively_legs(findings, reference):
        messages.append(LIVELY_LEGS)
    return list(dict.fromkeys(messages))


@functools.lru_cache(maxsize=4096)
def _of_one_finding(finding: Finding, reference: Reference) -> tuple[Message, ...]:
    return tuple(
        message
        for side in Side
        if (value := finding.value(side)) is not None
        for message in _one_sided(finding, side, value, reference)
    )


def _one_sided(
    finding: Finding, side: Side, value: float, reference: Reference
) -> Iterable[Message]:
    is_brisk = finding.sign == "reflex" and value >= reference.model.red_flags.reflex_brisk
    if is_brisk or (finding.sign == "umn_signs" and value > 0):
        what = finding.site.replace("_", " ") or "a sign"
        yield _upper_motor_neuron(what, side)
    if _is_saddle(finding, value, reference):
        yield _saddle(side)


def _upper_motor_neuron(what: str, side: Side) -> Message:
    text = (
        f"Upper motor neuron sign on the {side} ({what}): suspect the spinal cord. No level is "
        "suggested. Do not needle; refer on the myelopathy pathway."
    )
    return Message("red_flag_umn", text)


def _saddle(side: Side) -> Message:
    text = (
        f"Saddle sensation, reflex or sphincter is changed on the {side}: possible cauda equina. "
        "No level is suggested. Emergency pathway now."
    )
    return Message("red_flag_saddle", text)


SADDLE_BOTH = Message(
    "red_flag_saddle",
    "S2 is changed on the right and on the left: possible cauda equina. No level is suggested. "
    "Emergency pathway now.",
)
SENSORY_LEVEL = Message(
    "red_flag_cord",
    "Sensation is changed on the right and on the left at several levels of the trunk: suspect "
    "the spinal cord. No level is suggested. Do not needle; refer on the myelopathy pathway.",
)
LIVELY_LEGS = Message(
    "red_flag_cord",
    "Leg reflexes are lively on the right and on the left beside deficits that are equal on the "
    "right and on the left: suspect the spinal cord. No level is suggested. Do not needle; refer "
    "on the myelopathy pathway.",
)


def _is_saddle(finding: Finding, value: float, reference: Reference) -> bool:
    rule, group = reference.model.red_flags, reference.model.signs[finding.sign].group
    if finding.sign == "saddle_sensation":
        return value > 0
    sites = {
        "sensory": rule.saddle_roots,
        "reflex": rule.saddle_reflexes,
        "weakness": rule.saddle_muscles,
    }
    return finding.site in sites.get(group, ()) and severity(finding, value, reference) > 0


@functools.lru_cache(maxsize=1024)
def _is_changed_on_both_sides(finding: Finding, reference: Reference) -> bool:
    values = [finding.value(side) for side in Side]
    return all(value is not None and severity(finding, value, reference) > 0 for value in values)


def _has_sensory_level(both: Iterable[Finding], reference: Reference) -> bool:
    trunk = reference.model.limbs["trunk"]
    levels = {finding.site for finding in both if finding.site in trunk}
    return len(levels) >= reference.model.red_flags.cord_levels


def _has_lively_legs(findings: Sequence[Finding], reference: Reference) -> bool:
    """Lively, and nowhere less, while other signs are lost on both sides at once."""
    rule = reference.model.red_flags
    legs = [f for f in findings if f.sign == "reflex" and f.site in rule.lively_reflexes]
    values = [finding.value(side) for finding in legs for side in Side]
    if not values or any(value is None or value < rule.lively for value in values):
        return False
    deficits = equal_deficits(findings, reference)
    is_weak = any(reference.model.signs[sign].group == "weakness" for sign, _ in deficits)
    return is_weak or len(deficits) >= rule.lively_deficits
