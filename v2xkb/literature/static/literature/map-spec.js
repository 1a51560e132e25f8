// How a keyword map is drawn, as a specification of Vega: what moves with the camera are its signals.
// Places are the map's own; `camera` has the pixels per unit (s) and where its origin is (x, y).

const at = (name, sign) => ({ signal: `camera.${name} ${sign} datum.${name} * camera.s` });
const x = at("x", "+");
const y = at("y", "-");
// In the light of what is pointed at, the rest fades.
const seen = (full, faded) => ({ signal: `near ? (near[datum.id] ? ${full} : ${faded}) : ${full}` });

export function specification(view, theme, options) {
  const marks = view === "density" ? [heat] : [lines(theme), lit(theme), circles(view, theme)];
  return {
    width: options.width,
    height: options.height,
    padding: 0,
    autosize: "none",
    background: theme.paper,
    signals: [
      { name: "camera", value: options.camera },
      { name: "near", value: null },
      { name: "heat", value: options.heat },
    ],
    data: [
      { name: "bundles", values: options.bundles },
      { name: "lit", values: [] },
      { name: "items", values: options.items },
      { name: "rings", values: [] },
      { name: "labels", values: [] },
    ],
    scales: [
      { name: "cluster", type: "ordinal", domain: theme.clusters.map((_, place) => place - 1), range: theme.clusters },
      { name: "score", type: "linear", domain: options.domain, range: { scheme: "viridis" }, zero: false, clamp: true },
    ],
    legends: view === "overlay" ? [legend(theme, options)] : [],
    marks: [...marks, ring(theme), halo(theme), text(theme)],
  };
}

const heat = {
  type: "image",
  clip: true,
  encode: {
    update: {
      image: { signal: "heat.image" },
      x: { signal: "camera.x + heat.left * camera.s" },
      y: { signal: "camera.y - heat.high * camera.s" },
      width: { signal: "heat.width * camera.s" },
      height: { signal: "heat.height * camera.s" },
      aspect: { value: false },
      smooth: { value: true },
      opacity: { signal: "near ? 0.6 : 1" },
    },
  },
};

const curve = {
  x: { signal: "camera.x" },
  y: { signal: "camera.y" },
  scaleX: { signal: "camera.s" },
  scaleY: { signal: "camera.s" },
  path: { field: "path" },
};

const lines = (theme) => ({
  type: "path",
  from: { data: "bundles" },
  encode: {
    update: {
      ...curve,
      stroke: { scale: "cluster", field: "colour" },
      strokeWidth: { signal: "datum.width > 1 ? datum.width * camera.wide : datum.width" },
      strokeOpacity: { signal: `near ? 0.06 : ${theme.dark ? 0.42 : 0.36}` },
    },
  },
});

const lit = (theme) => ({
  type: "path",
  from: { data: "lit" },
  encode: {
    update: {
      ...curve,
      stroke: { scale: "cluster", field: "colour" },
      strokeWidth: { signal: "(datum.width + 0.6) * camera.wide" },
      strokeOpacity: { value: 0.85 },
    },
  },
});

const circles = (view, theme) => ({
  type: "symbol",
  from: { data: "items" },
  encode: {
    update: {
      x,
      y,
      size: { signal: "datum.area * camera.grow * camera.grow" },
      fill: view === "overlay"
        ? { signal: `isValid(datum.score) ? scale('score', datum.score) : '${theme.none}'` }
        : { scale: "cluster", field: "colour" },
      stroke: { value: theme.paper },
      strokeWidth: { value: 1 },
      opacity: seen(0.92, 0.12),
    },
  },
});

const ring = (theme) => ({
  type: "symbol",
  from: { data: "rings" },
  encode: {
    update: {
      x,
      y,
      size: { signal: "pow(sqrt(datum.area) * camera.grow + 6, 2)" },
      stroke: { value: theme.focus },
      strokeWidth: { value: 3 },
      fill: { value: "transparent" },
    },
  },
});

const label = (theme) => ({
  x,
  y,
  text: { field: "text" },
  fontSize: { field: "font" },
  fontWeight: { signal: "datum.strong ? 600 : 400" },
  font: { value: theme.font },
  align: { value: "center" },
  baseline: { value: "middle" },
});

const halo = (theme) => ({
  type: "text",
  from: { data: "labels" },
  encode: {
    update: {
      ...label(theme),
      fill: { value: theme.paper },
      stroke: { value: theme.paper },
      strokeWidth: { value: 3.5 },
      strokeJoin: { value: "round" },
      opacity: seen(0.72, 0),
    },
  },
});

const text = (theme) => ({
  type: "text",
  from: { data: "labels" },
  encode: { update: { ...label(theme), fill: { value: theme.ink }, opacity: seen(1, 0.25) } },
});

const legend = (theme, options) => ({
  fill: "score",
  type: "gradient",
  direction: "horizontal",
  title: options.title,
  format: options.format,
  orient: "none",
  legendX: 14,
  legendY: options.height - 62,
  gradientLength: Math.min(220, options.width - 140),
  gradientThickness: 12,
  values: options.ticks,
  fillColor: theme.paper,
  padding: 6,
  cornerRadius: 4,
  titleFont: theme.font,
  titleFontSize: 12,
  titleFontWeight: "normal",
  titleColor: theme.ink,
  titleLimit: 260,
  labelFont: theme.font,
  labelFontSize: 12,
  labelColor: theme.ink,
  labelOverlap: true,
});
