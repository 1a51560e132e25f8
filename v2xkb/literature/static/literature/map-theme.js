// The colours of the page for what is drawn on a canvas, as the style sheet has them in the reader's scheme.

const CLUSTERS = 7;

export function themeOf(element) {
  const style = getComputedStyle(element);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const numbers = [...Array(CLUSTERS).keys()];
  return {
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    paper: colour("paper"),
    ink: colour("ink"),
    focus: colour("focus"),
    none: colour("map-none"),
    // Of links between clusters (-1), of items of none and of further ones (0), then by number.
    clusters: ["map-between", "map-none", ...numbers.map((number) => `map-cluster-${number + 1}`)].map(colour),
    density: [0, 1, 2, 3, 4].map((step) => colour(`map-density-${step}`)),
    font: style.fontFamily,
  };
}

// Further clusters are grey, as on the server's drawings.
export const colourOf = (cluster) => (cluster > CLUSTERS ? 0 : cluster);
