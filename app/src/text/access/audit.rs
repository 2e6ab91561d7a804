//! Texts of the audit log.

texts! {
    title: "Журнал действий" / "Audit log";
    lead: "Кто и что менял. Запись нельзя изменить незаметно."
        / "Who changed what. No entry can be altered unseen.";
    empty_title: "Здесь появятся записи" / "Entries will appear here";
    empty_text: "Каждое изменение оставляет запись." / "Each change leaves an entry.";
    number: "№" / "No";
    at: "Когда" / "When";
    who: "Кто" / "Who";
    system: "система" / "system";
    action: "Действие" / "Action";
    object: "Что" / "What";
    details: "Подробности" / "Details";
    hash: "Контрольная сумма" / "Checksum";
}
