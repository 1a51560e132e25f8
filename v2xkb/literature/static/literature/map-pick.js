// What of a map is at a place of its picture: an item, else a line.

// Pixels by which one may miss.
const BESIDE_ITEM = 4;
const BESIDE_LINE = 5;
const STEPS = 14;

export function itemAt(map, camera, left, top, slack = BESIDE_ITEM) {
  let nearest = null;
  let least = Infinity;
  for (const one of map.items) {
    const apart = Math.hypot(camera.x + one.x * camera.s - left, camera.y - one.y * camera.s - top);
    // Of two that are hit, the one whose middle is nearer for what it measures.
    const reach = one.radius * camera.grow + slack;
    if (apart <= reach && apart / reach < least) [nearest, least] = [one, apart / reach];
  }
  return nearest;
}

export function linkAt(links, camera, left, top) {
  let nearest = null;
  let least = BESIDE_LINE;
  for (const link of links) {
    const apart = distance(link, camera, left, top);
    if (apart < least) [nearest, least] = [link, apart];
  }
  return nearest;
}

// From a place to a curve, by the straight pieces between some of its points.
function distance({ low, high, bend }, camera, left, top) {
  const place = ([x, y]) => [camera.x + x * camera.s - left, camera.y - y * camera.s - top];
  const [from, over, to] = [place([low.x, low.y]), place(bend), place([high.x, high.y])];
  const edges = [0, 1].map((axis) => [Math.min(from[axis], over[axis], to[axis]), Math.max(from[axis], over[axis], to[axis])]);
  if (edges.some(([least, most]) => least > BESIDE_LINE || most < -BESIDE_LINE)) return Infinity;
  let nearest = Infinity;
  let before = from;
  for (let step = 1; step <= STEPS; step += 1) {
    const part = step / STEPS;
    const next = [0, 1].map((axis) =>
      (1 - part) ** 2 * from[axis] + 2 * part * (1 - part) * over[axis] + part ** 2 * to[axis]);
    nearest = Math.min(nearest, toPiece(before, next));
    before = next;
  }
  return nearest;
}

// From the origin to the piece between two points.
function toPiece([x, y], [otherX, otherY]) {
  const [across, down] = [otherX - x, otherY - y];
  const long = across ** 2 + down ** 2;
  const part = long ? Math.min(Math.max(-(x * across + y * down) / long, 0), 1) : 0;
  return Math.hypot(x + part * across, y + part * down);
}
