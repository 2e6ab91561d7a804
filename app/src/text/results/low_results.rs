//! Texts of schools with low results.

use api::results::low_result::{LowReading, LowStanding};

use crate::text::Language;

texts! {
    title: "Школы с низкими результатами" / "Schools with low results";
    lead: "Список по открытому правилу на дату: кому предложить помощь прежде всего. Это не рейтинг и не оценка школы; недостоверный результат не считается ни низким, ни хорошим, если правило не говорит иного."
        / "A list by an open rule on a date: to whom help is offered first. This is no ranking and no verdict; an unreliable result counts neither as low nor as good unless the rule says otherwise.";
    empty_title: "Списков пока нет" / "No lists yet";
    empty_text: "Составьте первый: правило уже заполнено по региональной практике, его можно изменить."
        / "Make the first one: the rule is filled in from regional practice and can be changed.";
    empty_read: "Список составит аналитик или методист." / "The analyst or the methodist makes a list.";
    no_years: "Результатов ещё нет. Загрузите их, и список можно будет составить." / "There are no results yet. Import them, and a list can be made.";
    made_title: "Составленные списки" / "Lists made";
    new_title: "Новый список" / "A new list";
    create: "Составить список" / "Make the list";
    created: "Список составлен" / "The list is made";
    year: "Год" / "Year";
    year_of(year): "{year} год" / "{year}";
    rule: "Правило" / "The rule";
    rule_source: "Граница, число работ и лет — из региональной практики контроля (декабрь 2025); наименьшее число учеников задала платформа."
        / "Limit, works and years are regional control practice (December 2025); the smallest number of pupils is the platform's.";
    share: "Работа считается слабой, если «2» получили не менее, % учеников" / "A work counts as weak when at least this % of pupils have mark 2";
    procedures: "Слабых работ за год — не менее" / "Weak works in a year, at least";
    years: "Группа риска, если та же работа низкая лет подряд" / "Risk group when the same work is low for this many years in a row";
    min_pupils: "Не учитывать классы меньше, учеников" / "Leave out classes with fewer pupils than";
    unreliable: "Результат с признаками необъективности" / "A result with signs of non-objectivity";
    unreliable_unknown: "неизвестен: не низкий и не хороший" / "is unknown: neither low nor good";
    unreliable_low: "считается низким" / "counts as low";
    rule_line(share, procedures, years, pupils): "«2» у {share} и больше; работ за год — от {procedures}; лет подряд — {years}; учеников — от {pupils}"
        / "mark 2 for {share} or more; works in a year: {procedures} or more; years in a row: {years}; pupils: {pupils} or more";
    rule_unreliable_low: "; результат с признаками считается низким" / "; a result with signs counts as low";
    by(author, at): "{author}, {at}" / "{author}, {at}";
    judged(count): "Рассмотрена {count} школа" | "Рассмотрены {count} школы" | "Рассмотрено {count} школ" / "{count} school looked at" | "{count} schools looked at";
    found_risk(count): "группа риска: {count}" / "risk group: {count}";
    found_low(count): "низкие в этом году: {count}" / "low this year: {count}";
    found_unknown(count): "неизвестно: {count}" / "unknown: {count}";
    found_none: "По этому правилу не нашлось ни одной школы." / "The rule found no school.";
    risk: "Группа риска" / "Risk group";
    risk_text: "Низкие результаты в этом году, и та же работа была низкой раньше." / "Low this year, and the same work was low before.";
    low: "Низкие в этом году" / "Low this year";
    low_text: "Правило сработало впервые: помощь сейчас дешевле всего." / "The rule holds for the first time: help is cheapest now.";
    unknown: "Неизвестно" / "Unknown";
    unknown_text: "Школа была бы в списке, если бы недостоверные или слишком малые данные считались низкими. Сначала узнать, потом решать."
        / "The school would be listed if unreliable or too few data counted as low. Find out first, decide later.";
    works_caption(school): "На чём основано: {school}" / "What it rests on: {school}";
    work: "Работа" / "Work";
    reading_low(below, pupils): "{below} из {pupils}" / "{below} of {pupils}";
    reading_unreliable: "недостоверно" / "not reliable";
    reading_few(pupils): "мало учеников: {pupils}" / "few pupils: {pupils}";
    reading_title(share): "«2» в остальных школах: {share}" / "mark 2 in the other schools: {share}";
    chance: "может быть случайностью" / "may be chance";
    chance_note: "Числа — сколько учеников получили «2». «Может быть случайностью»: в школе такого размера столько «двоек» бывает и тогда, когда учат как в остальных школах района."
        / "The numbers are pupils with mark 2. “May be chance”: in a school of this size as many happen also where pupils do as in the other schools of the district.";
    not_low: "—" / "–";
    help: "Предложить помощь" / "Offer help";
    help_for(school): "Предложить помощь: {school}" / "Offer help: {school}";
    to_all: "Все списки" / "All lists";
    no_run: "Расчёта объективности ещё нет: недостоверные результаты не отделены." / "There is no run of the engine yet: unreliable results are not set apart.";
}

/// Name of a group of schools.
pub fn standing(language: Language, standing: LowStanding) -> &'static str {
    match standing {
        LowStanding::RiskGroup => risk(language),
        LowStanding::Low => low(language),
        LowStanding::Unknown => unknown(language),
    }
}

/// What a group of schools means.
pub fn standing_text(language: Language, standing: LowStanding) -> &'static str {
    match standing {
        LowStanding::RiskGroup => risk_text(language),
        LowStanding::Low => low_text(language),
        LowStanding::Unknown => unknown_text(language),
    }
}

/// How a procedure is read.
pub fn reading(language: Language, reading: LowReading, below: u32, pupils: u32) -> String {
    match reading {
        LowReading::Low => reading_low(language, below, pupils),
        LowReading::Unreliable => reading_unreliable(language).to_owned(),
        LowReading::FewPupils => reading_few(language, pupils),
    }
}
