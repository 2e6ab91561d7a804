// Schools with low results and indicators: a methodist makes a list, offers help, and enters a value with evidence.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { enterAs } from "../support/people.js";

for (const viewport of [
  { width: 768, height: 1024 },
  { width: 1280, height: 800 },
]) {
  test(`a list says whom it names and why, and leads to help, at ${viewport.width}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await enterAs(page, "methodist");
    await page.goto("/app/low-results");
    await page.getByRole("button", { name: "Составить список" }).click();
    await expect(page).toHaveURL(/low-results\/.+/);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Школы с низкими результатами");
    await expect(page.getByText("«2» у 30")).toBeVisible();
    const school = page.locator(".low-school").first();
    await expect(school.getByRole("table")).toBeVisible();
    await expectAccessible(page);
    const name = await school.locator(".low-school-name").innerText();
    await school.getByRole("link", { name: "Предложить помощь" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Назначить меру");
    await expect(page.getByText(name)).toBeVisible();
    await page.goto("/app/low-results");
    await expect(page.getByText("Составленные списки")).toBeVisible();
  });
}

test("a value is entered with evidence and stands against its target", async ({ page }) => {
  await enterAs(page, "methodist");
  await page.goto("/app/indicators");
  const card = page.locator("li.indicator", { hasText: "Школы с договорами о партнёрстве" });
  await expect(card.getByText("значения пока нет")).toBeVisible();
  await card.locator("summary", { hasText: "Внести значение" }).click();
  await card.getByLabel(/^Значение/).fill("140");
  await card.getByLabel("Чем подтверждается").fill("Реестр документов");
  await card.getByRole("button", { name: "Сохранить значение" }).click();
  await expect(card.getByText("Значение — от 0 до 100")).toBeVisible();
  await card.getByLabel(/^Значение/).fill("62,5");
  await card.getByRole("button", { name: "Сохранить значение" }).click();
  await expect(card.getByText("до цели 37,5")).toBeVisible();
  await expect(card.getByRole("img", { name: /партнёрстве: 62,5/ })).toBeVisible();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page);
});

test("a run is compared with the one before", async ({ page }) => {
  await enterAs(page, "analyst");
  await page.goto("/app/runs");
  await page.getByRole("button", { name: "Пересчитать" }).click();
  const compare = page.getByRole("link", { name: /^Что изменилось в расчёте/ });
  await expect(compare.first()).toBeVisible({ timeout: 120_000 });
  await compare.first().click();
  await expect(page.getByRole("heading", { name: "Сравнение расчётов" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Переходы" })).toBeVisible();
  await expectAccessible(page);
});
