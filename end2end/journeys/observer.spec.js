// The observer fills and submits while the manager's page is open and changes by itself.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { enterAs } from "../support/people.js";
import { assigned } from "../support/tablet.js";

/** Invites an observer to a work of today as the coordinator does and returns the personal link. */
async function invite(page, browser, baseURL) {
  const [{ observer, event }] = await assigned(browser, baseURL);
  const response = await page.request.post("/api/v1/invitations", {
    data: { id: crypto.randomUUID(), person: observer.id, event: event.id },
    headers: { origin: new URL(page.url()).origin },
  });
  expect(response.status(), await response.text()).toBeLessThan(300);
  return { link: (await response.json()).link, event };
}

test("enters by the link, reports a gross violation and hands the sheet in; the map follows", async ({ page, browser, baseURL }) => {
  await enterAs(page, "coordinator");
  const { link, event } = await invite(page, browser, baseURL);
  await page.goto("/app/map");
  await expect(page.getByText("на связи")).toBeVisible();

  const tablet = await browser.newContext({ viewport: { width: 768, height: 1024 } });
  const sheet = await tablet.newPage();
  await sheet.goto(link);
  await expectAccessible(sheet);
  await sheet.waitForURL(/assignments/);
  await sheet
    .getByRole("article")
    .filter({ hasText: event.organisation_name })
    .filter({ hasText: `кабинет ${event.room}` })
    .getByRole("link", { name: "Начать лист" })
    .click();
  await sheet.getByRole("checkbox", { name: "подготовка и вход" }).check();
  await sheet.getByRole("radio", { name: "на бумаге" }).check();
  await sheet.getByRole("group", { name: /особыми условиями/ }).getByRole("radio", { name: "Нет" }).check();
  await sheet.getByRole("button", { name: "Сейчас" }).last().click();
  await expectAccessible(sheet);
  await sheet.getByRole("button", { name: "Дальше" }).click();

  const refused = sheet.getByRole("group", { name: /Меня пропустили/ });
  await refused.getByRole("radio", { name: "Нет" }).check();
  await sheet.getByRole("button", { name: "Да, нарушение было" }).click();
  await sheet.getByRole("textbox").first().fill("9:12 — не пускали в кабинет, ждал у входа десять минут");
  await sheet.getByRole("group", { name: /У меня нет ребёнка/ }).getByRole("radio", { name: "Да" }).check();

  // The manager's page shows the alarm without a reload.
  const now = page.locator("aside, main").filter({ hasText: "Сейчас в школах" });
  await expect(now.getByText(new RegExp(`${event.organisation_name}`)).first()).toBeVisible();
  await expect(page.getByText(/тревога/).first()).toBeVisible();

  // A reload in the middle loses nothing.
  await expect(sheet.getByText(/Отправлено (\d+) из \1,/)).toBeVisible();
  await sheet.reload();
  await expect(sheet.getByRole("group", { name: /Меня пропустили/ }).getByRole("radio", { name: "Нет" })).toBeChecked();

  await sheet.getByRole("button", { name: "Дальше" }).click();
  await sheet.getByRole("button", { name: "Нарушений не было" }).click();
  await sheet.getByRole("button", { name: "Дальше" }).click();
  await sheet.getByRole("button", { name: "Нарушений не было" }).click();
  await sheet.getByRole("button", { name: /Проверить|Дальше/ }).last().click();
  await expect(sheet.getByRole("heading", { name: "Проверьте ответы" })).toBeVisible();
  await expectAccessible(sheet);
  await sheet.getByRole("button", { name: "Отправить лист" }).click();
  await expect(sheet.getByRole("heading", { name: "Лист отправлен" })).toBeVisible();
  await expectAccessible(sheet);
  await expect(page.getByText(/сдано 1 из 1/).first()).toBeVisible();
  await tablet.close();
});

test("tells an unknown invitation from an empty one", async ({ page }) => {
  await page.goto("/app/invitation#nothing-of-the-kind");
  await expect(page.getByText(/приглашени/i).first()).toBeVisible();
  await expectAccessible(page);
});
