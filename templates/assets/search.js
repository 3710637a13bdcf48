/* Folds words and names the keys under which they are found, by the tables that come with the index: what
   sijill/arabic/search.py does when the index is made, and held to the same examples. `attested` tells, in time, whether a
   key is a word of the archive. */
globalThis.sijillWords = (rules, attested) => {
  const dropped = new RegExp(`[${rules.dropped}]+`, "gu"), letter = /[\p{L}\p{N}]+/gu, number = /^\p{N}+$/u;
  const fold = (text) => text.normalize("NFKC").replace(dropped, "").replace(/./gsu, (one) => rules.letters[one] ?? one).toLowerCase();
  const same = (word) => word.replace(/ة/g, "ه"), cut = (text) => fold(text).match(letter) ?? [];
  const table = (rows) => new Map(Object.entries(rows).map((row) => row.map(same)));
  const short = new Set(rules.short), whole = new Set(rules.whole.map(same)), plural = table(rules.plurals), twin = table(rules.same), joined = new Set(rules.joined);
  const known = async (stem) => { const key = same(stem); return twin.has(key) || plural.has(key) || whole.has(key) || await attested(key); };
  const endless = async (stem, certain) => {
    const found = [];
    for (const [suffix, instead, least] of rules.suffixes) {
      const rest = stem.slice(0, -suffix.length), bare = rest + instead;
      if (stem.endsWith(suffix) && (rest.length >= least || least < 4 && short.has(rest)) && await known(bare)) found.push(bare);
    }
    for (const [suffix, instead, least] of certain ? rules.certain : []) {
      const rest = stem.slice(0, -suffix.length);
      if (stem.endsWith(suffix) && rest.length >= least) found.push(rest + instead);
    }
    return found;
  };
  /* The keys of a word, each with how far it is from it: 0 itself, 1 without «ال», 2 a particle, 3 an ending, 4 a spelling, 5 a plural. */
  const keys = async (word) => {
    const found = new Map(), stems = new Map([[word, 0]]);
    const add = (stem, how) => { const key = same(stem); found.set(key, Math.min(how, found.get(key) ?? 9)); };
    const fits = (rest) => rest.length >= 3 || number.test(rest) || short.has(rest);
    if (!whole.has(same(word))) {
      for (const prefix of rules.with_article) {
        const rest = word.slice(prefix.length);
        if (word.startsWith(prefix) && fits(rest) && !stems.has(rest)) stems.set(rest, prefix === "ال" ? 1 : 2);
      }
      if (stems.size > 1) stems.delete(word);
      const none = (await endless(word)).some((bare) => whole.has(same(bare)));
      for (const prefix of none ? [] : rules.proclitics) {
        const rest = word.slice(prefix.length);
        if (!word.startsWith(prefix) || !fits(rest) || short.has(rest) && !rules.particles.includes(prefix)) continue;
        if (prefix.endsWith("س") && !rules.future.includes(rest[0]) || prefix[1] && whole.has(same(word.slice(1)))) continue;
        if (number.test(rest) || await known(rest)) { if (!stems.has(rest)) stems.set(rest, 2); }
        else for (const bare of await endless(rest)) if (bare.length > 3) add(bare, 3);
      }
    }
    for (const [stem, how] of [...stems]) {
      const rest = stem.slice(2);
      if (how && stem.startsWith("ال") && rest.length > 2 && !stems.has(rest)) stems.set(rest, how);
    }
    const closed = [...stems.keys()].some((stem) => whole.has(same(stem)));
    for (const [stem, how] of stems) {
      add(stem, how);
      if (!closed) for (const bare of await endless(stem, true)) add(bare, 3);
    }
    for (const [key, how] of [...found, [same(word), 0]]) {
      if (twin.has(key)) add(twin.get(key), Math.max(how, 4));
      if (plural.has(key)) add(plural.get(key), Math.max(how, 5));
    }
    return found;
  };
  return { fold, same, cut, keys, joined, known };
};

