// Copies what the screens need from node_modules into the package, with licences and hashes.
//
//   npm --prefix frontend ci && node frontend/vendor.mjs
//
// The same input gives the same bytes. A user never runs this: the result is committed.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";

const HERE = dirname(fileURLToPath(import.meta.url));
const MODULES = join(HERE, "node_modules");
const OUT = join(HERE, "..", "haicap", "ui", "static", "vendor");
const BROWSER = join(HERE, "..", "tests", "browser", "vendor");
const DIGITS = "0123456789+,.%\u2212\u2013/ ";

const packageOf = (name) => JSON.parse(readFileSync(join(MODULES, name, "package.json"), "utf8"));
const folderOf = (name, called) => join(OUT, `${called}-${packageOf(name).version}`);

function put(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

// A manifest of static files stops at a map that is not there (dependencies: source maps).
function withoutMap(path) {
  return readFileSync(path, "utf8")
    .replace(/\n?\/\/# sourceMappingURL=.*\s*$/gm, "\n")
    .replace(/\n?\/\*# sourceMappingURL=.*?\*\/\s*$/gm, "\n");
}

function htmx() {
  const to = folderOf("htmx.org", "htmx");
  put(join(to, "htmx.min.js"), withoutMap(join(MODULES, "htmx.org/dist/htmx.min.js")));
  put(join(to, "LICENSE"), readFileSync(join(MODULES, "htmx.org/LICENSE")));
}

function maplibre() {
  const to = folderOf("maplibre-gl", "maplibre-gl");
  for (const file of ["maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css"]) {
    put(join(to, file), withoutMap(join(MODULES, "maplibre-gl/dist", file)));
  }
  put(join(to, "LICENSE"), readFileSync(join(MODULES, "maplibre-gl/LICENSE.txt")));
}

function beVietnamPro() {
  const from = join(MODULES, "@fontsource/be-vietnam-pro");
  const to = folderOf("@fontsource/be-vietnam-pro", "be-vietnam-pro");
  for (const part of ["latin", "latin-ext", "vietnamese"]) {
    for (const weight of [400, 500, 600]) {
      const file = `be-vietnam-pro-${part}-${weight}-normal.woff2`;
      put(join(to, file), readFileSync(join(from, "files", file)));
    }
  }
  put(join(to, "LICENSE"), readFileSync(join(from, "LICENSE")));
}

function tinos() {
  const from = join(MODULES, "@fontsource/tinos");
  const to = folderOf("@fontsource/tinos", "tinos");
  for (const part of ["latin", "vietnamese"]) {
    for (const weight of [400, 700]) {
      const file = `tinos-${part}-${weight}-normal.woff2`;
      put(join(to, file), readFileSync(join(from, "files", file)));
    }
  }
  put(join(to, "LICENSE"), readFileSync(join(from, "LICENSE")));
}

// Be Vietnam Pro has no figures of equal width; columns of numbers borrow Inter's.
async function interDigits() {
  const from = join(MODULES, "@fontsource/inter");
  const to = folderOf("@fontsource/inter", "inter-digits");
  for (const weight of [400, 500, 600]) {
    const whole = readFileSync(join(from, "files", `inter-latin-${weight}-normal.woff2`));
    const part = await subsetFont(whole, DIGITS, { targetFormat: "woff2" });
    put(join(to, `inter-digits-${weight}.woff2`), part);
  }
  put(join(to, "LICENSE"), readFileSync(join(from, "LICENSE")));
}

function icons() {
  const from = join(MODULES, "@tabler/icons");
  const to = folderOf("@tabler/icons", "tabler-icons");
  const names = readFileSync(join(HERE, "icons.txt"), "utf8")
    .split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
  const symbols = names.map((name) => {
    const svg = readFileSync(join(from, "icons/outline", `${name}.svg`), "utf8");
    const inside = svg.replace(/^[\s\S]*?<svg[\s\S]*?>/, "").replace(/<\/svg>\s*$/, "")
      .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" ?\/>/, "")
      .replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>");
    return `<symbol id="${name}" viewBox="0 0 24 24">${inside}</symbol>`;
  });
  put(join(to, "sprite.svg"),
    `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
  put(join(to, "LICENSE"), readFileSync(join(from, "LICENSE")));
}

function axe() {
  put(join(BROWSER, "axe.min.js"), withoutMap(join(MODULES, "axe-core/axe.min.js")));
  put(join(BROWSER, "axe.LICENSE"), readFileSync(join(MODULES, "axe-core/LICENSE")));
}

function filesUnder(folder) {
  return readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}

function record() {
  const of = { htmx: "htmx.org", "maplibre-gl": "maplibre-gl", tinos: "@fontsource/tinos",
    "be-vietnam-pro": "@fontsource/be-vietnam-pro", "inter-digits": "@fontsource/inter",
    "tabler-icons": "@tabler/icons" };
  const rows = Object.entries(of).map(([called, name]) => {
    const { version, license } = packageOf(name);
    const files = Object.fromEntries(filesUnder(folderOf(name, called)).map((path) => [
      relative(OUT, path).replaceAll("\\", "/"),
      createHash("sha256").update(readFileSync(path)).digest("hex"),
    ]));
    return { name, version, license, files };
  });
  put(join(OUT, "VENDOR.json"), `${JSON.stringify(rows, null, 2)}\n`);
}

rmSync(OUT, { recursive: true, force: true });
htmx();
maplibre();
beVietnamPro();
tinos();
await interDigits();
icons();
axe();
record();
console.log(`vendored into ${relative(process.cwd(), OUT)}`);
