// What forms do: filters send themselves, files are dropped, what is being written is kept until it is saved.
(() => {
  "use strict";

  const { words, make, one, all, kept, keep, toast } = window.vitalfew;

  // ── Filters that send themselves
  // <form data-autosubmit>: on change at once, while typing after a pause; a choice made by keys counts once it stands, on
  // Enter or on leaving the field. The page that follows goes on in the same field. Fields without a name are no filters.
  const FOCUS = "vitalfew.focus";
  const sends = (field) => field.name && field.form?.hasAttribute("data-autosubmit");
  let pause;
  let keyed = null;
  function send(form) {
    clearTimeout(pause);
    keyed = null;
    const { name } = document.activeElement;
    try { sessionStorage.setItem(FOCUS, form.contains(document.activeElement) && name || ""); } catch { /* private window */ }
    form.requestSubmit();
  }
  document.addEventListener("input", (event) => {
    if (!sends(event.target) || !event.target.matches("input[type=search], input[type=text]")) return;
    clearTimeout(pause);
    pause = setTimeout(send, 300, event.target.form);
  });
  document.addEventListener("pointerdown", () => { if (!keyed?.changed) keyed = null; });
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.matches?.("select, input[type=date]") || !sends(field)) return;
    if (event.key !== "Enter") { if (event.key !== "Tab") keyed ??= { field }; return; }
    if (!keyed?.changed) { keyed = null; return; }
    event.preventDefault();
    send(field.form);
  });
  document.addEventListener("change", (event) => {
    if (!sends(event.target)) return;
    if (keyed?.field === event.target) keyed.changed = true;
    else send(event.target.form);
  });
  document.addEventListener("focusout", () => {
    const left = keyed;
    keyed = null;
    if (left?.changed) setTimeout(send, 0, left.field.form);
  });
  document.addEventListener("compositionstart", () => clearTimeout(pause));
  try {
    const name = sessionStorage.getItem(FOCUS);
    sessionStorage.removeItem(FOCUS);
    const field = name && one(`form[data-autosubmit] [name="${CSS.escape(name)}"]`);
    field?.focus();
    if (field?.type === "search") field.setSelectionRange(field.value.length, field.value.length);
  } catch { /* private window */ }

  // [data-once-changed] shows only while a choice of its form differs from what was served.
  all("[data-once-changed]").forEach((button) => {
    const choices = all("select", button.form);
    const show = () => { button.hidden = choices.every((each) => each.selectedOptions[0]?.defaultSelected); };
    button.form.addEventListener("change", show);
    show();
  });

  // On a narrow screen [data-unfold] shows the filters behind it.
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-unfold]");
    if (!button) return;
    const open = button.form.classList.toggle("unfolded");
    button.setAttribute("aria-expanded", String(open));
  });

  // ── Drop zones
  // <form data-dropzone> with <label class="dropzone"> around its <input type="file">; [data-autosubmit] sends at once.
  const zone = (event) => event.target.closest?.("[data-dropzone]");
  ["dragenter", "dragover"].forEach((kind) => document.addEventListener(kind, (event) => {
    const form = zone(event);
    if (!form || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.classList.add("over");
  }));
  document.addEventListener("dragleave", (event) => {
    const form = zone(event);
    if (form && !form.contains(event.relatedTarget)) form.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    const form = zone(event);
    if (!form || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    form.classList.remove("over");
    const input = one('input[type="file"]', form);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // ── Drafts
  // <form data-draft="name">: what was written and not sent comes back, with a word that says so.
  // What was sent goes once the server says that it has it.
  if (one(".toast-line.success")) dropSent();
  function dropSent() {
    const names = (() => { try { return Object.keys(localStorage); } catch { return []; } })();
    names.filter((name) => name.startsWith("vitalfew.draft.")).map((name) => name.slice("vitalfew.".length)).forEach((name) => {
      if (JSON.parse(kept(name) || "null")?.sent) keep(name, "null");
    });
  }
  all("form[data-draft]").forEach((form) => {
    const name = `draft.${form.dataset.draft}`;
    const ticks = (each) => each.type === "checkbox" || each.type === "radio";
    const key = (each) => (ticks(each) ? `${each.name}=${each.value}` : each.name);
    const chosen = (each) => (each.multiple && each.options ? [...each.selectedOptions].map((option) => option.value) : each.value);
    const fields = (where) => [...where.elements].filter((each) => each.name && !["hidden", "file", "submit"].includes(each.type));
    const written = (where = form) => Object.fromEntries(fields(where).map((each) => [key(each), ticks(each) ? each.checked : chosen(each)]));
    const served = form.cloneNode(true);
    served.reset();
    const asServed = written(served);
    const draft = JSON.parse(kept(name) || "null");
    if (draft && JSON.stringify(draft.from) === JSON.stringify(asServed)) restore(draft.to);
    else if (draft) keep(name, "null");
    const keepDraft = () => keep(name, JSON.stringify({ from: asServed, to: written() }));
    if (JSON.stringify(written()) !== JSON.stringify(asServed)) keepDraft();
    form.addEventListener("input", keepDraft);
    form.addEventListener("submit", (event) => {
      keep(name, JSON.stringify({ from: asServed, to: written(), sent: true }));
      if (navigator.onLine) return;
      event.preventDefault();
      toast({ text: words.unsent, level: "error" });
    });
    form.addEventListener("reset", () => keep(name, "null"));
    function restore(to) {
      fields(form).filter((each) => key(each) in to).forEach((each) => {
        const value = to[key(each)];
        if (ticks(each)) each.checked = value;
        else if (Array.isArray(value)) [...each.options].forEach((option) => { option.selected = value.includes(option.value); });
        else each.value = value;
      });
      const note = make("p", { className: "note", textContent: `${words.draft} ` });
      note.setAttribute("role", "status");
      note.append(make("button", { type: "reset", className: "quiet-button", textContent: words.undraft }));
      form.prepend(note);
      form.addEventListener("reset", () => note.remove(), { once: true });
    }
  });

  // ── Offers
  // Below a field stands what fits what is being typed; arrows choose, Enter takes, Escape leaves.
  // ``typed`` gives the text to look for (undefined: nothing), ``ask`` an address, ``read`` what is offered: [value, detail].
  function offers(field, label, { typed, ask, read, take }) {
    const list = make("ul", { className: "offers", id: `${field.id}-offers`, hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", label);
    field.after(list);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    const options = () => all("[role=option]", list);
    const place = () => options().findIndex((each) => each.getAttribute("aria-selected") === "true");
    let latest = 0;
    function close() {
      latest += 1;
      list.hidden = true;
      field.removeAttribute("aria-activedescendant");
    }
    function choose(wanted) {
      const known = options();
      known.forEach((each, number) => each.setAttribute("aria-selected", String(number === (wanted + known.length) % known.length)));
      field.setAttribute("aria-activedescendant", known[place()].id);
    }
    function taken(value) {
      take(value);
      close();
      field.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "taken" }));
      field.focus();
    }
    function option([value, detail], number) {
      const line = make("li", { id: `${list.id}-${number}` });
      line.setAttribute("role", "option");
      line.dataset.value = value;
      line.append(make("span", { textContent: value }), make("span", { className: "quiet", textContent: detail }));
      line.addEventListener("mousedown", (event) => { event.preventDefault(); taken(value); });
      return line;
    }
    field.addEventListener("input", async (event) => {
      const text = event.detail === "taken" ? undefined : typed();
      const asked = (latest += 1);
      if (text === undefined) { close(); return; }
      const answer = await fetch(ask(text)).catch(() => null);
      if (!answer?.ok || asked !== latest) return;
      const found = read(await answer.json());
      list.replaceChildren(...found.map(option));
      if (!found.length) { close(); return; }
      list.hidden = false;
      choose(0);
    });
    field.addEventListener("blur", close);
    field.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing) return;
      if (event.key === "ArrowDown") choose(place() + 1);
      else if (event.key === "ArrowUp") choose(place() - 1);
      else if (event.key === "Enter" || event.key === "Tab") taken(options()[place()].dataset.value);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  // <textarea data-mentions="account" data-mentions-from="/address/">: after an @ those who may see the account.
  const TYPED = /(?:^|[^A-Za-z0-9._%+-])[@＠]([^\s@＠]{0,30})$/;
  all("textarea[data-mentions]").forEach((field) => {
    const typed = () => TYPED.exec(field.value.slice(0, field.selectionStart))?.[1];
    offers(field, words.mentions, {
      typed,
      ask: (text) => `${field.dataset.mentionsFrom}?${new URLSearchParams({ account: field.dataset.mentions, q: text })}`,
      read: (answer) => answer.people.map((person) => [person.handle, person.role]),
      take: (handle) => field.setRangeText(`${handle} `, field.selectionStart - typed().length, field.selectionStart, "end"),
    });
  });

  // <input data-accounts-from="/address/">: accounts by hanzi, pinyin, initials or code.
  all("input[data-accounts-from]").forEach((field) => offers(field, words.name, {
    typed: () => field.value.trim() || undefined,
    ask: (text) => `${field.dataset.accountsFrom}?${new URLSearchParams({ q: text })}`,
    read: (answer) => answer.accounts.map((account) => [account.code, account.name]),
    take: (code) => { field.value = code; },
  }));
})();
