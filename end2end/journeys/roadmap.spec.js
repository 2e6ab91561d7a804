// A roadmap of the office, from its own table to what schools report: read, put right, approved, dated, reported.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { enterAs } from "../support/people.js";

const YEAR = new Date().getFullYear();
const TITLE = `Дорожная карта честной оценки на ${YEAR}–${YEAR + 1} годы`;

/** A table as an office writes it: a running term for schools, one without a day, one that nobody understands. */
function table(mark) {
  return [
    `${TITLE} ${mark};;;;`,
    "№ п/п;Мероприятие;Срок исполнения;Исполнители;Ожидаемый результат",
    "2.1. Объективность процедур;;;;",
    `2.1.1;Опубликовать положения на сайтах;в течение ${YEAR} года;все школы;Публикация`,
    "2.1.2;Проанализировать признаки;по отдельному графику;Управление образования;Аналитическая справка",
    "2.1.3;Поговорить с родителями;как получится;;",
  ].join("\n");
}

const line = (page, measure) => page.getByRole("row").filter({ hasText: measure }).first();

for (const viewport of [
  { width: 768, height: 1024 },
  { width: 1280, height: 800 },
]) {
  test(`a roadmap goes from a file to reports of schools at ${viewport.width}`, async ({ browser, page }) => {
    test.slow();
    await page.setViewportSize(viewport);
    await enterAs(page, "manager");
    await page.goto("/app/programmes");
    await page.getByRole("link", { name: "Загрузить дорожную карту" }).click();
    await expectAccessible(page);
    await page.locator("input[type=file]").setInputFiles({
      name: "карта.csv", mimeType: "text/csv", buffer: Buffer.from(table(viewport.width)),
    });
    await expect(page.getByRole("heading", { level: 1 })).toContainText(TITLE);
    await expect(page.getByText("Прочитано строк: 3")).toBeVisible();
    await expectAccessible(page);
    const address = page.url().split("?")[0];

    // What was not understood is named, and put right in words.
    await page.getByRole("button", { name: "Вопросы 1" }).click();
    await page.getByRole("button", { name: "Поговорить с родителями" }).click();
    await expect(page.getByText("непонятен").first()).toBeVisible();
    await page.getByRole("button", { name: "Поправить" }).click();
    await page.getByRole("textbox", { name: "Срок", exact: true }).fill("1 раз в четверть");
    await page.getByRole("textbox", { name: "Исполнители" }).fill("Методический центр");
    await page.getByRole("button", { name: "Сохранить строку" }).click();
    await expect(page.getByText("Строка сохранена")).toBeVisible();
    await page.getByRole("button", { name: /^Все \d/ }).click();
    await expectAccessible(page);

    // Approved by an order, the lines are owed.
    await page.getByRole("button", { name: "Утвердить" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Номер приказа").fill("77");
    await dialog.getByRole("button", { name: "Утвердить" }).click();
    await expect(page.getByText("приказ № 77 от")).toBeVisible();
    await expect(page.getByRole("button", { name: "Удалить черновик" })).toHaveCount(0);

    // A term that does not say when asks for a day; while it is typed, a school reports elsewhere.
    await page.getByRole("button", { name: "Нужна дата 1" }).click();
    await page.getByRole("button", { name: "Проанализировать признаки" }).click();
    const day = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel("С", { exact: true }).fill(day);

    const school = await browser.newContext({ viewport, locale: "ru-RU", timezoneId: "Asia/Krasnoyarsk" });
    const head = await school.newPage();
    await enterAs(head, "school_head");
    await head.goto(address);
    await head.getByRole("button", { name: "Опубликовать положения на сайтах" }).click();
    await head.getByRole("button", { name: "Отчитаться" }).click();
    await head.getByLabel("Что сделано").fill("Положение на сайте школы");
    await head.locator("form").getByRole("button", { name: "Отчитаться" }).click();
    await expect(head.getByText("Отметка сохранена")).toBeVisible();
    await head.getByText("Ход исполнения и изменения").click();
    await expect(head.getByText("Положение на сайте школы")).toBeVisible();
    await expectAccessible(head);
    await school.close();

    await expect(page.getByLabel("С", { exact: true })).toHaveValue(day);
    await page.getByRole("button", { name: "Назначить дату" }).click();
    await expect(page.getByText("Дата назначена")).toBeVisible();
    await page.getByRole("button", { name: /^Все \d/ }).click();
    await expect(line(page, "Опубликовать положения")).toContainText(/школы: 1 из \d+/);

    // The same lines by date and by executor, and the address says which.
    await page.getByRole("button", { name: "Список" }).click();
    await expect(page).toHaveURL(/view=list/);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Доска" }).click();
    await expect(page.getByRole("heading", { name: /Методический центр/ })).toBeVisible();
    await expectAccessible(page);
    await page.reload();
    await expect(page.getByRole("heading", { name: /Методический центр/ })).toBeVisible();
  });
}
