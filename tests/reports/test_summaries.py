import pytest

from reports.summaries import finding_rows, letterhead, site_name
from tests import factories
from tests.reports.conftest import RecordOfOne

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


def test_the_head_of_a_document_works_before_a_location_exists() -> None:
    head = letterhead(factories.make_patient())
    assert (head.clinic, head.contact, head.time_zone) == ("IMS Clinic", "", "America/Vancouver")
