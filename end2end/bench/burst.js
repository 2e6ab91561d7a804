// A burst of a thousand changes a second over a map of 1,000 × 40: frame times, and memory before and after.
// The stream is replaced inside the page, so that the browser alone is measured. Asserts nothing about time.
//   ORIENTIR_URL=http://127.0.0.1:3000 SECONDS=20 npm run bench:burst
import { region, schoolId } from "./region.js";
import { stage, summary } from "./stage.js";

const seconds = Number(process.env.SECONDS ?? 20);
const map = region();
const { browser, page } = await stage(map);
await page.addInitScript(() => {
  class Source extends EventTarget {
    static CLOSED = 2;
    readyState = 1;
    constructor() {
      super();
      globalThis.source = this;
      setTimeout(() => this.onopen?.(new Event("open")));
    }
    close() {}
  }
  globalThis.EventSource = Source;
});
await page.goto("/app/map");
await page.locator("[data-row]").first().waitFor();

async function memory() {
  return page.evaluate(() => {
    globalThis.gc?.();
    return performance.memory.usedJSHeapSize;
  });
}

const columns = map.columns.map(({ subject, grade }) => ({ subject, grade }));
const ids = map.rows.map((_, at) => schoolId(at));
async function burst(seconds, first) {
  return page.evaluate(
    async ({ seconds, first, columns, ids }) => {
      const times = [];
      let before = performance.now();
      const start = before;
      let sequence = first;
      const send = () => {
        const at = sequence++;
        // Mostly what is in sight, so that there is something to paint.
        const row = at % 3 === 0 ? at % ids.length : at % 24;
        const column = columns[at % columns.length];
        const event = ids[(row * 40 + (at % columns.length)) % ids.length];
        const live = { event, state: "running", sheets: 3, submitted: at % 4, index: null, at_ms: Date.now() };
        const change = { kind: "site", organisation: ids[row], year: 2026, ...column, event, live, critical: null };
        const data = JSON.stringify({ sequence: at, at_ms: Date.now(), change });
        globalThis.source.onmessage?.(new MessageEvent("message", { data }));
      };
      while (performance.now() - start < seconds * 1000) {
        const due = Math.floor(performance.now() - start) - (sequence - first);
        for (let count = 0; count < due; count += 1) send();
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        times.push(now - before);
        before = now;
      }
      return { times, sent: sequence - first };
    },
    { seconds, first, columns, ids },
  );
}

await burst(2, 1);
const before = await memory();
const { times, sent } = await burst(seconds, 10_000_000);
await page.waitForTimeout(2500);
const after = await memory();
console.log(`${sent} changes in ${seconds} s`);
console.table({ "frame times, ms": { ...summary(times), "over 34 ms": times.filter((time) => time > 34).length } });
console.log(`heap of the page: ${(before / 2 ** 20).toFixed(1)} MiB before, ${(after / 2 ** 20).toFixed(1)} MiB after`);
await browser.close();
