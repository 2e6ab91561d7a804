//! Texts of the frame around the pages.

texts! {
    printed(at): "Ориентир · напечатано {at}" / "Orientir · printed {at}";
    printed_by(at, name): "Ориентир · напечатано {at} · {name}" / "Orientir · printed {at} · {name}";
    skip: "Перейти к содержанию" / "Skip to content";
    demo: "Демонстрационный район: все школы, люди и результаты вымышлены"
        / "Demonstration district: all schools, people and results are invented";
    demo_label: "Демонстрация" / "Demonstration";
    navigation: "Разделы" / "Sections";
    nav_home: "Главная" / "Home";
    nav_map: "Карта" / "Map";
    nav_schools: "Школы" / "Schools";
    nav_assignments: "Наблюдение" / "Observation";
    nav_cases: "Разборы" / "Cases";
    nav_campaigns: "Самооценка" / "Self-assessment";
    nav_data: "Данные" / "Data";
    nav_events: "События" / "Events";
    nav_plan: "План" / "Plan";
    nav_my_assignments: "Мои назначения" / "My assignments";
    nav_day: "День проведения" / "Day board";
    nav_observers: "Наблюдатели" / "Observers";
    nav_declarations: "Заявления" / "Declarations";
    nav_training: "Обучение" / "Training";
    nav_reports: "Что сделано" / "What was done";
    nav_expert_assessments: "Экспертная оценка" / "Expert assessment";
    nav_all_campaigns: "Кампании" / "Campaigns";
    nav_imports: "Загрузки" / "Imports";
    nav_runs: "Расчёты" / "Runs";
    nav_forms: "Анкеты" / "Forms";
    nav_own_school: "Моя школа" / "My school";
    nav_mechanisms: "Механизмы" / "Mechanisms";
    nav_indicators: "Показатели" / "Indicators";
    nav_low_results: "Низкие результаты" / "Low results";
    nav_people: "Люди и доступ" / "People and access";
    nav_reviews: "Разборы" / "Reviews";
    nav_supports: "Меры" / "Measures";
    nav_programmes: "Программы" / "Programmes";
    nav_changes: "Изменения" / "Changes";
    nav_context: "Контекст" / "Context";
    nav_documents: "Документы" / "Documents";
    nav_calendar: "Календарь" / "Calendar";
    nav_system: "Состояние" / "State";
    nav_audit: "Журнал" / "Audit log";
    menu: "Меню" / "Menu";
    settings: "Настройки" / "Settings";
    account: "Кто работает и настройки" / "Account and settings";
    sign_out: "Выйти" / "Sign out";
    help: "Как это устроено" / "How it works";
    language: "Язык" / "Language";
    theme: "Оформление" / "Appearance";
    theme_system: "Как в системе" / "As the system";
    theme_light: "Светлое" / "Light";
    theme_dark: "Тёмное" / "Dark";
    theme_contrast: "Контрастное" / "High contrast";
    offline: "Нет связи. Сохранённое не пропадёт." / "No connection. What is saved is not lost.";
    expired_title: "Сеанс закончился" / "The session has ended";
    expired_text: "Войдите ещё раз: страница останется на месте, введённое не пропадёт."
        / "Sign in again: the page stays as it is, what you entered is not lost.";
    expired_invited: "Вас пригласили ссылкой? Откройте её ещё раз на этом планшете и вернитесь сюда."
        / "Were you invited by a link? Open it again on this tablet and come back here.";
    expired_later: "Заполнять дальше, войти потом" / "Go on filling in, sign in later";
    expired_line: "Сеанс закончился. Ответы остаются на планшете и уйдут после входа."
        / "The session has ended. Answers stay on the tablet and go when you have signed in.";
    expired_enter: "Войти" / "Sign in";
    update_ready: "Готова новая версия." / "A new version is ready.";
    update_waits: "Готова новая версия. Она включится, когда форма будет закрыта и всё отправлено."
        / "A new version is ready. It begins when the form is closed and everything is sent.";
    update_now: "Обновить" / "Update";
    expiring_title: "Сеанс скоро закончится" / "The session ends soon";
    expiring_text: "Через две минуты без действий понадобится войти заново."
        / "After two more minutes without use you will have to sign in again.";
    stay: "Продолжить работу" / "Keep working";
    page_title(page): "{page} — Ориентир" / "{page} — Orientir";
    wrong_clock(minutes): "Часы этого устройства отличаются от сервера на {minutes} мин. Время в листах может быть неверным."
        / "The clock of this device differs from the server's by {minutes} min. Times on sheets may be wrong.";
}
