// A proxy answers 502 for a while: the page comes back by itself and misses nothing of what happened meanwhile.
import { expect, test } from "@playwright/test";
import { enterAs } from "../support/people.js";
import { proxy } from "../support/proxy.js";
import { fillArrival, fillContext, free, received, tablet } from "../support/tablet.js";

test.describe.configure({ timeout: 180_000 });

const isStream = (url) => url.startsWith("/api/v1/live");

test("shows what happened while a proxy answered 502", async ({ browser, baseURL }) => {
  const { observer, assignment, event } = await free(browser, baseURL);
  const between = await proxy(baseURL);
  const office = await browser.newContext({ baseURL: between.address, locale: "ru-RU" });
  const page = await office.newPage();
  await enterAs(page, "coordinator");
  await page.goto("/app/map");
  await expect(page.getByText("на связи")).toBeVisible();
  const now = page.locator("aside, main").filter({ hasText: "Сейчас в школах" });
  const alarm = now.getByText(event.organisation_name).first();
  await expect(alarm).toBeHidden();

  between.cut();
  await expect.poll(() => between.state.refused.filter(isStream).length, { timeout: 30_000 }).toBeGreaterThan(1);
  const observed = await tablet(browser, baseURL, observer);
  const sheet = await observed.newPage();
  await sheet.goto(`/app/assignments/${assignment}`);
  await fillContext(sheet);
  await sheet.getByRole("button", { name: "Дальше" }).click();
  await fillArrival(sheet);
  await sheet.getByRole("group", { name: /Меня пропустили/ }).getByRole("radio", { name: "Нет" }).check();
  await sheet.getByRole("button", { name: "Да, нарушение было" }).click();
  await sheet.getByRole("textbox").first().fill("9:12 — не пускали в кабинет");
  await sheet.getByRole("textbox").first().blur();
  await expect(received(sheet)).toBeVisible({ timeout: 40_000 });

  const before = between.state.passed.length;
  between.mend();
  await expect(page.getByText(/^(на связи|обновлено .*)$/)).toBeVisible({ timeout: 60_000 });
  const again = between.state.passed.slice(before).filter(isStream);
  expect(again[0]).toMatch(/\?after=\d+$/);
  await expect(alarm).toBeVisible();
  await observed.close();
  await office.close();
  await between.close();
});
