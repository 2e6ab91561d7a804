// `npm run bench:forms`: the same form in our renderer and in three others, in one run, and the table.
//
//   ORIENTIR_BINARY  the server            (default ../../target/release/orientir)
//   ORIENTIR_SITE    the optimised site    (default ../../target/site)
//   ORIENTIR_SHARED  where cases/bench is  (default ../../../shared)
//   ORIENTIR_ORIGIN  a demo server that runs already, instead of starting one
//   BENCH_QUESTIONS  100, 500, 1000, 2000, 5000 (default 2000); BENCH_CPU the slow-down (default 4)
//   BENCH_ENGINES    names to measure, comma-separated (default all)
import { spawn, execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { existsSync, mkdtempSync, readFileSync, readdirSync, statSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { toSurvey } from "./survey.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const setting = (name, fallback) => process.env[name] ?? fallback;
const binary = setting("ORIENTIR_BINARY", join(root, "target/release/orientir"));
const site = setting("ORIENTIR_SITE", join(root, "target/site"));
const cases = join(setting("ORIENTIR_SHARED", join(dirname(root), "shared")), "cases/bench");
const questions = Number(setting("BENCH_QUESTIONS", "2000"));
const slower = Number(setting("BENCH_CPU", "4"));
const engines = setting("BENCH_ENGINES", "orientir,web-forms,enketo,survey").split(",");
const port = Number(setting("BENCH_PORT", "3188"));
const CHOICES = 40;
const OPENINGS = 5;

if (!existsSync(join(cases, `selfassess_${questions}.xlsx`))) {
  console.log(`SKIPPED: the benchmark, because ${cases} is absent (set ORIENTIR_SHARED)`);
  process.exit(0);
}
if (engines.some((name) => name !== "orientir")) {
  if (!existsSync(join(here, "node_modules/esbuild"))) {
    execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: here, stdio: "inherit" });
  }
  const { bundle } = await import("./build.mjs");
  await bundle();
}

const origin = setting("ORIENTIR_ORIGIN", `http://127.0.0.1:${port}`);
const data = mkdtempSync(join(tmpdir(), "orientir-bench-"));
const server = process.env.ORIENTIR_ORIGIN ? undefined : spawn(binary, ["serve", "--listen", `127.0.0.1:${port}`, "--database", `sqlite:${join(data, "bench.sqlite")}`, "--site", site, "--demo"], {
  env: { ...process.env, RUST_LOG: "warn" },
  stdio: ["ignore", "ignore", "inherit"],
});
const statics = createServer((request, response) => {
  const path = join(here, "dist", decodeURIComponent(new URL(request.url, origin).pathname));
  const file = existsSync(path) && statSync(path).isDirectory() ? join(path, "index.html") : path;
  if (!existsSync(file)) return response.writeHead(404).end();
  const kind = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".xml": "application/xml" };
  response.writeHead(200, { "content-type": `${kind[extname(file)] ?? "application/octet-stream"}; charset=utf-8` }).end(readFileSync(file));
});
await new Promise((ready) => statics.listen(port + 1, "127.0.0.1", ready));

let browser;
try {
  await started();
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--enable-precise-memory-info"],
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "ru-RU" });
  const forms = await publish(context, [
    [`selfassess_${questions}.xlsx`, readFileSync(join(cases, `selfassess_${questions}.xlsx`))],
    ["repeat.csv", Buffer.from(REPEAT())],
  ]);
  const rows = [];
  for (const engine of engines) {
    process.stderr.write(`${engine} …\n`);
    rows.push(await measure(engine, context, forms).catch((error) => ({ engine, failed: error.message.split("\n")[0] })));
  }
  print(rows);
} finally {
  await browser?.close();
  statics.close();
  server?.kill();
}

function REPEAT() {
  return 'survey,,,,\n,type,name,label,repeat_count\n,integer,count,Сколько,\n,begin_repeat,room,Кабинет,${count}\n,text,number,Номер,\n,integer,seats,Мест,\n,end_repeat,,,\nsettings,,,,\n,form_id,form_title,,\n,bench_repeat,Повторы,,\n';
}

async function started() {
  for (let attempt = 0; attempt < 1500; attempt += 1) {
    if (await fetch(`${origin}/api/v1/health`).then((answer) => answer.ok, () => false)) return;
    await new Promise((next) => setTimeout(next, 200));
  }
  throw new Error("the server does not start");
}

