// Maps: a thin layer over MapLibre GL JS. The work area loads this file only when somebody opens a map, hands it
// plain data, and hears of a chosen school by its id, or of placed points by latitude and longitude.
import * as maplibre from "{maplibre}";

maplibre.setWorkerUrl(new URL("{maplibre_worker}", location.href).href);

/** The sheet of the map comes with the map. */
function addSheet() {
  if (document.querySelector("link[data-geo]")) return;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "{maplibre_css}" });
  link.dataset.geo = "";
  document.head.append(link);
}

/** Colours of a class come from the style sheet, so that themes reach the map. */
function colours(classes) {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  const pairs = classes.flatMap(({ code, variable }) => [code, read(variable) || "#888"]);
  return { pairs, read };
}

function style(ground, tokens) {
  return {
    version: 8,
    sources: {
      territories: { type: "geojson", data: ground.territories },
      graticule: { type: "geojson", data: graticule() },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": tokens("--sunken") } },
      { id: "graticule", type: "line", source: "graticule", paint: { "line-color": tokens("--line"), "line-width": 0.6 } },
      {
        id: "territories",
        type: "fill",
        source: "territories",
        paint: { "fill-color": tokens("--surface"), "fill-opacity": ground.basemap ? 0.25 : 0.9 },
      },
      {
        id: "borders",
        type: "line",
        source: "territories",
        paint: { "line-color": tokens("--line-strong"), "line-width": 1 },
      },
    ],
  };
}

/** Meridians and parallels every tenth of a degree near the data would be many; half a degree is quiet. */
function graticule() {
  const features = [];
  const line = (coordinates) =>
    features.push({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates } });
  for (let longitude = -180; longitude <= 180; longitude += 0.5) line([[longitude, -85], [longitude, 85]]);
  for (let latitude = -85; latitude <= 85; latitude += 0.5) line([[-180, latitude], [180, latitude]]);
  return { type: "FeatureCollection", features };
}

/** The territory as a whole, where nothing is placed that would have to be seen. */
function extent(ground) {
  const bounds = new maplibre.LngLatBounds();
  const walk = (part) =>
    typeof part[0] === "number" ? bounds.extend(part) : part.forEach(walk);
  for (const { geometry } of ground.territories.features) if (geometry) walk(geometry.coordinates);
  return bounds;
}

/** What the page asks to see: pairs of longitude and latitude; an east beyond 180° lies across the meridian. */
function asked(options, ground) {
  return options.bounds ? new maplibre.LngLatBounds(...options.bounds) : extent(ground);
}

function collection(schools) {
  return {
    type: "FeatureCollection",
    features: schools.map(({ id, name, code, pupils, rank, longitude, latitude }) => ({
      type: "Feature",
      properties: { id, name, code, pupils, rank },
      geometry: { type: "Point", coordinates: [longitude, latitude] },
    })),
  };
}

async function addBasemap(map, address) {
  const { Protocol, PMTiles } = await import("{pmtiles}");
  const protocol = new Protocol();
  maplibre.addProtocol("pmtiles", protocol.tile);
  const url = new URL(address, location.href).href;
  const tiles = new PMTiles(url);
  protocol.add(tiles);
  const { tileType } = await tiles.getHeader();
  // Type 1 holds vectors whose layers are the operator's own; everything else is pictures.
  if (tileType === 1) {
    const { vector_layers: layers = [] } = await tiles.getMetadata();
    map.addSource("basemap", { type: "vector", url: `pmtiles://${url}` });
    for (const { id } of layers) {
      map.addLayer({ id: `base-${id}`, type: "line", source: "basemap", "source-layer": id, paint: { "line-color": "#9a9a92", "line-width": 0.6 } }, "territories");
    }
  } else {
    map.addSource("basemap", { type: "raster", url: `pmtiles://${url}`, tileSize: 256 });
    map.addLayer({ id: "basemap", type: "raster", source: "basemap", paint: { "raster-saturation": -0.6 } }, "territories");
  }
}

/** The ground of an operator: territories, and a basemap where there is one. */
async function fetchGround(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`no ground: ${response.status}`);
  return response.json();
}

