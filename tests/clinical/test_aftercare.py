from clinical.aftercare import OWN_WORDING, standard_advice
from clinical.reference import reference


def test_the_standard_advice_speaks_of_the_course_heat_activity_and_the_emergency() -> None:
    told = {one.id: one.told for one in standard_advice()}
    assert list(told) == ["soreness", "heat", "activity", "warning_signs"]
    assert "3 days" in told["soreness"]
    assert told["heat"].startswith("Heat: Heat or ice")
    assert "emergency department NOW" in told["warning_signs"]


def test_every_advice_has_a_source_or_says_that_it_is_our_own_wording() -> None:
    sources = {source for one in standard_advice() for source in one.sources}
    assert all(one.sources for one in standard_advice())
    assert sources - set(reference().sources) == {OWN_WORDING}
