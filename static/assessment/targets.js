// What a finger or a pointer means inside a region. A shape in which no disc of 24 px fits gets an
// invisible rim; where rims and shapes overlap, the one whose middle is nearest is meant.
"use strict";

const SMALLEST = 24;
const STEPS = 12;
const SHAPES = "[data-muscle], path[data-level]";
const rimOf = new WeakMap();
const ownerOf = new WeakMap();

// The middle of a shape and its box, in px of the page.
function placeOf(shape) {
  const box = shape.getBoundingClientRect();
  return { box, x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

// Whether a disc of the smallest size fits into the shape; `scale` is px for one unit of the drawing.
function hasRoom(shape, scale) {
  const box = shape.getBBox();
  if (Math.min(box.width, box.height) * scale < SMALLEST) return false;
  const outline = shape.cloneNode(false);
  outline.setAttribute("class", "as-rim");
  outline.setAttribute("stroke-width", SMALLEST / scale);
  shape.after(outline);
  const fits = pointsIn(box).some((p) => shape.isPointInFill(p) && !outline.isPointInStroke(p));
  outline.remove();
  return fits;
}

function pointsIn({ x, y, width, height }) {
  const steps = [...Array(STEPS).keys()].map((step) => (step + 0.5) / STEPS);
  return steps.flatMap((u) => steps.map((v) => new DOMPoint(x + u * width, y + v * height)));
}

function addRim(shape, scale) {
  const rim = shape.cloneNode(false);
  for (const { name } of [...rim.attributes]) if (!["d", "transform"].includes(name)) rim.removeAttribute(name);
  rim.setAttribute("class", "as-rim");
  rim.setAttribute("stroke-width", SMALLEST / scale);
  shape.parentNode.append(rim);
  rimOf.set(shape, rim);
  ownerOf.set(rim, shape);
}

const targets = {
  // Gives every shape that the figure shows closely its rim, where it needs one.
  rim(figure) {
    for (const rim of figure.querySelectorAll(".as-rim")) rim.remove();
    for (const shape of figure.querySelectorAll(SHAPES)) rimOf.delete(shape);
    if (!figure.classList.contains("is-close") || figure.hidden) return;
    const svg = figure.querySelector("svg");
    const [frame, scale] = [svg.getBoundingClientRect(), svg.getScreenCTM().a];
    if (scale === 0) return;
    for (const shape of figure.querySelectorAll(SHAPES)) {
      const { box } = placeOf(shape);
      const isSeen = box.right > frame.left && box.left < frame.right && box.bottom > frame.top && box.top < frame.bottom;
      if (isSeen && !hasRoom(shape, scale)) addRim(shape, scale);
    }
  },

  // The shape that is meant at a point of the page, or nothing. Rims let the pointer through.
  at(x, y) {
    const under = document.elementsFromPoint(x, y).filter((one) => one.closest("#chart .is-close"));
    const seen = under.find((one) => one.matches(SHAPES));
    if (seen && rimOf.has(seen)) return seen;
    const rims = under[0]?.closest(".is-close").querySelectorAll(".as-rim") ?? [];
    const isIn = (rim) => rim.isPointInStroke(new DOMPoint(x, y).matrixTransform(rim.getScreenCTM().inverse()));
    const near = [seen, ...[...rims].filter(isIn).map((rim) => ownerOf.get(rim))].filter(Boolean);
    const away = (shape) => Math.hypot(placeOf(shape).x - x, placeOf(shape).y - y);
    return near.sort((one, other) => away(one) - away(other))[0];
  },

  rimOf: (shape) => rimOf.get(shape),
};

globalThis.chartTargets = targets;
