import pytest

from sessions.adverse import answer_none
from sessions.counting import NeedleCount, count_of, gaps_before_signing, muscle_name
from sessions.models import TreatmentSession
from sessions.needling import save_details
from tests.sessions.conftest import needle


@pytest.mark.parametrize(
    ("needles_in", "out", "reason", "words", "settled"),
    [
        (11, None, "", "", False),
        (11, 11, "", "", True),
        (11, 9, "", "2 needles not accounted for", False),
        (11, 10, "", "1 needle not accounted for", False),
        (11, 12, "", "1 needle out too many", False),
        (11, 9, "Two stayed in the guide tubes.", "2 needles not accounted for", True),
        (0, None, "", "", False),
        (0, 0, "", "", True),
    ],
)
def test_the_count_is_settled_when_equal_or_explained(
    needles_in: int, out: int | None, reason: str, words: str, settled: bool
) -> None:
    count = NeedleCount(needles_in, out, reason)
    assert (count.words, count.is_settled) == (words, settled)


def test_needles_in_are_the_insertions_of_all_rows(treatment: TreatmentSession) -> None:
    needle(treatment, "deltoid", insertions=3)
    needle(treatment, "deltoid", side="left", insertions=2)
    assert count_of(treatment, list(treatment.muscles.all())).needles_in == 5


def test_everything_missing_is_named_in_the_order_of_the_page(
    treatment: TreatmentSession,
) -> None:
    row = needle(treatment, "soleus", side="left", twitch="")
    gaps = gaps_before_signing(treatment, [row])
    assert [gap.place for gap in gaps] == [
        "before",
        f"row-{row.pk}",
        "after",
        "adverse",
        "needles_out",
    ]
    assert gaps[1].sentence == ("Note the twitch of Soleus, left, or choose “not noted”.")


def test_a_difference_without_a_reason_is_a_gap(treatment: TreatmentSession) -> None:
    row = needle(treatment, insertions=3)
    answer_none(treatment=treatment)
    changed = save_details(treatment=treatment, pain_before=0, pain_after=0, needles_out=2)
    assert [gap.sentence for gap in gaps_before_signing(changed, [row])] == [
        "3 needles in and 2 out: correct the number, or write the reason for the difference."
    ]


def test_a_muscle_that_the_table_lost_keeps_a_readable_name() -> None:
    assert muscle_name("old_muscle") == "old muscle"


def test_over_the_lung_the_warning_signs_are_told_again_before_signing(
    treatment: TreatmentSession,
) -> None:
    rows = [needle(treatment, "deltoid"), needle(treatment, "rhomboid_major")]
    assert "lung_signs" in [gap.place for gap in gaps_before_signing(treatment, rows)]
    told = save_details(treatment=treatment, lung_signs_told=True)
    assert "lung_signs" not in [gap.place for gap in gaps_before_signing(told, rows)]
