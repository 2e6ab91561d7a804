//! Texts of the change log.

use api::schools::school_change::{ChangeState, WindowState};

use crate::text::Language;

texts! {
    title: "Журнал изменений" / "Change log";
    lead: "Что школа меняет в своей системе оценки, чем это измеряет и что из этого вышло. Отчёты — в ноябре, январе, марте и июне."
        / "What the school changes in its own assessment, how it measures it and what came of it. Reports are due in November, January, March and June.";
    to_school: "К школе" / "To the school";
    add: "Добавить изменение" / "Add a change";
    edit: "Изменить" / "Edit";
    edit_of(object): "Изменить: {object}" / "Edit: {object}";
    remove: "Убрать из журнала" / "Take out of the log";
    none_title: "Изменений пока нет" / "No changes yet";
    none_text: "Добавьте первое: что меняется, каким показателем и к какому сроку." / "Add the first one: what changes, by which indicator and by when.";
    object: "Объект изменений" / "Object of change";
    object_hint: "Что именно меняется: критерии отметок, разбор работ, подготовка проверяющих" / "What exactly changes: criteria of marks, talk about works, training of checkers";
    indicator: "Показатель результата" / "Indicator of the result";
    unit: "Единица" / "Unit";
    baseline: "Было" / "Baseline";
    target: "Цель" / "Target";
    actual: "Сейчас" / "Now";
    actions: "Действия" / "Actions";
    administrative: "Административные действия" / "Administrative actions";
    supporting: "Поддерживающие действия" / "Supporting actions";
    actions_hint: "Каждое действие с новой строки; сделанное начинается со знака ✓" / "One action a line; what is done begins with ✓";
    starts: "Начало" / "Start";
    ends: "Окончание" / "End";
    effect: "Эффект" / "Effect";
    effect_hint: "Что изменилось. Нужен, когда эффект проверен или изменение оставлено" / "What has changed. Needed once the effect is checked or the change given up";
    state: "Состояние" / "State";
    state_planned: "запланировано" / "planned";
    state_running: "идёт" / "under way";
    state_done: "эффект проверен" / "effect checked";
    state_dropped: "оставлено" / "given up";
    saved(object): "Сохранено: {object}" / "Saved: {object}";
    removed(object): "Убрано из журнала: {object}" / "Taken out of the log: {object}";
    by(name, at): "{name}, {at}" / "{name}, {at}";
    versions(count): "{count} версия" | "{count} версии" | "{count} версий" / "{count} version" | "{count} versions";
    dates(from, to): "{from} — {to}" / "{from} – {to}";
    values(baseline, actual, target): "было {baseline}, сейчас {actual}, цель {target}" / "was {baseline}, now {actual}, target {target}";
    reports: "Отчёты учебного года" / "Reports of the school year";
    window_ahead: "впереди" / "ahead";
    window_open: "открыто" / "open";
    window_missed: "не сдан" / "not handed in";
    window_reported: "сдан" / "handed in";
    window_until(date): "до {date}" / "until {date}";
    freeze: "Сдать отчёт" / "Hand in the report";
    freeze_again: "Исправить отчёт" / "Correct the report";
    freeze_of(window): "Сдать отчёт: {window}" / "Hand in the report: {window}";
    freeze_text: "Журнал замораживается, как он стоит сейчас. Потом отчёт не меняется; исправление — новая версия с причиной."
        / "The log is frozen as it stands now. The report does not change later; a correction is a new version with a reason.";
    reason: "Почему отчёт исправляется" / "Why the report is corrected";
    frozen(window): "Отчёт сдан: {window}" / "Report handed in: {window}";
    report_line(version, changes): "Версия {version}, изменений: {changes}" / "Version {version}, changes: {changes}";
    report_hash(hash): "отпечаток {hash}" / "fingerprint {hash}";
    export: "Скачать XLSX" / "Download XLSX";
    import: "Загрузить XLSX" / "Upload XLSX";
    imported(stored, unchanged): "Загружено: {stored}, без изменений: {unchanged}" / "Stored: {stored}, unchanged: {unchanged}";
    import_problems: "Файл не загружен: исправьте строки и выберите его снова" / "The file was not stored: mend the rows and choose it again";
    problem_row(row, column, text): "Строка {row}, «{column}»: {text}" / "Row {row}, “{column}”: {text}";
    overview_title: "Изменения в школах" / "Changes in schools";
    overview_lead: "Кто ведёт журнал и сдал отчёты, по названию." / "Who keeps the log and has handed in reports, by name.";
    school: "Школа" / "School";
    count: "Изменений" / "Changes";
    running: "Идёт" / "Under way";
    done: "Эффект проверен" / "Effect checked";
    supported: "С поддержкой" / "With support";
}

/// Where a change stands.
pub fn state_name(language: Language, state: ChangeState) -> &'static str {
    match state {
        ChangeState::Planned => state_planned(language),
        ChangeState::Running => state_running(language),
        ChangeState::Done => state_done(language),
        ChangeState::Dropped => state_dropped(language),
    }
}

/// Where a window stands.
pub fn window_name(language: Language, state: WindowState) -> &'static str {
    match state {
        WindowState::Ahead => window_ahead(language),
        WindowState::Open => window_open(language),
        WindowState::Missed => window_missed(language),
        WindowState::Reported => window_reported(language),
    }
}
