//! Texts of campaigns.

texts! {
    title: "Кампании самооценки" / "Self-assessment campaigns";
    empty_title: "Кампаний пока нет" / "No campaigns yet";
    empty_text: "Здесь появится самооценка, когда координатор объявит кампанию."
        / "Self-assessment appears here when the coordinator opens a campaign.";
    window(opens, closes): "{opens} — {closes}" / "{opens} – {closes}";
    tally(done, total, approved): "Сдали {done} из {total}, директор подписал: {approved}" / "{done} of {total} handed over, signed by the head: {approved}";
    state_not_started: "не начата" / "not begun";
    state_draft: "заполняют" / "being filled in";
    state_submitted: "у директора" / "with the head";
    state_returned: "возвращена" / "given back";
    state_approved: "утверждена" / "approved";
    filter_all: "Все" / "All";
    filters: "Показать школы" / "Show schools";
    school: "Школа" / "School";
    state: "Состояние" / "State";
    answered: "Отвечено" / "Answered";
    changed: "Последнее изменение" / "Last change";
    progress(answered, total): "{answered} из {total}" / "{answered} of {total}";
    look: "Посмотреть" / "Look";
    look_of(school): "Посмотреть самооценку: {school}" / "Look at the self-assessment: {school}";
    fill: "Начать самооценку" / "Begin the self-assessment";
    fill_from(day): "Заполнять можно с {day}" / "To be filled in from {day}";
    go_on: "Продолжить" / "Continue";
    result: "Профиль школы" / "Profile of the school";
    no_scores: "Баллов до передачи здесь нет: черновик видит только команда школы."
        / "There are no scores before a school hands over: only its team sees the draft.";
    nobody: "Таких школ нет" / "There are no such schools";
    own: "Ваша школа" / "Your school";
    schools_caption: "Состояние самооценки по школам" / "State of the self-assessment by school";

    announce: "Объявить кампанию" / "Announce a campaign";
    new_title: "Новая кампания" / "New campaign";
    edit_title: "Изменить кампанию" / "Change the campaign";
    edit: "Изменить" / "Change";
    form: "Инструмент" / "Instrument";
    name_ru: "Название по-русски" / "Title in Russian";
    name_en: "Название по-английски" / "Title in English";
    opens: "Первый день" / "First day";
    closes: "Последний день" / "Last day";
    experts: "Эксперты" / "Experts";
    experts_none: "без экспертов" / "no experts";
    experts_blind: "независимо: эксперт видит ответы школы после своих" / "blind: the expert sees the school's answers after the own ones";
    experts_open: "открыто: эксперт видит утверждённые ответы школы" / "open: the expert sees the school's approved answers";
    reminders: "Напоминания" / "Reminders";
    reminders_hint: "В эти дни школы, которые ещё не передали самооценку, увидят дело на главной странице"
        / "On these days schools that have not handed over see a task on their home page";
    remind_schools(count): "Напомнить {count} школе" | "Напомнить {count} школам" | "Напомнить {count} школам"
        / "Remind {count} school" | "Remind {count} schools";
    reminded(count): "Напомнили {count} школе: дело стоит первым у команды и директора." | "Напомнили {count} школам: дело стоит первым у команд и директоров." | "Напомнили {count} школам: дело стоит первым у команд и директоров."
        / "{count} school reminded: the task stands first for its team and head." | "{count} schools reminded: the task stands first for their teams and heads.";
    reminded_already: "Этим школам уже напоминали в последние часы." / "These schools were reminded a few hours ago.";
    reminded_at(date): "напомнили {date}" / "reminded {date}";
    reminder(number): "Напоминание {number}" / "Reminder {number}";
    reminder_add: "Добавить напоминание" / "Add a reminder";
    reminder_remove(number): "Убрать напоминание {number}" / "Remove reminder {number}";
    schools: "Школы" / "Schools";
    schools_all: "Отметить все" / "Choose all";
    schools_none: "Снять все" / "Choose none";
    schools_chosen(count, all): "Отмечено {count} из {all}" / "{count} of {all} chosen";
    save: "Сохранить" / "Save";
    saved: "Кампания сохранена" / "The campaign is saved";
    cancel: "Отменить" / "Cancel";
    to_results: "Результаты" / "Results";
    to_experts: "Эксперты и согласие" / "Experts and agreement";
    mode_blind: "Эксперты оценивают независимо" / "Experts assess blind";
    mode_open: "Эксперты видят ответы школ" / "Experts see the schools' answers";
    reminders_on(dates): "Напоминания: {dates}" / "Reminders: {dates}";
    return_school: "Вернуть" / "Give back";
    return_of(school): "Вернуть самооценку: {school}" / "Give back the self-assessment: {school}";
    return_title(school): "Вернуть самооценку: {school}" / "Give back the self-assessment: {school}";
    return_text: "Команда снова сможет менять ответы. Причину увидят все, кто её заполняет."
        / "The team can change answers again. Everybody who fills in sees the reason.";
    extend_school: "Продлить" / "More time";
    extend_of(school): "Дать больше времени: {school}" / "Give more time: {school}";
    extend_title(school): "Дать больше времени: {school}" / "Give more time: {school}";
    extend_until: "Новый последний день" / "New last day";
    reason: "Причина" / "Reason";
    actions: "Действия" / "Actions";
    late: "после срока" / "late";
    until(date): "до {date}" / "until {date}";
    expert_of(name): "эксперт: {name}" / "expert: {name}";
    results_title: "Результаты кампании" / "Results of the campaign";
    results_lead: "Школы стоят по названию. Суммы и места не считаются. Числа видны после утверждения директором."
        / "Schools stand by name. No totals and no places are computed. Numbers appear after the head has approved.";
    results_none: "Пока ни одна школа не утвердила самооценку." / "No school has approved its self-assessment yet.";
    results_caption: "Школы по областям: доля от высшего уровня" / "Schools by domains: share of the highest level";
    weakest(domain, value): "Ниже всего по району: «{domain}», медиана {value}. Здесь помощь нужна многим сразу."
        / "Lowest over the district: “{domain}”, median {value}. Many need help here at once.";
    weakest_middle(domain, value): "Ниже других по району: «{domain}», медиана {value}. В большинстве школ это работает."
        / "Lower than others over the district: “{domain}”, median {value}. In most schools it works.";
    weakest_top(domain, value): "Все области в верхней полосе; ниже других «{domain}», медиана {value}."
        / "All domains are in the highest band; “{domain}” is the lowest, median {value}.";
    cell(school, domain, value, level): "{school}, {domain}: {value}, {level}" / "{school}, {domain}: {value}, {level}";
    cell_none(school, domain): "{school}, {domain}: мало ответов" / "{school}, {domain}: too few answers";
    change_up(value): "выше на {value} п. п." / "up by {value} points";
    change_down(value): "ниже на {value} п. п." / "down by {value} points";
    legend: "Уровни" / "Levels";
    workbook: "Таблица (XLSX)" / "Workbook (XLSX)";
    detail(school): "Профиль: {school}" / "Profile: {school}";
    detail_growth: "сейчас и прошлый раз" / "now and last time";
    detail_close: "Закрыть профиль" / "Close the profile";
    median: "Медиана района" / "Median of the district";
}
