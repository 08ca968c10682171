// What every page does beyond plain HTML: menus, palette, drawer, toasts, keyboard, charts on demand.
// tables.js has what lists do, forms.js what forms do; both use what window.vitalfew offers.
(() => {
  "use strict";

  const script = document.currentScript;
  const words = document.getElementById("words").dataset;
  const csrf = () => document.body.dataset.csrf || "";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const kept = (name) => { try { return localStorage.getItem(`vitalfew.${name}`); } catch { return null; } };
  const keep = (name, value) => { try { localStorage.setItem(`vitalfew.${name}`, value); } catch { /* private window */ } };

  // ── htmx
  document.addEventListener("htmx:config:request", (event) => {
    if (csrf()) event.detail.ctx.request.headers["X-CSRFToken"] = csrf();
  });
  document.addEventListener("htmx:response:error", (event) => {
    const status = event.detail.ctx.response.status;
    if (status === 422 || status === 400) return;
    const said = { 403: words.denied, 404: words.gone, 409: words.conflict, 412: words.conflict }[status] || words.failed;
    toast({ text: said, level: "error" });
  });
  document.addEventListener("htmx:error", (event) => {
    if (event.detail.error instanceof TypeError) toast({ text: words.offline, level: "error" });
  });
  document.addEventListener("htmx:after:swap", fresh);

  function fresh() {
    drawCharts();
    all(".toast-line").forEach(dress);
    if (matchMedia("(max-width: 575.98px)").matches) all(".scroll").forEach(stacked);
    all(".scroll, .table-responsive, .sheet").forEach(reachable);
  }

  // On a phone each row of a table that is too wide becomes a card, its cells beside the names of their columns.
  function stacked(box) {
    const table = one(":scope > table:not(.matrix, .rights, .plan-board)", box);
    if (!table || table.tHead?.rows.length > 1) return;
    if (!table.matches(".stack-phone") && box.scrollWidth > box.clientWidth) table.classList.add("stack-phone", "labelled");
    if (!table.matches(".labelled")) return;
    const names = [...(table.tHead?.rows[0].cells || [])].map((cell) => cell.textContent.trim());
    all(":scope > :is(tbody, tfoot) > tr", table).forEach(({ cells }) => [...cells].forEach((cell, i) => {
      if (i === 0) cell.classList.add("name");
      else if (cells.length === names.length && names[i]) cell.dataset.label = names[i];
    }));
  }

  // What scrolls can be reached and scrolled with the keyboard.
  function reachable(box) {
    if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }

  // ── Charts, only where there are any
  let loading;
  function drawCharts() {
    if (!one("figure[data-chart]")) return;
    if (window.vitalfewCharts) { window.vitalfewCharts.draw(); return; }
    loading ??= load(script.dataset.echarts).then(() => load(script.dataset.charts));
  }
  function load(source) {
    return new Promise((done, failed) => {
      const element = document.createElement("script");
      Object.assign(element, { src: source, onload: done, onerror: failed });
      document.head.append(element);
    });
  }

  // ── What waits on this phone to be sent; a page where it is written brings the sender itself, before anything is typed
  addEventListener("load", () => {
    let waits = false;
    try { waits = Object.keys(localStorage).some((name) => name.startsWith("vitalfew.outbox.")); } catch { /* private window */ }
    if (waits && !one("form[data-outbox]")) load(script.dataset.outbox);
  });

  // ── Toasts
  // From Django's messages (extra_tags="undo:/address/" adds an undo button, "copy:text" one that copies and keeps the line until it is closed), from a response header
  // HX-Trigger: {"toast": {"text", "level", "undo"}}, or vitalfew.toast({…}).
  const ICONS = { error: "bad", warning: "warning", success: "good" };

  function toast({ text, level = "info", undo = "" }) {
    const line = make("div", { className: `toast-line ${level}` });
    line.append(icon(ICONS[level] || "info"), make("span", { className: "toast-text", textContent: text }));
    line.dataset.extra = undo ? `undo:${undo}` : "";
    one("#toasts").append(line);
    dress(line);
  }

  function dress(line) {
    if (line.dataset.dressed) return;
    line.dataset.dressed = "1";
    const [undo, copy] = ["undo:", "copy:"].map((tag) => (line.dataset.extra || "").split(" ").find((word) => word.startsWith(tag)));
    if (undo) line.append(undoButton(undo.slice(5), line));
    if (copy) line.append(copyButton(copy.slice(5), line));
    const close = make("button", { type: "button", className: "toast-close" });
    close.setAttribute("aria-label", words.close);
    close.append(icon("close"));
    close.addEventListener("click", () => line.remove());
    line.append(close);
    if (!copy && !line.classList.contains("error")) fade(line, undo ? 12000 : 6000);
  }

  function undoButton(address, line) {
    const button = make("button", { type: "button", textContent: words.undo });
    button.addEventListener("click", async () => {
      button.disabled = true;
      const sent = await fetch(address, { method: "POST", headers: { "X-CSRFToken": csrf(), "X-Requested-With": "fetch" } }).catch(() => null);
      if (sent?.ok) location.reload();
      else { line.remove(); toast({ text: sent ? words.failed : words.offline, level: "error" }); }
    });
    return button;
  }

  function copyButton(text, line) {
    const button = make("button", { type: "button", textContent: words.copy });
    button.addEventListener("click", async () => {
      const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
      if (copied) button.textContent = words.copied;
      else getSelection().selectAllChildren(one(".toast-text", line));
    });
    return button;
  }

  function fade(line, after) {
    const wait = () => setTimeout(() => (line.matches(":hover, :focus-within") ? wait() : line.remove()), after);
    wait();
  }

  document.addEventListener("htmx:after:request", (event) => {
    const header = event.detail.ctx.response.headers.get("HX-Trigger") || "";
    if (header.startsWith("{") && header.includes("toast")) toast(JSON.parse(header).toast);
  });

  // ── Menus: one open at a time
  document.addEventListener("click", (event) => {
    all("details.menu[open]").filter((menu) => !menu.contains(event.target)).forEach((menu) => { menu.open = false; });
  });

  // ── Drawer
  const frame = one("#drawer-frame");
  let opener = null;
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-drawer-close]")) closeDrawer();
  });
  function closeDrawer() {
    putDrawerAway();
    if (history.state?.drawer) history.back();
  }
  function putDrawerAway() {
    frame.hidden = true;
    one("#drawer").replaceChildren();
    if (opener?.isConnected) opener.focus();
    opener = null;
  }
  if (frame) {
    new MutationObserver(() => {
      if (!one("#drawer").hasChildNodes() || !frame.hidden) return;
      opener = document.activeElement;
      frame.hidden = false;
      frame.focus();
      history.pushState({ drawer: true }, "");
    }).observe(one("#drawer"), { childList: true });
    window.addEventListener("popstate", () => { if (!frame.hidden) putDrawerAway(); });
    frame.addEventListener("keydown", (event) => {
      if (event.key !== "Tab") return;
      const stops = all("a[href], button, input, select, textarea, [tabindex='0']", frame).filter((each) => each.offsetParent !== null);
      const [first, last] = [stops[0], stops.at(-1)];
      const left = event.shiftKey ? [first, frame].includes(document.activeElement) : document.activeElement === last;
      if (left) { event.preventDefault(); (event.shiftKey ? last : first).focus(); }
    });
  }

  // ── Palette
  const palette = one("#palette");
  const field = one("#palette-input");
  const list = one("#palette-results");

  function openPalette() {
    if (!palette || palette.open) return;
    palette.showModal();
    field.select();
    field.dispatchEvent(new CustomEvent("palette-open"));
  }
  const options = () => all('[role="option"][data-url]', list);
  function choose(place) {
    const known = options();
    const chosen = known.length ? known[(place + known.length) % known.length] : null;
    known.forEach((each) => each.setAttribute("aria-selected", String(each === chosen)));
    if (chosen) { field.setAttribute("aria-activedescendant", chosen.id); chosen.scrollIntoView({ block: "nearest" }); }
    else field.removeAttribute("aria-activedescendant");
  }
  const chosenPlace = () => options().findIndex((each) => each.getAttribute("aria-selected") === "true");
  function follow(option, elsewhere) {
    if (!option) return;
    if (elsewhere) window.open(option.dataset.url, "_blank", "noopener");
    else { palette.close(); location.assign(option.dataset.url); }
  }
  if (palette) {
    all("[data-palette-open]").forEach((button) => button.addEventListener("click", openPalette));
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown") choose(chosenPlace() + 1);
      else if (event.key === "ArrowUp") choose(chosenPlace() - 1);
      else if (event.key === "Enter") follow(options()[Math.max(chosenPlace(), 0)], event.ctrlKey || event.metaKey);
      else return;
      event.preventDefault();
    });
    list.addEventListener("click", (event) => follow(event.target.closest("[data-url]"), event.ctrlKey || event.metaKey));
    list.addEventListener("mousemove", (event) => {
      const place = options().indexOf(event.target.closest("[data-url]"));
      if (place >= 0 && place !== chosenPlace()) choose(place);
    });
    new MutationObserver(() => {
      field.setAttribute("aria-expanded", String(list.hasChildNodes()));
      choose(0);
    }).observe(list, { childList: true });
  }

  all("dialog").forEach((dialog) => dialog.addEventListener("click", (event) => {
    if (event.target === dialog && !("closedBy" in HTMLDialogElement.prototype)) dialog.close();
  }));

  // ── Keyboard
  const GO = { t: "today", a: "accounts", p: "portfolio", v: "visits", c: "complaints", i: "insight", d: "data" };
  const help = one("#keys");
  const keysOn = one("[data-keys-on]");
  if (keysOn) {
    keysOn.checked = kept("keys") !== "off";
    keysOn.addEventListener("change", () => keep("keys", keysOn.checked ? "on" : "off"));
  }
  all("[data-help-open]").forEach((button) => button.addEventListener("click", () => help.showModal()));

  let waitingForPlace = false;
  const typing = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const row = () => document.activeElement?.closest?.("[data-row]");

  function step(by) {
    const rows = all("[data-row]").filter((each) => each.offsetParent !== null);
    if (!rows.length) return;
    const at = rows.indexOf(row());
    const next = rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)];
    next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }
  const press = (selector) => { const button = row() && one(selector, row()); if (button) button.click(); };

  // ── Lines of Today: ticked off, put off, handed on, commented, where they stand
  const decide = one("#decide");

  function askAbout(line) {
    const open = !decide.hidden && decide.parentElement === line;
    all("[data-decide]").forEach((each) => each.setAttribute("aria-expanded", "false"));
    decide.hidden = open;
    if (open) return;
    decide.reset();
    decide.elements.key.value = line.dataset.key;
    one("[data-decide-done]", decide).hidden = !("advice" in line.dataset);
    const said = one("[data-decide-said]", decide);
    if (said) {
      said.hidden = !line.dataset.comment;
      decide.elements.text.dataset.mentions = line.dataset.code || "";
    }
    line.append(decide);
    one("[data-decide]", line).setAttribute("aria-expanded", "true");
    one("fieldset:not([hidden]) button", decide).focus();
  }

  async function post(url, fields) {
    const body = new FormData();
    Object.entries(fields).forEach(([name, value]) => body.set(name, value));
    const sent = await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": csrf(), "X-Requested-With": "fetch" } }).catch(() => null);
    const told = await sent?.json().catch(() => null);
    const done = Boolean(sent?.ok && told);
    if (done) toast({ text: told.text, level: "success", undo: told.undo });
    else toast({ text: told?.text || (sent ? words.failed : words.offline), level: "error" });
    return done;
  }

  async function comment(line, text) {
    const what = one("strong", line).textContent;
    if (await post(line.dataset.comment, { text: text && `${what}: ${text}` })) askAbout(line);
  }

  async function settle(line, fields) {
    if (!await post(decide.action, { key: line.dataset.key, ...fields })) return;
    const next = line.nextElementSibling || line.previousElementSibling;
    decide.hidden = true;
    decide.remove();
    one("main").append(decide);
    line.remove();
    if (next) { next.tabIndex = -1; next.focus(); }
  }

  if (decide) {
    document.addEventListener("click", (event) => {
      const button = event.target.closest?.("[data-decide]");
      if (button) askAbout(button.closest("[data-key]"));
      const day = event.target.closest?.("[data-until]");
      if (day) settle(decide.closest("[data-key]"), { kind: "later", until: day.dataset.until });
    });
    decide.addEventListener("submit", (event) => {
      event.preventDefault();
      const { until, to, note, text } = decide.elements;
      if (event.submitter?.value === "said") { comment(decide.closest("[data-key]"), text.value.trim()); return; }
      settle(decide.closest("[data-key]"), { kind: event.submitter?.value || "later", until: until.value, to: to.value, note: note.value });
    });
  }

  const KEYS = {
    e: () => { const line = row(); if (decide && line && "advice" in line.dataset) settle(line, { kind: "done" }); },
    s: () => press("[data-decide]"),
    j: () => step(1),
    k: () => step(-1),
    x: () => press("[data-select], input[type=checkbox]"),
    "/": openPalette,
    "?": () => help?.showModal(),
    g: () => { waitingForPlace = true; setTimeout(() => { waitingForPlace = false; }, 1200); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && palette) { event.preventDefault(); openPalette(); return; }
    if (event.key === "Escape") { escape(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || one("dialog[open]")) return;
    if (keysOn && !keysOn.checked) return;
    if (event.key === "Enter" && event.target.matches?.("[data-row]")) { (one("[data-open]", event.target) || one("a[href]", event.target))?.click(); return; }
    if (waitingForPlace && GO[event.key]) {
      waitingForPlace = false;
      const link = one(`[data-go="${GO[event.key]}"]`);
      if (link) { event.preventDefault(); location.assign(link.href); }
      return;
    }
    const act = KEYS[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  function escape() {
    if (decide && !decide.hidden) { const line = decide.closest("[data-key]"); askAbout(line); line.tabIndex = -1; line.focus(); return; }
    const menu = one("details.menu[open]");
    if (menu) { menu.open = false; one("summary", menu).focus(); return; }
    if (frame && !frame.hidden && !one("dialog[open]")) closeDrawer();
  }

  // ── The page's name in the bar, once its heading is out of sight
  const heading = all("main h1").find((each) => each.textContent.trim());
  const bar = one(".topbar");
  if (heading && bar) {
    const title = make("span", { className: "topbar-title", textContent: heading.firstChild.textContent.trim(), hidden: true });
    title.setAttribute("aria-hidden", "true");
    one(".topbar-end").before(title);
    new IntersectionObserver(([seen]) => { title.hidden = seen.isIntersecting; }, { rootMargin: `-${bar.offsetHeight}px 0px 0px` }).observe(heading);
  }

  one(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

  // ── Print
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) window.print();
  });

  // ── Small hands
  function make(tag, properties) { return Object.assign(document.createElement(tag), properties); }
  function icon(name) {
    const source = one("svg.icon use")?.getAttribute("href")?.split("#")[0] || "/static/vendored/icons.svg";
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${source}#${name}`);
    svg.append(use);
    return svg;
  }

  window.vitalfew = { toast, words, icon, make, one, all, kept, keep };
  fresh();
})();
