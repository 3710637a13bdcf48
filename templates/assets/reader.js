"use strict";
// Shows what stands behind a link, tells a letter to the editors which sentence is meant, and lets a key lead to the field of
// search. No page needs it.
(() => {
  const root = new URL("../", document.currentScript.src).href;
  const report = document.querySelector("a[href^='mailto:']");
  const canonical = document.querySelector("link[rel=canonical]");

  if (report && canonical) {
    const letter = report.href;
    const coded = text => encodeURIComponent(text).replace(/%2F/g, "/");
    const tell = () => {
      const sentence = location.hash.startsWith("#s-") && document.getElementById(location.hash.slice(1));
      const meant = sentence && coded(`${canonical.href}${location.hash}\n${sentence.textContent.slice(0, 300)}`);
      report.href = sentence ? letter.replace(coded(canonical.href), () => meant) : letter;
    };
    addEventListener("hashchange", tell);
    tell();
  }

  // The key «/», wherever a keyboard has it, unless it is being typed or the reader has turned it off (WCAG 2.1.4).
  const field = document.querySelector("main input[type=search]") || document.querySelector("input[type=search]");
  const choice = document.getElementById("key"), OFF = "sijill.no-key";
  const kept = task => { try { return task(localStorage); } catch { return null; } };
  if (choice) {
    choice.checked = !kept(store => store.getItem(OFF));
    choice.onchange = () => kept(store => (choice.checked ? store.removeItem(OFF) : store.setItem(OFF, "1")));
  }
  document.addEventListener("keydown", event => {
    const other = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (!field || other || !(event.key === "/" || event.code === "Slash")) return;
    if (event.target.closest("input, select, textarea") || kept(store => store.getItem(OFF))) return;
    event.preventDefault();
    field.focus();
  });

  if (location.protocol === "file:" || !matchMedia("(hover: hover)").matches) return;
  const ENTITY = /^(processes|rounds|delegations|officials|documents)\/[^/]+\/$/;
  const card = document.createElement("div");
  card.id = card.className = "preview";
  card.setAttribute("role", "tooltip");
  card.hidden = true;
  document.body.append(card);
  const known = new Map();
  let link = null;
  let timer = 0;

  const entity = place => {
    const found = place instanceof Element ? place.closest("main a[href]") : null;
    const inside = found && !found.hash && found.pathname !== location.pathname && found.href.startsWith(root);
    return inside && ENTITY.test(found.href.slice(root.length)) ? found : null;
  };
  const later = (task, wait) => {
    clearTimeout(timer);
    timer = setTimeout(task, wait);
  };
  const hide = () => {
    clearTimeout(timer);
    if (link) link.removeAttribute("aria-describedby");
    link = null;
    card.hidden = true;
  };
  const place = () => {
    const line = link.getClientRects()[0];
    const most = document.documentElement.clientWidth;
    const above = line.bottom + card.offsetHeight > innerHeight && line.top > card.offsetHeight;
    card.style.insetBlockStart = `${scrollY + (above ? line.top - card.offsetHeight : line.bottom)}px`;
    card.style.insetInlineStart = `${Math.max(8, Math.min(most - line.right, most - card.offsetWidth - 8))}px`;
  };
  const show = async wanted => {
    hide();
    link = wanted;
    const url = `${wanted.href}preview.json`;
    if (!known.has(url)) known.set(url, fetch(url).then(found => (found.ok ? found.json() : null)).catch(() => null));
    const lines = await known.get(url);
    if (link !== wanted || !lines) return;
    card.replaceChildren(...lines.map(([name, text]) => {
      const line = document.createElement("p");
      line.className = name;
      if (name === "latin") Object.assign(line, { lang: "en", dir: "ltr" });
      line.textContent = text;
      return line;
    }));
    card.hidden = false;
    wanted.setAttribute("aria-describedby", "preview");
    place();
  };

  document.addEventListener("pointerover", event => {
    if (event.pointerType === "touch") return;
    const found = entity(event.target);
    if (card.contains(event.target) || (found && found === link)) clearTimeout(timer);
    else if (found) later(() => show(found), 250);
    else if (link) later(hide, 300);
    else clearTimeout(timer);
  });
  document.addEventListener("focusin", event => {
    const found = entity(event.target);
    if (found && found.matches(":focus-visible")) show(found);
    else if (link) hide();
  });
  document.addEventListener("keydown", event => {
    if (event.key === "Escape") hide();
  });
})();
