"""The re-test of a session: what is offered, kept, closed and read."""

from collections.abc import Callable
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessment.models import Finding
from clinical.retest import Tally
from people.models import Patient, Practitioner
from sessions.drafts import AlreadySigned
from sessions.models import Retest, TreatmentSession
from sessions.needling import remove_muscle
from sessions.page import rows_of
from sessions.retest_page import RetestPage
from sessions.retesting import changes_of, save_retest
from tests import factories
from tests.sessions.conftest import finish, make_flagged_assessment, needle

TONE, TENDER, RANGE = "muscle_tone", "tenderness", "joint_range"


@pytest.fixture
def assessed(patient: Patient, practitioner: Practitioner) -> TreatmentSession:
    """Deltoid right needled for C5; the assessment graded deltoid, infraspinatus and a range."""
    assessment = make_flagged_assessment(patient, is_signed=False)
    Finding.objects.create(
        assessment=assessment, sign=RANGE, site="neck_rotation", side="right", value=50
    )
    assessment.signed_at = timezone.now()
    assessment.save()
    treatment = factories.make_treatment(patient, practitioner=practitioner, assessment=assessment)
    needle(treatment, "deltoid", segment="C5")
    return treatment


def page_of(treatment: TreatmentSession) -> RetestPage:
    return RetestPage(treatment, rows_of(treatment))


def save(treatment: TreatmentSession, site: str, sign: str = TONE, **values: int | None) -> None:
    numbers = {name: None if v is None else Decimal(v) for name, v in values.items()}
    save_retest(treatment=treatment, sign=sign, site=site, side="right", **numbers)


def test_the_needled_come_first_then_neighbours_then_ranges(assessed: TreatmentSession) -> None:
    groups = [(place.place.site, place.group) for place in page_of(assessed).places]
    assert groups[0] == ("deltoid", "Needled")
    assert groups[1:3] == [
        ("supraspinatus", "Not needled, same root C5"),
        ("infraspinatus", "Not needled, same root C5"),
    ]
    assert groups[-1] == ("neck_rotation", "Range")


def test_the_value_before_comes_from_the_assessment_with_its_day(
    assessed: TreatmentSession,
) -> None:
    line = page_of(assessed).places[0].lines[0]
    today = timezone.localdate(assessed.started_at, ZoneInfo(settings.CLINIC_TIME_ZONE))
    assert (line.before.value, line.before.day) == (3, today)
    save(assessed, "deltoid", after=1)
    row = assessed.retests.get()
    assert (row.before, row.before_on, row.after, row.root) == (3, line.before.day, 1, "C5")


def test_a_value_before_that_is_entered_has_no_day_of_an_assessment(
    assessed: TreatmentSession,
) -> None:
    save(assessed, "deltoid", before=4, after=2)
    assert assessed.retests.values_list("before", "before_on").get() == (4, None)


def test_not_tested_is_never_unchanged(assessed: TreatmentSession) -> None:
    save(assessed, "supraspinatus", after=2)
    page = page_of(assessed)
    assert page.sentence == "Not needled, same root C5: not tested before and after."
    [(_place, line)] = page.lines_entered
    assert (line.before_words, line.after_words, line.change_words) == ("not tested", "2", "")


def test_a_row_in_which_nothing_is_entered_any_more_is_gone(assessed: TreatmentSession) -> None:
    save(assessed, "deltoid", after=1)
    save(assessed, "deltoid", after=None)
    assert list(assessed.retests.all()) == []


@pytest.mark.parametrize(
    ("site", "sign", "value"),
    [("deltoid", TONE, 5), ("deltoid", RANGE, 50), ("soleus", TONE, 1), ("nothing", TONE, 1)],
)
def test_what_is_not_tested_here_or_off_the_scale_is_refused(
    assessed: TreatmentSession, site: str, sign: str, value: int
) -> None:
    with pytest.raises(ValidationError):
        save(assessed, site, sign, after=value)
    assert list(assessed.retests.all()) == []


def test_what_was_tested_again_stays_when_its_muscle_is_taken_out(
    assessed: TreatmentSession,
) -> None:
    save(assessed, "deltoid", after=1)
    remove_muscle(row=assessed.muscles.get())
    [place] = page_of(assessed).places
    assert (place.place.site, place.group) == ("deltoid", "Not needled, same root C5")


