// Which names fit the picture: the heaviest first, none over another, so that more appear as one comes nearer.

const LINE = 1.15;
const GAP = 2;
// Squares in which names are looked for that might be in the way, in pixels.
const SQUARE = 80;
const MEASURED_AT = 20;

const brush = document.createElement("canvas").getContext("2d");
const widths = new Map();

// Of a text at a size of one pixel.
function widthOf(text, font) {
  if (!widths.has(text)) {
    brush.font = `${MEASURED_AT}px ${font}`;
    widths.set(text, brush.measureText(text).width / MEASURED_AT);
  }
  return widths.get(text);
}

// `items` in the order of who comes first; a place in pixels is that of `camera`.
export function fitting(items, camera, width, height, font, strong) {
  const taken = new Map();
  const labels = [];
  for (const one of items) {
    // Whole pixels: a size that no text had before takes long to be measured.
    const size = Math.round(one.font * camera.type);
    const x = camera.x + one.x * camera.s;
    const y = camera.y - one.y * camera.s;
    if (x < 0 || y < 0 || x > width || y > height) continue;
    const half = (widthOf(one.short, font) * size) / 2 + GAP;
    const tall = (size * LINE) / 2;
    const box = [x - half, y - tall, x + half, y + tall];
    const isStrong = strong.has(one);
    const inside = box[0] >= 0 && box[2] <= width && box[1] >= 0 && box[3] <= height;
    if (!(inside || isStrong) || isCovered(box, taken)) continue;
    labels.push({ id: one.id, x: one.x, y: one.y, text: one.short, font: size, strong: isStrong });
  }
  return labels;
}

// Else takes its place.
function isCovered(box, taken) {
  const squares = [];
  for (let across = Math.floor(box[0] / SQUARE); across <= Math.floor(box[2] / SQUARE); across += 1) {
    for (let down = Math.floor(box[1] / SQUARE); down <= Math.floor(box[3] / SQUARE); down += 1) {
      const key = across * 10_000 + down;
      const there = taken.get(key) || [];
      if (there.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) {
        return true;
      }
      squares.push([key, there]);
    }
  }
  for (const [key, there] of squares) {
    there.push(box);
    taken.set(key, there);
  }
  return false;
}
