// The school team: fills, reloads, continues, hands over, sees its profile.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { enterAs } from "../support/people.js";
import { givenBack } from "../support/team.js";

test("assesses itself by descriptors, keeps everything over a reload and hands over", async ({ page, browser, baseURL }) => {
  test.setTimeout(180_000);
  await givenBack(browser, baseURL);
  await enterAs(page, "school_team");
  await page.goto("/app/campaigns");
  await expectAccessible(page);
  await page.getByRole("link", { name: "Продолжить", exact: true }).first().click();
  const domains = page.getByRole("navigation", { name: "Области" });
  await domains.getByRole("button", { name: /Люди и помощь/ }).click();
  await expect(page.getByRole("heading", { name: /5\. Люди и помощь/ })).toBeVisible();
  await expectAccessible(page);

  const items = page.getByRole("group", { name: /^5\.\d/ });
  await items.first().getByRole("radio", { name: /^работает: / }).check();
  await page.getByRole("textbox", { name: /Чем подтверждается/ }).first().fill("Приказ № 14 от 12.01.2026");
  await page.getByRole("heading", { level: 1 }).click();
  await expect(page.getByText(/Отправлено (\d+) из \1,/)).toBeVisible();
  await page.reload();
  await domains.getByRole("button", { name: /Люди и помощь/ }).click();
  await expect(items.first().getByRole("radio", { name: /^работает: / })).toBeChecked();
  await expect(page.getByRole("textbox", { name: /Чем подтверждается/ }).first()).toHaveValue("Приказ № 14 от 12.01.2026");

  for (const domain of [/Данные и анализ/, /Люди и помощь/, /Открытость и решения/]) {
    await domains.getByRole("button", { name: domain }).click();
    await expect(page.getByRole("heading", { level: 1, name: domain })).toBeVisible();
    const open = page.getByRole("group", { name: /^\d\.\d/ });
    for (let at = 0; at < (await open.count()); at += 1) {
      const item = open.nth(at);
      if ((await item.getByRole("radio", { checked: true }).count()) === 0) {
        await item.getByRole("radio", { name: /^начинаем: / }).check();
      }
    }
  }
  await page.getByRole("button", { name: "Проверить и передать" }).first().click();
  await expect(page.getByText(/После передачи ответы проверяет и подписывает директор/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Передать самооценку" }).click();
  await expect(page.getByText(/Правила оценивания/).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Передать самооценку" })).toHaveCount(0);
  await expectAccessible(page);
});
