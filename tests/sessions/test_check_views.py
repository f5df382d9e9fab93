import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notifications.models import Message
from people.models import PatientLink
from sessions.follow_up import answers_of, questions_of, send_check
from sessions.models import Alert, SorenessFollowUp, TreatmentSession
from tests.checks import page_filled_in

BORN = {"day": "17", "month": "5", "year": "1980"}


@pytest.fixture
def check(signed: TreatmentSession) -> SorenessFollowUp:
    """The 24 hour check, sent."""
    return send_check(SorenessFollowUp.objects.get(treatment=signed, hours=24))


def token_of(check: SorenessFollowUp) -> str:
    message = Message.objects.get(address=check.treatment.patient.email)
    found = re.search(r"/f/([^/]+)/$", message.secret_link)
    assert found is not None
    return found.group(1)


@pytest.fixture
def opened(check: SorenessFollowUp, client: Client) -> Client:
    """A browser that followed the link and gave the right date of birth."""
    client.post(f"/f/{token_of(check)}/start/")
    client.post("/check/birth-date/", BORN)
    return client


def typed(check: SorenessFollowUp, *ticked: str, **changes: object) -> dict[str, object]:
    """The page filled in; nothing unusual unless something is ticked."""
    return page_filled_in(questions_of(check), *ticked, **changes)


def test_the_whole_way_from_the_link_to_the_thanks(check: SorenessFollowUp, client: Client) -> None:
    token = token_of(check)
    assert b"How are you after your session?" in client.get(f"/f/{token}/").content
    assert client.post(f"/f/{token}/start/").headers["Location"] == "/check/"
    assert client.get("/check/").headers["Location"] == "/check/birth-date/"
    assert client.post("/check/birth-date/", BORN).headers["Location"] == "/check/"
    assert client.get("/check/").status_code == 200
    assert client.post("/check/", typed(check)).headers["Location"] == "/check/done/"
    done = client.get("/check/done/").content.decode()
    assert "Thank you" in done
    assert "Heat or ice" in done
    check.refresh_from_db()
    assert (check.soreness, check.pain) == (1, 1)
    assert Alert.objects.count() == 0


def test_getting_the_link_changes_nothing_and_names_nobody(
    check: SorenessFollowUp, client: Client
) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/f/{token_of(check)}/").content.decode()
    assert [q["sql"] for q in queries if not q["sql"].startswith("SELECT")] == []
    assert check.treatment.patient.family_name not in page


@pytest.mark.django_db
def test_an_unknown_link_is_closed(client: Client) -> None:
    assert client.get("/f/nothing/").status_code == 404
    assert client.post("/f/nothing/start/").status_code == 404
    assert client.get("/check/").status_code == 404
    assert client.get("/check/done/").status_code == 404


def test_an_expired_link_is_closed(check: SorenessFollowUp, opened: Client) -> None:
    PatientLink.objects.update(expires_at=timezone.now())
    assert opened.get(f"/f/{token_of(check)}/").status_code == 404
    assert opened.post("/check/", typed(check)).status_code == 404
    assert Alert.objects.count() == 0


def test_a_link_without_a_check_is_closed(check: SorenessFollowUp, opened: Client) -> None:
    SorenessFollowUp.objects.update(link=None)
    assert opened.get("/check/").status_code == 404


def test_five_wrong_birth_dates_close_the_link(check: SorenessFollowUp, client: Client) -> None:
    client.post(f"/f/{token_of(check)}/start/")
    wrong = {**BORN, "year": "1981"}
    statuses = [client.post("/check/birth-date/", wrong).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 404]
    assert client.post("/check/birth-date/", BORN).status_code == 404


def test_without_the_birth_date_nothing_is_shown_or_kept(
    check: SorenessFollowUp, client: Client
) -> None:
    client.post(f"/f/{token_of(check)}/start/")
    for address in ("/check/", "/check/done/"):
        assert client.get(address).headers["Location"] == "/check/birth-date/"
    assert client.post("/check/", typed(check)).headers["Location"] == "/check/birth-date/"
    assert answers_of(check) == {}


def test_an_emergency_says_at_once_what_to_do(check: SorenessFollowUp, opened: Client) -> None:
    answer = opened.post("/check/", typed(check, "chest_pain", "bruising"))
    page = opened.get(answer.headers["Location"]).content.decode()
    assert "Please act now" in page
    assert 'href="tel:911"' in page
    assert page.index("collapsed lung") < page.index("A small bruise is common")
    assert "[date]" not in page
    assert Alert.objects.get().urgency == "emergency"


def test_an_emergency_is_never_turned_away_for_a_missing_number(
    check: SorenessFollowUp, opened: Client
) -> None:
    answer = opened.post("/check/", {"unusual": ["short_breath"], "soreness_now": "99"})
    assert answer.headers["Location"] == "/check/done/"
    check.refresh_from_db()
    assert (check.urgency, check.soreness) == ("emergency", None)


def test_a_same_day_answer_says_today(check: SorenessFollowUp, opened: Client) -> None:
    opened.post("/check/", typed(check, "weakness_new"))
    page = opened.get("/check/done/").content.decode()
    assert "Please see to this today" in page
    assert "New weakness must be checked today." in page


def test_an_answer_for_a_call_keeps_calm_and_says_it(
    check: SorenessFollowUp, opened: Client
) -> None:
    opened.post("/check/", typed(check, soreness_now="9"))
    page = opened.get("/check/done/").content.decode()
    assert "Thank you" in page
    assert "More soreness than usual." in page
    assert Alert.objects.get().urgency == "contact_clinic"


