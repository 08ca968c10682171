// What is written on a phone without a connection is kept in its browser until the server says that it has it.
// <form data-outbox="name" data-outbox-name="what one calls it">: what is being written comes back; what was sent and not
// acknowledged waits, each user's own, and is sent again from whichever page is open. A key made here makes a second sending
// harmless.
(() => {
  "use strict";

  const { words, make, one, all, kept, keep, toast } = window.vitalfew;
  const who = document.body.dataset.user;
  if (!who) return;
  const BETWEEN = 20000;
  const BOX = `outbox.${who}.`;
  const WRITTEN = `written.${who}.`;
  const read = (name) => { try { return JSON.parse(kept(name) || "null"); } catch { return null; } };
  const drop = (name) => { try { localStorage.removeItem(`vitalfew.${name}`); } catch { /* private window */ } };
  const entries = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  const fresh = () => ([...crypto.getRandomValues(new Uint8Array(16))]).map((each) => each.toString(16).padStart(2, "0")).join("");
  const waiting = () => {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(`vitalfew.${BOX}`)).map((name) => name.slice("vitalfew.".length));
    } catch { return []; }
  };

  // ── What waits is seen on every page ────────────────────────────────
  const bar = make("div", { className: "outbox", hidden: true });
  bar.setAttribute("role", "status");
  one("main")?.before(bar);
  const text = (letter) => (letter.fields.find(([name]) => name === "text") || ["", ""])[1];
  function thrower(name, after = show) {
    const button = make("button", { type: "button", className: "quiet-button", textContent: words.undraft });
    button.addEventListener("click", () => { drop(name); drop(WRITTEN + name.slice(BOX.length)); after(); });
    return button;
  }
  function show() {
    const names = waiting();
    bar.hidden = !names.length;
    bar.replaceChildren(...names.map((name) => {
      const letter = read(name) || {};
      const line = make("p");
      line.append(make("a", { href: letter.url || "/", textContent: letter.called || "" }), ` ${words[letter.state] || words.waiting}`);
      if (letter.state === "refused") line.append(` ${text(letter)} `, thrower(name));
      return line;
    }));
  }

  // ── Sending ─────────────────────────────────────────────────────────
  const post = (url, body) => fetch(url, { method: "POST", body, headers: { "X-CSRFToken": document.body.dataset.csrf || "", "X-Outbox": "1" } }).catch(() => null);
  // Whether it arrived; what the server does not take stays, to be looked at on its own page.
  async function send(name) {
    const letter = read(name);
    if (!letter || letter.state === "refused") return null;
    const body = new URLSearchParams([...letter.fields, ["csrfmiddlewaretoken", document.body.dataset.csrf || ""]]);
    const answer = await post(letter.url, body);
    if (!answer || answer.status >= 500 || answer.status === 429) return null;
    if (answer.status === 403 || answer.redirected) { keep(name, JSON.stringify({ ...letter, state: "signedout" })); return null; }
    if (answer.ok) { drop(name); drop(WRITTEN + name.slice(BOX.length)); return answer.headers.get("X-Kept-At"); }
    keep(name, JSON.stringify({ ...letter, state: "refused" }));
    return null;
  }
  let busy = false;
  async function sendAll() {
    if (busy || !waiting().length) { show(); return; }
    busy = true;
    for (const name of waiting()) {
      const arrived = await send(name);
      if (arrived && open?.name === name) { location.assign(arrived); return; }
      if (open?.name === name && read(name)?.state === "refused") { open.natively(); return; }
    }
    busy = false;
    show();
  }

  // ── The form ────────────────────────────────────────────────────────
  let open = null;
  all("form[data-outbox]").forEach((form) => {
    const name = BOX + form.dataset.outbox;
    const draft = WRITTEN + form.dataset.outbox;
    // The first words may be typed, or put back by the browser, before this line is reached.
    const served = form.cloneNode(true);
    served.reset();
    const asServed = JSON.stringify(entries(served).filter(([each]) => each !== "key"));
    const begun = asServed !== JSON.stringify(entries(form).filter(([each]) => each !== "key"));
    const clean = !one("[role=alert]", form);
    const sent = read(name);
    const written = read(draft);
    if (clean && sent) restore(sent.fields, "");
    else if (clean && written?.from === asServed) restore(written.fields, form.elements.version?.value);
    if (!form.elements.key.value) form.elements.key.value = fresh();
    const letter = (more) => ({ url: location.pathname + location.search, called: form.dataset.outboxName, from: asServed, fields: entries(form), ...more });
    const keepDraft = () => keep(draft, JSON.stringify(letter()));
    if (begun) keepDraft();
    form.addEventListener("input", keepDraft);
    open = {
      name,
      natively() {
        drop(name);
        form.submit();
      },
    };
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = one("button.btn-primary", form);
      button.disabled = true;
      if (all("input[type=file]", form).some((each) => each.files.length)) {
        await sendWithFile();
        button.disabled = false;
        return;
      }
      keep(name, JSON.stringify(letter({ state: "waiting" })));
      await sendAll();
      button.disabled = false;
      if (!bar.hidden) bar.scrollIntoView({ block: "center" });
    });
    // A file is too large to wait here: it goes now, or stays in the form.
    async function sendWithFile() {
      const answer = navigator.onLine ? await post(location.href, new FormData(form)) : null;
      if (answer?.status === 422) { open.natively(); return; }
      if (!answer?.ok || answer.redirected) { toast({ text: words.unsent, level: "error" }); return; }
      drop(draft);
      location.assign(answer.headers.get("X-Kept-At"));
    }
    function restore(fields, version) {
      const given = new Map();
      fields.forEach(([each, value]) => given.set(each, [...(given.get(each) || []), value]));
      const untouched = (each, was) => each.value === was.value && each.checked === was.checked;
      [...form.elements].forEach((each, at) => {
        if (!each.name || each.name === "csrfmiddlewaretoken" || !untouched(each, served.elements[at])) return;
        const values = given.get(each.name) || [];
        if (each.type === "checkbox" || each.type === "radio") each.checked = values.includes(each.value);
        else if (values.length) each.value = values[0];
      });
      if (version) form.elements.version.value = version;
      const note = make("p", { className: "note", textContent: `${words.draft} ` });
      note.setAttribute("role", "status");
      note.append(thrower(name, () => location.reload()));
      form.prepend(note);
    }
  });

  addEventListener("online", sendAll);
  setInterval(() => { if (navigator.onLine) sendAll(); }, BETWEEN);
  sendAll();
})();
