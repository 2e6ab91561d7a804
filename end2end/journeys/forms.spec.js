// A methodist brings a workbook with mistakes, mends it, tries every sort of question, publishes, and publishes again.
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { writeKitchenSink } from "../support/kitchen_sink.js";
import { enterAs } from "../support/people.js";

/** A picture of one dot. */
const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Uploads a workbook and waits for its editor. */
async function bring(page, file) {
  await page.goto("/app/forms");
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.waitForURL(/forms\/drafts\//);
  await expect(page.getByRole("heading", { name: "Что найдено" })).toBeVisible();
}

test("mends a workbook at its cells and publishes a version that never changes", async ({ page }, info) => {
  await enterAs(page, "methodist");
  const spoilt = await writeKitchenSink(join(info.outputPath(), "spoilt.xlsx"), {
    id: "mended",
    title: "С ошибками",
    change: ({ survey, choices }) => {
      survey.getCell("A4").value = "integr";
      survey.getCell("B5").value = "pupils";
      choices.addRow(["agree", "yes", "Ещё раз да", "Yes again"]);
    },
  });
  await page.goto("/app/forms");
  await expectAccessible(page);
  await bring(page, spoilt);
  const found = page.getByRole("region", { name: "Что найдено" });
  await expect(found.getByText(/ошиб/).first()).toBeVisible();
  await expectAccessible(page);

  // From the list to the cell, by keyboard to the mended type.
  await found.getByRole("button", { name: /survey, строка 4/ }).first().click();
  const cell = page.getByRole("button", { name: /строка 4: integr/ });
  await expect(cell).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.type("integer");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /строка 4: integer/ })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: /name, строка 5: pupils/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.type("share");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /name, строка 5: share/ })).toBeVisible();

  // What is left has a repair.
  const repairs = found.getByRole("listitem").filter({ hasText: /yes/ });
  await repairs.first().getByRole("button").last().click();
  await expect(found.getByText("Ошибок нет", { exact: false })).toBeVisible();

  await page.getByRole("button", { name: "Опубликовать…" }).click();
  const dialog = page.getByRole("dialog", { name: "Опубликовать версию" });
  await expect(dialog.getByText("Это новая анкета")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Номер версии").fill("1.0");
  await dialog.getByRole("button", { name: "Опубликовать" }).click();
  await expect(page.getByText("Версия 1.0 опубликована")).toBeVisible();

  // The next version names what changes.
  const next = await writeKitchenSink(join(info.outputPath(), "next.xlsx"), {
    id: "mended",
    title: "Без ошибок",
    change: ({ survey }) => (survey.getCell("C2").value = "Ваше имя?"),
  });
  await bring(page, next);
  await page.getByRole("button", { name: "Опубликовать…" }).click();
  await expect(dialog.getByText("person")).toBeVisible();
  await expect(dialog.getByText("слова").first()).toBeVisible();
  await expect(dialog.getByLabel("Номер версии")).toHaveValue("1.1");
  await dialog.getByLabel("Номер версии").fill("1.0");
  await dialog.getByRole("button", { name: "Опубликовать" }).click();
  await expect(dialog.getByText(/уже опубликована/)).toBeVisible();
});

