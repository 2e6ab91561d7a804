// A form with every sort of question, as a workbook; `change` may spoil it.
import ExcelJS from "exceljs";

const HEADER = ["type", "name", "label::Русский (ru)", "label::English (en)", "hint", "appearance", "parameters", "relevant", "constraint", "repeat_count", "required", "calculation"];
const SURVEY = [
  ["text", "person", "Как вас зовут?", "What is your name?"],
  ["text", "notes", "Заметки", "Notes", "", "multiline"],
  ["integer", "pupils", "Сколько учеников, ${person}?", "How many pupils, ${person}?", "", "", "", "", ". >= 0 and . <= 40"],
  ["decimal", "share", "Доля", "Share"],
  ["range", "noise", "Шум", "Noise", "", "", "start=0 end=10 step=1"],
  ["select_one agree", "opinion", "Согласны ли вы?", "Do you agree?", "", "likert"],
  ["select_one agree", "drop", "Выберите из списка", "Choose from the list", "", "minimal"],
  ["select_one towns", "town", "Населённый пункт", "Town", "", "autocomplete"],
  ["select_multiple agree", "several", "Что подходит?", "What fits?"],
  ["rank agree", "order", "Расставьте по важности", "Put in order"],
  ["date", "day", "Дата", "Date"],
  ["time", "hour", "Время", "Time"],
  ["geopoint", "place", "Где это?", "Where is it?"],
  ["geotrace", "way", "Маршрут", "The way"],
  ["image", "signature", "Подпись", "Signature", "", "signature"],
  ["image", "photo", "Снимок кабинета", "Photo of the room"],
  ["file", "paper", "Приказ", "The order"],
  ["acknowledge", "read", "Правила прочитаны", "The rules are read"],
  ["note", "thanks", "Спасибо, ${person}", "Thank you, ${person}"],
  ["integer", "rooms", "Сколько кабинетов?", "How many rooms?"],
  ["begin_repeat", "room", "Кабинет", "Room", "", "", "", "${rooms} > 0", "", "${rooms}"],
  ["text", "number", "Номер кабинета", "Number of the room"],
  ["begin_repeat", "desk", "Парта", "Desk"],
  ["text", "desk_name", "Название парты", "Name of the desk"],
  ["end_repeat"],
  ["end_repeat"],
  ["begin_group", "details", "Подробности", "Details", "", "field-list", "", "${pupils} > 10"],
  ["text", "why", "Почему так много?", "Why so many?"],
  ["end_group"],
];

/** Writes the workbook to `path`. */
export async function writeKitchenSink(path, { id = "kitchen_sink", title = "Все виды вопросов", change } = {}) {
  const workbook = new ExcelJS.Workbook();
  const survey = workbook.addWorksheet("survey");
  survey.addRow(HEADER);
  SURVEY.forEach((row) => survey.addRow(row));
  const choices = workbook.addWorksheet("choices");
  choices.addRow(["list_name", "name", "label::Русский (ru)", "label::English (en)"]);
  for (const [name, ru, en] of [["no", "Нет", "No"], ["partly", "Отчасти", "Partly"], ["yes", "Да", "Yes"], ["fully", "Полностью", "Fully"]]) {
    choices.addRow(["agree", name, ru, en]);
  }
  for (let place = 1; place <= 60; place += 1) choices.addRow(["towns", `t${place}`, `Посёлок ${place}`, `Town ${place}`]);
  const settings = workbook.addWorksheet("settings");
  settings.addRow(["form_id", "form_title", "default_language"]);
  settings.addRow([id, title, "Русский (ru)"]);
  change?.({ survey, choices, settings });
  await workbook.xlsx.writeFile(path);
  return path;
}
