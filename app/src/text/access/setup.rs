//! Texts of founding an office.

texts! {
    title: "Начало работы" / "Getting started";
    lead: "Здесь создаётся управление и его первый администратор. Анкеты, меры и пороги этой версии появятся сразу."
        / "An office and its first administrator are founded here. The forms, measures and thresholds of this version are there at once.";
    office: "Управление" / "The office";
    name_ru: "Название муниципалитета" / "Name of the municipality";
    name_ru_hint: "Как на открытых страницах: «Заречный муниципальный район»"
        / "As on the public pages, in Russian";
    name_en: "Название по-английски" / "Name in English";
    zone: "Время школ" / "Time of the schools";
    administrator: "Первый администратор" / "First administrator";
    name: "Имя и фамилия" / "Name";
    login: "Логин" / "Login";
    password: "Пароль" / "Password";
    password_hint: "Не короче 10 знаков; длинная фраза лучше сложного слова"
        / "At least 10 characters; a long phrase is better than a difficult word";
    again: "Пароль ещё раз" / "Password again";
    differs: "Пароли различаются. Введите один и тот же дважды."
        / "The passwords differ. Type the same one twice.";
    coordinator: "Он же ведёт работу: дать и роль координатора"
        / "The administrator does the work as well: give the coordinator's role, too";
    coordinator_hint: "Администратор впускает людей и не видит результатов. В небольшом управлении это один человек."
        / "An administrator lets people in and sees no results. In a small office it is one person.";
    submit: "Создать управление" / "Found the office";
    checking: "Проверяем адрес" / "Checking the address";
    no_code_title: "Нужен одноразовый адрес" / "A one-time address is needed";
    no_code_text: "Откройте адрес из журнала сервера целиком. Новый печатает команда orientir setup-code."
        / "Open the whole address from the log of the server. The command orientir setup-code prints a new one.";
    zone_name(hours): "UTC{hours}" / "UTC{hours}";
    zone_moscow: "московское, UTC+3" / "Moscow, UTC+3";
    sign_in: "Ко входу" / "To sign-in";
}
