"""A session begun from the last one; defaults, twitches and what the patient felt."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from people.models import Practitioner
from sessions.choices import Felt
from sessions.models import NeedledMuscle, TreatmentSession
from sessions.needling import change_muscle, move_to_side, save_details
from sessions.page import dose_in_words
from sessions.repeating import leave_twitches_not_noted, repeat_last_session
from tests import factories
from tests.sessions.conftest import needle

Signed = Callable[..., TreatmentSession]


def test_the_rows_of_the_last_session_come_again_without_what_was_seen(
    treatment: TreatmentSession, make_signed: Signed
) -> None:
    make_signed("deltoid", "soleus", days_ago=7)
    needle(treatment, "soleus", insertions=4)
    rows = repeat_last_session(treatment=treatment)
    assert [(row.muscle, row.twitch, row.felt) for row in rows] == [("deltoid", "", "not_noted")]
    with pytest.raises(ValidationError, match="no row"):
        repeat_last_session(treatment=treatment)


def test_open_twitches_become_not_noted_and_answers_stay(treatment: TreatmentSession) -> None:
    needle(treatment, "deltoid", twitch="")
    needle(treatment, "soleus", twitch="weak")
    leave_twitches_not_noted(treatment=treatment)
    assert list(treatment.muscles.values_list("twitch", flat=True)) == ["not_noted", "weak"]


def test_a_first_needle_is_that_of_the_muscle_s_depth(treatment: TreatmentSession) -> None:
    row = needle(treatment, "piriformis")
    assert (row.needle_gauge_mm, row.needle_length_mm) == (Decimal("0.30"), 60)


def test_the_patient_s_own_last_needle_comes_before_the_physiotherapist_s(
    treatment: TreatmentSession, practitioner: Practitioner
) -> None:
    needle(treatment, "deltoid", needle_length_mm=25, needle_gauge_mm="0.25")
    other = factories.make_treatment(practitioner=practitioner)
    assert needle(other, "deltoid").needle_length_mm == 25
    change_muscle(row=other.muscles.get(), needle_length_mm=50)
    again = factories.make_treatment(treatment.patient, practitioner=practitioner)
    assert needle(again, "deltoid").needle_length_mm == 25


def test_a_twitch_that_is_none_has_no_count(treatment: TreatmentSession) -> None:
    row = needle(treatment, twitch="strong", twitch_count=3)
    assert change_muscle(row=row, twitch="weak").twitch_count == 3
    assert change_muscle(row=row, twitch="none").twitch_count is None
    with pytest.raises(ValidationError):
        change_muscle(row=row, twitch_count=3)
    for wrong in ({"twitch_count": 3}, {"twitch": "weak", "twitch_count": 100}, {"felt": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            NeedledMuscle.objects.filter(pk=row.pk).update(**wrong)


@pytest.mark.parametrize(
    ("before", "tapped", "after"),
    [
        (Felt.NOT_NOTED, Felt.ACHE, Felt.ACHE),
        (Felt.ACHE, Felt.FAMILIAR, Felt.BOTH),
        (Felt.BOTH, Felt.ACHE, Felt.FAMILIAR),
        (Felt.ACHE, Felt.ACHE, Felt.NOT_NOTED),
        (Felt.BOTH, Felt.NEITHER, Felt.NEITHER),
        (Felt.NEITHER, Felt.FAMILIAR, Felt.FAMILIAR),
        (Felt.NEITHER, Felt.NEITHER, Felt.NOT_NOTED),
    ],
)
def test_both_things_may_be_felt(before: Felt, tapped: Felt, after: Felt) -> None:
    assert before.tapped(tapped) is after


def test_a_muscle_changes_its_side_unless_it_is_there_already(
    treatment: TreatmentSession,
) -> None:
    right = needle(treatment, "deltoid", note="deep")
    assert move_to_side(row=right, side="left").note == "deep"
    needle(treatment, "deltoid", side="right")
    with pytest.raises(ValidationError, match="already in the session"):
        move_to_side(row=right, side="right")


def test_the_page_saves_the_count_of_twitches_and_refuses_a_wrong_one(
    treatment: TreatmentSession, physio: Client
) -> None:
    row = needle(treatment, twitch="strong")
    address = f"/needled/{row.pk}/"
    physio.post(address, {"twitch_count": "4"})
    refusal = physio.post(address, {"twitch_count": "100"}, follow=True).content.decode()
    assert "Enter the twitches as a number from 1 to 99" in refusal
    physio.post(address, {"felt": "both"})
    row.refresh_from_db()
    assert (row.twitch_count, row.felt) == (4, "both")
    physio.post(address, {"twitch": "none"})
    refusal = physio.post(address, {"twitch_count": "2"}, follow=True).content.decode()
    assert "Only a weak or strong twitch is counted" in refusal


def test_before_shows_the_last_dose_and_takes_the_last_site(
    treatment: TreatmentSession, make_signed: Signed, physio: Client
) -> None:
    last = make_signed("deltoid", days_ago=7, site="Right shoulder")
    TreatmentSession.objects.filter(pk=treatment.pk).update(started_at=timezone.now())
    address = f"/sessions/{treatment.pk}/"
    page = physio.get(address).content.decode()
    assert "After: 1 needle, twitch in 1 of 1 rows, 0.30 × 40 mm" in page
    assert "Same as last: Right shoulder" in page
    treatment.refresh_from_db()
    physio.post(f"{address}save/", {"site": "Right shoulder", "same": "1"})
    save_details(treatment=treatment, changes_since="Slept better")
    assert "Slept better" in physio.get(f"{address}sign/").content.decode()
    assert dose_in_words([]) == "no needles"
    assert last.site == TreatmentSession.objects.get(pk=treatment.pk).site