/* Finds entities and sentences by their words; shards of the index are fetched as the words of a query need them. */
(async () => {
  const form = document.getElementById("find-form"), out = document.getElementById("found"), status = document.getElementById("found-count");
  const root = form.dataset.index, files = {}, docs = {}, step = 8, most = 12, plurals = new Intl.PluralRules("ar");
  const make = (tag, text, more) => Object.assign(document.createElement(tag), { textContent: text }, more);
  const get = (name) => files[name] ??= fetch(new URL(name, new URL(root, location))).then((each) => each.ok ? each.json() : {}).catch(() => ({}));
  const index = await get("index.json"), rules = index.rules, words = index.words;
  if (!rules) { form.replaceWith(make("p", form.dataset.failed)); return; }
  const shards = new Set(index.shards), shard = (key) => shards.has(key.slice(0, 2))
    ? get(`k/${[...key.slice(0, 2)].map((one) => one.charCodeAt(0).toString(16)).join("-")}.json`) : Promise.resolve({});
  const { same, cut, keys, joined, known } = sijillWords(rules, async (key) => told.has(key) || key in await shard(key));
  const bare = (form) => same(form.replace(/^ال(?=..)/, ""));
  const lead = (word) => rules.leading.find((one) => word.startsWith(one) && joined.has(word.slice(one.length)))?.length;
  const unite = async (words, sure) => {
    const found = [];
    for (let at = 0; at < words.length; at++) {
      const one = words[at], both = one + words[at + 1];
      found.push(at + 1 < words.length && (joined.has(one) || lead(one) && await sure(both.slice(lead(one)))) ? (at++, both) : one);
    }
    return found;
  };
  /* What entities are called, name by name and word by word. */
  const called = await Promise.all(index.entities.map(async (one) => (await Promise.all(one[4].map(async (name) => [name.split(" "), await unite(name.split(" "), () => 0)]))).flat().map((name) => name.map(bare))));
  const own = called.map((names) => new Set(names.flat())), told = new Set(called.flat(2));
  const near = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return false;
    let row = [...Array(other.length + 1).keys()];
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      for (let j = 1; j <= other.length; j++) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] !== other[j - 1]));
      row = next;
    }
    return row.at(-1) <= most;
  };
  const slips = (key, word) => word.length > 3 && near(key, bare(word), word.length > 6 ? 2 : 1);
  /* What else an entity is called where one of its names has this word: «بوتن» is «بوتين»; but neither may name another too. */
  const akin = (word) => [...new Set(called.flatMap((names, at) => own[at].has(word) ? names.flatMap((name) => name.includes(word)
    ? names.filter((other) => other.length === name.length).map((other) => other[name.indexOf(word)]).filter((other) => other !== word && slips(other, word)) : []) : []))]
    .filter((other) => own.every((one) => one.has(other) === one.has(word)));
  /* The sentences of a word with how near they are, and the forms that stand in them; «جولتها» is «جوله» with an ending. */
  const places = async (word, forms) => {
    const found = new Map();
    const take = async (key, how) => {
      const rows = (await shard(key))[key];
      for (const [form, steps] of Object.entries(rows ?? {})) {
        const far = form === word ? 0 : how < 9 && bare(form) === bare(word) ? 1 : Math.max(how, same(form).endsWith(key) ? 2 : [key, key.replace(/ه$/, "ت")].some((one) => form.includes(one)) ? 3 : 4);
        let at = 0;
        forms.add(form);
        for (const each of steps.split(".")) { at += parseInt(each, 36); found.set(at, Math.min(far, found.get(at) ?? 99)); }
      }
    };
    const all = await keys(word);
    for (const [key, how] of all) await take(key, how);
    for (const key of all.keys()) if (told.has(key)) for (const other of akin(key)) await take(other, 4);
    if (!found.size && !told.has(bare(word))) for (const key of [...Object.keys(await shard(bare(word))), ...told]) if (slips(key, word)) await take(key, 9);
    return found;
  };
  const starts = []; let total = 0;
  for (const count of index.counts) { starts.push(total); total += count; }
  const article = (at) => { let low = 0, high = starts.length; while (high - low > 1) { const mid = (low + high) >> 1; if (starts[mid] <= at) low = mid; else high = mid; } return low; };
  const marked = (text, forms) => {
    const node = make("blockquote", ""), words = [...text.matchAll(/[\p{L}\p{N}\p{M}\u0640]+/gu)], both = (n) => words[n + 1] && forms.has(cut(words[n] + words[n + 1])[0]);
    let end = 0;
    for (const [n, { 0: word, index: at }] of words.entries()) {
      if (!cut(word).some((one) => forms.has(one)) && !both(n) && !(n && both(n - 1))) continue;
      node.append(text.slice(end, at), make("mark", word)); end = at + word.length;
    }
    node.append(text.slice(end));
    return node;
  };
  const unled = (text) => text.replace(/(^|\s)ال(?=\S\S)/g, "$1");
  const fill = (name, values, label = (value) => value) => values.map((value, at) => [label(value), at]).sort((a, b) => unled(a[0]).localeCompare(unled(b[0]), "ar"))
    .forEach(([text, at]) => form[name].append(make("option", text || words.unknown, { value: values[at] || "-" })));
  fill("year", index.years); fill("source", index.sources);
  fill("process", index.processes, (id) => index.entities.find((one) => one[2].endsWith(`/${id}/`))?.[1] ?? id);
  for (const [kind, text] of Object.entries(words.kinds)) form.kind.append(make("option", text, { value: kind }));
  const place = (name, values) => form[name].value && values.findIndex((value) => (value || "-") === form[name].value);
  const named = async (tokens) => {
    if (!tokens.length) return [];
    const wanted = await Promise.all(tokens.map(async (token, at) => [same(token), ...(await keys(token)).keys(), ...(tokens[at + 1] && lead(token) ? [token.slice(lead(token))] : [])]));
    const score = (names, loosely) => Math.max(...names.map((name) => {
      const parts = name.split(" ").flatMap((part) => [same(part), same(part.replace(/^ال(?=..)/, ""))]);
      const all = wanted.every((keys) => keys.some((key) => parts.some((part) => part === key || (key.length > 2 && part.startsWith(key))))
        || loosely && parts.some((part) => slips(part, keys[0])));
      return all ? 100 - name.length : -1;
    }));
    const ranked = (loosely) => index.entities.map((one) => [score(one[4], loosely), one])
      .filter(([how, one]) => how >= 0 && (!form.kind.value || one[0] === form.kind.value))
      .sort((a, b) => b[0] - a[0] || b[1][3] - a[1][3]).slice(0, most).map((pair) => pair[1]);
    const exactly = ranked(false);
    return exactly.length ? exactly : ranked(true);
  };
  let turn = 0;
  const search = async (keep) => {
    const mine = ++turn, query = form.q.value.slice(0, 300), values = new URLSearchParams([...new FormData(form)].filter((pair) => pair[1]));
    if (keep) history.replaceState(null, "", values.size ? `?${values}` : location.pathname);
    const phrases = [...query.matchAll(/["«“]([^"»”]+)["»”]/g)].map((found) => cut(found[1]).join(" ")).filter(Boolean);
    let tokens = cut(query).slice(0, 12);
    const all = tokens;
    tokens = await unite(all, known);
    if (!tokens.length) { out.replaceChildren(); status.textContent = query.trim() ? words.nothing : ""; return; }
    const forms = new Set(), people = await named(all), rows = await Promise.all(tokens.map((token) => places(token, forms)));
    const year = place("year", index.years), source = place("source", index.sources), process = place("process", index.processes);
    let found = [...rows[0]].flatMap(([at, far]) => rows.every((row) => row.has(at)) ? [[at, rows.reduce((sum, row) => sum + row.get(at), 0)]] : [])
      .filter(([at]) => { const about = index.about[article(at)]; return (year === "" || about[0] === year) && (source === "" || about[1] === source) && (process === "" || about[2].includes(process)); })
      .sort((a, b) => a[1] - b[1] || a[0] - b[0]);
    if (form.kind.value && form.kind.value !== "sentence") found = [];
    const load = async ([at]) => {
      const n = article(at), [href, title, day, from, sentences] = await (docs[n] ??= get(`d/${n}.json`)), [anchor, text] = sentences[at - starts[n]];
      return { href: `${href}#${anchor}`, title, day, from, text };
    };
    if (phrases.length) {
      const read = await Promise.all(found.slice(0, 200).map(async (row) => [row, cut((await load(row)).text).join(" ")]));
      found = read.filter(([, text]) => phrases.every((phrase) => ` ${text} `.includes(` ${phrase} `))).map((pair) => pair[0]);
    }
    if (mine !== turn) return;
    const list = make("ul", "", { className: "said-list" }), shown = form.kind.value === "sentence" || !form.kind.value && [year, source, process].some((one) => one !== "") ? [] : people;
    out.replaceChildren();
    if (shown.length) {
      const names = make("ul", "", { className: "names" });
      for (const [kind, name, href] of shown) { const li = make("li", ""); li.append(make("a", name, { href }), " ", make("small", words.one[kind])); names.append(li); }
      out.append(make("h2", words.entities), names);
    }
    if (found.length) out.append(make("h2", words.sentences), list);
    const count = shown.length + found.length;
    status.textContent = count ? words.count[plurals.select(count)].replace("{n}", count.toLocaleString("en").replace(/\d/g, (one) => words.digits[one])) : words.nothing;
    const more = async (first) => {
      const lot = await Promise.all(found.slice(first, first + step).map(load));
      if (mine !== turn) return;
      out.querySelector(":scope > button")?.remove();
      for (const row of lot) {
        const li = make("li", ""), from = make("p", "", { className: "src" });
        from.append(make("a", words.sentence, { href: row.href }), " ", make("cite", row.title), make("span", `${row.day} · ${row.from || words.publisher}`, { className: "meta" }));
        li.append(marked(row.text, forms), from);
        list.append(li);
      }
      if (first + step < found.length) out.append(make("button", words.more, { type: "button", onclick: () => more(first + step) }));
    };
    await more(0);
    document.documentElement.dataset.searched = String(mine);
  };
  let wait;
  form.oninput = () => { clearTimeout(wait); wait = setTimeout(() => search(true), 200); };
  form.onsubmit = (event) => { event.preventDefault(); clearTimeout(wait); search(true); };
  const restore = () => {
    const query = new URLSearchParams(location.search);
    for (const name of ["q", "kind", "process", "year", "source"]) { form[name].value = query.get(name) ?? ""; if (form[name].selectedIndex < 0) form[name].value = ""; }
    search();
  };
  onpopstate = restore;
  restore();
})();
