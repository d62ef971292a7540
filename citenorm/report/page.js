"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const cards = () => [...document.querySelectorAll(".card")];
  const tools = $("tools"), q = $("q"), sev = $("sev"), rule = $("rule"), count = $("count"), due = $("due");
  if (!tools) return;
  tools.hidden = !cards().length;
  for (const card of cards()) card.tabIndex = -1;
  const keys = [...document.querySelectorAll(".key")];
  const texts = new WeakMap();
  const fold = (s) => s.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const textOf = (card) => {
    if (!texts.has(card)) texts.set(card, fold(card.textContent));
    return texts.get(card);
  };
  const shown = () => cards().filter((c) => !c.hidden);
  const fits = (card, words, outcomes) => {
    if (due && due.value && !due.value.includes(card.querySelector(".decide")?.dataset.s ?? "none")) return false;
    if (outcomes.length && !outcomes.includes(card.dataset.o)) return false;
    if (sev.value && !card.querySelector(".finds ." + sev.value)) return false;
    if (rule.value && !card.querySelector('.finds [data-r="' + CSS.escape(rule.value) + '"]')) return false;
    return !words.length || words.every((w) => textOf(card).includes(w));
  };
  const filter = () => {
    const words = fold(q.value).split(/\s+/).filter(Boolean);
    const outcomes = keys.filter((k) => k.getAttribute("aria-pressed") === "true").map((k) => k.dataset.o);
    let n = 0;
    for (const card of cards()) {
      card.hidden = !fits(card, words, outcomes);
      if (!card.hidden) n++;
    }
    count.textContent = n + " shown";
    $("none").hidden = n > 0 || !cards().length;
  };
  const clear = () => {
    q.value = sev.value = rule.value = "";
    keys.forEach((k) => k.setAttribute("aria-pressed", "false"));
    filter();
  };
  const current = () => document.activeElement && document.activeElement.closest(".card");
  const jump = (step) => {
    const list = shown();
    if (!list.length) return;
    const at = list.indexOf(current());
    const to = at < 0 ? (step > 0 ? list.findIndex((c) => c.getBoundingClientRect().bottom > 80) : list.length - 1) : at + step;
    const card = list[Math.min(Math.max(to, 0), list.length - 1)];
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "start" });
  };
  const put = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const box = document.createElement("textarea");
      box.value = text;
      document.body.append(box);
      box.select();
      const done = document.execCommand("copy");
      box.remove();
      return done;
    }
  };
  const entry = (card) => card.querySelector(".cite pre")?.textContent ?? "";
  const copy = async (list) => {
    const entries = [...new Set(list.map(entry).filter(Boolean))];
    const held = document.activeElement;
    const done = entries.length && (await put(entries.join("\n")));
    if (held && held !== document.activeElement) held.focus({ preventScroll: true });
    count.textContent = done ? "copied " + entries.length + (entries.length === 1 ? " entry" : " entries") : "nothing copied";
  };
  const draw = (box) => {
    const pre = box.querySelector("pre");
    if (!pre) return;
    const lines = pre.textContent.split("\n");
    const rows = lines.map((line) => /^([+-][\d.]+) (.*)$/.exec(line)).filter(Boolean);
    let sum = 0;
    const spans = rows.map(([, w, name]) => ({ name, w: +w, from: sum, to: (sum += +w) }));
    const low = Math.min(0, ...spans.map((s) => Math.min(s.from, s.to))), high = Math.max(0, ...spans.map((s) => Math.max(s.from, s.to)));
    const scale = (x) => (100 * (x - low)) / (high - low || 1);
    const fall = document.createElement("div");
    fall.className = "fall";
    for (const s of spans) {
      const name = document.createElement("span"), w = document.createElement("b"), track = document.createElement("i"), part = document.createElement("u");
      name.textContent = s.name;
      w.textContent = (s.w >= 0 ? "+" : "−") + Math.abs(s.w).toFixed(2);
      part.style.left = scale(Math.min(s.from, s.to)) + "%";
      part.style.width = scale(Math.max(s.from, s.to)) - scale(Math.min(s.from, s.to)) + "%";
      if (s.w < 0) part.className = "neg";
      track.append(part);
      fall.append(name, w, track);
    }
    const end = document.createElement("p");
    end.textContent = lines[lines.length - 1];
    pre.replaceWith(fall, end);
  };
  const opened = (box) => {
    if (!box.open) return;
    if (box.matches(".why")) draw(box);
    if (box.matches(".cite") && !box.querySelector("button")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = "Copy this entry";
      box.append(button);
    }
  };
  document.addEventListener("toggle", (e) => e.target.matches?.("details") && opened(e.target), true);
  document.addEventListener("click", (e) => {
    const key = e.target.closest?.(".key"), link = e.target.closest?.('a[href^="#rule-"]');
    if (key) {
      key.setAttribute("aria-pressed", key.getAttribute("aria-pressed") !== "true");
      filter();
    } else if (e.target.matches?.(".copy")) copy([e.target.closest(".card")]);
    else if (link) {
      const page = $(link.getAttribute("href").slice(1));
      if (page) page.open = true;
    }
  });
  let wait = 0;
  q.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(filter, 80);
  });
  sev.addEventListener("change", filter);
  rule.addEventListener("change", filter);
  $("next").addEventListener("click", () => jump(1));
  $("prev").addEventListener("click", () => jump(-1));
  $("clear").addEventListener("click", clear);
  $("copyall").addEventListener("click", () => copy(shown()));
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const typing = e.target.matches?.("input,select,textarea");
    if (e.key === "Escape") {
      if (typing) e.target.blur();
      clear();
    } else if (typing) return;
    else if (e.key === "/") {
      e.preventDefault();
      q.focus();
    } else if (e.key === "j" || e.key === "k") jump(e.key === "j" ? 1 : -1);
    else if (e.key === "c" && current()) copy([current()]);
    else if (e.key === "e" && current()) {
      const why = current().querySelector(".why");
      if (why) why.open = !why.open;
    }
  });
  const pad = () => {
    const above = getComputedStyle(tools).position === "sticky" ? tools.offsetHeight : 0;
    document.documentElement.style.scrollPaddingTop = above + 12 + "px";
  };
  addEventListener("resize", pad);
  pad();
  window.citenormPage = { changed: (card) => texts.delete(card), filter };
})();
