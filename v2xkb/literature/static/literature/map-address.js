// What of a map is looked at, as the fragment of its page's address, which leads others to the same.

const VIEWS = ["network", "overlay", "density"];
const SIGNIFICANT = 4;

const short = (number) => String(Number(number.toPrecision(SIGNIFICANT)));

// What a reader's address says; what it says wrongly is as if it said nothing.
export function told(fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const at = (given.get("at") || "").split(",").map(Number);
  const zoom = Number(given.get("zoom"));
  return {
    view: VIEWS.includes(given.get("view")) ? given.get("view") : VIEWS[0],
    score: given.get("score") || "",
    term: given.get("term") || "",
    zoom: zoom > 0 ? zoom : 1,
    at: at.length === 2 && at.every(Number.isFinite) ? at : null,
  };
}

// Empty where everything is as it is at first.
export function fragmentOf({ view, score, term, camera }) {
  const given = new URLSearchParams();
  if (view !== VIEWS[0]) given.set("view", view);
  if (score) given.set("score", score);
  if (!camera.isHome) {
    given.set("zoom", short(camera.zoom));
    given.set("at", camera.middle.map(short).join(","));
  }
  if (term) given.set("term", term);
  const text = given.toString();
  return text ? `#${text}` : "";
}
