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
    clash(school, start): "В это же время вы назначены и сюда: {school}, {start}. Успеть можно только в одно место: сообщите координатору."
        / "You have another part at that time: {school}, {start}. Only one of them can be reached: tell the coordinator.";
    minutes(count): "{count} минута" | "{count} минуты" | "{count} минут" / "{count} minute" | "{count} minutes";
    coordinator: "Координатор" / "Coordinator";
    waiting(count): "На этом планшете ждёт отправки: {count}. Уйдёт само, как только появится сеть."
        | "На этом планшете ждут отправки: {count}. Уйдут сами, как только появится сеть."
        | "На этом планшете ждут отправки: {count}. Уйдут сами, как только появится сеть."
        / "{count} item waits on this tablet. It goes by itself as soon as there is a network."
        | "{count} items wait on this tablet. They go by themselves as soon as there is a network.";
    send_now: "Отправить сейчас" / "Send now";
    prepare: "Подготовить к выезду" / "Get ready to go";
    rescue_title: "Сети так и не будет?" / "No network at all?";
    rescue_text: "Сохраните ответы в файл и передайте его себе на другое устройство с сетью: войдите там под своим именем и отправьте ответы из файла. Файл зашифрован паролем, который вы придумаете. Снимки в файл не входят."
        / "Save the answers to a file and take it to another device with a network: sign in there under your own name and send the answers from the file. The file is encrypted with a password of your choice. Photos are not in the file.";
    rescue_password: "Пароль для файла" / "Password of the file";
    rescue_password_hint: "Не короче восьми знаков. Запишите его: без пароля файл не откроет никто."
        / "At least eight characters. Write it down: without it nobody opens the file.";
    rescue_password_short: "Сначала введите пароль для файла, не короче восьми знаков."
        / "First enter the password of the file, at least eight characters.";
    rescue_locked: "Пароль не подошёл. Введите тот, с которым файл был сохранён." / "This is not the password. Enter the one with which the file was saved.";
    rescue_impossible: "Этот браузер не может зашифровать файл. Откройте сайт по защищённому адресу (https)."
        / "This browser cannot encrypt the file. Open the site at a protected address (https).";
    rescue_save: "Сохранить ответы в файл" / "Save the answers to a file";
    rescue_hand_in: "Отправить из файла" / "Send from a file";
    rescue_saved(count): "В файле {count} ответ" | "В файле {count} ответа" | "В файле {count} ответов"
        / "{count} answer is in the file" | "{count} answers are in the file";
    rescue_handed_in(count): "Сервер получил {count} ответ этого планшета" | "Сервер получил {count} ответа этого планшета"
        | "Сервер получил {count} ответов этого планшета"
        / "The server holds {count} answer of that tablet" | "The server holds {count} answers of that tablet";
    rescue_unreadable: "Это не файл с ответами. Выберите файл, сохранённый кнопкой «Сохранить ответы в файл»."
        / "This is no file of answers. Choose one that was saved by “Save the answers to a file”.";
    rescue_foreign: "В файле ответы другого человека. Их отправляет тот, кто их дал."
        / "The file holds somebody else's answers. Whoever gave them sends them.";
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
