// The observer's day without a network: nothing is lost, whatever happens to tab, clock, session or storage.
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { expectExactlyOnce, fillArrival, fillContext, free, held, prepare, received, signIn, tablet, value } from "../support/tablet.js";

test.describe.configure({ timeout: 120_000 });

test("prepares, goes offline, loses the tab in the middle of a word, and everything arrives once", async ({ browser, baseURL }) => {
  const { observer, assignment } = await free(browser, baseURL);
  const context = await tablet(browser, baseURL, observer);
  let page = await context.newPage();
  await prepare(page, assignment);
  await expectAccessible(page);

  await context.setOffline(true);
  // A cold start without a network: shell, session, assignments and the sheet come from the tablet.
  await page.close();
  page = await context.newPage();
  await page.goto("/app/assignments");
  await expect(page.getByRole("heading", { name: "Мои назначения" })).toBeVisible();
  await page.goto(`/app/assignments/${assignment}`);
  await fillContext(page);
  await page.getByRole("button", { name: "Дальше" }).click();
  await fillArrival(page);
  await page.getByRole("group", { name: /Меня пропустили/ }).getByRole("radio", { name: "Нет" }).check();
  await page.getByRole("button", { name: "Да, нарушение было" }).click();
  const note = page.getByRole("textbox").first();
  await note.pressSequentially("9:12 — не пускали в каб");
  await expect(page.getByText(/На планшете, жд[ёу]т отправки: \d+/).first()).toBeVisible();
  await page.close({ runBeforeUnload: false });

  page = await context.newPage();
  await page.goto(`/app/assignments/${assignment}`);
  const refused = page.getByRole("group", { name: /Меня пропустили/ });
  await expect(refused.getByRole("radio", { name: "Нет" })).toBeChecked();
  await expect(page.getByRole("textbox").first()).toHaveValue("9:12 — не пускали в каб");
  await expectAccessible(page);

  await context.setOffline(false);
  await expect(received(page)).toBeVisible({ timeout: 40_000 });
  const sheet = await held(context, assignment);
  expectExactlyOnce(sheet);
  expect(value(sheet, "VPR-A1") ?? value(sheet, "VPR_A1")).toBe("no");
  expect(sheet.operations.some(({ change }) => change.edit?.set === "9:12 — не пускали в каб")).toBe(true);
  await context.close();
});

test("tolerates a clock that is wrong by a day", async ({ browser, baseURL }) => {
  const { observer, assignment } = await free(browser, baseURL);
  const context = await tablet(browser, baseURL, observer);
  await context.addInitScript(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() - 86_400_000;
  });
  const page = await context.newPage();
  await prepare(page, assignment);
  await expect(page.getByText(/Часы этого устройства отличаются/)).toBeVisible();
  await page.goto(`/app/assignments/${assignment}`);
  await context.setOffline(true);
  await fillContext(page);
  await expect(page.getByText(/На планшете, жд[ёу]т отправки: \d+/).first()).toBeVisible();
  await context.setOffline(false);
  await expect(received(page)).toBeVisible({ timeout: 40_000 });
  expectExactlyOnce(await held(context, assignment));
  await context.close();
});

test("keeps what was answered to another version of the form, and says so", async ({ browser, baseURL }) => {
  const { observer, assignment } = await free(browser, baseURL);
  const context = await tablet(browser, baseURL, observer);
  const page = await context.newPage();
  await prepare(page, assignment);
  await page.goto(`/app/assignments/${assignment}`);
  // The form was published anew while the tablet was away: its answers name a version the sheet no longer has.
  await page.route("**/operations", async (route) => {
    const body = route.request().postDataJSON();
    for (const operation of body.operations) operation.form_version = "0.9.0";
    await route.continue({ postData: JSON.stringify(body) });
  });
  await context.setOffline(true);
  await page.getByRole("radio", { name: "на бумаге" }).check();
  await context.setOffline(false);
  await expect(page.getByText(/Нужно внимание: сервер отложил 1 ответ/)).toBeVisible({ timeout: 40_000 });
  await page.unroute("**/operations");
  await page.getByRole("group", { name: /особыми условиями/ }).getByRole("radio", { name: "Нет" }).check();
  await expect.poll(async () => (await held(context, assignment)).operations.length).toBe(2);
  expectExactlyOnce(await held(context, assignment));
  await context.close();
});

