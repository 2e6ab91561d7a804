// Every role walks through every link it is shown, three steps deep: no refusal, no missing page, no error.
import { expect, test } from "@playwright/test";
import { enterAs } from "../support/people.js";

const ROLES = [
  "manager",
  "coordinator",
  "administrator",
  "analyst",
  "methodist",
  "expert",
  "regional_reader",
  "school_head",
  "school_team",
  "school_coordinator",
  "observer",
  "registered_observer",
];
const DEPTH = 3;
/** So many pages of one shape (ids left out) are opened: the others differ in their data alone. */
const ALIKE = 2;

const shape = (path) => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID").replace(/\/\d+|=[^&]*/g, "/N");

for (const role of ROLES) {
  test(`nothing that ${role} is shown leads to a refusal or an error`, async ({ page }) => {
    test.setTimeout(600_000);
    const faults = [];
    let at = "";
    page.on("pageerror", (error) => faults.push(`${at}: ${error}`));
    page.on("response", (response) => {
      const { pathname } = new URL(response.url());
      // Conditional and optional reads answer 304; nothing else may be refused.
      if (response.status() >= 400) faults.push(`${at}: ${response.status()} ${response.request().method()} ${pathname}`);
    });
    await enterAs(page, role);
    const seen = new Map();
    const queue = [["/app", 0]];
    const opened = [];
    const known = new Set(["/app"]);
    while (queue.length > 0) {
      const [path, depth] = queue.shift();
      at = `${opened.length} ${path}`;
      opened.push(path);
      await page.goto(path);
      await page.locator("main h1").first().waitFor({ timeout: 15_000 }).catch(() => faults.push(`${at}: no heading`));
      await expect(page.locator(".loading")).toHaveCount(0, { timeout: 20_000 }).catch(() => faults.push(`${at}: goes on loading`));
      const text = await page.locator("body").innerText();
      for (const bad of ["Такой страницы нет", "не для вашей роли", "Не получилось", "Нет такой"]) {
        if (text.includes(bad)) faults.push(`${at}: «${bad}»`);
      }
      if (depth === DEPTH) continue;
      const links = await page.locator("a[href]").evaluateAll((all) =>
        all.filter((one) => one.getClientRects().length > 0 && !one.hasAttribute("download")).map((one) => one.getAttribute("href")),
      );
      for (const href of links) {
        const url = new URL(href, page.url());
        const target = url.pathname + url.search;
        if (url.origin !== new URL(page.url()).origin || !url.pathname.startsWith("/app") || known.has(target)) continue;
        known.add(target);
        const kind = shape(target);
        const count = seen.get(kind) ?? 0;
        if (count >= ALIKE) continue;
        seen.set(kind, count + 1);
        queue.push([target, depth + 1]);
      }
    }
    console.log(`${role}: ${opened.length} pages`);
    expect(faults).toEqual([]);
  });
}
