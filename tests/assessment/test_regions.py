"""A selection of one's own: picked, kept with the assessment, continued."""

from assessment.models import Assessment, OwnSelection
from assessment.page import tabs_for
from assessment.regions import all_picks, battery_of, known_keys
from assessment.selections import selections_of
from audit.choices import Action
from audit.models import AuditEvent
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


def test_a_selection_with_a_name_is_chosen_again_by_its_practitioner_alone(
    practitioner: Practitioner,
) -> None:
    patient, physio = factories.make_patient(), client_of(practitioner.user)
    address = f"/patients/{patient.pk}/assessments/new/"
    physio.post(address, {"battery": "custom", "groups": [FOOT, HAND], "name": "Hand <and> foot"})
    page = physio.get(address).content.decode()
    assert "<b>Hand &lt;and&gt; foot</b><small>Hand, Foot</small>" in page
    physio.post(address, {"battery": "custom", "groups": [FOOT], "name": "Hand <and> foot"})
    physio.post(address, {"battery": "custom", "groups": [HAND], "name": ""})
    [kept] = selections_of(practitioner.user_id)
    assert (kept.name, kept.groups) == ("Hand <and> foot", (FOOT,))
    other = factories.make_practitioner()
    assert selections_of(other.user_id) == ()
    assert "Hand &lt;and&gt; foot" not in client_of(other.user).get(address).content.decode()
    lines = AuditEvent.objects.filter(subject="assessment_ownselection", action=Action.CHANGE)
    assert [line.detail for line in lines] == ["Hand <and> foot", "Hand <and> foot"]


def test_a_name_that_is_too_long_is_refused(practitioner: Practitioner) -> None:
    physio = client_of(practitioner.user)
    address = f"/patients/{factories.make_patient().pk}/assessments/new/"
    physio.post(address, {"battery": "custom", "groups": [FOOT], "name": "x" * 41})
    assert not Assessment.objects.exists()
    assert not OwnSelection.objects.exists()


def test_a_kept_selection_whose_groups_are_gone_is_left_out(practitioner: Practitioner) -> None:
    OwnSelection.objects.create(practitioner=practitioner, name="Old", groups=["x|y|z"])
    assert selections_of(practitioner.user_id) == ()
