import re

import pytest
from django.test import Client
from django.urls import reverse

from sessions.models import NeedledMuscle, TreatmentSession
from tests.sessions.conftest import make_flagged_assessment, needle

HTMX = {"HX-Request": "true"}


def address(name: str, pk: int) -> str:
    return reverse(f"sessions:{name}", args=[pk])


def rows_of(treatment: TreatmentSession) -> list[tuple[str, str, str]]:
    return list(treatment.muscles.values_list("muscle", "side", "segment"))


def test_the_front_desk_cannot_touch_a_row(
    treatment: TreatmentSession, desk_client: Client
) -> None:
    row = needle(treatment)
    assert desk_client.post(address("change-muscle", row.pk), {"step": "1"}).status_code == 404
    assert desk_client.post(address("remove-muscle", row.pk)).status_code == 404
    assert desk_client.get(address("find-muscle", treatment.pk)).status_code == 404
    assert NeedledMuscle.objects.get().insertions == 1


def test_a_muscle_is_added_with_its_side_and_segment(
    treatment: TreatmentSession, physio: Client
) -> None:
    answer = physio.post(address("add-muscle", treatment.pk), {"pick": "deltoid:left:C5"})
    assert answer.headers["Location"] == f"{address('detail', treatment.pk)}#needles"
    assert rows_of(treatment) == [("deltoid", "left", "C5")]


def test_all_muscles_of_a_source_are_added_at_once(
    treatment: TreatmentSession, physio: Client
) -> None:
    treatment.assessment = make_flagged_assessment(treatment.patient)
    treatment.save()
    page = physio.get(address("detail", treatment.pk)).content.decode()
    (every,) = re.findall(r'value="([^"]+)">Add all 3', page)
    part = physio.post(
        address("add-muscle", treatment.pk), {"pick": every}, headers=HTMX
    ).content.decode()
    assert [row[0] for row in rows_of(treatment)] == [
        "deltoid",
        "multifidus_cervical_lower",
        "infraspinatus",
    ]
    assert part.count('class="session-row" id="row-') == 3
    assert "All are in the session." in part


@pytest.mark.parametrize("pick", ["", "elbow:left:", "deltoid:both:", "deltoid", "deltoid:left:,x"])
def test_a_wrong_muscle_or_side_is_refused(
    treatment: TreatmentSession, physio: Client, pick: str
) -> None:
    answer = physio.post(address("add-muscle", treatment.pk), {"pick": pick}, headers=HTMX)
    assert answer.status_code == 422
    assert "Not saved. Choose a muscle" in answer.content.decode()
    assert rows_of(treatment) == []


def test_a_muscle_that_is_there_is_refused_and_nothing_else_of_the_list_added(
    treatment: TreatmentSession, physio: Client
) -> None:
    needle(treatment)
    answer = physio.post(
        address("add-muscle", treatment.pk),
        {"pick": "soleus:left:,deltoid:right:"},
        headers=HTMX,
    )
    assert "already in the session on this side" in answer.content.decode()
    assert len(rows_of(treatment)) == 1


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"twitch": "weak"}, {"twitch": "weak"}),
        ({"segment": "C6"}, {"segment": "C6"}),
        ({"segment": ""}, {"segment": ""}),
        ({"needle": "0.25x30"}, {"needle_gauge_mm": 0.25, "needle_length_mm": 30}),
        ({"step": "1"}, {"insertions": 3}),
        ({"step": "-1"}, {"insertions": 1}),
        ({"note": "deep"}, {"note": "deep"}),
    ],
)
def test_each_control_of_a_row_saves_alone(
    treatment: TreatmentSession, physio: Client, data: dict[str, str], expected: dict[str, object]
) -> None:
    row = needle(treatment, segment="C5", insertions=2)
    answer = physio.post(address("change-muscle", row.pk), data)
    assert answer.headers["Location"].endswith(f"#row-{row.pk}")
    kept = {"segment": "C5", "insertions": 2, "twitch": "strong", "note": "", **expected}
    row.refresh_from_db()
    found = {name: getattr(row, name) for name in kept}
    assert {k: float(v) if k == "needle_gauge_mm" else v for k, v in found.items()} == kept


@pytest.mark.parametrize(
    "data", [{"twitch": ""}, {"twitch": "x"}, {"segment": "X1"}, {"needle": "9"}, {"step": "7"}]
)
def test_a_wrong_value_of_a_row_is_refused(
    treatment: TreatmentSession, physio: Client, data: dict[str, str]
) -> None:
    row = needle(treatment, segment="C5")
    answer = physio.post(address("change-muscle", row.pk), data, headers=HTMX)
    assert answer.status_code == 422
    row.refresh_from_db()
    assert (row.twitch, row.segment, row.insertions) == ("strong", "C5", 1)


