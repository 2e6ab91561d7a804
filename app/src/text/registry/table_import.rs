//! Texts of schools brought from a spreadsheet.

use api::registry::table_import::{RowEffect, TableImportState};

use crate::text::Wording;

texts! {
    title: "Школы из таблицы" / "Schools from a table";
    lead: "Подойдёт таблица управления, как она есть: колонки мы узнаём по заголовкам, о непонятном спросим. До подтверждения ничего не сохраняется."
        / "The office's own table will do as it is: columns are told by their headings, and we ask about what is unclear. Nothing is stored before you confirm.";
    from_table: "Из таблицы" / "From a table";
    export: "Скачать таблицей" / "Download as a table";
    template: "Скачать образец" / "Download a template";
    drop_title: "Перетащите сюда файл со школами" / "Drop a file with the schools here";
    drop_or: "или" / "or";
    drop_choose: "Выбрать файл" / "Choose a file";
    drop_kinds(limit): "XLSX, XLS, ODS или CSV, до {limit}" / "XLSX, XLS, ODS or CSV, up to {limit}";
    too_large(limit): "Файл больше {limit}: списки школ столько не занимают. Проверьте, тот ли это файл."
        / "The file is larger than {limit}: lists of schools are smaller. Look whether it is the right file.";
    sending(name): "Читаем «{name}»" / "Reading “{name}”";
    earlier: "Прежние загрузки" / "Earlier imports";
    brought_by(name, at): "{name}, {at}" / "{name}, {at}";
    state_checked: "не подтверждена" / "not confirmed";
    state_confirmed: "подтверждена" / "confirmed";
    state_undone: "отменена" / "undone";
    file(name, row): "Файл «{name}», заголовки в строке {row}" / "File “{name}”, headings in row {row}";
    other_file: "Другой файл" / "Another file";
    columns: "Что в колонках" / "What the columns hold";
    column: "Колонка файла" / "Column of the file";
    column_blank(number): "колонка {number} без заголовка" / "column {number} without a heading";
    example: "Например" / "For example";
    taken_for: "Это" / "This is";
    leave_out: "Не брать" / "Leave out";
    needed(name): "{name} (обязательно)" / "{name} (needed)";
    problems: "Что поправить" / "What to mend";
    problems_none: "Вопросов к строкам нет." / "There are no questions about the rows.";
    problems_text: "Строки с вопросами не попадут в реестр, остальные попадут. Поправьте таблицу и выберите её снова или подтвердите без этих строк."
        / "Rows with questions are left out, the others are taken. Mend the table and choose it again, or confirm without these rows.";
    problems_more(count): "и ещё {count} вопрос" | "и ещё {count} вопроса" | "и ещё {count} вопросов"
        / "and {count} more question" | "and {count} more questions";
    row_number(row): "строка {row}" / "row {row}";
    rows: "Строки" / "Rows";
    rows_first(count): "Показана первая {count} строка" | "Показаны первые {count} строки" | "Показаны первые {count} строк"
        / "The first {count} row is shown" | "The first {count} rows are shown";
    effect: "Что будет" / "What happens";
    effect_new: "новая" / "new";
    effect_changed: "изменится" / "changes";
    effect_same: "без изменений" / "unchanged";
    effect_left_out: "не попадёт" / "left out";
    summary(new, changed, same, left_out): "Новых: {new} · изменятся: {changed} · без изменений: {same} · не попадут: {left_out}"
        / "New: {new} · changing: {changed} · unchanged: {same} · left out: {left_out}";
    confirm: "Записать в реестр" / "Store in the register";
    nothing: "Записывать нечего: реестр уже такой." / "There is nothing to store: the register is like this already.";
    done_title: "Школы записаны" / "The schools are stored";
    undone_title: "Загрузка отменена" / "The import was undone";
    undone_text: "Новые школы убраны, изменённые стоят как прежде." / "New schools are gone, changed ones stand as before.";
    to_register: "К реестру школ" / "To the register of schools";
    undo: "Отменить загрузку" / "Undo the import";
    undo_title: "Отменить загрузку целиком?" / "Undo the whole import?";
    undo_text: "Школы, которые она добавила, исчезнут из реестра, изменённые вернутся к прежнему виду."
        / "Schools it added disappear from the register, changed ones return to what they were.";
}

/// What becomes of a row.
pub fn effect_of(effect: RowEffect) -> Wording {
    match effect {
        RowEffect::New => effect_new,
        RowEffect::Changed => effect_changed,
        RowEffect::Same => effect_same,
        RowEffect::LeftOut => effect_left_out,
    }
}

/// Where an import stands.
pub fn state_of(state: TableImportState) -> Wording {
    match state {
        TableImportState::Checked => state_checked,
        TableImportState::Confirmed => state_confirmed,
        TableImportState::Undone => state_undone,
    }
}
