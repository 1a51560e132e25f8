// A link may bring a code after its "#", which browsers send to nobody: it goes into the field that waits for it, and
// out of the address. Without this script it is typed.
const waiting = document.querySelector("input[data-from-link]");
const code = location.hash.slice(1);
if (waiting && code) {
  waiting.value = code;
  history.replaceState(null, "", location.pathname + location.search);
}
