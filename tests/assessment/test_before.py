"""With which signed assessment a draft is compared."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from assessment.before import last_signed
from assessment.cells import Cell
from assessment.choices import Battery
from assessment.models import Assessment
from assessment.page import tabs_for
from assessment.services import save_cells, sign_assessment
from clinical.vocabulary import Side
from people.models import Patient
from tests import factories

pytestmark = pytest.mark.django_db
DELTOID, SOLEUS = ("tenderness", "deltoid"), ("tenderness", "soleus")
ARM, FOOT = "neck_arm|muscles|Neck and shoulder", "low_back_leg|muscles|Foot"


def signed(patient: Patient, battery: Battery, *places: tuple[str, str], days: int) -> Assessment:
    when = timezone.now() - timedelta(days=days)
    one = factories.make_assessment(patient, battery=battery, created_at=when)
    save_cells(pk=one.pk, cells=[Cell(*place, Side.LEFT, Decimal(2)) for place in places])
    return sign_assessment(assessment=one, by=one.practitioner.user)


def test_a_region_is_compared_with_itself_or_with_what_reached_it() -> None:
    patient = factories.make_patient()
    arm = signed(patient, Battery.NECK_ARM, DELTOID, days=9)
    signed(patient, Battery.LOW_BACK_LEG, SOLEUS, days=8)
    signed(patient, Battery.FULL, SOLEUS, days=7)
    draft = factories.make_assessment(patient, battery=Battery.NECK_ARM)
    assert last_signed(draft) == arm
    full = signed(patient, Battery.FULL, DELTOID, days=6)
    assert last_signed(draft) == full


def test_a_selection_is_compared_muscle_by_muscle_whatever_it_came_from() -> None:
    patient = factories.make_patient()
    arm = signed(patient, Battery.NECK_ARM, DELTOID, days=9)
    signed(patient, Battery.LOW_BACK_LEG, SOLEUS, days=8)
    draft = factories.make_assessment(patient, battery=Battery.CUSTOM, groups=[ARM])
    last = last_signed(draft)
    assert last == arm
    rows = {row.site: row for s in tabs_for(draft, {}, last)[0].sections for row in s.rows}
    assert [cell.last for cell in rows["deltoid"].lines[1].cells] == [None, Decimal(2)]
    assert not rows["deltoid"].is_new
    assert rows["supraspinatus"].is_new


def test_nothing_is_compared_with_a_draft_another_patient_or_a_later_one() -> None:
    patient = factories.make_patient()
    early = timezone.now() - timedelta(days=20)
    draft = factories.make_assessment(patient, battery=Battery.CUSTOM, groups=[FOOT])
    old = factories.make_assessment(patient, battery=Battery.NECK_ARM, created_at=early)
    factories.make_assessment(patient, battery=Battery.FULL, created_at=early)
    signed(patient, Battery.NECK_ARM, DELTOID, days=9)
    signed(factories.make_patient(), Battery.NECK_ARM, DELTOID, days=9)
    assert last_signed(draft) is None
    assert last_signed(old) is None
