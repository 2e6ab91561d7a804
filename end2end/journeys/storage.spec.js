// The storage contract of the application, against IndexedDB in this browser.
import { expect, test } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const directory = process.env.ORIENTIR_CONTRACT ?? join(root, "target/bindgen/contract");
const KINDS = { js: "text/javascript", wasm: "application/wasm" };

test("IndexedDB keeps the storage contract", async ({ page }) => {
  await page.route("**/contract/*", async (route) => {
    const name = new URL(route.request().url()).pathname.split("/").pop();
    const body = await readFile(join(directory, name));
    await route.fulfill({ body, contentType: KINDS[name.split(".").pop()] });
  });
  await page.goto("/app/sign-in");
  const done = await page.evaluate(async () => {
    const { default: init, contract } = await import("/contract/orientir.js");
    await init({ module_or_path: "/contract/orientir_bg.wasm" });
    return contract(`contract-${Date.now()}`);
  });
  expect(done).toHaveLength(14);
  expect(done).toContain("refused_changes_leave_nothing_behind");
});
