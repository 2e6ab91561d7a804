// An office that was founded empty plans: schools, a procedure, its events at all schools at once, taken back and anew.
import { expect, test } from "@playwright/test";
import { randomUUID } from "node:crypto";
import { expectAccessible } from "../support/accessibility.js";
import { emptyServer, fillFounding, found, tick } from "../support/office.js";

const PORT = Number(process.env.ORIENTIR_PORT ?? 3177) + 71;
const LONG = "Верхнереченская средняя общеобразовательная школа имени первых строителей железной дороги";

let office;

test.beforeAll(async () => {
  office = await emptyServer(PORT);
});

test.afterAll(async () => {
  await office?.end();
});

/** Enters a school; the register has a page of its own with a journey of its own. */
async function addSchool(page, code, name, grades) {
  const id = randomUUID();
  const school = {
    id, code, name, short_name: name, kind: grades.length > 4 ? "secondary_school" : "primary_school", cluster: "rural",
    grades, small_school: false, rural: true, pupils: 90, capacity: null, settlement: "с. Заречье", place: null,
    parent: null, history: [],
  };
  const answer = await page.request.put(`${office.origin}/api/v1/organisations/${id}`, { data: school });
  expect(answer.ok(), await answer.text()).toBe(true);
}

test("an empty office leads to the plan, and events are planned at all schools at once", async ({ page }) => {
  await fillFounding(page, office.address, { name: "Анна Ёлкина", login: "anna", password: "длинная фраза для входа" });
  await found(page);
  await addSchool(page, "sch1", LONG, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  await addSchool(page, "sch2", "Кедровая НОШ", [1, 2, 3, 4]);
  await addSchool(page, "sch3", "Вечерняя школа", [10, 11]);

  // Whoever looks for events finds the way to plan them.
  await page.goto(`${office.origin}/app/events`);
  await page.getByRole("link", { name: "Запланировать" }).click();
  await expect(page.getByRole("heading", { name: "План процедур" })).toBeVisible();
  await expect(page.getByText("В плане пока нет процедур")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "Новая процедура" }).click();
  await page.getByRole("combobox", { name: "Вид" }).selectOption({ label: "Муниципальная диагностическая работа" });
  await expect(page.getByLabel("Название", { exact: true })).toHaveValue("Муниципальная диагностическая работа");
  await expect(page.getByRole("checkbox", { name: "Математика" })).toBeChecked();
  await tick(page, "4");
  await tick(page, "5");
  await page.getByRole("button", { name: "Сохранить процедуру" }).click();
  await expect(page.getByText("Укажите первый и последний день.")).toBeVisible();
  await page.getByLabel("Первый день").fill("2030-04-08");
  await page.getByLabel("Последний день").fill("2030-04-26");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Сохранить процедуру" }).click();

  await expect(page.getByRole("heading", { name: "Муниципальная диагностическая работа", level: 1 })).toBeVisible();
  await expect(page.getByText("Событий ещё нет")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Запланировать события" }).click();
  await page.getByRole("combobox", { name: "Предмет" }).selectOption({ label: "Математика" });
  await page.getByLabel("Буквы классов").fill("А, Б");
  await page.getByText("Один день для всех").click();
  await page.getByLabel("День", { exact: true }).fill("2030-04-14");
  await expect(page.getByRole("checkbox", { name: "Вечерняя школа" })).toHaveCount(0);
  await page.getByRole("button", { name: "Все", exact: true }).click();
  await expect(page.getByText("Выбрано школ: 2 из 2")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Проверить" }).click();
  await expect(page.getByText("Этот день — выходной или праздник")).toBeVisible();
  await page.getByRole("button", { name: "Исправить" }).click();
  await expect(page.getByLabel("Буквы классов")).toHaveValue("А, Б");
  await page.getByLabel("День", { exact: true }).fill("2030-04-16");
  await page.getByRole("button", { name: "Проверить" }).click();
  await expect(page.getByRole("heading", { name: "Что получится" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Запланировать 6 событий" }).click();

  await expect(page.getByRole("heading", { name: "Запланировано сразу" })).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: "Кедровая НОШ" });
  await expect(row.getByRole("link")).toHaveCount(2);
  await expect(page.getByRole("row").filter({ hasText: LONG }).getByRole("link")).toHaveCount(4);
  await expectAccessible(page);

  // The same again is nothing new.
  await page.getByRole("link", { name: "Запланировать события" }).click();
  await page.getByRole("combobox", { name: "Предмет" }).selectOption({ label: "Математика" });
  await page.getByLabel("Буквы классов").fill("А, Б");
  await page.getByText("Один день для всех").click();
  await page.getByLabel("День", { exact: true }).fill("2030-04-16");
  await page.getByRole("button", { name: "Все", exact: true }).click();
  await page.getByRole("button", { name: "Проверить" }).click();
  await expect(page.getByText("Все эти события уже стоят в плане.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Запланировать/ })).toHaveCount(0);
  await page.goBack();

  await page.getByRole("button", { name: /^Убрать: 6 событий/ }).click();
  const dialog = page.getByRole("dialog");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Убрать" }).click();
  await expect(page.getByText("убраны", { exact: true })).toBeVisible();
  await expect(page.getByText("Событий ещё нет")).toBeVisible();

  await page.getByRole("link", { name: "К плану" }).click();
  await expect(page.getByRole("heading", { name: "Чем охвачены предметы и классы" })).toBeVisible();
  await expectAccessible(page);
});
