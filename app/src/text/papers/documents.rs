//! Texts of the register of documents.

texts! {
    title: "Документы" / "Documents";
    lead: "Реестр приказов, положений, протоколов и других документов. Документ регистрируют один раз и прикладывают к любому вопросу."
        / "The register of orders, regulations, protocols and other documents. A document is registered once and bound to any question.";
    search: "Найти документ" / "Find a document";
    register: "Зарегистрировать документ" / "Register a document";
    registered(title): "Документ зарегистрирован: {title}" / "Document registered: {title}";
    count(count): "{count} документ" | "{count} документа" | "{count} документов" / "{count} document" | "{count} documents";
    none_title: "Документов пока нет" / "No documents yet";
    none_text: "Зарегистрируйте приказ или положение: потом его можно приложить к любому пункту самооценки."
        / "Register an order or a regulation: it can then be bound to any item of a self-assessment.";
    none_found: "Ничего не нашлось. Измените запрос." / "Nothing found. Change the search.";
    municipal: "Документы района" / "Documents of the district";
    owner: "Чей" / "Whose";
    kind: "Вид" / "Kind";
    name: "Название" / "Title";
    number: "Номер" / "Number";
    date: "Дата" / "Date";
    link: "Где опубликован" / "Where it is published";
    link_hint: "Адрес целиком, если документ есть на сайте. Документы района с адресом видны на открытой странице «Документы»" / "The whole address, if the document is on a site. The district’s documents with an address are listed on the public page “Documents”";
    file: "Файл" / "File";
    file_hint(limit): "PDF, снимок или офисный документ до {limit}" / "PDF, picture or office document up to {limit}";
    responsible: "Кто отвечает" / "Who is responsible";
    used: "Приложен" / "Bound";
    used_times(count): "{count} раз" | "{count} раза" | "{count} раз" / "{count} time" | "{count} times";
    save: "Зарегистрировать" / "Register";
    archive: "Убрать в архив" / "Archive";
    archive_of(title): "Убрать в архив: {title}" / "Archive: {title}";
    archive_text: "Подтверждения, которые на него ссылаются, сохранятся. Документ останется в истории с причиной."
        / "Evidence that points to it is kept. The document stays in the history with the reason.";
    archive_reason: "Почему" / "Why";
    archived: "в архиве" / "archived";
    show_archived: "Показать архив" / "Show the archive";
    download(title): "Скачать: {title}" / "Download: {title}";
    open(title): "Открыть: {title}" / "Open: {title}";
    action: "Действие" / "Action";
}
