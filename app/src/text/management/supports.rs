//! Texts of measures agreed with schools.

use api::management::support::{Effect, Executor, Step, SupportState};

use crate::text::{Language, Wording};

texts! {
    title: "Меры поддержки" / "Measures of support";
    lead: "Что решили сделать для школ, кто делает и помогло ли. Сначала помощь; порядок — по сроку."
        / "What was decided for schools, who does it, and whether it helped. Help comes first; the order is by date, this is no ranking.";
    lead_own: "Что район и школа решили сделать вместе, и помогло ли."
        / "What the district and the school have decided to do together, and whether it helped.";
    empty_title: "Мер пока нет" / "No measures yet";
    empty_text: "Мера назначается из ячейки карты или со страницы школы: там видно, почему она нужна."
        / "A measure is agreed from a cell of the map or from a school's page: there one sees why it is needed.";
    empty_own: "Здесь появятся меры, о которых район договорится со школой."
        / "Measures the district agrees on with the school appear here.";
    to_map: "Открыть карту" / "Open the map";
    to_all: "Все меры" / "All measures";
    open: "В работе" / "Under way";
    closed: "Завершённые" / "Finished";
    planned: "назначена" / "agreed";
    running: "выполняется" / "under way";
    done: "сделано, эффект не проверен" / "done, effect not looked at";
    checked: "эффект проверен" / "effect looked at";
    dropped: "отменена" / "given up";
    until(date): "до {date}" / "by {date}";
    overdue(date): "срок прошёл {date}" / "was due on {date}";
    effect_shift: "сдвиг есть" / "there is a shift";
    effect_partly: "сдвиг частичный" / "a partial shift";
    effect_no_shift: "сдвига нет" / "no shift";
    effect_cannot_tell: "по данным не понять" / "the data do not tell";
    executor: "Кто выполняет" / "Who carries it out";
    executor_methodical_service: "методическая служба" / "the methodical service";
    executor_office: "управление образования" / "the education office";
    executor_school: "школа" / "the school";
    reason: "Почему" / "Why";
    basis: "Ячейка карты" / "Cell of the map";
    timeline: "Ход работы" / "Course";
    entry_plan: "Назначена" / "Agreed";
    entry_begin: "Взята в работу" / "Taken up";
    entry_finish: "Сделано" / "Done";
    entry_check: "Эффект проверен" / "Effect looked at";
    entry_drop: "Отменена" / "Given up";
    entry_note: "Заметка" / "Note";
    begin_title: "Взять в работу" / "Take it up";
    finish_title: "Отметить, что сделано" / "Report it done";
    check_title: "Проверить эффект" / "Look at the effect";
    drop_title: "Отменить меру" / "Give the measure up";
    note_title: "Добавить заметку" / "Add a note";
    begin_label: "С чего начнёте (не обязательно)" / "How you begin (optional)";
    finish_label: "Что сделано" / "What was done";
    check_label: "По чему это видно" / "How one sees it";
    check_hint: "Следующая работа, лист наблюдения, разговор: на чём основан вывод." / "The next work, an observer's sheet, a talk: what the finding rests on.";
    check_what: "Есть ли сдвиг" / "Is there a shift";
    drop_label: "Почему отменяется" / "Why it is given up";
    note_label: "Заметка" / "Note";
    words_hint: "Прочитают школа и район. Имён детей и учителей не пишите." / "The school and the district read it. No names of children or teachers.";
    begin_do: "Взять в работу" / "Take it up";
    finish_do: "Сделано" / "Done";
    check_do: "Записать вывод" / "Record the finding";
    drop_do: "Отменить меру" / "Give it up";
    note_do: "Добавить" / "Add";
    sent: "Записано." / "Recorded.";
    new_title: "Назначить меру" / "Agree on a measure";
    new_for(school): "Школа: {school}" / "School: {school}";
    new_unknown: "Непонятно, для какой школы мера. Откройте ячейку карты или страницу школы и выберите меру там."
        / "It is not said for which school. Open a cell of the map or a school's page and choose a measure there.";
    new_measure: "Мера" / "Measure";
    new_proposed: "Подходит к тому, что видно в ячейке" / "Answers to what the cell shows";
    new_reason: "Почему эта мера" / "Why this measure";
    new_reason_hint: "Школа прочитает это первым. Признаки — не вывод о вине." / "The school reads this first. Signs are no verdict.";
    new_due: "Срок" / "By when";
    new_exception: "Причина исключения" / "Reason of the exception";
    new_exception_hint: "Меры помощи этой школы ещё не закрыты с выводом «сдвига нет». Причина останется в журнале."
        / "The measures of help of this school are not closed with \"no shift\" yet. The reason stays in the log.";
    new_do: "Назначить" / "Agree";
    cancel: "Отменить" / "Cancel";
    created: "Мера назначена." / "The measure is agreed.";
    beside_title: "Меры поддержки" / "Measures of support";
    beside_none: "Меры ещё не назначены." / "No measure is agreed yet.";
    beside_other: "Другая мера" / "Another measure";
    beside_choose(title): "Назначить: {title}" / "Agree on: {title}";
    choose: "Назначить" / "Agree";
    task_accept: "Взять меру в работу" / "Take a measure up";
    task_finish: "Завершить меру" / "Finish a measure";
    task_check: "Проверить эффект меры" / "Look at the effect of a measure";
}

/// Name of a state.
pub fn state(language: Language, state: SupportState) -> &'static str {
    match state {
        SupportState::Planned => planned(language),
        SupportState::Running => running(language),
        SupportState::Done => done(language),
        SupportState::Checked => checked(language),
        SupportState::Dropped => dropped(language),
    }
}

/// Name of an effect.
pub fn effect(language: Language, effect: Effect) -> &'static str {
    match effect {
        Effect::Shift => effect_shift(language),
        Effect::Partly => effect_partly(language),
        Effect::NoShift => effect_no_shift(language),
        Effect::CannotTell => effect_cannot_tell(language),
    }
}

/// What a measure may have brought, to be chosen.
pub const EFFECTS: [(Option<Effect>, Wording); 4] = [
    (Some(Effect::Shift), effect_shift),
    (Some(Effect::Partly), effect_partly),
    (Some(Effect::NoShift), effect_no_shift),
    (Some(Effect::CannotTell), effect_cannot_tell),
];

/// Name of who carries a measure out.
pub fn executor_name(language: Language, executor: Executor) -> &'static str {
    match executor {
        Executor::MethodicalService => executor_methodical_service(language),
        Executor::Office => executor_office(language),
        Executor::School => executor_school(language),
    }
}

/// Name of an entry of the timeline.
pub fn entry(language: Language, step: Step) -> &'static str {
    match step {
        Step::Plan => entry_plan(language),
        Step::Begin => entry_begin(language),
        Step::Finish => entry_finish(language),
        Step::Check => entry_check(language),
        Step::Drop => entry_drop(language),
        Step::Note => entry_note(language),
    }
}
