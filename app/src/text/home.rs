//! Texts of the home page.

texts! {
    title: "Главная" / "Home";
    greeting(name): "Здравствуйте, {name}" / "Hello, {name}";
    hour_title: "Первый час" / "The first hour";
    hour_progress(done, all): "Готово {done} из {all}" / "{done} of {all} done";
    hour_lead: "Обычно хватает получаса. Можно прерваться: всё сохранено, вернётесь на это же место."
        / "Half an hour is usually enough. Stop whenever you like: everything is kept, and you return to this place.";
    hour_hide: "Больше не показывать" / "Do not show again";
    hour_office: "Муниципалитет" / "Municipality";
    hour_schools: "Школы" / "Schools";
    hour_schools_how: "таблицей управления или по одной" / "from the office's table or one by one";
    hour_schools_done(count): "внесена {count} школа" | "внесено {count} школы" | "внесено {count} школ"
        / "{count} school entered" | "{count} schools entered";
    hour_people: "Люди" / "People";
    hour_people_how: "имя, роль и ссылка для входа" / "name, role and a link to sign in";
    hour_people_done(count): "{count} человек" | "{count} человека" | "{count} человек" / "{count} person" | "{count} people";
    hour_results: "Результаты" / "Results";
    hour_results_how: "файлы «Ф1» за два года, все сразу" / "the “Ф1” files of two years, all at once";
    hour_results_done(count): "загружен {count} файл" | "загружено {count} файла" | "загружено {count} файлов"
        / "{count} file stored" | "{count} files stored";
    hour_map: "Карта" / "The map";
    hour_map_how: "сама, из результатов" / "by itself, from the results";
    hour_map_done: "посчитана" / "computed";
    hour_plan: "План работ" / "The plan";
    hour_plan_how: "работы, классы и дни" / "works, classes and days";
    hour_plan_done(count): "{count} событие" | "{count} события" | "{count} событий" / "{count} event" | "{count} events";
    hour_sheet: "Наблюдатель" / "An observer";
    hour_sheet_how: "первый лист на планшете" / "the first sheet on a tablet";
    hour_sheet_done(count): "сдан {count} лист" | "сдано {count} листа" | "сдано {count} листов"
        / "{count} sheet handed in" | "{count} sheets handed in";
    hour_step_done: "готово" / "done";
    hour_step_next: "следующий шаг" / "next step";
    tasks: "Ваши дела" / "Your tasks";
    no_tasks_title: "Сейчас дел нет" / "Nothing to do now";
    no_tasks_text: "Новое дело появится здесь само, с датой." / "A new task appears here by itself, with its date.";
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