def test_a_signed_session_refuses_a_retest(assessed: TreatmentSession) -> None:
    with pytest.raises(AlreadySigned):
        save(finish(assessed, "infraspinatus"), "deltoid", after=1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE treatment_sessions_retest SET after = 0 WHERE id = {row}",
        "DELETE FROM treatment_sessions_retest WHERE id = {row}",
        (
            "INSERT INTO treatment_sessions_retest (treatment_id, sign, site, side, root, after) "
            "VALUES ({treatment}, 'tenderness', 'deltoid', 'right', '', 0)"
        ),
    ],
)
def test_the_database_itself_keeps_a_signed_retest_closed(
    assessed: TreatmentSession, statement: str
) -> None:
    save(assessed, "deltoid", after=1)
    finish(assessed, "infraspinatus")
    places = {"treatment": assessed.pk, "row": assessed.retests.get().pk}
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(**places))


@pytest.mark.parametrize(
    "fields",
    [
        {"after": 5},
        {"before": -1},
        {"side": "both", "after": 1},
        {"sign": "reflex", "after": 1},
        {},
    ],
)
def test_a_value_that_must_never_be_true_is_refused_by_the_database(
    treatment: TreatmentSession, fields: dict[str, object]
) -> None:
    values = {"sign": TONE, "site": "deltoid", "side": "right", **fields}
    with pytest.raises(DatabaseError), transaction.atomic():
        Retest.objects.create(treatment=treatment, **values)


def test_the_progress_reads_needled_and_not_needled_apart(
    assessed: TreatmentSession,
    patient: Patient,
    make_signed: Callable[..., TreatmentSession],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_signed("soleus", days_ago=7)
    save(assessed, "deltoid", after=1)
    save(assessed, "infraspinatus", after=2)
    save(assessed, "supraspinatus", TENDER, after=1)
    finish(assessed, "soleus")
    with django_assert_num_queries(3):
        [change] = changes_of(patient)
    assert change.treatment_id == assessed.pk
    assert (change.needled[TONE], change.not_needled[TONE]) == (Tally(1, 0, 0), Tally(0, 1, 0))
    assert change.not_needled[TENDER] == Tally(1, 0, 0)


def test_a_tap_answers_with_its_row_and_the_sentence(
    assessed: TreatmentSession, physio: Client
) -> None:
    answer = physio.post(
        reverse("sessions:retest", args=[assessed.pk]),
        {"site": "deltoid", "side": "right", "muscle_tone-after": "1"},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert 'id="retest-deltoid-right"' in answer
    assert "Needled: 1 of 1 softer." in answer


def test_without_script_a_tap_leads_back_to_its_row(
    assessed: TreatmentSession, physio: Client
) -> None:
    answer = physio.post(
        reverse("sessions:retest", args=[assessed.pk]),
        {"site": "neck_rotation", "side": "right", "joint_range-after": "62,5"},
    )
    assert answer.url.endswith(f"/sessions/{assessed.pk}/#retest-neck_rotation-right")
    assert assessed.retests.get().after == Decimal("62.5")


@pytest.mark.parametrize(
    "posted",
    [
        {"muscle_tone-after": "9"},
        {"muscle_tone-after": "x"},
        {},
        {"side": "middle", "muscle_tone-after": "1"},
        {"muscle_tone-after": "1", "tenderness-after": "1"},
    ],
)
def test_a_wrong_tap_saves_nothing_and_says_so(
    assessed: TreatmentSession, physio: Client, posted: dict[str, str]
) -> None:
    answer = physio.post(
        reverse("sessions:retest", args=[assessed.pk]),
        {"site": "deltoid", "side": "right", **posted},
        headers={"HX-Request": "true"},
    )
    assert (answer.status_code, assessed.retests.count()) == (422, 0)
    assert "Not saved." in answer.content.decode()


def test_the_retest_stands_in_the_review_and_on_the_signed_page(
    assessed: TreatmentSession, physio: Client
) -> None:
    save(assessed, "infraspinatus", after=1)
    address = reverse("sessions:detail", args=[assessed.pk])
    review = physio.get(f"{address}sign/").content.decode()
    finish(assessed, "soleus")
    for page in (review, physio.get(address).content.decode()):
        assert "Not needled, same root C5: 1 of 1 softer." in page


def test_rows_of_the_retest_cost_no_query_each(
    assessed: TreatmentSession, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def look() -> int:
        page = page_of(TreatmentSession.objects.select_related("assessment").get(pk=assessed.pk))
        return len(page.places) + len(page.sentence)

    with django_assert_num_queries(4):
        look()
    for muscle in ("biceps_brachii", "brachioradialis"):
        needle(assessed, muscle, segment="C6")
        save(assessed, muscle, after=1)
    with django_assert_num_queries(4):
        look()
