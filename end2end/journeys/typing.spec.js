// What is typed is kept before the field is left, and nothing from elsewhere touches a field in which somebody writes.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { enterAs } from "../support/people.js";
import { announceTyped } from "../support/typed.js";

test.describe.configure({ timeout: 180_000 });

/** What the server holds of the sheet on the page, by question, oldest first. */
async function values(page, id, name) {
  const sheet = await (await page.request.get(`/api/v1/submissions/${id}`)).json();
  return sheet.operations.filter(({ change }) => change.path.endsWith(name)).map(({ change }) => change.edit.set ?? null);
}

/** Opens the sheet; the id of its submission. */
async function open(page, address) {
  const opened = page.waitForResponse((response) => response.url().endsWith("/api/v1/submissions") && response.ok());
  await page.goto(address);
  return (await (await opened).json()).id;
}

test("keeps what was typed through reload, Back and a lock, and names what it cannot read", async ({ browser, baseURL }) => {
  const address = await announceTyped(browser, baseURL);
  const context = await browser.newContext({ baseURL, locale: "ru-RU" });
  const page = await context.newPage();
  await enterAs(page, "school_team");
  const id = await open(page, address);
  const many = page.getByLabel("Сколько");
  await many.fill("42");
  await many.press("Tab");
  await many.press("End");
  await many.pressSequentially("7");
  await page.reload();
  await expect(many).toHaveValue("427");

  const share = page.getByLabel("Доля");
  await share.fill("2,25");
  await page.goto("/app/campaigns");
  await page.goto(address);
  await expect(share).toHaveValue("2,25");

  await many.fill("88");
  const inspector = await context.newCDPSession(page);
  await inspector.send("Page.setWebLifecycleState", { state: "frozen" });
  const second = await context.newPage();
  await second.goto(address);
  await expect(second.getByLabel("Сколько")).toHaveValue("88");
  await inspector.send("Page.setWebLifecycleState", { state: "active" });
  await second.close();

  await many.fill("3,5");
  await page.getByRole("button", { name: /Вторая страница/ }).first().click();
  await expect(page.getByLabel("Ещё")).toBeVisible();
  await page.getByRole("button", { name: /Первая страница/ }).first().click();
  await expect(many).toHaveValue("3,5");
  await expect(page.getByText("Введите целое число, например 12")).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(many).toHaveValue("3,5");
  // For scores and rules there is no answer now; what was typed is no number.
  await expect.poll(async () => (await values(page, id, "n")).at(-1), { timeout: 20_000 }).toBeNull();
  await many.fill("35");
  await many.blur();
  await expect(page.getByText("Введите целое число, например 12")).toBeHidden();
  await expect.poll(async () => (await values(page, id, "n")).at(-1), { timeout: 20_000 }).toBe("35");
  await context.close();
});

test("two write in one field: nothing typed vanishes, and both texts are offered", async ({ browser, baseURL }) => {
  const address = await announceTyped(browser, baseURL);
  const one = await browser.newContext({ baseURL, locale: "ru-RU" });
  const page = await one.newPage();
  await enterAs(page, "school_team");
  const id = await open(page, address);
  const words = page.getByLabel("Слова");
  await words.fill("Начало работы.");
  await words.blur();
  await expect.poll(() => values(page, id, "t"), { timeout: 20_000 }).toEqual(["Начало работы."]);

  const other = await browser.newContext({ baseURL, locale: "ru-RU" });
  const colleague = await other.newPage();
  const entered = await colleague.request.post("/api/v1/session", { data: { login: "kovshova", password: "orientir-demo" }, headers: { origin: baseURL } });
  expect(entered.ok()).toBe(true);
  await colleague.goto(address);
  const theirs = colleague.getByLabel("Слова");
  await expect(theirs).toHaveValue("Начало работы.");

  await words.focus();
  await words.press("Home");
  await words.pressSequentially("Мы ");
  const fetched = page.waitForResponse((response) => response.url().includes(`/api/v1/submissions/${id}`) && response.request().method() === "GET");
  await theirs.fill("Начало работы. Добавка Б.");
  await theirs.blur();
  await fetched;
  await words.pressSequentially("пишем: ");
  await expect(words).toHaveValue("Мы пишем: Начало работы.");
  await words.blur();
  await expect(words).toHaveValue("Мы пишем: Начало работы.");
  await expect.poll(async () => (await values(page, id, "t")).at(-1), { timeout: 20_000 }).toBe("Мы пишем: Начало работы.");
  expect(await values(page, id, "t")).toContain("Начало работы. Добавка Б.");
  await expect(page.getByText(/Пока вы писали, ответил\(а\) и/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Взять этот ответ" }).click();
  await expect(words).toHaveValue("Начало работы. Добавка Б.");
  await one.close();
  await other.close();
});
