//! Texts of work together: presence, comments, history, approval, what is known beside a question.

texts! {
    here_now: "Сейчас здесь" / "Here now";
    here(name): "{name} сейчас на этом вопросе" / "{name} is on this question now";
    you: "вы" / "you";

    talk: "Обсуждение" / "Talk";
    talk_open(count): "Обсуждение: {count} открытое" | "Обсуждение: {count} открытых" | "Обсуждение: {count} открытых"
        / "Talk: {count} open" | "Talk: {count} open";
    talk_settled: "Обсуждение: решено" / "Talk: settled";
    talk_start: "Обсудить с коллегами" / "Talk with colleagues";
    comment_label: "Ваша реплика" / "Your words";
    comment_hint: "Её увидит только команда школы" / "Only the school's team sees it";
    ask: "Спросить коллегу" / "Ask a colleague";
    asked(names): "Вопрос к: {names}" / "Asked: {names}";
    send: "Отправить" / "Send";
    reply: "Ответить" / "Reply";
    settle: "Решено" / "Settled";
    reopen: "Вернуться к обсуждению" / "Open again";
    settled_by(name, time): "Решено: {name}, {time}" / "Settled: {name}, {time}";
    reopened_by(name, time): "Открыто снова: {name}, {time}" / "Opened again: {name}, {time}";
    not_sent: "Реплика не ушла. Текст остался здесь: нажмите «Отправить», когда появится связь."
        / "The words were not sent. The text is still here: press “Send” when there is a connection.";

    history: "История ответа" / "History of the answer";
    history_count(count): "История ответа: {count} запись" | "История ответа: {count} записи" | "История ответа: {count} записей"
        / "History of the answer: {count} entry" | "History of the answer: {count} entries";
    history_taken_back: "ответ снят" / "taken back";
    history_holds: "действует" / "holds";
    history_choose: "Вернуть этот ответ" / "Choose this answer";

    last_time(date): "Прошлый раз, до {date}" / "Last time, until {date}";
    last_none: "Прошлых самооценок по этой форме нет." / "There is no earlier self-assessment by this form.";
    last_item_none: "На этот пункт прошлый раз не отвечали." / "This item was not answered last time.";
    last_evidence(text): "Подтверждали: {text}" / "Evidence: {text}";
    last_note(text): "Писали: {text}" / "Note: {text}";
    data_title: "Что говорят данные" / "What the data say";
    data_none: "Данных нет: ни листов наблюдателей, ни расчётов по школе." / "There are no data: neither observers' sheets nor results of the school.";
    data_sheets(count): "{count} лист наблюдателя" | "{count} листа наблюдателей" | "{count} листов наблюдателей"
        / "{count} observer's sheet" | "{count} observers' sheets";
    data_no_sheets: "Листов наблюдателей нет." / "No observers' sheets.";
    data_index(index, clear): "Порядок соблюдён: {index}; листов без грубых нарушений: {clear}" / "Rules kept: {index}; sheets without critical violations: {clear}";
    data_results(year): "Результаты {year} года" / "Results of {year}";
    data_no_results: "Расчётов по школе нет." / "No results of the school.";
    data_channel(name, fired, computed): "{name}: {fired} из {computed}" / "{name}: {fired} of {computed}";
    data_channels_quiet: "Ни один признак не выделяется." / "No channel stands out.";
    hint_title: "Стоит посмотреть вместе" / "Worth a look together";
    about_item(number): "К пункту {number}" / "On item {number}";

    approval: "Утверждение директором" / "Approval by the head";
    approval_wait: "Самооценка у директора: он проверит ответы и подпишет их. До подписи ответы ещё можно уточнить, поправки видны в истории."
        / "The self-assessment is with the head, who checks and signs the answers. Until then they can be amended; amendments stand in the history.";
    approval_text: "Проверьте ответы и подпишите. После подписи они закрываются: всё, что придёт позже, хранится отдельно и на итог не влияет."
        / "Check the answers and sign. Then they are locked: whatever comes later is kept apart and does not count.";
    approval_check: "Проверить ответы" / "Check the answers";
    approval_seen: "Вы открывали эти ответы." / "You have opened these answers.";
    approval_skip: "Подписываю, не открывая ответы" / "I sign without opening the answers";
    approval_unconfirmed(count): "Без подтверждения {count} уровень: он останется отмечен «не подтверждено». Если подтверждение есть, верните самооценку команде."
        | "Без подтверждения {count} уровня: они останутся отмечены «не подтверждено». Если подтверждения есть, верните самооценку команде."
        | "Без подтверждения {count} уровней: они останутся отмечены «не подтверждено». Если подтверждения есть, верните самооценку команде."
        / "{count} level has no evidence and stays marked “not confirmed”. If there is evidence, give the self-assessment back to the team."
        | "{count} levels have no evidence and stay marked “not confirmed”. If there is evidence, give the self-assessment back to the team.";
    more: "Подробнее" / "More";
    signature: "Подпись: фамилия, имя, отчество" / "Signature: full name";
    signature_hint: "Имя, время и контрольная сумма ответов сохраняются вместе" / "Name, time and the checksum of the answers are kept together";
    late_reason: "Почему позже срока" / "Why after the date";
    late_text(date): "Срок был {date}. Напишите, почему позже: причину увидит координатор." / "The date was {date}. Write why it is late: the coordinator sees the reason.";
    approve: "Подписать и закрыть" / "Sign and lock";
    approved_by(name, time): "Утвердил(а): {name}, {time}" / "Approved by {name}, {time}";
    state_hash(hash): "Контрольная сумма ответов: {hash}" / "Checksum of the answers: {hash}";
    give_back: "Вернуть команде" / "Give back to the team";
    unlock: "Открыть для правки" / "Unlock";
    reason: "Причина" / "Reason";
    reason_hint: "Её увидят команда и координатор" / "The team and the coordinator see it";
    confirm_back: "Вернуть" / "Give back";
    confirm_unlock: "Открыть" / "Unlock";
    steps: "Ход самооценки" / "Steps";
    step_handed_over: "Передано директору" / "Handed over to the head";
    step_approved: "Утверждено" / "Approved";
    step_unlocked: "Открыто для правки" / "Unlocked";
    step_reminded: "Координатор напомнил" / "The coordinator reminded";
    step_returned: "Возвращено команде" / "Given back to the team";
    step_extended(date): "Срок продлён до {date}" / "More time until {date}";
    step_late: "после срока" / "after the date";
    step_reason(text): "Причина: {text}" / "Reason: {text}";
    returned_title: "Самооценку вернули" / "The self-assessment was given back";
    returned_by(name, time): "{name}, {time}" / "{name}, {time}";
    aside_title: "Ответы, пришедшие после подписи" / "Answers that came after the signature";
    aside_text: "Они сохранены и на итог не влияют." / "They are kept and do not count.";
    aside_take: "Взять этот ответ" / "Take this answer";
    aside_by(name, time): "{name}, {time}" / "{name}, {time}";
    report: "Документ (DOCX)" / "Document (DOCX)";
    to_agreement: "Сравнить с экспертом" / "Compare with the expert";
}
