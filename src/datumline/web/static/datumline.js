/* Keys, the people filter, and what fragments need. Every page works without this file. */
(() => {
  "use strict";
  const STORE = "datumline.keys";
  const dialog = document.getElementById("keys");
  const on = () => { try { return localStorage.getItem(STORE) !== "off"; } catch { return true; } };
  // A closed dialog may keep the focus inside itself; nobody types there.
  const typing = (node) => !dialog?.contains(node) && node.closest("input, textarea, select, [contenteditable]");
  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => !row.hidden);

  const step = (by) => {
    const all = rows();
    const at = all.findIndex((row) => row.contains(document.activeElement));
    all[Math.min(Math.max(at + by, 0), all.length - 1)]?.querySelector("a, button, summary")?.focus();
  };
  const into = (sought, otherwise) => {
    const box = document.querySelector(sought);
    if (!box) { if (otherwise) location.assign(otherwise); return; }
    box.focus();
    box.select?.();
  };
  const KEYS = {
    "?": () => dialog?.showModal(), n: () => into("[data-log]", document.body.dataset.log),
    "/": () => into("[data-find]"), j: () => step(1), k: () => step(-1),
  };
  document.addEventListener("keydown", (event) => {
    const own = event.key === "?" || on();
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || dialog?.open || !own) return;
    const place = /^[a-z]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
    const act = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : place && (() => place.click());
    if (!act) return;
    event.preventDefault();
    act();
  });

  document.querySelector("[data-keys]")?.addEventListener("click", () => {
    document.querySelector("#menu:popover-open")?.hidePopover();
    dialog.showModal();
  });
  const single = document.getElementById("single-keys");
  if (single) {
    single.checked = on();
    single.addEventListener("change", () => {
      try { localStorage.setItem(STORE, single.checked ? "on" : "off"); } catch { /* a private window keeps nothing */ }
    });
  }
  document.querySelectorAll("[data-script]").forEach((node) => { node.hidden = false; });
  document.querySelector("[data-fault]")?.focus();

  // What an address names may stand in a part that is folded.
  const unfold = () => {
    const named = document.querySelector(":target");
    const folded = named?.parentElement?.closest("details:not([open])");
    if (folded) { folded.open = true; named.scrollIntoView(); }
  };
  unfold();
  addEventListener("hashchange", unfold);

  const box = document.querySelector("[data-filter]");
  if (location.hash === "#filter") box?.focus();
  const count = document.querySelector("[data-count]");
  box?.addEventListener("input", () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    document.querySelectorAll("[data-row]").forEach((row) => {
      row.hidden = !words.every((word) => row.dataset.row.includes(word));
      shown += row.hidden ? 0 : 1;
    });
    if (count) count.textContent = `${shown} shown`;
  });

  // A fragment that comes in may say where the focus goes; one that cannot come leaves the page and its text alone.
  document.addEventListener("htmx:afterSwap", (event) => {
    event.target.querySelector?.("[data-focus]")?.focus();
  });
  const failed = () => document.querySelectorAll("[data-failed]").forEach((told) => { told.hidden = false; });
  document.addEventListener("htmx:beforeRequest", () => {
    document.querySelectorAll("[data-failed]").forEach((told) => { told.hidden = true; });
  });
  // Whatever is no fragment, such as the page to sign in on after a session ended, stays out.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.getResponseHeader("X-Datumline-Fragment")) return;
    event.detail.shouldSwap = false;
    failed();
  });
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", failed);
})();
