//! Texts of the drill-down into a cell, and of its charts.

use crate::text::Language;

texts! {
    title(school, work): "{school}: {work}" / "{school}: {work}";
    page_title: "Ячейка карты" / "A cell of the map";
    to_map: "К карте" / "To the map";
    year(year): "{year} год" / "{year}";
    whole_page: "На отдельной странице" / "On a page of its own";
    close: "Закрыть" / "Close";
    means(mean, shrunk, max): "Средний балл {mean} из {max}; с поправкой на малое число участников {shrunk}."
        / "Mean {mean} of {max}; corrected for the small number of participants {shrunk}.";
    mean_only(mean, max): "Средний балл {mean} из {max}." / "Mean {mean} of {max}.";
    fdr(count): "Из ста таких сигналов ложным бывает примерно {count}."
        | "Из ста таких сигналов ложными бывают примерно {count}."
        | "Из ста таких сигналов ложными бывают примерно {count}."
        / "Of a hundred such signals about {count} is false." | "Of a hundred such signals about {count} are false.";
    fdr_less: "Из ста таких сигналов ложным бывает меньше одного." / "Of a hundred such signals less than one is false.";
    insufficient: "Участников слишком мало, чтобы отличить причину от случая. Вывода нет — ни хорошего, ни плохого."
        / "Too few participants to tell cause from chance. There is no conclusion, good or bad.";
    no_data: "Работы не было или её результаты не загружены." / "The work was not held, or its results were not brought.";
    calm: "Ни один канал не отличается от ожидаемого. Это не доказательство, а отсутствие повода для вопросов."
        / "No channel differs from expectation. That is no proof, only no reason to ask.";
    channels_title: "На чём это основано" / "What it rests on";
    channels_note: "Множитель показывает, во сколько раз такая картина вероятнее при необъективных результатах, чем при честных."
        / "The factor says how many times likelier such a picture is under non-objective results than under honest ones.";
    channel_fired: "весомо" / "weighty";
    channel_quiet: "без признаков" / "no signs";
    how_title: "Как посчитано" / "How it is computed";
    how_meta(engine, at, level): "Расчёт {engine} от {at}; глубина данных {level}." / "Engine {engine}, {at}; depth of data {level}.";
    posterior(percent): "Вероятность необъективности по всем каналам: {percent}." / "Probability of non-objectivity over all channels: {percent}.";
    thresholds_of(channel): "Пороги и откуда они: {channel}" / "Thresholds and their sources: {channel}";
    threshold: "Порог" / "Threshold";
    value: "Значение" / "Value";
    source: "Источник" / "Source";
    source_document: "документ" / "document";
    source_federal: "федеральный" / "federal";
    source_regional: "региональный" / "regional";
    source_municipal: "муниципальный" / "municipal";
    source_platform: "платформа" / "platform";
    p_value(p): "Вероятность такого при честной работе {p}." / "Probability of this under honest work {p}.";
    measured_value(value): "Значение {value}." / "Value {value}.";
    measured(value, interval, expected): "Значение {value}, интервал {interval}, ожидается {expected}." / "Value {value}, interval {interval}, expected {expected}.";
    markers_title: "Маркеры из документов" / "Markers of the documents";
    markers_note: "Сами по себе маркеры часто ошибаются: рядом — у какой доли честных школ такого размера маркер срабатывает."
        / "Markers alone often err: beside each stands the share of honest schools of this size at which it fires.";
    marker_fired: "сработал" / "fires";
    marker_quiet: "нет" / "no";
    marker_unknown: "не посчитать" / "cannot be computed";
    false_alarms(percent): "ложных {percent}" / "false alarms {percent}";
    false_alarms_unknown: "доля ложных не измерена" / "false alarms not measured";
    other_title: "Что ещё это может быть" / "What else it may be";
    next_title: "Что дальше" / "What next";
    next_note: "Сначала помощь и разговор, потом проверка." / "Help and talk first, checks later.";
    sheets_title: "Листы наблюдателей" / "Observers' sheets";
    sheets_none: "Листов по этой работе нет." / "There are no sheets for this work.";
    sheet(at): "Лист от {at}" / "Sheet of {at}";
    sheet_draft: "Лист не сдан" / "Sheet not handed in";
    sheet_index(percent): "порядок соблюдён: {percent}" / "rules kept: {percent}";
    sheet_critical(count): "{count} грубое нарушение" | "{count} грубых нарушения" | "{count} грубых нарушений"
        / "{count} critical violation" | "{count} critical violations";
    sheet_clean: "грубых нарушений нет" / "no critical violations";
    event(date, class, room): "{date}, {class}, кабинет {room}" / "{date}, {class}, room {room}";
    summary_note: "Ваша роль видит состояние, число участников и виды причин. Баллы, отметки и листы видят школа и муниципалитет."
        / "Your role sees the state, the number of participants and the kinds of reasons. Scores, marks and sheets are for the school and the municipality.";
    charts_title: "Данные" / "The data";

    raw_score: "первичный балл" / "raw score";
    pupils_here: "учеников" / "pupils";
    expected: "ожидалось" / "expected";
    as_region: "как в районе" / "as in the district";
    from_mark(score, mark): "{score}, с него «{mark}»" / "{score}, mark {mark} begins";
    mark(mark): "«{mark}»" / "{mark}";
    bar_title(count, score): "{score} баллов: {count} ученик" | "{score} баллов: {count} ученика" | "{score} баллов: {count} учеников"
        / "{score} points: {count} pupil" | "{score} points: {count} pupils";
    histogram_title: "Распределение баллов" / "Distribution of scores";
    histogram_note: "Столбцы — ученики школы. Сплошная линия — ожидаемое для этой школы, пунктир — район. Вертикали — границы отметок."
        / "Bars are pupils of the school. Solid line: expected for this school; dotted: district. Verticals: mark boundaries.";
    items_title: "Профиль заданий" / "Profile of the items";
    items_note: "Точка с отрезком — школа и её интервал, чёрточка — ожидаемое при том же общем балле, пунктир — район. Выделены задания, где отрезок не достаёт до ожидаемого."
        / "Dot and line: the school with its interval; tick: expected at the same total; dotted: district. Items whose line misses the tick stand out.";
    items_axis: "задание" / "item";
    item: "Задание" / "Item";
    maximum: "Балл" / "Points";
    difficulty: "Трудность" / "Difficulty";
    school_share: "Школа" / "School";
    interval: "Интервал" / "Interval";
    region: "Район" / "District";
    item_title(code, school, expected): "Задание {code}: {school}, ожидалось {expected}" / "Item {code}: {school}, expected {expected}";
    funnel_title: "Среди всех школ" / "Among all schools";
    funnel_note: "Средний балл с поправкой на условия против числа участников. Светлая полоса — 95 % честных школ, широкая — 99,8 %. Другие школы без названий: это не рейтинг."
        / "Mean adjusted for context against participants. Inner band: 95% of honest schools; outer: 99.8%. Other schools have no names: it is no ranking.";
    funnel_axis: "участников" / "participants";
    funnel_point(count, mean): "{count} участник, средний {mean}" | "{count} участника, средний {mean}" | "{count} участников, средний {mean}"
        / "{count} participant, mean {mean}" | "{count} participants, mean {mean}";
    school_column: "Школа" / "School";
    this_school: "Эта школа" / "This school";
    other_school: "другая" / "another";
    mean_adjusted: "Средний с поправкой" / "Adjusted mean";
    limits_95: "95 %" / "95%";
    limits_998: "99,8 %" / "99.8%";
    register_title: "Отметка за работу и в журнале" / "Mark in the work and in the register";
    register_note: "Сравниваются отметка за работу и отметка в журнале того же ученика." / "The mark in the work is compared with the same pupil's mark in the register.";
    register_two(percent): "Расхождение в два балла и больше: {percent}." / "Apart by two marks or more: {percent}.";
    lowered: "ниже" / "below";
    confirmed: "совпала" / "equal";
    raised: "выше" / "above";
}

/// Name of a threshold's source.
pub fn source_name(language: Language, source: &str) -> &'static str {
    match source {
        "document" => source_document(language),
        "federal" => source_federal(language),
        "regional" => source_regional(language),
        "municipal" => source_municipal(language),
        _ => source_platform(language),
    }
}
