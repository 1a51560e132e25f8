// A link may bring a code after its "#", which browsers send to nobody: it goes out of the address and into the field
// that waits for it, and is sent at once where that only shows something. Without this script it is typed.
const waiting = document.querySelector("input[data-from-link]");
const SHORTEST = 20;

function take() {
  const code = location.hash.slice(1);
  // Others name a place on the page.
  if (!waiting || code.length < SHORTEST) return;
  history.replaceState(null, "", location.pathname);
  waiting.value = code;
  if (waiting.dataset.fromLink === "send") waiting.form.requestSubmit();
}

addEventListener("hashchange", take);
take();
