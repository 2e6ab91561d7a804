//! Texts of cases: what became of a critical item.

use api::management::case::{CaseState, EntryKind, Resolution};

use crate::text::Language;

texts! {
    title: "Разборы" / "Cases";
    title_own: "Что сделано по замечаниям" / "What was done about the reports";
    lead: "Разбор открывается, когда наблюдатель подписал грубое нарушение. Сначала школа объясняет, потом решаем, чем помочь. Обе записи хранятся."
        / "A case opens when an observer signs a gross violation. First the school explains, then help is agreed on. Both records are kept.";
    empty_title: "Разборов нет" / "No cases";
    empty_text: "Здесь появится карточка, если наблюдатель отметит грубое нарушение в подписанном листе."
        / "A card appears here when an observer signs a sheet with a gross violation.";
    to_cases: "Все разборы" / "All cases";
    state_reported: "ждёт пояснения школы" / "awaits the school's explanation";
    state_answered: "школа ответила" / "the school has explained";
    state_resolved: "закрыт" / "closed";
    due(date): "пояснение до {date}" / "explanation due by {date}";
    overdue(date): "срок пояснения прошёл {date}" / "the explanation was due on {date}";
    open: "Открытые" / "Open";
    closed: "Закрытые" / "Closed";
    item: "Что отмечено" / "What was reported";
    note: "Заметка наблюдателя" / "The observer's note";
    timeline: "Ход разбора" / "Course of the case";
    entry_reported: "Наблюдатель сообщил" / "The observer reported";
    entry_answer: "Пояснение школы" / "The school's explanation";
    entry_reaction: "Координатор" / "The coordinator";
    entry_resolved: "Итог" / "Outcome";
    sheet: "Открыть лист" / "Open the sheet";
    act: "Открыть акт" / "Open the act";
    event: "Открыть событие" / "Open the event";
    answer_title: "Пояснить" / "Explain";
    answer_label: "Пояснение школы" / "The school's explanation";
    answer_hint: "Что произошло и что уже сделано. Имён детей не пишите." / "What happened and what was done already. No names of children.";
    answer_do: "Отправить пояснение" / "Send the explanation";
    react_title: "Написать школе и наблюдателю" / "Write to the school and the observer";
    react_label: "Сообщение" / "Message";
    react_do: "Отправить" / "Send";
    resolve_title: "Закрыть разбор" / "Close the case";
    resolve_how: "Чем закончилось" / "How it ended";
    resolve_label: "Что сделано" / "What was done";
    resolve_hint: "Это прочитают школа и наблюдатель." / "The school and the observer will read it.";
    resolve_do: "Закрыть" / "Close";
    help: "договорились о помощи" / "help was agreed on";
    explained: "пояснение принято" / "the explanation settles it";
    recheck: "работы перепроверяются" / "the works are checked again";
    not_confirmed: "не подтвердилось" / "not confirmed";
    sent: "Отправлено." / "Sent.";
}

/// Name of a state.
pub fn state(language: Language, state: CaseState) -> &'static str {
    match state {
        CaseState::Reported => state_reported(language),
        CaseState::Answered => state_answered(language),
        CaseState::Resolved => state_resolved(language),
    }
}

/// Name of an entry.
pub fn entry(language: Language, kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Reported => entry_reported(language),
        EntryKind::Answer => entry_answer(language),
        EntryKind::Reaction => entry_reaction(language),
        EntryKind::Resolved => entry_resolved(language),
    }
}

/// Name of an outcome.
pub fn resolution(language: Language, resolution: Resolution) -> &'static str {
    match resolution {
        Resolution::Help => help(language),
        Resolution::Explained => explained(language),
        Resolution::Recheck => recheck(language),
        Resolution::NotConfirmed => not_confirmed(language),
    }
}
