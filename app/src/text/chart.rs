//! Texts that charts have in common, and those of charts over years.

texts! {
    walk(title): "{title}. Стрелки ведут по значениям" / "{title}. Arrows walk through the values";
    work: "Работа" / "Work";
    year: "Год" / "Year";
    pupils: "Участников" / "Participants";
    share: "Доля максимума" / "Share of the maximum";
    range: "Интервал 95 %" / "95% interval";
    state: "Состояние" / "State";
    change: "Изменение" / "Change";
    not_written: "работы не было" / "not written";
    years_title: "По годам" / "By year";
    works_title: "Школа и её прошлое" / "The school and its past";
    years_note: "Средняя доля максимального балла. Работы разных лет не равны по трудности, поэтому важнее не уровень, а расстояние до пунктира."
        / "Mean share of the highest possible score. Works of different years are not equally hard: what tells is the distance to the dotted line, not the level.";
    key_own: "школа и её интервал 95 %" / "the school and its 95% interval";
    key_alike: "похожие школы вместе" / "similar schools together";
    key_elsewhere: "другие школы района вместе" / "other schools of the district together";
    key_striking: "внимание или признаки" / "attention or signs";
    key_few: "мало данных" / "few data";
    alike(share): "похожие школы {share}" / "similar schools {share}";
    elsewhere(share): "другие школы района {share}" / "other schools of the district {share}";
    interval(range): "интервал {range}" / "interval {range}";
    year_none(year): "{year}: работы не было" / "{year}: not written";
    year_own(count, year, share): "{year}: {share}, {count} участник" | "{year}: {share}, {count} участника" | "{year}: {share}, {count} участников"
        / "{year}: {share}, {count} participant" | "{year}: {share}, {count} participants";
    slope_title: "Что изменилось рядом с похожими" / "What changed beside similar schools";
    slope_note: "На сколько процентных пунктов результат школы выше или ниже похожих школ вместе. Жирные линии — изменение больше случайного разброса; тонкие могли сдвинуться сами."
        / "By how many percentage points the school's result is above or below similar schools together. Bold lines: the change exceeds chance; thin ones may have moved by themselves.";
    slope_note_municipality: "На сколько процентных пунктов результат школы выше или ниже других школ района вместе. Жирные линии — изменение больше случайного разброса; тонкие могли сдвинуться сами."
        / "By how many percentage points the school's result is above or below the other schools of the district together. Bold lines: the change exceeds chance; thin ones may have moved by themselves.";
    slope_clear(name, before, was, now, is): "{name}: {before} {was}, {now} {is} п. п.; больше случайного" / "{name}: {before} {was}, {now} {is} p.p.; more than chance";
    slope_chance(name, before, was, now, is): "{name}: {before} {was}, {now} {is} п. п.; может быть случайно" / "{name}: {before} {was}, {now} {is} p.p.; may be chance";
    change_clear(change): "{change}, больше случайного" / "{change}, more than chance";
    marks_title: "Отметки по годам" / "Marks by year";
    marks_note: "Доли отметок за работу. Нижняя полоса — похожие школы вместе в последний год." / "Shares of marks for the work. Lowest bar: the schools beside it together, newest year.";
    marks_part(count, name, mark, share, own): "{name}: отметка «{mark}» — {share}, {own} из {count} работы" | "{name}: отметка «{mark}» — {share}, {own} из {count} работ" | "{name}: отметка «{mark}» — {share}, {own} из {count} работ"
        / "{name}: mark {mark}: {share}, {own} of {count} work" | "{name}: mark {mark}: {share}, {own} of {count} works";
    no_marks: "отметок нет" / "no marks";
    alike_short(year): "похожие, {year}" / "similar, {year}";
    elsewhere_short(year): "район, {year}" / "district, {year}";
    trend(first, from, last, to): "С {first} по {last} год: от {from} до {to}" / "From {first} to {last}: {from} to {to}";
}
