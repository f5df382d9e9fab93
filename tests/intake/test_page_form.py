"""Pages as a patient answers them: checklists, facts beside a tick, the pain drawing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.form_pages import form_pages, page_at
from intake.models import IntakeAnswer
from intake.page_form import PageForm
from intake.questions import Page, Reply
from tests.intake.conftest import query, saved_by, typed

CHECKLISTS = [page for page in form_pages() if page.groups]


def page(slug: str) -> Page:
    found = page_at(slug)
    assert found is not None
    return found


def form_of(asked: Page, values: dict[str, object]) -> PageForm:
    return PageForm(asked, {}, query(values))


def saved_again(asked: Page, replies: dict[str, Reply]) -> PageForm:
    """The page as it is shown after its answers were stored."""
    answers = {
        key: IntakeAnswer(question=key, value=one.value, detail=one.detail, facts=one.facts)
        for key, one in replies.items()
    }
    return PageForm(asked, answers)


@pytest.mark.parametrize("asked", CHECKLISTS, ids=lambda asked: asked.slug)
def test_none_of_these_answers_every_check_with_no(asked: Page) -> None:
    replies = saved_by(form_of(asked, typed(asked)))
    checks = {one.id for one in asked.questions if one.group}
    assert {replies[key] for key in checks if replies[key] != Reply("no")} == set()


@pytest.mark.parametrize("asked", CHECKLISTS, ids=lambda asked: asked.slug)
def test_a_group_left_open_is_an_error_of_its_own(asked: Page) -> None:
    form = form_of(asked, {})
    names = [f"none-{group.id}" for group in asked.groups]
    assert [name for name in names if form.errors.get(name) is None] == []
    assert form.errors[names[0]] == [
        f"{asked.groups[0].title}: tick what applies, or “None of these”"
    ]


def test_none_of_these_with_a_tick_is_refused_and_keeps_both() -> None:
    values = {**typed(page("today"), acute_illness="yes"), "none-right-now": "on"}
    form = form_of(page("today"), values)
    assert list(form.errors) == ["none-right-now"]
    html = f"{form['none-right-now']}{form['acute_illness']}"
    assert html.count("checked") == 2


@given(st.sets(st.sampled_from([one.id for one in page("needles").questions])))
def test_what_is_ticked_is_yes_and_the_rest_no(ticked: set[str]) -> None:
    asked = page("needles")
    replies = saved_by(form_of(asked, typed(asked, **dict.fromkeys(ticked, "yes"))))
    assert {key for key, reply in replies.items() if reply.value == "yes"} == ticked
    assert {reply.value for key, reply in replies.items() if key not in ticked} <= {"no"}


@pytest.mark.parametrize("said", ["yes", "not_sure", "maybe"])
def test_a_tick_says_how_sure_it_is(said: str) -> None:
    replies = saved_by(form_of(page("needles"), typed(page("needles"), pregnancy=said)))
    assert replies["pregnancy"].value == said
    again = saved_again(page("needles"), replies)
    assert again["pregnancy-sure"].value() == said
    assert again["none-pregnancy-birth"].value() is False
    assert again["none-treatment"].value() is True


def test_a_bare_tick_is_yes_and_only_pregnancy_might_be() -> None:
    bare = {**typed(page("needles"), pregnancy="yes")}
    del bare["pregnancy-sure"]
    assert saved_by(form_of(page("needles"), bare))["pregnancy"].value == "yes"
    forged = form_of(page("needles"), typed(page("needles"), fainting="maybe"))
    assert list(forged.errors) == ["fainting-sure"]


def test_facts_are_stored_beside_their_tick_and_shown_again() -> None:
    beside = {
        "anticoagulant-drug": "Warfarin",
        "anticoagulant-inr": "2,5",
        "anticoagulant-date_day": "3",
        "anticoagulant-date_month": "11",
        "anticoagulant-date_year": "2020",
    }
    values = typed(page("medicines"), anticoagulant="yes", **beside)
    replies = saved_by(form_of(page("medicines"), values))
    assert replies["anticoagulant"] == Reply(
        "yes", "", {"drug": "Warfarin", "inr": "2.5", "date": "2020-11-03"}
    )
    again = saved_again(page("medicines"), replies)
    assert 'value="2.5"' in f"{again['anticoagulant-inr']}"
    assert [f'value="{part}"' in f"{again['anticoagulant-date']}" for part in (3, 11, 2020)] == [
        True
    ] * 3


def test_a_fact_below_an_unticked_check_is_not_thrown_away() -> None:
    values = typed(page("medicines"), **{"anticoagulant-drug": "Warfarin"})
    form = form_of(page("medicines"), values)
    assert list(form.errors) == ["anticoagulant"]
    assert form.errors_in_order()[0][0] == "id_anticoagulant"


def test_a_choice_below_an_unticked_check_does_not_count() -> None:
    values = typed(page("illness"), **{"diabetes-control": "yes"})
    assert saved_by(form_of(page("illness"), values))["diabetes"] == Reply("no")


def test_the_drawing_stores_places_and_what_they_feel_like() -> None:
    values = {
        "chief_area": ["neckR", "calfL"],
        "chief_area-neckR": ["aching", "numb"],
        "chief_area-kneeR": ["sharp"],
    }
    replies = saved_by(form_of(page("area"), values))
    assert replies["chief_area"] == Reply(
        "neckR,calfL", "", {"zones": {"neckR": ["aching", "numb"]}}
    )
    again = saved_again(page("area"), replies)
    assert again["chief_area"].value() == ["neckR", "calfL"]
    assert again["chief_area-neckR"].value() == ["aching", "numb"]


def test_a_drawing_without_a_place_needs_words() -> None:
    empty = form_of(page("area"), {})
    assert empty.errors_in_order() == [
        ("id_chief_area_list", "Tap at least one place, or write it in the box")
    ]
    written = form_of(page("area"), {"chief_area-detail": "All over"})
    assert saved_by(written)["chief_area"] == Reply("given", "All over", {"zones": {}})
    forged = form_of(page("area"), {"chief_area": ["tailR"]})
    assert list(forged.errors) == ["chief_area"]


def test_none_of_these_words_excludes_the_others() -> None:
    values = typed(page("kind"), pain_quality=["none", "sharp"])
    assert list(form_of(page("kind"), values).errors) == ["pain_quality"]


def test_a_change_of_contact_needs_the_new_one() -> None:
    changed = typed(page("contact"), contact_right="no")
    assert list(form_of(page("contact"), changed).errors) == ["new_phone"]
    assert form_of(page("contact"), {**changed, "new_phone": "604 555 0199"}).is_valid()
