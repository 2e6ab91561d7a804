//! Texts of the home page.

texts! {
    title: "Главная" / "Home";
    greeting(name): "Здравствуйте, {name}" / "Hello, {name}";
    tasks: "Ваши дела" / "Your tasks";
    no_tasks_title: "Сейчас дел нет" / "Nothing to do now";
    no_tasks_text: "Здесь появятся назначения, самооценка и загрузки, которые ждут вас, с датами."
        / "Assignments, self-assessment and imports that wait for you appear here with their dates.";
    no_date: "без срока" / "no date";
    until(date): "до {date}" / "until {date}";
    at(date, time): "{date}, {time}" / "{date}, {time}";
    task_observe(subject, class): "Наблюдение: {subject}, {class}" / "Observe: {subject}, {class}";
    task_observe_place(school, room): "{school}, кабинет {room}" / "{school}, room {room}";
    task_assess: "Самооценка школы" / "School self-assessment";
    task_assess_progress(answered, all): "отвечено {answered} из {all}" / "{answered} of {all} answered";
    task_campaign(title): "Кампания: {title}" / "Campaign: {title}";
    task_campaign_progress(submitted, all): "сдали {submitted} из {all} школ" / "{submitted} of {all} schools handed in";
    task_import: "Загрузка ждёт подтверждения" / "An import awaits confirmation";
    task_import_blocked(count, file): "{file}: {count} ошибка мешает подтвердить" | "{file}: {count} ошибки мешают подтвердить" | "{file}: {count} ошибок мешают подтвердить"
        / "{file}: {count} error stops the confirmation" | "{file}: {count} errors stop the confirmation";
    task_import_ready(file): "{file}: можно подтвердить" / "{file}: ready to confirm";
    task_alert(school): "Тревога: {school}" / "Alert: {school}";
    task_alert_text(subject, class): "{subject}, {class}: наблюдатель отметил грубое нарушение" / "{subject}, {class}: an observer reported a critical violation";
    task_running(school): "Идёт наблюдение: {school}" / "Being observed: {school}";
    task_running_text(subject, class): "{subject}, {class}" / "{subject}, {class}";
    done: "сдано" / "handed in";
    map_title: "Карта объективности" / "Map of objectivity";
    map_open: "Открыть карту" / "Open the map";
    map_signs(count): "{count} ячейка с признаками" | "{count} ячейки с признаками" | "{count} ячеек с признаками"
        / "{count} cell with signs" | "{count} cells with signs";
    map_attention(count): "{count} требует внимания" | "{count} требуют внимания" | "{count} требуют внимания"
        / "{count} for attention" | "{count} for attention";
    map_calm(count): "{count} спокойна" | "{count} спокойны" | "{count} спокойны" / "{count} calm" | "{count} calm";
    map_few(count): "{count} с малым числом участников" | "{count} с малым числом участников" | "{count} с малым числом участников"
        / "{count} with too few participants" | "{count} with too few participants";
    map_note: "Признаки — повод разобраться и помочь, а не вывод о нарушении." / "Signs are a reason to look and help, not a finding of fault.";
    news: "Новости" / "News";
    news_import(file, rows): "Загружены результаты: {file}, {rows}" / "Results brought: {file}, {rows}";
    news_undone(file): "Загрузка отменена: {file}" / "Import undone: {file}";
    class(grade, letter): "{grade} «{letter}»" / "{grade}{letter}";
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
