// The body chart follows the grades; a muscle that is pressed shows its row.
"use strict";

const chart = {
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

globalThis.bodyChart = chart;
