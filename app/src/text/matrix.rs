//! Texts of the matrix: layers, groups, changes, exports.

texts! {
    layer: "Что показывает карта" / "What the map shows";
    layer_state: "Признаки" / "Warning signs";
    layer_observation: "Наблюдение" / "Observation";
    layer_day: "День процедуры" / "Day of the procedure";
    layer_low: "Низкие результаты" / "Low results";
    layer_self: "Самооценка" / "Self-assessment";
    layer_indicators: "Показатели" / "Indicators";
    title_observation: "Порядок соблюдён" / "Rules kept";
    title_day: "День процедуры" / "Day of the procedure";
    title_low: "Низкие результаты" / "Low results";
    title_self: "Самооценка школ" / "Self-assessment of schools";
    title_indicators: "Показатели программы" / "Indicators of the programme";
    group_by: "Порядок строк" / "Order of rows";
    by_cluster: "Порядок: похожие школы" / "Order: comparable schools";
    by_territory: "Порядок: населённые пункты" / "Order: settlements";
    by_trajectory: "Порядок: траектории" / "Order: trajectories";
    by_name: "Порядок: по названию" / "Order: by name";
    territory_unknown: "Населённый пункт не указан" / "Settlement not given";
    rising: "Низких результатов стало меньше" / "Fewer low results than a year ago";
    stable: "Без заметных изменений" / "No change beyond chance";
    falling: "Низких результатов стало больше: нужна помощь" / "More low results than a year ago: help is needed";
    trajectory_unknown: "Сравнить не с чем" / "Nothing to compare with";
    search: "Найти школу" / "Find a school";
    clusters: "Группы школ" / "Groups of schools";
    subjects: "Предметы" / "Subjects";
    more_filters: "Фильтры" / "Filters";
    open_only: "Только где есть вопросы" / "Only cells that need attention";
    compare: "Сравнить с годом" / "Compare with";
    compare_none: "Без сравнения" / "No comparison";
    compare_with(year): "Сравнить с {year}" / "Compare with {year}";
    pinned: "Закреплено" / "Pinned";
    pin_row: "Закрепить школу" / "Pin the school";
    pin_column: "Закрепить столбец" / "Pin the column";
    unpin(name): "Открепить: {name}" / "Unpin: {name}";
    reset: "Сбросить фильтры" / "Clear the filters";
    nothing_found: "Под эти условия не подходит ни одна школа." / "No school meets these conditions.";
    view_place: "На местности" / "Geography";
    place_canvas: "Карта школ. Список школ рядом говорит то же самое." / "Map of schools. The list beside it says the same.";
    place_list: "Школы на карте" / "Schools on the map";
    place_heat: "Тепловой слой" / "Heat layer";
    place_note: "Размер точки — число учеников, цвет — то, что больше всего просит взгляда. Выбор виден и на карте, и в таблице ниже."
        / "The size of a point is the number of pupils, its colour what asks most for a look. A choice shows here and in the matrix below.";
    place_failed: "Этот браузер не может нарисовать карту: нет WebGL. Все школы есть в списке и в таблице ниже."
        / "This browser cannot draw the map: it has no WebGL. All schools stand in the list and in the matrix below.";
    place_detail(settlement, pupils, state): "{settlement} · учеников: {pupils} · {state}" / "{settlement} · pupils: {pupils} · {state}";
    zoom_in: "Приблизить" / "Zoom in";
    zoom_out: "Отдалить" / "Zoom out";
    metres: "м" / "m";
    kilometres: "км" / "km";
    save_csv: "Таблица CSV" / "CSV table";
    save_xlsx: "Книга XLSX" / "XLSX workbook";
    save_svg: "Рисунок SVG" / "SVG drawing";
    save_png: "Рисунок PNG" / "PNG picture";
    print: "Напечатать" / "Print";
    save: "Скачать" / "Download";
    file_name(layer, year): "{layer} {year}" / "{layer} {year}";
    shift_down_strong: "намного спокойнее, чем год назад" / "much calmer than a year ago";
    shift_down: "спокойнее, чем год назад" / "calmer than a year ago";
    shift_none: "как год назад" / "as a year ago";
    shift_up: "больше вопросов, чем год назад" / "more questions than a year ago";
    shift_up_strong: "намного больше вопросов, чем год назад" / "many more questions than a year ago";
    legend_share(low, high): "{low}–{high} %" / "{low}–{high}%";
    legend_below(high): "меньше {high} %" / "below {high}%";
    legend_above(low): "{low} % и больше" / "{low}% and more";
    legend_percent: "в ячейке — проценты" / "cells hold percent";
    legend_sheets: "в ячейке — сдано листов" / "cells hold sheets handed in";
    legend_change: "в ячейке — изменение за год" / "cells hold the change over the year";
    legend_planned: "○ назначено" / "○ planned";
    legend_running: "идёт" / "running";
    legend_alert: "! тревога" / "! alert";
    legend_done: "✓ завершено" / "✓ done";
    legend_few: "мало данных" / "too few data";
    legend_nothing: "данных нет" / "no data";
    legend_zero: "данные есть, доля — ноль" / "there are data, the share is nought";
    legend_zero_pupils: "никто не участвовал" / "nobody took part";
    legend_zero_sheets: "ни один лист не сдан" / "no sheet handed in";
    legend_no_event: "события нет" / "no event";
    legend_nothing_to_compare: "сравнить не с чем" / "nothing to compare with";
    legend_columns: "Столбцы" / "Columns";
    sheets_of(submitted, sheets): "{submitted} из {sheets}" / "{submitted} of {sheets}";
    print_columns(first, last, all): "Столбцы {first}–{last} из {all}" / "Columns {first}–{last} of {all}";
    print_rest(shown, all): "Напечатаны первые {shown} строк из {all}. Все строки — в «Скачать» → «Таблица CSV»."
        / "The first {shown} lines of {all} are printed. All of them are in “Download” → “CSV table”.";
    place_without(count): "{count} школа без места на карте" | "{count} школы без места на карте" | "{count} школ без места на карте"
        / "{count} school without a place on the map" | "{count} schools without a place on the map";
    spoken_nothing(school, work): "{school} — {work}: данных нет." / "{school} — {work}: no data.";
    spoken_phase(school, work, state, submitted, sheets): "{school} — {work}: {state}, листов сдано {submitted} из {sheets}."
        / "{school} — {work}: {state}, {submitted} of {sheets} sheets handed in.";
    spoken_planned(school, work, state): "{school} — {work}: {state}." / "{school} — {work}: {state}.";
    spoken_share(school, work, share, n): "{school} — {work}: {share}, всего {n}." / "{school} — {work}: {share}, of {n}.";
    spoken_index(count, school, work, share):
        "{school} — {work}: правила соблюдены на {share}, {count} лист." | "{school} — {work}: правила соблюдены на {share}, {count} листа." | "{school} — {work}: правила соблюдены на {share}, {count} листов."
        / "{school} — {work}: rules kept to {share}, {count} sheet." | "{school} — {work}: rules kept to {share}, {count} sheets.";
    spoken_points(school, work, points, word): "{school} — {work}: {points} процентных пункта за год, {word}."
        / "{school} — {work}: {points} percentage points over the year, {word}.";
    spoken_shift(school, work, word): "{school} — {work}: {word}." / "{school} — {work}: {word}.";
    visit_title: "С прошлого визита" / "Since your last visit";
    visit_none(at): "С {at} состояния не изменились." / "No state has changed since {at}.";
    visit_some(count, at): "С {at} изменилась {count} ячейка." | "С {at} изменились {count} ячейки." | "С {at} изменились {count} ячеек."
        / "{count} cell has changed since {at}." | "{count} cells have changed since {at}.";
    visit_change(before, now): "{before} → {now}" / "{before} → {now}";
    visit_seen: "Запомнить как просмотренное" / "Mark as seen";
    shown(rows, columns): "{rows} × {columns}" / "{rows} × {columns}";
    grid_hint: "Стрелки — по ячейкам, Enter — открыть, P — закрепить школу" / "Arrow keys move, Enter opens, P pins the school";
    cell_in_hand: "Ячейка под курсором" / "The cell in hand";
}
