"use strict";
// Reading needs none of this: filters, the other language, the other order, keys, and the brush on the strip.
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const one = (selector) => document.querySelector(selector);
  const words = data.words;
  let language = document.documentElement.lang === "vi" ? 1 : 0;

  // ---- words, numbers, dates: the same as words.rs and dates.rs -------------------------------------------------
  const find = (key) => (Object.hasOwn(words, key) ? words[key][language] : undefined);
  const word = (key) => find(key) ?? key;
  const fill = (text, values) => text.replace(/\{(\w)\}/g, (whole, name) => (name in values ? values[name] : whole));
  const number = (n) => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, language ? "." : ",");
  const counted = (key, n) => {
    const forms = word(key).split("|");
    return fill(forms[forms.length > 1 && Number(n) !== 1 ? 1 : 0], { n: number(n) });
  };
  const bare = (text) => text.replace(/^0+/, "") || "0";
  const plain = (text) => (/^\d+$/.test(text) ? bare(text) : null);

  function spell(code, long) {
    const size = long ? ".l" : ".s";
    const template = (name, values) => fill(word("d." + name + size), values);
    const month = (m) => (/^\d+$/.test(m) ? word("months" + size).split(" ")[Number(m) - 1] : undefined);
    const year = (y) => (y[0] === "-" ? fill(word("d.bc"), { y: Number(y.slice(1)) + 1 }) : bare(y));
    function modified(text) {
      let atomic = text, modifier = null;
      if (text.endsWith("~")) { atomic = text.slice(0, -1); modifier = "APPROX"; }
      else if (text.includes(" ")) { const at = text.lastIndexOf(" "); atomic = text.slice(0, at); modifier = text.slice(at + 1); }
      const around = modifier && find("mod." + modifier);
      return around ? fill(around, { x: atom(atomic) }) : atom(text);
    }
    function day(name, y, m, rest) {
      const at = rest.indexOf("T"), d = plain(at < 0 ? rest : rest.slice(0, at));
      if (!d || !month(m)) return null;
      const spelt = template(name, { d, M: month(m), m: bare(m), y: y === "" ? "" : year(y) });
      if (at < 0) return spelt;
      const time = rest.slice(at + 1);
      return fill(word("d.part"), { x: spelt, w: find("part." + time) ?? time });
    }
    function part(y, p) {
      const season = find("season." + ({ 21: "SP", 22: "SU", 23: "FA", 24: "WI" }[p] ?? p));
      if (season) return template("season", { w: season, y: year(y) });
      const kind = { W: "week", Q: "quarter", H: "half" }[p[0]], n = plain(p.slice(1));
      return kind && n ? template(kind, { w: n, y: year(y) }) : null;
    }
    function atom(text) {
      const before = text.startsWith("-") ? "-" : "", parts = (before ? text.slice(1) : text).split("-"), [y, m, d] = parts;
      const whole = /^\d{4}$/.test(y), signed = before + y;
      let spelt = null;
      if (parts.length === 1 && whole) spelt = template("year", { y: year(signed) });
      else if (parts.length === 1 && /^\d{3}X$/.test(y)) spelt = template("decade", { y: y.slice(0, 3) + "0" });
      else if (parts.length === 2 && whole && month(m)) spelt = template("month", { M: month(m), m: bare(m), y: year(signed), d: "" });
      else if (parts.length === 2 && whole) spelt = part(signed, m);
      else if (parts.length === 3 && y === "XXXX") spelt = day("noyear", "", m, d);
      else if (parts.length === 3 && whole) spelt = day("day", signed, m, d);
      return spelt ?? text;
    }
    if (code === "?") return word("date.none");
    const slash = code.indexOf("/");
    if (slash < 0) return modified(code);
    const a = code.slice(0, slash), b = code.slice(slash + 1), open = (end) => end === "" || end === "..";
    if (open(a) && open(b)) return word("date.none");
    if (open(a)) return fill(word("d.until"), { x: modified(b) });
    if (open(b)) return fill(word("d.from"), { x: modified(a) });
    const x = a.split("-"), y = b.split("-");
    if (x.length === 3 && y.length === 3 && x[0] === y[0] && x[1] === y[1] && month(x[1]) && plain(x[2]) && plain(y[2])) {
      return template("days", { a: plain(x[2]), b: plain(y[2]), M: month(x[1]), m: bare(x[1]), y: year(x[0]) });
    }
    return fill(word("d.range"), { a: modified(a), b: modified(b) });
  }

  function words_in(root) {
    const inside = (selector) => (root.matches(selector) ? [root] : []).concat(all(selector, root));
    for (const e of inside("[data-k]")) {
      const { k, n, x, t, a, b } = e.dataset;
      let text = n === undefined ? word(k) : counted(k, n);
      if (x !== undefined) text = fill(text, { x: number(x) });
      if (t !== undefined) text = fill(text, { x: t });
      if (a !== undefined) text = fill(text, { a: spell(a, true), b: spell(b, true) });
      e.textContent = text;
    }
    for (const e of inside("[data-l]")) e.setAttribute("aria-label", word(e.dataset.l));
    for (const e of inside("time[datetime], [data-d]")) {
      e.textContent = spell(e.getAttribute("datetime") ?? e.dataset.d, e.dataset.s === undefined);
    }
    for (const e of inside("data[value]")) e.textContent = number(e.value);
    for (const e of inside("h4[data-m]")) {
      const names = word(language ? "months.s" : "months.l").split(" "), m = Number(e.dataset.m);
      e.textContent = fill(word("month.head"), { M: names[m - 1], m });
    }
  }

  // Thousands of entries are said again a slice at a time, those in view first, so that the page answers meanwhile.
  let waiting = [], running = false;
  const root = document.documentElement;
  function step(all_of_it) {
    const end = performance.now() + 12;
    while (waiting.length && (all_of_it || performance.now() < end)) words_in(waiting.shift());
    running = waiting.length > 0;
    if (running) setTimeout(step); else root.dataset.settled = language ? "vi" : "en";
  }
  function translate() {
    root.lang = language ? "vi" : "en";
    delete root.dataset.settled;
    for (const e of all("#switch button")) e.setAttribute("aria-pressed", String((e.dataset.lang === "vi") === (language === 1)));
    const parts = Array.from(document.body.children).flatMap((e) => (e.id === "main" ? Array.from(e.children) : [e]));
    const large = ["#list .year > h3", "#list .month", ".reports > h2", ".reports > ol > li"].flatMap((s) => all(s));
    waiting = parts.filter((e) => !e.querySelector("#list") && !e.classList.contains("reports"));
    waiting.push(...all(".timeline > :not(#list)"));
    const seen = (e) => { const box = e.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight; };
    // Only what is laid out anyway is measured: a look at what is skipped would have all of it laid out.
    const near = all("#list .month").filter(seen);
    waiting.push(...near, ...large.filter((e) => !near.includes(e)));
    if (!running) { running = true; step(); }
  }
  addEventListener("beforeprint", () => { if (waiting.length) step(true); });

  // ---- filters ---------------------------------------------------------------------------------------------------
  const form = one("#filters"), entries = all("li.entry"), rows = data.rows;
  const lists = ["actor", "place", "type", "status", "story"].filter((name) => form && form.elements[name]);
  const DAY = 86400000;
  const dayNumber = (text) => { const t = Date.parse(text + "T00:00:00Z"); return Number.isNaN(t) ? null : Math.floor(t / DAY); };
  const dayText = (n) => new Date(n * DAY).toISOString().slice(0, 10);
  // What of each list an entry has, as indexes into the list's names.
  const has = { actor: (r) => r[0], place: (r) => r[1], type: (r) => [r[2]], status: (r) => [r[3]], story: (r) => (r[8] === null ? [] : [r[8]]) };
  const slug = (name, i) => (Array.isArray(data.names[name][i]) ? data.names[name][i][0] : data.names[name][i].toLowerCase());
  const shownName = (name, i) => (Array.isArray(data.names[name][i]) ? data.names[name][i][1] : word(name + "." + data.names[name][i]));
  const choice = {};
  let newest = false, at = "", paper = false;

  function tests() {
    const list = [];
    for (const name of lists) {
      const wanted = choice[name];
      if (wanted === undefined || wanted === "") continue;
      const index = data.names[name].findIndex((_, i) => slug(name, i) === wanted);
      list.push([name, (r) => has[name](r).includes(index)]);
    }
    const from = choice.from ? dayNumber(choice.from) : null, to = choice.to ? dayNumber(choice.to) : null;
    if (from !== null) list.push(["from", (r) => (r[7] ?? r[6]) !== null && (r[7] === null || r[7] >= from)]);
    if (to !== null) list.push(["to", (r) => (r[6] ?? r[7]) !== null && (r[6] === null || r[6] <= to)]);
    if (choice.two) list.push(["two", (r) => r[4] >= 2]);
    if (choice.disputed) list.push(["disputed", (r) => r[5] > 0]);
    // Whoever looks for something finds it wherever it stands; on paper nothing can be unfolded.
    if (!choice.told && !paper && list.length === 0) list.push(["told", (r) => !r[9]]);
    return list;
  }

  function apply() {
    const active = tests();
    let shown = 0;
    // An entry that fails one test only still counts for that list's other choices.
    const counts = {};
    for (const name of lists) counts[name] = new Map();
    let two = 0, disputed = 0;
    rows.forEach((row, i) => {
      const failed = active.filter(([, test]) => !test(row)).map(([name]) => name);
      const ok = failed.length === 0;
      if (failed[0] === "told") failed.pop();
      if (entries[i]) entries[i].hidden = !ok;
      shown += ok ? 1 : 0;
      for (const name of lists) {
        if (failed.length === 0 || (failed.length === 1 && failed[0] === name)) for (const v of has[name](row)) counts[name].set(v, (counts[name].get(v) || 0) + 1);
      }
      if (row[4] >= 2 && (failed.length === 0 || (failed.length === 1 && failed[0] === "two"))) two += 1;
      if (row[5] > 0 && (failed.length === 0 || (failed.length === 1 && failed[0] === "disputed"))) disputed += 1;
    });
    for (const part of all("#list .month")) part.hidden = !part.querySelector("li.entry:not([hidden])");
    for (const part of all("#list .year")) part.hidden = !part.querySelector("li.entry:not([hidden])");
    one("#none").hidden = shown > 0 || rows.length === 0;
    one("#shown").textContent = fill(word("f.shown"), { n: number(shown), x: number(rows.length) });
    one("#n-two").textContent = "(" + number(two) + ")";
    one("#n-disputed").textContent = "(" + number(disputed) + ")";
    one("#n-told").textContent = "(" + number(rows.filter((r) => r[9]).length) + ")";
    for (const name of lists) options(name, counts[name]);
    for (const input of form.elements) {
      const label = input.closest && input.closest("label");
      if (label) label.classList.toggle("set", Boolean(input.type === "checkbox" ? input.checked : input.value));
    }
    drawBrush();
  }

  function options(name, counts) {
    const select = form.elements[name], chosen = choice[name] || "";
    const list = Array.from(counts, ([i, n]) => [slug(name, i), shownName(name, i), n]);
    if (chosen && !list.some(([s]) => s === chosen)) list.push([chosen, chosen, 0]);
    list.sort((a, b) => b[2] - a[2] || (a[1] < b[1] ? -1 : 1));
    const option = (value, text) => { const o = document.createElement("option"); o.value = value; o.textContent = text; return o; };
    select.replaceChildren(option("", word("f.any")), ...list.map(([s, label, n]) => option(s, label.slice(0, 80) + " (" + number(n) + ")")));
    select.value = chosen;
  }

  // ---- the address -----------------------------------------------------------------------------------------------
  const NAMES = ["actor", "place", "type", "status", "story", "from", "to", "two", "disputed", "told"];
  function address() {
    const parts = new URLSearchParams();
    for (const name of NAMES) if (choice[name]) parts.set(name, choice[name]);
    if (newest) parts.set("order", "newest");
    if (dayChosen) parts.set("on", dayText(day));
    const chosen = parts.toString();
    return chosen && at ? chosen + "&at=" + at : chosen || at;
  }
  function write() {
    const text = address();
    try { history.replaceState(null, "", text ? "#" + text : location.pathname + location.search); } catch { location.hash = text; }
  }
  function read() {
    const hash = decodeURI(location.hash.slice(1));
    if (hash && !hash.includes("=")) { at = hash; drawDay(); reveal(hash); return; }
    const parts = new URLSearchParams(location.hash.slice(1));
    for (const name of NAMES) choice[name] = parts.get(name) || "";
    for (const name of ["from", "to"]) if (choice[name] && dayNumber(choice[name]) === null) choice[name] = "";
    for (const input of form.elements) {
      if (!input.name) continue;
      if (input.type === "checkbox") input.checked = Boolean(choice[input.name]);
      else if (input.tagName === "INPUT") input.value = choice[input.name];
    }
    turn(parts.get("order") === "newest");
    const on = state && parts.get("on") ? dayNumber(parts.get("on")) : null;
    dayChosen = on !== null;
    if (state) day = clamp(on ?? Number(state.dataset.day), firstDay, lastDay);
    drawDay();
    apply();
    at = parts.get("at") || "";
    if (at) reveal(at);
  }
  // Opens what an address points into; a hidden entry is shown by taking the filters away.
  function reveal(id) {
    const target = document.getElementById(id);
    if (!target) return;
    const entry = target.closest("li.entry");
    if (entry && entry.hidden) { for (const name of NAMES) choice[name] = ""; form.reset(); choice.told = entry.matches(".told") ? "1" : ""; form.elements.told.checked = Boolean(choice.told); apply(); write(); }
    for (let e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    const own = target.classList.contains("inside") ? target.parentElement : target.querySelector(":scope > details");
    if (own) own.open = true;
    const place = target.classList.contains("inside") ? own : target;
    place.scrollIntoView({ block: place.offsetHeight > innerHeight ? "start" : "center" });
    if (own) own.querySelector("summary").focus({ preventScroll: true });
    else { if (!target.hasAttribute("tabindex")) target.tabIndex = -1; target.focus({ preventScroll: true }); }
  }

  // ---- order, keys, brush ----------------------------------------------------------------------------------------
  function turn(wanted) {
    if (wanted !== newest) {
      newest = wanted;
      const list = one("#list");
      for (const parent of [list, ...all(".year", list), ...all("ol", list).filter((ol) => ol.parentElement.className === "month")]) {
        const heading = parent.querySelector(":scope > h3");
        parent.append(...Array.from(parent.children).filter((c) => c !== heading).reverse());
      }
    }
    const button = one("#order");
    button.dataset.k = newest ? "f.order.back" : "f.order";
    button.textContent = word(button.dataset.k);
  }

  const strip = one("svg.strip"), brush = one("#brush");
  const clamp = (v, low, high) => Math.min(high, Math.max(low, v));
  const toX = (n) => {
    for (const [from, to, x0, x1] of data.axis) if (n < to) return x0 + clamp((n - from) / (to - from), 0, 1) * (x1 - x0);
    return 1000;
  };
  const toDay = (x) => {
    for (const [from, to, x0, x1] of data.axis) if (x <= x1) return Math.floor(from + clamp((x - x0) / (x1 - x0), 0, 0.9999) * (to - from));
    return data.axis.length ? data.axis[data.axis.length - 1][1] - 1 : 0;
  };
  function drawBrush() {
    if (!brush) return;
    const any = choice.from || choice.to;
    const a = choice.from ? toX(dayNumber(choice.from)) : 0, b = choice.to ? toX(dayNumber(choice.to) + 1) : 1000;
    brush.setAttribute("x", any ? Math.min(a, b) : 0);
    brush.setAttribute("width", any ? Math.max(2, Math.abs(b - a)) : 0);
  }
  if (strip) {
    let start = null;
    const place = (event) => { const box = strip.getBoundingClientRect(); return clamp(((event.clientX - box.left) / box.width) * 1000, 0, 1000); };
    const set = (event) => {
      const x = place(event), [a, b] = [Math.min(start, x), Math.max(start, x)];
      choice.from = form.elements.from.value = dayText(toDay(a));
      choice.to = form.elements.to.value = dayText(toDay(b));
      drawBrush();
    };
    strip.addEventListener("pointerdown", (event) => { if (event.button === 0) { start = place(event); strip.setPointerCapture(event.pointerId); } });
    strip.addEventListener("pointermove", (event) => { if (start !== null && Math.abs(place(event) - start) > 4) set(event); });
    strip.addEventListener("pointerup", (event) => {
      if (start === null) return;
      if (Math.abs(place(event) - start) <= 4) choice.from = choice.to = form.elements.from.value = form.elements.to.value = "";
      start = null;
      apply(); write();
    });
    strip.addEventListener("pointercancel", () => { start = null; });
  }

  // ---- what held on a day ----------------------------------------------------------------------------------------
  const state = one("#state"), changes = state ? all("tr[data-a]", state) : [];
  const slider = one("#day"), exact = one("#day-exact"), whole = one("#whole");
  let day = state ? Number(state.dataset.day) : 0, dayChosen = false;
  const firstDay = data.axis.length ? data.axis[0][0] : 0, lastDay = data.axis.length ? data.axis[data.axis.length - 1][1] - 1 : 0;
  const spans = changes.map((e) => [Number(e.dataset.a), e.dataset.b === undefined ? Infinity : Number(e.dataset.b)]);
  // The first day of every change, so that a reader can go from one to the next.
  const turns = Array.from(new Set(spans.flat())).filter((n) => n >= firstDay && n <= lastDay).sort((a, b) => a - b);

  function drawDay() {
    if (!state) return;
    const said = spell(dayText(day), true);
    one("#day-words").textContent = said;
    slider.value = toX(day + 0.5);
    slider.setAttribute("aria-valuetext", said);
    if (document.activeElement !== exact) exact.value = dayText(day);
    state.style.setProperty("--day", toX(day + 0.5) / 10 + "%");
    const held = new Map();
    changes.forEach((row, i) => {
      const holds = spans[i][0] <= day && day < spans[i][1];
      row.hidden = !holds && !whole.checked;
      if (holds) held.set(row.dataset.lane, row);
    });
    for (const body of all("tbody", state)) body.hidden = !body.querySelector("tr[data-a]:not([hidden])");
    for (const lane of all("li.lane", state)) {
      const row = held.get(lane.dataset.lane), now = document.createElement("span");
      if (row) now.append(...Array.from(row.querySelector(".value").cloneNode(true).childNodes));
      else { now.dataset.k = "s.unknown"; now.textContent = word("s.unknown"); }
      lane.querySelector(".now").replaceChildren(now);
    }
    const table = one(".held table");
    one("#h-held").textContent = fill(word("s.held"), { x: said });
    one("#h-held").hidden = whole.checked;
    one("#h-all").hidden = !whole.checked;
    table.setAttribute("aria-labelledby", whole.checked ? "h-all" : "h-held");
    table.hidden = held.size === 0 && !whole.checked;
    const silent = Number(state.dataset.lanes) - held.size;
    one("#silent").hidden = silent === 0;
    one("#silent").textContent = counted("s.silent", silent);
    for (const button of all("[data-step]", state)) button.setAttribute("aria-disabled", String(nextTurn(Number(button.dataset.step)) === undefined));
  }
  const nextTurn = (way) => (way < 0 ? turns.filter((n) => n < day).pop() : turns.find((n) => n > day));
  function choose(n) {
    day = clamp(n, firstDay, lastDay);
    dayChosen = true;
    drawDay();
  }
  if (state) {
    // Arrows go by days, page keys by months: the axis is uneven, its units would be days here and years there.
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 30, PageDown: -30 };
    slider.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Home") choose(firstDay);
      else if (event.key === "End") choose(lastDay);
      else if (event.key in steps) choose(day + steps[event.key]);
      else return;
      event.preventDefault();
      write();
    });
    slider.addEventListener("input", () => choose(toDay(Number(slider.value))));
    slider.addEventListener("change", write);
    exact.addEventListener("input", () => { const n = dayNumber(exact.value); if (n !== null && exact.value) { choose(n); write(); } });
    for (const button of all("[data-step]", state)) button.addEventListener("click", () => {
      const n = nextTurn(Number(button.dataset.step));
      if (n !== undefined) { choose(n); write(); }
    });
    whole.addEventListener("change", drawDay);
    state.classList.add("on");
    for (const e of all(".day, .whole", state)) { e.hidden = false; e.addEventListener("submit", (event) => event.preventDefault()); }
  }

  if (form) {
    form.hidden = false;
    form.addEventListener("input", (event) => {
      const input = event.target;
      if (!input.name) return;
      choice[input.name] = input.type === "checkbox" ? (input.checked ? "1" : "") : input.value;
      apply(); write();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => { for (const name of NAMES) choice[name] = ""; setTimeout(() => { apply(); write(); }); });
    one("#order").addEventListener("click", () => { turn(!newest); write(); });
    document.addEventListener("click", (event) => {
      const link = event.target.closest && event.target.closest('a[href^="#"]');
      if (!link) return;
      event.preventDefault();
      const text = address();
      at = link.getAttribute("href").slice(1);
      // A step of its own, so that the browser's way back leads to where the reader was.
      if (address() !== text) { try { history.pushState(null, "", "#" + address()); } catch { location.hash = address(); } }
      reveal(at);
    });
    addEventListener("popstate", read);
    document.addEventListener("keydown", (event) => {
      const entry = event.target.closest && event.target.closest("li.entry");
      if (!entry || event.ctrlKey || event.altKey || event.metaKey || (event.key !== "j" && event.key !== "k")) return;
      const list = all("#list li.entry:not([hidden])"), next = list[list.indexOf(entry) + (event.key === "j" ? 1 : -1)];
      if (next) { event.preventDefault(); next.querySelector("summary").focus(); next.scrollIntoView({ block: "nearest" }); }
    });
  }

  // On paper the tellings are the footnotes: they have to be open, and are closed again afterwards.
  let opened = [];
  addEventListener("beforeprint", () => { paper = true; apply(); opened = all("li.entry:not([hidden]) > .more:not([open])"); for (const e of opened) e.open = true; });
  addEventListener("afterprint", () => { paper = false; apply(); for (const e of opened) e.open = false; opened = []; });

  const box = one("#switch");
  const keep = (value) => { try { localStorage.setItem("dateline.language", value); } catch { /* private reading keeps nothing */ } };
  const kept = () => { try { return localStorage.getItem("dateline.language"); } catch { return null; } };
  box.hidden = false;
  box.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    language = button.dataset.lang === "vi" ? 1 : 0;
    keep(button.dataset.lang);
    translate();
    if (form) { apply(); drawDay(); }
  });
  const wish = kept() || (navigator.language || "").slice(0, 2);
  if ((wish === "vi" || wish === "en") && (wish === "vi") !== (language === 1)) { language = wish === "vi" ? 1 : 0; translate(); }
  else root.dataset.settled = language ? "vi" : "en";
  if (form) read();
})();
