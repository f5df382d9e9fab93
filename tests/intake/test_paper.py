"""A paper form: numbers, entering, submitting."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from intake.choices import Chaperone, GuardianRelation, IntakeSource, IntakeStatus
from intake.consent import Marks
from intake.consent_text import statements_shown
from intake.drafts import IntakeClosed
from intake.form_pages import consent_questions, form_pages
from intake.models import Consent, Intake
from intake.paper import begin_paper, consent_numbers, pages_to_do, paper_pages, submit_paper
from intake.services import IncompleteIntake, answers_of, save_answers
from notifications.models import Message
from people.models import User
from tests import factories
from tests.intake.conftest import stored

SIGNED_ON = date(2026, 11, 23)


def entered(intake: Intake, by: User, **changes: object) -> Intake:
    """The signed paper, submitted; ``changes`` are those of the signature."""
    marks = Marks(recorded_by=by, chaperone=Chaperone.WANTED)
    signed = {"signed_name": "Robin Sample", "signed_on": SIGNED_ON, "language": "en"}
    return submit_paper(intake=intake, **{**signed, "marks": marks, **changes})  # type: ignore[arg-type]  # the changes are free


@pytest.fixture
def physio(db: None) -> User:
    return factories.make_practitioner().user


def test_questions_are_numbered_through_in_the_order_of_the_form() -> None:
    numbers = [pair for one in paper_pages() for pair in one.numbers.items()]
    asked = [question.id for page in form_pages() for question in page.questions]
    asked += [*(question.id for question in consent_questions()), "chaperone"]
    assert [*numbers, *consent_numbers().items()] == list(
        zip(asked, range(1, len(asked) + 1), strict=True)
    )


@pytest.mark.django_db
def test_beginning_sends_nothing_and_keeps_what_was_answered_online(
    intake: Intake, physio: User
) -> None:
    save_answers(intake, {"contact_right": ("yes", "")})
    sent = Message.objects.count()
    assert intake.appointment is not None
    begun = begin_paper(appointment=intake.appointment, by=physio)
    assert (begun.pk, begun.entered_by, begun.source) == (intake.pk, physio, IntakeSource.ONLINE)
    assert list(answers_of(begun)) == ["contact_right"]
    assert Message.objects.count() == sent


@pytest.mark.django_db
def test_a_visit_without_an_intake_gets_one_when_its_paper_comes(physio: User) -> None:
    begun = begin_paper(appointment=factories.make_appointment(), by=physio)
    assert (begun.status, begun.link, Message.objects.count()) == (IntakeStatus.SENT, None, 0)


@pytest.mark.django_db
def test_a_complete_intake_is_not_begun_again(submitted: object, physio: User) -> None:
    intake: Intake = submitted()  # type: ignore[operator]
    assert intake.appointment is not None
    assert begin_paper(appointment=intake.appointment, by=physio).entered_by is None


@pytest.mark.django_db
def test_a_whole_paper_is_submitted_screened_and_says_where_it_came_from(
    intake: Intake, physio: User
) -> None:
    save_answers(intake, stored())
    assert pages_to_do(answers_of(intake)) == []
    done = entered(intake, physio)
    assert (done.status, done.source, done.entered_by, done.paper_signed_on) == (
        IntakeStatus.SUBMITTED,
        IntakeSource.PAPER,
        physio,
        SIGNED_ON,
    )
    consent = Consent.objects.get(intake=done)
    assert (consent.signed_name, consent.recorded_by, consent.chaperone, consent.language) == (
        "Robin Sample",
        physio,
        Chaperone.WANTED,
        "en",
    )
    assert done.screening.status
    again = entered(done, physio, signed_name="Other")
    assert (again.submitted_at, Consent.objects.count()) == (done.submitted_at, 1)


@pytest.mark.django_db
def test_an_incomplete_paper_is_refused_and_nothing_stays_of_the_try(
    intake: Intake, physio: User
) -> None:
    save_answers(intake, {"contact_right": ("yes", "")})
    assert len(pages_to_do(answers_of(intake))) == len(form_pages())
    with pytest.raises(IncompleteIntake):
        entered(intake, physio)
    intake.refresh_from_db()
    assert (intake.source, intake.paper_signed_on) == (IntakeSource.ONLINE, None)


@pytest.mark.django_db
def test_the_database_knows_no_paper_without_its_writer_and_date(intake: Intake) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Intake.objects.filter(pk=intake.pk).update(source=IntakeSource.PAPER)


@pytest.mark.django_db
def test_the_paper_of_a_minor_needs_who_signed_with_them(intake: Intake, physio: User) -> None:
    intake.patient.born_on = timezone.localdate() - timedelta(days=17 * 365)
    intake.patient.save()
    save_answers(intake, stored())
    with pytest.raises(IncompleteIntake) as refused:
        entered(intake, physio)
    assert refused.value.missing == ["guardian_name", "guardian_relation"]
    guardian = Marks(
        recorded_by=physio, guardian_name="Kim Sample", guardian_relation=GuardianRelation.PARENT
    )
    entered(intake, physio, marks=guardian)
    consent = Consent.objects.get(intake=intake)
    assert (consent.guardian_name, consent.guardian_relation) == ("Kim Sample", "parent")


@pytest.mark.django_db
def test_the_consent_is_kept_in_the_language_of_the_paper(intake: Intake, physio: User) -> None:
    save_answers(intake, stored())
    entered(intake, physio, language="fr")
    consent = Consent.objects.get(intake=intake)
    with translation.override("fr"):
        assert (consent.language, consent.statements) == ("fr", statements_shown())


@pytest.mark.django_db
def test_the_paper_of_an_intake_submitted_online_meanwhile_is_refused(
    submitted: Callable[..., Intake], physio: User
) -> None:
    intake = submitted()
    with pytest.raises(IntakeClosed):
        entered(intake, physio)
    intake.refresh_from_db()
    assert (intake.source, intake.entered_by) == (IntakeSource.ONLINE, None)


def test_the_pages_come_in_the_language_that_is_active() -> None:
    english = paper_pages()[0].page.title
    with translation.override("fr"):
        assert paper_pages()[0].page.title != english
