from typing import Any

import pytest

from reports.summaries import finding_rows, letterhead, progress, site_name
from sessions.models import TreatmentSession
from tests import factories
from tests.reports.conftest import RecordOfOne, make_session

pytestmark = pytest.mark.django_db


def test_a_side_that_was_not_tested_says_so_and_counts_as_different(
    record_of_one: RecordOfOne,
) -> None:
    record_of_one.assessment.findings.filter(site="deltoid", side="left").delete()
    rows = {row.site: row for row in finding_rows(list(record_of_one.assessment.findings.all()))}
    assert (rows["Deltoid"].right, rows["Deltoid"].left) == ("3", "not tested")
    assert rows["Deltoid"].differs


def test_strength_is_written_as_it_is_graded() -> None:
    assessment = factories.make_assessment()
    assessment.findings.create(
        sign="strength_mrc", site="deltoid", side="right", value="4.33", is_pain_inhibited=True
    )
    assessment.findings.create(sign="strength_mrc", site="deltoid", side="left", value="5")
    [row] = finding_rows(list(assessment.findings.all()))
    assert (row.right, row.left) == ("4+ (pain-inhibited)", "5")


def test_a_site_that_is_no_muscle_keeps_its_name() -> None:
    assert site_name("C6") == "C6"


def test_progress_has_one_row_a_signed_session_and_gaps_stay_gaps(
    record_of_one: RecordOfOne,
) -> None:
    make_session(record_of_one.patient, pain_before=4)
    factories.make_treatment(record_of_one.patient)
    summary = progress(record_of_one.patient)
    assert [row.pain_before for row in summary.rows] == [7, 4]
    assert {(row.soreness_24, row.soreness_48) for row in summary.rows} == {(4, None)}
    assert summary.sentence == "Pain before the session: 7 to 4 over 2 sessions."


def test_one_session_is_no_trend(record_of_one: RecordOfOne) -> None:
    assert "needs two sessions" in progress(record_of_one.patient).sentence


def test_progress_asks_the_same_questions_whatever_the_number_of_sessions(
    record_of_one: RecordOfOne, django_assert_num_queries: Any
) -> None:
    for _ in range(2):
        with django_assert_num_queries(4):
            progress(record_of_one.patient)
        make_session(record_of_one.patient)
    assert TreatmentSession.objects.count() == 3


def test_the_head_of_a_document_works_before_a_location_exists() -> None:
    head = letterhead(factories.make_patient())
    assert (head.clinic, head.contact, head.time_zone) == ("IMS Clinic", "", "America/Vancouver")
