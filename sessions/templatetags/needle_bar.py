from typing import Any

from django import template

from people.access import CLINICAL
from people.models import Patient
from sessions.count_closing import open_differences

register = template.Library()


@register.inclusion_tag("sessions/_needle_bar.html", takes_context=True)
def needle_bar(context: dict[str, Any], patient: Patient, *, oob: bool = False) -> dict[str, Any]:
    """Needles of this patient that are not accounted for. Who is not clinical reads no number."""
    user = context.get("user")
    return {
        "differences": open_differences(patient),
        "is_clinical": getattr(user, "role", None) in CLINICAL,
        "oob": oob,
    }
