// Accounts: a person is entered, begins by a link of their own, is blocked, and minds the own account.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { enterAs } from "../support/people.js";

const PASSWORD = "длинная фраза для входа";
const NEW_PASSWORD = "совсем другая длинная фраза";

/** Adds an expert and leaves the page at the new card. */
async function addExpert(page, name) {
  await page.goto("/app/people");
  await page.getByRole("link", { name: "Добавить человека" }).click();
  await page.getByLabel("Фамилия, имя, отчество").fill(name);
  await page.getByLabel("Должность").fill("методист вуза");
  await page.getByRole("combobox", { name: "Роль" }).selectOption({ label: "эксперт" });
  await page.getByLabel("Приказ: номер и дата").fill("№ 41 от 01.09.2026");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Добавить" }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
}

/** Issues a link on the open card and gives it back. */
async function issueLink(page) {
  await page.getByRole("button", { name: "Выдать ссылку для входа" }).click();
  const field = page.getByLabel("Ссылка, чтобы отправить");
  await expect(field).toHaveValue(/\/app\/entry#.{64}$/);
  return field.inputValue();
}

/** Sets login and password by a link in a browser of its own; returns its page and the login. */
async function begin(browser, link, name) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await expect(page.getByText(`Здравствуйте, ${name}!`)).toBeVisible();
  const login = await page.getByLabel("Логин").inputValue();
  await page.getByLabel("Пароль", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Новый пароль ещё раз").fill(PASSWORD);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Сохранить и войти" }).click();
  await page.waitForURL((url) => url.pathname === "/app");
  return { context, page, login };
}

test("a person is entered, begins by the link once, and is shown in the list", async ({ page, browser }) => {
  const name = "Ёлкина-Щербань Агния";
  await enterAs(page, "coordinator");
  await addExpert(page, name);
  const link = await issueLink(page);
  await expect(page.getByRole("img", { name: `QR-код со ссылкой: ${name}` })).toBeVisible();
  await expectAccessible(page);

  // A second link asks first: the slip may have been handed over.
  await page.getByRole("button", { name: "Выдать новую ссылку" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Новая отменит её")).toBeVisible();
  await page.keyboard.press("Escape");

  const own = await begin(browser, link, name);
  expect(own.login).toBe("elkina.a");
  await own.page.goto(link);
  await own.page.reload();
  await expect(own.page.getByText("По этой ссылке пароль уже задан")).toBeVisible();
  await own.context.close();

  await page.goto("/app/people");
  await page.getByRole("searchbox", { name: "Найти человека" }).fill("щербань");
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row.getByText("эксперт")).toBeVisible();
  await expect(row.getByText("логин elkina.a")).toBeVisible();
  await expectAccessible(page);
});

test("a blocked person is out at once, and let in again with the same roles", async ({ page, browser }) => {
  const name = "Ракитина Дарья";
  await enterAs(page, "coordinator");
  await addExpert(page, name);
  const own = await begin(browser, await issueLink(page), name);

  await page.reload();
  await expect(page.getByText(`Логин: ${own.login}`)).toBeVisible();
  await page.getByRole("button", { name: "Закрыть вход" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Закрыть вход" }).click();
  await expect(page.getByText("вход закрыт")).toBeVisible();
  await own.page.goto("/app/profile");
  await expect(own.page.getByLabel("Пароль", { exact: true })).toBeVisible();
  await expect(own.page.getByRole("heading", { name: "Мой профиль" })).toHaveCount(0);

  await page.getByRole("button", { name: "Вернуть вход" }).click();
  await expect(page.getByText("вход закрыт")).toHaveCount(0);
  await own.page.goto("/app/sign-in");
  await own.page.getByLabel("Логин").fill(own.login);
  await own.page.getByLabel("Пароль", { exact: true }).fill(PASSWORD);
  await own.page.getByRole("button", { name: "Войти" }).click();
  await own.page.waitForURL((url) => url.pathname === "/app");
  await own.context.close();
});

test("a person changes the own password and ends the own other session", async ({ page, browser }) => {
  const name = "Тополев Матвей";
  await enterAs(page, "coordinator");
  await addExpert(page, name);
  const own = await begin(browser, await issueLink(page), name);

  const other = await browser.newContext();
  const second = await other.newPage();
  await second.goto("/app/sign-in");
  await second.getByLabel("Логин").fill(own.login);
  await second.getByLabel("Пароль", { exact: true }).fill(PASSWORD);
  await second.getByRole("button", { name: "Войти" }).click();
  await second.waitForURL((url) => url.pathname === "/app");

  await own.page.goto("/app/profile");
  await expect(own.page.getByText("это устройство")).toBeVisible();
  await expect(own.page.getByRole("button", { name: "Завершить", exact: true })).toHaveCount(1);
  await expectAccessible(own.page);
  await own.page.getByLabel("Нынешний пароль").fill("не та фраза");
  await own.page.getByLabel("Новый пароль", { exact: true }).fill(NEW_PASSWORD);
  await own.page.getByLabel("Новый пароль ещё раз").fill(NEW_PASSWORD);
  await own.page.getByRole("button", { name: "Сменить пароль" }).click();
  await expect(own.page.getByText("Нынешний пароль не подходит")).toBeVisible();
  await own.page.getByLabel("Нынешний пароль").fill(PASSWORD);
  await own.page.getByRole("button", { name: "Сменить пароль" }).click();
  await expect(own.page.getByText("Пароль сменён")).toBeVisible();
  await expect(own.page.getByRole("button", { name: "Завершить", exact: true })).toHaveCount(0);

  await second.reload();
  await expect(second.getByRole("button", { name: "Войти" })).toBeVisible();
  await other.close();
  await own.context.close();
});

test("whoever holds a stronger role is shown without what cannot be done", async ({ page }) => {
  await enterAs(page, "coordinator");
  await page.goto("/app/people");
  await page.getByRole("combobox", { name: "Роль" }).selectOption({ label: "руководитель" });
  await page.getByRole("row").filter({ hasText: "руководитель" }).getByRole("link").first().click();
  await expect(page.getByText("роль, которую вы дать не можете")).toBeVisible();
  await expect(page.getByRole("button", { name: "Закрыть вход" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: /ссылку/ })).toHaveCount(0);
});