def test_an_empty_page_is_refused_with_links_to_the_questions(
    check: SorenessFollowUp, opened: Client
) -> None:
    page = opened.post("/check/", {}).content.decode()
    assert "<title>Error: " in page
    for target in ("id_soreness_now_0", "id_main_pain_now_0", "id_unusual_0"):
        assert f'href="#{target}"' in page
    assert answers_of(check) == {}


def test_none_of_these_stands_alone(check: SorenessFollowUp, opened: Client) -> None:
    page = opened.post("/check/", typed(check, "none", "bruising-small")).content.decode()
    assert "Tick “None of these” alone, or untick it" in page
    assert Alert.objects.count() == 0


def test_a_note_that_is_too_long_is_refused_at_its_box(
    check: SorenessFollowUp, opened: Client
) -> None:
    page = opened.post("/check/", typed(check, free_text="x" * 2001)).content.decode()
    assert 'href="#id_free_text"' in page


def test_not_sure_is_taken_as_a_gap(check: SorenessFollowUp, opened: Client) -> None:
    opened.post("/check/", typed(check, soreness_now="not_sure"))
    check.refresh_from_db()
    assert (check.soreness, check.pain) == (None, 1)
    assert re.search(r'value="not_sure"[^>]*checked', opened.get("/check/").content.decode())


def test_answers_can_be_corrected_and_are_shown_again(
    check: SorenessFollowUp, opened: Client
) -> None:
    opened.post("/check/", typed(check, "bruising", soreness_now="2"))
    page = opened.get("/check/").content.decode()
    assert "You answered this on" in page
    assert re.search(r'value="bruising"[^>]*checked', page)
    opened.post("/check/", typed(check, soreness_now="3"))
    check.refresh_from_db()
    assert (check.soreness, answers_of(check)["bruising"]) == (3, "no")
    assert Alert.objects.open().count() == 1


def test_before_answering_there_is_no_done_page(check: SorenessFollowUp, opened: Client) -> None:
    assert opened.get("/check/done/").headers["Location"] == "/check/"


def test_after_needling_over_the_lung_travel_plans_are_asked(
    make_signed: Callable[..., TreatmentSession], client: Client
) -> None:
    check = send_check(
        SorenessFollowUp.objects.get(treatment=make_signed("soleus", "rhomboid_major"), hours=24)
    )
    client.post(f"/f/{token_of(check)}/start/")
    client.post("/check/birth-date/", BORN)
    client.post("/check/", typed(check, "travel_plan"))
    page = client.get("/check/done/").content.decode()
    assert "Please call the clinic before you travel." in page


def other_device(check: SorenessFollowUp) -> Client:
    browser = Client()
    browser.post(f"/f/{token_of(check)}/start/")
    assert browser.post("/check/birth-date/", BORN).headers["Location"] == "/check/device/"
    return browser


def test_another_device_is_not_shown_the_answers_given_before(
    opened: Client, check: SorenessFollowUp
) -> None:
    opened.post("/check/", typed(check, free_text="Sore since Tuesday"))
    other = other_device(check)
    page = other.get("/check/").content.decode()
    assert "Sore since Tuesday" not in page
    assert re.search(r"<input[^>]* checked", page) is None
    assert "Sore since Tuesday" in opened.get("/check/").content.decode()


def test_advice_is_shown_where_the_answers_were_given_and_not_elsewhere(
    opened: Client, check: SorenessFollowUp
) -> None:
    opened.post("/check/", typed(check))
    other = other_device(check)
    assert other.get("/check/done/").headers["Location"] == "/check/"
    other.post("/check/", typed(check))
    assert other.get("/check/done/").status_code == 200


def test_with_a_code_another_device_may_correct_the_answers(
    opened: Client, check: SorenessFollowUp
) -> None:
    opened.post("/check/", typed(check, free_text="Sore since Tuesday"))
    other = other_device(check)
    other.post("/check/device/", {"send": "1"})
    code = Message.objects.latest("pk").secret_link
    assert other.post("/check/device/", {"code": code}).headers["Location"] == "/check/"
    assert "Sore since Tuesday" in other.get("/check/").content.decode()


def test_an_answer_for_today_leads_to_the_clinic_and_an_emergency_to_the_number(
    opened: Client,
) -> None:
    page = opened.get("/check/").content.decode()
    rows = {"chest_pain": "911", "weakness_new": "6045550100", "calf_swelling": "6045550100"}
    for row, number in rows.items():
        below = page[page.index(f'value="{row}"') :]
        called = re.search(r'class="check-now">.*?href="tel:(\w+)"', below, re.DOTALL)
        assert called is not None
        assert called.group(1) == number


def test_a_place_over_the_lung_alone_is_an_emergency_and_leaves_the_rest_open(
    check: SorenessFollowUp, opened: Client
) -> None:
    answer = opened.post("/check/", {"places": ["chestL"]})
    assert answer.headers["Location"] == "/check/done/"
    assert answers_of(check) == {"soreness_sites": "chestL"}
    assert Alert.objects.get().urgency == "emergency"
    assert re.search(r'value="none"[^>]*checked', opened.get("/check/").content.decode()) is None


def test_an_emergency_counts_also_beside_none_of_these_and_a_note_too_long(
    check: SorenessFollowUp, opened: Client
) -> None:
    opened.post("/check/", typed(check, "none", "chest_pain", free_text="x" * 2001))
    found = answers_of(check)
    assert (found["chest_pain"], len(found["free_text"])) == ("yes", 2000)
    assert Alert.objects.get().urgency == "emergency"


def test_nothing_used_gives_way_to_what_was_used(check: SorenessFollowUp, opened: Client) -> None:
    opened.post("/check/", typed(check, heat_used=["nothing", "ice"], places=["shldrR"]))
    found = answers_of(check)
    assert (found["heat_used"], found["soreness_sites"]) == ("ice", "shldrR")
    assert Alert.objects.count() == 0
