// Frame times while a matrix of 1,000 × 40 scrolls both ways, and the time from a click to a map that
// answers keys. Prints tables; asserts nothing about time.
//   ORIENTIR_URL=http://127.0.0.1:3000 npm run bench:matrix
import { stage, summary } from "./stage.js";

const { browser, page, bytes } = await stage();

const starts = [];
for (let turn = 0; turn < 5; turn += 1) {
  await page.goto("/app");
  await page.locator('a[href="/app/map"]').first().waitFor();
  const started = await page.evaluate(() => {
    const start = performance.now();
    document.querySelector('a[href="/app/map"]').click();
    return new Promise((resolve) => {
      const look = () => {
        const grid = document.querySelector('[role="grid"]');
        if (!grid?.querySelector("[data-row]")) return requestAnimationFrame(look);
        // Interactive: a key moves the cursor and the next frame is painted.
        grid.focus();
        grid.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - start)));
      };
      look();
    });
  });
  starts.push(started);
}
console.log(`answer ${(bytes / 1024).toFixed(0)} KiB, click to interactive, ms`);
console.table([summary(starts)]);

async function scroll(step) {
  return page.evaluate(async (step) => {
    const frame = document.querySelector(".matrix-frame");
    frame.scrollTo(0, 0);
    const times = [];
    const blocked = [];
    let before = performance.now();
    for (let at = 0; at < 300; at += 1) {
      const start = performance.now();
      frame.scrollBy(step.x, step.y);
      if (frame.scrollTop + frame.clientHeight >= frame.scrollHeight - 1) frame.scrollTop = 0;
      if (frame.scrollLeft + frame.clientWidth >= frame.scrollWidth - 1) frame.scrollLeft = 0;
      await new Promise(requestAnimationFrame);
      await new Promise((resolve) => setTimeout(resolve));
      const now = performance.now();
      times.push(now - before);
      before = now;
      blocked.push(now - start);
    }
    return { times, cells: document.querySelectorAll("[data-row]").length };
  }, step);
}

const rows = {};
for (const [name, step] of Object.entries({
  "down 120 px a frame": { x: 0, y: 120 },
  "down 600 px a frame": { x: 0, y: 600 },
  "right 40 px a frame": { x: 40, y: 0 },
  "both": { x: 30, y: 90 },
})) {
  const { times, cells } = await scroll(step);
  rows[name] = { ...summary(times.slice(5)), "over 20 ms": times.slice(5).filter((time) => time > 20).length, "cells in document": cells };
}
console.log("frame times while scrolling 1,000 × 40, ms");
console.table(rows);
await browser.close();
