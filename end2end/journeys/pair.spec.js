// Two observers at one event: each fills a sheet of their own and reads the other's answers beside the questions.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { assigned, expectExactlyOnce, held, prepare, received, tablet, value } from "../support/tablet.js";

test("two observers see where their answers differ, and neither loses one while apart", async ({ browser, baseURL }) => {
  test.setTimeout(150_000);
  const pair = await assigned(browser, baseURL, 2);
  const sheets = [];
  for (const { observer, assignment } of pair) {
    const context = await tablet(browser, baseURL, observer);
    const page = await context.newPage();
    await prepare(page, assignment);
    await page.goto(`/app/assignments/${assignment}`);
    await page.getByRole("checkbox", { name: "подготовка и вход" }).check();
    await page.getByRole("button", { name: "Дальше" }).click();
    sheets.push({ context, page, assignment });
  }
  const [first, second] = sheets;
  const admitted = (page) => page.getByRole("group", { name: /Меня пропустили/ });

  await second.context.setOffline(true);
  await admitted(first.page).getByRole("radio", { name: "Да" }).check();
  await expect(received(first.page)).toBeVisible({ timeout: 40_000 });
  await admitted(second.page).getByRole("radio", { name: "Нет" }).check();
  await second.page.getByRole("button", { name: "Да, нарушение было" }).click();
  await second.page.getByRole("textbox").first().fill("9:05 — ждал у входа");
  await expect(second.page.getByText(/Наблюдатель \d+: /)).toHaveCount(0);

  await second.context.setOffline(false);
  await expect(received(second.page)).toBeVisible({ timeout: 40_000 });
  await expect(second.page.getByText(/Наблюдатель \d+: Да, /i)).toBeVisible({ timeout: 40_000 });
  await expect(second.page.getByText("Ответы расходятся: оба останутся в листах, решит координатор.")).toBeVisible();
  await expect(first.page.getByText(/Наблюдатель \d+: Нет, /i)).toBeVisible({ timeout: 40_000 });
  await expectAccessible(first.page);
  for (const [sheet, expected] of [[first, "yes"], [second, "no"]]) {
    const submission = await held(sheet.context, sheet.assignment);
    expectExactlyOnce(submission);
    expect(value(submission, "VPR-A1") ?? value(submission, "VPR_A1")).toBe(expected);
    await sheet.context.close();
  }
});
