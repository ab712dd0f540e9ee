/* A form that is being written keeps itself as a draft. Without this file a button does it. */
(() => {
  "use strict";
  const PAUSE = 1200; // milliseconds without a key
  const clock = () => new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });

  document.querySelectorAll("form[data-keep]").forEach((form) => {
    const told = form.querySelector("[data-kept]");
    const filled = () => { const data = new FormData(form); data.set("step", "keep"); return new URLSearchParams(data).toString(); };
    let kept = filled();
    let timer = 0;
    let leaving = null;
    const say = (words) => { if (told) told.textContent = words; };
    const keep = async (more = {}) => {
      clearTimeout(timer);
      const body = filled();
      if (body === kept) return;
      leaving = new AbortController();
      try {
        const answer = await fetch(form.getAttribute("action"), {
          method: "POST", body, redirect: "manual", signal: leaving.signal, ...more,
          headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Kept": "1" },
        });
        if (answer.status === 204) { kept = body; say(`Saved ${clock()}`); return; }
        say("Not saved. What you typed is still here: sign in again in another window, or copy it.");
      } catch (error) {
        if (error.name !== "AbortError") say("Not saved: no answer. What you typed is still here.");
      }
    };
    form.addEventListener("input", () => { say(""); clearTimeout(timer); timer = setTimeout(keep, PAUSE); });
    form.addEventListener("submit", () => { clearTimeout(timer); leaving?.abort(); kept = filled(); });
    document.addEventListener("visibilitychange", () => { if (document.hidden) keep({ keepalive: true }); });
  });
})();
