from clinical.aftercare import standard_advice
from clinical.reference import reference


def test_the_standard_advice_speaks_of_the_course_heat_and_the_emergency() -> None:
    advice = standard_advice()
    assert "3 days" in advice.text
    assert "Heat or ice" in advice.text
    assert "emergency department NOW" in advice.text
    assert set(advice.sources) <= set(reference().sources)
    assert len(advice.sources) == len(set(advice.sources))
