// Fetches the browser libraries at the versions below and builds the files in src/vitalfew/static/vendored.
//
//     node tools/vendor.mjs            build
//     node tools/vendor.mjs --check    build beside and compare with what is committed
//
// Node is needed here only; what it makes is committed, so neither users nor the server need it.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const VERSIONS = {
  "@tabler/core": "1.6.1",
  "@tabler/icons": "3.51.0",
  "htmx.org": "4.0.1",
  echarts: "6.1.0",
  zrender: "6.1.0",
  "axe-core": "4.14.1",
};
const TOOLS = { esbuild: "0.28.2", postcss: "8.5.33" };

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const check = process.argv.includes("--check");
const committed = path.join(root, "src/vitalfew/static/vendored");
const axe = path.join(root, "tests/browser/vendored");
const work = fs.mkdtempSync(path.join(os.tmpdir(), "vendor-"));
const out = check ? path.join(work, "vendored") : committed;
const outAxe = check ? path.join(work, "axe") : axe;

const ECHARTS = `
export { use, init, registerTheme, format } from "echarts/core";
import { use } from "echarts/core";
import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";
use([BarChart, CustomChart, LineChart, ScatterChart, GridComponent, MarkLineComponent, TooltipComponent, LabelLayout,
  SVGRenderer]);
`;

// The name in our pages → the name among Tabler's outline icons.
const ICONS = {
  today: "calendar-check", portfolio: "chart-donut-3", accounts: "building", visits: "map-pin",
  complaints: "message-report", supply: "truck-delivery", campaigns: "speakerphone", "win-back": "heart-handshake",
  insight: "bulb", data: "database", admin: "settings", more: "menu-2", search: "search", plus: "plus",
  close: "x", check: "check", down: "chevron-down", right: "chevron-right", left: "chevron-left", dots: "dots",
  user: "user", users: "users", "sign-out": "logout", security: "shield-lock", language: "language", key: "key",
  phone: "device-mobile", passkey: "fingerprint", codes: "list-numbers", clock: "clock", warning: "alert-triangle",
  info: "info-circle", help: "help-circle", good: "circle-check", bad: "circle-x", bell: "bell",
  upload: "upload", download: "download", undo: "arrow-back-up", refresh: "refresh", filter: "filter",
  columns: "columns-3", density: "baseline-density-medium", table: "table", chart: "chart-bar", line: "chart-line",
  rising: "trending-up", falling: "trending-down", note: "notes", mail: "mail", call: "phone", edit: "pencil",
  remove: "trash", print: "printer", file: "file-text", external: "external-link", snooze: "alarm-snooze",
  question: "message-2-question", plan: "target-arrow", history: "history", empty: "inbox", money: "coin",
  star: "star", link: "link",
};

// Tabler is cut down to what a calm workbench needs. A selector stays when all its classes are in these families;
// the list is of families, not of today's pages, so that a page written tomorrow finds them too.
const COLOURS = "primary|secondary|success|warning|danger|info|muted|white|body|transparent|reset";
const KEEP = [
  /^(h[1-6]|hr|hr-text.*|small|lead|mark|kbd|blockquote.*|initialism|strong|code|pre|subheader|icon(-.*)?|skip-link)$/,
  /^(row(-.*)?|col(-(sm|md|lg|xl))?(-(auto|\d+))?|container(-(xl|fluid|tight|narrow))?|g-\d|gx-\d|gy-\d)$/,
  new RegExp(`^btn(-(primary|secondary|danger|success|link|outline|outline-(primary|secondary|danger)|ghost|` +
    `ghost-(primary|secondary|danger)|sm|lg|icon|list|group.*|action.*|close|check|square|pill|loading|toolbar|` +
    `actions))?$`),
  /^card(-(header.*|body.*|title|subtitle|footer.*|table.*|sm|md|lg|actions|options|link.*|list.*|borderless|group|active|inactive|text|status.*|tabs))?$/,
  /^form-(control(-.*)?|label(-.*)?|select(-.*)?|check(-.*)?|switch|hint|help|text|fieldset|footer|range|required|floating)$/,
  /^(input-group.*|valid-feedback|invalid-feedback|is-valid|is-invalid|required|disabled|active|show|collapse|fade|readonly)$/,
  /^table(-(sm|vcenter|nowrap|responsive|hover|striped|borderless|active|primary|secondary|sort|center|mobile.*|bordered|selectable.*|transparent))?$/,
  /^(nav|nav-(link.*|item|tabs|pills|fill|justified|underline|bordered|segmented.*)|tab-(content|pane))$/,
  new RegExp(`^badge(-(dot|pill|sm|lg|outline|notification|blink|list))?$`),
  new RegExp(`^(alert(-(${COLOURS}|important|title|link|dismissible|icon|heading|description|action|list|minor))?)$`),
  /^list-(unstyled|inline.*|group(-(item(-action)?|flush|hoverable|numbered|header))?|bullet|item)$/,
  /^(empty(-.*)?|breadcrumb(-.*)?|progress(-(bar|sm|lg))?)$/,
  /^(space-[xy](-\d)?)$/,
  /^(page|page-(wrapper|header|title|title-lg|pretitle|subtitle|body|body-card|center|cover|tabs|link))$/,
  /^[mp][trblxyse]?-(n?\d|auto)$/, /^(gap|row-gap|column-gap)-\d$/,
  /^d-((sm|md|lg|xl|print)-)?(none|block|flex|grid|inline|inline-block|inline-flex|table|table-row|table-cell)$/,
  /^(flex|justify-content|align-items|align-self|align-content|order|float)-(?!x|sm-|md-|lg-)[a-z0-9-]+$/, /^align-(top|middle|bottom|baseline|text-top|text-bottom)$/,
  new RegExp(`^text-(${COLOURS}|start|end|center|truncate|wrap|nowrap|break|decoration-(none|underline)|uppercase|lowercase|capitalize)$`),
  new RegExp(`^(bg|border)-(${COLOURS})$`), /^bg-(surface.*|primary-lt|danger-lt|warning-lt|success-lt|secondary-lt)$/,
  /^border(-(0|[1-5]|top|end|bottom|start|wide|dashed))?(-0)?$/, /^rounded(-(0|1|2|3|circle|pill|top|end|bottom|start))?$/,
  /^([wh])-(0|1|2|3|4|5|25|50|75|100|auto|full|px)$/, /^(mw|mh|vw|vh|min-vh|min-vw)-100$/,
  /^(position|overflow|overflow-x|overflow-y|opacity|shadow|user-select|visible|invisible|fw|fs|fst|font|lh|top|bottom|start|end|text-opacity)(-[a-z0-9-]+)?$/,
  /^(visually-hidden(-focusable)?|sr-only|clearfix|stretched-link|sticky-top|sticky-bottom|fixed-top|fixed-bottom|scrollable|hover-shadow.*|antialiased|vr)$/,
];
const DROP = /-xxl(-|$)|data-vc|\.theme-|data-bs-theme-|navbar|offcanvas|apexcharts|\.ts-|\.noUi|link-(primary|secondary|success|info|warning|danger|light|dark)/;

