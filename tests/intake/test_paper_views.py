from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.choices import Action
from audit.models import AuditEvent
from intake.choices import IntakeSource, IntakeStatus
from intake.form_pages import consent_questions, form_pages, page_at
from intake.models import Consent, Intake
from tests import factories
from tests.intake.conftest import typed

pytestmark = pytest.mark.django_db

SIGNED = {
    "signed_name": "Robin Sample",
    "chaperone": "not_wanted",
    "language": "en",
    "is_kept": "on",
}
HTMX = {"HX-Request": "true"}


def clinic_day() -> date:
    """Today by the clinic's calendar."""
    return timezone.localdate(timezone=ZoneInfo(settings.CLINIC_TIME_ZONE))


def signature(**changes: str) -> dict[str, str]:
    ticks = {question.id: "on" for question in consent_questions()}
    return {**ticks, **SIGNED, "signed_on": f"{clinic_day():%Y-%m-%d}", **changes}


def begun(client: Client, **patient: object) -> Intake:
    """The paper page of a fresh appointment, opened by its button."""
    appointment = factories.make_appointment(patient=factories.make_patient(**patient))
    answer = client.post(reverse("intake:paper-begin", args=[appointment.pk]))
    intake = Intake.objects.get(appointment=appointment)
    assert answer["Location"] == reverse("intake:paper", args=[intake.pk])
    return intake


def save_page(client: Client, intake: Intake, slug: str, **changes: object) -> HttpResponse:
    """A page posted without script, harmless but for the changes."""
    page = page_at(slug)
    assert page is not None
    address = reverse("intake:paper-save", args=[intake.pk, slug])
    return client.post(address, typed(page, **changes))  # type: ignore[return-value]  # a test response


def save_all(client: Client, intake: Intake) -> None:
    for page in form_pages():
        address = reverse("intake:paper-save", args=[intake.pk, page.slug])
        assert client.post(address, typed(page))["Location"].endswith(f"#{page.slug}")


def test_a_paper_form_is_entered_page_by_page_signed_and_led_to_review(
    physio_client: Client,
) -> None:
    intake = begun(physio_client)
    page = physio_client.get(reverse("intake:paper", args=[intake.pk])).content.decode()
    assert page.count("Not finished") == len(form_pages())
    save_all(physio_client, intake)
    page = physio_client.get(reverse("intake:paper", args=[intake.pk])).content.decode()
    assert "Not finished" not in page
    answer = physio_client.post(reverse("intake:paper", args=[intake.pk]), signature())
    assert answer["Location"] == reverse("intake:review", args=[intake.pk])
    intake.refresh_from_db()
    assert (intake.status, intake.source) == (IntakeStatus.SUBMITTED, IntakeSource.PAPER)
    review = physio_client.get(answer["Location"]).content.decode()
    assert f"Entered from paper by {intake.entered_by}" in review
    assert "the signed paper is kept at the clinic" in review
    again = physio_client.get(reverse("intake:paper", args=[intake.pk]))
    assert again["Location"] == answer["Location"]


def test_every_page_comes_in_order_with_the_numbers_of_the_paper(physio_client: Client) -> None:
    intake = begun(physio_client)
    page = physio_client.get(reverse("intake:paper", args=[intake.pk])).content.decode()
    places = [page.index(f'id="{one.slug}"') for one in form_pages()]
    assert places == sorted(places)
    count = sum(len(one.questions) for one in form_pages()) + len(consent_questions())
    numbers = [f'<span class="paper-number" aria-hidden="true">{n}</span>' for n in range(1, count)]
    found = [page.index(number) for number in numbers]
    assert found == sorted(found)


def test_the_signature_is_refused_until_every_page_is_saved(physio_client: Client) -> None:
    intake = begun(physio_client)
    answer = physio_client.post(reverse("intake:paper", args=[intake.pk]), signature())
    text = answer.content.decode()
    assert "There is a problem" in text
    assert text.count('">Finish ') == len(form_pages())
    assert not Consent.objects.exists()


