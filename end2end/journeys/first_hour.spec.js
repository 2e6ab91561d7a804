// The first hour of an office: an empty server, a founder, the office's own table of schools, people, the results of
// two years at once, and the map.
import { expect, test } from "@playwright/test";
import { join } from "node:path";
import { expectAccessible } from "../support/accessibility.js";
import { writeF1 } from "../support/f1.js";
import { emptyServer, fillFounding, found, tick } from "../support/office.js";

const PORT = Number(process.env.ORIENTIR_PORT ?? 3177) + 40;
const PASSWORD = "длинная фраза основателя";
const SUBJECTS = ["Русский язык", "Математика", "История", "Биология", "Обществознание"];
const GRADES = [5, 6];
const ITEMS = [
  ["1", 1, "Б"],
  ["2", 2, "Б"],
  ["3", 1, "Б"],
  ["4", 2, "П"],
  ["5", 3, "П"],
  ["6", 2, "Б"],
  ["7", 3, "В"],
].map(([code, max, difficulty]) => ({ code, max, difficulty }));

const SCHOOLS = Array.from({ length: 30 }, (_, index) => ({
  code: `sch24${String(index + 1).padStart(4, "0")}`,
  name: `Заречная СОШ № ${index + 1}`,
}));

/** The office's own list: its columns are called otherwise than ours. */
function officeTable() {
  const rows = SCHOOLS.map((school, index) => `${school.code};${school.name};СОШ;с. Заречное-${index + 1};${90 + index};1-11`);
  return ["Логин ОО;Наименование кратко;Тип;Нас. пункт;Контингент;Классы", ...rows].join("\r\n");
}

test.describe.configure({ mode: "serial" });

