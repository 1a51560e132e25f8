// Mouse, fingers and keys on the picture of a map, as what they mean for it.

const STEP = 1.4;
const STRIDE = 60;
const SMALLEST_DRAG = 4;
// For fingers, pixels by which one may miss.
const FINGER = 12;

export function lendHands(stage, viewer) {
  const held = new Map();
  let dragged = false;

  const placeOf = (event) => {
    const box = stage.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const spread = () => {
    const [one, other] = [...held.values()];
    return Math.hypot(one[0] - other[0], one[1] - other[1]);
  };
  const isControl = (event) => event.target.closest("a, button");

  stage.addEventListener("pointerdown", (event) => {
    if (event.button || isControl(event)) return;
    held.set(event.pointerId, placeOf(event));
    dragged = false;
  });

  stage.addEventListener("pointermove", (event) => {
    const place = placeOf(event);
    const before = held.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch" && !isControl(event)) viewer.pointAt(...place);
      return;
    }
    if (held.size === 1) {
      const [across, down] = [place[0] - before[0], place[1] - before[1]];
      if (!dragged && Math.hypot(across, down) < SMALLEST_DRAG) return;
      if (!dragged) stage.setPointerCapture(event.pointerId);
      dragged = true;
      held.set(event.pointerId, place);
      viewer.move((camera) => camera.moveBy(across, down));
    } else {
      const wide = spread();
      held.set(event.pointerId, place);
      const [one, other] = [...held.values()];
      dragged = true;
      viewer.move((camera) => camera.nearer(spread() / (wide || 1), (one[0] + other[0]) / 2, (one[1] + other[1]) / 2));
    }
    stage.classList.add("is-held");
  });

  const letGo = (event) => {
    held.delete(event.pointerId);
    if (!held.size) stage.classList.remove("is-held");
  };
  stage.addEventListener("pointerup", letGo);
  stage.addEventListener("pointercancel", letGo);
  stage.addEventListener("pointerleave", () => viewer.pointAt(-1, -1));

  stage.addEventListener("click", (event) => {
    if (dragged || isControl(event)) return;
    const place = placeOf(event);
    // A finger cannot point: the first touch shows what a mouse would by pointing, with a link.
    if (event.pointerType === "touch") viewer.touch(...place, FINGER);
    else viewer.openAt(...place, event.ctrlKey || event.metaKey);
  });

  stage.addEventListener("dblclick", (event) => {
    if (!isControl(event)) viewer.move((camera) => camera.nearer(2, ...placeOf(event)), true);
  });

  stage.addEventListener("wheel", (event) => {
    // The whole map is seen: there the wheel goes on down the page.
    if (event.deltaY > 0 && viewer.camera.isFarthest) return;
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
    viewer.move((camera) => camera.nearer(Math.exp(-event.deltaY * lines * 0.0022), ...placeOf(event)));
  }, { passive: false });

  const keys = {
    "+": () => viewer.move((camera) => camera.nearer(STEP), true),
    "=": () => viewer.move((camera) => camera.nearer(STEP), true),
    "-": () => viewer.move((camera) => camera.nearer(1 / STEP), true),
    "0": () => viewer.move((camera) => camera.home(), true),
    "Home": () => viewer.move((camera) => camera.home(), true),
    "ArrowLeft": () => viewer.move((camera) => camera.moveBy(STRIDE, 0), true),
    "ArrowRight": () => viewer.move((camera) => camera.moveBy(-STRIDE, 0), true),
    "ArrowUp": () => viewer.move((camera) => camera.moveBy(0, STRIDE), true),
    "ArrowDown": () => viewer.move((camera) => camera.moveBy(0, -STRIDE), true),
    "PageDown": () => viewer.step(1),
    "PageUp": () => viewer.step(-1),
    "Enter": () => viewer.open(),
    "Escape": () => viewer.choose(null),
  };
  stage.addEventListener("keydown", (event) => {
    if (event.target !== stage || event.altKey || event.ctrlKey || event.metaKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  return { nearer: keys["+"], farther: keys["-"], home: keys["0"] };
}
