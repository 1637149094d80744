// A document to translate without a network: what is typed stays in this file, and in this browser for this file alone.
(async () => {
  "use strict";
  const pristine = document.documentElement.outerHTML;
  const kit = JSON.parse(document.getElementById("kit").textContent);
  const words = JSON.parse(document.getElementById("words").textContent);
  const wanted = (navigator.languages || [navigator.language]).map((tag) => tag.slice(0, 2));
  const code = wanted.find((one) => one in words) || "en";
  const _ = (key) => words[code][key];
  const number = (value) => value.toLocaleString(code, { useGrouping: false });
  let unsent = false;
  const touched = new Set();
  let here = -1;

  const made = (tag, attributes, ...inside) => {
    const one = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== "") { one.setAttribute(key, value); }
    }
    one.append(...inside);
    return one;
  };
  const inSource = (tag, text, more = {}) => made(tag, { lang: kit.source.code, dir: kit.source.dir, ...more }, text);
  const inTarget = (tag, text, more = {}) => made(tag, { lang: kit.target.code, dir: kit.target.dir, ...more }, text);

  // Browsers may give all files of a disk one store: what is kept there says nothing to whoever has not this file.
  let store = null;
  let name = "";
  let key = null;
  try {
    const text = new TextEncoder().encode(document.getElementById("kit").textContent);
    const digest = new Uint8Array(await window.crypto.subtle.digest("SHA-512", text));
    key = await window.crypto.subtle.importKey("raw", digest.slice(32), "AES-GCM", false, ["encrypt", "decrypt"]);
    name = `pipeline-kit-${digest.slice(0, 8).join("-")}`;
    store = window.localStorage;
  } catch { /* a browser that keeps nothing for files */ }
  const sealed = async (text) => {
    const iv = window.crypto.getRandomValues(new Uint8Array(12));
    const packed = await window.crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(text));
    return JSON.stringify([[...iv], [...new Uint8Array(packed)]]);
  };
  const opened = async (text) => {
    const [iv, packed] = JSON.parse(text).map((one) => Uint8Array.from(one));
    return new TextDecoder().decode(await window.crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, packed));
  };

  // What was typed before in this browser is there again, where the file still says what it was typed over.
  const before = kit.lines.map((line) => ({ target: line.target, note: line.note, state: line.state }));
  try {
    const last = store && store.getItem(name);
    for (const [id, kept] of Object.entries(last ? JSON.parse(await opened(last)) : {})) {
      const line = kit.lines.find((one) => one.id === id);
      const was = line && before[kit.lines.indexOf(line)];
      if (was && kept.over === JSON.stringify(was) && [kept.target, kept.note, kept.state].every((one) => typeof one === "string")) {
        Object.assign(line, { target: kept.target, note: kept.note, state: kept.state });
        unsent = true;
      }
    }
  } catch { /* what is damaged is forgotten */ }

  const isDone = (line) => line.state !== "doubt" && line.target.trim() !== "";
  let writing = Promise.resolve();
  // The same file may be open twice, as a telephone opens it at every touch: what was typed in the other stays.
  const keep = (own) => {
    touched.add(own.id);
    const kept = {};
    kit.lines.forEach((line, at) => {
      const was = before[at];
      if (line.target !== was.target || line.note !== was.note || line.state !== was.state) {
        kept[line.id] = { target: line.target, note: line.note, state: line.state, over: JSON.stringify(was) };
      }
    });
    unsent = Object.keys(kept).length > 0;
    const write = async () => {
      let all = {};
      try { all = JSON.parse(await opened(store.getItem(name))); } catch { /* nothing yet, or damaged */ }
      for (const id of touched) { delete all[id]; }
      for (const id of touched) { if (kept[id]) { all[id] = kept[id]; } }
      store.setItem(name, await sealed(JSON.stringify(all)));
    };
    if (store) { writing = writing.then(write).catch(() => { /* full, or forbidden */ }); }
    count();
  };

  const progress = made("p", { role: "status" });
  const count = () => {
    const done = kit.lines.filter(isDone).length;
    progress.textContent = _("progress").replace("{done}", number(done)).replace("{all}", number(kit.lines.length));
  };

  const file = () => {
    const json = JSON.stringify(kit).replace(/</g, "\\u003c");
    const start = pristine.indexOf('id="kit">') + 'id="kit">'.length;
    const end = pristine.indexOf("</" + "script>", start);
    const text = `<!DOCTYPE html>${pristine.slice(0, start)}${json}${pristine.slice(end)}`;
    return new File([text], `${kit.document}.${kit.target.code}.html`, { type: "text/html" });
  };
  const save = () => {
    const address = URL.createObjectURL(file());
    const link = made("a", { href: address, download: `${kit.document}.${kit.target.code}.html` });
    document.body.append(link);
    link.click();
    link.remove();
    window.setTimeout(() => URL.revokeObjectURL(address), 60000);
    unsent = false;
  };

  const card = (line, at) => {
    const section = made("section", { class: line.context });
    const field = inTarget("textarea", "", { autocomplete: "off", writingsuggestions: "false", rows: Math.max(2, Math.min(10, Math.ceil(line.source.length / 40))), id: `f${at}` });
    const done = made("input", { type: "checkbox" });
    const note = made("input", { type: "text", dir: "auto", autocomplete: "off", writingsuggestions: "false", "aria-label": _("note"), placeholder: _("note"), maxlength: "1000" });
    const show = () => { done.checked = isDone(line); section.classList.toggle("done", isDone(line)); };
    const put = (text) => {
      const [start, end] = [field.selectionStart, field.selectionEnd];
      field.setRangeText(text, start, end, "end");
      field.focus();
      field.dispatchEvent(new Event("input"));
    };
    field.value = line.target;
    note.value = line.note;
    field.addEventListener("input", () => {
      line.target = field.value;
      line.state = line.target.trim() && (line.state !== "doubt" || !before[at].target.trim()) ? "translated" : "doubt";
      show();
      keep(line);
    });
    done.addEventListener("change", () => { line.state = done.checked ? "translated" : "doubt"; show(); keep(line); });
    note.addEventListener("input", () => { line.note = note.value; keep(line); });
    section.append(made("label", { for: `f${at}`, class: "soft" }, `${number(at + 1)} / ${number(kit.lines.length)}`));
    if (line.previous) { section.append(made("p", { class: "previous" }, `${_("previous")} `, inSource("span", line.previous))); }
    section.append(inSource("p", line.source, { class: "source" }));
    for (const mark of line.marks) { section.append(made("p", { class: "soft", dir: "auto" }, mark)); }
    const terms = made("div", { class: "terms" });
    for (const term of line.terms) {
      const row = made("span", { class: "term" }, inSource("span", term.term));
      for (const text of term.renderings) {
        const button = inTarget("button", text, { type: "button" });
        button.addEventListener("click", () => put(text));
        row.append(button);
      }
      for (const text of term.forbidden) { row.append(made("span", {}, made("span", { class: "hidden" }, `${_("never")} `), inTarget("del", text))); }
      terms.append(row);
    }
    section.append(field, terms);
    for (const one of line.suggestions) {
      const button = made("button", { type: "button" }, _("use"));
      button.addEventListener("click", () => { field.select(); put(one.target); });
      section.append(made("p", { class: "soft" }, `${number(one.score)} % `, inSource("span", one.source)), inTarget("p", one.target), made("p", {}, button));
    }
    section.addEventListener("focusin", () => { here = at; });
    section.append(made("label", {}, done, _("done")), note);
    show();
    return section;
  };

  const share = made("button", { type: "button" }, _("share"));
  const send = made("button", { type: "button", class: "main" }, _("save"));
  send.addEventListener("click", save);
  share.addEventListener("click", () => navigator.share({ files: [file()] }).then(() => { unsent = false; }, () => {}));
  const next = made("button", { type: "button" }, _("next"));
  next.addEventListener("click", () => {
    const waiting = [...kit.lines.keys()].filter((at) => at !== here && !isDone(kit.lines[at]));
    const at = waiting.find((one) => one > here) ?? waiting[0];
    if (at === undefined) { return; }
    const field = document.getElementById(`f${at}`);
    field.closest("section").scrollIntoView({ block: "start" });
    field.focus({ preventScroll: true });
  });
  const head = made("header", {}, progress, next, send);
  try { if (navigator.canShare && navigator.canShare({ files: [file()] })) { head.append(share); } } catch { /* cannot */ }
  document.documentElement.lang = code;
  document.documentElement.dir = code === "fa" ? "rtl" : "ltr";
  const main = made("main", {}, made("h1", { dir: "auto" }, `${kit.document} · ${kit.target.name}`), made("p", { class: "soft" }, _("how")), ...kit.lines.map(card));
  if (document.readyState === "loading") { await new Promise((then) => document.addEventListener("DOMContentLoaded", then)); }
  document.querySelectorAll("body > header, body > main").forEach((one) => one.remove());  // a browser saved what it showed
  document.body.append(head, main);
  count();
  window.addEventListener("beforeunload", (event) => { if (unsent) { event.preventDefault(); } });
})();
