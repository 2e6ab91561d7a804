//! Texts of entering and changing a school.

texts! {
    new_title: "Новая школа" / "A new school";
    edit_title: "Изменить школу" / "Change a school";
    add: "Добавить школу" / "Add a school";
    edit: "Изменить" / "Change";
    lead: "Код, названия и вид нужны всегда; остальное можно дописать позже."
        / "Code, names and kind are always needed; the rest can be added later.";
    names: "Названия" / "Names";
    code: "Код" / "Code";
    code_hint: "Логин школы в федеральной системе, например sch240017: по нему находят школу файлы результатов"
        / "The school's login in the federal system, for example sch240017: files of results find the school by it";
    short_name: "Краткое название" / "Short name";
    name: "Полное название" / "Full name";
    kind: "Вид" / "Kind";
    parent: "Филиал школы" / "Branch of";
    parent_none: "не филиал" / "not a branch";
    teaching: "Кого и где учит" / "Whom and where it teaches";
    grades: "Классы" / "Grades";
    pupils: "Учеников" / "Pupils";
    capacity: "Мест" / "Places";
    capacity_hint: "Пусто: не знаем" / "Blank: not known";
    settlement: "Населённый пункт" / "Settlement";
    rural: "Сельская местность" / "Rural";
    small_school: "Малокомплектная" / "Joint classes";
    cluster: "Группа похожих школ" / "Comparable schools";
    cluster_hint: "С этими школами сравниваются результаты" / "Results are compared with these schools";
    latitude: "Широта" / "Latitude";
    longitude: "Долгота" / "Longitude";
    place_hint: "Градусы, например 56,01. Нужны для карты и расстояний; можно не заполнять"
        / "Degrees, for example 56.01. For the map and distances; may stay blank";
    standing: "Запись в историю" / "An entry of the history";
    standing_text: "Если школа переименована, закрыта, открыта или изменилось её подчинение: дата и приказ останутся в истории."
        / "If the school was renamed, closed, opened or became a branch: date and order stay in the history.";
    change_kind: "Что произошло" / "What happened";
    change_none: "ничего, поправлены сведения" / "nothing, facts were mended";
    change_date: "Дата" / "Date";
    change_order: "Приказ: номер и дата" / "Order: number and date";
    number_wrong: "Это не число. Напишите его цифрами или оставьте поле пустым." / "This is no number. Write it in digits or leave the field blank.";
    place_wrong: "Заполните и широту, и долготу числами, или оставьте обе пустыми."
        / "Fill in both latitude and longitude as numbers, or leave both blank.";
    date_missing: "Укажите дату изменения." / "Give the date of the change.";
    save: "Сохранить школу" / "Save the school";
}
