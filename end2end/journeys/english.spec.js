// The product in English, and every page without serious barriers in both languages.
import { expect, test } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.js";
import { enterAs } from "../support/people.js";

test.describe("in English", () => {
  test.use({ locale: "en-GB" });

  test("public pages, sign-in, map and a cell speak English", async ({ page }) => {
    await page.goto("/?lang=en");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await expectAccessible(page);
    await page.goto("/methodology?lang=en");
    await expectAccessible(page);
    await page.goto("/app/sign-in");
    await page.locator("summary").first().click();
    await page.getByText("English", { exact: true }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await expectAccessible(page);
    await enterAs(page, "manager");
    await page.goto("/app/map");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/map/i);
    await expectAccessible(page);
    const cell = page.getByRole("gridcell").filter({ hasText: /\d/ }).first();
    await cell.click();
    await expect(page).toHaveURL(/cell|organisation|school|math|russian/);
    await expectAccessible(page);
  });
});

for (const [role, path] of [
  ["coordinator", "/app"],
  ["coordinator", "/app/map"],
  ["coordinator", "/app/imports"],
  ["coordinator", "/app/schools"],
  ["coordinator", "/app/campaigns"],
  ["analyst", "/app/runs"],
  ["analyst", "/app/low-results"],
  ["methodist", "/app/indicators"],
  ["administrator", "/app/audit"],
  ["school_head", "/app"],
  ["observer", "/app/assignments"],
]) {
  test(`${path} has no serious barrier for ${role}`, async ({ page }) => {
    await enterAs(page, role);
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.waitForLoadState("networkidle").catch(() => {});
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible(page);
  });
}

for (const path of ["/", "/methodology", "/purpose", "/documents"]) {
  test(`${path} is a page without script under 100 kB`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, baseURL, locale: "ru-RU" });
    const page = await context.newPage();
    const response = await page.goto(path);
    expect((await response.body()).length).toBeLessThan(100_000);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await context.close();
  });
}
