from clinical.emergency_advice import emergency_advice


def test_an_emergency_answer_says_what_to_do_at_once() -> None:
    assert "emergency department now" in emergency_advice({"rf_saddle": "yes", "dvt": "yes"})[0]
    assert "today" in emergency_advice({"dvt": "yes"})[0]
    assert emergency_advice({"diabetes": "yes"}) == ()
