// Starts a browser at a running server and answers the map with an invented region.
import { chromium } from "@playwright/test";
import { enterAs } from "../support/people.js";
import { region } from "./region.js";

const base = process.env.ORIENTIR_URL ?? "http://127.0.0.1:3000";

/** A signed-in page; `/api/v1/heat-map` answers with `map`. */
export async function stage(map = region()) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking", "--enable-precise-memory-info", "--js-flags=--expose-gc"],
  });
  const context = await browser.newContext({ baseURL: base, viewport: { width: 1280, height: 800 }, locale: "ru-RU" });
  const page = await context.newPage();
  await enterAs(page, "manager");
  const body = JSON.stringify(map);
  await page.route("**/api/v1/heat-map?*", (route) => route.fulfill({ contentType: "application/json", body }));
  await page.route("**/api/v1/heat-map", (route) => route.fulfill({ contentType: "application/json", body }));
  return { browser, page, bytes: body.length };
}

/** Median, 95th and 99th percentile and maximum of some milliseconds. */
export function summary(times) {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]?.toFixed(1);
  return { frames: sorted.length, median: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1)?.toFixed(1) };
}
