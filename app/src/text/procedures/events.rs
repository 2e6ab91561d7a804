//! Texts of the events and of invitations to them.

use api::procedures::event::Event;

use crate::text::{Language, number};

texts! {
    title: "Наблюдение" / "Observation";
    lead: "Где и когда идут работы, кто за ними наблюдает. Личное приглашение открывает наблюдателю его лист на планшете."
        / "Where and when works are held and who observes them. A personal invitation opens the observer's checklist on a tablet.";
    empty_title: "Событий пока нет" / "No events yet";
    empty_text: "Здесь появятся процедуры по школам и датам, когда их внесут в план."
        / "Procedures by school and date appear here once they are planned.";
    until(day): "до {day}, день за школой" / "by {day}, the school chooses";
    today: "Сегодня" / "Today";
    ahead: "Впереди" / "Ahead";
    past: "Прошедшие" / "Past";
    move_open: "Перенести" / "Move";
    move_title: "Перенести событие" / "Move the event";
    move_do: "Перенести" / "Move";
    move_anyway: "Всё равно перенести" / "Move anyway";
    moved: "Событие перенесено." / "The event was moved.";
    moved_title: "Событие перенесли" / "The event was moved";
    change_told: "Все, кто участвует, увидят новое время и причину." / "Everybody who takes part sees the new time and the reason.";
    date: "Дата" / "Date";
    start: "Начало" / "Start";
    minutes: "Длительность, минут" / "Duration, minutes";
    room: "Кабинет" / "Room";
    reason: "Причина" / "Reason";
    reason_hint: "Например: «Карантин в школе»" / "For example: “The school is in quarantine”";
    cancel_open: "Отменить событие" / "Call off";
    cancel_title: "Отменить событие?" / "Call the event off?";
    cancel_text: "Событие останется в списке отменённым, все, кто участвует, увидят причину. Провести его снова можно переносом."
        / "The event stays in the list as called off, and everybody who takes part sees the reason. Moving it holds it again.";
    cancel_do: "Отменить событие" / "Call off";
    cancel_keep: "Оставить" / "Keep";
    cancelled: "Событие отменено" / "The event was called off";
    cancelled_done: "Событие отменено." / "The event was called off.";
    state_cancelled: "отменено" / "called off";
    was(day, start): "Было: {day}, {start}" / "Before: {day}, {start}";
    was_in(day, start, room): "Было: {day}, {start}, кабинет {room}" / "Before: {day}, {start}, room {room}";
    because(reason): "Причина: {reason}" / "Reason: {reason}";
    waiting(count): "Ждём ответа на {count} предложение" | "Ждём ответа на {count} предложения" | "Ждём ответа на {count} предложений"
        / "{count} offer without an answer" | "{count} offers without an answer";
    remind(count): "Напомнить {count} человеку" | "Напомнить {count} людям" | "Напомнить {count} людям" / "Remind {count} person" | "Remind {count} people";
    reminded: "Напоминание стоит первым среди дел этих людей." / "The reminder stands first among the tasks of these people.";
    reminded_at(time): "напомнили {time}" / "reminded {time}";
    state_planned: "не начато" / "not started";
    state_running: "идёт" / "running";
    state_alert: "тревога" / "alert";
    state_done: "листы сданы" / "sheets handed in";
    no_observer: "Наблюдатель не назначен" / "No observer is assigned";
    invite: "Пригласить" / "Invite";
    replace: "Заменить ссылку" / "Replace the link";
    replace_title(name): "Заменить ссылку: {name}?" / "Replace the link: {name}?";
    replace_text: "Прежняя ссылка перестанет работать, планшет, который по ней вошёл, выйдет. Ответы на нём не пропадут: они уйдут, когда человек войдёт по новой."
        / "The earlier link stops working, and the tablet that entered by it is signed out. Its answers are not lost: they are sent once the person enters by the new one.";
    keep: "Оставить прежнюю" / "Keep the earlier one";
    entered(when): "вход по ссылке: {when}" / "entered by the link: {when}";
    valid_until(when): "приглашение действует до {when}" / "the invitation is valid until {when}";
    inviting: "Готовим приглашение…" / "Preparing the invitation…";
    invitation_title(name): "Приглашение: {name}" / "Invitation: {name}";
    invitation_text: "Ссылка личная: вход по ней привяжется к первому планшету. Передайте её только этому человеку. Новое приглашение отменяет прежнее."
        / "The link is personal: the entry is bound to the first tablet. Give it to this person only. A new invitation replaces the earlier one.";
    link: "Личная ссылка" / "Personal link";
    qr: "QR-код личной ссылки" / "QR code of the personal link";
    sheet: "Лист" / "Sheet";
}

/// The day of an event, or until when its school chooses one.
pub fn day_of(language: Language, event: &Event, today: &str) -> String {
    match &event.open_days {
        Some([_, last]) => until(language, number::near_day(language, last, today)),
        None => number::near_day(language, &event.date, today),
    }
}
