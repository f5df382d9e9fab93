"""What the screening says of muscles, beside their rows and on the chart of a draft."""

import pytest
from django.test import Client

from assessment.cautions import cautioned, marks_of
from assessment.choices import Battery
from assessment.models import Assessment
from assessment.page import tabs_for
from clinical.screening import lung_muscles
from intake.precautions import precautions_for
from people.models import Practitioner
from tests import factories
from tests.assessment.test_views import physio

__all__ = ["physio"]

COLLAPSED = {
    "question_id": "previous_pneumothorax",
    "answer": "yes",
    "text": "A collapsed lung",
    "category": "absolute_contraindication",
    "region_scope": "all muscles with pneumothorax_risk = yes",
    "physio_action": "Do not needle over the lung.",
    "urgency": "none",
}
THINNED = {
    **COLLAPSED,
    "question_id": "anticoagulant",
    "text": "A blood thinner",
    "category": "precaution",
    "region_scope": "all; deep non-compressible muscles avoided",
}


@pytest.fixture
def screened(practitioner: Practitioner) -> Assessment:
    """A full examination of a patient with a collapsed lung and a blood thinner."""
    draft = factories.make_assessment(practitioner=practitioner, battery=Battery.FULL)
    factories.make_screening(draft.patient, reasons=[COLLAPSED, THINNED])
    return draft


def test_without_a_screening_nothing_is_marked(draft: Assessment) -> None:
    precautions = precautions_for(draft.patient)
    assert marks_of(precautions) == {}
    rows = [
        row for s in cautioned(tabs_for(draft, {}, None), precautions)[0].sections for row in s.rows
    ]
    assert {row.block for row in rows} == {None}
    assert {row.precautions for row in rows} == {()}
    [rhomboid] = [row for row in rows if row.site == "rhomboid_major"]
    assert "Over the lung: pneumothorax caution." in rhomboid.dangers


def test_a_blocked_muscle_says_so_beside_its_row_and_only_there(screened: Assessment) -> None:
    precautions = precautions_for(screened.patient)
    assert set(marks_of(precautions)) == set(lung_muscles())
    muscles, *others = cautioned(tabs_for(screened, {}, None), precautions)
    rows = {row.site: row for section in muscles.sections for row in section.rows}
    blocked = {site for site, row in rows.items() if row.block}
    assert blocked == set(rows) & set(lung_muscles())
    assert rows["rhomboid_major"].precautions == ()
    assert rows["scalenus_medius"].precautions[-1:] == ("Anticoagulant",)
    assert rows["deltoid"].precautions == ()
    assert all(row.block is None for tab in others for s in tab.sections for row in s.rows)


def test_the_page_and_the_chart_mark_it_with_crosses_and_words(
    physio: Client, screened: Assessment
) -> None:
    page = physio.get(f"/assessments/{screened.pk}/").content.decode()
    assert "<b>Blocked for this patient:</b> Previous collapsed lung" in page
    assert "Needling with care: Anticoagulant" in page
    assert 'id="px"' in page
    assert "muscles over the lung (Previous collapsed lung)" in page
    chart = physio.get(f"/assessments/{screened.pk}/chart/deep/").content.decode()
    for side in ("right", "left"):
        assert f"Rhomboid major, {side}, blocked for this patient: not tested" in chart + page
    assert chart.count('class="x"') > 0
    other = factories.make_assessment(practitioner=screened.practitioner)
    assert 'class="x"' not in physio.get(f"/assessments/{other.pk}/").content.decode()
