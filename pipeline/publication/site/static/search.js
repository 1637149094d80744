// Searches the texts of one language. The index is in scripts of its own, read when they are needed: that works
// without a server, too. What the keys of words are, search.py says; both must do the same.
"use strict";
(() => {
  const MOST = 50, MOST_PARTS = 4, LEAST_PART = 2;
  const LETTERS = { "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه", "ۀ": "ه", "ٱ": "ا", "ı": "i", "ß": "ss",
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ς": "σ", "_": " " };
  const MARKS = /[\u0300-\u036f\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]/g;
  const JOINERS = /[\u200b-\u200f\u2060\ufeff]/g;

  function digit(sign) { // digits of a script follow each other, from zero
    let code = sign.codePointAt(0), value = 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(code - 1 - value))) value += 1;
    return String(value % 10);
  }
  function key(text) {
    return text.normalize("NFKC").replace(JOINERS, " ").normalize("NFD").replace(MARKS, "").toLowerCase()
      .replace(/./gu, (sign) => LETTERS[sign] ?? sign).replace(/[^0-9\P{Nd}]/gu, digit);
  }
  // Where no spaces part words (Thai, Chinese …), every sign is a word.
  const SIGN = /[\u0e00-\u0e4f\u0e80-\u0ecf\u0eda-\u0eff\u1000-\u103f\u104a-\u108f\u109a-\u109f\u1780-\u17dd\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}](?:(?=[\u0900-\u109f\u1700-\u17ff\u3099\u309a])\p{M})*/gu;
  const WORD = /(?:[\p{L}\p{N}]|(?=[\u0900-\u109f\u1700-\u17ff])\p{M})+/gu;
  const words = (text) => key(text.replace(SIGN, " $& ")).match(WORD) ?? [];

  const page = document.querySelector(".search");
  const folder = page.dataset.folder, root = page.dataset.root;
  const form = page.querySelector("form"), field = page.querySelector("input");
  const said = page.querySelector("output"), list = page.querySelector("ol");
  const known = new Map(), waiting = new Map();

  window.searched = (name, value) => waiting.get(name)?.(value);
  function read(name) {
    if (!known.has(name)) {
      known.set(name, new Promise((resolve, reject) => {
        waiting.set(name, resolve);
        const script = document.createElement("script");
        script.src = `${folder}${name}.js`;
        script.onerror = () => { known.delete(name); reject(new Error(name)); };
        document.head.append(script);
      }));
    }
    return known.get(name);
  }

  function numbers(packed) {
    let last = 0;
    return packed.split(" ").map((step) => (last += parseInt(step, 36)));
  }
  async function partsOf(word, end) { // the files in which a word may stand, and all that begin with it
    const { parts } = await read("index");
    const first = Math.max(parts.findLastIndex((start) => start <= word), 0);
    const last = Math.max(parts.findLastIndex((start) => start <= end), first);
    const names = Array.from({ length: Math.min(last - first + 1, MOST_PARTS) }, (_, step) => `words-${first + step}`);
    return Promise.all(names.map(read));
  }
  async function textsWith(word, alsoLonger = true) { // a map: number of a text -> how well it fits
    const found = new Map(), isLong = alsoLonger && word.length > 1;
    for (const part of await partsOf(word, isLong ? `${word}\uffff` : word)) {
      for (const [other, packed] of Object.entries(part)) {
        if (other === word || (isLong && other.startsWith(word))) {
          for (const number of numbers(packed)) {
            const worth = (other === word ? 3 : 1) + (number % 2 ? 4 : 0), text = number >> 1;
            found.set(text, Math.max(found.get(text) ?? 0, worth));
          }
        }
      }
    }
    return found;
  }
  function joined(one, other, worth) {
    for (const [text, value] of other) one.set(text, Math.max(one.get(text) ?? 0, value * worth));
    return one;
  }
  function both(one, other) {
    return new Map([...one].filter(([text]) => other.has(text)).map(([text, value]) => [text, value + other.get(text)]));
  }
  async function apart(word) { // a word written in two
    const found = new Map();
    for (let place = LEAST_PART; place <= word.length - LEAST_PART; place++) {
      const [first, second] = await Promise.all([textsWith(word.slice(0, place), false), textsWith(word.slice(place), false)]);
      joined(found, both(first, second), 0.25);
    }
    return found;
  }
  async function find(query) {
    const asked = words(query);
    const its = await Promise.all(asked.map(async (word) => {
      const found = await textsWith(word);
      return found.size || word.length > 24 ? found : apart(word);
    }));
    const pairs = await Promise.all(asked.slice(1).map((word, place) => textsWith(asked[place] + word)));
    its.forEach((found, place) => { // two words may stand as one
      if (pairs[place]) joined(found, pairs[place], 1);
      if (pairs[place - 1]) joined(found, pairs[place - 1], 1);
    });
    const all = its.length ? its.reduce(both) : new Map();
    return [...all].sort(([one, first], [other, second]) => second - first || other - one).map(([text]) => text);
  }

  async function entry(number) {
    const { list: size } = await read("index");
    const [title, href, date, issuer, ...badges] = (await read(`texts-${Math.floor(number / size)}`))[number % size];
    const item = document.createElement("li"), link = document.createElement("a"), about = document.createElement("p");
    link.href = root + href;
    link.textContent = title;
    about.textContent = [date, issuer, ...badges].filter(Boolean).join(" · ");
    item.append(link, about);
    return item;
  }
  let turn = 0;
  async function show() {
    const mine = ++turn, query = field.value.trim();
    const found = query ? await find(query) : [];
    const items = await Promise.all(found.slice(0, MOST).map(entry));
    if (mine !== turn) return;
    list.replaceChildren(...items);
    const count = String(found.length).replace(/[0-9]/g, (digit) => [...page.dataset.digits][digit]);
    said.textContent = !query ? "" : found.length ? page.dataset.found.replace("{count}", count) : page.dataset.nothing;
    history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
  }

  let pause;
  field.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(show, 200); });
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  page.querySelector(".without").remove();
  form.hidden = false;
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) show();
  else field.focus();
})();