test("fills every sort of question by keyboard and pointer", async ({ page }, info) => {
  await enterAs(page, "methodist");
  await bring(page, await writeKitchenSink(join(info.outputPath(), "kitchen.xlsx")));
  const form = page.getByRole("region", { name: "Предпросмотр" });
  const section = form.getByLabel("Раздел");
  await expectAccessible(page);

  await form.getByLabel("Как вас зовут?").fill("Анна");
  await expect(form.getByText("Сколько учеников, Анна?")).toBeVisible();
  await expect(form.getByText("Спасибо, Анна")).toBeVisible();
  await form.getByLabel("Сколько учеников, Анна?").fill("50");
  await form.getByLabel("Сколько учеников, Анна?").blur();
  await expect(form.getByText(/не подходит/).first()).toBeVisible();
  await form.getByLabel("Сколько учеников, Анна?").fill("30");
  await form.getByLabel("Сколько учеников, Анна?").blur();
  await expect(form.getByText(/не подходит/)).toHaveCount(0);

  await form.getByRole("slider", { name: "Шум" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(form.getByRole("slider", { name: "Шум" })).not.toHaveAttribute("aria-valuetext", /не выбран/i);
  await form.getByRole("group", { name: "Согласны ли вы?" }).getByRole("radio", { name: "Да", exact: true }).check();
  await form.getByLabel("Выберите из списка").selectOption({ label: "Отчасти" });

  const town = form.getByRole("group", { name: "Населённый пункт" });
  await town.getByRole("textbox").or(town.getByRole("searchbox")).first().fill("посёлок 42");
  await town.getByRole("radio", { name: "Посёлок 42" }).check();

  const several = form.getByRole("group", { name: "Что подходит?" });
  await several.getByRole("checkbox", { name: "Нет" }).check();
  await several.getByRole("checkbox", { name: "Полностью" }).check();

  const order = form.getByRole("group", { name: "Расставьте по важности" });
  await order.getByRole("button", { name: /Полностью/ }).first().click();
  await expect(order.getByRole("listitem").nth(2)).toContainText("Полностью");

  const place = form.getByRole("group", { name: "Где это?" });
  await place.getByLabel("Широта").fill("56,01");
  await place.getByLabel("Долгота").fill("92,87");
  await place.getByLabel("Долгота").blur();
  await expect(place.getByText(/проверьте|неверн/i)).toHaveCount(0);

  const way = form.getByLabel("Маршрут");
  await way.fill("56,01 92,87\n56,02");
  await way.blur();
  await expect(form.getByText(/Строка 2: введите широту/)).toBeVisible();
  await way.fill("56,01 92,87\n56,02 92,88");
  await way.blur();
  await expect(form.getByText(/введите широту/)).toHaveCount(0);
  await expect(way).toHaveValue("56.01 92.87\n56.02 92.88");

  // The same on a map: what was typed lies on it, a tap and the middle of the map add points, one is taken away.
  const route = form.locator("div.field").filter({ has: page.getByLabel("Маршрут") });
  await route.getByRole("button", { name: "Показать карту" }).click();
  const ground = route.locator('.place-map[data-ready="true"]');
  await expect(ground).toBeVisible();
  await ground.scrollIntoViewIfNeeded();
  await ground.click({ position: { x: 60, y: 60 } });
  await expect(way).toHaveValue(/^56\.01 92\.87\n56\.02 92\.88\n\d+\.\d+ \d+\.\d+$/);
  await route.getByRole("button", { name: "Точка в середине карты" }).click();
  await expect.poll(async () => (await way.inputValue()).split("\n").length).toBe(4);
  if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT });
  await route.getByRole("button", { name: "Убрать последнюю точку" }).click();
  await expect.poll(async () => (await way.inputValue()).split("\n").length).toBe(3);
  await expectAccessible(page);

  // On trial a photo and a document are shown, and stay on the page.
  const photo = form.getByRole("group", { name: "Снимок кабинета" });
  await photo.locator('input[type="file"]').setInputFiles({ name: "кабинет 12.png", mimeType: "image/png", buffer: Buffer.from(DOT, "base64") });
  await expect(photo.getByRole("img", { name: "Приложенный снимок" })).toBeVisible();
  await expect(photo.getByText(/никуда не отправляется/)).toBeVisible();
  await photo.getByRole("button", { name: "Убрать снимок" }).click();
  await expect(photo.getByRole("img", { name: "Приложенный снимок" })).toHaveCount(0);
  const paper = form.getByRole("group", { name: "Приказ" });
  await paper.locator('input[type="file"]').setInputFiles({ name: "order.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4") });
  await expect(paper.getByRole("link", { name: "order.pdf" })).toBeVisible();

  const signature = form.getByRole("group", { name: "Подпись" });
  const pad = signature.locator(".drawing");
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 90, box.y + 50, { steps: 5 });
  await page.mouse.up();
  await expect(signature.locator("svg path, svg polyline").first()).toBeAttached();

  // Repeats inside repeats, counted and added by hand.
  await form.getByLabel("Сколько кабинетов?").fill("2");
  await form.getByLabel("Сколько кабинетов?").blur();
  if (await section.count()) await section.selectOption({ index: 0 });
  await expect(form.getByRole("group", { name: /^Кабинет: / })).toHaveCount(2);
  const second = form.getByRole("group", { name: "Кабинет: 2" });
  await second.getByLabel("Номер кабинета").fill("12");
  await second.getByRole("button", { name: "Добавить ещё" }).click();
  await second.getByLabel("Название парты").last().fill("у окна");
  await expectAccessible(page);

  // The group of many pupils is a section of its own.
  await section.selectOption({ label: "Подробности" });
  await expect(form.getByLabel("Почему так много?")).toBeVisible();

  // The same in English: words change, answers stay.
  await page.getByText(/Настройки|Методист|Наталья/).first().click();
  await page.getByRole("radio", { name: "English" }).check({ force: true });
  await expect(page.getByRole("heading", { name: "What was found" })).toBeVisible();
  const preview = page.getByRole("region", { name: "Preview" });
  await preview.getByLabel("Section").selectOption({ index: 0 });
  await expect(preview.getByLabel("What is your name?")).toHaveValue("Анна");
});

test("opens a version of two thousand questions, draws what is near and keeps answers on scrolling", async ({ page, request }, info) => {
  await enterAs(page, "methodist");
  const rows = Array.from({ length: 2000 }, (_, place) => `,select_one scale,q${place},Вопрос ${place}\n`).join("");
  const csv = `survey,,,\n,type,name,label\n${rows}choices,,,\n,list_name,name,label\n,scale,0,Нет\n,scale,1,Частично\n,scale,2,Да\nsettings,,,\n,form_id,form_title,\n,long_form,Длинная,\n`;
  const headers = { origin: new URL(page.url()).origin };
  const id = crypto.randomUUID();
  const draft = await page.request.post("/api/v1/form-drafts", {
    data: Buffer.from(csv),
    headers: { ...headers, "content-type": "application/octet-stream", "x-form-draft-id": id, "x-file-name": "long.csv" },
  });
  const { revision } = await draft.json();
  const published = await page.request.post(`/api/v1/form-drafts/${id}/publish`, { data: { revision, version: "1" }, headers });
  expect(published.status(), await published.text()).toBe(200);

  await page.goto("/app/forms/long_form/1");
  await page.getByRole("group", { name: "Вопрос 0", exact: true }).getByRole("radio", { name: "Да" }).check();
  const drawn = await page.getByRole("radio").count();
  expect(drawn).toBeLessThan(400);
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await expect(page.getByRole("group", { name: "Вопрос 1999", exact: true })).toBeVisible();
  await page.evaluate(() => window.scrollTo(0, 0));
  await expect(page.getByRole("group", { name: "Вопрос 0", exact: true }).getByRole("radio", { name: "Да" })).toBeChecked();
  await expectAccessible(page);
});
