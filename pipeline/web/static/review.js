// The page without reloading. Everything here is also done by links and forms; this only asks for the same pages
// and puts what is new in the place of what was there.
(() => {
  "use strict";
  const main = () => document.getElementById("main");
  const field = () => document.getElementById("field");
  const said = () => document.querySelector(".said");
  const store = window.localStorage;
  let timer = 0;
  let last = "";
  let hush = 0;
  let here = window.location.href;

  const showSaid = (text) => { said().textContent = text; };
  const tell = (text, stays = false) => {
    window.clearTimeout(hush);
    showSaid("");
    window.setTimeout(showSaid, 30, text);
    if (!stays) { hush = window.setTimeout(showSaid, 8000, ""); }
  };
  const isDirty = () => field() && field().value !== field().defaultValue;
  const isTouched = () => [...main().querySelectorAll("input, textarea")].some((one) => one.type !== "hidden" && one.value !== one.defaultValue);

  // --- answers -------------------------------------------------------------------------

  // When the program has ended, another one may listen on its port: its answers have no key, and nothing is sent to it.
  let lost = "";
  let heard = Date.now();
  const fetched = async (address, options = {}) => {
    const answer = await window.fetch(address, { credentials: "same-origin", ...options }).catch(() => null);
    const { answer: key, lost: none, anew, busy } = document.body.dataset;
    const keyless = answer?.status === 503 ? busy : anew;
    lost = answer ? (answer.headers.get("answer-key") === key ? "" : keyless) : none;
    if (lost) { throw new Error(lost); }
    heard = Date.now();
    return answer;
  };
  const posted = async (address, body) => {
    await fetched(document.body.dataset.here);
    return fetched(address, { method: "POST", body });
  };

  // --- pages ---------------------------------------------------------------------------

  const show = (text, address, push) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    if (!page.getElementById("main")) { window.location.href = address; return; }
    const top = main().querySelector(".card") ? window.scrollY : null;
    document.querySelector(".top").replaceWith(page.querySelector(".top"));
    main().replaceWith(page.getElementById("main"));
    document.title = page.title;
    document.body.dataset.key = page.body.dataset.key;
    if (push) { window.history.pushState({}, "", address); }
    here = window.location.href;
    tell(page.querySelector(".said").textContent.trim());
    settle(top);
  };

  const settle = (top) => {
    prepare();
    const card = document.getElementById("here");
    const place = card || (window.location.hash && document.getElementById(window.location.hash.slice(1)));
    if (card && field() && !field().readOnly) {
      field().focus({ preventScroll: true });
      field().setSelectionRange(field().value.length, field().value.length);
    } else if (place) {
      place.focus({ preventScroll: true });
    } else {
      main().focus({ preventScroll: true });
    }
    if (place) { place.scrollIntoView({ block: place.offsetHeight > window.innerHeight ? "start" : "nearest" }); } else if (top !== null) { window.scrollTo(0, top); }
  };

  const isPage = (answer) => (answer.headers.get("content-type") || "").startsWith("text/html");

  // What is typed while an answer is on its way would go with the page: the field waits for it.
  const waiting = () => {
    const open = field() && !field().readOnly ? field() : null;
    if (open) { open.readOnly = true; }
    main().setAttribute("aria-busy", "true");
    return () => {
      if (open) { open.readOnly = false; }
      main().removeAttribute("aria-busy");
    };
  };

  const ask = async (address, push, body = null) => {
    const goOn = waiting();
    try {
      const answer = await (body ? posted(address, body) : fetched(address));
      const text = await answer.text();
      if (!isPage(answer)) { goOn(); tell(text, true); return; }
      const hash = new URL(address, window.location).hash || (answer.url.includes("unit=") ? "#here" : "");
      show(text, answer.url.split("#")[0] + hash, push);
    } catch {
      goOn();
      tell(lost || document.body.dataset.lost, true);
    }
  };

  const send = (form, button) => {
    const fields = new URLSearchParams(new FormData(form));
    if (button && button.name) { fields.set(button.name, button.value); }
    const method = (form.getAttribute("method") || "get").toLowerCase();
    const address = form.getAttribute("action") || window.location.href;
    stopTimer();
    if (method === "get") { return ask(`${address.split("?")[0]}?${fields}`, true); }
    return ask(address, true, fields);
  };

  // Where what is typed cannot be kept, as on a full disk, whoever typed it says whether to go on without it.
  const leave = async () => {
    let isKept = true;
    do { isKept = await keep(); } while (isKept && isDirty() && field().value !== last);
    return isKept || (!lost && window.confirm(document.body.dataset.leave));
  };
  // A comment, or a reason, that was typed and not added would go with the page, too.
  const mayDrop = (form) => {
    const left = [...main().querySelectorAll('[name="note"], [name="why"]')].find((one) => one.form !== form && one.value.trim());
    if (!left || window.confirm(document.body.dataset.drop)) { return true; }
    left.focus();
    return false;
  };

  // A tab that is closed cannot ask first: it sends what nobody has kept only if the program was there just now.
  const part = () => { if (isDirty() && !lost && Date.now() - heard < 10000) { keep(true); } };
  window.addEventListener("beforeunload", (event) => { if (isDirty() && isUnkept) { event.preventDefault(); } });

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) { return; }
    event.preventDefault();
    if (!mayDrop(event.target)) { return; }
    const isLeft = event.target.classList.contains("edit") ? Promise.resolve(true) : leave();
    isLeft.then((mayGo) => { if (mayGo) { send(event.target, event.submitter); } });
  });

  document.addEventListener("click", (event) => {
    const insert = event.target.closest("[data-insert]");
    if (insert && field() && !field().readOnly) { insertOf(insert); return; }
    const use = event.target.closest("[data-use]");
    if (use && field()) { event.preventDefault(); replaceAll(use.dataset.use); return; }
    if (event.target.closest("[data-invisible]")) { toggleInvisible(event.target.closest("[data-invisible]")); return; }
    const source = event.target.closest("[data-opens]");
    if (source && window.getSelection().isCollapsed) { press(`#${source.dataset.opens}`); return; }
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button || link.target) { return; }
    const address = new URL(link.href);
    if (address.origin !== window.location.origin || link.classList.contains("skip")) { return; }
    event.preventDefault();
    if ("keys" in link.dataset) { showKeys(link.href); return; }
    goTo(link.getAttribute("href"), true);
  });

  const goTo = async (address, push) => {
    if (mayDrop(null) && await leave()) { await ask(address, push); return; }
    if (!push) { window.history.pushState({}, "", here); } // the address is that of the page gone back to, already
  };
  window.addEventListener("popstate", () => goTo(window.location.href, false));

  // --- the field -----------------------------------------------------------------------

  const changed = () => field().dispatchEvent(new Event("input", { bubbles: true }));

  const insertOf = (button) => {
    const { insert, close, replace } = button.dataset;
    const { value, selectionStart: start, selectionEnd: end } = field();
    if (replace !== undefined) { replacePart(replace, insert); return; }
    if (close !== undefined) {
      put(insert + value.slice(start, end) + close);
      if (close && start === end) { field().setSelectionRange(start + insert.length, start + insert.length); }
      return;
    }
    const [before, behind] = button.closest(".terms") ? [value.slice(0, start), value.slice(end)] : ["", ""];
    put((/[\p{L}\p{N}.,:;!?،؛؟]$/u.test(before) ? " " : "") + insert + (/^[\p{L}\p{N}]/u.test(behind) ? " " : ""));
  };

  const replacePart = (part, text) => {
    const at = part ? field().value.indexOf(part) : 0;
    if (at >= 0) { field().setSelectionRange(at, part ? at + part.length : field().value.length); }
    put(text);
  };

  const put = (text) => {
    field().focus();
    if (!document.execCommand("insertText", false, text)) {
      field().setRangeText(text, field().selectionStart, field().selectionEnd, "end");
    }
    changed();
  };

  const replaceAll = (text) => { field().select(); put(text); };

  const stopTimer = () => { window.clearTimeout(timer); timer = 0; };

  let keeping = Promise.resolve(true);
  let isUnkept = false;

  // Keep what is typed; the promise tells whether it is.
  const keep = (isParting = false) => {
    stopTimer();
    const form = isDirty() && field().form;
    const value = field() && field().value;
    if (!form || !form.dataset.typed) { return Promise.resolve(true); }
    if (value === last) { return keeping; }
    const body = new URLSearchParams(new FormData(form));
    const keepalive = body.toString().length < 60000; // browsers refuse more with it
    const post = (by) => {
      last = value; // not before it leaves: who closes the tab while the program is asked would lose it
      return by(form.dataset.typed, { method: "POST", body, credentials: "same-origin", keepalive });
    };
    keeping = (isParting ? post(window.fetch) : fetched(document.body.dataset.here).then(() => post(fetched)))
      .then((answer) => answer.ok, () => false)
      .then((isKept) => {
        if (!isKept) { last = ""; tell(lost || document.body.dataset.unkept, true); } else if (isUnkept) { tell(""); }
        isUnkept = !isKept;
        return isKept;
      });
    return keeping;
  };

  const NAMES = { "\u200c": "⟨ZWNJ⟩", "\u200d": "⟨ZWJ⟩", "\u00a0": "⟨NBSP⟩", "\u202f": "⟨NNBSP⟩", "\u200e": "⟨LRM⟩", "\u200f": "⟨RLM⟩", "\u00ad": "⟨SHY⟩", "\n": "⏎\n" };

  const showInvisible = () => {
    const line = document.querySelector(".invisible");
    if (!line || line.hidden) { return; }
    line.replaceChildren(...field().value.split(/([\u200c\u200d\u00a0\u202f\u200e\u200f\u00ad\n])/u).map((part) => {
      if (!(part in NAMES)) { return document.createTextNode(part); }
      const name = document.createElement("b");
      name.textContent = NAMES[part];
      return name;
    }));
  };

  const toggleInvisible = (button) => {
    const line = document.querySelector(".invisible");
    line.hidden = !line.hidden;
    button.setAttribute("aria-pressed", String(!line.hidden));
    store.setItem("invisible", line.hidden ? "" : "on");
    showInvisible();
  };

  document.addEventListener("input", (event) => {
    if (event.target !== field()) { return; }
    showInvisible();
    timer = timer || window.setTimeout(keep, 1500); // who types on and on is not to wait for a pause
  });
  window.addEventListener("pagehide", part);
  document.addEventListener("visibilitychange", () => (document.hidden ? keep() : look()));

  // --- keys ----------------------------------------------------------------------------

  const press = (query) => { const found = document.querySelector(query); if (found) { found.click(); } return Boolean(found); };
  const open = () => press(window.location.hash.startsWith("#u-") ? window.location.hash : "a.sentence:not(.other)");
  const KEYS = {
    j: () => press('[data-go="next"]') || open(), k: () => press('[data-go="previous"]'), n: () => press('[data-go="unfinished"]'),
    c: () => press('[data-go="close"]'), s: () => press('.edit [value="stay"]'), a: () => press(".approve button:enabled"),
    z: () => press('.undo button:enabled, [form="undo"]:enabled'), "?": () => press("[data-keys]"),
    e: () => { if (field()) { field().focus(); } return Boolean(field()); },
    t: () => { const term = document.querySelector(".terms button"); if (term) { term.focus(); } return Boolean(term); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.metaKey) { return; }
    if (event.ctrlKey && event.key === "Enter" && event.target === field()) {
      event.preventDefault();
      press('.edit [value="next"]');
      return;
    }
    if (event.ctrlKey) { return; }
    if (event.key === "Escape" && event.target === field()) {
      const card = document.getElementById("here");
      card.tabIndex = -1;
      card.focus({ preventScroll: true });
      return;
    }
    if (document.querySelector("dialog") || /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || store.getItem("keys") === "off") { return; }
    const number = Number(event.key);
    const act = KEYS[event.key] || (number >= 1 && number <= 5 ? () => press(`.suggestions li:nth-child(${number}) [data-use]`) : null);
    if (act && act()) { event.preventDefault(); }
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-single-keys]")) { store.setItem("keys", event.target.checked ? "" : "off"); }
  });

  const showKeys = async (address) => {
    const answer = await fetched(address).catch(() => tell(lost, true));
    if (!answer) { return; }
    const page = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
    if (!page) { window.location.href = address; return; }
    const dialog = document.createElement("dialog");
    const before = document.activeElement;
    dialog.append(...page.children);
    dialog.setAttribute("aria-label", dialog.querySelector("h1").textContent);
    dialog.addEventListener("close", () => { dialog.remove(); before.focus({ preventScroll: true }); });
    dialog.addEventListener("click", (event) => { if (event.target === dialog || event.target.closest("[data-shut]")) { dialog.close(); } });
    dialog.querySelector(".shut").hidden = false;
    dialog.querySelector("[data-shut]").autofocus = true;
    document.body.append(dialog);
    prepareKeys();
    dialog.showModal();
  };

  const prepareKeys = () => {
    for (const one of document.querySelectorAll("[data-single-keys]")) { one.checked = store.getItem("keys") !== "off"; }
  };

  // --- what others change --------------------------------------------------------------

  const look = async () => {
    const text = document.querySelector("[data-version]");
    if (!text || document.hidden) { return; }
    try {
      const answer = await fetched(text.dataset.ask);
      const version = await answer.text();
      if (!answer.ok || version === text.dataset.version || !text.isConnected) { return; }
      text.dataset.version = version;
      if (!isTouched()) {
        const page = await fetched(window.location.href);
        const its = await page.text();
        if (!text.isConnected || !isPage(page)) { return; }
        if (!isTouched()) { showAnew(its); return; } // somebody may have begun to type meanwhile
      }
      last = ""; // in another tab it may have been saved, or thrown away
      keep();
      tell(document.body.dataset.changed, true);
    } catch { /* the program has ended; the next action says so */ }
  };

  const showAnew = (text) => {
    const typing = document.activeElement === field();
    show(text, window.location.href, false);
    if (typing && field()) { field().focus({ preventScroll: true }); }
  };

  const prepare = () => {
    for (const one of document.querySelectorAll(".signs")) { one.hidden = false; }
    prepareKeys();
    last = field() ? field().value : "";
    isUnkept = false;
    if (field() && store.getItem("invisible") === "on") { toggleInvisible(document.querySelector("[data-invisible]")); }
  };

  document.body.classList.add("scripted");
  if (field()) { settle(null); } else { prepare(); }
  window.setInterval(look, 4000);
})();
