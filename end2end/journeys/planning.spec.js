// An office that was founded empty plans: schools, a procedure, its events at all schools at once, taken back and anew.
import { expect, test } from "@playwright/test";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { expectAccessible } from "../support/accessibility.js";
import { builtSite, place } from "../support/server.js";

const PORT = 20_000 + (Number(process.env.ORIENTIR_PORT ?? 3177) % 10_000) + 71;
const binary = process.env.ORIENTIR_BINARY ?? join(builtSite, "../debug/orientir");
const LONG = "Верхнереченская средняя общеобразовательная школа имени первых строителей железной дороги";

let own;
let server;
let address;

test.beforeAll(async () => {
  own = await place();
  const database = `sqlite:${join(own.directory, "office.sqlite")}`;
  server = spawn(binary, ["serve", "--listen", `127.0.0.1:${PORT}`, "--database", database, "--site", builtSite], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, RUST_LOG: "warn" },
  });
  // The one-time address stands alone on a line of the standard error.
  address = await new Promise((resolve, reject) => {
    let said = "";
    server.stderr.on("data", (some) => {
      said += some;
      const found = said.match(/\/app\/setup#\S+/);
      if (found) resolve(`http://127.0.0.1:${PORT}${found[0]}`);
    });
    server.once("exit", () => reject(new Error(`the server does not start: ${said}`)));
  });
  await expect
    .poll(() => fetch(`http://127.0.0.1:${PORT}/api/v1/health`).then(({ ok }) => ok, () => false))
    .toBe(true);
});

test.afterAll(async () => {
  server?.kill("SIGKILL");
  await own?.forget();
});

/** Founds the office in the browser; whoever founds it coordinates as well. */
async function found(page) {
  await page.goto(address);
  await page.getByLabel("Название муниципалитета").fill("Заречный муниципальный район");
  await page.getByLabel("Название по-английски").fill("Zarechny district");
  await page.getByLabel("Имя и фамилия").fill("Анна Ёлкина");
  await page.getByLabel("Логин").fill("anna");
  await page.getByLabel("Пароль", { exact: true }).fill("длинная фраза для входа");
  await page.getByLabel("Пароль ещё раз").fill("длинная фраза для входа");
  const both = page.getByLabel(/Он же ведёт работу/);
  if (!(await both.isChecked())) await both.check();
  await page.getByRole("button", { name: "Создать управление" }).click();
  await page.waitForURL((url) => url.pathname === "/app");
}

/** Enters a school; the register has a page of its own with a journey of its own. */
async function addSchool(page, code, name, grades) {
  const id = randomUUID();
  const school = {
    id, code, name, short_name: name, kind: grades.length > 4 ? "secondary_school" : "primary_school", cluster: "rural",
    grades, small_school: false, rural: true, pupils: 90, capacity: null, settlement: "с. Заречье", place: null,
    parent: null, history: [],
  };
  const answer = await page.request.put(`http://127.0.0.1:${PORT}/api/v1/organisations/${id}`, { data: school });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** Ticks a chip: its box lies below the label. */
async function tick(page, name) {
  const box = page.getByRole("checkbox", { name, exact: true });
  await page.locator("label.chip").filter({ has: box }).click();
  await expect(box).toBeChecked();
}

test("an empty office leads to the plan, and events are planned at all schools at once", async ({ page }) => {
  await found(page);
  await addSchool(page, "sch1", LONG, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  await addSchool(page, "sch2", "Кедровая НОШ", [1, 2, 3, 4]);
  await addSchool(page, "sch3", "Вечерняя школа", [10, 11]);

  // Whoever looks for events finds the way to plan them.
  await page.goto(`http://127.0.0.1:${PORT}/app/events`);
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
