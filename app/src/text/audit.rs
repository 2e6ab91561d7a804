//! Texts of the audit log.

texts! {
    title: "Журнал действий" / "Audit log";
    lead: "Кто и что менял. Записи сцеплены отпечатками: изменить одну незаметно нельзя."
        / "Who changed what. Entries are chained by fingerprints: none can be altered unseen.";
    empty_title: "Здесь появятся записи" / "Entries will appear here";
    empty_text: "Каждое изменение оставляет запись в той же транзакции." / "Each change leaves an entry in the same transaction.";
    number: "№" / "No";
    at: "Когда" / "When";
    who: "Кто" / "Who";
    system: "система" / "system";
    action: "Действие" / "Action";
    object: "Что" / "What";
    details: "Подробности" / "Details";
    hash: "Отпечаток" / "Fingerprint";
}
