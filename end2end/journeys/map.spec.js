// The manager's map: keys alone, layers, pins, comparison, files, the ground, and how it looks to other eyes.
import { expect, test } from "@playwright/test";
import ExcelJS from "exceljs";
import { readFile } from "node:fs/promises";
import { expectAccessible } from "../support/accessibility.js";
import { enterAs } from "../support/people.js";

async function openMap(page, query = "") {
  await enterAs(page, "manager");
  await page.goto(`/app/map${query}`);
  await expect(page.locator("[data-row]").first()).toBeVisible();
}

const spoken = (page) => page.locator('main p[aria-live="polite"]');

test("a full walk by keys: cells speak, one opens, Escape returns, a school is pinned", async ({ page }) => {
  await openMap(page);
  const grid = page.getByRole("grid");
  await grid.focus();
  await expect(spoken(page)).not.toBeEmpty();
  const first = await spoken(page).textContent();
  await page.keyboard.press("ArrowDown");
  await expect(spoken(page)).not.toHaveText(first);
  await page.keyboard.press("Control+End");
  const active = await grid.getAttribute("aria-activedescendant");
  await expect(page.locator(`#${active}`)).toBeInViewport();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/cell=/);
  await expect(page.getByRole("complementary", { name: "Подробно о ячейке" })).toContainText(/участник/);
  await page.getByRole("complementary", { name: "Подробно о ячейке" }).getByRole("button").first().focus();
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/cell=/);
  await expect(grid).toBeFocused();
  await page.keyboard.press("p");
  await expect(page).toHaveURL(/pin=/);
  await expect(page.getByRole("button", { name: /^Открепить/ })).toBeVisible();
  await page.goBack();
  await page.goForward();
});

test("the grid reaches the window's edge, and what is opened is in sight and outlined", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await openMap(page);
  await expect
    .poll(() =>
      page.evaluate(() => {
        const head = document.querySelector(".matrix-head").getBoundingClientRect();
        const frame = document.querySelector(".matrix-frame").getBoundingClientRect();
        const edge = Math.min(frame.bottom, window.innerHeight);
        const rows = [...document.querySelectorAll(".matrix-body .matrix-line")];
        return rows.filter((row) => {
          const box = row.getBoundingClientRect();
          return box.top >= head.bottom - 1 && box.bottom <= edge + 1;
        }).length;
      }),
    )
    .toBeGreaterThanOrEqual(12);
  const summary = page.locator("summary", { hasText: "Фильтры" });
  await summary.click();
  await page.locator("summary", { hasText: "Скачать" }).click();
  await expect(page.locator("details.matrix-filter[open]")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(page.locator("details.matrix-filter[open]")).toHaveCount(0);
  await page.getByRole("link", { name: "К карте" }).focus();
  await page.keyboard.press("Enter");
  const grid = page.getByRole("grid");
  await expect(grid).toBeFocused();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/cell=/);
  const address = page.url();
  await page.goto(address);
  const open = page.locator(".matrix-cell.open");
  await expect(open).toBeInViewport();
  await grid.focus();
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/cell=/);
  await expect(grid).toBeFocused();
});

test("rows and columns announce their place, and only the window is in the document", async ({ page }) => {
  await openMap(page);
  const grid = page.getByRole("grid");
  const { rows, columns } = await (await page.request.get("/api/v1/heat-map")).json();
  await expect(grid).toHaveAttribute("aria-colcount", String(columns.length + 1));
  expect(Number(await grid.getAttribute("aria-rowcount"))).toBeGreaterThan(rows.length);
  const last = page.getByRole("rowheader", { name: "Гимназия № 1" });
  await grid.focus();
  await page.keyboard.press("Control+End");
  await expect(last).toBeVisible();
});

test("layers, filters and comparison stand in the address", async ({ page }) => {
  await openMap(page, "?layer=low_results");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Низкие результаты");
  await expect(page.locator('[class*="matrix-step-"][data-row]').first()).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Что показывает карта").selectOption("Самооценка");
  await expect(page).toHaveURL(/layer=self_assessment/);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Низкие результаты");
  await page.getByRole("searchbox").fill("гимназия");
  await expect(page.locator(".matrix-body .matrix-line")).toHaveCount(1);
  await expect(page).toHaveURL(/find=/);
  await page.goto("/app/map?compare=2025");
  await expect(page.locator('[class*="matrix-shift-"][data-row]').first()).toBeVisible();
  await expectAccessible(page);
});

test("figures leave as CSV, workbook and drawing", async ({ page }) => {
  await openMap(page);
  const save = async (name) => {
    await page.locator("summary", { hasText: "Скачать" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    await page.locator("summary", { hasText: "Скачать" }).click();
    return { path: await download.path(), file: download.suggestedFilename() };
  };
  const csv = await save("Таблица CSV");
  expect(await readFile(csv.path, "utf8")).toContain("Гимназия № 1");
  const xlsx = await save("Книга XLSX");
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(await readFile(xlsx.path));
  const sheet = book.worksheets[0];
  expect(sheet.getCell("A1").value).toBe("Школа");
  expect(sheet.rowCount).toBeGreaterThan(200);
  expect(typeof sheet.getCell("F2").value).toBe("number");
  const svg = await save("Рисунок SVG");
  expect(await readFile(svg.path, "utf8")).toMatch(/^<svg[\s\S]*Гимназия № 1[\s\S]*<\/svg>$/);
  const png = await save("Рисунок PNG");
  expect((await readFile(png.path)).subarray(1, 4).toString()).toBe("PNG");
});

test("schools on the ground: a list beside, linked with the matrix, no foreign host", async ({ page, baseURL }) => {
  const foreign = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(baseURL) && !/^(data|blob):/.test(request.url())) foreign.push(request.url());
  });
  await openMap(page, "?view=place");
  const list = page.getByRole("region", { name: "Школы на карте" });
  await expect(list.getByRole("button")).toHaveCount(30);
  const school = list.getByRole("button", { name: /Полевская СОШ/ });
  await school.click();
  await expect(school).toHaveAttribute("aria-pressed", "true");
  await expect(spoken(page)).toContainText("Полевская СОШ");
  expect(foreign).toEqual([]);
});

test("the matrix stays readable to every colour vision, at 200 % and on a telephone", async ({ page }) => {
  await openMap(page);
  const session = await page.context().newCDPSession(page);
  for (const type of ["protanopia", "deuteranopia", "tritanopia", "achromatopsia"]) {
    await session.send("Emulation.setEmulatedVisionDeficiency", { type });
    const picture = await page.getByRole("grid").screenshot();
    expect(picture.length).toBeGreaterThan(5_000);
    await test.info().attach(type, { body: picture, contentType: "image/png" });
  }
  await session.send("Emulation.setEmulatedVisionDeficiency", { type: "none" });
  for (const [width, height] of [[640, 400], [360, 740], [768, 1024]]) {
    await page.setViewportSize({ width, height });
    const spill = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(spill, `${width} px`).toBeLessThanOrEqual(0);
  }
});

test("public results hide small groups without script and offer open data", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL, locale: "ru-RU" });
  const page = await context.newPage();
  for (const path of ["/results", "/calendar", "/documents"]) {
    const response = await page.goto(path);
    expect((await response.body()).length).toBeLessThan(100_000);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  const answer = await page.request.get("/open-data/results.csv");
  expect(answer.headers()["content-type"]).toContain("text/csv");
  expect(await answer.text()).toContain("procedure;year;subject;grade;pupils");
  await context.close();
});
