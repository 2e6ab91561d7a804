// A school team fills in together, the head signs, an expert assesses blind, both agree, the protocol is saved.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { enterAs } from "../support/people.js";

/** A day so many days ahead. */
function inDays(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

const PASSWORD = "orientir-demo";

/** Signs in by login and password: heads are not offered by a tap. */
async function enterBy(page, login) {
  const answer = await page.request.post("/api/v1/session", { data: { login, password: PASSWORD } });
  expect(answer.ok()).toBeTruthy();
  await page.goto("/app");
}

async function another(browser, viewport) {
  const context = await browser.newContext({ viewport });
  return context.newPage();
}

/** Opens the own school's self-assessment of the newest campaign. */
async function openOwn(page) {
  await page.goto("/app/campaigns");
  await page.getByRole("link", { name: /Продолжить|Начать самооценку|Профиль школы/ }).first().click();
}

/** Opens a domain in the contents. */
async function domain(page, name) {
  await page.getByRole("navigation", { name: /Области|Domains/ }).getByRole("button", { name }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

/** Chooses a level wherever nothing is chosen yet. */
async function answerAll(page, level) {
  const tabs = page.getByRole("navigation", { name: "Области" }).getByRole("button", { name: /отвечено/ });
  await expect(tabs.first()).toBeVisible();
  for (let at = 0; at < (await tabs.count()); at += 1) {
    await tabs.nth(at).click();
    const [title] = (await tabs.nth(at).getAttribute("aria-label")).split(":");
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    const items = page.getByRole("group", { name: /^\d\.\d/ });
    await expect(items.first()).toBeVisible();
    for (let place = 0; place < (await items.count()); place += 1) {
      const item = items.nth(place);
      if ((await item.getByRole("radio", { checked: true }).count()) === 0) {
        await item.getByRole("radio", { name: level }).check();
      }
    }
  }
}

test.describe.serial("a campaign", () => {
  test("two colleagues fill in together: presence, a remote answer, a talk, history", async ({ page, browser }) => {
    test.setTimeout(240_000);
    await enterAs(page, "school_team");
    await openOwn(page);
    await domain(page, /Люди и помощь/);
    const colleague = await another(browser, { width: 768, height: 1024 });
    await enterBy(colleague, "kovshova");
    await openOwn(colleague);
    await domain(colleague, /Люди и помощь/);

    await expect(page.getByText("Сейчас здесь")).toBeVisible({ timeout: 15_000 });
    await expect(page.getByText("Что говорят данные")).toBeVisible();
    await expect(page.getByRole("heading", { name: /Прошлый раз, до/ })).toBeVisible();
    await expectAccessible(page);
    await expectAccessible(colleague);

    const here = page.getByRole("group", { name: /^5\.1/ });
    const there = colleague.getByRole("group", { name: /^5\.1/ });
    await here.getByRole("radio", { name: /^начинаем: / }).check();
    await expect(there.getByRole("radio", { name: /^начинаем: / })).toBeChecked();
    await expect(colleague.getByText(/Марина Фомина сейчас на этом вопросе/)).toBeVisible();
    await there.getByRole("radio", { name: /^работает: / }).check();
    await expect(here.getByRole("radio", { name: /^работает: / })).toBeChecked();
    await expect(page.getByRole("button", { name: "Вернуть мой" }).or(page.locator(".rival")).first()).toBeVisible();
    await page.getByText(/История ответа/).first().click();
    await expect(page.getByText("действует").first()).toBeVisible();

    await page.getByText("Обсудить с коллегами").first().click();
    await page.getByLabel("Ваша реплика").first().fill("Где лежит реестр обучения?");
    await page.getByRole("button", { name: "@Юлия Ковшова" }).first().click();
    await page.getByRole("button", { name: "Отправить", exact: true }).first().click();
    await expect(colleague.getByText("Где лежит реестр обучения?")).toBeVisible();
    await colleague.goto("/app");
    await expect(colleague.getByText(/Марина Фомина спрашивает вас/)).toBeVisible();
    await colleague.context().close();
  });

  test("the team hands over, the head signs, later answers are kept apart, unlocking is shown", async ({ page, browser }) => {
    test.setTimeout(300_000);
    await enterAs(page, "school_team");
    await openOwn(page);
    await answerAll(page, /^начинаем: /);
    await page.getByRole("button", { name: "Проверить и передать" }).first().click();
    await page.getByRole("button", { name: "Передать самооценку" }).click();
    await expect(page.getByRole("heading", { name: "Утверждение директором" })).toBeVisible();
    await expect(page.getByText(/Самооценка у директора/)).toBeVisible();
    await expectAccessible(page);

    const head = await another(browser, { width: 1280, height: 800 });
    await enterBy(head, "head14");
    await expect(head.getByText("Утвердить самооценку")).toBeVisible();
    await openOwn(head);
    await expect(head.getByLabel(/Подпись/)).toHaveValue("Денис Астахов");
    await expectAccessible(head);
    await expect(head.getByRole("button", { name: "Подписать и закрыть" })).toBeDisabled();
    await head.getByRole("link", { name: "Проверить ответы" }).click();
    await expect(head.getByRole("heading", { name: "Все ответы" })).toBeVisible();
    await head.goBack();
    await expect(head.getByText("Вы открывали эти ответы")).toBeVisible();
    await head.getByRole("button", { name: "Подписать и закрыть" }).click();
    await expect(head.getByText(/Утвердил\(а\): Денис Астахов/)).toBeVisible();
    await expect(page.getByText(/Утвердил\(а\): Денис Астахов/)).toBeVisible();

    await head.getByRole("button", { name: "Открыть для правки" }).click();
    await head.getByLabel("Причина").fill("Нашли протокол к пункту 5.1");
    await head.getByRole("button", { name: "Открыть", exact: true }).click();
    await expect(page.getByText("Нашли протокол к пункту 5.1")).toBeVisible();
    await page.getByRole("button", { name: "Проверить и передать" }).first().click();
    await page.getByRole("button", { name: "Передать самооценку" }).click();
    await head.goto("/app/campaigns");
    await openOwn(head);
    await head.getByRole("button", { name: "Подписать и закрыть" }).click();
    await expect(head.getByText(/Утвердил\(а\): Денис Астахов/)).toBeVisible();
    await head.context().close();
  });

  test("an expert assesses blind and agrees with the school; the protocol is saved", async ({ page, browser }) => {
    test.setTimeout(300_000);
    await enterAs(page, "expert");
    await page.goto("/app/expert-assessments");
    await expectAccessible(page);
    const own = page.getByRole("article").filter({ hasText: "Начать оценку" }).last();
    await expect(own).toBeVisible();
    // Already assessed: the talk is open.
    const done = page.getByRole("article").filter({ hasText: "Сравнить и согласовать" }).first();
    const school = await done.getByRole("heading").innerText();
    await done.getByRole("link", { name: "Сравнить и согласовать" }).click();
    await expect(page.getByRole("heading", { level: 1, name: school })).toBeVisible();
    await expect(page.getByText(/Уровни совпали в \d+ из \d+/)).toBeVisible();
    await expectAccessible(page);
    const item = page.locator(".agree-item").filter({ hasNotText: "Согласовано:" }).first();
    const name = await item.getByRole("heading").innerText();
    await item.getByText("Предложить уровень").click();
    await item.getByRole("radio").nth(1).check();
    await item.getByLabel("Слова к пункту").fill("Видел протокол на сайте школы");
    await item.getByRole("button", { name: "Сказать" }).click();
    await expect(page.getByText(/Эксперт предлагает/).first()).toBeVisible();
    const address = page.url();
    // Words that are being written stay when the other side speaks meanwhile.
    const second = page.locator(".agree-item").filter({ hasNotText: "Согласовано:" }).filter({ hasNotText: name }).first();
    await second.getByText("Предложить уровень").click();
    await second.getByLabel("Слова к пункту").fill("Эти слова ещё не сказаны");

    const head = await another(browser, { width: 768, height: 1024 });
    await enterBy(head, "head01");
    await head.goto(address);
    if (await head.getByText(/Эксперт предлагает/).count()) {
      const same = head.locator(".agree-item").filter({ hasText: name }).first();
      await same.getByRole("button", { name: "Принять этот уровень" }).click();
      await expect(page.getByText(/Согласовано:/).first()).toBeVisible();
      await expect(page.getByLabel("Слова к пункту").and(page.locator(":visible"))).toHaveValue("Эти слова ещё не сказаны");
      await expectAccessible(head);
    }
    await head.context().close();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Протокол (DOCX)" }).click();
    expect((await download).suggestedFilename()).toBe("protocol.docx");
  });

  test("the coordinator announces a campaign, sees states, results and experts", async ({ page }) => {
    test.setTimeout(180_000);
    await enterAs(page, "coordinator");
    await page.goto("/app/campaigns/new");
    await expect(page.getByRole("heading", { level: 1, name: "Новая кампания" })).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel("Название по-русски").fill("Самооценка весной");
    await page.getByLabel("Название по-английски").fill("Self-assessment in spring");
    await page.getByLabel("Первый день").fill(inDays(60));
    await page.getByLabel("Последний день").fill(inDays(100));
    await page.getByRole("button", { name: "Добавить напоминание" }).click();
    await page.getByLabel("Напоминание 1", { exact: true }).fill(inDays(90));
    await page.getByRole("button", { name: "Объявить кампанию" }).click();
    await expect(page.getByRole("heading", { name: "Самооценка весной" })).toBeVisible();
    await expect(page.getByText(/Напоминания: 1/)).toBeVisible();

    await page.goto("/app/campaigns");
    await page.getByRole("link", { name: /Самооценка объективности/ }).first().click();
    await expectAccessible(page);
    await page.getByRole("button", { name: /^Напомнить \d+ школ/ }).click();
    await expect(page.getByText(/^Напомнили \d+ школ/)).toBeVisible();
    await expect(page.getByText(/^напомнили \d\d\.\d\d\.\d{4}/).first()).toBeVisible();
    await page.getByRole("link", { name: "Результаты" }).click();
    await expect(page.getByRole("heading", { name: "Результаты кампании" })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: /Профиль: / }).first().click();
    await expect(page.locator(".domain-detail")).toBeVisible();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Таблица (XLSX)" }).click();
    expect((await download).suggestedFilename()).toBe("self-assessment.xlsx");
    await page.goBack();
    await page.getByRole("link", { name: "Эксперты и согласие" }).click();
    await expect(page.getByRole("heading", { name: "Согласие по кампании" })).toBeVisible();
    await expectAccessible(page);
  });

  test("the same pages in English", async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem("orientir.language", "en"));
    await enterAs(page, "coordinator");
    await page.goto("/app/campaigns");
    await page.getByRole("link", { name: /Self-assessment of objectivity/ }).first().click();
    await page.getByRole("link", { name: "Results", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Results of the campaign" })).toBeVisible();
    await expectAccessible(page);
  });
});
