// From a sign to help: a manager agrees on a measure at a cell, the school does it, the manager looks at its effect.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { enterAs } from "../support/people.js";

test("a sign leads to help, help is done, its effect is looked at", async ({ page, browser }) => {
  test.setTimeout(180_000);
  await enterAs(page, "manager");
  await page.goto("/app/map");
  await page.getByRole("complementary").getByRole("button", { name: /Берёзовская СОШ/ }).first().click();
  const panel = page.getByRole("complementary", { name: "Подробно о ячейке" });
  await panel.getByRole("link", { name: /^Назначить: / }).first().click();

  await expect(page.getByRole("heading", { level: 1, name: "Назначить меру" })).toBeVisible();
  await expect(page.getByText(/Школа: Берёзовская СОШ · /)).toBeVisible();
  await expectAccessible(page);
  const measure = await page.getByLabel("Мера", { exact: true }).evaluate((select) => select.selectedOptions[0].textContent);
  await page.getByRole("button", { name: "Назначить" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Напишите, почему выбрана мера" })).toBeVisible();
  await page.getByLabel("Почему эта мера").fill("Разобрать вместе профиль заданий");
  await page.getByRole("radio", { name: "Школа" }).check();
  await page.getByRole("button", { name: "Назначить" }).click();
  await expect(page.getByRole("heading", { level: 1, name: measure })).toBeVisible();
  await expectAccessible(page);
  const address = page.url();

  // The school's deputy takes it up; the manager's open page follows by itself.
  const context = await browser.newContext({ viewport: { width: 768, height: 1024 } });
  const school = await context.newPage();
  await school.request.post("/api/v1/session", { data: { login: "head14", password: "orientir-demo" } });
  await school.goto("/app");
  await school.getByRole("link", { name: /Взять меру в работу/ }).first().click();
  await expect(school.getByText("Разобрать вместе профиль заданий")).toBeVisible();
  await expectAccessible(school);
  await school.getByRole("button", { name: "Взять в работу" }).click();
  await expect(page.getByText("Взята в работу")).toBeVisible();
  await school.getByLabel("Что сделано").fill("Занятие прошло, образцы разобраны");
  await school.getByRole("button", { name: "Сделано", exact: true }).click();
  await expect(school.getByText(/сделано, эффект не проверен/)).toBeVisible();
  await context.close();

  await page.goto("/app");
  await page.getByRole("link", { name: /Проверить эффект меры/ }).first().click();
  await page.goto(address);
  await page.getByRole("radio", { name: "Сдвиг частичный" }).check();
  await page.getByLabel("По чему это видно").fill("Следующая работа ближе к журналу");
  await page.getByRole("button", { name: "Записать вывод" }).click();
  await expect(page.getByText(/Эффект проверен: сдвиг частичный|Эффект проверен/).first()).toBeVisible();
  await page.getByRole("link", { name: "Все меры" }).click();
  await expect(page.getByRole("heading", { name: "Завершённые" })).toBeVisible();
  await expectAccessible(page);
});
