/* Filters the statements in place, keeps the choice in the address, and makes files of what is shown.
   The page is whole without it: it only ever replaces the list by a part of the same statements. */
(async () => {
  const form = document.getElementById("said-form"), list = document.getElementById("said");
  const status = document.getElementById("said-count"), whole = [...list.childNodes];
  const counted = status.textContent, lists = ["speaker", "party", "round", "source"], fields = [...lists, "from", "to"];
  const plurals = new Intl.PluralRules("ar"), shards = {}, step = 50;
  const digits = (n) => n.toLocaleString("en").replace(/\d/g, (d) => words.digits[d]).replace(/,/g, words.digits[0] === "0" ? "," : "٬");
  const make = (tag, text, more) => Object.assign(document.createElement(tag), { textContent: text }, more);
  const bare = (text) => text.replace(/(^|\s)ال(?=\S\S)/g, "$1");
  let index, words, shown = [], turn = 0;
  try {
    const answer = await fetch(form.dataset.index);
    if (!answer.ok) throw answer.status;
    index = await answer.json();
    words = index.words;
  } catch {
    form.replaceWith(make("p", form.dataset.failed));
    return;
  }
  for (const name of lists) {
    index[name].map((row, at) => [row[1] || (name === "speaker" ? words.nobody : words.unknown), at])
      .sort((a, b) => bare(a[0]).localeCompare(bare(b[0]), "ar"))
      .forEach(([text, at]) => form[name].append(make("option", text, { value: index[name][at][0] || "-" })));
  }
  const place = (name, value) => index[name].findIndex((row) => (row[0] || "-") === value);
  const chosen = () => {
    const at = Object.fromEntries(lists.map((name) => [name, form[name].value && place(name, form[name].value)]));
    const { value: from } = form.from, { value: to } = form.to, fits = (name, found) => at[name] === "" || at[name] === found;
    return index.rows.flatMap(([a, s], row) => {
      const [, , day, , source, rounds] = index.articles[a];
      return fits("speaker", s) && fits("party", index.speaker[s][3]) && fits("source", source) &&
        (at.round === "" || rounds.includes(at.round)) && (!from || day >= from) && (!to || (day && day <= to)) ? [row] : [];
    });
  };
  const load = async (rows) => {
    const all = [...new Set(rows.map((row) => Math.floor(row / index.size)))];
    await Promise.all(all.map(async (n) => {
      shards[n] ??= fetch(form.dataset.index.replace("index", n)).then((each) => each.json());
      shards[n] = await shards[n];
    }));
    return rows.map((row) => {
      const [a, s] = index.rows[row], [href, title, day, words_of_day, source] = index.articles[a];
      const [id, name, page, party] = index.speaker[s], [anchor, named, verb, text] = shards[Math.floor(row / index.size)][row % index.size];
      return { id, name: name || named, named, page, party: index.party[party][1], verb, text, day, words_of_day, title,
        source: index.source[source][1], href: new URL(`${href}#${anchor}`, location).href };
    });
  };
  const show = async (first) => {
    const mine = turn, rows = await load(shown.slice(first, first + step));
    if (mine !== turn) return;
    const ul = first ? list.querySelector("ul") : make("ul", "", { className: "said-list" });
    for (const row of rows) {
      const li = make("li", ""), div = make("div", ""), p = make("p", "", { className: "speaker" });
      p.append(row.page ? make("a", row.name, { href: row.page }) : row.name || words.nobody);
      const from = make("p", "", { className: "src" });
      from.append(make("a", words.sentence, { href: row.href }), " ", make("cite", row.title), make("span", `${row.words_of_day} · ${row.source || words.publisher}`, { className: "meta" }));
      div.append(p, make("blockquote", row.text));
      li.append(div, from);
      ul.append(li);
    }
    if (!first) list.replaceChildren(whole.find((node) => node.nodeName === "H2"), ul);
    list.querySelector(":scope > button")?.remove();
    if (first + step < shown.length) list.append(make("button", words.more, { type: "button", onclick: () => show(first + step) }));
  };
  const filter = (keep) => {
    turn++;
    const query = new URLSearchParams(fields.map((name) => [name, form[name].value]).filter((pair) => pair[1]));
    if (keep) history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
    shown = chosen();
    if (!String(query)) { list.replaceChildren(...whole); status.textContent = counted; return; }
    status.textContent = words.count[plurals.select(shown.length)].replace("{n}", digits(shown.length));
    show(0);
  };
  const restore = () => {
    const query = new URLSearchParams(location.search);
    for (const name of fields) {
      form[name].value = query.get(name) || "";
      if (form[name].selectedIndex < 0) form[name].value = "";
    }
    filter();
  };
  const cell = (text) => `"${(/^\s*[=+\-@\t\r]/.test(text) ? "'" : "") + text.replace(/"/g, '""')}"`;
  form.onclick = async ({ target }) => {
    const kind = target.type === "button" && target.value;
    if (!kind) return;
    const rows = (await load(shown)).map((row) => ({ speaker: row.id, name: row.name, named: row.named, party: row.party,
      verb: row.verb, sentence: row.text, date: row.day, source: row.source, article: row.title, url: row.href }));
    const head = ["speaker", "name", "named", "party", "verb", "sentence", "date", "source", "article", "url"];
    const text = kind === "json" ? JSON.stringify(rows, null, 1)
      : "\ufeff" + [head, ...rows.map((row) => head.map((key) => row[key]))].map((row) => row.map(cell).join(",") + "\r\n").join("");
    const href = URL.createObjectURL(new Blob([text], { type: kind === "json" ? "application/json" : "text/csv" }));
    make("a", "", { href, download: `statements.${kind}` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1e4);
  };
  form.onchange = () => filter(true);
  form.onreset = () => setTimeout(() => filter(true));
  form.onsubmit = (event) => { event.preventDefault(); filter(true); };
  onpopstate = restore;
  restore();
})();
