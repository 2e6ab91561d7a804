// How long an observer waits: first visit by an invitation-like address on a slow link with a slow processor, and
// the second one, answered by the service worker. Prints a table; fails on nothing, because time is no test.
//
//   npm run bench:load            (1.6 Mbit/s, 150 ms, processor slowed 4 times; needs an optimised site)
import { chromium } from "@playwright/test";
import { place, serve, builtSite } from "../support/server.js";

const KILOBIT = 1_000 / 8;
const LINK = { offline: false, latency: 150, downloadThroughput: 1_600 * KILOBIT, uploadThroughput: 750 * KILOBIT };
const SLOWED = 4;
const ROUNDS = Number(process.env.ROUNDS ?? 3);

/**
 * Opens the assignments, then the first sheet; returns milliseconds until the way to it can be tapped and until its
 * first question can be answered, and bytes by kind until the former. The sheet's part of the program comes meanwhile
 * through the service worker.
 */
async function visit(context, address, { slow }) {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const kinds = new Map();
  const bytes = { program: 0, other: 0 };
  await devtools.send("Network.enable");
  devtools.on("Network.responseReceived", ({ requestId, response }) => kinds.set(requestId, response));
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const response = kinds.get(requestId);
    if (!response || response.fromServiceWorker) return;
    const isProgram = /wasm|javascript/.test(response.mimeType);
    bytes[isProgram ? "program" : "other"] += encodedDataLength;
  });
  if (slow) {
    await devtools.send("Network.emulateNetworkConditions", LINK);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
  }
  const started = performance.now();
  await page.goto(`${address}/app/assignments`, { waitUntil: "commit" });
  const sheet = page.getByRole("link", { name: /лист/ }).first();
  await sheet.waitFor();
  const ms = Math.round(performance.now() - started);
  const early = { ...bytes };
  await sheet.click();
  await page.getByRole("radio").first().waitFor();
  const sheetMs = Math.round(performance.now() - started);
  return { page, ms, bytes: early, sheetMs };
}

const { directory, forget } = await place();
const server = process.env.ORIENTIR_URL ? null : await serve({ port: 3191, data: directory, site: builtSite });
const address = process.env.ORIENTIR_URL ?? server.address;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || undefined, args: ["--no-sandbox", "--disable-background-networking"] });
const rows = [];
try {
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext({ viewport: { width: 768, height: 1024 }, locale: "ru-RU" });
    const people = await (await context.request.get(`${address}/api/v1/demo/people`)).json();
    const observer = people.find(({ role }) => role === "observer");
    await context.request.post(`${address}/api/v1/session/demo`, { data: { person: observer.id }, headers: { origin: address } });
    const first = await visit(context, address, { slow: true });
    // The worker finishes keeping the application.
    await first.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await first.page.close();
    const second = await visit(context, address, { slow: true });
    rows.push({ round: round + 1, "first, ms": first.ms, "wasm + js, kB": Math.round(first.bytes.program / 1_000), "other, kB": Math.round(first.bytes.other / 1_000), "sheet, ms": first.sheetMs, "second, ms": second.ms, "its sheet, ms": second.sheetMs });
    await context.close();
  }
} finally {
  await browser.close();
  await server?.kill();
  await forget();
}
console.log(`1.6 Mbit/s, 150 ms, processor slowed ${SLOWED} times; until the first sheet can be opened`);
console.table(rows);
