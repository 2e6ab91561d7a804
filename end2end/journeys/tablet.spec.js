// A tablet in many hands, and browsers of many ages.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { free, prepare, received, tablet } from "../support/tablet.js";

test.describe.configure({ timeout: 120_000 });

for (const address of ["/app", "/app/"]) {
  test(`an observer who opens the program at ${address} finds the assignments`, async ({ browser, baseURL }) => {
    const { observer } = await free(browser, baseURL);
    const context = await tablet(browser, baseURL, observer);
    const page = await context.newPage();
    await page.goto(address);
    await expect(page.getByRole("heading", { name: "Мои назначения" })).toBeVisible();
    expect(new URL(page.url()).pathname).toBe("/app/assignments");
    await context.close();
  });
}

test("signing out without a network is kept: nobody is signed in again, and the session ends with the network", async ({ browser, baseURL }) => {
  const { observer, assignment } = await free(browser, baseURL);
  const context = await tablet(browser, baseURL, observer);
  const page = await context.newPage();
  await prepare(page, assignment);
  await page.goto("/app/assignments");
  await expect(page.getByRole("heading", { name: "Мои назначения" })).toBeVisible();

  await context.setOffline(true);
  await page.locator("details.account > summary").click();
  await page.getByRole("button", { name: "Выйти" }).click();
  await expect(page).toHaveURL(/sign-in/);
  await page.goto("/app/assignments");
  await expect(page.getByText(/Нет сети|Нет связи|сервер/i).first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Мои назначения" })).toBeHidden();

  await context.setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  const person = async () => (await (await context.request.get("/api/v1/session")).json()).person;
  await expect.poll(person).toBeNull();
  await page.goto("/app/assignments");
  await expect(page.getByRole("heading", { name: "Мои назначения" })).toBeHidden();
  await context.close();
});

/** How many records of each store the tablet holds that are one person's. */
const left = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("orientir");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const stores = ["own", "others", "standings", "notes", "photos"];
          const reading = opening.result.transaction([...stores, "documents"]);
          const counts = stores.map((name) => reading.objectStore(name).count());
          const names = reading.objectStore("documents").getAllKeys();
          reading.oncomplete = () => {
            opening.result.close();
            resolve(counts.reduce((sum, { result }) => sum + result, 0) + names.result.filter((name) => name.startsWith("answer.")).length);
          };
        };
      }),
  );

test("signing out leaves no sheet on the tablet, and the application still opens offline", async ({ browser, baseURL }) => {
  const { observer, assignment } = await free(browser, baseURL);
  const context = await tablet(browser, baseURL, observer);
  const page = await context.newPage();
  await prepare(page, assignment);
  await page.goto(`/app/assignments/${assignment}`);
  await page.getByRole("radio", { name: "на бумаге" }).check();
  await expect(received(page)).toBeVisible({ timeout: 40_000 });
  expect(await left(page)).toBeGreaterThan(0);
  await page.goto("/app/assignments");
  await page.locator("details.account > summary").click();
  await page.getByRole("button", { name: "Выйти" }).click();
  await expect(page).toHaveURL(/sign-in/);
  expect(await left(page)).toBe(0);
  await context.setOffline(true);
  await page.goto("/app/sign-in");
  await expect(page.getByRole("heading", { name: "Вход" })).toBeVisible();
  await context.close();
});

test("a browser that is too old is told so in both languages", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL });
  await context.addInitScript(() => delete HTMLElement.prototype.inert);
  const page = await context.newPage();
  await page.goto("/app");
  await expect(page.getByText(/Этот браузер слишком старый/)).toBeVisible();
  await expect(page.getByText(/This browser is too old/)).toBeVisible();
  await expect(page.getByText("Открываем рабочую область")).toBeHidden();
  await expectAccessible(page);
  await context.close();
});

test("works without what came after Chromium 102, and without an answer about protected storage", async ({ browser, baseURL }) => {
  const { observer, assignment } = await free(browser, baseURL);
  const context = await tablet(browser, baseURL, observer);
  await context.addInitScript(() => {
    delete AbortSignal.timeout;
    for (const name of ["toSorted", "toSpliced", "toReversed", "with"]) delete Array.prototype[name];
    // Firefox answers only once the person has.
    StorageManager.prototype.persist = () => new Promise(() => {});
    // Private windows of WebKit.
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, key) {
      if (value instanceof Blob) throw new DOMException("no blobs", "DataCloneError");
      return put.call(this, value, key);
    };
  });
  const page = await context.newPage();
  await prepare(page, assignment);
  await page.goto(`/app/assignments/${assignment}`);
  await expect(page.getByRole("radio", { name: "на бумаге" })).toBeVisible();
  await context.close();
});