/** Signs in as a methodist, publishes the forms through the API, and writes them for the other engines. */
async function publish(context, files) {
  const api = context.request;
  const headers = { origin };
  const people = await (await api.get(`${origin}/api/v1/demo/people`)).json();
  const methodist = people.find((person) => person.role === "methodist");
  await ok(api.post(`${origin}/api/v1/session/demo`, { data: { person: methodist.id }, headers }));
  const forms = [];
  const page = engines.includes("enketo") ? await context.newPage() : undefined;
  await page?.goto(`http://127.0.0.1:${port + 1}/transform/index.html`);
  for (const [name, body] of files) {
    const id = crypto.randomUUID();
    const draft = await ok(
      api.post(`${origin}/api/v1/form-drafts`, {
        data: body,
        headers: { ...headers, "content-type": "application/octet-stream", "x-form-draft-id": id, "x-file-name": name },
        timeout: 120_000,
      }),
    );
    const { revision } = await draft.json();
    const label = await (await ok(api.post(`${origin}/api/v1/form-drafts/${id}/publish`, { data: { revision, version: "1" }, headers }))).json();
    const file = async (format) => (await ok(api.get(`${origin}/api/v1/forms/${label.id}/1/files/${format}`))).body();
    mkdirSync(join(here, "dist/forms"), { recursive: true });
    writeFileSync(join(here, `dist/forms/${label.id}.xml`), await file("xform"));
    writeFileSync(join(here, `dist/forms/${label.id}.json`), JSON.stringify(toSurvey(JSON.parse((await file("json")).toString()))));
    if (page) {
      const xform = (await file("xform")).toString();
      await page.waitForFunction(() => window.transformXForm);
      const { form, model } = await page.evaluate((xform) => window.transformXForm(xform), xform);
      writeFileSync(join(here, `dist/forms/${label.id}.enketo.json`), JSON.stringify({ form, model }));
    }
    forms.push(label.id);
  }
  await page?.close();
  return forms;
}

async function ok(promise) {
  const answer = await promise;
  if (!answer.ok()) throw new Error(`${answer.url()}: ${answer.status()} ${await answer.text()}`);
  return answer;
}

function address(engine, form) {
  if (engine === "orientir") return `${origin}/app/forms/${form}/1`;
  const kind = { survey: "json", enketo: "enketo.json", "web-forms": "xml" }[engine];
  return `http://127.0.0.1:${port + 1}/${engine}/index.html?form=/forms/${form}.${kind}`;
}

/** Where a page has its form: ours has settings with radio buttons of their own outside of it. */
function place(engine) {
  return engine === "orientir" ? "main " : "";
}

async function measure(engine, context, [form, repeat]) {
  const radios = `${place(engine)}input[type="radio"]`;
  const fields = `${place(engine)}input:not([type=hidden]):not([type=file])`;
  const openings = [];
  let page, cdp;
  for (let opening = 0; opening < OPENINGS; opening += 1) {
    await page?.close();
    page = await context.newPage();
    cdp = await context.newCDPSession(page);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: slower });
    await cdp.send("Network.enable");
    await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
    await page.addInitScript(keepMemories);
    openings.push(await open(page, address(engine, form), radios));
  }
  const [first] = openings;
  openings.sort((a, b) => a - b);
  const ready = openings[Math.floor(OPENINGS / 2)];
  const times = await choose(page, radios, CHOICES);
  if (times.length < CHOICES) throw new Error(`only ${times.length} of ${CHOICES} questions were found`);
  const heap = await memory(page, cdp);
  const kilobytes = await code(engine, page);
  await page.close();

  const second = await context.newPage();
  const slow = await context.newCDPSession(second);
  await slow.send("Emulation.setCPUThrottlingRate", { rate: slower });
  await open(second, address(engine, repeat), fields);
  const repeats = await typeCount(second, fields).catch(() => NaN);
  await second.close();
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.ceil(share * times.length) - 1)];
  return { engine, first, ready, median: at(0.5), p95: at(0.95), max: times.at(-1), repeats, ...heap, code: kilobytes };
}

