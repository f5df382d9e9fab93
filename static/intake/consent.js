/* A drawn signature, for whoever likes to draw; without this file the typed name is enough.
   Strokes are kept in a box of 600 by 200, whatever the width of the screen. */
(() => {
  const WIDTH = 600
  const HEIGHT = 200
  const within = (number, end) => Math.min(Math.max(Math.round(number * 10) / 10, 0), end)

  const read = (text) => {
    try {
      const strokes = JSON.parse(text || "[]")
      return Array.isArray(strokes) && strokes.every(Array.isArray) ? strokes : []
    } catch {
      return []
    }
  }

  const begin = (place) => {
    const canvas = place.querySelector("canvas")
    const kept = place.querySelector("input")
    place.hidden = false
    const pad = new window.SignaturePad(canvas, { minWidth: 1, maxWidth: 2.5, penColor: "#1d2829" })
    const pen = { minWidth: 1, maxWidth: 2.5, penColor: "#1d2829", dotSize: 2 }
    let strokes = read(kept.value)

    const scale = () => canvas.offsetWidth / WIDTH
    const draw = () => {
      const by = scale()
      const ratio = window.devicePixelRatio || 1
      canvas.width = canvas.offsetWidth * ratio
      canvas.height = canvas.offsetHeight * ratio
      canvas.getContext("2d").scale(ratio, ratio)
      pad.fromData(
        strokes.map((points) => ({
          ...pen,
          points: points.map(([x, y], index) => ({ x: x * by, y: y * by, pressure: 0.5, time: index * 16 })),
        })),
      )
    }
    const keep = () => {
      const by = scale()
      strokes = pad
        .toData()
        .map((group) => group.points.map((one) => [within(one.x / by, WIDTH), within(one.y / by, HEIGHT)]))
      kept.value = strokes.length ? JSON.stringify(strokes) : ""
    }

    pad.addEventListener("endStroke", keep)
    place.querySelector("button").addEventListener("click", () => {
      pad.clear()
      keep()
    })
    let width = 0
    new ResizeObserver(() => {
      if (canvas.offsetWidth && canvas.offsetWidth !== width) {
        width = canvas.offsetWidth
        draw()
      }
    }).observe(canvas)
  }

  if (window.SignaturePad) document.querySelectorAll("[data-signature]").forEach(begin)
})()
