//! Texts of the heat map.

use crate::text::Language;

texts! {
    title: "Карта объективности" / "Objectivity map";
    lead(procedure, year, schools, works): "{procedure}, {year} · {schools} · {works}"
        / "{procedure}, {year} · {schools} · {works}";
    computed(at): "Расчёт от {at}" / "Computed {at}";
    view: "Вид" / "View";
    filters: "Что показать" / "What to show";
    crumbs: "Где вы" / "Where you are";
    year: "Год" / "Year";
    procedure: "Процедура" / "Procedure";
    view_map: "Карта" / "Map";
    view_list: "Таблица" / "Table";
    download: "Скачать" / "Download";
    print: "Печать" / "Print";
    school: "Школа" / "School";
    grade(grade): "{grade} кл." / "gr. {grade}";
    work: "Работа" / "Work";
    state: "Состояние" / "State";
    participants: "Участники" / "Participants";
    value: "Значение" / "Value";
    first_reason: "Первая причина" / "First reason";
    today: "Сегодня" / "Today";
    cluster: "Группа" / "Group";
    grid_label: "Карта: строки — школы, столбцы — работы. Стрелки переводят по ячейкам, Enter открывает."
        / "Map: rows are schools, columns are works. Arrows walk through cells, Enter opens.";
    skip: "К карте" / "To the map";
    legend: "Условные обозначения" / "Legend";
    legend_signs: "признаки: от двух каналов" / "signs: two channels or more";
    legend_attention: "внимание: один канал" / "attention: one channel";
    legend_calm: "спокойно" / "calm";
    legend_insufficient: "мало данных" / "too few pupils";
    legend_none: "нет работы" / "no test";
    legend_number: "в ячейке — число участников" / "cells hold participants";
    legend_only(state): "Выделить на карте: {state}" / "Highlight on the map: {state}";
    legend_running: "идёт наблюдение" / "being observed";
    legend_alert: "тревога" / "alert";
    legend_done: "листы сданы" / "sheets handed in";
    live_updated(time): "обновлено {time}" / "updated {time}";
    live_waiting: "на связи" / "connected";
    live_connecting: "подключаемся" / "connecting";
    live_reconnecting: "связь прервалась, восстанавливаем" / "connection lost, reconnecting";
    live_paused: "изменения приостановлены" / "changes are held back";
    pause: "Пауза" / "Pause";
    resume: "Продолжить" / "Resume";
    run_progress(percent): "Идёт пересчёт: {percent}" / "Computing: {percent}";
    empty_title: "Здесь появится карта" / "The map will appear here";
    empty_text: "Загрузите файл результатов: через несколько секунд школы и работы встанут на карту."
        / "Bring a file of results: within seconds schools and works stand on the map.";
    empty_action: "Загрузить результаты" / "Bring results";
    empty_year: "За этот год и процедуру результатов нет. Выберите другой год." / "No results for this year and procedure. Choose another year.";
    panel_label: "Подробно о ячейке" / "The cell in detail";
    summary_title: "Коротко" / "In short";
    summary_calm: "Признаков нет ни в одной ячейке." / "No cell shows signs.";
    summary_signs(cells): "Признаки в {cells} ячейке." | "Признаки в {cells} ячейках." | "Признаки в {cells} ячейках."
        / "Signs in {cells} cell." | "Signs in {cells} cells.";
    summary_schools(schools): "Это {schools} школа; список по алфавиту, не по силе признаков."
        | "Это {schools} школы; список по алфавиту, не по силе признаков."
        | "Это {schools} школ; список по алфавиту, не по силе признаков."
        / "In {schools} school; the list is by name, not by strength." | "In {schools} schools; the list is by name, not by strength.";
    summary_note: "Признаки — повод разобраться и помочь, а не вывод о нарушении. Высокий результат сам по себе признаком не бывает."
        / "Signs are a reason to look and to help, not a finding of fault. A high result alone is never a sign.";
    summary_today: "Сейчас в школах" / "In schools now";
    summary_none_today: "Наблюдение сейчас нигде не идёт." / "Nothing is being observed now.";
    summary_more(count): "и ещё {count}" | "и ещё {count}" | "и ещё {count}" / "and {count} more" | "and {count} more";
    sheets(submitted, sheets): "листов сдано {submitted} из {sheets}" / "{submitted} of {sheets} sheets handed in";
    changed(sentence): "Изменилось: {sentence}" / "Changed: {sentence}";
    critical: "Наблюдатель отметил грубое нарушение" / "An observer reported a critical violation";

    spoken(count, school, work, state):
        "{school} — {work}: {state}, {count} участник." | "{school} — {work}: {state}, {count} участника." | "{school} — {work}: {state}, {count} участников."
        / "{school} — {work}: {state}, {count} participant." | "{school} — {work}: {state}, {count} participants.";
    spoken_reason(count, school, work, state, reason):
        "{school} — {work}: {state}, {count} участник. Первая причина: {reason}." | "{school} — {work}: {state}, {count} участника. Первая причина: {reason}." | "{school} — {work}: {state}, {count} участников. Первая причина: {reason}."
        / "{school} — {work}: {state}, {count} participant. First reason: {reason}." | "{school} — {work}: {state}, {count} participants. First reason: {reason}.";
    spoken_none(school, work): "{school} — {work}: работы не было." / "{school} — {work}: the work was not held.";
    spoken_live(sentence, state, submitted, sheets): "{sentence} Сейчас: {state}, листов сдано {submitted} из {sheets}."
        / "{sentence} Now: {state}, {submitted} of {sheets} sheets handed in.";

    reason_level: "результат выше ожидаемого" / "level above expectation";
    reason_change: "необычный рост за год" / "unusual growth over a year";
    reason_bunching: "скачок на границе отметки" / "bunching at a mark boundary";
    reason_item_profile: "необычный профиль заданий" / "unusual item profile";
    reason_similarity: "слишком похожие работы" / "works too much alike";
    reason_spread: "слишком малый разброс" / "too little spread";
    reason_participation: "писали не все" / "not all took part";
    reason_register_gap: "расхождение с журналом" / "gap to the register";
    reason_confirmation: "не подтверждается экзаменом" / "not confirmed by the exam";
    reason_observation: "наблюдение" / "observation";
    reason_external_list: "внешний список" / "external list";
    reason_other: "другой канал" / "another channel";
}

/// Name of a channel inside a sentence.
pub fn reason(language: Language, channel: &str) -> &'static str {
    match channel {
        "level" => reason_level(language),
        "change" => reason_change(language),
        "bunching" => reason_bunching(language),
        "item_profile" => reason_item_profile(language),
        "similarity" => reason_similarity(language),
        "spread" => reason_spread(language),
        "participation" => reason_participation(language),
        "register_gap" => reason_register_gap(language),
        "confirmation" => reason_confirmation(language),
        "observation" => reason_observation(language),
        "external_list" => reason_external_list(language),
        _ => reason_other(language),
    }
}
