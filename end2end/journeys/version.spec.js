// A new version of the application is published while a form is open: the form survives.
import { expect, test } from "@playwright/test";
import { join } from "node:path";
import { builtSite, newVersion, place, serve } from "../support/server.js";
import { expectExactlyOnce, free, held, prepare, received, tablet } from "../support/tablet.js";

test("a new version waits until the form is closed and everything is sent", async ({ browser }) => {
  test.setTimeout(400_000);
  const port = Number(process.env.ORIENTIR_PORT ?? 3177) + 1;
  const { directory, forget } = await place();
  const next = join(directory, "site");
  await newVersion(builtSite, next, "next");
  let server = await serve({ port, data: directory, site: builtSite });
  const baseURL = server.address;
  try {
    const { observer, assignment } = await free(browser, baseURL);
    const context = await tablet(browser, baseURL, observer);
    const page = await context.newPage();
    await prepare(page, assignment);
    await page.goto(`/app/assignments/${assignment}`);
    await page.getByRole("radio", { name: "на бумаге" }).check();
    await expect(received(page)).toBeVisible({ timeout: 40_000 });

    // The server is cut off and comes back with the new version.
    await server.kill();
    await page.getByRole("group", { name: /особыми условиями/ }).getByRole("radio", { name: "Нет" }).check();
    await expect(page.getByText(/На планшете, ждёт отправки: 1/).first()).toBeVisible({ timeout: 20_000 });
    server = await serve({ port, data: directory, site: next });
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    await expect(page.getByText(/Готова новая версия\. Она включится, когда форма будет закрыта/)).toBeVisible({ timeout: 30_000 });
    await expect(received(page)).toBeVisible({ timeout: 60_000 });

    // The form goes on in the version in which it was begun, over a reload and without a network, too.
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByRole("radio", { name: "на бумаге" })).toBeChecked();
    expect(await page.locator("html").getAttribute("data-version")).toBeNull();
    await context.setOffline(false);
    const sheet = await held(context, assignment);
    expectExactlyOnce(sheet);
    expect(sheet.operations).toHaveLength(2);

    // Outside the form it is offered, and begins by a tap.
    await page.goto("/app/assignments");
    await page.getByRole("button", { name: "Обновить" }).click({ timeout: 30_000 });
    await expect(page.locator("html[data-version=next]")).toBeAttached({ timeout: 30_000 });
    await page.goto(`/app/assignments/${assignment}`);
    await expect(page.getByRole("radio", { name: "на бумаге" })).toBeChecked();
    await context.close();
  } finally {
    await server.kill();
    await forget();
  }
});
