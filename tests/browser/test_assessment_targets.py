"""Every shape of the chart can be met: 24 px across in its region, and itself meant."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assessment.choices import Battery
from assessment.models import Assessment
from clinical.body_chart.figure import panels
from clinical.vocabulary import Side
from tests import factories
from tests.browser.test_assessment import form

__all__ = ["form"]

LAYERS = ("Surface", "Deep", "Spine", "Skin")
# For each shape in each region that shows its middle: whether a disc of 24 px around one of its
# points lies in the shape or its rim, and whether one of its points means the shape.
MEASURE = """() => {
  const found = {};
  const list = document.querySelector("#chart [data-zoom]");
  const turns = [...Array(8).keys()].map((turn) => (turn * Math.PI) / 4);
  const shares = [...Array(12).keys()].map((step) => (step + 0.5) / 12);
  for (const option of [...list.options].slice(1)) {
    option.selected = true;
    list.dispatchEvent(new Event("change", { bubbles: true }));
    for (const view of document.querySelectorAll("#chart [data-view]:not([hidden])")) {
      const svg = view.querySelector("svg");
      const frame = svg.getBoundingClientRect();
      const reach = 11.5 / svg.getScreenCTM().a;
      for (const shape of view.querySelectorAll("[data-muscle], path[data-level]")) {
        const place = shape.getBoundingClientRect();
        const [x, y] = [place.x + place.width / 2, place.y + place.height / 2];
        if (x < frame.left || x > frame.right || y < frame.top || y > frame.bottom) continue;
        const rim = chartTargets.rimOf(shape);
        const box = shape.getBBox();
        const length = shape.getTotalLength();
        const points = [
          ...shares.flatMap((u) => shares.map((v) =>
            new DOMPoint(box.x + u * box.width, box.y + v * box.height))),
        ].filter((point) => shape.isPointInFill(point));
        const edge = (share) => DOMPoint.fromPoint(shape.getPointAtLength(share * length));
        points.push(...shares.map(edge));
        const isIn = (point) => shape.isPointInFill(point) || Boolean(rim?.isPointInStroke(point));
        const isWide = points.some((p) => turns.every((turn) =>
          isIn(new DOMPoint(p.x + reach * Math.cos(turn), p.y + reach * Math.sin(turn)))));
        const isMeant = points.some((point) => {
          const at = point.matrixTransform(shape.getScreenCTM());
          return chartTargets.at(at.x, at.y) === shape;
        });
        found[`${shape.id} in ${option.textContent}`] = [isWide, isMeant];
      }
    }
  }
  return found;
}"""


@pytest.fixture
def draft(transactional_db: None) -> Assessment:
    return factories.make_assessment(battery=Battery.FULL)


@pytest.mark.parametrize("width", [1280, 820])
def test_every_shape_is_wide_enough_and_can_be_meant(form: Page, width: int) -> None:
    form.set_viewport_size({"width": width, "height": 3000})
    if width == 820:
        form.locator("[data-show=picture]").click()
    found: dict[str, Any] = {}
    for name in LAYERS:
        form.get_by_role("link", name=name, exact=True).click()
        expect(form.get_by_role("link", name=name, exact=True)).to_have_attribute(
            "aria-current", "true"
        )
        found |= form.evaluate(MEASURE)
    assert [key for key, (is_wide, _) in found.items() if not is_wide] == []
    assert [key for key, (_, is_meant) in found.items() if not is_meant] == []
    shapes = {key.partition(" in ")[0] for key in found}
    own, other = ({s.removesuffix(side) for s in shapes if s.endswith(side)} for side in Side)
    assert own == other
    for view, layer in panels():
        if layer != "pain":
            assert any(shape.startswith(f"{view}-{layer}-") for shape in shapes)
    assert len(shapes) > 400


# Presses the first place of the figure at which the right side of a muscle or skin area is meant.
PRESS = """(wanted) => {
  const svg = document.querySelector("#chart [data-view]:not([hidden]) svg");
  const frame = svg.getBoundingClientRect();
  for (let x = frame.left + 3; x < frame.right; x += 4) {
    for (let y = frame.top + 3; y < frame.bottom; y += 4) {
      const { muscle, level, side } = chartTargets.at(x, y)?.dataset ?? {};
      if ((muscle ?? level) !== wanted || side !== "right") continue;
      const at = { clientX: x, clientY: y, bubbles: true };
      return document.elementFromPoint(x, y).dispatchEvent(new MouseEvent("click", at));
    }
  }
  throw new Error("it is not there");
}"""


def test_a_thin_muscle_and_a_skin_area_lead_to_their_rows(form: Page) -> None:
    form.set_viewport_size({"width": 1280, "height": 2000})
    form.get_by_label("Look closely at").select_option("Forearm, right")
    form.evaluate(PRESS, "flexor_carpi_radialis")
    wanted = "muscle_tone|flexor_carpi_radialis|right|0"
    expect(form.locator(":focus")).to_have_attribute("value", wanted)
    form.get_by_role("link", name="Skin", exact=True).click()
    expect(form.locator("#chart path[data-level=C6]").first).to_be_attached()
    expect(form.get_by_label("Look closely at")).to_have_value("Forearm, right")
    form.evaluate(PRESS, "C6")
    expect(form.locator(":focus")).to_have_attribute("value", "light_touch|C6|right|0")


def test_the_whole_body_only_comes_closer(form: Page) -> None:
    assert form.locator("#chart .as-rim").count() == 0
    form.locator("#front-surface-deltoid-left").click()
    assert form.locator("#chart .as-rim").count() > 0
    form.get_by_role("button", name="Whole body").click()
    assert form.locator("#chart .as-rim").count() == 0
