// The body chart follows the grades; a muscle that is pressed shows its row.
"use strict";

const chart = {
  region: "",

  colour(grades) {
    for (const shape of document.querySelectorAll("#chart [data-muscle]")) {
      const grade = grades[`${shape.dataset.muscle}|${shape.dataset.side}`];
      const isTested = grade !== undefined;
      for (const name of ["gx", "g0", "g1", "g2", "g3", "g4"]) shape.classList.remove(name);
      shape.classList.add(isTested ? `g${grade}` : "gx");
      const title = shape.querySelector("title");
      const name = title.textContent.slice(0, title.textContent.lastIndexOf(":"));
      title.textContent = `${name}: ${isTested ? `grade ${grade}` : "not tested"}`;
    }
  },

  mark(site) {
    for (const shape of document.querySelectorAll("#chart .on")) shape.classList.remove("on");
    if (!site) return;
    const shapes = document.querySelectorAll(`#chart [data-muscle="${CSS.escape(site)}"]`);
    for (const shape of shapes) shape.classList.add("on");
  },
};

// The figures show only this region; a view that does not have it is hidden.
function lookCloselyAt(chosen) {
  const isClose = chosen.value !== "";
  for (const figure of document.querySelectorAll("#chart [data-view]")) {
    const svg = figure.querySelector("svg");
    svg.dataset.whole ??= svg.getAttribute("viewBox");
    const box = chosen.dataset[figure.dataset.view];
    figure.hidden = isClose && box === "";
    figure.classList.toggle("is-close", isClose);
    svg.setAttribute("viewBox", box || svg.dataset.whole);
  }
  for (const figure of document.querySelectorAll("#chart [data-view]")) chartTargets.rim(figure);
  document.querySelector("[data-zoom-out]").hidden = !isClose;
  chart.region = chosen.value;
}

// The region whose middle is nearest to the point, as a share of its size.
function regionAt(figure, event) {
  const svg = figure.querySelector("svg");
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  const away = (option) => {
    const [left, top, width, height] = option.dataset[figure.dataset.view].split(" ").map(Number);
    return Math.max(Math.abs(x - left - width / 2) / width, Math.abs(y - top - height / 2) / height);
  };
  const shown = [...zoomList().options].filter((option) => option.dataset[figure.dataset.view]);
  return shown.reduce((best, option) => (away(option) < away(best) ? option : best));
}

function zoomList() {
  return document.querySelector("#chart [data-zoom]");
}

function choose(option) {
  option.selected = true;
  lookCloselyAt(option);
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-zoom]")) lookCloselyAt(event.target.selectedOptions[0]);
});

// On the whole body a shape is too small for a finger: the first tap comes closer.
document.addEventListener("click", (event) => {
  const figure = event.target.closest("#chart [data-view]");
  if (event.target.closest("[data-zoom-out]")) choose(zoomList().options[0]);
  else if (figure && !figure.classList.contains("is-close")) {
    event.stopPropagation();
    choose(regionAt(figure, event));
  }
}, true);

// The rims keep their size in px when the page gets another width.
new ResizeObserver(() => {
  if (chart.region) lookCloselyAt(zoomList().selectedOptions[0]);
}).observe(document.getElementById("chart"));

// Another layer shows the same region.
document.addEventListener("htmx:after:swap", () => {
  const list = zoomList();
  if (!list || list.value === chart.region) return;
  choose([...list.options].find((option) => option.value === chart.region));
});

globalThis.bodyChart = chart;
