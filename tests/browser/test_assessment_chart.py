"""The body chart beside the form: come closer, find a muscle, look at another layer."""

from playwright.sync_api import Locator, Page, expect

from assessment.models import Assessment
from intake.choices import IntakeStatus
from intake.form_record import current_form
from intake.models import IntakeAnswer
from tests import factories
from tests.browser.conftest import faults
from tests.browser.test_assessment import draft, form

__all__ = ["draft", "form"]

CHOSEN = "muscle_tone|{}|{}|0"
# What a finger can meet at the closest look, in px; WCAG 2.2, 2.5.8.
SMALLEST = 24
# For each shape the best of its regions: the shorter side of what is drawn, in px of the page.
BEST_SIZES = """() => {
  const best = {};
  const list = document.querySelector("#chart [data-zoom]");
  for (const option of [...list.options].slice(1)) {
    option.selected = true;
    list.dispatchEvent(new Event("change", { bubbles: true }));
    for (const view of document.querySelectorAll("#chart [data-view]:not([hidden])")) {
      const frame = view.querySelector("svg").getBoundingClientRect();
      for (const shape of view.querySelectorAll("[data-muscle]")) {
        const box = shape.getBoundingClientRect();
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        if (x < frame.left || x > frame.right || y < frame.top || y > frame.bottom) continue;
        best[shape.id] = Math.max(best[shape.id] ?? 0, Math.min(box.width, box.height));
      }
    }
  }
  return best;
}"""


def shape(page: Page, muscle: str, side: str) -> Locator:
    return page.locator(f'#chart [data-muscle="{muscle}"][data-side="{side}"]').first


def test_a_tap_comes_closer_and_the_next_leads_to_the_row(form: Page) -> None:
    form.locator("[data-tab=tests]").click()
    shape(form, "deltoid", "left").click()
    expect(form.get_by_label("Look closely at")).to_have_value("Shoulder, left")
    shape(form, "deltoid", "left").click()
    expect(form.locator(":focus")).to_have_attribute("value", CHOSEN.format("deltoid", "left"))
    form.get_by_role("button", name="Whole body").click()
    expect(form.get_by_label("Look closely at")).to_have_value("")
    shape(form, "tibialis_anterior", "right").click()
    expect(form.get_by_label("Look closely at")).to_have_value("Leg, right")


def test_a_region_is_looked_at_closely(form: Page) -> None:
    form.set_viewport_size({"width": 900, "height": 1000})
    form.locator("[data-show=picture]").click()
    form.get_by_label("Look closely at").select_option("Forearm, left")
    shape = form.locator("#front-surface-brachioradialis-left")
    box = shape.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24
    assert faults(form) == []
    shape.click()
    expect(form.locator(":focus")).to_have_attribute("value", "muscle_tone|brachioradialis|left|0")
    form.locator("[data-show=picture]").click()
    form.get_by_label("Look closely at").select_option("Sole, left")
    expect(form.locator("#chart [data-view=front]")).to_be_hidden()
    form.get_by_label("Look closely at").select_option("the whole body")
    expect(form.locator("#chart [data-view=front]")).to_be_visible()


def test_another_layer_comes_without_a_new_page_and_stays_close(form: Page) -> None:
    form.get_by_label("Look closely at").select_option("Shoulder, right")
    form.get_by_role("link", name="Deep", exact=True).click()
    expect(form.locator("#front-deep-subscapularis-right")).to_be_attached()
    expect(form.get_by_role("link", name="Deep", exact=True)).to_have_attribute(
        "aria-current", "true"
    )
    expect(form.get_by_label("Look closely at")).to_have_value("Shoulder, right")


def test_every_shape_can_be_met_by_a_finger(form: Page) -> None:
    form.set_viewport_size({"width": 900, "height": 1000})
    form.locator("[data-show=picture]").click()
    best: dict[str, float] = {}
    for name in ("Surface", "Deep", "Spine"):
        form.get_by_role("link", name=name, exact=True).click()
        expect(form.locator(f"#chart [id*=-{name.lower()}-]").first).to_be_attached()
        best |= form.evaluate(BEST_SIZES)
    assert len(best) > 300
    assert {key: size for key, size in best.items() if size < SMALLEST} == {}


def test_the_pain_drawing_is_a_layer_with_its_words(form: Page, draft: Assessment) -> None:
    asked = current_form()
    intake = factories.make_intake(draft.patient, status=IntakeStatus.SUBMITTED, form=asked)
    IntakeAnswer.objects.create(
        intake=intake,
        question="chief_area",
        wording="Tap every place that hurts",
        value="neckR,shldrL",
        facts={"zones": {"neckR": ["aching", "sharp"]}},
    )
    form.get_by_role("link", name="Pain", exact=True).click()
    words = form.locator(".as-pain-words")
    expect(words.get_by_role("listitem")).to_have_text(
        ["Neck, right: aching, sharp", "Shoulder, left"]
    )
    expect(form.locator("#chart figure svg")).to_have_count(2)
    assert faults(form) == []