/** Milliseconds from the navigation until the first control is painted. */
async function open(page, url, selector) {
  await page.goto(url, { waitUntil: "commit" });
  await page.waitForSelector(selector, { timeout: 240_000, state: "attached" });
  return page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))),
  );
}

/** Clicks a score in different questions; each time until the frame after it is painted. */
function choose(page, radios, count) {
  return page.evaluate(async ({ radios, count }) => {
    const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    const seen = new Set();
    const times = [];
    for (let turn = 0; times.length < count && turn < 4000; turn += 1) {
      const next = [...document.querySelectorAll(radios)].find((radio) => radio.name && !seen.has(radio.name));
      if (!next) {
        // A renderer that draws what is near the screen draws more on scrolling.
        window.scrollBy(0, innerHeight);
        await painted();
        if (turn > 600) break;
        continue;
      }
      seen.add(next.name);
      const group = [...document.querySelectorAll(`${radios}[name="${CSS.escape(next.name)}"]`)];
      const radio = group[Math.min(2, group.length - 1)];
      radio.scrollIntoView({ block: "center" });
      for (let rest = 0; rest < 3; rest += 1) await painted();
      const start = performance.now();
      radio.click();
      await painted();
      times.push(performance.now() - start);
    }
    return times;
  }, { radios, count });
}

/** Types 123 into the number of repeats, as a person does; until the page has repeats and is painted. */
async function typeCount(page, fields) {
  const input = page.locator(fields).first();
  await input.focus();
  await page.keyboard.type("123");
  const start = await page.evaluate(() => performance.now());
  await page.keyboard.press("Tab");
  await page.waitForFunction((fields) => document.querySelectorAll(fields).length > 5, fields, { timeout: 120_000 });
  const end = await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0))),
  );
  return end - start;
}

/** Megabytes of the script's heap after a collection, and of wasm memory. */
async function memory(page, cdp) {
  await cdp.send("HeapProfiler.enable");
  await cdp.send("HeapProfiler.collectGarbage");
  await cdp.send("Performance.enable");
  const { metrics } = await cdp.send("Performance.getMetrics");
  const heap = metrics.find((metric) => metric.name === "JSHeapUsedSize").value;
  const wasm = await page.evaluate(() => globalThis.wasmMemories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0));
  return { heap: heap / 1e6, wasm: wasm / 1e6 };
}

/** Keeps the memories of a page's wasm where they can be asked. */
function keepMemories() {
  globalThis.wasmMemories = [];
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name].bind(WebAssembly);
    WebAssembly[name] = async (...given) => {
      const made = await original(...given);
      const { exports } = made.instance ?? made;
      const memories = Object.values(exports).filter((one) => one instanceof WebAssembly.Memory);
      for (const memory of memories) if (!wasmMemories.includes(memory)) wasmMemories.push(memory);
      return made;
    };
  }
}

/** Kilobytes of script and wasm, brotli: of ours, the parts that the page of a form has loaded. */
async function code(engine, page) {
  const brotli = (file) => brotliCompressSync(readFileSync(file)).length / 1024;
  if (engine !== "orientir") return brotli(join(here, "dist", engine, "main.js"));
  const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname));
  const files = new Set(loaded.filter((path) => /^\/pkg\/.*\.(js|wasm|bin)$/.test(path)));
  return [...files].reduce((sum, path) => sum + brotli(join(site, path)), 0);
}

function print(rows) {
  const number = (value, digits = 0) => (Number.isFinite(value) ? value.toFixed(digits) : "–");
  console.log(`\n${questions} questions, CPU ${slower} times slower, Chromium, milliseconds; first: the first of ${OPENINGS} openings, ready: their median\n`);
  console.log("| engine | first | ready | choose, median | p95 | max | 123 repeats | code, KB brotli | heap, MB | wasm, MB |");
  console.log("|---|---|---|---|---|---|---|---|---|---|");
  for (const row of rows) {
    if (row.failed) {
      console.log(`| ${row.engine} | failed: ${row.failed} |`);
      continue;
    }
    console.log(
      `| ${row.engine} | ${number(row.first)} | ${number(row.ready)} | ${number(row.median)} | ${number(row.p95)} | ${number(row.max)} | ${number(row.repeats)} | ${number(row.code)} | ${number(row.heap)} | ${number(row.wasm)} |`,
    );
  }
}
