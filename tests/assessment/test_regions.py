"""A selection of one's own: picked, kept with the assessment, continued."""

from assessment.models import Assessment
from assessment.page import tabs_for
from assessment.regions import all_picks, battery_of, known_keys
from people.models import Practitioner
from tests import factories
from tests.conftest import client_of

HAND, FOOT = "neck_arm|muscles|Hand", "low_back_leg|muscles|Foot"


def test_a_selection_is_kept_with_the_assessment_and_can_be_changed(
    practitioner: Practitioner,
) -> None:
    patient, physio = factories.make_patient(), client_of(practitioner.user)
    address = f"/patients/{patient.pk}/assessments/new/"
    physio.post(address, {"battery": "custom", "groups": [FOOT, HAND, "made|up|group"]})
    assert not Assessment.objects.exists()
    physio.post(address, {"battery": "custom", "groups": [FOOT, HAND]})
    draft = Assessment.objects.get()
    assert draft.groups == [HAND, FOOT]
    [muscles] = tabs_for(draft, {}, None)
    assert [section.name for section in muscles.sections] == ["Hand", "Foot"]
    assert f'value="{HAND}" checked' in physio.get(address).content.decode()
    physio.post(address, {"battery": "custom", "groups": [FOOT]})
    draft = Assessment.objects.get()
    assert [group.name for group in battery_of(draft).groups] == ["Foot"]


def test_a_selection_of_nothing_is_asked_for_in_words(practitioner: Practitioner) -> None:
    physio = client_of(practitioner.user)
    address = f"/patients/{factories.make_patient().pk}/assessments/new/"
    page = physio.post(address, {"battery": "custom"}).content.decode()
    assert "Pick the groups that you want to examine." in page
    assert 'class="ims-card as-own" open' in page


def test_a_region_takes_no_groups(practitioner: Practitioner) -> None:
    physio = client_of(practitioner.user)
    address = f"/patients/{factories.make_patient().pk}/assessments/new/"
    physio.post(address, {"battery": "full", "groups": [FOOT]})
    assert Assessment.objects.get().groups == []


def test_only_known_groups_are_kept_in_the_order_of_the_form() -> None:
    assert known_keys(["x|y|z", "mid_back|skin|Sweating", FOOT, HAND]) == [
        HAND,
        FOOT,
        "mid_back|skin|Sweating",
    ]
    assert set(all_picks()) == {"Neck and arm", "Mid-back", "Low back and leg", "Head and jaw"}
