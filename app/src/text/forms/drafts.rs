//! Texts of the pages of forms: the list, trying one, the editor.

use crate::text::Language;

texts! {
    title: "Анкеты и листы" / "Forms";
    lead: "Опубликованная версия не меняется: кто начал заполнять, закончит по ней. Правки становятся следующей версией."
        / "A published version never changes: whoever began with it ends with it. Changes become the next version.";
    published: "Опубликованные" / "Published";
    drafts: "Черновики" / "Drafts";
    drafts_empty_title: "Здесь появятся черновики анкет" / "Drafts of forms will appear here";
    drafts_empty_text: "Загрузите книгу .xlsx, .xls, .ods или .csv в формате XLSForm: ошибки будут показаны у ячеек."
        / "Bring a workbook (.xlsx, .xls, .ods or .csv) in XLSForm: problems will be shown at their cells.";
    upload: "Загрузить анкету" / "Bring a form";
    uploading: "Читаем файл…" / "Reading the file…";
    column_title: "Название" / "Title";
    column_version: "Версия" / "Version";
    column_purpose: "Для чего" / "What for";
    column_questions: "Вопросов" / "Questions";
    column_file: "Файл" / "File";
    column_person: "Кто изменил" / "Changed by";
    column_when: "Когда" / "When";
    column_state: "Состояние" / "State";
    not_published: "не опубликована" / "not published";
    published_as(form, version): "опубликована: {form}, версия {version}" / "published: {form}, version {version}";
    purpose_observation: "наблюдение" / "observation";
    purpose_self_assessment: "самооценка школы" / "self-assessment of a school";
    purpose_mechanisms: "муниципальные механизмы" / "municipal mechanisms";
    purpose_context: "контекст школы" / "context of a school";
    purpose_other: "другое" / "other";
    version_of(version): "версия {version}" / "version {version}";
    try_lead: "Ответы здесь никуда не сохраняются." / "Answers given here are not kept.";
    to_list: "Ко всем анкетам" / "To all forms";
    download: "Скачать" / "Download";
    sections: "Раздел" / "Section";
    preview: "Предпросмотр" / "Preview";
    preview_empty: "Пока показывать нечего: в анкете нет вопросов." / "There is nothing to show yet: the form has no questions.";
    sheet_tabs: "Листы книги" / "Sheets of the workbook";
    grid(sheet): "Лист {sheet}" / "Sheet {sheet}";
    grid_help: "Стрелки — по ячейкам, Enter — изменить, буква — написать заново, Delete — очистить, Esc — отменить." / "Arrows move, Enter edits, a letter writes anew, Delete empties, Esc cancels.";
    row(number): "Строка {number}" / "Row {number}";
    cell_label(column, row): "{column}, строка {row}" / "{column}, row {row}";
    rows_shown(from, to, total): "Строки {from}–{to} из {total}" / "Rows {from}–{to} of {total}";
    rows_before: "Предыдущие" / "Previous";
    rows_after: "Следующие" / "Next";
    problems: "Что найдено" / "What was found";
    no_problems: "Ошибок нет: анкету можно публиковать." / "Nothing is wrong: the form can be published.";
    errors(count): "{count} ошибка" | "{count} ошибки" | "{count} ошибок" / "{count} error" | "{count} errors";
    warnings(count): "{count} предупреждение" | "{count} предупреждения" | "{count} предупреждений"
        / "{count} warning" | "{count} warnings";
    more_problems(count): "И ещё {count}: исправьте сначала эти" | "И ещё {count}: исправьте сначала эти"
        | "И ещё {count}: исправьте сначала эти" / "And {count} more: mend these first" | "And {count} more: mend these first";
    repair_all(count): "Исправить всё, что можно: {count}" | "Исправить всё, что можно: {count}"
        | "Исправить всё, что можно: {count}" / "Mend all that can be mended: {count}" | "Mend all that can be mended: {count}";
    error: "Ошибка" / "Error";
    warning: "Предупреждение" / "Warning";
    place_row(sheet, row): "{sheet}, строка {row}" / "{sheet}, row {row}";
    place_cell(sheet, row, column): "{sheet}, строка {row}, {column}" / "{sheet}, row {row}, {column}";
    saved: "Изменение сохранено, анкета проверена" / "The change is kept, the form is checked";
    mended: "Исправлено" / "Mended";
    publish: "Опубликовать…" / "Publish…";
    publish_title: "Опубликовать версию" / "Publish a version";
    publish_now: "Опубликовать" / "Publish";
    published_done(version): "Версия {version} опубликована" / "Version {version} is published";
    publish_errors: "Сначала исправьте ошибки: анкету с ними публиковать нельзя." / "Mend the errors first: a form with errors cannot be published.";
    version: "Номер версии" / "Version";
    effect: "Что изменится" / "What will change";
    effect_new: "Это новая анкета: она появится в списке опубликованных." / "This is a new form: it will appear among the published ones.";
    effect_same: "Вопросы те же, что в опубликованной версии." / "The questions are the same as in the published version.";
    effect_added(count): "Добавится {count} вопрос" | "Добавятся {count} вопроса" | "Добавятся {count} вопросов"
        / "{count} question comes new" | "{count} questions come new";
    effect_removed(count): "Уйдёт {count} вопрос" | "Уйдут {count} вопроса" | "Уйдут {count} вопросов"
        / "{count} question goes" | "{count} questions go";
    effect_changed(count): "Изменится {count} вопрос" | "Изменятся {count} вопроса" | "Изменятся {count} вопросов"
        / "{count} question changes" | "{count} questions change";
    effect_drafts(count): "{count} начатое заполнение закончится по своей версии" | "{count} начатых заполнения закончатся по своей версии"
        | "{count} начатых заполнений закончатся по своей версии"
        / "{count} begun filling ends with its version" | "{count} begun fillings end with their version";
    effect_assignments(count): "{count} назначение останется на прежней версии" | "{count} назначения останутся на прежней версии"
        | "{count} назначений останутся на прежней версии"
        / "{count} assignment stays with the version before" | "{count} assignments stay with the version before";
    effect_campaigns: "Кампании остаются на своей версии:" / "Campaigns stay with their version:";
    part_words: "слова" / "words";
    part_kind: "вид ответа" / "kind of answer";
    part_choices: "варианты" / "choices";
    part_rules: "правила" / "rules";
    part_score: "баллы" / "points";
    drop: "Удалить черновик" / "Delete the draft";
    drop_text: "Черновик исчезнет, опубликованные версии останутся." / "The draft goes, published versions stay.";
    drop_cancel: "Оставить" / "Keep";
}

/// What a form is for.
pub fn purpose(language: Language, purpose: &str) -> String {
    let known = match purpose {
        "observation" => purpose_observation(language),
        "self_assessment" => purpose_self_assessment(language),
        "mechanisms" => purpose_mechanisms(language),
        "context" => purpose_context(language),
        _ => purpose_other(language),
    };
    known.to_owned()
}

/// A part of a question that differs.
pub fn part(language: Language, part: &str) -> &'static str {
    match part {
        "kind" => part_kind(language),
        "choices" => part_choices(language),
        "rules" => part_rules(language),
        "score" => part_score(language),
        _ => part_words(language),
    }
}
