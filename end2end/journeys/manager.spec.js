// The manager: a file of results becomes a cell with its evidence.
import { expect, test } from "@playwright/test";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectAccessible } from "../support/accessibility.js";
import { writeF1 } from "../support/f1.js";
import { enterAs } from "../support/people.js";

const ITEMS = [
  ["1", 1, "Б"],
  ["2", 2, "Б"],
  ["3", 1, "Б"],
  ["4", 2, "П"],
  ["5", 3, "П"],
  ["6К1", 2, "Б"],
  ["6К2", 1, "П"],
  ["7", 3, "В"],
].map(([code, max, difficulty]) => ({ code, max, difficulty }));

async function schools(page, grade) {
  const response = await page.request.get("/api/v1/organisations");
  const organisations = await response.json();
  return organisations
    .filter((one) => one.grades.includes(grade))
    .slice(0, 12)
    .map((one) => ({ code: one.code, name: one.short_name }));
}

test("imports a Ф1 workbook, sees the map computed anew and opens a cell", async ({ page }) => {
  test.setTimeout(240_000);
  await enterAs(page, "coordinator");
  const places = await schools(page, 6);
  const file = await writeF1(join(tmpdir(), "Ф1 история 6.xlsx"), {
    schools: places,
    municipality: "Приреченский",
    year: 2026,
    subject: "История",
    grade: 6,
    items: ITEMS,
    pupils: 14,
    seed: 5,
  });
  await page.goto("/app/imports/new");
  await expectAccessible(page);
  await page.locator('input[type="file"]').setInputFiles(file);
  await expect(page.getByText("История, 6 класс, 2026")).toBeVisible();
  await expect(page.getByText("Все школы есть в реестре")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Дальше" }).click();
  await expect(page.getByText("Замечаний нет")).toBeVisible();
  await page.getByRole("button", { name: "Дальше" }).click();
  await page.getByRole("button", { name: "Загрузить: 168 строк" }).click();
  await expect(page.getByRole("button", { name: "Отменить загрузку" })).toBeVisible();

  await page.goto("/app/map");
  // The run takes its time; the page follows it by itself.
  await expect(page.getByRole("columnheader", { name: /История/ }).first()).toBeVisible({ timeout: 180_000 });
  const { columns } = await (await page.request.get("/api/v1/heat-map")).json();
  const at = columns.findIndex((column) => column.subject === "history" && column.grade === 6);
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: places[0].name }) });
  const cell = row.locator(`[data-column="${at}"]`);
  await expect(cell).toContainText("14");
  await cell.click();
  await expect(page).toHaveURL(/history/);
  await expect(page.getByRole("heading", { name: "Распределение баллов" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "На чём это основано" })).toBeVisible();
  await expectAccessible(page);
});

test("refuses names of pupils and says where", async ({ page }) => {
  await enterAs(page, "coordinator");
  const places = await schools(page, 6);
  const file = await writeF1(join(tmpdir(), "Ф1 с именами.xlsx"), {
    schools: places.slice(0, 1),
    municipality: "Приреченский",
    year: 2026,
    subject: "География",
    grade: 6,
    items: ITEMS,
    pupils: 6,
    seed: 7,
    change: (sheet, header) => {
      const column = sheet.columnCount + 1;
      sheet.getRow(header).getCell(column).value = "ФИО";
      for (let row = header + 1; row <= sheet.rowCount; row += 1) {
        sheet.getRow(row).getCell(column).value = "Иванов Иван Иванович";
      }
    },
  });
  await page.goto("/app/imports/new");
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.getByRole("button", { name: "Дальше" }).click();
  await expect(page.getByText(/имен|фамили/i).first()).toBeVisible();
  await expect(page.getByRole("button", { name: /^Загрузить: / })).toHaveCount(0);
});