def test_what_is_missing_of_the_signature_is_named_and_the_rest_stays(
    physio_client: Client,
) -> None:
    intake = begun(physio_client)
    save_all(physio_client, intake)
    tomorrow = clinic_day() + timedelta(days=1)
    wrong = signature(signed_name="", signed_on=f"{tomorrow:%Y-%m-%d}")
    wrong.pop("is_kept")
    answer = physio_client.post(reverse("intake:paper", args=[intake.pk]), wrong)
    text = answer.content.decode()
    assert "Enter the name of who signed the paper" in text
    assert "The date of the signature is in the future" in text
    assert "Tick that the signed paper is kept at the clinic" in text
    old = signature(signed_on="2020-01-01")
    answer = physio_client.post(reverse("intake:paper", args=[intake.pk]), old)
    assert "older than a year" in answer.content.decode()
    assert 'value="Robin Sample"' in answer.content.decode()
    assert not Consent.objects.exists()


def test_a_page_with_a_gap_is_shown_with_its_errors_and_not_saved(physio_client: Client) -> None:
    intake = begun(physio_client)
    address = reverse("intake:paper-save", args=[intake.pk, "people"])
    answer = physio_client.post(address, {"physician": "Dr Chan"})
    text = answer.content.decode()
    assert "There is a problem" in text
    assert 'value="Dr Chan"' in text
    assert not intake.answers.exists()


def test_a_fragment_says_only_how_the_page_stands(physio_client: Client) -> None:
    intake = begun(physio_client)
    address = reverse("intake:paper-save", args=[intake.pk, "people"])
    gap = physio_client.post(address, {}, headers=HTMX).content.decode()
    assert ("Not finished" in gap, "<html" in gap) == (True, False)
    whole = {"emergency_contact": "Sam", "physician": ""}
    assert "Saved" in physio_client.post(address, whole, headers=HTMX).content.decode()
    assert intake.answers.count() == 2


def test_an_unknown_intake_or_page_is_not_found(physio_client: Client) -> None:
    intake = begun(physio_client)
    for pk, slug in ((intake.pk + 99, "people"), (intake.pk, "nonsense")):
        address = reverse("intake:paper-save", args=[pk, slug])
        assert physio_client.post(address, {}).status_code == 404


def test_whoever_types_while_it_is_submitted_online_comes_to_the_review_and_is_told(
    physio_client: Client,
) -> None:
    intake = begun(physio_client)
    now = timezone.now()
    Intake.objects.filter(pk=intake.pk).update(status=IntakeStatus.SUBMITTED, submitted_at=now)
    address = reverse("intake:paper-save", args=[intake.pk, "people"])
    review = reverse("intake:review", args=[intake.pk])
    assert physio_client.post(address, {}, headers=HTMX)["HX-Redirect"] == review
    for posted_to in (address, reverse("intake:paper", args=[intake.pk])):
        answer = physio_client.post(posted_to, signature(), follow=True)
        assert answer.redirect_chain == [(review, 302)]
        assert "This intake was submitted online meanwhile" in answer.content.decode()
    read = physio_client.get(reverse("intake:paper", args=[intake.pk]), follow=True)
    assert "submitted online meanwhile" not in read.content.decode()


def test_checks_are_entered_with_how_sure_and_the_facts_beside_them(
    physio_client: Client,
) -> None:
    intake = begun(physio_client)
    save_page(
        physio_client,
        intake,
        "medicines",
        anticoagulant="yes",
        antiplatelet="not_sure",
        **{
            "anticoagulant-drug": "Warfarin",
            "anticoagulant-inr": "2,5",
            "anticoagulant-date_day": "27",
            "anticoagulant-date_month": "3",
            "anticoagulant-date_year": "2026",
        },
    )
    save_page(physio_client, intake, "needles", pregnancy="maybe", **{"pregnancy-weeks": "9"})
    rows = {row.question: (row.value, row.facts) for row in intake.answers.all()}
    facts = {"drug": "Warfarin", "inr": "2.5", "date": "2026-03-27"}
    assert rows["anticoagulant"] == ("yes", facts)
    assert rows["antiplatelet"] == ("not_sure", {})
    assert rows["pregnancy"] == ("maybe", {"weeks": "9"})
    assert rows["breastfeeding"] == ("no", {})


def test_a_place_keeps_what_it_feels_like(physio_client: Client) -> None:
    intake = begun(physio_client)
    felt = {"chief_area": ["neckR", "kneeL"], "chief_area-neckR": ["sharp", "numb"]}
    save_page(physio_client, intake, "area", **felt)
    row = intake.answers.get(question="chief_area")
    assert (row.value, row.facts) == ("neckR,kneeL", {"zones": {"neckR": ["sharp", "numb"]}})


