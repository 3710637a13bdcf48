/* The preview's side in the browser. livereload loads pages again and swaps style sheets; this keeps the reader's place
   while it does, and shows what is wrong in a layer of its own above the page. */
"use strict";
(() => {
  const STATE = "/preview.json";
  const PLACE = "sijill-preview-place";
  const CLOSED = "sijill-preview-closed";
  const MOST_ROWS = 100;
  const SWAPPED = 10_000; // milliseconds after which style sheets have been swapped and their fonts are there
  const FRESH = 60_000; // milliseconds for which a place is kept
  const mine = new URL(document.currentScript.src).searchParams.get("showing");

  /* livereload asks this first what to do with a message; what it leaves is livereload's own. */
  window.LiveReloadPluginSijill = class {
    static identifier = "sijill";
    static version = "1";
    reload(path) {
      if (path === STATE) {
        ask();
      } else if (path.endsWith(".css")) {
        hold();
        return false;
      } else {
        again();
      }
      return true;
    }
  };

  async function ask(connected) {
    let state;
    try {
      state = await (await fetch(STATE)).json();
    } catch {
      return; // the server is gone, and says so in its terminal
    }
    if (connected === true && state.showing !== mine) {
      again(); // something new was shown before anybody listened
    } else {
      draw(state);
    }
  }

  document.addEventListener("LiveReloadConnect", () => ask(true));
  document.addEventListener("DOMContentLoaded", ask);

  /* --- the reader's place --- */

  const BLOCKS = "[id^='s-'], p, li, h1, h2, h3, h4, dt, dd, tr, figure";

  /* Elements by their words, as far as these are theirs alone: numbers and positions change when a page grows. */
  function named() {
    const found = new Map();
    for (const element of document.querySelectorAll(BLOCKS)) {
      const name = element.id.startsWith("s-") ? `#${element.id}` : element.tagName + element.textContent.trim().slice(0, 300);
      found.set(name, found.has(name) ? null : element);
    }
    return found;
  }

  /* What stands where in the window, what is nearest to its top first. */
  function here(elements = named()) {
    const seen = [];
    for (const [name, element] of scrollY > 0 ? elements : []) {
      const box = element?.getBoundingClientRect();
      if (box?.height && box.bottom > 0 && box.top < innerHeight) seen.push([name, box.top]);
    }
    seen.sort((one, other) => Math.abs(one[1]) - Math.abs(other[1]));
    return { y: scrollY, seen };
  }

  function back({ y, seen }) {
    const now = named();
    const [name, top] = seen.find(([name]) => now.get(name)) ?? [];
    if (name) scrollBy({ top: now.get(name).getBoundingClientRect().top - top, behavior: "instant" });
    else scrollTo({ top: y, behavior: "instant" });
  }

  /* Other styles may move what is in the window, and so may the fonts that they bring, at any time from the first swap
     on: until they have come, or the reader moves on, what stands at the top is looked after before every frame. */
  let until = null;

  function hold() {
    const held = until !== null;
    until = performance.now() + SWAPPED;
    if (held) return; // by the place that stood before the first of several sheets
    const elements = named();
    const [name, top] = here(elements).seen[0] ?? [];
    const element = elements.get(name);
    if (element) requestAnimationFrame(() => keep(element, top));
    else until = null;
  }

  function keep(element, top) {
    const moved = element.getBoundingClientRect().top - top;
    if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: "instant" });
    until = performance.now() < until ? until : null;
    if (until) requestAnimationFrame(() => keep(element, top));
  }

  for (const moving of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(moving, () => (until = until && 0), { passive: true, capture: true });
  }

  function again() {
    try {
      sessionStorage.setItem(PLACE, JSON.stringify({ path: location.pathname, at: Date.now(), ...here() }));
      history.scrollRestoration = "manual";
    } catch {
      // without storage the browser does what it can
    }
    location.reload();
  }

  function take() {
    try {
      const found = JSON.parse(sessionStorage.getItem(PLACE));
      sessionStorage.removeItem(PLACE);
      return found?.path === location.pathname && Date.now() - found.at < FRESH ? found : null;
    } catch {
      return null;
    }
  }

  const place = take();
  if (place) {
    document.addEventListener("DOMContentLoaded", () => back(place));
    addEventListener("load", () => {
      back(place);
      requestAnimationFrame(() => {
        back(place);
        history.scrollRestoration = "auto";
      });
    });
  }

  /* --- what is wrong --- */

  let host = null;
  let drawn = "";

  function element(tag, settings, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(settings)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  function draw(state) {
    const key = JSON.stringify([state.failed, state.issues]);
    if (key + state.old === drawn) return;
    drawn = key + state.old;
    host?.remove();
    host = null;
    if (!state.issues.length && !state.old) return;
    host = element("sijill-preview", {});
    const inside = host.attachShadow({ mode: "open" });
    const style = element("link", { rel: "stylesheet", href: "/preview.css" });
    style.addEventListener("load", () => {
      if (state.issues.length) inside.append(...layer(state, key));
      if (state.old) inside.append(element("p", { class: "old", role: "status", ...ARABIC }, state.words.old));
    });
    inside.append(style);
    document.documentElement.append(host);
  }

  const ARABIC = { lang: "ar", dir: "rtl" };

  function layer({ failed, issues, words }, key) {
    const errors = issues.filter(each => each.level === "error").length;
    const counts = [
      errors ? `${words.errors} ${errors}` : "",
      errors < issues.length ? `${words.warnings} ${issues.length - errors}` : "",
    ].filter(Boolean).join(" · ");
    const title = failed ? words.failed : errors ? words.left_out : words.warned;
    const more = failed ? words.failed_more : errors ? words.left_out_more : words.warned_more;
    const close = element("button", { type: "button", class: "close" }, words.close, element("kbd", { dir: "ltr" }, "Esc"));
    const rows = issues.slice(0, MOST_ROWS).map(({ level, place, what, fix }) =>
      element("li", { class: level },
        element("bdi", { class: "place", dir: "ltr" }, place),
        element("bdi", { class: "what", dir: "ltr" }, element("b", {}, `${level}: `), what),
        element("bdi", { class: "fix", dir: "ltr" }, fix)));
    const list = element("ol", { dir: "ltr", lang: "en", tabindex: "0", "aria-label": title }, ...rows);
    const panel = element("section", { class: errors ? "errors" : "warnings", "aria-label": title, ...(errors ? { role: "alert" } : {}) },
      element("header", ARABIC, element("h2", {}, title), element("p", {}, more), element("span", { class: "counts" }, counts), close),
      list,
      ...(issues.length > MOST_ROWS ? [element("p", { class: "rest", ...ARABIC }, `${words.rest} ${issues.length - MOST_ROWS}`)] : []));
    const note = element("button", { type: "button", class: `note ${errors ? "errors" : "warnings"}`, ...ARABIC }, counts);

    const show = open => {
      panel.hidden = !open;
      note.hidden = open;
      sessionStorage.setItem(CLOSED, open ? "" : key);
    };
    close.addEventListener("click", () => {
      show(false);
      note.focus();
    });
    note.addEventListener("click", () => {
      show(true);
      close.focus();
    });
    const open = errors > 0 && sessionStorage.getItem(CLOSED) !== key;
    panel.hidden = !open;
    note.hidden = open;
    escape = () => !panel.hidden && show(false);
    return [panel, note];
  }

  let escape = () => {};
  document.addEventListener("keydown", event => event.key === "Escape" && host && escape());
})();
