from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ims_clinic.month import month_of
from ims_clinic.pieces import Shown, card_html, month_html
from intake.status import SENT
from scheduling.choices import AppointmentStatus as S
from scheduling.status import look_of, usual_act

CARD = Shown(
    number=7,
    version=2,
    patient="Robin Sample",
    type="Follow-up",
    status="Booked",
    time="09:15",
    classes="st-booked at-3 len-6",
    look=look_of(S.BOOKED),
    badge=None,
    act=None,
)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"number": 8}, "/8/"),
        ({"patient": "Dana <b>"}, "Dana &lt;b&gt;"),
        ({"type": "First visit"}, "First visit"),
        ({"status": "Confirmed"}, "Confirmed"),
        ({"time": "10:45"}, "10:45"),
        ({"classes": "at-4"}, 'class="ims-appt at-4"'),
        ({"look": look_of(S.DONE)}, "#i-done"),
        ({"badge": SENT}, "Intake sent"),
        ({"act": usual_act(S.BOOKED, is_day_reached=True), "version": 3}, "?version=3"),
    ],
)
def test_whatever_changes_on_a_card_is_shown_at_once(change: dict[str, Any], words: str) -> None:
    assert words not in card_html(CARD)
    assert words in card_html(replace(CARD, **change))
    assert words not in card_html(CARD)


def test_a_month_marks_its_day_and_today() -> None:
    day, today = date(2026, 11, 26), date(2026, 11, 24)
    assert month_html(month_of(day, today)).count('aria-current="date"') == 1
    assert ' class="today">24<' in month_html(month_of(day, today))
    assert ' class="today">25<' in month_html(month_of(day, date(2026, 11, 25)))
