//! Texts of the register of observers and of their training.

texts! {
    title: "Наблюдатели" / "Observers";
    lead: "Реестр общественных наблюдателей. Надёжность видна только тем, кто планирует, и нигде не публикуется."
        / "The register of public observers. Reliability is seen by those who plan only and is published nowhere.";
    applications: "Заявки" / "Applications";
    applications_none: "Новых заявок нет. Страница для заявок открыта всем:" / "No new applications. The page to apply is open to everybody:";
    apply_page: "стать наблюдателем" / "become an observer";
    register: "Реестр" / "Register";
    register_none: "В реестре пока никого нет." / "Nobody is on the register yet.";
    col_name: "Имя" / "Name";
    col_place: "Где живёт" / "Lives in";
    col_accreditation: "Удостоверение" / "Accreditation";
    col_training: "Обучение" / "Training";
    col_reliability: "Надёжность" / "Reliability";
    col_next: "Ближайшее событие" / "Next event";
    until(date): "до {date}" / "until {date}";
    expired(date): "закончилось {date}" / "expired {date}";
    none: "нет" / "none";
    no_visits: "ещё не выходил" / "no visits yet";
    reliability(attended, in_time, complete, all): "из {all}: пришёл {attended}, вовремя {in_time}, лист полный {complete}"
        / "of {all}: attended {attended}, in time {in_time}, complete {complete}";
    accredit: "Внести" / "Record";
    change: "Изменить" / "Change";
    accredit_title(name): "Удостоверение: {name}" / "Accreditation: {name}";
    number: "Номер" / "Number";
    from: "Действует с" / "Valid from";
    to: "Действует до" / "Valid until";
    accept: "Принять" / "Accept";
    accept_title(name): "Принять в реестр: {name}" / "Put on the register: {name}";
    login: "Логин для входа" / "Login";
    login_hint: "Латиницей, например фамилия." / "In Latin letters, for example the surname.";
    accept_do: "Принять и создать вход" / "Accept and make an account";
    accepted_title: "Вход создан" / "The account was made";
    accepted_text: "Пароль показан один раз. Передайте его лично вместе с логином." / "The password is shown once. Hand it over in person with the login.";
    password: "Пароль" / "Password";
    decline: "Отклонить" / "Decline";
    decline_title(name): "Отклонить заявку: {name}" / "Decline the application: {name}";
    decline_reason: "Причина" / "Reason";
    declined: "Отклонена" / "Declined";
    accepted: "Принята" / "Accepted";
    interests: "О заинтересованности" / "On interests";
    about: "О себе" / "About";
    sent(date): "подана {date}" / "sent {date}";

    training: "Обучение наблюдателя" / "Training of observers";
    training_lead: "Пять коротких страниц и двенадцать вопросов. Отвечать можно трижды в день; свидетельство действует год и нужно для назначения."
        / "Five short pages and twelve questions. Three attempts a day; the certificate holds for a year and is needed for an assignment.";
    have_certificate(date): "У вас есть свидетельство до {date}." / "You have a certificate until {date}.";
    page_of(page, all): "Страница {page} из {all}" / "Page {page} of {all}";
    next: "Дальше" / "Next";
    back: "Назад" / "Back";
    to_quiz: "К вопросам" / "To the questions";
    to_course: "Перечитать материалы" / "Read the course again";
    quiz: "Вопросы" / "Questions";
    quiz_lead(percent): "Чтобы получить свидетельство, нужно {percent} верных ответов." / "{percent} of right answers bring the certificate.";
    attempts_left(count): "Осталась {count} попытка" | "Осталось {count} попытки" | "Осталось {count} попыток" / "{count} attempt left" | "{count} attempts left";
    ethics: "Правила поведения" / "Rules of conduct";
    ethics_agree: "Я знаю эти правила и буду их соблюдать" / "I know these rules and will keep them";
    unanswered(count): "Без ответа {count} вопрос" | "Без ответа {count} вопроса" | "Без ответа {count} вопросов" / "{count} question open" | "{count} questions open";
    check: "Проверить ответы" / "Check the answers";
    passed(right, all): "Верно {right} из {all}: свидетельство выдано." / "{right} of {all} right: the certificate was issued.";
    failed(right, all): "Верно {right} из {all}. Этого пока мало: посмотрите пояснения и попробуйте ещё раз."
        / "{right} of {all} right. That is not enough yet: read the explanations and try again.";
    right: "верно" / "right";
    wrong: "неверно" / "wrong";
    again: "Ответить ещё раз" / "Answer again";
    open_certificate: "Открыть свидетельство" / "Open the certificate";

    certificate: "Свидетельство" / "Certificate";
    certificate_of: "об обучении общественного наблюдателя" / "of training as a public observer";
    certificate_number(number): "№ {number}" / "No. {number}";
    certificate_text(date): "прошёл(а) обучение общественного наблюдателя и проверку знаний {date}" / "has taken the training of public observers and passed its quiz on {date}";
    certificate_until(date): "Действует до {date}" / "Valid until {date}";
    certificate_check(address): "Проверить: {address}" / "Check at {address}";
    certificate_none: "Свидетельства пока нет. Пройдите обучение." / "There is no certificate yet. Take the training.";
    print: "Напечатать" / "Print";
}
