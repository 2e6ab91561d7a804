// A workbook «Ф1 Индивидуальные результаты» with the layout of the federal export.
import ExcelJS from "exceljs";

/** A small generator with a fixed seed, so that a failure can be repeated. */
function random(seed) {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

/**
 * Writes the workbook.
 * @param {string} path where
 * @param {{schools: {code: string, name: string}[], municipality: string, year: number, subject: string, grade: number,
 *   items: {code: string, max: number, difficulty: string}[], pupils: number (in each school), seed: number,
 *   change?: (sheet: import("exceljs").Worksheet, header: number) => void}} work
 */
export async function writeF1(path, work) {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet("Индивидуальные результаты");
  const max = work.items.reduce((sum, item) => sum + item.max, 0);
  sheet.addRow([`ВПР ${work.year} ${work.subject} ${work.grade} класс`]);
  sheet.addRow(["Предмет", work.subject]);
  sheet.addRow(["Максимальный первичный балл", max]);
  sheet.addRow(["Дата", `22.04.${work.year}`]);
  const [first] = work.schools;
  sheet.addRow([`${first.name} (${first.code}) | Кол-во участников: ${work.pupils * work.schools.length}`]);
  sheet.addRow([]);
  sheet.addRow(["", "", "", "", "", "", ...work.items.map((item) => item.difficulty)]);
  const header = sheet.addRow([
    "ОО",
    "Муниципалитет",
    "Название ОО",
    "Код участника",
    "Класс",
    "Вариант",
    ...work.items.map((item) => `${item.code} (${item.max}б)`),
    "Первичный балл",
    "Отметка",
    "Отметка по журналу",
  ]);
  const next = random(work.seed);
  for (let pupil = 1; pupil <= work.pupils * work.schools.length; pupil += 1) {
    const school = work.schools[(pupil - 1) % work.schools.length];
    const ability = next();
    const scores = work.items.map((item, index) =>
      next() < 0.02 ? "X" : Math.round(item.max * Math.min(1, Math.max(0, ability + 0.35 - index / (2 * work.items.length) + (next() - 0.5) * 0.7))),
    );
    const raw = scores.reduce((sum, score) => sum + (score === "X" ? 0 : score), 0);
    const mark = raw >= 0.8 * max ? 5 : raw >= 0.6 * max ? 4 : raw >= 0.35 * max ? 3 : 2;
    sheet.addRow([
      school.code,
      work.municipality,
      school.name,
      String(50000 + pupil),
      `${work.grade}А`,
      1 + (pupil % 2),
      ...scores,
      raw,
      mark,
      pupil % 9 === 0 ? "-" : Math.min(5, Math.max(2, mark + (pupil % 5 === 0 ? 1 : 0))),
    ]);
  }
  work.change?.(sheet, header.number);
  await workbook.xlsx.writeFile(path);
  return path;
}