test("goes on when the session has ended, and sends everything after signing in again", async ({ browser, baseURL }) => {
  const { observer, assignment } = await free(browser, baseURL);
  const context = await tablet(browser, baseURL, observer);
  const page = await context.newPage();
  await prepare(page, assignment);
  await page.goto(`/app/assignments/${assignment}`);
  await context.setOffline(true);
  await page.getByRole("radio", { name: "на бумаге" }).check();
  await context.clearCookies();
  await context.setOffline(false);
  await page.getByRole("button", { name: "Заполнять дальше, войти потом" }).click({ timeout: 40_000 });
  await page.getByRole("group", { name: /особыми условиями/ }).getByRole("radio", { name: "Нет" }).check();
  await expect(page.getByText(/На планшете: \d+\. Войдите, чтобы отправить/)).toBeVisible();
  await signIn(context, baseURL, observer);
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await expect(received(page)).toBeVisible({ timeout: 40_000 });
  const sheet = await held(context, assignment);
  expectExactlyOnce(sheet);
  expect(sheet.operations.length).toBeGreaterThanOrEqual(2);
  await context.close();
});

/**
 * From now on the tablet's database takes nothing more: a transaction that writes is undone with the error of a full
 * device. Chromium 156 goes on accepting writes beyond an overridden quota, so it cannot be filled up for real.
 */
const fillUp = (page) =>
  page.evaluate(() => {
    for (const name of ["put", "add"]) {
      const write = IDBObjectStore.prototype[name];
      IDBObjectStore.prototype[name] = function (...given) {
        const request = write.apply(this, given);
        const { transaction } = this;
        if (!Object.hasOwn(transaction, "error")) {
          const full = new DOMException("The device is full.", "QuotaExceededError");
          Object.defineProperty(transaction, "error", { get: () => full });
          // After the other requests of the same transaction were made.
          queueMicrotask(() => transaction.abort());
        }
        return request;
      };
    }
  });

test("says when the tablet is full, and sends from memory", async ({ browser, baseURL }) => {
  const { observer, assignment } = await free(browser, baseURL);
  const context = await tablet(browser, baseURL, observer);
  const page = await context.newPage();
  await prepare(page, assignment);
  await page.goto(`/app/assignments/${assignment}`);
  await page.getByRole("radio", { name: "на бумаге" }).check();
  await expect(received(page)).toBeVisible({ timeout: 40_000 });
  await fillUp(page);
  await context.setOffline(true);
  await page.getByRole("group", { name: /особыми условиями/ }).getByRole("radio", { name: "Нет" }).check();
  await expect(page.getByText("Ошибка: память устройства недоступна. Не закрывайте страницу")).toBeVisible();
  await context.setOffline(false);
  await expect(received(page)).toBeVisible({ timeout: 40_000 });
  const sheet = await held(context, assignment);
  expectExactlyOnce(sheet);
  expect(sheet.operations).toHaveLength(2);
  await context.close();
});

test("merges two tablets on one sheet", async ({ browser, baseURL }) => {
  const { observer, assignment } = await free(browser, baseURL);
  const [first, second] = [await tablet(browser, baseURL, observer), await tablet(browser, baseURL, observer)];
  const [one, two] = [await first.newPage(), await second.newPage()];
  for (const page of [one, two]) {
    await prepare(page, assignment);
    await page.goto(`/app/assignments/${assignment}`);
  }
  await first.setOffline(true);
  await second.setOffline(true);
  await one.getByRole("radio", { name: "на бумаге" }).check();
  await two.getByRole("group", { name: /особыми условиями/ }).getByRole("radio", { name: "Нет" }).check();
  await first.setOffline(false);
  await expect(received(one)).toBeVisible({ timeout: 40_000 });
  await second.setOffline(false);
  await expect(received(two)).toBeVisible({ timeout: 40_000 });
  await expect(two.getByRole("radio", { name: "на бумаге" })).toBeChecked();
  await expect(one.getByRole("group", { name: /особыми условиями/ }).getByRole("radio", { name: "Нет" })).toBeChecked({ timeout: 20_000 });
  const sheet = await held(first, assignment);
  expectExactlyOnce(sheet);
  expect(new Set(sheet.operations.map(({ device }) => device)).size).toBe(2);
  await first.close();
  await second.close();
});

/** A photo with a place in its metadata: a JPEG drawn by the browser, with an Exif segment put in. */
async function photoWithPlace(page) {
  const base64 = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 2400, height: 1800 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#1d4f91";
    pen.fillRect(200, 200, 1600, 900);
    return canvas.toDataURL("image/jpeg", 0.9).split(",")[1];
  });
  const plain = Buffer.from(base64, "base64");
  const place = Buffer.from("Exif\0\0GPS 56.0153 92.8932");
  const head = Buffer.from([0xff, 0xe1, 0, place.length + 2]);
  return Buffer.concat([plain.subarray(0, 2), head, place, plain.subarray(2)]);
}

