"""A whole session over a line that loses three saves in ten: 0 lost, 0 doubled."""

import os
import random
from collections import Counter

import pytest
from playwright.sync_api import Page, Route, expect

from sessions.models import SavedChange, TreatmentSession
from tests.browser.outbox_records import wait_for_records
from tests.browser.test_session_outbox import POSTS, expect_state, is_save, pain, session_page
from tests.browser.test_session_page import treatment

__all__ = ["session_page", "treatment"]

ROUNDS = int(os.environ.get("IMS_LINE_ROUNDS", "1"))
MUSCLES = """deltoid infraspinatus supraspinatus biceps_brachii triceps_brachii brachioradialis
 pronator_teres soleus tibialis_anterior gluteus_medius gluteus_maximus rectus_femoris""".split()


class BadLine:
    """Three saves in ten go wrong: half never arrive, of the other half the answer is lost."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.cuts: Counter[str] = Counter()

    def __call__(self, route: Route) -> None:
        is_cut = is_save(route) and self.dice.random() < 0.3
        if not is_cut:
            route.continue_()
            return
        if self.dice.random() < 0.5:
            self.cuts["never arrived"] += 1
        else:
            self.cuts["answer lost"] += 1
            route.fetch()
        route.abort()


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_session_of_twelve_muscles_over_a_bad_line_loses_and_doubles_nothing(
    session_page: Page, treatment: TreatmentSession, seed: int
) -> None:
    page, line, dice = session_page, BadLine(seed), random.Random(seed + 1_000)
    page.evaluate("RETRY_SECONDS.fill(0.05)")
    page.context.route(POSTS, line)
    wanted = {}
    for muscle in MUSCLES:
        page.get_by_label("Find a muscle").fill(muscle.replace("_", " "))
        page.locator(f"#session-found [value^='{muscle}:right']").click()
        row = page.locator(".session-rows li").nth(len(wanted))
        expect(row).to_be_visible(timeout=15_000)
        steps, twitch = dice.randint(1, 4), dice.choice(("none", "weak", "strong"))
        for _ in range(steps):
            row.get_by_role("button", name="One more").click()
        row.get_by_role("button", name=twitch).click()
        wanted[muscle] = (steps + 1, twitch)
    pain(page, "6").click()
    expect_state(page, "Saved", timeout=30_000)
    wait_for_records(page, 0)
    rows = treatment.muscles.all()
    assert {row.muscle: (row.insertions, row.twitch) for row in rows} == wanted
    assert len(rows) == 12
    taps = 12 + sum(steps - 1 for steps, _twitch in wanted.values()) + 12 + 1
    assert SavedChange.objects.count() == taps
    assert min(line.cuts["never arrived"], line.cuts["answer lost"]) > 0
