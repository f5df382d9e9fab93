"""What the history adds: red flags, deficits to refer, and what makes the signs mean less."""

from collections.abc import Iterable

from clinical.entries import Reference
from clinical.segments.findings import Context, Finding
from clinical.segments.report import Message
from clinical.vocabulary import SIDES


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
    for finding in (finding for finding in findings if finding.sign == "strength_mrc"):
        for side in SIDES:
            value = finding.value(side)
            if value is None or value > limit:
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
