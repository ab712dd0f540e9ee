/* One touch mends the note in its field, where it can be undone. Without this file the same button sends the form. */
(() => {
  "use strict";
  const field = document.getElementById("f-text");
  if (!field) return;
  // Places are counted in code points; the field counts in UTF-16 units.
  const units = (text, points) => [...text].slice(0, points).join("").length;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mend]");
    if (!button) return;
    event.preventDefault();
    const { start, end, put } = button.dataset;
    const text = field.value;
    field.focus();
    field.setSelectionRange(units(text, Number(start)), units(text, Number(end)));
    const done = put ? document.execCommand("insertText", false, put) : document.execCommand("delete");
    if (!done) {
      field.setRangeText(put, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    button.disabled = true;
  });
  // What was read back belongs to the text of then: as soon as somebody types, its places may have moved.
  field.addEventListener("input", () => {
    document.querySelectorAll("[data-mend]").forEach((button) => { button.disabled = true; });
  });
})();
