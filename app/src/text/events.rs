//! Texts of the events and of invitations to them.

texts! {
    title: "Наблюдение" / "Observation";
    lead: "Где и когда идут работы, кто за ними наблюдает. Личное приглашение открывает наблюдателю его лист на планшете."
        / "Where and when works are held and who observes them. A personal invitation opens the observer's checklist on a tablet.";
    empty_title: "Событий пока нет" / "No events yet";
    empty_text: "Здесь появятся процедуры по школам и датам, когда их внесут в план."
        / "Procedures by school and date appear here once they are planned.";
    today: "Сегодня" / "Today";
    ahead: "Впереди" / "Ahead";
    past: "Прошедшие" / "Past";
    state_planned: "не начато" / "not begun";
    state_running: "идёт" / "running";
    state_alert: "тревога" / "alert";
    state_done: "листы сданы" / "sheets handed in";
    no_observer: "Наблюдатель не назначен" / "No observer is assigned";
    invite: "Пригласить" / "Invite";
    inviting: "Готовим приглашение…" / "Preparing the invitation…";
    invitation_title(name): "Приглашение: {name}" / "Invitation: {name}";
    invitation_text: "Ссылка личная: вход по ней привяжется к первому планшету. Передайте её только этому человеку. Новое приглашение отменяет прежнее."
        / "The link is personal: the entry is bound to the first tablet. Give it to this person only. A new invitation replaces the earlier one.";
    link: "Личная ссылка" / "Personal link";
    qr: "QR-код личной ссылки" / "QR code of the personal link";
    sheet: "Лист" / "Sheet";
}
