//! Texts of an event's readiness.

use api::procedures::readiness::{PassportSection, ReadinessStep};

use crate::text::Language;

texts! {
    title: "Готовность" / "Readiness";
    lead: "Событие можно объявить готовым, когда закрыты все пункты. Если пункт закрыть нельзя, нужна письменная причина."
        / "The event can be marked as ready when all steps are done. A step that cannot be done needs a written reason.";
    done: "готово" / "done";
    open: "не готово" / "open";
    passport: "Паспорт процедуры" / "Passport of the procedure";
    municipal_order: "Приказ муниципалитета" / "Order of the municipality";
    school_order: "Приказ школы" / "Order of the school";
    marking: "Согласованные подходы к проверке" / "Agreed approach to marking";
    staffing: "Расстановка" / "Staffing";
    edit: "Заполнить" / "Fill in";
    change: "Изменить" / "Change";
    concept: "Замысел и качество материалов" / "Concept and quality of the materials";
    uniformity: "Единые организационные решения и защита информации" / "Uniform solutions and protection of information";
    specialists: "Подготовленные специалисты на каждом этапе" / "Qualified specialists at every stage";
    impartiality: "Отсутствие конфликта интересов" / "No conflict of interest";
    number: "Номер приказа" / "Number of the order";
    date: "Дата" / "Date";
    order_title: "О чём приказ" / "What the order is about";
    participants: "Кто участвовал" / "Who took part";
    decisions: "Что решили" / "What was decided";
    mark: "Событие готово" / "The event is ready";
    mark_anyway: "Объявить готовым с причиной" / "Mark as ready with a reason";
    reason: "Почему событие пройдёт без незакрытых пунктов" / "Why the event goes on with open steps";
    ready(date, name): "Готово: {date}, {name}" / "Ready: {date}, {name}";
    ready_gaps(reason): "С незакрытыми пунктами. Причина: {reason}" / "With open steps. Reason: {reason}";
}

/// Name of a step.
pub fn step(language: Language, step: ReadinessStep) -> &'static str {
    match step {
        ReadinessStep::Passport => passport(language),
        ReadinessStep::MunicipalOrder => municipal_order(language),
        ReadinessStep::SchoolOrder => school_order(language),
        ReadinessStep::Marking => marking(language),
        ReadinessStep::Staffing => staffing(language),
    }
}

/// Name of a section of the passport.
pub fn section(language: Language, section: PassportSection) -> &'static str {
    match section {
        PassportSection::Concept => concept(language),
        PassportSection::Uniformity => uniformity(language),
        PassportSection::Specialists => specialists(language),
        PassportSection::Impartiality => impartiality(language),
    }
}
