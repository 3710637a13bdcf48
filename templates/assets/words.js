/* Folds words and names the keys under which they are found, by the tables that come with the index: what
   sijill/arabic/search.py does when the index is made, and held to the same examples. `attested` tells, in time, whether a
   key is a word of the archive. */
globalThis.sijillWords = (rules, attested) => {
  const dropped = new RegExp(`[${rules.dropped}]+`, "gu"), letter = /[\p{L}\p{N}]+/gu, number = /^\p{N}+$/u;
  const fold = (text) => text.normalize("NFKC").replace(dropped, "").replace(/./gsu, (one) => rules.letters[one] ?? one).toLowerCase();
  const same = (word) => word.replace(/ة/g, "ه"), cut = (text) => fold(text).match(letter) ?? [];
  const table = (rows) => new Map(Object.entries(rows).map((row) => row.map(same)));
  const whole = new Set(rules.whole.map(same)), plural = table(rules.plurals), twin = table(rules.same), joined = new Set(rules.joined);
  const known = async (stem) => { const key = same(stem); return twin.has(key) || plural.has(key) || await attested(key); };
  const endless = async (stem) => {
    const found = [];
    for (const [suffix, instead, least] of rules.suffixes) {
      const rest = stem.slice(0, -suffix.length), bare = rest + instead;
      if (stem.endsWith(suffix) && rest.length >= least && !(suffix === "ا" && rest.endsWith("ي")) && await known(bare)) found.push(bare);
    }
    return found;
  };
  /* The keys of a word, each with how far it is from it: 0 itself, 1 without «ال», 2 a particle, 3 an ending, 4 a spelling, 5 a plural. */
  const keys = async (word) => {
    const found = new Map(), stems = new Map([[word, 0]]);
    const add = (stem, how) => { const key = same(stem); found.set(key, Math.min(how, found.get(key) ?? 9)); };
    const fits = (rest) => rest.length >= 3 || number.test(rest);
    if (!whole.has(same(word))) {
      for (const prefix of rules.with_article) {
        const rest = word.slice(prefix.length);
        if (word.startsWith(prefix) && fits(rest) && !stems.has(rest)) stems.set(rest, prefix === "ال" ? 1 : 2);
      }
      if (stems.size > 1) stems.delete(word);
      for (const prefix of rules.proclitics) {
        const rest = word.slice(prefix.length);
        if (!word.startsWith(prefix) || !fits(rest)) continue;
        if (number.test(rest) || await known(rest)) { if (!stems.has(rest)) stems.set(rest, 2); }
        else for (const bare of await endless(rest)) if (bare.length > 3) add(bare, 3);
      }
    }
    for (const [stem, how] of [...stems]) {
      const rest = stem.slice(2);
      if (how && stem.startsWith("ال") && rest.length > 2 && !stems.has(rest)) stems.set(rest, how);
    }
    for (const [stem, how] of stems) {
      add(stem, how);
      if (!whole.has(same(stem))) for (const bare of await endless(stem)) add(bare, 3);
    }
    for (const [key, how] of [...found, [same(word), 0]]) {
      if (twin.has(key)) add(twin.get(key), Math.max(how, 4));
      if (plural.has(key)) add(plural.get(key), Math.max(how, 5));
    }
    return found;
  };
  return { fold, same, cut, keys, joined };
};
