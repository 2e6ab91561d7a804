// The alarm: a phone number that is there without a network, and a mark that goes first when there is one.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { enterAs } from "../support/people.js";
import { expectExactlyOnce, free, held, prepare, received, tablet, value } from "../support/tablet.js";

test("an alarm offers the coordinator's phone without a network and shows on the board with the first one", async ({ page, browser, baseURL }) => {
  test.setTimeout(120_000);
  const { observer, assignment, event } = await free(browser, baseURL);
  const context = await tablet(browser, baseURL, observer);
  const sheet = await context.newPage();
  await prepare(sheet, assignment);
  await enterAs(page, "manager");
  await page.goto("/app/day");
  const site = page.locator(".day-site").filter({ hasText: event.organisation_name });
  await expect(site).toBeVisible();
  await expect(site).not.toContainText("тревога");

  await context.setOffline(true);
  await sheet.goto(`/app/assignments/${assignment}`);
  await sheet.getByRole("button", { name: "Тревога" }).click();
  const dialog = sheet.getByRole("dialog");
  await expect(dialog.getByRole("link", { name: /Позвоните координатору/ })).toHaveAttribute("href", /^tel:\+7\d{10}$/);
  await expectAccessible(sheet);
  // Everything that may be reported is there before a stage is ticked, and says what happened.
  await expect(dialog.getByRole("button", { name: /Взрослый подсказывал/ })).toBeVisible();
  await dialog.getByRole("button", { name: /Меня не пустили/ }).click();
  await dialog.getByRole("textbox").fill("9:12 — не пускали в кабинет");
  await dialog.getByRole("button", { name: "Сообщить" }).click();
  await expect(dialog).toBeHidden();
  const refused = sheet.getByRole("group", { name: /Меня пропустили/ });
  await expect(refused.getByRole("radio", { name: "Нет" })).toBeChecked();
  await expect(sheet.getByText(/На планшете, жд[ёу]т отправки: \d+/).first()).toBeVisible();
  await expect(site).not.toContainText("тревога");

  await context.setOffline(false);
  await expect(received(sheet)).toBeVisible({ timeout: 40_000 });
  await expect(site).toContainText("тревога");
  const submission = await held(context, assignment);
  expectExactlyOnce(submission);
  expect(value(submission, "VPR-A1") ?? value(submission, "VPR_A1")).toBe("no");
  await context.close();
});
