// How much there is nearby, as an image in the map's own units: each item is felt around it by its weight.

// Of the map's width, how far an item is felt, and of that the side of a pixel.
const REACH = 0.05;
const CELL = 0.16;
// Items felt less than this, as a part of the middle, are left out.
const FAR = 3.3;
const LEAST = 0.0003;

export function densityOf(map, colours) {
  const { left, right, low, high } = map.box;
  const reach = Math.max(right - left, high - low, 1e-9) * REACH;
  const cell = reach * CELL;
  const margin = reach * FAR;
  const wide = Math.ceil((right - left + 2 * margin) / cell);
  const tall = Math.ceil((high - low + 2 * margin) / cell);
  const felt = new Float64Array(wide * tall);
  const far = Math.ceil(margin / cell);
  for (const one of map.items) {
    const across = (one.x - left + margin) / cell;
    const down = (high + margin - one.y) / cell;
    for (let row = Math.max(Math.floor(down) - far, 0); row < Math.min(down + far, tall); row += 1) {
      for (let column = Math.max(Math.floor(across) - far, 0); column < Math.min(across + far, wide); column += 1) {
        const apart = ((column + 0.5 - across) ** 2 + (row + 0.5 - down) ** 2) * CELL ** 2;
        felt[row * wide + column] += one.weight * Math.exp(-apart);
      }
    }
  }
  const image = painted(felt, wide, tall, colours);
  return { image, left: left - margin, high: high + margin, width: wide * cell, height: tall * cell };
}

function painted(felt, wide, tall, colours) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [wide, tall];
  const brush = canvas.getContext("2d");
  const pixels = brush.createImageData(wide, tall);
  const ramp = rampOf(colours);
  const most = felt.reduce((one, other) => Math.max(one, other), 0) || 1;
  felt.forEach((value, place) => {
    const part = value / most;
    if (part < LEAST) return;
    // By the root, so that what is light still shows beside the heaviest.
    pixels.data.set(ramp.subarray(Math.round(Math.sqrt(part) * 255) * 4).subarray(0, 4), place * 4);
  });
  brush.putImageData(pixels, 0, 0);
  return canvas;
}

// 256 colours from one to the next, the first of which is see-through.
function rampOf(colours) {
  const strip = document.createElement("canvas");
  [strip.width, strip.height] = [256, 1];
  const brush = strip.getContext("2d", { willReadFrequently: true });
  const gradient = brush.createLinearGradient(0, 0, 256, 0);
  colours.forEach((colour, place) => gradient.addColorStop(place / (colours.length - 1), colour));
  brush.fillStyle = gradient;
  brush.fillRect(0, 0, 256, 1);
  return brush.getImageData(0, 0, 256, 1).data;
}
