//! Texts of the home page.

texts! {
    title: "Главная" / "Home";
    greeting(name): "Здравствуйте, {name}" / "Hello, {name}";
    tasks: "Ваши дела" / "Your tasks";
    no_tasks_title: "Сейчас дел нет" / "Nothing to do now";
    no_tasks_text: "Новое дело появится здесь само, с датой." / "A new task appears here by itself, with its date.";
    no_tasks_administrator: "Люди и доступ — в разделе «Школы», состояние системы и журнал — в разделе «Данные»."
        / "People and access are under “Schools”, the state of the system and the audit log under “Data”.";
    no_tasks_reader: "Ваша роль смотрит: карта и список школ открыты, делать ничего не нужно."
        / "Your role looks on: the map and the list of schools are open, nothing has to be done.";
    at(date, time): "{date}, {time}" / "{date}, {time}";
    task_observe(subject, class): "Наблюдение: {subject}, {class}" / "Observe: {subject}, {class}";
    task_observe_place(school, room): "{school}, кабинет {room}" / "{school}, room {room}";
    task_assess: "Самооценка школы" / "School self-assessment";
    task_assess_progress(answered, all): "отвечено {answered} из {all}" / "{answered} of {all} answered";
    task_campaign_over(title): "Срок кампании вышел: {title}" / "The campaign is over: {title}";
    task_offer(school): "Ответить на предложение: {school}" / "Answer an offer: {school}";
    task_offer_reminded(school): "Напоминание: ответьте на предложение, {school}" / "Reminder: answer an offer, {school}";
    moved: "время или место изменились" / "time or place changed";
    task_explain: "Пояснить случай на наблюдении" / "Explain what was observed";
    task_decide(school): "Решить по пояснению: {school}" / "Decide on an explanation: {school}";
    group_now: "Сейчас" / "Now";
    group_late: "Просрочено" / "Late";
    group_today: "Сегодня" / "Today";
    group_week: "Ближайшие семь дней" / "Next seven days";
    group_later: "Дальше" / "Later";
    group_undated: "Без срока" / "No date";
    task_campaign(title): "Кампания: {title}" / "Campaign: {title}";
    task_import: "Загрузка ждёт подтверждения" / "An import awaits confirmation";
    task_import_blocked(count, file): "{file}: {count} ошибка мешает подтвердить" | "{file}: {count} ошибки мешают подтвердить" | "{file}: {count} ошибок мешают подтвердить"
        / "{file}: {count} error stops the confirmation" | "{file}: {count} errors stop the confirmation";
    task_import_ready(file): "{file}: можно подтвердить" / "{file}: ready to confirm";
    task_alert(school): "Тревога: {school}" / "Alert: {school}";
    task_alert_text(subject, class): "{subject}, {class}: наблюдатель отметил грубое нарушение" / "{subject}, {class}: an observer reported a critical violation";
    task_choose_day: "Выберите день работы" / "Choose the day of a work";
    task_running(school): "Идёт наблюдение: {school}" / "Being observed: {school}";
    task_running_text(subject, class): "{subject}, {class}" / "{subject}, {class}";
    done: "сдано" / "handed in";
    map_title: "Карта объективности" / "Objectivity map";
    map_open: "Открыть карту" / "Open the map";
    map_signs(count): "{count} ячейка с признаками" | "{count} ячейки с признаками" | "{count} ячеек с признаками"
        / "{count} cell with warning signs" | "{count} cells with warning signs";
    map_attention(count): "{count} требует внимания" | "{count} требуют внимания" | "{count} требуют внимания"
        / "{count} for attention" | "{count} for attention";
    map_calm(count): "{count} спокойна" | "{count} спокойны" | "{count} спокойны" / "{count} calm" | "{count} calm";
    map_few(count): "{count} с малым числом участников" | "{count} с малым числом участников" | "{count} с малым числом участников"
        / "{count} with too few participants" | "{count} with too few participants";
    map_note: "Признаки — повод разобраться и помочь, а не вывод о нарушении." / "Signs are a reason to look and help, not a finding of fault.";
    news: "Новости" / "News";
    news_import(file, rows): "Загружены результаты: {file}, {rows}" / "Results brought: {file}, {rows}";
    news_undone(file): "Загрузка отменена: {file}" / "Import undone: {file}";
    no_news: "Пока новостей нет." / "No news yet.";

    task_remind: "Напоминание: самооценка не передана" / "Reminder: the self-assessment is not handed over";
    task_returned: "Самооценку вернули команде" / "The self-assessment was given back";
    task_approve: "Утвердить самооценку" / "Approve the self-assessment";
    task_approve_text: "команда передала, нужна ваша подпись" / "the team has handed over, your signature is needed";
    task_mention(name): "{name} спрашивает вас" / "{name} asks you";
    task_expert(school): "Экспертная оценка: {school}" / "Expert assessment: {school}";
    task_agree(school): "Согласовать расхождения: {school}" / "Settle disagreements: {school}";
    task_agree_text(count): "не согласован {count} пункт" | "не согласовано {count} пункта" | "не согласовано {count} пунктов"
        / "{count} item not settled" | "{count} items not settled";
}
