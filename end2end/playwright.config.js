import { defineConfig } from "@playwright/test";
import { fileURLToPath } from "node:url";
import { dirname, join } from "node:path";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const port = Number(process.env.ORIENTIR_PORT ?? 3177);
const binary = process.env.ORIENTIR_BINARY ?? join(root, "target/debug/orientir");
const site = process.env.ORIENTIR_SITE ?? join(root, "target/site");
// A fresh database for every run; workers inherit the directory from the main process.
const data = (process.env.ORIENTIR_TEST_DATA ??= mkdtempSync(join(tmpdir(), "orientir-e2e-")));

export default defineConfig({
  testDir: "journeys",
  // Not in every run: the storage contract needs a program of its own, which ORIENTIR_ALL=1 builds; the editor's
  // journey walks through forms of two thousand questions; the walk of every role opens a thousand pages.
  testIgnore: process.env.ORIENTIR_ALL ? [] : ["**/forms.spec.js", "**/storage.spec.js", "**/walk.spec.js"],
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // The journeys share one municipality and look at each other's changes: one after the other.
  workers: 1,
  fullyParallel: false,
  // Before landing a slow minute of the machine may cost a second try; it is printed as flaky.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    locale: "ru-RU",
    timezoneId: "Asia/Krasnoyarsk",
    viewport: { width: 1280, height: 800 },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM || undefined,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    command: [binary, "serve", "--listen", `127.0.0.1:${port}`, "--database", `sqlite:${join(data, "test.sqlite")}`, "--site", site, "--demo"]
      .map((part) => `'${part}'`)
      .join(" "),
    url: `http://127.0.0.1:${port}/api/v1/health`,
    timeout: 180_000,
    env: { RUST_LOG: process.env.RUST_LOG ?? "warn" },
    stdout: process.env.ORIENTIR_LOG ? "pipe" : "ignore",
    stderr: "pipe",
  },
});
