//! Texts of the context passport.

use api::schools::school_context::Direction;

use crate::text::Language;

texts! {
    title: "Паспорт контекста" / "Context passport";
    lead: "Условия, в которых работает школа. Вводятся числа учеников, ничего о семьях. Индекс нужен, чтобы найти похожие школы, а не чтобы оценить школу."
        / "Conditions in which the school works. Counts of pupils are entered, nothing of families. The index finds similar schools, it does not judge a school.";
    overview_title: "Контекст школ" / "Context of schools";
    to_school: "К школе" / "To the school";
    year: "Год" / "Year";
    years: "Годы" / "Years";
    fill: "Заполнить" / "Fill in";
    fill_year(year): "Заполнить за {year} год" / "Fill in for {year}";
    factor: "Фактор" / "Factor";
    direction: "Влияние" / "Influence";
    share: "Доля учеников" / "Share of pupils";
    direction_positive: "чем больше, тем благоприятнее" / "the more, the more favourable";
    direction_negative: "чем больше, тем труднее" / "the more, the harder";
    direction_none: "в сравнении не участвует" / "not used in comparisons";
    direction_changed: "вывод района" / "finding of the district";
    few: "меньше 5" / "fewer than 5";
    gap: "нет данных" / "no data";
    significant: "Значимые факторы" / "Significant factors";
    other: "Прочие факторы: собираются по желанию, в сравнении не участвуют" / "Other factors: optional, not used in comparisons";
    index: "Индекс контекста" / "Context index";
    index_none(known): "Индекса нет: известно значимых факторов {known}, нужно не меньше 7 из 9." / "No index: significant factors known {known}, at least 7 of 9 are needed.";
    group: "Похожие школы" / "Similar schools";
    group_size(count): "{count} школа в группе" | "{count} школы в группе" | "{count} школ в группе" / "{count} school in the group" | "{count} schools in the group";
    group_none: "нет группы" / "no group";
    group_low: "условия труднее" / "harder conditions";
    group_middle: "условия средние" / "middling conditions";
    group_high: "условия благоприятнее" / "more favourable conditions";
    group_small(name): "{name}, малокомплектные" / "{name}, joint classes";
    group_large(name): "{name}, обычные" / "{name}, ordinary";
    known(count): "Заполнено {count} из 9" / "{count} of 9 filled in";
    known_short(count): "{count} из 9" / "{count} of 9";
    none: "Паспорта пока нет." / "There is no passport yet.";
    pupils: "Всего учеников" / "Pupils in all";
    date: "На дату" / "On the date";
    source: "Откуда данные" / "Where the figures come from";
    source_social: "социальный паспорт" / "social passport";
    source_survey: "опрос родителей" / "survey of parents";
    source_register: "учётная система" / "register";
    source_estimate: "экспертная оценка" / "estimate";
    count_hint(what): "Сколько учеников: {what}" / "How many pupils: {what}";
    gap_hint: "Оставьте пустым, если не знаете: пропуск виден как пропуск и не считается нулём." / "Leave it blank if you do not know: a gap is shown as a gap and not counted as zero.";
    saved(year): "Паспорт за {year} год сохранён" / "Passport of {year} saved";
    school: "Школа" / "School";
    filled: "Заполнено" / "Filled in";
    finding: "Вывод территории о факторах" / "Finding of the territory about factors";
    finding_text: "Направления взяты из программы одного района. Если ваши данные говорят иное, замените их: новая версия с основанием вступит в силу со следующего расчёта."
        / "The directions come from the programme of one district. If your data say otherwise, replace them: a new version with its grounds holds from the next run on.";
    finding_now(version, reason): "Действует вывод района, версия {version}: {reason}" / "In force: finding of the district, version {version}: {reason}";
    finding_none: "Действуют направления инструмента." / "The directions of the instrument are in force.";
    finding_edit: "Заменить направления" / "Replace the directions";
    finding_reason: "На чём основан вывод" / "What the finding rests on";
    finding_saved: "Вывод сохранён, индексы пересчитаны" / "Finding saved, indices recomputed";
}

/// How a factor acts.
pub fn direction_name(language: Language, direction: Direction) -> &'static str {
    match direction {
        Direction::Positive => direction_positive(language),
        Direction::Negative => direction_negative(language),
        Direction::None => direction_none(language),
    }
}

/// Name of a peer group: `1`, `2-small`…
pub fn group_name(language: Language, group: &str) -> String {
    let (tercile, size) = group.split_once('-').unwrap_or((group, ""));
    let name = match tercile {
        "1" => group_low(language),
        "2" => group_middle(language),
        _ => group_high(language),
    };
    match size {
        "small" => group_small(language, name),
        "large" => group_large(language, name),
        _ => name.to_owned(),
    }
}
