// Evidence at a question: a file by its content, a document of the register, a link; and the register itself.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { enterAs } from "../support/people.js";
import { givenBack } from "../support/team.js";

const PDF = Buffer.from("%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n");
const TABLET = { width: 768, height: 1024 };

async function openDomain(page) {
  await page.goto("/app/campaigns");
  await page.getByRole("link", { name: "Продолжить", exact: true }).first().click();
  await page
    .getByRole("navigation", { name: "Области" })
    .getByRole("button", { name: /Открытость и решения/ })
    .click();
  return page.getByRole("group", { name: /^6\.\d/ }).first();
}

test("a team proves a level by a file, a link and a document, and takes one out", async ({ page, browser, baseURL }) => {
  test.setTimeout(90_000);
  await givenBack(browser, baseURL);
  await enterAs(page, "school_team");
  const item = await openDomain(page);
  await item.getByRole("radio", { name: /^работает: / }).check();
  const place = page.locator(".evidence-at").first();
  await place.locator('input[type="file"]').setInputFiles({
    name: "приказ.exe",
    mimeType: "application/octet-stream",
    buffer: PDF,
  });
  await expect(place.getByRole("link", { name: "приказ.exe.pdf" })).toBeVisible();
  await expectAccessible(page);

  const download = page.waitForEvent("download");
  await place.getByRole("link", { name: "приказ.exe.pdf" }).click();
  expect((await download).suggestedFilename()).toBe("приказ.exe.pdf");

  await place.locator('input[type="file"]').setInputFiles({
    name: "страница.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("<html><script>alert(1)</script>"),
  });
  await expect(place.getByRole("alert").filter({ hasText: "По содержимому это не PDF" })).toBeVisible();

  await place.getByRole("button", { name: "Ссылка" }).click();
  const dialog = page.getByRole("dialog", { name: "Добавить ссылку" });
  await dialog.getByRole("textbox", { name: "Адрес страницы" }).fill("https://school.example/order-14");
  await dialog.getByRole("textbox", { name: "Что это" }).fill("Приказ № 14 на сайте");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Приложить" }).click();
  await expect(place.getByRole("link", { name: "Приказ № 14 на сайте" })).toBeVisible();

  await place.getByRole("button", { name: "Из реестра" }).click();
  const register = page.getByRole("dialog", { name: "Выбрать документ из реестра" });
  await register.getByRole("searchbox").fill("объективности процедур");
  await register.getByRole("button", { name: /Справка об объективности/ }).first().click();
  await expect(place.getByRole("listitem")).toHaveCount(3);

  await place.getByRole("button", { name: "Убрать: Приказ № 14 на сайте" }).click();
  await expect(place.getByRole("listitem")).toHaveCount(2);
  await page.setViewportSize(TABLET);
  await expectAccessible(page);
  await page.reload();
  await openDomain(page);
  await expect(page.locator(".evidence-at").first().getByRole("listitem")).toHaveCount(2);
});

test("the register finds, registers and lets go with a reason", async ({ page }) => {
  await enterAs(page, "coordinator");
  await page.goto("/app/documents");
  await expect(page.getByRole("heading", { name: "Документы", level: 1 })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Зарегистрировать документ" }).click();
  const dialog = page.getByRole("dialog", { name: "Зарегистрировать документ" });
  await dialog.getByLabel("Вид").selectOption({ label: "Протокол заседания" });
  await dialog.getByLabel("Название").fill("О расхождениях оценок");
  await dialog.getByLabel("Номер").fill("8");
  await dialog.locator('input[type="file"]').setInputFiles({ name: "протокол.pdf", mimeType: "application/pdf", buffer: PDF });
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Зарегистрировать" }).click();
  const row = page.getByRole("row", { name: /О расхождениях оценок/ });
  await expect(row.getByRole("link", { name: "О расхождениях оценок, № 8" })).toBeVisible();
  await row.getByRole("button", { name: /Убрать в архив/ }).click();
  await page.getByLabel("Почему").fill("заменён новым");
  await page.getByRole("dialog").getByRole("button", { name: "Убрать в архив" }).click();
  await expect(row).toHaveCount(0);
  await page.setViewportSize(TABLET);
  await expectAccessible(page);
});
