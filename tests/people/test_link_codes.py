from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from notifications.models import Message
from people.choices import LinkPurpose
from people.link_codes import TooManyCodes, is_right_code, masked_email, send_code
from people.links import make_link
from people.models import LinkCode, PatientLink
from tests.factories import make_patient
from tests.scheduling.test_races import run_together

pytestmark = pytest.mark.django_db


def new_link() -> PatientLink:
    ends = timezone.now() + timedelta(days=3)
    return make_link(make_patient(), LinkPurpose.INTAKE, expires_at=ends, about="")[0]


@pytest.fixture
def link(db: None) -> PatientLink:
    return new_link()


def sent_code(link: PatientLink) -> str:
    """Send a code and read it in the mailbox."""
    send_code(link=link, clinic="Harbour IMS Clinic")
    return Message.objects.filter(address=link.patient.email).latest("pk").secret_link


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_a_code_of_six_digits_goes_to_the_address_on_file(link: PatientLink) -> None:
    code = sent_code(link)
    message = Message.objects.get()
    assert len(code) == 6
    assert code.isdecimal()
    assert message.address == link.patient.email
    assert message.subject == "Your code from Harbour IMS Clinic"
    assert code not in message.body + message.subject


def test_only_a_keyed_hash_of_the_code_is_kept(link: PatientLink) -> None:
    code = sent_code(link)
    kept = LinkCode.objects.get()
    assert len(kept.code_hash) == 64
    assert code not in kept.code_hash


def test_the_right_code_counts_once(link: PatientLink) -> None:
    code = sent_code(link)
    assert is_right_code(link=link, typed=code)
    assert not is_right_code(link=link, typed=code)


def test_a_code_is_too_old_after_ten_minutes(link: PatientLink) -> None:
    code, now = sent_code(link), timezone.now()
    with time_machine.travel(now + timedelta(minutes=10), tick=False):
        assert not is_right_code(link=link, typed=code)
    with time_machine.travel(now + timedelta(minutes=9, seconds=50), tick=False):
        assert is_right_code(link=link, typed=code)


def test_five_wrong_codes_use_the_right_one_up(link: PatientLink) -> None:
    code = sent_code(link)
    wrong = [is_right_code(link=link, typed=other_than(code)) for _ in range(5)]
    assert wrong == [False] * 5
    assert not is_right_code(link=link, typed=code)


def test_a_newer_code_replaces_the_one_before(link: PatientLink) -> None:
    first, second = sent_code(link), sent_code(link)
    assert first == second or not is_right_code(link=link, typed=first)
    assert is_right_code(link=link, typed=second)


def test_the_code_of_one_link_opens_no_other(link: PatientLink) -> None:
    code, other = sent_code(link), new_link()
    sent_code(other)
    LinkCode.objects.filter(link=other).update(code_hash=LinkCode.objects.get(link=link).code_hash)
    assert not is_right_code(link=other, typed=code)


def test_without_a_code_none_is_right(link: PatientLink) -> None:
    assert not is_right_code(link=link, typed="000000")


def test_three_codes_go_out_in_an_hour_and_then_no_more(link: PatientLink) -> None:
    for _ in range(3):
        sent_code(link)
    with pytest.raises(TooManyCodes):
        send_code(link=link, clinic="Harbour")
    assert Message.objects.count() == 3
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        send_code(link=link, clinic="Harbour")
    assert Message.objects.count() == 4


def test_without_an_address_no_code_can_go_out(link: PatientLink) -> None:
    link.patient.email = ""
    with pytest.raises(ValueError, match="no e-mail address"):
        send_code(link=link, clinic="Harbour")


@pytest.mark.django_db(transaction=True)
def test_wrong_codes_from_many_browsers_at_once_are_counted_one_by_one() -> None:
    link = new_link()
    wrong = other_than(sent_code(link))
    run_together(lambda _index: is_right_code(link=link, typed=wrong), count=12)
    assert LinkCode.objects.get().failed_tries == LinkCode.MAX_TRIES


def test_an_address_is_shown_by_its_first_letter_and_its_host() -> None:
    assert masked_email("robin@mail.example") == "r•••@mail.example"