test.describe("the first hour", () => {
  let office;
  let page;

  test.beforeAll(async ({ browser }) => {
    office = await emptyServer(PORT);
    const context = await browser.newContext({ baseURL: office.origin, acceptDownloads: true });
    page = await context.newPage();
  });

  test.afterAll(async () => {
    await page?.context().close();
    await office?.end();
  });

  test("an office is founded by the address from the log, once", async () => {
    await fillFounding(page, office.address, { name: "Нина Ланская", login: "lanskaya", password: PASSWORD });
    await expectAccessible(page);
    await found(page);

    const list = page.getByRole("region", { name: "Первый час" });
    await expect(list.getByText("Готово 1 из 7")).toBeVisible();
    await expect(list.getByRole("listitem").filter({ hasText: "Школы" })).toHaveAttribute("aria-current", "step");
    await expectAccessible(page);
  });

  test("schools come from the office's own table", async () => {
    await page.getByRole("region", { name: "Первый час" }).getByRole("link", { name: "Школы" }).click();
    await page.locator("input[type=file]").setInputFiles({
      name: "Школы района 2026.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(officeTable()),
    });
    await expect(page.getByText(/Новых: 30/)).toBeVisible();
    await page.getByRole("button", { name: "Записать в реестр" }).click();
    await expect(page.getByText("Школы записаны")).toBeVisible();
  });

  test("a person is entered and gets a link", async () => {
    await page.goto("/app");
    const list = page.getByRole("region", { name: "Первый час" });
    await expect(list.getByText("внесено 30 школ")).toBeVisible();
    await list.getByRole("link", { name: "Люди" }).click();
    await page.getByRole("link", { name: "Добавить человека" }).click();
    await page.getByLabel("Фамилия, имя, отчество").fill("Орешин Павел Андреевич");
    await page.getByRole("combobox", { name: "Роль" }).selectOption({ label: "руководитель" });
    await page.getByRole("button", { name: "Добавить" }).click();
    await page.getByRole("button", { name: "Выдать ссылку для входа" }).click();
    await expect(page.getByLabel("Ссылка, чтобы отправить")).toHaveValue(/\/app\/entry#.{64}$/);
  });

  test("the results of two years come at once, a school that nobody knew among them, and the map stands", async () => {
    test.setTimeout(300_000);
    const files = [];
    const year = new Date().getFullYear();
    for (const [at, of] of [year - 1, year].entries()) {
      for (const [number, subject] of SUBJECTS.entries()) {
        for (const grade of GRADES) {
          files.push(
            await writeF1(join(office.directory, `Ф1 ${subject} ${grade} ${of}.xlsx`), {
              schools: SCHOOLS,
              municipality: "Заречный",
              year: of,
              subject,
              grade,
              items: ITEMS,
              pupils: 12,
              seed: 100 * at + 10 * number + grade,
            }),
          );
        }
      }
    }
    // One file names a school that is not in the register, and one is no workbook at all.
    const [odd] = files.splice(0, 1);
    await writeF1(odd, {
      schools: [...SCHOOLS.slice(0, 5), { code: "sch240099", name: "Новая Поляна ООШ" }],
      municipality: "Заречный",
      year: year - 1,
      subject: SUBJECTS[0],
      grade: GRADES[0],
      items: ITEMS,
      pupils: 12,
      seed: 7,
    });
    await page.goto("/app");
    await page.getByRole("region", { name: "Первый час" }).getByRole("link", { name: "Результаты" }).click();
    await page.locator('input[type="file"]').setInputFiles([odd, ...files]);
    await expect(page.getByText(/Прочитано файлов: 20 из 20/)).toBeVisible({ timeout: 120_000 });
    await expectAccessible(page);
    await page.getByRole("link", { name: "К прочитанным файлам" }).click();

    const waiting = page.getByRole("region", { name: /20 файлов прочитаны/ });
    await expect(waiting.getByText("19 файлов без замечаний, все")).toBeVisible();
    await expect(waiting.getByText("1 ошибка")).toBeVisible();
    await expectAccessible(page);
    await waiting.getByRole("button", { name: "Загрузить 19 файлов без замечаний" }).click();
    await expect(page.getByRole("region", { name: /1 файл прочитан/ })).toBeVisible({ timeout: 120_000 });

    await page.getByRole("region", { name: /1 файл прочитан/ }).getByRole("link").click();
    await page.getByRole("button", { name: "Дальше" }).click();
    await page.getByRole("button", { name: "Дальше" }).click();
    await expect(page.getByText(/ошибка мешает загрузить файл/)).toBeVisible();
    await page.getByLabel(/Внести 1 школу в реестр/).check();
    await page.getByRole("button", { name: "Загрузить: 72 строки" }).click();
    await expect(page.getByRole("button", { name: "Отменить загрузку" })).toBeVisible();

    await page.goto("/app/map");
    await expect(page.getByRole("columnheader", { name: /Биология/ }).first()).toBeVisible({ timeout: 200_000 });
    await expect(page.getByRole("rowheader", { name: "Заречная СОШ № 1", exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.goto("/app");
    const list = page.getByRole("region", { name: "Первый час" });
    await expect(list.getByText("загружено 20 файлов")).toBeVisible();
    await expect(list.getByText("посчитана")).toBeVisible();
    await expect(list.getByText("внесена 31 школа")).toBeVisible();
  });

  test("a work is planned at all schools, and the list leads on to the observer", async () => {
    await page.getByRole("region", { name: "Первый час" }).getByRole("link", { name: "План работ" }).click();
    await page.getByRole("link", { name: "Новая процедура" }).click();
    await page.getByRole("combobox", { name: "Вид" }).selectOption({ label: "Муниципальная диагностическая работа" });
    await tick(page, "5");
    const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel("Первый день").fill(day(7));
    await page.getByLabel("Последний день").fill(day(20));
    await page.getByRole("button", { name: "Сохранить процедуру" }).click();
    await page.getByRole("link", { name: "Запланировать события" }).click();
    await page.getByRole("combobox", { name: "Предмет" }).selectOption({ label: "Математика" });
    await page.getByRole("button", { name: "Все", exact: true }).click();
    await expect(page.getByText("Выбрано школ: 31 из 31")).toBeVisible();
    await page.getByRole("button", { name: "Проверить" }).click();
    await expect(page.getByRole("heading", { name: "Что получится" })).toBeVisible();
    await page.getByRole("button", { name: "Запланировать 31 событие" }).click();
    await expect(page.getByRole("heading", { name: "Запланировано сразу" })).toBeVisible();
    await page.goto("/app");
    const list = page.getByRole("region", { name: "Первый час" });
    await expect(list.getByText("31 событие")).toBeVisible();
    await expect(list.getByText("Готово 6 из 7")).toBeVisible();
    await expect(list.getByRole("listitem").filter({ hasText: "Наблюдатель" })).toHaveAttribute("aria-current", "step");
  });

  test("an administrator who does not coordinate is led to nothing that refuses", async ({ browser }) => {
    await page.goto("/app/people");
    await page.getByRole("link", { name: "Добавить человека" }).click();
    await page.getByLabel("Фамилия, имя, отчество").fill("Титова Вера");
    await page.getByRole("combobox", { name: "Роль" }).selectOption({ label: "администратор" });
    await page.getByRole("button", { name: "Добавить" }).click();
    await page.getByRole("button", { name: "Выдать ссылку для входа" }).click();
    const link = page.getByLabel("Ссылка, чтобы отправить");
    await expect(link).toHaveValue(/\/app\/entry#.{64}$/);
    const context = await browser.newContext({ baseURL: office.origin });
    const other = await context.newPage();
    await other.goto(await link.inputValue());
    await other.getByLabel("Пароль", { exact: true }).fill(PASSWORD);
    await other.getByLabel("Новый пароль ещё раз").fill(PASSWORD);
    await other.getByRole("button", { name: "Сохранить и войти" }).click();
    await other.waitForURL((url) => url.pathname === "/app");
    const list = other.getByRole("region", { name: "Первый час" });
    await expect(list.getByText("делает координатор")).toBeVisible();
    const links = await list.getByRole("link").allInnerTexts();
    expect(links).toEqual(["Школы", "Люди"]);
    await context.close();
  });
});