async function draw(element, options, ground, read, view) {
  addSheet();
  const map = new maplibre.Map({
    container: element,
    style: style(ground, read),
    attributionControl: false,
    // Across the 180th meridian the other side is seen in the next copy of the world.
    renderWorldCopies: view.bounds.getEast() > 180,
    locale: options.words,
    fadeDuration: options.still ? 0 : 200,
    ...view,
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl(), "bottom-left");
  await map.once("load");
  if (ground.basemap) await addBasemap(map, ground.basemap);
  return map;
}

/**
 * Draws the map of schools inside an element.
 * @returns a handle with `show(schools)`, `select(id)`, `heat(on)` and `close()`.
 */
export async function open(element, options, chosen) {
  const ground = await fetchGround(options.ground);
  const { pairs, read } = colours(options.classes);
  const schools = options.schools;
  const bounds = asked(options, ground);
  const map = await draw(element, options, ground, read, { bounds, fitBoundsOptions: { padding: 40, maxZoom: 12 }, maxZoom: 15 });
  map.addSource("schools", {
    type: "geojson",
    data: collection(schools),
    cluster: true,
    clusterRadius: 34,
    clusterMaxZoom: 10,
    // A heap shows the class that asks most for a look, never an average.
    clusterProperties: { rank: ["max", ["get", "rank"]] },
  });
  const byRank = [...options.classes].sort((one, other) => one.rank - other.rank);
  const ranked = byRank.flatMap(({ rank, variable }) => [rank, read(variable) || "#888"]);
  map.addLayer({
    id: "heaps",
    type: "circle",
    source: "schools",
    filter: ["has", "point_count"],
    paint: {
      "circle-color": ["match", ["get", "rank"], ...ranked, read("--surface")],
      "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "point_count"]], 1, 13, 20, 34],
      "circle-stroke-color": read("--ink"),
      "circle-stroke-width": 2,
    },
  });
  map.addLayer({
    id: "schools",
    type: "circle",
    source: "schools",
    filter: ["!", ["has", "point_count"]],
    paint: {
      "circle-color": ["match", ["get", "code"], ...pairs, read("--surface")],
      "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "pupils"]], 0, 5, 30, 18],
      "circle-stroke-color": read("--ink-2"),
      "circle-stroke-width": 1.2,
    },
  });
  map.addLayer({
    id: "chosen",
    type: "circle",
    source: "schools",
    filter: ["==", ["get", "id"], ""],
    paint: { "circle-radius": 22, "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": read("--focus"), "circle-stroke-width": 4 },
  });
  map.addSource("weights", { type: "geojson", data: collection(schools) });
  map.addLayer(
    {
      id: "heat",
      type: "heatmap",
      source: "weights",
      layout: { visibility: "none" },
      paint: {
        "heatmap-weight": ["interpolate", ["linear"], ["get", "rank"], 0, 0, 4, 1],
        "heatmap-radius": 46,
        "heatmap-opacity": 0.75,
        "heatmap-color": ["interpolate", ["linear"], ["heatmap-density"], 0, "rgba(0,0,0,0)", 0.3, read("--matrix-step-1"), 0.7, read("--matrix-step-3"), 1, read("--matrix-step-4")],
      },
    },
    "heaps",
  );
  const popup = new maplibre.Popup({ closeButton: false, closeOnClick: false, offset: 14 });
  const point = (event) => event.features[0];
  map.on("mousemove", "schools", (event) => {
    map.getCanvas().style.cursor = "pointer";
    popup.setLngLat(point(event).geometry.coordinates).setText(point(event).properties.name).addTo(map);
  });
  map.on("mouseleave", "schools", () => {
    map.getCanvas().style.cursor = "";
    popup.remove();
  });
  map.on("click", "schools", (event) => chosen(point(event).properties.id));
  map.on("click", "heaps", async (event) => {
    const heap = point(event);
    const zoom = await map.getSource("schools").getClusterExpansionZoom(heap.properties.cluster_id);
    map.easeTo({ center: heap.geometry.coordinates, zoom, animate: !options.still });
  });
  const places = new Map(schools.map((school) => [school.id, [school.longitude, school.latitude]]));
  element.dataset.ready = "true";
  return {
    show(next) {
      map.getSource("schools").setData(collection(next));
      map.getSource("weights").setData(collection(next));
    },
    select(id) {
      map.setFilter("chosen", ["==", ["get", "id"], id]);
      const place = places.get(id);
      if (place) map.easeTo({ center: place, zoom: Math.max(map.getZoom(), 10.5), animate: !options.still });
    },
    heat(on) {
      map.setLayoutProperty("heat", "visibility", on ? "visible" : "none");
    },
    close() {
      map.remove();
    },
  };
}

/** The answer of a question as shapes: its points, and the line or the area they make. */
function shapes(kind, points) {
  // A line goes the shorter way, also across the 180th meridian.
  let before = points[0]?.[1] ?? 0;
  const places = points.map(([latitude, longitude]) => {
    before = longitude + 360 * Math.round((before - longitude) / 360);
    return [before, latitude];
  });
  const feature = (type, coordinates, properties = {}) => ({ type: "Feature", properties, geometry: { type, coordinates } });
  const features = places.map((place, index) => feature("Point", place, { index }));
  if (kind === "line" && places.length > 1) features.push(feature("LineString", places));
  if (kind === "area" && places.length > 2) features.push(feature("Polygon", [[...places, places[0]]]));
  if (kind === "area" && places.length === 2) features.push(feature("LineString", places));
  return { type: "FeatureCollection", features };
}

/**
 * Draws a map on which points are placed: a tap sets one, a drag moves one.
 * @param options `bounds` of the points, when there are any; `kind` is "point", "line" or "area"; `points` are pairs of latitude and longitude.
 * @param changed hears the points after each change.
 * @returns a handle with `set(points)`, `add()` for the middle of the map, and `close()`.
 */
export async function pick(element, options, changed) {
  const ground = await fetchGround(options.ground);
  const { read } = colours([]);
  let points = options.points;
  const bounds = asked(options, ground);
  const view = { bounds, fitBoundsOptions: { padding: 48, maxZoom: 13 }, maxZoom: 18 };
  const map = await draw(element, options, ground, read, view);
  map.addSource("answer", { type: "geojson", data: shapes(options.kind, points) });
  map.addLayer({ id: "area", type: "fill", source: "answer", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": read("--accent"), "fill-opacity": 0.18 } });
  map.addLayer({ id: "line", type: "line", source: "answer", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": read("--accent"), "line-width": 3 } });
  map.addLayer({
    id: "points",
    type: "circle",
    source: "answer",
    filter: ["==", ["geometry-type"], "Point"],
    paint: { "circle-radius": 11, "circle-color": read("--accent"), "circle-stroke-color": read("--surface"), "circle-stroke-width": 3 },
  });
  const show = (next) => {
    points = next;
    map.getSource("answer").setData(shapes(options.kind, points));
  };
  const tell = (next) => {
    show(next);
    changed(points);
  };
  const pair = (place) => {
    const { lat, lng } = new maplibre.LngLat(place.lng, place.lat).wrap();
    return [lat, lng];
  };
  const add = (place) => tell(options.kind === "point" ? [pair(place)] : [...points, pair(place)]);
  if (!options.fixed) {
    let moved = null;
    map.on("click", (event) => {
      if (map.queryRenderedFeatures(event.point, { layers: ["points"] }).length === 0) add(event.lngLat);
    });
    const move = ({ lngLat }) => show(points.map((point, index) => (index === moved ? pair(lngLat) : point)));
    const drop = () => {
      map.off("mousemove", move);
      map.off("touchmove", move);
      moved = null;
      changed(points);
    };
    const lift = (event) => {
      event.preventDefault();
      moved = event.features[0].properties.index;
      const [moves, ends] = event.type === "touchstart" ? ["touchmove", "touchend"] : ["mousemove", "mouseup"];
      map.on(moves, move);
      map.once(ends, drop);
    };
    map.on("mousedown", "points", lift);
    map.on("touchstart", "points", lift);
    map.getCanvas().style.cursor = "crosshair";
  }
  element.dataset.ready = "true";
  return {
    set(next) {
      if (JSON.stringify(next) !== JSON.stringify(points)) show(next);
    },
    add() {
      add(map.getCenter());
    },
    close() {
      map.remove();
    },
  };
}
