// What lists do: rows are chosen, columns shown, hidden and made wider, lines set closer; all of it remembered here.
(() => {
  "use strict";

  const { words, make, one, all, kept, keep } = window.vitalfew;

  document.addEventListener("htmx:after:swap", fresh);
  function fresh() {
    all("[data-columns]").forEach(applyColumns);
    all("[data-selection]").forEach(countSelected);
  }

  // ── Selection
  // [data-selection] holds the rows' boxes, [data-select-all], and the bar [data-selection-bar] with its count in an <output>.
  const BOX = "tbody input[type=checkbox], [data-select]";
  document.addEventListener("change", (event) => {
    const scope = event.target.closest?.("[data-selection]");
    if (!scope) return;
    if (event.target.matches("[data-select-all]")) all(BOX, scope).forEach((box) => { box.checked = event.target.checked; });
    countSelected(scope);
  });
  function countSelected(scope) {
    const boxes = all(BOX, scope);
    const chosen = boxes.filter((box) => box.checked);
    boxes.forEach((box) => box.closest("tr, [data-row]")?.classList.toggle("chosen", box.checked));
    const bar = one("[data-selection-bar]", scope);
    if (bar) {
      bar.hidden = !chosen.length;
      const count = one("output", bar);
      if (count) count.textContent = words.selected.replace("#", chosen.length);
    }
    const whole = one("[data-select-all]", scope);
    if (whole) {
      whole.checked = Boolean(boxes.length) && chosen.length === boxes.length;
      whole.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
    }
  }

  // ── Columns and density, remembered here
  // <details class="menu" data-columns="table-id"> gets a box for each <th data-col="name">.
  function applyColumns(menu) {
    const table = document.getElementById(menu.dataset.columns);
    if (!table) return;
    const name = `columns.${menu.dataset.columns}`;
    const hidden = new Set((kept(name) ?? "").split(",").filter(Boolean));
    const heads = all("thead th[data-col]", table);
    if (!one("ul", menu)) menu.append(columnBoxes(heads, hidden, name, menu));
    heads.forEach((head) => {
      const away = hidden.has(head.dataset.col);
      all("tr", table).forEach((line) => {
        const cell = line.cells[head.cellIndex];
        if (cell && line.cells.length > 1 && cell.hidden !== away) cell.hidden = away;
      });
    });
  }
  function columnBoxes(heads, hidden, name, menu) {
    const boxes = make("ul", {});
    heads.forEach((head) => {
      const box = make("input", { type: "checkbox", className: "form-check-input", checked: !hidden.has(head.dataset.col) });
      box.addEventListener("change", () => {
        const away = new Set((kept(name) ?? "").split(",").filter(Boolean));
        if (box.checked) away.delete(head.dataset.col); else away.add(head.dataset.col);
        keep(name, [...away].join(","));
        applyColumns(menu);
      });
      const label = make("label", {});
      label.append(box, head.textContent.trim());
      const item = make("li", {});
      item.append(label);
      boxes.append(item);
    });
    return boxes;
  }
  document.documentElement.dataset.density = kept("density") || "";
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-density-toggle]");
    if (!button) return;
    const dense = document.documentElement.dataset.density === "dense" ? "" : "dense";
    document.documentElement.dataset.density = dense;
    button.setAttribute("aria-pressed", String(Boolean(dense)));
    keep("density", dense);
  });
  all("[data-density-toggle]").forEach((button) => button.setAttribute("aria-pressed", String(kept("density") === "dense")));

  // ── Wider and narrower
  // <table data-resizable id="…">: a handle at the end of each <th data-col>, moved by hand or with the arrow keys.
  const STEP = 16;
  const NARROWEST = 48;
  all("table[data-resizable]").forEach((table) => {
    const name = `widths.${table.id}`;
    const widths = JSON.parse(kept(name) || "{}");
    all("thead th[data-col]", table).forEach((head) => {
      if (widths[head.dataset.col]) setWidth(head, widths[head.dataset.col]);
      head.append(handle(head, (width) => {
        setWidth(head, width);
        widths[head.dataset.col] = width;
        keep(name, JSON.stringify(widths));
      }));
    });
  });
  function setWidth(head, width) { head.style.setProperty("--width", `${width}px`); head.dataset.wide = ""; }
  function handle(head, resize) {
    const grip = make("span", { className: "grip", tabIndex: 0 });
    grip.setAttribute("role", "separator");
    grip.setAttribute("aria-orientation", "vertical");
    grip.setAttribute("aria-label", words.width.replace("#", head.textContent.trim()));
    const now = () => Math.round(head.getBoundingClientRect().width);
    const to = (width) => { resize(Math.max(Math.round(width), NARROWEST)); grip.setAttribute("aria-valuenow", now()); };
    grip.setAttribute("aria-valuenow", now());
    grip.addEventListener("pointerdown", (event) => {
      const from = event.clientX;
      const before = now();
      const move = (moved) => to(before + moved.clientX - from);
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      grip.addEventListener("pointermove", move);
      grip.addEventListener("lostpointercapture", () => grip.removeEventListener("pointermove", move), { once: true });
    });
    grip.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
      if (by) { event.preventDefault(); to(now() + by); }
    });
    return grip;
  }

  fresh();
})();
