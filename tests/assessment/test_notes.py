"""A note on one side of a muscle: sent, kept, compared, read after signing."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from assessment import services
from assessment.drafts import AssessmentClosed
from assessment.forms import posted_cells, posted_notes
from assessment.models import Assessment, MuscleNote
from assessment.notes import LONGEST, Note, note_lines, notes_of, read_note, sent_text
from assessment.page import tabs_for
from audit.choices import Action
from audit.models import AuditEvent
from clinical.segments import FindingError
from clinical.vocabulary import Side
from tests.assessment.test_views import physio, save, statements

__all__ = ["physio"]

BAND = "note|deltoid|right|Hard%20band%20%7C%20%22rope%22"


def write(draft: Assessment, text: str, side: Side = Side.RIGHT) -> None:
    services.save_cells(pk=draft.pk, cells=[], notes=[Note("deltoid", side, text)])


def texts(assessment: Assessment) -> dict[tuple[str, str], str]:
    return {place: row.text for place, row in notes_of(assessment).items()}


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=LONGEST))
def test_what_is_stored_is_read_again_as_it_was_sent(text: str) -> None:
    note = read_note(f"note|deltoid|left|{sent_text(MuscleNote(text=text))}")
    assert (note.muscle, note.side, note.text) == ("deltoid", Side.LEFT, " ".join(text.split()))


@pytest.mark.parametrize(
    "text",
    [
        "note|deltoid|right",
        "note|deltoid|both|x",
        "note|made_up|right|x",
        "note|deltoid|right|x|y",
        f"note|deltoid|right|{'x' * (LONGEST + 1)}",
    ],
)
def test_what_is_no_note_of_a_muscle_is_refused(text: str) -> None:
    with pytest.raises(FindingError):
        read_note(text)


def test_notes_and_cells_come_in_one_request() -> None:
    data = QueryDict(mutable=True)
    data.setlist("cell", ["reflex|biceps|right|1", BAND])
    data.setlist("known", ["", "|Soft"])
    [cell], [note] = posted_cells(data), posted_notes(data)
    assert cell.place == ("reflex", "biceps", "right")
    assert note == Note("deltoid", Side.RIGHT, 'Hard band | "rope"', frozenset({"", "Soft"}))


def test_a_note_is_kept_changed_and_taken_away_with_its_history(draft: Assessment) -> None:
    write(draft, "Hard band")
    write(draft, "Soft", Side.LEFT)
    assert texts(draft) == {("deltoid", "right"): "Hard band", ("deltoid", "left"): "Soft"}
    write(draft, "Hard band, upper third")
    write(draft, "Hard band, upper third")
    write(draft, "", Side.LEFT)
    assert texts(draft) == {("deltoid", "right"): "Hard band, upper third"}
    lines = AuditEvent.objects.filter(subject="assessment_musclenote").order_by("id")
    acts = [Action.INSERT, Action.INSERT, Action.UPDATE, Action.DELETE]
    assert [line.action for line in lines] == acts


def test_what_somebody_else_noted_is_shown_and_not_overwritten(
    physio: Client, draft: Assessment
) -> None:
    write(draft, "Their words")
    answer = save(physio, draft, BAND, known="")
    assert answer.status_code == 412
    [conflict] = answer.json()["conflicts"]  # type: ignore[attr-defined]
    assert conflict["place"] == "note|deltoid|right"
    assert conflict["theirs"] == "Their%20words"
    assert texts(draft) == {("deltoid", "right"): "Their words"}
    assert save(physio, draft, BAND, known="Their%20words").status_code == 200
    assert texts(draft) == {("deltoid", "right"): 'Hard band | "rope"'}
    assert save(physio, draft, BAND, known="Their%20words").status_code == 200  # sent twice


def test_a_note_too_long_is_refused_with_a_sentence(physio: Client, draft: Assessment) -> None:
    answer = save(physio, draft, f"note|deltoid|right|{'x' * 201}", known="")
    assert answer.status_code == 400
    assert answer.content.decode() == "A note has at most 200 letters. Shorten it."


def test_a_form_without_script_keeps_the_notes(physio: Client, draft: Assessment) -> None:
    physio.post(
        f"/assessments/{draft.pk}/findings/",
        {"numbers": "1", "note|deltoid|left": "a | b\r\nc", "note|deltoid|right": ""},
    )
    assert texts(draft) == {("deltoid", "left"): "a | b c"}


def test_a_note_on_a_muscle_outside_the_form_has_its_row(draft: Assessment) -> None:
    services.save_cells(pk=draft.pk, cells=[], notes=[Note("soleus", Side.LEFT, "Cramp")])
    muscles = tabs_for(draft, {}, None)[0]
    row = muscles.sections[-1].rows[0]
    assert (muscles.sections[-1].name, row.name) == ("Also recorded", "Soleus")
    assert [note.text for note in row.notes] == ["", "Cramp"]


def test_a_signed_assessment_shows_its_notes_and_closes_them(
    physio: Client, examined: Assessment
) -> None:
    write(examined, "<b>Rope</b>")
    assert "&lt;b&gt;Rope" in physio.get(f"/assessments/{examined.pk}/sign/").content.decode()
    services.sign_assessment(assessment=examined, by=examined.practitioner.user)
    page = physio.get(f"/assessments/{examined.pk}/").content.decode()
    assert "Notes on muscles" in page
    assert "&lt;b&gt;Rope" in page
    with pytest.raises(AssessmentClosed):
        write(examined, "Later")
    [line] = note_lines(notes_of(examined))
    assert (line.muscle, line.right, line.left) == ("Deltoid", "<b>Rope</b>", "")


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE assessment_musclenote SET text = 'x'",
        "DELETE FROM assessment_musclenote",
        (
            "INSERT INTO assessment_musclenote (assessment_id, muscle, side, text, entered_at) "
            "SELECT assessment_id, 'soleus', side, text, entered_at FROM assessment_musclenote"
        ),
    ],
)
def test_the_database_closes_notes_with_the_signature(examined: Assessment, act: str) -> None:
    write(examined, "Rope")
    services.sign_assessment(assessment=examined, by=examined.practitioner.user)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)


@pytest.mark.parametrize(("side", "text"), [("both", "x"), ("left", "")])
def test_the_database_refuses_a_note_without_side_or_words(
    draft: Assessment, side: str, text: str
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        MuscleNote.objects.create(assessment=draft, muscle="deltoid", side=side, text=text)


def test_the_note_of_the_last_time_stands_below(physio: Client, examined: Assessment) -> None:
    write(examined, "Hard band")
    services.sign_assessment(assessment=examined, by=examined.practitioner.user)
    new = services.start_assessment(
        patient=examined.patient, practitioner=examined.practitioner, battery="neck_arm"
    )
    page = physio.get(f"/assessments/{new.pk}/").content.decode()
    assert ": Hard band</small>" in page
    assert texts(new) == {}


def test_many_notes_cost_no_more_statements_than_one(physio: Client, draft: Assessment) -> None:
    write(draft, "One")
    one = len(statements(lambda: physio.get(f"/assessments/{draft.pk}/")))
    write(draft, "Two", Side.LEFT)
    services.save_cells(pk=draft.pk, cells=[], notes=[Note("soleus", Side.LEFT, "Three")])
    assert len(statements(lambda: physio.get(f"/assessments/{draft.pk}/"))) == one
