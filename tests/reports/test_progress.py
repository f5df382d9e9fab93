"""The course of a patient: what the page and the document are drawn from."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from assessment.choices import Decision
from assessment.models import Assessment, FlagDecision, SegmentFlag
from clinical.outcome_measures import measures
from people.models import Patient, Practitioner
from reports.progress import progress
from reports.progress_charts import frame_of, plots
from sessions.models import NeedledMuscle, SorenessFollowUp, TreatmentSession
from sessions.outcomes import Taken, record_score
from tests import factories
from tests.reports.conftest import WINTER_MORNING

MakeVisit = Callable[..., TreatmentSession]


@pytest.fixture
def patient(db: None) -> Patient:
    factories.make_location()
    return factories.make_cleared_patient()


@pytest.fixture
def visit(patient: Patient) -> MakeVisit:
    """A signed session a week after the one before, of one muscle unless more are named."""
    therapist = factories.make_practitioner()

    def make(*rows: dict[str, Any], soreness: int | None = None, **fields: Any) -> TreatmentSession:
        known = TreatmentSession.objects.filter(patient=patient).count()
        values = {
            "practitioner": therapist,
            "started_at": WINTER_MORNING + timedelta(weeks=known),
            "pain_before": 7 - known,
            "pain_after": 3,
            **fields,
        }
        treatment = factories.make_treatment(patient, **values)
        for row in rows or ({},):
            needle = {"muscle": "deltoid", "side": "right", "segment": "C5", "insertions": 2, **row}
            NeedledMuscle.objects.create(treatment=treatment, **needle)
        SorenessFollowUp.objects.create(
            treatment=treatment, hours=24, due_at=WINTER_MORNING, soreness=soreness
        )
        treatment.signed_at, treatment.signed_by = WINTER_MORNING, therapist.user
        treatment.save()
        return treatment

    return make


def flagged(patient: Patient, root: str = "C5", days: int = -1) -> Assessment:
    at = WINTER_MORNING + timedelta(days=days)
    one = factories.make_assessment(patient, created_at=at)
    SegmentFlag.objects.create(assessment=one, root=root, side="right", label="strong", score=2)
    Assessment.objects.filter(pk=one.pk).update(signed_at=at)
    return one


def scored(patient: Patient, *scores: int, name: str = "psfs") -> None:
    by = factories.make_user()
    for week, score in enumerate(scores):
        taken = Taken(Decimal(score), date(2026, 1, 5) + timedelta(weeks=week))
        record_score(patient=patient, measure=measures()[name], taken=taken, by=by)


def test_a_visit_is_one_signed_session_and_gaps_stay_gaps(
    patient: Patient, visit: MakeVisit
) -> None:
    visit(soreness=4)
    visit(pain_before=None)
    factories.make_treatment(patient)
    found = progress(patient).visits
    assert [one.pain_before for one in found] == [7, None]
    assert [(one.soreness_24, one.soreness_48) for one in found] == [(4, None), (None, None)]


def test_an_evening_session_stands_under_its_own_day(patient: Patient, visit: MakeVisit) -> None:
    visit(started_at=WINTER_MORNING.replace(day=16, hour=1))  # 15 December, 18:30 in Vancouver
    [one] = progress(patient).visits
    assert one.day == date(2026, 12, 15)
    assert frame_of([one]).labels == ("15 Dec",)


def test_the_trend_begins_with_the_third_session(patient: Patient, visit: MakeVisit) -> None:
    visit()
    visit()
    assert progress(patient).sentence == "Trend from 3 sessions on."
    assert plots(progress(patient)) == ()
    visit()
    assert progress(patient).sentence == "Pain before the session: 7 → 5 over 3 sessions."
    assert [one.name for one in plots(progress(patient))] == [
        "pain",
        "soreness",
        "twitch",
        "dose",
        "levels",
    ]


def test_each_chart_says_its_sentence_and_its_table_has_the_same_numbers(
    patient: Patient, visit: MakeVisit
) -> None:
    visit({"twitch": "strong"}, {"muscle": "infraspinatus", "twitch": "none"}, soreness=4)
    visit({"twitch": "weak", "insertions": 7}, soreness=0)
    visit({"segment": ""})
    found = {one.name: one for one in plots(progress(patient))}
    assert {name: one.sentence for name, one in found.items()} == {
        "pain": "Pain before the session: 7 → 5 over 3 sessions.",
        "soreness": "After 24 h 2.0 on average (2 of 3 answered); after 48 h no answer of 3.",
        "twitch": "A twitch in 2 of 3 muscles noted; 1 not noted.",
        "dose": "2 to 7 insertions a session, 13 in all.",
        "levels": "Needled most: C5 right (2 sessions).",
    }
    assert [row[1:] for row in found["soreness"].rows] == [("4", "–"), ("0", "–"), ("–", "–")]
    assert [row[1] for row in found["levels"].rows] == ["4", "7", "0"]


def test_the_levels_are_those_needled_and_those_whose_flag_holds(
    patient: Patient, visit: MakeVisit
) -> None:
    one = factories.make_assessment(patient)
    for root, is_accepted in (("C6", True), ("C7", False)):
        SegmentFlag.objects.create(
            assessment=one,
            root=root,
            side="right",
            label="strong",
            score=2,
            is_accepted=is_accepted,
        )
    visit(assessment=one)
    [shown] = progress(patient).visits
    assert (dict(shown.levels), shown.flagged) == (
        {("C5", "right"): 2},
        frozenset({("C6", "right")}),
    )


def test_a_rejected_flag_is_no_level(patient: Patient, visit: MakeVisit) -> None:
    one = factories.make_assessment(patient)
    SegmentFlag.objects.create(assessment=one, root="C6", side="right", label="strong", score=2)
    FlagDecision.objects.create(
        assessment=one,
        root="C6",
        side="right",
        decision=Decision.REJECTED,
        reason="old injury",
        decided_by=factories.make_user(),
    )
    visit(assessment=one)
    assert progress(patient).visits[0].flagged == frozenset()


def test_one_side_shows_its_sessions_and_its_rows_only(patient: Patient, visit: MakeVisit) -> None:
    left = {"muscle": "infraspinatus", "side": "left"}
    visit({}, left)
    visit()
    assert [one.insertions for one in progress(patient).visits] == [4, 2]
    assert [one.insertions for one in progress(patient, side="left").visits] == [2]
    assert [one.insertions for one in progress(patient, side="right").visits] == [2, 2]
    assert len(progress(patient, side="middle").visits) == 2


def test_one_site_shows_its_sessions_only(patient: Patient, visit: MakeVisit) -> None:
    visit(site="Right: shoulder")
    visit(site="Left: calf")
    summary = progress(patient, site="Left: calf")
    assert ([one.number for one in summary.visits], summary.sites) == (
        [2],
        ("Left: calf", "Right: shoulder"),
    )
    assert summary.choice.query == "?site=Left%3A+calf"


def test_a_change_of_therapist_and_a_skipped_reassessment_are_marked(
    patient: Patient, visit: MakeVisit, settings: Any
) -> None:
    settings.REASSESS_EVERY = 2
    flagged(patient)
    other: Practitioner = factories.make_practitioner()
    for number in range(4):
        visit(**({"practitioner": other} if number == 1 else {}))
    found = progress(patient).visits
    assert [one.is_new_therapist for one in found] == [False, True, True, False]
    assert [one.is_overdue for one in found] == [False, False, True, False]
    assert [(mark.index, mark.letter) for mark in frame_of(found).marks] == [(1, "T"), (2, "TR")]


def test_a_reassessment_in_time_is_no_mark(
    patient: Patient, visit: MakeVisit, settings: Any
) -> None:
    settings.REASSESS_EVERY = 2
    flagged(patient)
    flagged(patient, days=13)
    for _ in range(4):
        visit()
    assert not progress(patient).has_marks


def test_a_score_is_drawn_with_its_band_and_said_in_words(
    patient: Patient, visit: MakeVisit
) -> None:
    for _ in range(3):
        visit()
    scored(patient, 3, 4, 6)
    scored(patient, 5, name="nprs")
    summary = progress(patient)
    [plot] = [one for one in plots(summary) if one.name.startswith("score")]
    assert (
        plot.sentence
        == "Own activities: 3 → 6, better by at least the smallest change that matters."
    )
    assert 'class="bd"' in plot.svg
    assert summary.score_rows == (
        ("Pain", "5, 5 Jan 2026", "–", "2 (FARRAR2001)"),
        ("Own activities", "3, 5 Jan 2026", "6, 19 Jan 2026", "2 (RYSSTAD2020)"),
    )


def test_scores_of_other_activities_do_not_compare(patient: Patient, visit: MakeVisit) -> None:
    for _ in range(3):
        visit()
    by = factories.make_user()
    rated = [("Sleep", 2), ("Sleep", 6), ("Drive", 3)]
    for week, answer in enumerate(rated):
        taken = Taken(Decimal(answer[1]), date(2026, 1, 5) + timedelta(weeks=week), (answer,))
        record_score(patient=patient, measure=measures()["psfs"], taken=taken, by=by)
    plot = plots(progress(patient))[-1]
    assert plot.sentence == "Own activities: 3, nothing to compare with yet."
    assert "A: other activities from here on" in plot.key
    assert progress(patient).score_rows[0][1:3] == ("3, 19 Jan 2026", "–")


def test_paper_shows_the_newest_sessions(patient: Patient, visit: MakeVisit) -> None:
    for number in range(14):
        visit(pain_before=number % 10)
    summary = progress(patient)
    assert [len(one.rows) for one in plots(summary, is_paper=True)] == [10] * 5
    assert (len(summary.newest), summary.earlier) == (10, 4)


def test_progress_asks_the_same_questions_whatever_the_number_of_sessions(
    patient: Patient, visit: MakeVisit, django_assert_num_queries: Any
) -> None:
    visit(assessment=flagged(patient))
    scored(patient, 3)
    with django_assert_num_queries(9) as asked:
        plots(progress(patient))
    visit(assessment=flagged(patient, days=6))
    visit(assessment=flagged(patient, days=13))
    scored(patient, 4, 5)
    with django_assert_num_queries(len(asked)):
        plots(progress(patient))
