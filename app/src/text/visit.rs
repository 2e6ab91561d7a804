//! Texts of the tabs over the pages of observation.

texts! {
    tabs: "Разделы наблюдения" / "Sections of observation";
    events: "События" / "Events";
    day: "День" / "Day";
    cases: "Разборы" / "Cases";
    observers: "Наблюдатели" / "Observers";
    assignments: "Назначения" / "Assignments";
    declarations: "Заявления" / "Declarations";
    training: "Обучение" / "Training";
    reports: "Что сделано" / "What was done";
}
