//! Texts of the plan: procedures, and events planned at once.

use api::procedures::procedure::ProcedureLevel;

use crate::text::Language;

texts! {
    title: "План процедур" / "Plan of procedures";
    lead: "Какие работы и исследования идут в учебном году, по каким предметам и в каких классах."
        / "Which works and studies are held in a school year, in which subjects and grades.";
    new: "Новая процедура" / "New procedure";
    years: "Учебный год" / "School year";
    empty_title: "В плане пока нет процедур" / "No procedures are planned yet";
    empty_text: "Заведите процедуру: вид, предметы, классы и срок. Потом запланируйте её сразу во всех школах."
        / "Enter a procedure: kind, subjects, grades and days. Then plan it at all schools at once.";
    empty_reader: "Процедуры вносит координатор муниципалитета." / "The coordinator of the municipality enters procedures.";
    year_empty: "На этот учебный год процедур нет." / "There are no procedures in this school year.";
    procedure: "Процедура" / "Procedure";
    days: "Срок" / "Days";
    subjects: "Предметы" / "Subjects";
    grades: "Классы" / "Grades";
    events: "События" / "Events";
    any_subject: "любые" / "any";
    span(first, last): "{first} — {last}" / "{first} – {last}";
    coverage: "Чем охвачены предметы и классы" / "What covers subjects and grades";
    coverage_lead: "Число процедур года, в которых названы и предмет, и класс. Прочерк: этот предмет в этом классе не проверяется ничем."
        / "Number of the year's procedures that name both the subject and the grade. A dash: nothing assesses this subject in this grade.";
    subject: "Предмет" / "Subject";
    covered(subject, grade, count): "{subject}, {grade} класс: процедур {count}" / "{subject}, grade {grade}: procedures {count}";
    level_federal: "федеральная" / "federal";
    level_regional: "региональная" / "regional";
    level_municipal: "муниципальная" / "municipal";
    level_school: "школьная" / "of a school";
    levels_federal: "Федеральные" / "Federal";
    levels_regional: "Региональные" / "Regional";
    levels_municipal: "Муниципальные" / "Municipal";
    levels_school: "Школьные" / "Of schools";

    to_plan: "К плану" / "To the plan";
    to_procedure: "К процедуре" / "To the procedure";
    edit: "Изменить" / "Change";
    edit_title: "Изменить процедуру" / "Change the procedure";
    form_lead: "Вид подскажет предметы, классы и длительность; всё можно поправить." / "The kind suggests subjects, grades and duration; everything can be changed.";
    entry: "Вид" / "Kind";
    entry_kept: "как сейчас" / "as it is";
    title_ru: "Название" / "Title in Russian";
    title_en: "Название по-английски" / "Title in English";
    title_en_hint: "Стоит на английских страницах" / "Stands on English pages";
    first: "Первый день" / "First day";
    last: "Последний день" / "Last day";
    subjects_hint: "Ничего не отмечено: любые предметы" / "None ticked: any subject";
    grades_hint: "Ничего не отмечено: любые классы" / "None ticked: any grade";
    checklist: "Лист наблюдателя" / "Form of the observer";
    checklist_of_kind: "по виду процедуры" / "by the kind of the procedure";
    save: "Сохранить процедуру" / "Save the procedure";
    saved: "Процедура сохранена." / "The procedure was saved.";
    dates_missing: "Укажите первый и последний день." / "Give the first and the last day.";
    title_missing: "Напишите название." / "Write a title.";
    entry_missing: "Выберите вид процедуры." / "Choose a kind.";

    minutes: "Длительность, минут" / "Duration, minutes";
    frequency: "Как часто" / "How often";
    parts: "Кто нужен на событии" / "Who is needed at an event";
    plan_events: "Запланировать события" / "Plan events";
    plan: "Запланировать" / "Plan";
    no_events_title: "Событий ещё нет" / "No events yet";
    no_events_text: "Событие — это процедура в одной школе для одного класса. Их можно запланировать сразу для всех школ."
        / "An event is the procedure at one school for one class. All schools can be planned at once.";
    only_figures: "Эта процедура собирает сведения о школах: событий в школах у неё нет." / "This procedure gathers figures of schools: nothing is held at schools.";
    batches: "Запланировано сразу" / "Planned at once";
    planned(count): "{count} событие" | "{count} события" | "{count} событий" / "{count} event" | "{count} events";
    planned_by(name, at): "{name}, {at}" / "{name}, {at}";
    undo: "Убрать" / "Take back";
    undo_of(what): "Убрать: {what}" / "Take back: {what}";
    undo_title: "Убрать эти события?" / "Take these events back?";
    undo_text: "Они исчезнут из плана у всех школ. С ними ещё никто не работал." / "They vanish from the plan of all schools. Nothing was done at them.";
    undo_keep: "Оставить" / "Keep";
    undone: "убраны" / "taken back";
    undone_done: "События убраны из плана." / "The events were taken back.";
    touched: "С событиями уже работали: сразу все убрать нельзя" / "Something was done at these events: they cannot be taken back at once";
    school: "Школа" / "School";
    class_all(grade): "{grade}-е классы" / "grade {grade}";
    class_one(grade, letter): "{grade} «{letter}»" / "{grade}{letter}";
    school_chooses(first, last): "школа выбирает день: {first} — {last}" / "the school chooses a day: {first} – {last}";
    cancelled: "отменено" / "called off";

    new_events: "Запланировать события" / "Plan events";
    new_events_lead: "Выберите классы, день и школы. Перед записью покажем, что получится." / "Choose classes, a day and schools. What comes of it is shown before anything is stored.";
    whom: "Что и у кого" / "What and for whom";
    letters: "Буквы классов" / "Letters of classes";
    letters_hint: "Через запятую: А, Б. Пусто: одно событие на все классы параллели" / "Separated by commas: А, Б. Blank: one event for all classes of the grade";
    when: "Когда" / "When";
    day_fixed: "Один день для всех" / "One day for all";
    day_window: "Школа выбирает день" / "The school chooses the day";
    day: "День" / "Day";
    start: "Начало" / "Start";
    room: "Кабинет" / "Room";
    room_hint: "Можно не заполнять: школа укажет сама" / "May stay blank: the school will fill it in";
    where_: "Школы" / "Schools";
    all: "Все" / "All";
    none: "Никого" / "None";
    chosen(count, of): "Выбрано школ: {count} из {of}" / "Schools chosen: {count} of {of}";
    no_schools: "В реестре нет школ с этими классами. Отметьте другие классы или внесите школы." / "The register has no schools with these grades. Tick other grades or enter schools.";
    to_schools: "Открыть реестр школ" / "Open the register of schools";
    check: "Проверить" / "Check";
    check_title: "Что получится" / "What comes of it";
    back_to_form: "Исправить" / "Mend";
    existing(count): "Уже в плане, останется как есть: {count}" / "Planned already and left as they are: {count}";
    not_taught(names): "Этих классов нет: {names}" / "Do not teach these grades: {names}";
    new_classes: "Новые" / "New";
    existing_classes: "Уже в плане" / "Planned already";
    confirm(count): "Запланировать {count} событие" | "Запланировать {count} события" | "Запланировать {count} событий" / "Plan {count} event" | "Plan {count} events";
    nothing_new: "Все эти события уже стоят в плане." / "All these events are planned already.";
    confirmed: "События запланированы." / "The events are planned.";
    subject_missing: "Выберите предмет." / "Choose a subject.";
    grades_missing: "Отметьте классы." / "Tick grades.";
    schools_missing: "Отметьте школы." / "Tick schools.";
    minutes_wrong: "Длительность — число минут, например 45." / "The duration is a number of minutes, for example 45.";

    choose_title: "Выберите день" / "Choose the day";
    choose_text(first, last): "Муниципалитет дал срок: {first} — {last}. День, час и кабинет назначает школа."
        / "The municipality gave the days from {first} to {last}. The school sets day, hour and room.";
    choose: "Назначить день" / "Set the day";
    chosen_done: "День назначен." / "The day is set.";
}

/// Who runs a procedure, as an adjective.
pub fn level(language: Language, level: ProcedureLevel) -> &'static str {
    match level {
        ProcedureLevel::Federal => level_federal(language),
        ProcedureLevel::Regional => level_regional(language),
        ProcedureLevel::Municipal => level_municipal(language),
        ProcedureLevel::School => level_school(language),
    }
}

/// Heading of the kinds of a level.
pub fn levels(language: Language, level: ProcedureLevel) -> &'static str {
    match level {
        ProcedureLevel::Federal => levels_federal(language),
        ProcedureLevel::Regional => levels_regional(language),
        ProcedureLevel::Municipal => levels_municipal(language),
        ProcedureLevel::School => levels_school(language),
    }
}

/// A class, or all classes of a grade.
pub fn class(language: Language, grade: u8, letter: &str) -> String {
    match letter {
        "" => class_all(language, grade),
        letter => class_one(language, grade, letter),
    }
}

/// A school year: `2026/27`.
pub fn school_year(year: i32) -> String {
    format!("{year}/{:02}", (year + 1).rem_euclid(100))
}
