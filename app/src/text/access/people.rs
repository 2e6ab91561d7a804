//! Texts of people, their cards and accounts.

use api::access::entry::EntryState;
use api::access::person::Standing;

use crate::text::{Language, Wording};

texts! {
    title: "Люди и доступ" / "People and access";
    lead: "Кто работает в системе, с какой ролью и до какого дня. Роль даётся человеку; войти он сможет по личной ссылке, по которой сам задаёт логин и пароль."
        / "Who works in the system, with which role and until which day. A role is given to a person; they enter by a personal link, by which they set a login and a password themselves.";
    add: "Добавить человека" / "Add a person";
    search: "Найти человека" / "Find a person";
    search_hint: "Имя, должность, логин, почта или школа" / "Name, position, login, e-mail or school";
    filter_role: "Роль" / "Role";
    filter_standing: "Кто" / "Who";
    any_role: "любая" / "any";
    no_role: "без роли" / "without a role";
    filter_here: "работают" / "work here";
    filter_waiting: "ещё не входили" / "have not entered yet";
    filter_blocked: "заблокированы" / "blocked";
    filter_left: "отпущены" / "let go";
    people(count): "{count} человек" | "{count} человека" | "{count} человек" / "{count} person" | "{count} people";
    none_found: "Таких людей нет. Измените поиск или снимите отбор." / "There are no such people. Change the search or the filter.";
    none_title: "Здесь появятся люди" / "People will stand here";
    none_text: "Добавьте первого: имя, роль и место. Потом выдайте ему ссылку для входа."
        / "Add the first one: name, role and place. Then issue a link to enter by.";
    col_name: "Имя" / "Name";
    col_roles: "Роли" / "Roles";
    col_entry: "Вход" / "Entry";
    col_contacts: "Связь" / "Contacts";
    role_at(role, place): "{role}, {place}" / "{role}, {place}";
    role_event(role): "{role}, по событию" / "{role}, for an event";
    entry_login(login): "логин {login}" / "login {login}";
    entry_open: "ссылка выдана, ещё не вошли" / "link issued, not entered yet";
    entry_expired: "ссылка истекла" / "the link has expired";
    entry_none: "ссылка не выдана" / "no link issued";

    standing_active: "работает" / "works here";
    standing_blocked: "вход закрыт" / "blocked";
    standing_left: "отпущен" / "let go";

    new_title: "Новый человек" / "A new person";
    new_lead: "Имя и первая роль. Ссылка для входа выдаётся на его карточке, сразу после сохранения."
        / "Name and first role. The link to enter by is issued on the card, right after saving.";
    card: "Кто это" / "Who this is";
    name: "Фамилия, имя, отчество" / "Full name";
    position: "Должность" / "Position";
    email: "Почта" / "E-mail";
    phone: "Телефон" / "Telephone";
    language: "Язык" / "Language";
    russian: "Русский" / "Russian";
    english: "Английский" / "English";
    namesake: "Это другой человек с таким же именем" / "This is somebody else of the same name";
    save_person: "Добавить" / "Add";
    saved: "Сохранено" / "Saved";

    role_new: "Роль" / "Role";
    role_choose: "Выберите роль" / "Choose a role";
    role_school: "Школа" / "School";
    role_school_choose: "Выберите школу" / "Choose a school";
    role_order: "Приказ: номер и дата" / "Order: number and date";
    role_order_hint: "Например: № 41 от 01.09.2026" / "For example: No. 41 of 1 September 2026";
    role_from: "Первый день" / "First day";
    role_from_hint: "Пусто: с сегодняшнего" / "Blank: from today";
    role_until: "Последний день" / "Last day";
    role_until_hint: "Пусто: без срока" / "Blank: without an end";
    role_needed: "Выберите роль, а для роли в школе и школу." / "Choose a role, and a school for a role in a school.";

    back: "Все люди" / "All people";
    roles: "Роли" / "Roles";
    roles_none: "Ролей нет: войти можно, но увидеть нечего." / "No roles: one may enter, but there is nothing to see.";
    roles_past: "Прежние роли" / "Earlier roles";
    role_whole: "весь муниципалитет" / "the whole municipality";
    role_of_event: "одно событие" / "one event";
    order(reference): "приказ {reference}" / "order {reference}";
    term_from_until(from, until): "с {from} по {until}" / "from {from} to {until}";
    term_from(from): "с {from}" / "from {from}";
    term_until(until): "по {until}" / "until {until}";
    term_open: "без срока" / "without an end";
    taken_at(at): "снята {at}" / "taken {at}";
    ended: "срок прошёл" / "over";
    begins_later: "ещё не началась" / "not begun yet";
    take: "Снять роль" / "Take the role";
    take_title: "Снять роль?" / "Take the role?";
    take_text(role): "Роль «{role}» перестанет действовать сейчас же. В истории она останется."
        / "The role “{role}” stops holding at once. It stays in the history.";
    give: "Добавить роль" / "Add a role";

    entry: "Вход" / "Entry";
    login_is(login): "Логин: {login}" / "Login: {login}";
    login_none: "Логина ещё нет: человек задаст его сам по ссылке." / "No login yet: the person sets it by the link.";
    link_open(until): "Ссылка выдана, действует до {until}. Саму ссылку второй раз не показать."
        / "A link was issued, it holds until {until}. The link itself cannot be shown again.";
    link_expired: "Прежняя ссылка истекла." / "The earlier link has expired.";
    issue: "Выдать ссылку для входа" / "Issue a link to enter by";
    issue_again: "Выдать новую ссылку" / "Issue a new link";
    issue_forgotten: "Забыт пароль: выдать ссылку" / "Forgotten password: issue a link";
    replace_title: "Заменить выданную ссылку?" / "Replace the link that was issued?";
    replace_text(until): "Прежняя ссылка действует до {until}. Новая отменит её: если листок уже отдан, отдайте новый."
        / "The earlier link holds until {until}. A new one voids it: if the slip was handed over, hand over the new one.";
    replace_do: "Отменить прежнюю и выдать новую" / "Void it and issue a new one";
    take_back: "Отозвать ссылку" / "Take the link back";
    taken_back: "Ссылка отозвана" / "The link was taken back";

    slip_title: "Ссылка для входа" / "Link to enter by";
    slip_once: "Покажите код с экрана, распечатайте листок или отправьте ссылку сейчас: второй раз она не показывается."
        / "Show the code from the screen, print the slip or send the link now: it is not shown again.";
    slip_for: "Личное приглашение в систему «Ориентир»" / "Personal invitation to Orientir";
    slip_text: "Наведите камеру телефона на код или откройте ссылку. Задайте логин и пароль: их не узнает никто, кроме вас."
        / "Point the camera of a telephone at the code or open the link. Set a login and a password: nobody but you learns them.";
    slip_until(until): "Действует один раз, до {until}" / "Holds once, until {until}";
    slip_qr(name): "QR-код со ссылкой: {name}" / "QR code of the link: {name}";
    print: "Распечатать" / "Print";
    slip_link: "Ссылка, чтобы отправить" / "The link, to be sent";

    sessions: "Где открыт вход" / "Where they are signed in";
    sessions_none: "Сейчас нигде." / "Nowhere now.";
    session_this: "это устройство" / "this device";
    session_seen(at): "последний раз {at}" / "last used {at}";
    session_since(at): "с {at}" / "since {at}";
    device(browser, system): "{browser}, {system}" / "{browser}, {system}";
    device_unknown: "неизвестное устройство" / "unknown device";
    end: "Завершить" / "End";
    end_all: "Завершить все" / "End all";
    ended_now: "Сеанс завершён" / "The session was ended";
    ended_all: "Сеансы завершены" / "The sessions were ended";

    may_enter: "Может ли входить" / "May they enter";
    block: "Закрыть вход" / "Block";
    block_title(name): "Закрыть вход: {name}?" / "Block {name}?";
    block_text: "Открытые сеансы закончатся сейчас же, выданные ссылки перестанут действовать. Роли и логин останутся, вход можно вернуть."
        / "Open sessions end at once, links that were issued stop holding. Roles and login stay, and the person can be let in again.";
    unblock: "Вернуть вход" / "Let in again";
    let_go: "Отпустить" / "Let go";
    let_go_title(name): "Отпустить: {name}?" / "Let {name} go?";
    let_go_text: "Для тех, кто больше не работает: роли снимаются, логин освобождается. Карточка и всё подписанное остаются."
        / "For those who no longer work here: roles are taken, the login becomes free. The card and everything signed stay.";
    come_back: "Снова работает" / "Works here again";

    entry_title: "Вход по ссылке" / "Entering by a link";
    entry_hello(name): "Здравствуйте, {name}!" / "Hello, {name}!";
    entry_lead(municipality): "{municipality} приглашает вас в «Ориентир». Задайте логин и пароль, которыми будете входить."
        / "{municipality} invites you to Orientir. Set the login and the password you will enter with.";
    entry_again_lead: "Задайте новый пароль. Логин остаётся прежним, открытые где-либо сеансы закончатся."
        / "Set a new password. The login stays, sessions that are open anywhere will end.";
    entry_until(until): "Ссылка действует до {until}" / "The link holds until {until}";
    entry_login_field: "Логин" / "Login";
    entry_login_hint: "Можно оставить предложенный" / "You may keep the one proposed";
    entry_submit: "Сохранить и войти" / "Save and enter";
    entry_no_token_title: "Нужна личная ссылка" / "A personal link is needed";
    entry_no_token_text: "Откройте ссылку из приглашения целиком или наведите камеру на код."
        / "Open the whole link of the invitation or point a camera at the code.";
    to_sign_in: "Ко входу" / "To sign-in";

    profile_title: "Мой профиль" / "My profile";
    profile_lead: "Имя, должность и роли меняет тот, кто ведёт людей. Здесь то, что меняете вы сами."
        / "Name, position and roles are changed by whoever keeps the people. Here is what you change yourself.";
    profile_contacts: "Связь и язык" / "Contacts and language";
    profile_save: "Сохранить" / "Save";
    password: "Пароль" / "Password";
    password_none: "Пароля нет: вы входите по приглашению." / "There is no password: you enter by an invitation.";
    password_now: "Нынешний пароль" / "Present password";
    password_new: "Новый пароль" / "New password";
    password_again: "Новый пароль ещё раз" / "New password again";
    password_hint: "Не короче 10 знаков; длинная фраза лучше сложного слова"
        / "At least 10 characters; a long phrase is better than a difficult word";
    password_differs: "Пароли различаются. Введите один и тот же дважды."
        / "The passwords differ. Type the same one twice.";
    password_change: "Сменить пароль" / "Change the password";
    password_changed: "Пароль сменён, сеансы на других устройствах закончены"
        / "The password was changed, sessions on other devices were ended";
    own_sessions: "Где я вошёл" / "Where I am signed in";
    end_others: "Завершить на других устройствах" / "End on other devices";
}

/// Whether somebody may sign in.
pub fn standing(standing: Standing) -> Wording {
    match standing {
        Standing::Active => standing_active,
        Standing::Blocked => standing_blocked,
        Standing::Left => standing_left,
    }
}

/// How somebody enters: by a login, or what became of the link.
pub fn entry_of(language: Language, login: Option<&str>, entry: Option<EntryState>) -> String {
    match (login, entry) {
        (Some(login), _) => entry_login(language, login),
        (None, Some(EntryState::Open)) => entry_open(language).to_owned(),
        (None, Some(EntryState::Expired)) => entry_expired(language).to_owned(),
        (None, None | Some(EntryState::Used | EntryState::Replaced)) => {
            entry_none(language).to_owned()
        }
    }
}
