// Charts over years: a school beside its own past, a cell with its years and marks, trends of indicators. Each is walked
// through by keyboard and says the same in a table.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { enterAs } from "../support/people.js";

/** Opens the page of a school through the register. */
async function openSchool(page, name) {
  await page.goto("/app/schools");
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

/** A chart by its heading. */
function chart(page, title) {
  return page.locator("figure.chart", { has: page.getByRole("heading", { name: title, exact: true }) });
}

/** What the table of a chart says, row by row. */
async function rowsOf(figure) {
  await figure.getByRole("button", { name: "Таблица" }).click();
  const rows = await figure.getByRole("row").evaluateAll((all) => all.slice(1).map((row) => [...row.cells].map((cell) => cell.textContent)));
  await figure.getByRole("button", { name: "График" }).click();
  return rows;
}

for (const viewport of [
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1280, height: 800 },
]) {
  test(`a school stands beside its own past, at ${viewport.width}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await enterAs(page, "coordinator");
    await openSchool(page, "Сосновоборская ООШ");
    const works = chart(page, "Школа и её прошлое");
    const math = works.getByRole("application", { name: /^Математика, 5 класс\. Стрелки/ });
    await expect(math).toBeVisible();

    // The arrows read the years in their order, and they say what the table says.
    const rows = (await rowsOf(works)).filter(([work]) => work === "Математика, 5\u00a0класс");
    expect(rows.length).toBeGreaterThan(1);
    await math.focus();
    for (const [, year, pupils, share] of rows) {
      await page.keyboard.press("ArrowRight");
      const said = math.locator("[aria-live]");
      await expect(said).toContainText(`${year}: ${share}, ${pupils} участник`);
      await expect(said).toContainText("похожие школы");
    }
    await expect(math.locator(".chart-tip")).toBeVisible();
    const [tip, frame] = [await math.locator(".chart-tip").boundingBox(), page.viewportSize()];
    expect(tip.x).toBeGreaterThanOrEqual(0);
    expect(tip.x + tip.width).toBeLessThanOrEqual(frame.width);
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(math.locator(".chart-tip")).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);

    // A panel leads to its cell.
    await works.getByRole("link", { name: "Математика, 5 класс" }).click();
    await expect(page).toHaveURL(/\/app\/cells\/.*\/math\/5$/);
    await expect(chart(page, "Отметки по годам")).toBeVisible();
    await expectAccessible(page);
  });
}

test("names of slopes leave each other room, and no school but the own is named", async ({ page }) => {
  await enterAs(page, "coordinator");
  await openSchool(page, "Сосновоборская ООШ");
  const slopes = chart(page, "Что изменилось рядом с похожими");
  await expect(slopes.locator(".chart-slope text").first()).toBeVisible();
  const names = await slopes.locator(".chart-slope text").evaluateAll((all) =>
    all.map((name) => name.getBoundingClientRect()).sort((one, other) => one.top - other.top).map(({ top, bottom, right }) => [top, bottom, right]),
  );
  expect(names.length).toBeGreaterThan(1);
  for (const [index, [top]] of names.entries()) {
    // The boxes of letters include their leading: a pixel of it may lie over the next.
    if (index > 0) expect(top - names[index - 1][1]).toBeGreaterThan(-2);
  }
  const frame = await slopes.boundingBox();
  expect(Math.max(...names.map(([, , right]) => right))).toBeLessThanOrEqual(frame.x + frame.width);
  expect((await rowsOf(slopes)).length).toBe(names.length);
  expect(await slopes.innerText()).not.toMatch(/ООШ|СОШ|Гимназия/);
});

test("every chart of a cell can be walked through and has a table", async ({ page }) => {
  await enterAs(page, "coordinator");
  await openSchool(page, "Сосновоборская ООШ");
  // Measures and reviews of the school bear the same name; the cell is what is looked at.
  await page.locator('a[href*="/app/cells/"]', { hasText: "Математика, 5 класс" }).first().click();
  await expect(page.getByRole("heading", { name: "Распределение баллов" })).toBeVisible();
  const drawings = page.getByRole("application");
  const count = await drawings.count();
  expect(count).toBeGreaterThan(5);
  for (let index = 0; index < count; index += 1) {
    const drawing = drawings.nth(index);
    await drawing.focus();
    await page.keyboard.press("ArrowRight");
    await expect(drawing.locator("[aria-live]")).toContainText(/\d/);
    await page.keyboard.press("End");
    const last = await drawing.locator("[aria-live]").innerText();
    await page.keyboard.press("ArrowRight");
    expect(await drawing.locator("[aria-live]").innerText()).toBe(last);
  }
  // Each drawing stands in a figure with a table; the matrix of marks is a table itself.
  await expect(page.locator("figure.chart").getByRole("button", { name: "Таблица" })).toHaveCount(count);
  // Scrolled, the bar at the top lies over half a button, which axe takes for a small target.
  await page.evaluate(() => scrollTo(0, 0));
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page);
});

test("the pointer reads the same words", async ({ page }) => {
  await enterAs(page, "coordinator");
  await openSchool(page, "Сосновоборская ООШ");
  const panel = chart(page, "Школа и её прошлое").getByRole("application").first();
  await panel.scrollIntoViewIfNeeded();
  const dot = await panel.locator(".chart-point circle").last().boundingBox();
  await page.mouse.move(dot.x + dot.width / 2, dot.y + dot.height / 2);
  await expect(panel.locator(".chart-tip")).toContainText(/\d{4}: \d+/);
  await page.mouse.move(2, 2);
  await expect(panel.locator(".chart-tip")).toHaveCount(0);
});

test("an indicator with several years shows its trend in words too", async ({ page }) => {
  await enterAs(page, "methodist");
  await page.goto("/app/indicators");
  await expect(page.getByRole("img", { name: /^С \d{4} по \d{4} год: от [\d,]+\s%/ }).first()).toBeVisible();
});

test("the tools of the map stand in one line at 1280", async ({ page }) => {
  await enterAs(page, "coordinator");
  await page.goto("/app/map");
  const [search, more] = [page.locator(".matrix-search"), page.locator("summary").filter({ hasText: "Фильтры" })];
  await expect(more).toBeVisible();
  const [one, other] = [await search.boundingBox(), await more.boundingBox()];
  expect(Math.abs(one.y + one.height / 2 - other.y - other.height / 2)).toBeLessThan(8);
});
