//! Texts of the own assignments.

texts! {
    title: "Мои назначения" / "My assignments";
    today: "Сегодня" / "Today";
    ahead: "Впереди" / "Ahead";
    past: "Прошедшие" / "Past";
    nothing_today: "На сегодня назначений нет" / "Nothing is assigned for today";
    empty_title: "Назначений пока нет" / "No assignments yet";
    empty_text: "Здесь появятся события, на которые вас назначит координатор: школа, время, кабинет и лист наблюдения."
        / "Events to which the coordinator assigns you appear here: school, time, room and the checklist.";
    start: "Начать лист" / "Start the sheet";
    go_on: "Продолжить лист" / "Continue the sheet";
    look: "Посмотреть лист" / "Look at the sheet";
    subject_class(subject, class): "{subject}, {class}" / "{subject}, {class}";
    room(room): "кабинет {room}" / "room {room}";
    minutes(count): "{count} минута" | "{count} минуты" | "{count} минут" / "{count} minute" | "{count} minutes";
    coordinator: "Координатор" / "Coordinator";
    waiting(count): "На этом планшете ждёт отправки: {count}. Уйдёт само, как только появится сеть."
        | "На этом планшете ждут отправки: {count}. Уйдут сами, как только появится сеть."
        | "На этом планшете ждут отправки: {count}. Уйдут сами, как только появится сеть."
        / "{count} item waits on this tablet. It goes by itself as soon as there is a network."
        | "{count} items wait on this tablet. They go by themselves as soon as there is a network.";
    send_now: "Отправить сейчас" / "Send now";
    prepare: "Подготовить к выезду" / "Get ready to go";
    no_form: "Лист для этой роли не нужен" / "No sheet is needed for this part";
    role_observer: "наблюдатель" / "observer";
    role_organiser: "организатор" / "organiser";
    role_checker: "проверяющий" / "checker";
    role_technician: "технический специалист" / "technician";
    role_visitor: "муниципальный специалист" / "municipal visitor";
    role_video_observer: "наблюдатель по записи" / "observer of the recording";
    role_expert: "эксперт" / "expert";
    role_jury: "член жюри" / "member of the jury";
}
