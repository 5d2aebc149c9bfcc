// Draws the 129 units in five shades; the table beside it says the same without us.
const box = document.getElementById("map");
const data = JSON.parse(document.getElementById("map-data").textContent);
const panel = document.getElementById("map-panel");
const without = document.getElementById("map-without");
const key = document.getElementById("map-key");
const PATIENCE = 15_000; // ms until a map that does not come counts as one that cannot

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function tell(code) {
  const unit = data.units[code];
  if ((panel.hidden = !unit)) return;
  panel.querySelector("b").textContent = unit.name;
  panel.querySelector("span").textContent = `${panel.dataset.measure}: ${unit.value}`;
  panel.querySelector("small").textContent = unit.words;
}

function hatch() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 16, height: 16 });
  const pen = canvas.getContext("2d");
  pen.fillStyle = token("--surface");
  pen.fillRect(0, 0, 16, 16);
  pen.strokeStyle = token("--field");
  pen.lineWidth = 1.5;
  for (let x = -16; x <= 32; x += 8) {
    pen.moveTo(x, 16);
    pen.lineTo(x + 16, 0);
  }
  pen.stroke();
  return pen.getImageData(0, 0, 16, 16);
}

function paint(map) {
  const shades = ["match", ["get", "class"]];
  for (let i = 0; i < 5; i += 1) shades.push(i, token(`--map${i}`));
  map.setPaintProperty("ground", "background-color", token("--surface"));
  map.setPaintProperty("units", "fill-color", [...shades, token("--surface")]);
  map.setPaintProperty("borders", "line-color", token("--surface"));
  map.setPaintProperty("chosen", "line-color", token("--ink"));
  if (map.hasImage("hatch")) map.updateImage("hatch", hatch());
  else map.addImage("hatch", hatch(), { pixelRatio: 2 });
}

function light(map, code) {
  map.setFilter("chosen", ["==", ["get", "code"], code || ""]);
  document.querySelectorAll("tr.hc-lit").forEach((row) => row.classList.remove("hc-lit"));
  document.querySelector(`tr[data-unit="${code}"]`)?.classList.add("hc-lit");
  tell(code);
}

async function draw() {
  const { Map, Marker, LngLatBounds } = await import("../vendor/maplibre-gl-6.17.0/maplibre-gl.mjs");
  const borders = await (await fetch(data.boundaries)).json();
  const frame = new LngLatBounds();
  for (const unit of borders.features) {
    unit.properties.class = data.units[unit.properties.code]?.class ?? -1;
    for (const point of unit.geometry.coordinates.flat(unit.geometry.type === "Polygon" ? 1 : 2)) frame.extend(point);
  }
  const has = [">=", ["get", "class"], 0];
  const layer = (id, type, paint_, filter) => ({ id, type, source: "units", paint: paint_, ...(filter && { filter }) });
  const map = new Map({
    container: box, bounds: frame, attributionControl: false, fitBoundsOptions: { padding: 12 },
    dragRotate: false, pitchWithRotate: false, scrollZoom: false,
    style: {
      version: 8, sources: { units: { type: "geojson", data: borders } },
      layers: [
        { id: "ground", type: "background", paint: {} },
        layer("units", "fill", {}, has),
        layer("silent", "fill", { "fill-pattern": "hatch" }, ["!", has]),
        layer("borders", "line", { "line-width": 0.8 }),
        layer("chosen", "line", { "line-width": 2.5 }, ["==", ["get", "code"], ""]),
      ],
    },
  });
  // A driver may refuse at the start or give up later: then words, never an empty box.
  const late = setTimeout(say, PATIENCE, true);
  map.on("load", () => { clearTimeout(late); say(false); });
  map.on("webglcontextlost", () => say(true));
  map.on("webglcontextrestored", () => say(false));
  map.on("styledata", () => { if (!map.hasImage("hatch")) paint(map); });
  for (const id of ["units", "silent"]) map.on("mousemove", id, (event) => light(map, event.features[0].properties.code));
  map.on("mouseout", () => light(map, ""));
  map.on("click", (event) => {
    const [unit] = map.queryRenderedFeatures(event.point, { layers: ["units", "silent"] });
    if (unit) location.assign(data.units[unit.properties.code].url);
  });
  for (const anchor of data.anchors) {
    const name = Object.assign(document.createElement("span"), { className: "hc-map-name", textContent: anchor.name });
    new Marker({ element: name }).setLngLat(anchor.at).addTo(map);
  }
  for (const kind of ["focusin", "mouseover"]) {
    document.addEventListener(kind, (event) => {
      const row = event.target.closest?.("tr[data-unit]");
      if (row) light(map, row.dataset.unit);
    });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paint(map));
}

function say(cannot) {
  without.hidden = !cannot;
  key.hidden = cannot;
  if (cannot) panel.hidden = true;
}

// No WebGL2, no map: the sentence in the box stays, and so does the table.
if (document.createElement("canvas").getContext("webgl2")) {
  say(false);
  draw().catch(() => say(true));
}
