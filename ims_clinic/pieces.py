"""Pieces of the calendar as HTML, kept in memory: every open screen reads the day each 15 seconds.

A template here sees nothing but the value it is kept under, so a kept piece is never out of date.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ims_clinic.month import Month
from intake.status import IntakeBadge
from scheduling.status import Act, Look


@dataclass(frozen=True)
class Shown:
    """All that a card shows of an appointment."""

    number: int
    version: int
    patient: str
    type: str
    status: str
    time: str
    classes: str
    look: Look
    badge: IntakeBadge | None
    act: Act | None


@lru_cache(maxsize=1000)
def card_html(shown: Shown) -> SafeString:
    return render_to_string("clinic/calendar_card.html", {"card": shown})


@lru_cache(maxsize=50)
def month_html(month: Month) -> SafeString:
    return render_to_string("clinic/calendar_month.html", {"month": month})
