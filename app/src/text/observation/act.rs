//! Texts of the act of an observation.

texts! {
    title(number): "Акт общественного наблюдения № {number}" / "Act of public observation No. {number}";
    page_title: "Акт" / "Act";
    school: "Школа" / "School";
    date: "Дата и начало работы" / "Date and start of the work";
    work: "Работа" / "Work";
    form: "Лист наблюдателя" / "Observer's sheet";
    observer: "Наблюдатель" / "Observer";
    accreditation: "Удостоверение" / "Accreditation";
    submitted: "Лист отправлен" / "Sheet submitted";
    answered: "Отвечено вопросов" / "Questions answered";
    answered_of(answered, all): "{answered} из {all}" / "{answered} of {all}";
    index: "Порядок соблюдён" / "Rules kept";
    remarks: "Замечания" / "Remarks";
    no_remarks: "Нарушений по наблюдавшимся этапам не отмечено." / "No violation was noted at the stages observed.";
    critical: "Грубое нарушение." / "Gross violation.";
    note(note): "Заметка: {note}" / "Note: {note}";
    signature: "Подпись наблюдателя" / "The observer's signature";
    unsigned: "Акт ещё не подписан." / "The act is not signed yet.";
    signed(name, date): "{name}, {date}" / "{name}, {date}";
    signed_hidden(date): "Подписан {date}" / "Signed on {date}";
    outdated: "После подписи в лист внесены исправления: подпишите ещё раз." / "Corrections came in after the signature: sign again.";
    sign_name: "Фамилия, имя, отчество" / "Full name";
    sign_draw: "Подпишите пальцем или пером" / "Sign with a finger or pen";
    sign_clear: "Стереть" / "Clear";
    sign_do: "Подписать акт" / "Sign the act";
    explanations: "Пояснения школы" / "The school's explanations";
    no_explanations(date): "Пояснений пока нет. Школа может дать их до {date}." / "There is no explanation yet. The school may explain until {date}.";
    explain_label: "Пояснение школы" / "The school's explanation";
    explain_hint: "Пояснение хранится рядом с актом; ни то, ни другое не меняется. Имён детей не пишите."
        / "It is kept beside the act; neither is changed. No names of children.";
    explain_do: "Добавить пояснение" / "Add the explanation";
    print: "Напечатать" / "Print";
    pdf: "Скачать PDF" / "Download PDF";
    docx: "Скачать Word" / "Download Word";
    sheet: "Открыть лист" / "Open the sheet";
}
