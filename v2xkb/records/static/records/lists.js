// What htmx leaves to be done where a list is swapped in place: groups stay as they were opened, the control in use
// stays where it was, and an answer that cannot be swapped in is gone to. Without scripts none of this is needed.
(() => {
  "use strict";

  let opened = new Map();
  let inUse = null;
  let overtaken = false;

  const concernsList = (event) => event.detail.target && event.detail.target.classList.contains("with-sidebar");

  // Asking that all be there says nothing until something is ticked beside it.
  document.addEventListener("htmx:confirm", (event) => {
    const box = event.detail.triggeringEvent && event.detail.triggeringEvent.target;
    if (box instanceof HTMLInputElement && box.name === "all") {
      const others = box.closest("fieldset").querySelectorAll("input[type=checkbox]:checked");
      if (![...others].some((other) => other !== box)) {
        event.preventDefault();
        return;
      }
    }
    if (event.detail.elt.matches("form.filters")) overtaken = true;
  });

  // A button that has a name says where to go on: its page is gone to, not swapped in.
  document.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.name) event.stopPropagation();
  }, true);

  const isAsSent = (control) =>
    control.type === "checkbox" ? control.checked === control.defaultChecked
      : control instanceof HTMLInputElement ? control.value === control.defaultValue
        : !(control instanceof HTMLSelectElement) || control.value === "";

  // What is ticked beside the list changes nothing of it, so that its page stays, unless filters were changed too.
  document.addEventListener("htmx:configRequest", (event) => {
    const form = event.detail.elt;
    const box = event.detail.triggeringEvent && event.detail.triggeringEvent.target;
    if (!form.matches("form.filters") || !form.dataset.page || !box || box.closest("form")) return;
    if ([...form.querySelectorAll("input, select")].every(isAsSent)) event.detail.parameters.page = form.dataset.page;
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.requestConfig.elt.matches("form.filters")) overtaken = false;
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!concernsList(event)) return;
    // What was ticked while this answer was under way is asked for next, by the form that this answer would replace.
    if (overtaken) {
      event.detail.shouldSwap = false;
      event.detail.isError = false;
      return;
    }
    if (event.detail.xhr.status === 400) {
      Object.assign(event.detail, {
        shouldSwap: true,
        isError: false,
        target: document.getElementById("content"),
        selectOverride: "#content",
        swapOverride: "outerHTML show:window:top",
      });
      return;
    }
    opened = new Map([...event.detail.target.querySelectorAll("details[id]")].map((group) => [group.id, group.open]));
    const active = document.activeElement;
    inUse = active && active.id && event.detail.target.contains(active)
      ? { id: active.id, top: active.getBoundingClientRect().top }
      : null;
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    // Suggestions of names; what comes back from the history has no target.
    if (event.detail.target && event.detail.target.matches("datalist")) return;
    for (const [id, open] of opened) {
      const group = document.getElementById(id);
      if (group) group.open = open;
    }
    opened = new Map();
    const control = inUse && document.getElementById(inUse.id);
    if (control) {
      control.focus({ preventScroll: true });
      const moved = control.getBoundingClientRect().top - inUse.top;
      if (moved) window.scrollBy({ top: moved, behavior: "instant" });
    } else if (document.activeElement === document.body) {
      // What was followed is gone, such as a filter taken away: reading goes on at the results.
      const results = document.getElementById("results") || document.getElementById("content");
      if (results) results.focus({ preventScroll: true });
    }
    inUse = null;
  });

  const go = (event) => {
    if (concernsList(event)) window.location.assign(event.detail.pathInfo.finalRequestPath);
  };
  document.addEventListener("htmx:responseError", go);
  document.addEventListener("htmx:sendError", go);
})();