const HUES = /^--tblr-(blue|azure|indigo|purple|pink|red|orange|yellow|lime|green|teal|cyan|gray|dark|light|primary|secondary|success|info|warning|danger|muted)(-|$)/;

function tabler(postcss) {
  const file = path.join(work, "node_modules/@tabler/core/dist/css/tabler.css");
  const sheet = postcss.parse(fs.readFileSync(file, "utf8"));
  sheet.walkComments((comment) => { if (!comment.text.startsWith("!")) comment.remove(); });
  sheet.walkRules((rule) => {
    if (rule.parent.name === "keyframes") return;
    const kept = rule.selectors.filter(wanted);
    if (kept.length) rule.selectors = kept; else rule.remove();
  });
  const css = () => sheet.toString();
  sheet.walkAtRules("keyframes", (rule) => {
    if (!new RegExp(`animation(-name)?:[^;}]*\\b${rule.params}\\b`).test(css())) rule.remove();
  });
  sheet.walkAtRules("media", (rule) => { if (!rule.nodes.length) rule.remove(); });
  sheet.walkDecls(/^--tblr-(facebook|twitter|x|linkedin|google|youtube|vimeo|dribbble|github|instagram|pinterest|vk|rss|flickr|bitbucket|tabler)(-|$)/,
    (declared) => declared.remove());
  forgetUnusedHues(sheet);
  return sheet.toString();
}

