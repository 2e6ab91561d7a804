//! Texts of the register of schools.

use crate::text::Language;

texts! {
    title: "Школы" / "Schools";
    lead: "Реестр организаций района. Порядок — по группам похожих школ и по названию." / "Register of the district's organisations, by comparable group and name.";
    search: "Найти школу" / "Find a school";
    none_found: "Такой школы в реестре нет. Проверьте название." / "No such school in the register. Check the name.";
    name: "Школа" / "School";
    kind: "Тип" / "Type";
    settlement: "Населённый пункт" / "Settlement";
    pupils: "Учеников" / "Pupils";
    capacity: "Мест" / "Places";
    grades: "Классы" / "Grades";
    code: "Код" / "Code";
    cluster: "Группа похожих школ" / "Comparable schools";
    small: "малокомплектная" / "joint classes";
    passport: "Паспорт" / "Passport";
    dynamics: "Результаты по годам" / "Results by year";
    dynamics_none: "Здесь появятся работы школы по годам, когда будут загружены результаты." / "The school's works by year will stand here once results are imported.";
    row: "Строка карты" / "Row of the map";
    row_note(procedure, year): "{procedure}, {year}. Число — участники." / "{procedure}, {year}. The number is participants.";
    row_none: "Результатов этой школы пока нет." / "There are no results of this school yet.";
    sheets: "Листы и самооценка" / "Sheets and self-assessment";
    sheets_none: "Сданных форм пока нет." / "No forms handed in yet.";
    sheet_submitted(at): "сдано {at}" / "handed in {at}";
    sheet_draft: "заполняется" / "being filled";
    history: "История" / "History";
    became_branch: "стала филиалом" / "became a branch";
    left_branch: "перестала быть филиалом" / "is a branch no more";
    renamed: "переименована" / "renamed";
    closed: "закрыта" / "closed";
    opened: "открыта" / "opened";
    to_list: "К школам" / "To the schools";
}

/// What happened to an organisation.
pub fn change(language: Language, kind: &str) -> &'static str {
    match kind {
        "became_branch" => became_branch(language),
        "left_branch" => left_branch(language),
        "renamed" => renamed(language),
        "closed" => closed(language),
        _ => opened(language),
    }
}
