from intake.consent_text import (
    CONSENT_VERSION,
    introduction_shown,
    statements_shown,
    text_fingerprint,
)

# A consent to one of these texts stays on file. A changed sentence is a new version and a new line.
FINGERPRINTS = {
    "2026.2": "cad1ad6d82838ab71cb3374993dea88667228c6ba857464961c75f2767422e12",
}


def test_a_changed_sentence_needs_a_new_version() -> None:
    assert FINGERPRINTS[CONSENT_VERSION] == text_fingerprint()


def test_the_published_frequencies_stand_in_the_statements() -> None:
    words = " ".join(statement["text"] for statement in statements_shown())
    for figure in ("19-40 in 100", "about 0.9 in 100", "0 in 7,629", "1 in 1,000", "8 per million"):
        assert figure in words


def test_the_introduction_says_what_to_expect_and_that_one_may_stop() -> None:
    words = " ".join(introduction_shown())
    for part in ("thin needles", "24 to 48 hours", "stop at any time", "Call the clinic"):
        assert part in words