def test_a_change_answers_with_the_row_and_the_count(
    treatment: TreatmentSession, physio: Client
) -> None:
    row = needle(treatment, insertions=4)
    part = physio.post(
        address("change-muscle", row.pk), {"step": "1"}, headers=HTMX
    ).content.decode()
    assert f'id="row-{row.pk}"' in part
    assert '<span class="n">5</span>' in part


def test_typing_a_note_does_not_redraw_the_row(treatment: TreatmentSession, physio: Client) -> None:
    row = needle(treatment)
    answer = physio.post(address("change-muscle", row.pk), {"note": "de"}, headers=HTMX)
    assert f'id="row-{row.pk}"' not in answer.content.decode()


def test_a_row_over_the_lung_says_so_with_its_source(
    treatment: TreatmentSession, physio: Client
) -> None:
    needle(treatment, "rhomboid_major")
    page = physio.get(address("detail", treatment.pk)).content.decode()
    assert "Over the lung: pneumothorax caution." in page
    assert "Near: pleura, dorsal scapular artery and nerve." in page
    assert "Source: GRAY, KENDALL" in page


def test_the_side_stands_in_words(treatment: TreatmentSession, physio: Client) -> None:
    needle(treatment, side="left")
    page = physio.get(address("detail", treatment.pk)).content.decode()
    assert "L left" in page
    assert 'aria-label="Twitch, Deltoid, left"' in page


def test_a_needle_that_is_not_in_stock_stays_chosen(
    treatment: TreatmentSession, physio: Client
) -> None:
    needle(treatment, needle_gauge_mm="0.16", needle_length_mm=13)
    page = physio.get(address("detail", treatment.pk)).content.decode()
    assert '<option value="0.16x13" selected>0.16 × 13 mm</option>' in page


def test_a_removed_row_comes_back_by_undo(treatment: TreatmentSession, physio: Client) -> None:
    row = needle(treatment, segment="C6", insertions=3, note="deep", twitch="")
    page = physio.post(address("remove-muscle", row.pk), follow=True).content.decode()
    assert rows_of(treatment) == []
    assert "Deltoid, right, removed." in page
    form = page[page.index(address("restore-muscle", treatment.pk)) :]
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("Undo")])
    answer = physio.post(address("restore-muscle", treatment.pk), dict(hidden))
    assert answer.status_code == 302
    back = treatment.muscles.get()
    assert (back.segment, back.insertions, back.note, back.twitch) == ("C6", 3, "deep", "")


@pytest.mark.parametrize("data", [{}, {"muscle": "deltoid", "side": "right"}])
def test_an_undo_that_no_longer_fits_is_refused(
    treatment: TreatmentSession, physio: Client, data: dict[str, str]
) -> None:
    row = needle(treatment)
    full = {
        "needle_gauge_mm": "0.30",
        "needle_length_mm": "40",
        "insertions": "1",
        **data,
    }
    answer = physio.post(address("restore-muscle", treatment.pk), full, headers=HTMX)
    assert answer.status_code == 422
    assert list(treatment.muscles.all()) == [row]


def test_a_row_of_a_signed_session_is_refused_in_words(
    signed: TreatmentSession, physio: Client
) -> None:
    row = signed.muscles.get()
    for name, data in (("change-muscle", {"step": "1"}), ("remove-muscle", {})):
        page = physio.post(address(name, row.pk), data, follow=True).content.decode()
        assert "Add an addendum instead." in page
    row.refresh_from_db()
    assert row.insertions == 1


def test_muscles_are_found_by_typing(treatment: TreatmentSession, physio: Client) -> None:
    found = physio.get(address("find-muscle", treatment.pk), {"q": "infrasp"}).content.decode()
    assert 'value="infraspinatus:right:' in found
    assert 'value="infraspinatus:left:' in found
    nothing = physio.get(address("find-muscle", treatment.pk), {"q": "zzz"}).content.decode()
    assert "No muscle is called “zzz”." in nothing
    plain = physio.get(address("detail", treatment.pk), {"q": "infrasp"}).content.decode()
    assert 'value="infraspinatus:left:' in plain


def test_a_signed_session_finds_no_muscles(signed: TreatmentSession, physio: Client) -> None:
    assert physio.get(address("find-muscle", signed.pk), {"q": "sol"}).status_code == 404
