// From a sign to its effect: a manager opens a review at a cell, the school explains, works are checked again, a measure
// is agreed, and the review ends. Both pages follow each other without a reload.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { enterAs } from "../support/people.js";

/** Looks at the page from its beginning: what lies half under the header is no target. */
async function expectAccessibleFromTop(page) {
  await page.evaluate(() => scrollTo(0, 0));
  await expectAccessible(page);
}

/** Chooses an act in the block «Сейчас» and returns its form. */
async function act(page, name) {
  await page.locator(".review-next").getByRole("button", { name, exact: true }).click();
  const form = page.locator(".review-form, .review-main > .card").first();
  await expect(form).toBeVisible();
  return form;
}

test("a sign goes over the school's word and a recheck to a measure and its effect", async ({ page, browser }) => {
  test.setTimeout(240_000);
  await enterAs(page, "manager");
  await page.goto("/app/map");
  await page.getByRole("complementary").getByRole("button", { name: /Берёзовская СОШ/ }).first().click();
  const panel = page.getByRole("complementary", { name: "Подробно о ячейке" });
  await panel.getByRole("button", { name: "Открыть разбор" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Берёзовская СОШ: / })).toBeVisible();
  await expect(page.locator("[aria-current=step]")).toContainText("Проверка аналитиком");
  await expect(page.getByText("Школу ещё не спросили: разбор ей не виден.")).toBeVisible();
  await expectAccessibleFromTop(page);
  const address = page.url();

  // Words that were refused stay in the field.
  let form = await act(page, "Спросить школу");
  await form.getByRole("button", { name: "Спросить школу" }).click();
  await expect(form.getByRole("alert").filter({ hasText: "Напишите несколько слов" })).toBeVisible();
  await form.getByLabel("Что видно в сигналах").fill("Работы одного класса похожи больше обычного");
  await form.getByLabel("Ответ школы до").fill("2020-01-01");
  await form.getByRole("button", { name: "Спросить школу" }).click();
  await expect(form.getByRole("alert").filter({ hasText: "Этот день уже прошёл" })).toBeVisible();
  await expect(form.getByLabel("Что видно в сигналах")).toHaveValue("Работы одного класса похожи больше обычного");
  await form.getByLabel("Ответ школы до").fill("2099-01-31");
  await form.getByRole("button", { name: "Спросить школу" }).click();
  await expect(page.locator("[aria-current=step]")).toContainText("Пояснение школы");

  // The school is told by a task, explains on a tablet, and the manager's open page follows.
  const context = await browser.newContext({ viewport: { width: 768, height: 1024 }, locale: "ru-RU" });
  const school = await context.newPage();
  await school.request.post("/api/v1/session", { data: { login: "head14", password: "orientir-demo" } });
  await school.goto("/app");
  await school.getByRole("link", { name: /Пояснить результаты/ }).first().click();
  await expect(school.getByText("Работы одного класса похожи больше обычного")).toBeVisible();
  await expectAccessible(school);
  const answer = await act(school, "Дать пояснение");
  await answer.getByLabel("Пояснение школы").fill("Класс готовился по одному образцу");
  await answer.getByRole("button", { name: "Дать пояснение" }).click();
  await expect(page.getByText("Класс готовился по одному образцу")).toBeVisible();
  await expect(page.locator("[aria-current=step]")).toContainText("Перепроверка");

  // A member who has not declared keeps the commission from being ordered.
  form = await act(page, "Назначить перепроверку");
  await form.getByLabel("Какие работы: коды или баллы").fill("работы класса 7А");
  await form.getByLabel("Номер приказа").fill("118");
  await form.getByLabel("Дата приказа").fill("2026-04-16");
  await form.getByLabel("Члены комиссии: должность на строку").fill("учитель лицея\nметодист");
  await form.getByRole("checkbox", { name: /учитель лицея/ }).check();
  await form.getByRole("button", { name: "Назначить перепроверку" }).click();
  await expect(form.getByRole("alert").filter({ hasText: "Не все члены комиссии" })).toBeVisible();
  await form.getByRole("checkbox", { name: /методист/ }).check();
  await form.getByRole("button", { name: "Назначить перепроверку" }).click();
  await expect(page.getByText(/приказ № 118/)).toBeVisible();

  form = await act(page, "Внести баллы");
  const marks = form.getByLabel(/Код, первый балл, второй балл/);
  await marks.fill("Код\tПервый\tВторой\n50001\t8\t7\n50002\t9\n");
  await expect(form.getByText("Строка 3: нужны код и два целых числа.")).toBeVisible();
  await expectAccessibleFromTop(page);
  await marks.fill("50001\t8\t7\n50002\t9\t9\n50003\t5\t5");
  await form.getByRole("button", { name: "Записать баллы" }).click();
  await expect(page.getByText("Баллы совпали в 2 из 3 работ.")).toBeVisible();
  await expect(school.getByText("Баллы совпали в 2 из 3 работ.")).toBeVisible();
  await context.close();

  form = await act(page, "Завершить перепроверку");
  await form.getByLabel("Что показала перепроверка").fill("Одна работа из трёх на балл ниже");
  await form.getByRole("button", { name: "Завершить перепроверку" }).click();
  form = await act(page, "Записать заключение");
  await form.getByRole("radio", { name: "Признаки подтвердились" }).check();
  await form.getByLabel("На чём основан вывод").fill("Сходство работ осталось после перепроверки");
  await form.getByRole("button", { name: "Записать заключение" }).click();
  await expect(page.locator("[aria-current=step]")).toContainText("Меры");

  // Confirmed signs wait for a measure, help first.
  await page.locator(".review-next").getByRole("link", { name: "Назначить меру" }).click();
  await page.getByLabel("Почему эта мера").fill("Согласовать подходы к проверке");
  const measure = await page.getByLabel("Мера", { exact: true }).evaluate((select) => select.selectedOptions[0].textContent);
  await page.getByRole("button", { name: "Назначить" }).click();
  await expect(page.getByRole("heading", { level: 1, name: measure })).toBeVisible();
  await page.goto(address);
  await expect(page.getByRole("complementary").getByRole("link", { name: measure })).toBeVisible();
  await expect(page.getByText("Административная мера: закрыта")).toBeVisible();
  form = await act(page, "Перейти к эффекту");
  await form.getByLabel("О чём договорились").fill("Занятие в августе");
  await form.getByRole("button", { name: "Перейти к эффекту" }).click();
  await expect(page.locator("[aria-current=step]")).toContainText("Эффект");

  // Without the next results only one judgement is honest.
  form = await act(page, "Оценить эффект");
  await expect(form.getByRole("radio")).toHaveCount(1);
  await form.getByRole("radio", { name: "По данным не понять" }).check();
  await form.getByLabel("По чему это видно").fill("Следующей работы в этой параллели не будет");
  await form.getByRole("button", { name: "Оценить эффект" }).click();
  form = await act(page, "Завершить разбор");
  await form.getByLabel("Чем закончился разбор").fill("Занятие проведено, наблюдатели будут в апреле");
  await form.getByRole("button", { name: "Завершить разбор" }).click();
  await expect(page.getByRole("heading", { name: /^Разбор завершён/ })).toBeVisible();
  await expectAccessibleFromTop(page);

  await page.goto("/app/reviews");
  await page.getByRole("button", { name: /^Завершён/ }).click();
  await expect(page.getByRole("row", { name: /Берёзовская СОШ/ })).toBeVisible();
  await expectAccessibleFromTop(page);
});
