import json

import pytest
from django.utils.translation import override

from intake.choices import AskedBy
from intake.consent import Marks, SecondSigner
from intake.consent_forms import ConsentForm, WithdrawalForm
from intake.consent_text import statements_shown
from tests.intake.conftest import signing

GUARDIAN = {"guardian_name": "Kim Sample", "guardian_relation": "parent"}
ERROR_TARGETS = {"chaperone": "id_chaperone_0"}


def targets(form: ConsentForm) -> list[str]:
    assert not form.is_valid()
    return [target for target, _sentence in form.errors_in_order()]


@pytest.mark.parametrize(
    "missing", [*(s["id"] for s in statements_shown()), "chaperone", "signed_name"]
)
def test_consent_needs_every_tick_the_choice_and_the_name(missing: str) -> None:
    assert ConsentForm(signing()).is_valid()
    target = ERROR_TARGETS.get(missing, f"id_{missing}")
    assert targets(ConsentForm(signing(**{missing: None}))) == [target]


def test_a_missing_tick_is_named_by_its_statement() -> None:
    form = ConsentForm(signing(consent_stop=None))
    assert form.errors_in_order()[0][1].startswith("Tick to agree: I know that I can stop")


def test_what_was_chosen_and_drawn_becomes_the_marks() -> None:
    form = ConsentForm(signing(chaperone="wanted", signature="[[[1, 2], [3, 4]]]"))
    assert form.is_valid()
    assert form.marks() == Marks(signature=[[[1.0, 2.0], [3.0, 4.0]]], chaperone="wanted")


def test_a_forged_drawing_is_refused_at_the_typed_name() -> None:
    form = ConsentForm(signing(signature=json.dumps([[[9999, 1]]])))
    assert targets(form) == ["id_signed_name"]
    assert "could not read" in form.errors_in_order()[0][1]


def test_under_age_a_guardian_signs_too() -> None:
    needed = SecondSigner.NEEDED
    assert targets(ConsentForm(signing(), second=needed)) == [
        "id_guardian_relation_0",
        "id_guardian_name",
    ]
    form = ConsentForm(signing(**GUARDIAN), second=needed)
    assert form.is_valid()
    assert form.marks().guardian_name == "Kim Sample"
    decider = signing(guardian_name="Kim Sample", guardian_relation="decision_maker")
    assert targets(ConsentForm(decider, second=needed)) == ["id_guardian_relation_0"]


def test_a_decision_maker_is_offered_and_signs_wholly_or_not_at_all() -> None:
    offered = SecondSigner.OFFERED
    assert ConsentForm(signing(), second=offered).is_valid()
    decider = {"guardian_name": "Kim Sample", "guardian_relation": "decision_maker"}
    assert ConsentForm(signing(**decider), second=offered).is_valid()
    assert targets(ConsentForm(signing(guardian_name="Kim"), second=offered)) == [
        "id_guardian_relation_0"
    ]
    drawn = signing(guardian_signature="[[[1, 2]]]")
    assert targets(ConsentForm(drawn, second=offered)) == [
        "id_guardian_relation_0",
        "id_guardian_name",
    ]


def test_nobody_is_added_where_nobody_is_asked() -> None:
    form = ConsentForm(signing(**GUARDIAN))
    assert form.is_valid()
    assert form.marks().guardian_name == ""


@pytest.mark.parametrize("shown", ["2020.1 en-ca", "2026.2 fr", None, ""])
def test_ticks_given_to_another_text_or_language_are_taken_off(shown: str | None) -> None:
    form = ConsentForm(signing(shown=shown or "x"))
    assert targets(form)[0] == "id_consent_what"
    assert "checked" not in str(form["consent_what"])
    assert form["signed_name"].value() == "Robin Sample"
    assert ConsentForm(signing(shown=form["shown"].value())).is_valid()


def test_a_switch_of_the_language_is_another_text() -> None:
    posted = signing()
    with override("fr"):
        assert targets(ConsentForm(posted))[0] == "id_consent_what"


def test_a_withdrawal_says_who_asked_and_why() -> None:
    assert sorted(WithdrawalForm({}).errors) == ["asked_by", "reason"]
    assert WithdrawalForm({"asked_by": AskedBy.PATIENT, "reason": "None given"}).is_valid()
    assert not WithdrawalForm({"asked_by": AskedBy.LINK, "reason": "None given"}).is_valid()
