// What is shown once is copied by a button beside it, or, where the browser lets no script do so, by hand: it is chosen whole.
for (const button of document.querySelectorAll("button[data-copies]")) {
  const text = document.getElementById(button.dataset.copies);
  text.addEventListener("focus", () => text.select());
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    let told = "Copied.";
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      text.focus();
      told = "The browser forbids it: copy what is marked.";
    }
    button.nextElementSibling.textContent = told;
  });
}
