/* Keys and the people filter. Every page works without this file. */
(() => {
  "use strict";
  const STORE = "datumline.keys";
  const dialog = document.getElementById("keys");
  const on = () => { try { return localStorage.getItem(STORE) !== "off"; } catch { return true; } };
  // A closed dialog may keep the focus inside itself; nobody types there.
  const typing = (node) => !dialog?.contains(node) && node.closest("input, textarea, select, [contenteditable]");
  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => !row.hidden);
  const link = (row) => row.querySelector("a, button");

  const step = (by) => {
    const all = rows();
    const at = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    if (next) link(next)?.focus();
  };
  const go = (name) => document.querySelector(`[data-go="${name}"]`)?.click();
  const search = () => {
    const box = document.querySelector("[data-filter]");
    if (box) { box.focus(); box.select(); } else { location.assign("/people#filter"); }
  };
  const KEYS = {
    "?": () => dialog?.showModal(), t: () => go("today"), p: () => go("people"), c: () => go("counted"),
    "/": search, j: () => step(1), k: () => step(-1),
  };
  document.addEventListener("keydown", (event) => {
    const own = event.key === "?" || on();
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || dialog?.open || !own) return;
    if (!Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  document.querySelector("[data-keys]")?.addEventListener("click", () => dialog.showModal());
  const single = document.getElementById("single-keys");
  if (single) {
    single.checked = on();
    single.addEventListener("change", () => {
      try { localStorage.setItem(STORE, single.checked ? "on" : "off"); } catch { /* a private window keeps nothing */ }
    });
  }
  document.querySelectorAll("[data-script]").forEach((node) => { node.hidden = false; });

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
})();
