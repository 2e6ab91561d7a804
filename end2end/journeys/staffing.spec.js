// Staffing: an event is offered, the declaration is signed, and nobody with an interest gets through.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { enterAs } from "../support/people.js";

/** The event still to come in whose class a child of an observer learns, by the calendar of the district. */
async function comingEvent(page) {
  const events = await (await page.request.get("/api/v1/events")).json();
  const today = new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Krasnoyarsk" });
  return events.find((one) => one.date > today && one.grade === 5 && one.class === "Б");
}

test("an event is staffed with a person nothing stands against", async ({ page, browser }) => {
  await enterAs(page, "coordinator");
  const event = await comingEvent(page);
  await page.goto("/app/events");
  await expectAccessible(page);
  await page.goto(`/app/events/${event.id}`);
  await expect(page.getByRole("heading", { name: event.organisation_name })).toBeVisible();
  // The page begins with the first part that nobody has yet; here a second observer is wanted.
  await page.getByRole("button", { name: "наблюдатель", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Можно назначить" })).toBeVisible();
  await expectAccessible(page);

  // Somebody with a child in the class stands among those who cannot be assigned, and why is not told.
  await page.locator("summary").filter({ hasText: "Назначить нельзя" }).click();
  await expect(page.getByText("Есть причина не назначать; человек её не раскрывает.").first()).toBeVisible();
  await expect(page.getByText(/ребён/)).toHaveCount(0);

  const line = page.locator(".event-part").filter({ hasText: "Антонина Вешнякова" });
  await line.getByRole("button", { name: "Предложить" }).click();
  await expect(page.getByText("ждём заявления")).toBeVisible();

  const other = await browser.newContext();
  const tablet = await other.newPage();
  await enterAs(tablet, "registered_observer");
  await tablet.goto("/app/declarations");
  await expect(tablet.getByRole("heading", { name: event.organisation_name })).toBeVisible();
  await expectAccessible(tablet);
  await tablet.getByRole("button", { name: "Подтверждаю" }).click();
  await expect(tablet.getByText("вы назначены")).toBeVisible();
  await tablet.goto("/app/assignments");
  await expect(tablet.getByText(event.organisation_name).first()).toBeVisible();
  await other.close();

  await page.reload();
  const part = page.locator(".event-part").filter({ hasText: "Антонина Вешнякова" }).first();
  await expect(part.getByText("препятствий нет")).toBeVisible();
});

test("an event with gaps is ready only for a written reason", async ({ page }) => {
  await enterAs(page, "coordinator");
  const event = await comingEvent(page);
  await page.goto(`/app/events/${event.id}`);
  await page.getByRole("button", { name: "Объявить готовым с причиной" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Объявить готовым с причиной" }).click();
  await expect(dialog.getByText("Не всё готово")).toBeVisible();
  await dialog.getByLabel(/Почему событие/).fill("Проверяет муниципальная комиссия");
  await dialog.getByRole("button", { name: "Объявить готовым с причиной" }).click();
  await expect(page.getByText(/С незакрытыми пунктами/)).toBeVisible();
});

test("a citizen applies without script and the coordinator decides", async ({ page, browser }) => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const form = await plain.newPage();
  await form.goto("/observers");
  await form.getByLabel("Фамилия, имя, отчество").fill("Тихон Ракитин");
  await form.getByRole("button", { name: "Отправить заявку" }).click();
  await expect(form.getByText("Заявка не отправлена")).toBeVisible();
  await expect(form.getByLabel("Фамилия, имя, отчество")).toHaveValue("Тихон Ракитин");
  await form.getByLabel("Телефон").fill("+7 900 000-11-22");
  await form.getByLabel("Где вы живёте").fill("с. Полевое");
  await form.getByLabel("Коротко о себе").fill("Агроном");
  await form.getByLabel(/ваши дети/).fill("нет");
  await form.getByLabel("Мне исполнилось 18 лет").check();
  await form.getByLabel(/Я согласен/).check();
  await form.getByRole("button", { name: "Отправить заявку" }).click();
  await expect(form.getByRole("heading", { name: "Заявка отправлена" })).toBeVisible();
  await plain.close();

  await page.goto("/observers");
  await expectAccessible(page);
  await enterAs(page, "coordinator");
  await page.goto("/app/observers");
  const line = page.locator(".event-part").filter({ hasText: "Тихон Ракитин" });
  await expectAccessible(page);
  await line.getByRole("button", { name: "Принять" }).click();
  await page.getByLabel("Логин для входа").fill("rakitin");
  await page.getByRole("button", { name: "Принять и создать вход" }).click();
  await expect(page.getByText("Пароль показан один раз")).toBeVisible();
  await expect(page.getByRole("rowheader", { name: /Тихон Ракитин/ })).toBeVisible();
});

test("the training brings a certificate that anybody can check", async ({ page }) => {
  await enterAs(page, "registered_observer");
  await page.goto("/app/training");
  await expectAccessible(page);
  for (let step = 0; step < 4; step += 1) await page.getByRole("button", { name: "Дальше" }).click();
  await page.getByRole("button", { name: "К вопросам" }).click();
  const questions = page.locator(".training-question");
  await expect(questions).toHaveCount(12);
  const right = "bbbabbcbbbba";
  for (let index = 0; index < 12; index += 1) {
    await questions.nth(index).getByRole("radio").nth("abc".indexOf(right[index])).check();
  }
  await page.getByLabel("Я знаю эти правила").check();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Проверить ответы" }).click();
  await expect(page.getByText("Верно 12 из 12")).toBeVisible();
  await page.getByRole("link", { name: "Открыть свидетельство" }).click();
  const number = await page.locator(".certificate-number").innerText();
  await expectAccessible(page);
  await page.goto(`/certificates?number=${encodeURIComponent(number.replace("№ ", ""))}`);
  await expect(page.getByText(/действует до/)).toBeVisible();
  await expectAccessible(page);
});
