import pytest

from clinical.pain_duration import Duration, duration_of


@pytest.mark.parametrize(
    ("words", "duration"),
    [
        ("3 weeks ago", Duration.WEEKS),
        ("About two months ago, after a fall", Duration.WEEKS),
        ("a few days", Duration.WEEKS),
        ("3 months ago", Duration.MONTHS),
        ("Half a year", Duration.MONTHS),
        ("a year ago", Duration.MONTHS),
        ("over a year", Duration.YEARS),
        ("more than 12 months", Duration.MONTHS),
        ("1.5 years", Duration.YEARS),
        ("For 10 years", Duration.YEARS),
        ("il y a 3 semaines", Duration.WEEKS),
        ("depuis plus d'un an", Duration.YEARS),
        ("depuis deux ans", Duration.YEARS),
    ],
)
def test_one_span_of_time_is_read(words: str, duration: Duration) -> None:
    assert duration_of(words) is duration


@pytest.mark.parametrize(
    "words",
    [
        "",
        "long ago",
        "since 2019",
        "last March",
        "2 years ago, worse for 3 weeks",
        "5-6 years",
        "5 to 6 years",
        "1 1/2 years",
        "many years",
    ],
)
def test_what_is_no_single_span_is_not_known(words: str) -> None:
    assert duration_of(words) is Duration.UNKNOWN
