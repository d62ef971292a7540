
(() => {
  const $ = (id) => document.getElementById(id);
  const bar = $("review"), say = $("say"), due = $("due");
  let busy = false;
  const tell = (text) => {
    say.textContent = text;
    clearTimeout(tell.wait);
    tell.wait = setTimeout(() => (say.textContent = ""), 6000);
  };
  const cards = () => [...document.querySelectorAll(".card")];
  const boxOf = (card) => card.querySelector(".decide");
  const current = () => document.activeElement?.closest(".card");
  const keep = (name, value) => {
    try {
      value ? sessionStorage.setItem(location.pathname + name, value) : sessionStorage.removeItem(location.pathname + name);
    } catch {}
  };
  const kept = (name) => {
    try {
      return sessionStorage.getItem(location.pathname + name);
    } catch {
      return null;
    }
  };
  const ask = async (what, body) => {
    let answer;
    try {
      answer = await fetch(what, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    } catch {
      throw new Error("The program that serves this page has ended. Decisions that were shown as made are kept: run citenorm review again.");
    }
    const said = await answer.json().catch(() => ({ error: "no answer that can be read" }));
    if (answer.status === 409) {
      keep("why", said.error + ": the page was loaded anew, nothing was done.");
      location.reload();
      throw new Error("");
    }
    if (!answer.ok) throw new Error(said.error);
    return said;
  };
  const fresh = (ids) =>
    new Promise((done, fail) => {
      const asked = new XMLHttpRequest();
      asked.open("GET", "cards?ids=" + ids.join(","));
      asked.responseType = "document";
      asked.onload = () => (asked.status === 200 && asked.response ? done(asked.response) : fail(new Error("the card could not be drawn; load the page anew")));
      asked.onerror = () => fail(new Error("the card could not be drawn; load the page anew"));
      asked.send();
    });
  const swap = async (ids) => {
    const page = await fresh(ids);
    for (const id of ids) {
      const old = $(id), made = page.getElementById(id);
      if (!old || !made) continue;
      const card = document.importNode(made, true);
      card.tabIndex = -1;
      old.replaceWith(card);
      dress(card);
    }
  };
  const taken = async (said, card, on) => {
    bar.dataset.state = said.state;
    $("done").value = said.done;
    $("done").max = Math.max(said.total, 1);
    $("howmany").textContent = said.done + " of " + said.total + " decided";
    keep("note-" + boxOf(card).dataset.mark, "");
    const id = card.id;
    await swap(said.cards);
    const again = $(id);
    const rest = cards().filter((c) => !c.hidden);
    const next = rest.slice(rest.indexOf(again) + 1).find((c) => boxOf(c).dataset.s === "open");
    const to = on && next ? next : again;
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "start" });
    tell(said.said);
  };
  const turn = async (work) => {
    if (busy) return;
    busy = true;
    try {
      await work();
    } catch (error) {
      if (error.message) tell(error.message);
    } finally {
      busy = false;
    }
  };
  const act = (card, what, record) =>
    turn(async () => {
      const box = boxOf(card), mark = box.dataset.mark, note = box.querySelector(".remark").value, state = bar.dataset.state;
      if (what === "undo") await taken(await ask("undo", { state, mark }), card, false);
      else await taken(await ask("decide", { state, mark, act: what, record: record ?? "", note }), card, what !== "note");
    });
  const look = (card) =>
    turn(async () => {
      const box = boxOf(card), list = box.querySelector(".cands"), words = box.querySelector(".ident").value;
      tell("Looking it up …");
      const said = await ask("look", { mark: box.dataset.mark, words });
      list.replaceChildren();
      list.hidden = !said.found.length;
      if (list.hidden) return tell(said.why);
      for (const found of said.found) {
        const item = document.createElement("li");
        item.dataset.id = found.record;
        for (const [kind, text] of [["b", found.title], ["div", found.authors || "no authors"], ["div", found.venue + " " + found.year], ["small", found.record + " · probability " + found.probability.toFixed(3)]]) {
          const part = document.createElement(kind), own = document.createElement("bdi");
          own.textContent = text;
          part.append(own);
          item.append(part);
        }
        list.append(item);
      }
      choices(list, "Take this one");
      list.querySelector("button")?.focus();
      tell(said.found.length === 1 ? "Found: take it, or type another number." : said.found.length + " records found.");
    });
  const choices = (list, words) => {
    let n = 0;
    for (const item of list.children) {
      n++;
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.act = "pick";
      button.textContent = words ?? "Pick (" + n + ")";
      const line = document.createElement("div");
      line.append(button);
      item.append(line);
    }
  };
  const dress = (card) => {
    const own = card.querySelector(":scope > .cands");
    if (own) choices(own);
    const box = boxOf(card), note = box.querySelector(".remark"), draft = kept("note-" + box.dataset.mark);
    if (draft) note.value = draft;
    window.citenormPage.changed(card);
  };
  const dialog = $("changes");
  let shown = null;
  const show = (file) =>
    turn(async () => {
      const every = $("every").checked;
      const said = await ask("diff", { state: bar.dataset.state, file, every });
      shown = { file, every, digest: said.digest };
      const pre = $("diff");
      pre.replaceChildren();
      for (const line of said.diff ? said.diff.split("\n") : []) {
        const part = document.createElement("span");
        part.className = line.startsWith("@@") ? "at" : line.startsWith("+") ? "plus" : line.startsWith("-") ? "minus" : "";
        part.textContent = line + "\n";
        pre.append(part);
      }
      $("changed").textContent = said.diff ? "Changes of " + said.name : "Nothing in " + said.name + (every ? " would change" : " that was decided would change");
      $("told").textContent = said.notes.join(" · ");
      $("write").disabled = !said.diff;
      if (!dialog.open) dialog.showModal();
    });
  const write = () =>
    turn(async () => {
      const said = await ask("write", { state: bar.dataset.state, ...shown });
      keep("why", said.said);
      location.reload();
    });
  document.addEventListener("click", (e) => {
    const button = e.target.closest?.("button");
    if (!button || button.disabled) return;
    const card = button.closest(".card"), what = button.dataset.act;
    if (card && what === "look") look(card);
    else if (card && what) act(card, what, button.closest("li")?.dataset.id);
    else if (button.dataset.file) show(+button.dataset.file);
    else if (button.id === "write") write();
    else if (button.id === "cancel") dialog.close();
    else if (button.id === "closehelp") $("help").close();
    else if (button.id === "end")
      turn(async () => {
        const said = await ask("end", {});
        tell(said.said);
        button.disabled = true;
      });
  });
  document.addEventListener("input", (e) => {
    if (e.target.matches?.(".remark")) keep("note-" + e.target.closest(".decide").dataset.mark, e.target.value);
    if (e.target.id === "every") show(shown.file);
  });
  due.addEventListener("change", () => window.citenormPage.filter());
  const pressed = (card, key) => {
    const box = boxOf(card);
    const to = { a: "accept", v: "keep", x: "leave", u: "undo" }[key];
    const button = to && box.querySelector("[data-act=" + to + "]");
    if (button) button.disabled ? tell(to + ": not for this one") : act(card, to);
    else if (/^[1-4]$/.test(key)) {
      const item = card.querySelectorAll(":scope > .cands > li")[key - 1];
      if (item) act(card, "pick", item.dataset.id);
    } else if (key === "d") box.querySelector(".ident").focus();
    else if (key === "n") box.querySelector(".remark").focus();
    else if (key === "w") {
      const name = card.closest("section"), at = [...document.querySelectorAll("main > section")].indexOf(name);
      document.querySelector('[data-file="' + at + '"]')?.click();
    } else return false;
    return true;
  };
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || document.querySelector("dialog[open]")) return;
    const field = e.target.matches?.("input,select,textarea"), card = current();
    if (e.key === "Enter" && field && card) {
      if (e.target.matches(".ident")) look(card);
      else if (e.target.matches(".remark")) {
        const button = card.querySelector("[data-act=note]");
        button.disabled ? tell("The note goes along with the decision.") : act(card, "note");
      }
    } else if (e.key === "Escape" && field && card) {
      e.stopImmediatePropagation();
      card.focus();
    } else if (field) return;
    else if (e.key === "?") $("help").showModal();
    else if (card && pressed(card, e.key)) e.preventDefault();
  }, true);
  for (const card of cards()) dress(card);
  window.citenormPage.filter();
  const why = kept("why");
  if (why) tell(why);
  keep("why", "");
})();
