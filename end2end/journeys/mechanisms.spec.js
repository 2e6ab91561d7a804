// Mechanisms as a matrix, a school's change log, context, SWOT, its page, and the calendar.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { enterAs } from "../support/people.js";

const TABLET = { width: 768, height: 1024 };

/** The same page on the tablet, with axe. */
async function alsoOnTablet(page) {
  await page.setViewportSize(TABLET);
  await expectAccessible(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1280, height: 800 });
}

test("the district fills the last cells by descriptor, hands over, and an expert judges", async ({ page, browser }) => {
  test.setTimeout(180_000);
  await enterAs(page, "manager");
  await page.goto("/app/mechanisms");
  const grid = page.getByRole("grid");
  await expect(grid).toBeVisible();
  await expect(page.getByText("Оценено клеток: 70 из 72")).toBeVisible();
  await expectAccessible(page);
  await alsoOnTablet(page);

  // The keyboard alone: into the grid, along a row, down, and into the cell.
  await grid.getByRole("link").first().focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator(':focus')).toHaveAttribute("data-at", "1-1");
  await page.keyboard.press("End");
  await expect(page.locator(':focus')).toHaveAttribute("data-at", "1-7");

  await page.getByRole("button", { name: /Восемь направлений/ }).click();
  await expect(page.getByText("не оценивалось")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Девять систем" }).click();

  for (const _ of [1, 2]) {
    await grid.getByRole("link", { name: /не оценено/ }).first().click();
    await expect(page.getByRole("heading", { name: "История клетки" })).toBeVisible();
    // The message of the first pass may still stand when the second is saved.
    const saved = page.waitForResponse((response) => response.request().method() === "PUT" && response.ok());
    await page.getByRole("radio").nth(2).check();
    await saved;
    await expect(page.getByText("Уровень 2 сохранён").last()).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "К матрице" }).click();
  }
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Скачать XLSX" }).click();
  expect((await download).suggestedFilename()).toMatch(/^Механизмы \d{4}\.xlsx$/);
  await page.getByRole("button", { name: "Передать эксперту" }).click();
  await expect(page.getByText("у эксперта").first()).toBeVisible();

  const other = await browser.newContext();
  const expert = await other.newPage();
  await enterAs(expert, "expert");
  await expert.goto("/app/mechanisms");
  await expert.getByRole("grid").getByRole("link").first().click();
  await expert.getByRole("radio").nth(0).check();
  await expert.getByLabel("Комментарий").fill("Приказ без сроков");
  await expert.getByRole("button", { name: "Добавить комментарий" }).click();
  await expect(expert.getByText("Приказ без сроков")).toBeVisible();
  await expectAccessible(expert);
  await other.close();
  await page.reload();
  await expect(page.getByText(/Расхождений без согласования: 1/)).toBeVisible();
});

test("a school keeps its change log and hands in a report", async ({ page }) => {
  await enterAs(page, "school_team");
  await page.goto("/app/school");
  await expect(page.getByRole("heading", { name: "Что дальше" })).toBeVisible();
  await expectAccessible(page);
  await alsoOnTablet(page);
  await page.getByRole("link", { name: "Журнал изменений" }).click();
  await page.getByRole("button", { name: "Добавить изменение" }).click();
  const dialog = page.getByRole("dialog", { name: "Журнал изменений" });
  await dialog.getByLabel("Объект изменений").fill("Критерии отметок по физике");
  await dialog.getByLabel("Показатель результата").fill("доля подтвердивших");
  await dialog.getByLabel("Было").fill("61,5");
  await dialog.getByLabel("Цель").fill("75");
  await dialog.getByLabel("Поддерживающие действия").fill("✓ Занятие о проверке\nОбразцы работ");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Сохранить" }).click();
  await expect(page.getByRole("heading", { name: "Критерии отметок по физике" })).toBeVisible();
  await expect(page.getByText(/было 61,5 %/)).toBeVisible();
  await expectAccessible(page);
  await alsoOnTablet(page);
  const report = page.getByRole("button", { name: /^Сдать отчёт: / }).first();
  if (await report.count()) {
    await report.click();
    const freeze = page.getByRole("dialog", { name: "Сдать отчёт" });
    const reason = freeze.getByLabel("Почему отчёт исправляется");
    if (await reason.count()) await reason.fill("добавлена физика");
    await freeze.getByRole("button", { name: "Сдать отчёт" }).click();
    await expect(page.getByText(/Версия \d+, изменений: \d+/).first()).toBeVisible();
  }
});

test("context shows gaps, SWOT leads to help, the calendar to work", async ({ page }) => {
  test.setTimeout(120_000);
  await enterAs(page, "school_team");
  await page.goto("/app/school");
  await page.getByRole("link", { name: "Паспорт контекста" }).last().click();
  await expect(page.getByRole("heading", { name: "Паспорт контекста", level: 1 })).toBeVisible();
  await expectAccessible(page);
  await alsoOnTablet(page);
  await page.getByRole("button", { name: /Заполнить за/ }).click();
  await page.getByLabel("Дети из многодетных семей").fill("9000");
  await page.getByRole("button", { name: "Сохранить" }).click();
  await expect(page.getByText(/больше, чем учеников в школе/)).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Дети из многодетных семей").fill("52");
  await page.getByRole("button", { name: "Сохранить" }).click();
  await expect(page.getByText(/Паспорт за \d{4} год сохранён/)).toBeVisible();

  await page.getByRole("link", { name: "К школе" }).click();
  await page.getByRole("link", { name: "SWOT и риски" }).click();
  await page.getByRole("button", { name: "Добавить: Слабые стороны" }).click();
  const dialog = page.getByRole("dialog", { name: "SWOT и риски" });
  await dialog.getByLabel("Суть").fill("Мало взаимной проверки");
  await dialog.getByLabel("Пара с другой школой для взаимной проверки").check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Сохранить" }).click();
  await expect(page.getByText("Мало взаимной проверки")).toBeVisible();
  await expectAccessible(page);
  await alsoOnTablet(page);

  await page.goto("/app/calendar");
  await expect(page.getByRole("heading", { name: "Календарь мониторинга" })).toBeVisible();
  await page.getByRole("button", { name: "Всё" }).click();
  await expect(page.getByText("Августовское совещание")).toBeVisible();
  await expectAccessible(page);
  await alsoOnTablet(page);
});

test("the manager sees logs and context of all schools by name, in English too", async ({ page }) => {
  test.setTimeout(180_000);
  await enterAs(page, "manager");
  for (const path of ["/app/changes", "/app/context", "/app/mechanisms", "/app/documents", "/app/calendar"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
    await alsoOnTablet(page);
  }
  await page.evaluate(() => localStorage.setItem("orientir.language", "en"));
  for (const [path, title] of [
    ["/app/changes", "Changes in schools"],
    ["/app/context", "Context of schools"],
    ["/app/mechanisms", "Mechanisms of quality management"],
    ["/app/calendar", "Monitoring calendar"],
  ]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expectAccessible(page);
  }
  await page.goto("/app/context");
  await expect(page.locator("tbody th a").first()).toBeVisible();
  const names = await page.locator("tbody th a").allTextContents();
  expect(names.length).toBeGreaterThan(20);
});
