//! Texts of evidence at a question.

texts! {
    title: "Подтверждения" / "Evidence";
    file: "Файл" / "File";
    document: "Из реестра" / "From the register";
    link: "Ссылка" / "Link";
    earlier(count): "С прошлого раза: {count}" | "С прошлого раза: {count}" | "С прошлого раза: {count}" / "From last time: {count}" | "From last time: {count}";
    earlier_title: "Подтверждения прошлого раза" / "Evidence of last time";
    use_again: "Взять" / "Take over";
    use_again_of(title): "Взять с прошлого раза: {title}" / "Take over from last time: {title}";
    link_title: "Добавить ссылку" / "Add a link";
    link_url: "Адрес страницы" / "Address of the page";
    link_url_hint: "Целиком, начинается с https://" / "Whole, it begins with https://";
    name: "Что это" / "What it is";
    name_hint: "Например: «Приказ № 14 от 12.01.2026»" / "For example: “Order No. 14 of 12 January 2026”";
    add: "Приложить" / "Bind";
    document_title: "Выбрать документ из реестра" / "Choose a document of the register";
    document_search: "Найти документ" / "Find a document";
    document_none: "Такого документа в реестре нет." / "The register has no such document.";
    document_register: "Открыть реестр документов" / "Open the register of documents";
    sending(name): "Отправляем «{name}»" / "Sending “{name}”";
    too_large(name, limit): "«{name}» больше {limit}. Уменьшите снимок или сохраните документ в PDF." / "“{name}” is larger than {limit}. Make the picture smaller or save the document as PDF.";
    kinds(limit): "PDF, снимок или офисный документ до {limit}. Без фамилий учеников." / "PDF, picture or office document up to {limit}. Without names of pupils.";
    download(title): "Скачать: {title}" / "Download: {title}";
    remove(title): "Убрать: {title}" / "Take out: {title}";
    reused: "с прошлого раза" / "from last time";
    scanned: "проверен антивирусом" / "scanned for viruses";
    by(name, at): "{name}, {at}" / "{name}, {at}";
    added(title): "Подтверждение приложено: {title}" / "Evidence bound: {title}";
    removed(title): "Подтверждение убрано: {title}" / "Evidence taken out: {title}";
    coverage(confirmed, needed): "Подтверждено {confirmed} из {needed} уровней, которым это нужно." / "{confirmed} of {needed} levels that need evidence have it.";
    coverage_none: "Выбранным уровням подтверждения не нужны." / "The chosen levels need no evidence.";
}
