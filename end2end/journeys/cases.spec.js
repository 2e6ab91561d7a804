// A case: the school explains, the coordinator closes it; the act is read and the day followed live.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { enterAs } from "../support/people.js";

test("a closed case shows the observer's report, the explanation and the help", async ({ page }) => {
  await enterAs(page, "coordinator");
  await page.goto("/app/cases");
  await expectAccessible(page);
  await page.locator(".case-line").filter({ hasText: "закрыт" }).first().click();
  await expect(page.getByText("договорились о помощи")).toBeVisible();
  for (const entry of ["Наблюдатель сообщил", "Пояснение школы", "Итог"]) {
    await expect(page.getByText(entry, { exact: true })).toBeVisible();
  }
  await expectAccessible(page);
  await page.getByRole("link", { name: "Открыть акт" }).click();
  await expect(page.getByRole("heading", { name: /Акт общественного наблюдения/ })).toBeVisible();
  await expect(page.getByText("Грубое нарушение.").first()).toBeVisible();
  await expectAccessible(page);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Скачать Word" }).click();
  expect((await download).suggestedFilename()).toMatch(/^akt-.*\.docx$/);
  const paper = page.waitForEvent("download");
  await page.getByRole("link", { name: "Скачать PDF" }).click();
  expect((await paper).suggestedFilename()).toMatch(/^akt-.*\.pdf$/);
});

test("the school explains an open case and the coordinator reads it without reload", async ({ page, browser }) => {
  await enterAs(page, "coordinator");
  await page.goto("/app/cases");
  await page.locator(".case-line").filter({ hasText: "Сосновоборская ООШ" }).click();
  await expect(page.getByText(/ждёт пояснения школы|пояснение до/).first()).toBeVisible();
  // What was broken is worded with the answer: the rule alone would read as if it had held.
  await expect(page.getByText(/место для наблюдения есть — ответ «Нет»/)).toBeVisible();
  const other = await browser.newContext();
  const school = await other.newPage();
  await enterAs(school, "school_head");
  await school.goto(new URL(page.url()).pathname);
  await expectAccessible(school);
  const words = "Вход открыли после звонка, вахте выдана памятка";
  await school.getByRole("textbox", { name: "Пояснение школы" }).fill(words);
  await school.getByRole("button", { name: "Отправить пояснение" }).click();
  await expect(school.getByText(words).first()).toBeVisible();
  await expect(page.getByText(words)).toBeVisible();
  await other.close();
});

test("the board of the day moves when an observer begins, without reload", async ({ page, browser }) => {
  await enterAs(page, "manager");
  await page.goto("/app/day");
  await expect(page.getByText(/Наблюдателем обеспечено/)).toBeVisible();
  await expectAccessible(page);
  const other = await browser.newContext();
  const tablet = await other.newPage();
  await enterAs(tablet, "observer");
  const own = await (await tablet.request.get("/api/v1/assignments")).json();
  const { board_date } = await (await page.request.get("/api/v1/day")).json().then((board) => ({ board_date: board.date }));
  const today = own.find((one) => one.event.date === board_date && !one.assignment.submission);
  test.skip(!today, "every sheet of today was begun by an earlier journey");
  const site = page.locator(".day-site").filter({ hasText: today.event.organisation_name });
  const before = await site.innerText();
  const opened = await tablet.request.post("/api/v1/submissions", {
    data: {
      id: crypto.randomUUID(),
      subject: { kind: "assignment", assignment: today.assignment.id },
    },
  });
  expect(opened.ok()).toBe(true);
  await expect(site).toContainText("сдано листов 0 из 1");
  expect(await site.innerText()).not.toBe(before);
  await other.close();
});
