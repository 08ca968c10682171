// Draws every <figure data-chart="id"> from the plain data in the script element of that id. A finding stands above it in
// words, a table and the CSV stand beside it. Text from data only ever goes into text nodes.
(() => {
  "use strict";

  const { words, icon, make } = window.vitalfew;
  const lang = document.documentElement.lang.toLowerCase();
  const chinese = lang.startsWith("zh");
  const MINUS = "\u2212";
  const SIGNS = { CNY: "¥", JPY: "JP¥", USD: "$", EUR: "€", GBP: "£", TWD: "NT$", HKD: "HK$" };
  const STEPS = chinese
    ? [[1e8, lang.startsWith("zh-hant") ? "億" : "亿"], [1e4, lang.startsWith("zh-hant") ? "萬" : "万"]]
    : [[1e9, "B"], [1e6, "M"], [1e3, "K"]];
  const figures = new Map();

  // ── Figures in words ────────────────────────────────────────────────
  function grouped(value, places) {
    return value.toLocaleString("en-US", { minimumFractionDigits: places, maximumFractionDigits: places });
  }
  function shortened(value, exact) {
    const size = Math.abs(value);
    const step = size >= 1e4 && STEPS.find(([least]) => size >= least);
    if (!step) return grouped(size, 0);
    const part = size / step[0];
    const places = part < 10 ? 2 : part < 1000 ? 1 : 0;
    return `${exact ? grouped(part, places) : part.toLocaleString("en-US", { maximumFractionDigits: 1 })} ${step[1]}`;
  }
  function say(value, unit, currency, exact = true) {
    if (value === null || value === undefined || Number.isNaN(value)) return "–";
    if (typeof value !== "number") return String(value);
    const sign = value < 0 ? MINUS : "";
    if (unit === "money") {
      const mark = exact ? SIGNS[currency] ?? (currency ? `${currency} ` : "") : "";
      return `${sign}${mark}${shortened(value, exact)}`;
    }
    if (unit === "share") return `${sign}${grouped(Math.abs(value) * 100, exact ? 1 : 0)}${chinese ? "" : " "}%`;
    if (unit === "number") return `${sign}${Math.abs(value).toLocaleString("en-US", { maximumFractionDigits: Math.abs(value) < 1 ? 3 : 2 })}`;
    return `${sign}${grouped(Math.abs(value), 0)}`;
  }
  const day = (value) => {
    const parts = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(String(value));
    if (!parts) return String(value);
    const [, y, m, d] = parts;
    if (chinese) return `${y}年${Number(m)}月${d ? `${Number(d)}日` : ""}`;
    const month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][Number(m) - 1];
    return d ? `${Number(d)} ${month} ${y}` : `${month} ${y}`;
  };

  // ── The look, read from the style sheet ─────────────────────────────
  function ink(name) {
    const probe = make("span", { hidden: true });
    document.body.append(probe);
    const colour = getComputedStyle(probe).getPropertyValue(name).trim();
    probe.remove();
    return colour;
  }
  function palette() {
    const names = ["accent", "accent-soft", "text", "quiet", "faint", "line", "line-strong", "bad", "surface", "hue-2", "warn"];
    return Object.fromEntries(names.map((name) => [name, ink(`--${name}`)]));
  }

  // ── Parts of every picture ──────────────────────────────────────────
  function frame(look, spec) {
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12, color: look.quiet },
      grid: { left: 8, right: 16, top: spec.kind === "spark-months" ? 8 : 30, bottom: 8, containLabel: true, outerBoundsMode: "same" },
      tooltip: {
        confine: true, trigger: "item", renderMode: "html", backgroundColor: "transparent", borderWidth: 0, padding: 0,
        extraCssText: "box-shadow:none", transitionDuration: 0, axisPointer: { type: "line", lineStyle: { color: look["line-strong"] }, animation: false },
      },
    };
  }
  // Labels are written to whole units (per cent for shares): ticks closer than that would read alike.
  const FINEST = { share: 0.01, number: 0 };
  function valueAxis(look, unit, currency, name, more = {}) {
    return {
      type: "value", minInterval: FINEST[unit] ?? 1, name: name || "", nameTextStyle: { color: look.quiet, align: "left" }, nameGap: 12,
      axisLabel: { color: look.quiet, formatter: (value) => say(value, unit, currency, false), hideOverlap: true },
      axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: look.line } }, splitNumber: 4, ...more,
    };
  }
  function below(look) {
    return {
      nameLocation: "middle", nameGap: 28, nameTextStyle: { color: look.quiet, align: "center" }, splitLine: { show: false },
      axisLine: { show: true, lineStyle: { color: look["line-strong"] } },
    };
  }
  function categoryAxis(look, names, more = {}) {
    return {
      type: "category", data: names, axisLine: { lineStyle: { color: look["line-strong"] } }, axisTick: { show: false },
      axisLabel: { color: look.quiet, hideOverlap: true }, splitLine: { show: false }, ...more,
    };
  }
  function tip(head, lines) {
    const box = make("div", { className: "chart-tip" });
    if (head) box.append(make("b", { textContent: head }));
    lines.forEach((line) => box.append(make("div", { textContent: line })));
    return box;
  }
  const shown = (spec, place) => {
    const label = spec.labels?.[place];
    const code = spec.names?.[place];
    return label && label !== code ? `${label}  ${code}` : String(code ?? "");
  };
  const said = (label, value) => `${label}${chinese ? "：" : ": "}${value}`;

  // ── Kinds ───────────────────────────────────────────────────────────
  const KINDS = { curve, bars, top, points: scatter, line, band, map, "spark-months": months };

  function curve(spec, look) {
    const share = spec.unit === "share";
    const data = spec.points.map(([x, y], place) => ({ value: [x, y], place }));
    const last = data.at(-1)?.value[0] ?? 1;
    const peak = data.reduce((best, each, place) => (each.value[1] > data[best].value[1] ? place : best), 0);
    const falls = !share && peak < data.length - 1;
    const strand = (part, colour, label) => ({
      type: "line", data: part, showSymbol: true, symbol: "circle", symbolSize: data.length > 150 ? 4 : 6,
      lineStyle: { color: colour, width: 2 }, itemStyle: { color: colour }, cursor: "pointer", emphasis: { scale: 2 },
      ...(label ? { endLabel: { show: true, formatter: label, color: colour, fontWeight: 600, align: "right", offset: [0, 14] } } : {}),
    });
    const series = falls
      ? [strand(data.slice(0, peak + 1), look.accent), strand(data.slice(peak), look.bad, () => say(data.at(-1).value[1], spec.unit, spec.currency))]
      : [strand(data, look.accent)];
    const marks = [];
    if (share) marks.push({ yAxis: 0.8, label: { formatter: say(0.8, "share", "", false), position: "insideStartTop", color: look.quiet } });
    if (falls) marks.push({ yAxis: data[peak].value[1], label: { formatter: said(words.peak, say(data[peak].value[1], spec.unit, spec.currency)), position: "insideEndTop", color: look.accent, fontWeight: 600 } });
    series[0].markLine = { silent: true, symbol: "none", animation: false, data: marks, lineStyle: { color: look.faint, type: "dashed" } };
    const option = {
      ...frame(look, spec),
      xAxis: valueAxis(look, "count", "", words.ranked, { ...below(look), min: 0, max: last }),
      yAxis: valueAxis(look, spec.unit, spec.currency, spec.y, share ? { min: 0, max: 1, interval: 0.25 } : {}),
      series,
    };
    option.grid.bottom = 28;
    option.tooltip.formatter = ({ data: at }) => tip(shown(spec, at.place), [
      said(words.rank, say(at.value[0], "count")), said(spec.y, say(at.value[1], spec.unit, spec.currency)),
    ]);
    return option;
  }

  function bars(spec, look) {
    const option = {
      ...frame(look, spec),
      yAxis: categoryAxis(look, spec.names, { inverse: true, axisLine: { show: false }, axisLabel: { color: look.text, width: 150, overflow: "truncate" } }),
      xAxis: valueAxis(look, "count", "", "", { show: false, min: 0 }),
      series: [{
        type: "bar", data: spec.points.map((value, place) => ({ value, place })), barMaxWidth: 26, itemStyle: { color: look.accent },
        label: { show: true, position: "right", color: look.text, formatter: ({ value }) => say(value, spec.count_unit || "count", spec.currency) },
      }],
    };
    option.grid = { ...option.grid, top: 4, right: 64 };
    option.tooltip.formatter = ({ data: at }) => tip(spec.names[at.place], [say(at.value, spec.count_unit || "count", spec.currency)]);
    return option;
  }

  function top(spec, look, width) {
    const room = width < 480 ? "34%" : "14%";
    const names = spec.names.map((code, place) => spec.labels?.[place] || code);
    const option = {
      ...frame(look, spec),
      yAxis: categoryAxis(look, names.map((_name, place) => place), {
        inverse: true, axisLine: { show: false }, triggerEvent: true,
        axisLabel: { color: look.text, formatter: (place) => names[place], width: width < 480 ? 96 : 150, overflow: "truncate", interval: 0, hideOverlap: false },
      }),
      xAxis: valueAxis(look, spec.unit, spec.currency, "", { axisLabel: { show: false }, splitLine: { show: false }, boundaryGap: [Math.min(...spec.points) < 0 ? room : 0, room] }),
      series: [{
        type: "bar", barMaxWidth: 18, cursor: "pointer",
        data: spec.points.map((value, place) => ({
          value, place, itemStyle: { color: value < 0 ? look.bad : look.accent },
          label: { position: value < 0 ? "left" : "right", color: value < 0 ? look.bad : look.text },
        })),
        label: { show: true, formatter: ({ value }) => say(value, spec.unit, spec.currency) },
        markLine: { silent: true, symbol: "none", animation: false, data: [{ xAxis: 0 }], label: { show: false }, lineStyle: { color: look["line-strong"], type: "solid" } },
      }],
    };
    option.grid = { ...option.grid, top: 4, right: width < 480 ? 44 : 16 };
    option.tooltip.formatter = ({ data: at }) => tip(shown(spec, at.place), [said(spec.y, say(at.value, spec.unit, spec.currency))]);
    return option;
  }

  function scatter(spec, look, width) {
    const option = {
      ...frame(look, spec),
      xAxis: valueAxis(look, spec.x_unit || "number", spec.currency, spec.x, { ...below(look), scale: true }),
      yAxis: valueAxis(look, spec.unit, spec.currency, spec.y, { scale: true }),
      series: [{
        type: "scatter", symbolSize: 9, cursor: "pointer", itemStyle: { color: look.accent, opacity: 0.6, borderColor: look.surface, borderWidth: 1 },
        emphasis: { itemStyle: { opacity: 1 }, scale: 1.5 },
        data: spec.points.map((value, place) => ({ value, place, ...(spec.strong?.includes(spec.names[place]) ? { symbolSize: 14, itemStyle: { opacity: 1, color: look["hue-2"] } } : {}) })),
      }],
    };
    if (spec.fields) part(option, spec, look, width);
    option.grid.bottom = 28;
    option.tooltip.formatter = ({ data: at }) => tip(shown(spec, at.place), [
      said(spec.x, say(at.value[0], spec.x_unit || "number", spec.currency)), said(spec.y, say(at.value[1], spec.unit, spec.currency)),
    ]);
    return option;
  }

  /** Four fields with a line between each two and each one's name in its outer corner. */
  function part(option, spec, look, width) {
    const { x, y, names } = spec.fields;
    option.series[0].markLine = { silent: true, symbol: "none", animation: false, label: { show: false }, lineStyle: { color: look.faint, type: "dashed" }, data: [{ xAxis: x }, { yAxis: y }] };
    const ends = (axis, cut) => [Math.min(cut, ...spec.points.map((point) => point[axis])), Math.max(cut, ...spec.points.map((point) => point[axis]))];
    const [left, right] = ends(0, x);
    const [low, high] = ends(1, y);
    const fitted = width < 480 ? { width: 76, overflow: "break", fontSize: 10 } : {};
    const corners = [[left, high], [right, high], [left, low], [right, low]];
    option.series.push({
      type: "scatter", silent: true, animation: false, symbolSize: 1, itemStyle: { color: "transparent" }, z: 3,
      data: corners.map((value, place) => ({ value, label: { show: true, formatter: names[place], position: place % 2 ? "left" : "right", color: look.quiet, fontWeight: 600, ...fitted } })),
    });
  }

  function line(spec, look) {
    const option = {
      ...frame(look, spec),
      xAxis: categoryAxis(look, spec.names.map(day), { boundaryGap: false, name: "" }),
      yAxis: valueAxis(look, spec.unit, spec.currency, spec.y, Math.min(...spec.points) < 0 ? {} : { min: 0 }),
      series: [{
        type: "line", data: spec.points, symbol: "circle", symbolSize: 6, showSymbol: spec.points.length < 40, lineStyle: { color: look.accent, width: 2 }, itemStyle: { color: look.accent },
        endLabel: { show: true, color: look.accent, fontWeight: 600, formatter: ({ value }) => say(value, spec.unit, spec.currency) },
      }],
    };
    option.grid.right = 72;
    option.tooltip.trigger = "axis";
    option.tooltip.formatter = ([at]) => tip(at.name, [said(spec.y, say(at.value, spec.unit, spec.currency))]);
    return option;
  }

  function band(spec, look) {
    const past = spec.past || [];
    const border = { type: "line", stack: "band", stackStrategy: "all", symbol: "none", silent: true, lineStyle: { opacity: 0 } };
    const option = {
      ...frame(look, spec),
      xAxis: categoryAxis(look, spec.names.map(day), { boundaryGap: false }),
      yAxis: valueAxis(look, spec.unit, spec.currency, spec.y, Math.min(0, ...spec.low, ...past) < 0 ? {} : { min: 0 }),
      series: [
        { ...border, data: spec.low },
        { ...border, data: spec.high.map((high, place) => (high === null ? null : high - spec.low[place])), areaStyle: { color: look.accent, opacity: 0.16 } },
        { type: "line", data: spec.mean, symbol: "none", lineStyle: { color: look.accent, width: 2, type: "dashed" }, itemStyle: { color: look.accent } },
        { type: "line", data: past, symbol: "none", lineStyle: { color: look.text, width: 2 }, itemStyle: { color: look.text } },
      ],
    };
    option.tooltip.trigger = "axis";
    option.tooltip.formatter = ([at]) => {
      const place = at.dataIndex;
      const write = (value) => say(value, spec.unit, spec.currency);
      const lines = [];
      if (past[place] !== null && past[place] !== undefined) lines.push(said(words.past, write(past[place])));
      if (spec.mean[place] !== null && spec.mean[place] !== undefined) lines.push(said(words.mean, `${write(spec.mean[place])} (${write(spec.low[place])} – ${write(spec.high[place])})`));
      return tip(at.name, lines);
    };
    return option;
  }

  function map(spec, look, width) {
    const narrow = width < 560;
    const names = spec.names.map((code, place) => spec.labels?.[place] || code);
    const largest = Math.max(1, ...spec.points.map(([, , there]) => there));
    const cell = (params, api) => {
      const [there, missing] = [api.value(2), api.value(3)];
      const [x, y] = api.coord([api.value(1), api.value(0)]);
      const [w, h] = api.size([1, 1]).map((length) => Math.max(Math.abs(length) - 4, 2));
      const shape = { x: x - w / 2, y: y - h / 2, width: w, height: h, r: 3 };
      const children = [{ type: "rect", shape, style: { fill: look.accent, opacity: there > 0 ? 0.12 + 0.68 * Math.sqrt(there / largest) : 0.03 } }];
      if (missing > 0) {
        children.push({ type: "rect", shape, style: { fill: "none", stroke: look.warn, lineWidth: 1.5, lineDash: there > 0 ? null : [4, 3] } });
        if (!narrow) children.push({ type: "text", style: { x, y, text: say(missing, spec.unit, spec.currency, false), align: "center", verticalAlign: "middle", fill: look.text, fontSize: 11 } });
      }
      return { type: "group", children };
    };
    const option = {
      ...frame(look, spec),
      yAxis: categoryAxis(look, names.map((_name, place) => place), {
        inverse: true, axisLine: { show: false }, triggerEvent: true,
        axisLabel: { color: look.text, formatter: (place) => names[place], width: narrow ? 96 : 170, overflow: "truncate", interval: 0, hideOverlap: false },
      }),
      xAxis: categoryAxis(look, spec.columns, { position: "top", axisLine: { show: false }, axisLabel: { color: look.text, interval: 0, hideOverlap: false, width: narrow ? 34 : 110, overflow: narrow ? "break" : "truncate" } }),
      series: [{ type: "custom", renderItem: cell, cursor: "pointer", data: spec.points.map((value) => ({ value, place: value[0] })) }],
    };
    option.tooltip.formatter = ({ data: at }) => {
      const [, column, there, missing] = at.value;
      const lines = [said(words.there, say(there, spec.unit, spec.currency))];
      if (missing > 0) lines.push(said(spec.y, say(missing, spec.unit, spec.currency)));
      return tip(`${shown(spec, at.place)} · ${spec.columns[column]}`, lines);
    };
    return option;
  }

  function months(spec, look) {
    const pale = new Set(spec.pale || []);
    const option = {
      ...frame(look, spec),
      xAxis: categoryAxis(look, spec.names.map(day)),
      yAxis: valueAxis(look, spec.unit || "money", spec.currency, "", { splitNumber: 2 }),
      series: [{
        type: "bar", barCategoryGap: "20%",
        data: spec.points.map((value, place) => ({ value, itemStyle: { color: value < 0 ? look.bad : look.accent, opacity: pale.has(place) ? 0.4 : 1 } })),
      }],
    };
    option.grid.right = 32;
    option.tooltip.trigger = "axis";
    option.tooltip.axisPointer = { type: "shadow", shadowStyle: { color: look.line, opacity: 0.5 }, animation: false };
    option.tooltip.formatter = ([at]) => tip(at.name, [say(at.value, spec.unit || "money", spec.currency)]);
    return option;
  }

  // ── The table beside it ─────────────────────────────────────────────
  function rowsOf(spec) {
    const write = (value, unit = spec.unit) => say(value, unit, spec.currency);
    const code = (place) => ({ code: spec.names[place], text: shown(spec, place) });
    switch (spec.kind) {
      case "curve": return [[words.rank, words.name, spec.y], spec.points.map(([x, y], place) => [say(x, "count"), code(place), write(y)])];
      case "points": return [[words.name, spec.x, spec.y], spec.points.map(([x, y], place) => [code(place), write(x, spec.x_unit || "number"), write(y)])];
      case "top": return [[words.name, spec.y], spec.points.map((value, place) => [code(place), write(value)])];
      case "bars": return [[spec.x, spec.y], spec.points.map((value, place) => [spec.names[place], write(value, spec.count_unit || "count")])];
      case "map": return [[words.name, spec.x, words.there, spec.y], spec.points.map(([row, column, there, missing]) => [code(row), spec.columns[column], write(there), write(missing)])];
      case "band": return [[words.month, words.past, words.mean, words.low, words.high], spec.names.map((name, place) => [day(name), ...[spec.past || [], spec.mean, spec.low, spec.high].map((list) => write(list[place] ?? null))])];
      default: return [[spec.x || words.month, spec.y || ""], spec.points.map((value, place) => [day(spec.names[place]), write(value, spec.unit || "money")])];
    }
  }
  function tableOf(spec, figure) {
    const [heads, rows] = rowsOf(spec);
    const table = make("table", { className: "table" });
    const head = table.createTHead().insertRow();
    const figuresFrom = rows[0]?.map((cell) => typeof cell === "string" && /^[−+]?(?:[A-Z]{0,3}[¥$€£]|[A-Z]{3} )?[\d.,–]+(?:\s?(?:%|[KMB万亿萬億]))?$/.test(cell)) || [];
    heads.forEach((text, place) => head.append(make("th", { scope: "col", textContent: text, className: figuresFrom[place] ? "num" : "" })));
    const body = table.createTBody();
    rows.forEach((cells) => {
      const row = body.insertRow();
      cells.forEach((cell, place) => {
        const box = row.insertCell();
        if (figuresFrom[place]) box.className = "num";
        if (typeof cell === "object") box.append(make("a", { href: address(figure, cell.code), textContent: cell.text }));
        else box.textContent = cell;
      });
    });
    const frame = make("div", { className: "chart-table", hidden: true, tabIndex: 0 });
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", spec.title || words.rows);
    frame.append(table);
    return frame;
  }
  const address = (figure, code) => `${figure.dataset.accounts || "/accounts/"}${encodeURIComponent(code)}/`;
  const opens = (spec) => ["curve", "points", "top", "map"].includes(spec.kind);

  // ── Putting it on the page ──────────────────────────────────────────
  function set(figure) {
    const source = document.getElementById(figure.dataset.chart);
    if (!source) return;
    const spec = JSON.parse(source.textContent);
    const canvas = make("div", { className: "chart-canvas" });
    figure.dataset.drawn = "1";
    if (!figure.querySelector("figcaption") && spec.title) figure.prepend(make("figcaption", { className: "sentence", textContent: spec.title }));
    const size = spec.kind === "band" ? spec.names.length : spec.points?.length;
    if (!size || !KINDS[spec.kind]) { figure.append(make("p", { className: "quiet", textContent: words.nothing })); return; }
    if (["top", "bars"].includes(spec.kind)) figure.dataset.rows = String(size);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", spec.title || spec.y || words.picture);
    const table = tableOf(spec, figure);
    figure.append(tools(figure, canvas, table), canvas, table);
    if (spec.kind === "map") figure.append(make("p", { className: "quiet", textContent: words.key }));
    const rows = spec.kind === "map" ? spec.names.length + 1 : size;
    if (["top", "bars", "map"].includes(spec.kind)) canvas.style.height = `${Math.max(rows * 26 + 12, 72)}px`;
    if (spec.kind === "spark-months" && !figure.classList.contains("chart-tall")) figure.classList.add("chart-small");
    const chart = echarts.init(canvas, null, { renderer: "svg" });
    const redraw = () => { const drawn = KINDS[spec.kind](spec, palette(), chart.getWidth()); drawn.aria = { enabled: false }; chart.setOption(drawn, true); };
    redraw();
    chart.on("click", (event) => {
      if (!opens(spec)) return;
      const place = event.componentType === "yAxis" ? Number(event.value) : event.data?.place;
      if (spec.names[place] !== undefined) location.assign(address(figure, spec.names[place]));
    });
    const watcher = new ResizeObserver(() => { if (canvas.offsetParent && !onPaper) chart.resize(); });
    watcher.observe(canvas);
    figures.set(figure, { chart, redraw, watcher });
  }

  function tools(figure, canvas, table) {
    const bar = make("div", { className: "chart-tools no-print" });
    const toggle = make("button", { type: "button" });
    toggle.append(icon("table"), make("span", { textContent: words.rows }));
    toggle.setAttribute("aria-pressed", "false");
    toggle.addEventListener("click", () => {
      table.hidden = !table.hidden;
      canvas.hidden = !table.hidden;
      toggle.setAttribute("aria-pressed", String(!table.hidden));
    });
    bar.append(toggle);
    if (figure.dataset.csv) {
      const link = make("a", { href: figure.dataset.csv });
      link.setAttribute("download", "");
      link.append(icon("download"), make("span", { textContent: words.csv }));
      bar.append(link);
    }
    return bar;
  }

  function draw() {
    for (const [figure, { chart, watcher }] of figures) {
      if (!figure.isConnected) { watcher.disconnect(); chart.dispose(); figures.delete(figure); }
    }
    document.querySelectorAll("[data-chart]:not([data-drawn])").forEach(set);
  }
  const again = () => figures.forEach(({ redraw }) => redraw());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);

  // On paper a picture is drawn in the paper's colours, and its drawing grows or shrinks with the column.
  let onPaper = false;
  function toPaper(matches) {
    onPaper = matches;
    figures.forEach(({ chart, redraw }) => {
      redraw();
      const drawing = chart.getDom().querySelector("svg");
      if (matches) drawing?.setAttribute("viewBox", `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
      else { drawing?.removeAttribute("viewBox"); chart.resize(); }
    });
  }
  addEventListener("beforeprint", () => toPaper(true));
  addEventListener("afterprint", () => toPaper(false));
  matchMedia("print").addEventListener("change", ({ matches }) => toPaper(matches));

  window.vitalfewCharts = { draw };
  draw();
})();