// Hues that no kept rule mentions, and then the ones that only those mentioned.
function forgetUnusedHues(sheet) {
  for (let before = -1, left = 0; before !== left; ) {
    before = left;
    const used = new Set([...sheet.toString().matchAll(/var\((--tblr-[\w-]+)/g)].map((match) => match[1]));
    sheet.walkDecls(HUES, (declared) => { if (!used.has(declared.prop)) declared.remove(); });
    left = sheet.toString().length;
  }
}

function wanted(selector) {
  if (DROP.test(selector)) return false;
  const classes = [...selector.matchAll(/\.(-?[_a-zA-Z][\w-]*)/g)].map((match) => match[1]);
  return classes.every((name) => KEEP.some((family) => family.test(name)));
}

function sprite() {
  const symbols = Object.entries(ICONS).map(([name, file]) => {
    const svg = fs.readFileSync(path.join(work, "node_modules/@tabler/icons/icons/outline", `${file}.svg`), "utf8");
    const body = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    const paths = body.split("\n").map((line) => line.trim()).filter((line) => line && !line.includes('stroke="none"'));
    return `<symbol id="${name}" viewBox="0 0 24 24">${paths.join("").replaceAll(" />", "/>")}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
}

function licence(from, name, folder = out) {
  const home = path.join(work, "node_modules", from);
  const found = fs.readdirSync(home).find((file) => /^licen[cs]e(\.txt|\.md)?$/i.test(file));
  if (found) fs.copyFileSync(path.join(home, found), path.join(folder, `${name}.LICENSE`));
  return found;
}

function table() {
  const files = fs.readdirSync(out).filter((file) => !file.endsWith(".LICENSE") && file !== "README.md").sort();
  return files.map((file) => {
    const bytes = fs.readFileSync(path.join(out, file));
    const kb = (n) => `${(n / 1024).toFixed(0)} KB`;
    const sum = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
    return `| ${file} | ${kb(bytes.length)} | ${kb(gzipSync(bytes, { level: 9 }).length)} | ${sum} |`;
  });
}

const packages = Object.entries({ ...VERSIONS, ...TOOLS }).map(([name, version]) => `${name}@${version}`);
fs.writeFileSync(path.join(work, "package.json"), '{"private": true, "type": "module"}');
execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts", ...packages],
  { cwd: work, stdio: ["ignore", "ignore", "inherit"] });
const require = createRequire(path.join(work, "index.js"));
const postcss = require("postcss");
const esbuild = require("esbuild");
fs.mkdirSync(out, { recursive: true });
fs.mkdirSync(outAxe, { recursive: true });

const minified = esbuild.transformSync(tabler(postcss), { loader: "css", minify: true, target: "chrome123", legalComments: "inline" });
fs.writeFileSync(path.join(out, "tabler.css"), minified.code.replaceAll(/(--[\w-]+): (?![;}])/g, "$1:"));
fs.copyFileSync(path.join(work, "node_modules/htmx.org/dist/htmx.min.js"), path.join(out, "htmx.js"));
fs.writeFileSync(path.join(work, "entry.js"), ECHARTS);
esbuild.buildSync({
  entryPoints: [path.join(work, "entry.js")], bundle: true, minify: true, format: "iife", globalName: "echarts",
  target: "es2020", legalComments: "none", outfile: path.join(out, "echarts.js"), define: { "process.env.NODE_ENV": '"production"' },
  banner: { js: `/*! Apache ECharts ${VERSIONS.echarts}, Apache-2.0, see echarts.LICENSE; zrender ${VERSIONS.zrender}, BSD-3-Clause, see zrender.LICENSE */` },
});
fs.writeFileSync(path.join(out, "icons.svg"), sprite());
fs.copyFileSync(path.join(work, "node_modules/axe-core/axe.min.js"), path.join(outAxe, "axe.js"));

licence("htmx.org", "htmx");
licence("echarts", "echarts");
fs.appendFileSync(path.join(out, "echarts.LICENSE"), "\n\nNOTICE\n\n" + fs.readFileSync(path.join(work, "node_modules/echarts/NOTICE"), "utf8"));
licence("zrender", "zrender");
licence("@tabler/icons", "icons");
licence("axe-core", "axe", outAxe);
// The package of the style sheet names its licence (MIT) and authors but carries no text of it: the icons' text is the
// same one. Tabler's style sheet contains Bootstrap's, which is under the same licence.
const mit = fs.readFileSync(path.join(out, "icons.LICENSE"), "utf8");
fs.writeFileSync(path.join(out, "tabler.LICENSE"),
  mit.replace(/^Copyright.*$/m, "Copyright (c) 2018-2026 The Tabler Authors\nCopyright (c) 2018-2026 codecalm.net Paweł Kuna\nCopyright (c) 2011-2026 The Bootstrap Authors"));

fs.writeFileSync(path.join(out, "README.md"), `# Libraries of the browser

Built by \`node tools/vendor.mjs\` and committed; nothing is fetched when the product is installed or runs.

| file | from | licence |
|---|---|---|
| tabler.css | @tabler/core ${VERSIONS["@tabler/core"]}, the families of classes named in tools/vendor.mjs | MIT |
| htmx.js | htmx.org ${VERSIONS["htmx.org"]}, as published | 0BSD |
| echarts.js | echarts ${VERSIONS.echarts} (line, bar, scatter, custom; SVG renderer) with zrender ${VERSIONS.zrender} | Apache-2.0, BSD-3-Clause |
| icons.svg | @tabler/icons ${VERSIONS["@tabler/icons"]}, ${Object.keys(ICONS).length} outline icons as symbols under our own names | MIT |

| file | size | gzip | sha256 |
|---|---|---|---|
${table().join("\n")}
`);

if (check) {
  const differing = [[out, committed], [outAxe, axe]].flatMap(([made, kept]) => fs.readdirSync(made).filter((file) =>
    !fs.existsSync(path.join(kept, file)) || !fs.readFileSync(path.join(made, file)).equals(fs.readFileSync(path.join(kept, file)))));
  console.log(differing.length ? `differ: ${differing.join(", ")}` : "as committed");
  process.exitCode = differing.length ? 1 : 0;
} else {
  console.log(fs.readFileSync(path.join(out, "README.md"), "utf8"));
}
fs.rmSync(work, { recursive: true });
