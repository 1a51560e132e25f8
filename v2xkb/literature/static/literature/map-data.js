// A keyword map as it is drawn, read from VOSviewer's JSON: sizes, colours, curves, and what is linked with what.

// Beyond, lines hide each other; VOSviewer draws as many.
const MOST_LINES = 1000;
// As on the drawings that the server makes, in pixels at a zoom of 1.
const SMALLEST_CIRCLE = 2.5;
const LARGEST_CIRCLE = 30;
const COVERED = 0.055;
const SMALLEST_LABEL = 11;
const LARGEST_LABEL = 22;
// On pictures narrower than this many pixels large names are smaller.
const WIDE = 900;
const LONGEST_LABEL = 34;
// Lines of one colour and about one width are drawn at once. Those of a pixel, which most are, are drawn far quicker.
const WIDTHS = [0.9, 1.6, 2.3, 3, 3.7, 4.4];
// How far a line bends, as a part of its length.
const BEND = 0.18;
const SIZE = "Occurrences";

export function read(held) {
  const items = held.network.items.map(item).sort((one, other) => other.weight - one.weight);
  const byId = new Map(items.map((one) => [one.id, one]));
  const links = (held.network.links || [])
    .map((link) => ({ low: byId.get(link.source_id), high: byId.get(link.target_id), strength: link.strength ?? 1 }))
    .filter((link) => link.low && link.high)
    .sort((one, other) => other.strength - one.strength);
  for (const link of links) {
    link.bend = bent(link.low, link.high);
    link.low.with.set(link.high, link);
    link.high.with.set(link.low, link);
  }
  const names = new Map((held.network.clusters || []).map((one) => [one.cluster, one.label]));
  return {
    items,
    links,
    drawn: links.slice(0, MOST_LINES),
    clusters: clustersOf(items, names),
    scores: [...new Set(items.flatMap((one) => Object.keys(one.scores)))],
    box: boxOf(items),
  };
}

function item(given) {
  const weights = given.weights || {};
  const label = String(given.label).replace(/\s+/g, " ").trim();
  return {
    id: given.id,
    label,
    short: label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label,
    x: given.x,
    y: given.y,
    cluster: given.cluster || 0,
    weight: weights[SIZE] ?? Object.values(weights)[0] ?? 1,
    weights,
    scores: given.scores || {},
    with: new Map(),
  };
}

// The middle of a curve's control, to the left of the way from the one with the smaller id.
function bent(low, high) {
  return [
    (low.x + high.x) / 2 - ((high.y - low.y) * BEND) / 2,
    (low.y + high.y) / 2 + ((high.x - low.x) * BEND) / 2,
  ];
}

function clustersOf(items, names) {
  const numbers = [...new Set(items.map((one) => one.cluster))].filter(Boolean).sort((one, other) => one - other);
  return numbers.map((number) => {
    const members = items.filter((one) => one.cluster === number);
    return { number, label: names.get(number) || members[0].label, members };
  });
}

function boxOf(items) {
  const xs = items.map((one) => one.x);
  const ys = items.map((one) => one.y);
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { left, right, low, high, x: (left + right) / 2, y: (low + high) / 2 };
}

// Sizes in pixels for a picture of so many pixels, as no circle may hide what is around it.
export function size(map, width, height) {
  const mean = map.items.reduce((sum, one) => sum + one.weight, 0) / map.items.length || 1;
  const usual = Math.sqrt((COVERED * width * height) / map.items.length / Math.PI);
  const most = Math.max(...map.items.map((one) => one.weight)) || 1;
  const largest = Math.max(LARGEST_LABEL * Math.min(width / WIDE, 1), 14);
  for (const one of map.items) {
    const part = Math.sqrt(one.weight / mean);
    one.radius = Math.min(Math.max(usual * part, SMALLEST_CIRCLE), LARGEST_CIRCLE);
    one.font = SMALLEST_LABEL + (largest - SMALLEST_LABEL) * (one.weight / most) ** 0.6;
  }
}

// The curves of these links as few paths in the map's own units, the widest last; `colourOf` tells them apart.
export function bundles(links, most, colourOf) {
  const found = new Map();
  for (const { low, high, bend, strength } of links) {
    const width = Math.max(Math.ceil((strength / most) * WIDTHS.length), 1);
    const colour = colourOf(low, high);
    const key = `${width} ${colour}`;
    const part = `M${low.x},${-low.y}Q${bend[0]},${-bend[1]},${high.x},${-high.y}`;
    const bundle = found.get(key) || { width: WIDTHS[width - 1], colour, path: "" };
    bundle.path += part;
    found.set(key, bundle);
  }
  return [...found.values()].sort((one, other) => one.width - other.width);
}

// Texts are compared as readers write them: whatever the case, the spaces and the kind of dash.
export const folded = (text) => text.normalize("NFKC").toLocaleLowerCase().replace(/[‐-―]/g, "-").replace(/\s+/g, " ").trim();

// The item that is called so, else the heaviest whose name begins with it or holds it.
export function named(map, text) {
  const asked = folded(text);
  if (!asked) return null;
  const names = map.items.map((one) => [folded(one.label), one]);
  const found = names.find(([name]) => name === asked)
    || names.find(([name]) => name.startsWith(asked))
    || names.find(([name]) => name.includes(asked));
  return found ? found[1] : null;
}
