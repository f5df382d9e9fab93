from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from ims_clinic import environment

NAME = "IMS_OF_A_TEST"


@pytest.mark.parametrize(
    ("raw", "value"), [("1", True), ("YES", True), ("", False), ("off", False)]
)
def test_a_flag_reads_plain_words(monkeypatch: Any, raw: str, value: bool) -> None:
    monkeypatch.setenv(NAME, raw)
    assert environment.flag(NAME) is value


def test_a_flag_that_is_not_set_has_its_default() -> None:
    assert environment.flag(NAME, default=True) is True


def test_a_flag_of_any_other_word_stops_the_start(monkeypatch: Any) -> None:
    monkeypatch.setenv(NAME, "maybe")
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be 1 or 0, not 'maybe'"):
        environment.flag(NAME)


def test_words_are_split_at_commas(monkeypatch: Any) -> None:
    monkeypatch.setenv(NAME, "a.example, b.example,")
    assert environment.words(NAME) == ["a.example", "b.example"]


def test_a_missing_value_says_what_it_is_for() -> None:
    with pytest.raises(ImproperlyConfigured, match=f"Set {NAME}: the address of the clinic"):
        environment.required(NAME, "the address of the clinic")


def test_a_secret_comes_from_the_environment_before_the_file(
    monkeypatch: Any, tmp_path: Path
) -> None:
    held = tmp_path / "secret"
    held.write_text("of the file\n")
    assert environment.secret(NAME, held, "why") == "of the file"
    monkeypatch.setenv(NAME, "of the environment")
    assert environment.secret(NAME, held, "why") == "of the environment"


def test_no_secret_at_all_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured):
        environment.secret(NAME, tmp_path / "nothing", "it signs links")


@pytest.mark.parametrize(
    ("argv", "is_free"),
    [
        (["manage.py", "screen_answers", "a.json"], True),
        (["/srv/clinic/manage.py", "infer_segments", "-"], True),
        (["/usr/lib/django/__main__.py", "screen_answers"], True),
        (["manage.py"], False),
        (["manage.py", "migrate"], False),
        (["gunicorn", "screen_answers"], False),
        (["manage.py", "shell", "screen_answers"], False),
    ],
)
def test_only_the_pure_commands_go_without_a_database(argv: list[str], is_free: bool) -> None:
    assert environment.is_database_free(argv) is is_free


def test_a_throw_away_secret_is_long_and_never_the_same() -> None:
    first, second = environment.throw_away_secret(), environment.throw_away_secret()
    assert len(first) > 80
    assert first != second


def test_the_owner_of_the_tables_signs_in_only_when_asked(monkeypatch: Any) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://app@db/clinic")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://owner@db/clinic")
    monkeypatch.delenv("IMS_DATABASE_AS", raising=False)
    assert environment.databases()["default"]["USER"] == "app"
    monkeypatch.setenv("IMS_DATABASE_AS", "owner")
    assert environment.databases()["default"]["USER"] == "owner"
    monkeypatch.delenv("DATABASE_OWNER_URL")
    assert environment.databases()["default"]["USER"] == "app"


def test_no_database_address_stops_the_start(monkeypatch: Any) -> None:
    monkeypatch.delenv("DATABASE_URL")
    with pytest.raises(ImproperlyConfigured, match="Set DATABASE_URL: the PostgreSQL address"):
        environment.databases()


def test_pairs_are_read_and_a_bad_one_stops_the_start(monkeypatch: Any) -> None:
    assert environment.pairs(NAME) == {}
    monkeypatch.setenv(NAME, "frail=informational, dvt = precaution")
    assert environment.pairs(NAME) == {"frail": "informational", "dvt": "precaution"}
    for bad in ("frail", "=x", "frail=", "frail=a,frail=b"):
        monkeypatch.setenv(NAME, bad)
        with pytest.raises(ImproperlyConfigured, match="must list name=word once each"):
            environment.pairs(NAME)


def test_durations_are_minutes_over_their_defaults(monkeypatch: Any) -> None:
    default = "emergency=10,same_day=120"
    monkeypatch.setenv(NAME, "emergency=5")
    found = environment.durations(NAME, default)
    assert found == {"emergency": timedelta(minutes=5), "same_day": timedelta(minutes=120)}
    for bad in ("emergency=0", "emergency=soon", "emergency=-1", "tomorrow=5"):
        monkeypatch.setenv(NAME, bad)
        with pytest.raises(ImproperlyConfigured, match=NAME):
            environment.durations(NAME, default)


def test_a_number_stays_in_its_range_or_stops_the_start(monkeypatch: Any) -> None:
    monkeypatch.delenv(NAME, raising=False)
    assert environment.number(NAME, 6, most=20) == 6
    monkeypatch.setenv(NAME, " 20 ")
    assert environment.number(NAME, 6, most=20) == 20
    for bad in ("0", "21", "six", "-1", "1.5"):
        monkeypatch.setenv(NAME, bad)
        with pytest.raises(ImproperlyConfigured, match="must be a number from 1 to 20"):
            environment.number(NAME, 6, most=20)
