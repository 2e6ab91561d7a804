//! Texts of the observer's checklist.

texts! {
    title: "Лист наблюдателя" / "Observer's checklist";
    where_label: "Где и когда" / "Where and when";
    phases: "Этапы наблюдения" / "Stages of the observation";
    review_tab: "Проверка" / "Review";

    starts_in(start, minutes): "начало {start}, через {minutes} мин" / "starts at {start}, in {minutes} min";
    running(minutes, start, of): "начало {start}, идёт {minutes} минута из {of}" | "начало {start}, идёт {minutes} минуты из {of}"
        | "начало {start}, идёт {minutes} минут из {of}"
        / "started at {start}, {minutes} minute of {of}" | "started at {start}, {minutes} minutes of {of}";
    running_open(minutes, start): "начало {start}, идёт {minutes} минута" | "начало {start}, идёт {minutes} минуты"
        | "начало {start}, идёт {minutes} минут"
        / "started at {start}, {minutes} minute" | "started at {start}, {minutes} minutes";
    over(minutes): "время вышло {minutes} минуту назад" | "время вышло {minutes} минуты назад" | "время вышло {minutes} минут назад"
        / "time was up {minutes} minute ago" | "time was up {minutes} minutes ago";
    over_now: "время вышло" / "time is up";
    starts_at(start): "начало {start}" / "starts at {start}";

    questions(count): "{count} вопрос" | "{count} вопроса" | "{count} вопросов" / "{count} question" | "{count} questions";
    answered(count): "отвечено: {count}" / "answered: {count}";
    progress(answered, total): "{answered} из {total}" / "{answered} of {total}";
    list: "Список вопросов" / "List of questions";
    progress_label(answered, total): "Отвечено {answered} из {total}. Открыть список вопросов"
        / "{answered} of {total} answered. Open the list of questions";
    next: "Дальше" / "Next";
    back: "Назад" / "Back";
    to_review: "Проверить" / "Review";

    all_in_order: "Нарушений не было" / "No violations";
    all_in_order_done(count): "Отмечено «да»: {count} ответ" | "Отмечено «да»: {count} ответа" | "Отмечено «да»: {count} ответов"
        / "Marked “yes”: {count} answer" | "Marked “yes”: {count} answers";
    undo: "Отменить" / "Undo";

    jump_range(from, to): "Вопросы {from}–{to}" / "Questions {from}–{to}";
    jump_title: "Вопросы" / "Questions";
    state_open: "нет ответа" / "no answer";
    state_answered: "есть ответ" / "answered";
    state_not_applicable: "не применимо" / "not applicable";
    state_violation: "нарушение" / "violation";
    state_critical: "грубое нарушение" / "gross violation";
    state_mistake: "нужно исправить" / "to be mended";

    alarm: "Тревога" / "Alarm";
    alarm_title: "Тревога" / "Alarm";
    alarm_call: "Позвоните координатору" / "Call the coordinator";
    alarm_nobody: "Телефон координатора не указан. Позвоните в управление образования."
        / "The coordinator's telephone is not known. Call the education department.";
    alarm_mark: "Или сообщите, что произошло: координатор увидит это сразу, как появится связь."
        / "Or report what happened: the coordinator sees it at once when there is a connection.";
    alarm_other: "Другое: выбрать вопрос из списка" / "Something else: choose a question from the list";
    alarm_note: "Когда, кто, какими словами" / "When, who, which words";
    alarm_note_hint: "Без имён детей. Можно дописать и позже, в листе." / "No names of children. You can add to it later in the sheet.";
    alarm_photo: "Приложить снимок" / "Add a photo";
    alarm_photo_other: "Заменить снимок" / "Another photo";
    alarm_photo_hint: "Не обязательно. Без лиц детей, заданий и работ." / "Optional. No faces of children, no tasks or works.";
    alarm_photo_taken: "Снимок уйдёт вместе с сообщением." / "The photo goes with the report.";
    alarm_photo_lost: "Снимок не сохранился. Приложите его в листе, под этим вопросом." / "The photo was not kept. Add it in the sheet, under this question.";
    alarm_report: "Сообщить" / "Report";
    alarm_back: "Назад к списку" / "Back to the list";
    stop_title: "Прекратите наблюдение" / "Stop the observation";
    stop_text: "Позвоните координатору: вас заменят. То, что уже заполнено, сохранено; лист можно сдать неполным."
        / "Call the coordinator: you will be replaced. What is filled in is saved; the sheet may be handed in incomplete.";
    stop_hand_in: "К сдаче листа" / "Hand the sheet in";

    review_title: "Проверьте ответы" / "Check your answers";
    review_text: "После отправки лист станет актом наблюдения. Исправить его можно будет только новой записью с причиной."
        / "Once sent, the sheet becomes the observation act. It can then be corrected only by a new entry with a reason.";
    review_violations(count): "Отмечено {count} нарушение" | "Отмечено {count} нарушения" | "Отмечено {count} нарушений"
        / "{count} violation marked" | "{count} violations marked";
    review_no_violations: "Нарушений не отмечено" / "No violations are marked";
    summary_title: "Что ещё нужно" / "What is still needed";
    open_questions(count): "Без ответа: {count} вопрос" | "Без ответа: {count} вопроса" | "Без ответа: {count} вопросов"
        / "{count} question without an answer" | "{count} questions without an answer";
    change: "Изменить" / "Change";
    change_of(question): "Изменить ответ: {question}" / "Change the answer: {question}";
    unconfirmed_effect(count): "Без подтверждения {count} уровень. Он останется выбранным, но везде будет отмечен «не подтверждено». Какой — отмечено в разделах выше."
        | "Без подтверждения {count} уровня. Они останутся выбранными, но везде будут отмечены «не подтверждено». Какие — отмечено в разделах выше."
        | "Без подтверждения {count} уровней. Они останутся выбранными, но везде будут отмечены «не подтверждено». Какие — отмечено в разделах выше."
        / "{count} level has no evidence. It stays chosen, but is marked “not confirmed” everywhere. The sections above show which."
        | "{count} levels have no evidence. They stay chosen, but are marked “not confirmed” everywhere. The sections above show which.";
    without_evidence(count): "без подтверждения: {count}" / "without evidence: {count}";
    no_answer: "нет ответа" / "no answer";
    reason: "Почему лист неполный" / "Why the sheet is incomplete";
    reason_hint: "Например: «Меня попросили выйти до сбора работ»" / "For example: “I was asked to leave before the works were collected”";
    reason_needed: "Напишите, почему лист неполный, или ответьте на оставшиеся вопросы"
        / "Write why the sheet is incomplete, or answer the remaining questions";
    sign: "Отправив лист, подпишите акт: он откроется следом." / "Once the sheet is sent, sign the act: it opens next.";
    submit: "Отправить лист" / "Send the sheet";
    submit_waits_title: "Лист отправится, когда появится связь" / "The sheet goes when there is a connection";
    submit_waits: "Он сохранён на этом планшете. Не закрывайте вкладку, пока не увидите подтверждение, или откройте лист позже при связи."
        / "It is saved on this tablet. Keep the tab open until you see the confirmation, or open the sheet later with a connection.";
    submit_take_back: "Вернуться к ответам" / "Back to the answers";

    done_title: "Лист отправлен" / "The sheet is sent";
    done_at(time): "Лист получен {time}." / "The sheet was received on {time}.";
    done_answers(answered, total): "Ответов: {answered} из {total}." / "Answers: {answered} of {total}.";
    index_title: "Порядок соблюдён" / "Rules kept";
    index_none: "Насколько соблюдён порядок, не посчитать: отвечено меньше восьмидесяти процентов вопросов."
        / "How far the rules were kept cannot be computed: less than eighty per cent of the questions are answered.";
    index_pending: "Насколько соблюдён порядок, станет видно, когда лист придёт на сервер." / "How far the rules were kept is shown once the sheet has reached the server.";
    how_title: "Как посчитано" / "How it is computed";
    how_text: "Порядок соблюдён = 100 % × (1 − сумма весов нарушенных пунктов ÷ сумма весов отвеченных пунктов). «Не применимо», скрытые пункты и пункты не о школе не учитываются. Нужно не меньше 80 % ответов."
        / "Rules kept = 100% × (1 − sum of weights of violated items ÷ sum of weights of answered items). “Not applicable”, hidden items and items not about the school are left out. At least 80 % must be answered.";
    how_answered(answered, total): "Учтено ответов: {answered} из {total}." / "Answers counted: {answered} of {total}.";
    after_title: "Что дальше" / "What happens next";
    after_act: "Осталось подписать акт: до подписи он не закончен. Без сети подпишете, как появится связь."
        / "The act is left to sign: it is not finished before. Without a network you sign once there is a connection.";
    sign_act: "Подписать акт" / "Sign the act";
    after_coordinator: "Координатор видит лист уже сейчас." / "The coordinator sees the sheet already.";
    after_critical(count): "По {count} грубому нарушению откроют карточку разбора; до решения координатора оно «заявлено»."
        | "По {count} грубым нарушениям откроют карточки разбора; до решения координатора они «заявлены»."
        | "По {count} грубым нарушениям откроют карточки разбора; до решения координатора они «заявлены»."
        / "A review case is opened for {count} gross violation; until the coordinator decides it is “reported”."
        | "Review cases are opened for {count} gross violations; until the coordinator decides they are “reported”.";
    after_school(count): "Школа может ответить на замечания в течение {count} дня." | "Школа может ответить на замечания в течение {count} дней."
        | "Школа может ответить на замечания в течение {count} дней."
        / "The school may comment within {count} day." | "The school may comment within {count} days.";
    to_assignments: "К моим назначениям" / "To my assignments";
    look: "Посмотреть лист" / "Look at the sheet";
}
