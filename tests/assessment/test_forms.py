from decimal import Decimal

import pytest
from django.http import QueryDict

from assessment.cells import Cell, rows_by_place
from assessment.choices import Decision
from assessment.decisions import Choice, Kept
from assessment.forms import StartForm, plain_cells, posted_cells
from assessment.grid import tabs_of
from assessment.models import Finding
from assessment.review_forms import DecisionForm, SignForm
from clinical.batteries import batteries
from clinical.plan import plan_rows
from clinical.segments import FindingError
from clinical.vocabulary import Side
from tests import factories

HELD = rows_by_place(
    [
        Finding(sign="strength_mrc", site="deltoid", side="right", value=Decimal("4.00")),
        Finding(sign="muscle_tone", site="deltoid", side="left", value=Decimal("2.00")),
    ]
)
STRENGTH = "strength_mrc|deltoid|right"


def asked(text: str) -> tuple[str, list[Cell]]:
    tabs = tabs_of(batteries()["neck_arm"], HELD, HELD)
    return plain_cells(QueryDict(text), HELD, tabs)


def test_a_press_chooses_and_the_same_press_again_clears() -> None:
    _words, (chosen,) = asked("toggle=muscle_tone|deltoid|left|3")
    assert chosen == Cell("muscle_tone", "deltoid", Side.LEFT, Decimal(3))
    _words, (cleared,) = asked("toggle=muscle_tone|deltoid|left|2")
    assert cleared.value is None


def test_pain_is_switched_on_and_stays_with_another_grade() -> None:
    _words, (cell,) = asked(f"toggle={STRENGTH}|pain")
    assert (cell.value, cell.is_pain_inhibited) == (4, True)
    HELD["strength_mrc", "deltoid", "right"].is_pain_inhibited = True
    _words, (other,) = asked(f"toggle={STRENGTH}|3")
    assert (other.value, other.is_pain_inhibited) == (3, True)
    _words, (off,) = asked(f"toggle={STRENGTH}|pain")
    assert (off.value, off.is_pain_inhibited) == (4, False)
    HELD["strength_mrc", "deltoid", "right"].is_pain_inhibited = False


def test_pain_without_a_grade_is_nothing() -> None:
    _words, (cell,) = asked("toggle=strength_mrc|deltoid|left|pain")
    assert (cell.value, cell.is_pain_inhibited) == (None, False)


def test_a_group_and_the_time_before_are_filled() -> None:
    words, cells = asked("fill=reflexes-0")
    assert words == "Reflexes, Tendon reflexes as normal"
    assert {cell.value for cell in cells} == {2}
    words, cells = asked("copy=last")
    assert (words, cells) == ("as the time before", [])


def test_typed_numbers_are_read_and_empty_ones_are_not_tested() -> None:
    text = "numbers=1&number|skin_temperature|hand|right=31.5&number|skin_temperature|hand|left="
    _words, cells = asked(text)
    assert [cell.value for cell in cells] == [Decimal("31.5"), None]


def test_what_the_script_sends_is_read() -> None:
    data = QueryDict("cell=reflex|biceps|right|1&cell=reflex|biceps|left|")
    assert [cell.value for cell in posted_cells(data)] == [1, None]
    with pytest.raises(FindingError):
        posted_cells(QueryDict("cell=nonsense"))


@pytest.mark.django_db
def test_the_start_takes_only_an_appointment_of_the_patient() -> None:
    appointment = factories.make_appointment()
    own = f"battery=neck_arm&appointment={appointment.pk}"
    assert appointment.patient is not None
    assert StartForm(QueryDict(own), patient=appointment.patient).is_valid()
    assert not StartForm(QueryDict(own), patient=factories.make_patient()).is_valid()


@pytest.mark.django_db
def test_the_start_asks_for_a_region() -> None:
    form = StartForm(QueryDict(""), patient=factories.make_patient())
    assert form.errors["battery"] == ["Choose a region to examine."]


def test_only_a_muscle_of_the_plan_can_be_ticked() -> None:
    plan = plan_rows(["C6"])
    rest = {"plan": plan, "seen": "x", "kept": Kept()}
    form = SignForm(QueryDict("planned=brachioradialis|left|C6&seen=x"), **rest)  # type: ignore[arg-type]
    assert form.is_valid()
    assert form.planned == [("brachioradialis", "left", "C6")]
    other = QueryDict("planned=soleus|left|S1&seen=x")
    assert not SignForm(other, **rest).is_valid()  # type: ignore[arg-type]


def decided(text: str) -> DecisionForm:
    return DecisionForm(QueryDict(text), root="C6", side="right")


def test_a_flag_is_accepted_alone_and_refused_only_with_a_reason() -> None:
    assert decided("C6-right-decision=accepted").is_valid()
    assert decided("C6-right-decision=rejected").errors == {"reason": ["Write why."]}
    assert decided("C6-right-decision=rejected&C6-right-reason=old").is_valid()
    assert list(decided("C6-right-decision=amended&C6-right-reason=old").errors) == ["amended_root"]
    amended = "C6-right-decision=amended&C6-right-reason=old&C6-right-amended_"
    form = decided(f"{amended}root=C7&C6-right-amended_side=right")
    assert form.is_valid()
    assert form.choice == Choice("C6", "right", Decision.AMENDED, "old", "C7", "right")
    assert decided("C6-right-reason=x").errors["decision"] == ["Choose accept, reject or amend."]


def test_a_flag_that_is_not_amended_names_no_other_root() -> None:
    form = decided("C6-right-decision=accepted&C6-right-amended_root=C7")
    assert form.is_valid()
    assert form.choice == Choice("C6", "right", Decision.ACCEPTED)
