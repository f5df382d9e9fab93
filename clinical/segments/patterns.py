"""What is looked at before any root: red flags, widespread and symmetric findings."""

from collections.abc import Iterable, Sequence

from clinical.entries import Reference
from clinical.segments.findings import Context, Finding
from clinical.segments.report import Message
from clinical.segments.severity import ROUNDING, Item, severity
from clinical.vocabulary import Side


def cord_flags(findings: Iterable[Finding], reference: Reference) -> list[Message]:
    """Signs of the cord or the cauda equina: they stop the reasoning about segments."""
    rule = reference.model.red_flags
    messages: list[Message] = []
    for finding in findings:
        for side in Side:
            value = finding.value(side)
            if value is None:
                continue
            is_brisk = finding.sign == "reflex" and value >= rule.reflex_brisk
            if is_brisk or (finding.sign == "umn_signs" and value > 0):
                what = _words(finding.site) or "a sign"
                messages.append(_upper_motor_neuron(what, side))
            if _is_saddle(finding, value, reference):
                messages.append(_saddle(side))
    return list(dict.fromkeys(messages))


def _words(name: str) -> str:
    return name.replace("_", " ")


def _upper_motor_neuron(what: str, side: Side) -> Message:
    text = (
        f"Upper motor neuron sign on the {side} ({what}): suspect the spinal cord. No level is "
        "suggested. Do not needle; refer on the myelopathy pathway."
    )
    return Message("red_flag_umn", text)


def _saddle(side: Side) -> Message:
    text = (
        f"Saddle sensation is changed on the {side}: possible cauda equina. No level is "
        "suggested. Emergency pathway now."
    )
    return Message("red_flag_saddle", text)


def _is_saddle(finding: Finding, value: float, reference: Reference) -> bool:
    if finding.sign == "saddle_sensation":
        return value > 0
    is_point = finding.sign in ("light_touch", "pinprick")
    is_saddle_point = is_point and finding.site in reference.model.red_flags.saddle_roots
    return is_saddle_point and severity(finding, value, reference) > 0


def context_flags(context: Context) -> list[Message]:
    """Red flags of the history: shown first, levels second."""
    messages = [Message("red_flag_history", text) for text in context.red_flags]
    if context.has_progressive_weakness:
        text = "Weakness is getting worse: refer to a doctor first."
        messages.append(Message("red_flag_progressive", text))
    if context.has_horner:
        text = (
            "Drooping lid and small pupil (Horner): possible lung apex or neck artery disease. "
            "Refer today."
        )
        messages.append(Message("red_flag_horner", text))
    return messages


def deficit_messages(findings: Iterable[Finding], reference: Reference) -> list[Message]:
    """Strength at or below 3: a neurological deficit that a doctor should see."""
    limit = reference.model.red_flags.weak_at_most
    messages = []
    for finding in findings:
        for side in Side:
            value = finding.value(side)
            if finding.sign != "strength_mrc" or value is None or value > limit:
                continue
            name = reference.muscles[finding.site].name
            pain = ", limited by pain" if finding.is_pain_inhibited(side) else ""
            text = f"{name} on the {side} has strength {value:g}{pain}: 3 or less is referred."
            messages.append(Message("neurological_deficit", text))
    return messages


def confounder_messages(context: Context, reference: Reference) -> list[Message]:
    """What in the history makes the signs mean less."""
    limit = reference.model.red_flags.age_over
    facts = {
        "diabetes": (context.has_diabetes, "Diabetes: nerve signs may come from polyneuropathy."),
        "neuropathy": (context.has_known_neuropathy, "A neuropathy is known: signs mean less."),
        "operation": (context.was_operated, "Earlier operation: old deficits may remain."),
        "age": (
            context.age is not None and context.age > limit,
            f"Over {limit} years: absent ankle reflexes and vibration are common.",
        ),
    }
    return [Message(f"confounder_{key}", text) for key, (applies, text) in facts.items() if applies]


def _tender_sides(finding: Finding, reference: Reference) -> list[Side]:
    if reference.model.signs[finding.sign].group != "palpation":
        return []
    least = reference.model.widespread.clear_tenderness
    return [side for side in Side if (finding.value(side) or 0) >= least]


def is_widespread(findings: Sequence[Finding], reference: Reference) -> bool:
    """Clear tenderness in at least four of five regions of the body, mostly on both sides."""
    rule = reference.model.widespread
    regions: set[str] = set()
    both, muscles = set(), set()
    for finding in findings:
        sides = _tender_sides(finding, reference)
        if not sides:
            continue
        muscles.add(finding.site)
        region = reference.muscles[finding.site].region
        if region in rule.axial:
            regions.add("axial")
        else:
            limb = "upper" if region in rule.upper else "lower"
            regions.update(f"{side} {limb}" for side in sides)
        if len(sides) == 2:
            both.add(finding.site)
    return len(regions) >= rule.regions and len(both) > rule.mostly_symmetric * len(muscles)


def _is_equal_and_abnormal(finding: Finding, reference: Reference) -> bool:
    right, left = finding.value(Side.RIGHT), finding.value(Side.LEFT)
    if right is None or left is None:
        return False
    one, other = severity(finding, right, reference), severity(finding, left, reference)
    difference = abs(one - other)
    is_equal = difference < reference.model.side.smallest_difference - ROUNDING
    return is_equal and min(one, other) >= reference.model.symmetric.abnormal - ROUNDING


def symmetric_groups(findings: Iterable[Finding], reference: Reference) -> set[str]:
    """The groups with something abnormal that is equal on both sides."""
    return {
        reference.model.signs[finding.sign].group
        for finding in findings
        if _is_equal_and_abnormal(finding, reference)
    }


def is_symmetric_deficit(groups: set[str], reference: Reference) -> bool:
    """Two or more of weakness, reflex and sensation reduced equally on both sides."""
    model = reference.model
    neurological = {g for g in groups if g in model.groups and model.groups[g].is_neurological}
    return len(neurological) >= model.symmetric.groups


def is_symmetric_tightness(groups: set[str], items: Iterable[Item]) -> bool:
    """Only palpation is abnormal, and equal on both sides."""
    return "palpation" in groups and not any(item.is_positive for item in items)
