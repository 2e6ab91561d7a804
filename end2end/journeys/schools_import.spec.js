// Schools from the office's own spreadsheet: columns, questions, confirmation, undoing; and one school by hand.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { enterAs } from "../support/people.js";

const LIST = [
  "Список школ района;;;;;",
  "Логин ОО;Наименование кратко;Тип;Нас. пункт;Контингент;Примечание",
  "new901;Верхнереченская СОШ;СОШ;с. Верхняя Речка;214;",
  "new902;Пойменная ООШ;ООШ;д. Пойма;46;ремонт",
  "new903;Кедровая НОШ;НОШ;д. Кедровая;около 20;",
].join("\n");

/** Names of schools in the register that begin with this. */
async function registered(page, beginning) {
  const schools = await (await page.request.get("/api/v1/organisations")).json();
  return schools.filter((school) => school.code.startsWith(beginning)).map((school) => school.short_name);
}

test("schools come from a table, with a question to one row, and the whole is undone", async ({ page }) => {
  await enterAs(page, "coordinator");
  await page.goto("/app/schools");
  await page.getByRole("link", { name: "Из таблицы" }).click();
  await expect(page.getByRole("heading", { name: "Школы из таблицы" })).toBeVisible();
  await expectAccessible(page);
  await page.locator("input[type=file]").setInputFiles({
    name: "Школы района.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(LIST),
  });
  await expect(page.getByText("Новых: 2 · изменятся: 0 · без изменений: 0 · не попадут: 1")).toBeVisible();
  await expect(page.getByText("«около 20» — не число")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Контингент" })).toHaveValue("pupils");
  await expectAccessible(page);

  // Two columns for one thing stand in the way until one is left out.
  await page.getByRole("combobox", { name: "Примечание" }).selectOption("pupils");
  await expect(page.getByText("выбраны две колонки: «Контингент» и «Примечание»")).toBeVisible();
  await expect(page.getByRole("button", { name: "Записать в реестр" })).toBeDisabled();
  await page.getByRole("combobox", { name: "Примечание" }).selectOption("");
  await page.getByRole("button", { name: "Записать в реестр" }).click();
  await expect(page.getByText("Школы записаны")).toBeVisible();
  expect(await registered(page, "new90")).toEqual(["Верхнереченская СОШ", "Пойменная ООШ"]);

  await page.getByRole("button", { name: "Отменить загрузку" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Отменить загрузку" }).click();
  await expect(page.getByText("Загрузка отменена")).toBeVisible();
  expect(await registered(page, "new90")).toEqual([]);
});

test("a school is entered by hand and its renaming stays in the history", async ({ page }) => {
  await enterAs(page, "coordinator");
  await page.goto("/app/schools");
  await page.getByRole("link", { name: "Добавить школу" }).click();
  await page.getByLabel("Код").fill("hand901");
  await page.getByLabel("Краткое название").fill("Заливная СОШ");
  await page.getByLabel("Полное название").fill("МБОУ «Заливная средняя школа»");
  await page.getByLabel("Учеников").fill("много");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Сохранить школу" }).click();
  await expect(page.getByText("Это не число")).toBeVisible();
  await page.getByLabel("Учеников").fill("120");
  await page.getByRole("button", { name: "Сохранить школу" }).click();
  await expect(page.getByRole("heading", { name: "Заливная СОШ", level: 1 })).toBeVisible();

  await page.getByRole("link", { name: "Изменить" }).click();
  await page.getByLabel("Краткое название").fill("Заливная школа");
  await page.getByLabel("Что произошло").selectOption("renamed");
  await page.getByLabel("Дата", { exact: true }).fill("2026-09-01");
  await page.getByLabel("Приказ: номер и дата").fill("№ 12");
  await page.getByRole("button", { name: "Сохранить школу" }).click();
  await expect(page.getByRole("heading", { name: "Заливная школа", level: 1 })).toBeVisible();
  await expect(page.getByText(/переименована · № 12/)).toBeVisible();
});
