// An event is moved and called off, an offer is withdrawn, people are reminded: those concerned read why.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { enterAs } from "../support/people.js";

/** Opens an event of the future, the first or the last: nothing of it was seen yet. */
async function openAhead(page, which = "first") {
  await enterAs(page, "coordinator");
  await page.goto("/app/events");
  const ahead = page.locator("section").filter({ has: page.getByRole("heading", { name: "Впереди", exact: true }) });
  const cards = ahead.getByRole("article");
  await (which === "first" ? cards.first() : cards.last()).getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "Расстановка" })).toBeVisible();
}

test("an event is moved with a reason, then called off; the list says so", async ({ page }) => {
  // The first is left to those who staff it.
  await openAhead(page, "last");
  const day = new Date(Date.now() + 63 * 86_400_000).toISOString().slice(0, 10);
  const school = await page.getByRole("heading", { level: 1 }).innerText();
  await page.getByRole("button", { name: "Перенести" }).click();
  const dialog = page.getByRole("dialog", { name: "Перенести событие" });
  await dialog.getByLabel("Дата").fill(day);
  await dialog.getByLabel("Начало").fill("11:30");
  await dialog.getByLabel("Кабинет").fill("21");
  await dialog.getByLabel("Причина").fill("Карантин в школе");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Перенести", exact: true }).click();
  await expect(page.getByText("Событие перенесли")).toBeVisible();
  await expect(page.getByText("Причина: Карантин в школе")).toBeVisible();
  await expect(page.getByText(`${day.split("-").reverse().join(".")}, 11:30`)).toBeVisible();

  await page.getByRole("button", { name: "Отменить событие" }).click();
  const question = page.getByRole("dialog", { name: "Отменить событие?" });
  await question.getByLabel("Причина").fill("Школа закрыта на ремонт");
  await question.getByRole("button", { name: "Отменить событие" }).click();
  await expect(page.getByText("Событие отменено", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.goto("/app/events");
  const card = page.getByRole("article").filter({ hasText: school }).filter({ hasText: "отменено" });
  await expect(card.first()).toBeVisible();
});

test("an offer waits, is reminded of and withdrawn", async ({ page }) => {
  await openAhead(page);
  const offer = page.getByRole("button", { name: "Предложить" }).first();
  await offer.click();
  await expect(page.getByText("ждём заявления").first()).toBeVisible();
  const address = page.url();
  await page.goto("/app/events");
  await page.getByRole("button", { name: /^Напомнить \d+ / }).click();
  await expect(page.getByText(/напомнили/).first()).toBeVisible();
  await expectAccessible(page);
  await page.goto(address);
  const withdraw = page.getByRole("button", { name: "Отозвать" });
  await expect(withdraw.first()).toBeVisible();
  const before = await withdraw.count();
  await withdraw.first().click();
  await expect(withdraw).toHaveCount(before - 1);
});

test("a regional reader opens a cell in short, and a page that is not for the role says so", async ({ page }) => {
  await enterAs(page, "regional_reader");
  await page.goto("/app/map");
  await expect(page.locator("[data-row]").first()).toBeVisible();
  const cell = page.locator('[data-row]:not(.state-none)').first();
  await cell.click();
  const panel = page.getByRole("complementary", { name: "Подробно о ячейке" });
  await expect(panel.getByText(/Ваша роль видит состояние/)).toBeVisible();
  await expectAccessible(page);
  await page.goto("/app/campaigns");
  await expect(page.getByRole("heading", { name: "Эта страница не для вашей роли" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Повторить" })).toHaveCount(0);
  await expectAccessible(page);
});