test("keeps a photo without its metadata and sends it in its turn", async ({ browser, baseURL }) => {
  const { observer, assignment } = await free(browser, baseURL);
  const context = await tablet(browser, baseURL, observer);
  const page = await context.newPage();
  await prepare(page, assignment);
  await page.goto(`/app/assignments/${assignment}`);
  await context.setOffline(true);
  await fillContext(page);
  await page.getByRole("button", { name: "Дальше" }).click();
  await fillArrival(page);
  await page.getByRole("button", { name: "Дальше" }).click();
  await page.getByRole("group", { name: /Школа показала приказ/ }).getByRole("radio", { name: "Да" }).check();
  await expect(page.getByText(/Нельзя снимать: лица и имена детей/).first()).toBeVisible();
  const photo = await photoWithPlace(page);
  expect(photo.includes("GPS 56.0153")).toBe(true);
  await page.locator('input[type="file"]').first().setInputFiles({ name: "приказ.jpg", mimeType: "image/jpeg", buffer: photo });
  await expect(page.getByText("На планшете, ждёт отправки", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await context.setOffline(false);
  await expect(page.getByText("Снимок отправлен")).toBeVisible({ timeout: 40_000 });
  const { id } = await held(context, assignment);
  const all = await (await context.request.get(`/api/v1/submissions/${id}/attachments`)).json();
  expect(all).toHaveLength(1);
  expect(all[0].is_complete).toBe(true);
  const content = await (await context.request.get(`/api/v1/submissions/${id}/attachments/${all[0].hash}`)).body();
  expect(content.includes("GPS 56.0153")).toBe(false);
  expect(content.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  const width = await page.evaluate(async (address) => (await createImageBitmap(await (await fetch(address)).blob())).width, `/api/v1/submissions/${id}/attachments/${all[0].hash}`);
  expect(width).toBe(1600);
  await context.close();
});

test("hands answers over in a sealed file when no network ever comes to the tablet", async ({ browser, baseURL }) => {
  const { observer, assignment } = await free(browser, baseURL);
  const context = await tablet(browser, baseURL, observer);
  const page = await context.newPage();
  await prepare(page, assignment);
  await page.goto(`/app/assignments/${assignment}`);
  await context.setOffline(true);
  await page.getByRole("radio", { name: "на бумаге" }).check();
  await page.getByRole("group", { name: /особыми условиями/ }).getByRole("radio", { name: "Нет" }).check();
  await expect(page.getByText(/На планшете, жд[ёу]т отправки: 2/).first()).toBeVisible();
  await page.goto("/app/assignments");
  await page.getByText("Сети так и не будет?").click();
  await page.getByRole("button", { name: "Сохранить ответы в файл" }).click();
  await expect(page.getByText("Сначала введите пароль для файла, не короче восьми знаков.")).toBeVisible();
  await page.getByLabel("Пароль для файла").fill("берёза на горе");
  await expectAccessible(page);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Сохранить ответы в файл" }).click();
  const file = await readFile(await (await saved).path(), "utf8");
  expect(Object.keys(JSON.parse(file)).sort()).toEqual(["content", "iv", "kind", "rounds", "salt"]);
  expect(file).not.toContain("operations");

  const desk = await tablet(browser, baseURL, observer);
  const other = await desk.newPage();
  await other.goto("/app/assignments");
  await other.getByText("Сети так и не будет?").click();
  const bring = (password) => async () => {
    await other.getByLabel("Пароль для файла").fill(password);
    await other.locator('input[type="file"]').setInputFiles({ name: "answers.json", mimeType: "application/json", buffer: Buffer.from(file) });
  };
  await bring("сосна на горе")();
  await expect(other.getByText("Пароль не подошёл.")).toBeVisible({ timeout: 20_000 });
  await bring("берёза на горе")();
  await expect(other.getByText("Сервер получил 2 ответа этого планшета")).toBeVisible({ timeout: 20_000 });
  const sheet = await held(desk, assignment);
  expectExactlyOnce(sheet);
  expect(sheet.operations).toHaveLength(2);
  // The tablet meets a network after all: the answers are not there twice.
  await context.setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await expect(page.getByText(/ждут отправки/)).toHaveCount(0, { timeout: 40_000 });
  expectExactlyOnce(await held(desk, assignment));
  await Promise.all([context.close(), desk.close()]);
});