def test_a_fact_that_cannot_be_right_is_named_and_leads_to_its_box(
    physio_client: Client,
) -> None:
    intake = begun(physio_client)
    page = page_at("medicines")
    assert page is not None
    wrong = typed(page, anticoagulant="yes", **{"anticoagulant-inr": "250"})
    address = reverse("intake:paper-save", args=[intake.pk, "medicines"])
    text = physio_client.post(address, wrong, headers=HTMX).content.decode()
    assert 'href="#id_anticoagulant-inr"' in text
    assert "Enter a number from 0.5 to 20" in text
    assert not intake.answers.exists()


def test_a_group_without_any_tick_is_not_a_no(physio_client: Client) -> None:
    intake = begun(physio_client)
    gap = save_page(physio_client, intake, "needles", **{"none-treatment": ""})
    assert "tick what applies, or “None of these”" in gap.content.decode()
    both = save_page(
        physio_client, intake, "needles", needle_phobia="yes", **{"none-treatment": "on"}
    )
    assert "untick “None of these”" in both.content.decode()
    assert not intake.answers.exists()


def test_a_red_flag_on_paper_is_an_alert_as_online(physio_client: Client) -> None:
    intake = begun(physio_client)
    save_page(physio_client, intake, "today", rf_saddle="yes")
    assert intake.red_flags.count() == 1


def test_the_paper_of_a_minor_names_who_signed_with_them(physio_client: Client) -> None:
    intake = begun(physio_client, born_on=clinic_day() - timedelta(days=17 * 365))
    save_all(physio_client, intake)
    address = reverse("intake:paper", args=[intake.pk])
    text = physio_client.post(address, signature()).content.decode()
    assert "The patient is under 18: enter the name of the parent or guardian" in text
    assert not Consent.objects.exists()
    second = {"guardian_name": "Kim Sample", "guardian_relation": "parent"}
    physio_client.post(address, signature(**second))
    consent = Consent.objects.get(intake=intake)
    assert (consent.guardian_name, consent.guardian_relation) == ("Kim Sample", "parent")
    assert consent.recorded_by == Intake.objects.get(pk=intake.pk).entered_by


def test_a_decision_maker_is_asked_for_where_help_may_be_needed_and_given_whole(
    physio_client: Client,
) -> None:
    intake = begun(physio_client)
    address = reverse("intake:paper", args=[intake.pk])
    assert "decision-maker" not in physio_client.get(address).content.decode()
    save_all(physio_client, intake)
    save_page(physio_client, intake, "needles", capacity="not_sure")
    assert "Name of the legal decision-maker" in physio_client.get(address).content.decode()
    half = physio_client.post(address, signature(guardian_name="Kim Sample"))
    assert "Select the relation of the legal decision-maker" in half.content.decode()
    answer = physio_client.post(address, signature())
    assert answer["Location"] == reverse("intake:review", args=[intake.pk])


def test_the_chaperone_and_the_language_of_the_paper_are_entered(physio_client: Client) -> None:
    intake = begun(physio_client, language="fr")
    save_all(physio_client, intake)
    address = reverse("intake:paper", args=[intake.pk])
    gap = physio_client.post(address, signature(chaperone="")).content.decode()
    assert "Select if the patient would like a chaperone" in gap
    physio_client.post(address, signature(chaperone="wanted", language="fr"))
    consent = Consent.objects.get(intake=intake)
    assert (consent.chaperone, consent.language) == ("wanted", "fr")


def test_the_front_desk_cannot_read_or_enter_answers(desk_client: Client) -> None:
    intake = factories.make_intake()
    appointment = factories.make_appointment()
    assert desk_client.get(reverse("intake:paper", args=[intake.pk])).status_code == 404
    begin = reverse("intake:paper-begin", args=[appointment.pk])
    assert desk_client.post(begin).status_code == 404


def test_reading_the_page_is_an_audit_line(physio_client: Client) -> None:
    intake = begun(physio_client)
    physio_client.get(reverse("intake:paper", args=[intake.pk]))
    line = AuditEvent.objects.get(action=Action.VIEW, detail="paper form")
    assert line.patient_number == intake.patient_id
