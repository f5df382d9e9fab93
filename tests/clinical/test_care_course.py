from hypothesis import given
from hypothesis import strategies as st

from clinical.care_course import CareCourse

numbers = st.integers(min_value=1, max_value=60)


def test_a_course_says_where_it_stands() -> None:
    assert CareCourse(4, 8, 6).words == "Session 4 of 8, reassessment due at 6"
    assert CareCourse(6, 8, 6).words == "Session 6 of 8, reassessment due now"
    assert CareCourse(9, 8, 6, 6).words == "Session 9, 8 were proposed, reassessment due at 12"
    assert CareCourse(2, None, 6).words == "Session 2, reassessment due at 6"


def test_the_session_before_says_that_it_is_due_next() -> None:
    assert [CareCourse(n, 8, 6).is_due_next for n in (4, 5, 6)] == [False, True, False]


@given(number=numbers, every=numbers, after=numbers)
def test_an_assessment_never_brings_the_next_one_nearer(
    number: int, every: int, after: int
) -> None:
    assert CareCourse(number, 8, every, after).due_at > CareCourse(number, 8, every).due_at


@given(number=numbers, every=numbers)
def test_what_is_due_stays_due_until_somebody_assesses(number: int, every: int) -> None:
    now, later = CareCourse(number, None, every), CareCourse(number + 1, None, every)
    assert later.is_due or not now.is_due


def test_it_is_overdue_only_after_the_session_at_which_it_was_due() -> None:
    assert [CareCourse(n, 8, 6).is_overdue for n in (5, 6, 7)] == [False, False, True]
