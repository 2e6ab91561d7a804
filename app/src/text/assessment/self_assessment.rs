//! Texts of the school's self-assessment.

texts! {
    title: "Самооценка" / "Self-assessment";
    bar: "Школа и сохранение" / "School and saving";
    sections: "Области" / "Domains";
    until(date): "до {date}" / "until {date}";
    progress(answered, total): "{answered} из {total}" / "{answered} of {total}";
    section_progress(title, answered, total): "{title}: отвечено {answered} из {total}"
        / "{title}: {answered} of {total} answered";
    to_review: "Проверить и передать" / "Review and hand over";
    filled_by: "Заполняли" / "Filled in by";
    choose: "Выберите предложение, которое точнее всего описывает вашу школу сегодня."
        / "Choose the sentence that describes your school today most exactly.";
    previous: "Назад" / "Back";
    next: "Дальше" / "Next";

    last_time: "Прошлый раз" / "Last time";
    last_none: "Этой области прошлый раз не оценивали." / "This domain was not assessed last time.";
    last_level(level, score): "Уровень «{level}», {score}." / "Level “{level}”, {score}.";
    needs_title: "Подтверждения" / "Evidence";
    needs_none: "У выбранных уровней есть подтверждения." / "The chosen levels have evidence.";
    needs(count): "Без подтверждения: {count} пункт. В профиле и у эксперта он отмечен как «не подтверждено»."
        | "Без подтверждения: {count} пункта. В профиле и у эксперта они отмечены как «не подтверждено»."
        | "Без подтверждения: {count} пунктов. В профиле и у эксперта они отмечены как «не подтверждено»."
        / "Without evidence: {count} item. In the profile and to the expert it is marked “not confirmed”."
        | "Without evidence: {count} items. In the profile and to the expert they are marked “not confirmed”.";
    rule_title: "Как считается уровень" / "How the level is computed";
    not_rating: "Это не рейтинг" / "This is no rating";
    not_rating_text: "Ответы видят ваша команда и эксперт. Место среди школ не считается."
        / "Your team and the expert see the answers. No place among schools is computed.";

    review_text: "После передачи ответы проверяет и подписывает директор. До подписи их ещё можно уточнить, поправки видны в истории; подпись закрывает ответы."
        / "Once handed over, the head checks and signs the answers. Until then they can be amended, and amendments stand in the history; the signature closes them.";
    reason: "Почему самооценка неполная" / "Why the self-assessment is incomplete";
    reason_hint: "Например: «Областью 5 занимается новый заместитель, ответит в декабре»"
        / "For example: “Domain 5 is with a new deputy who will answer in December”";
    reason_needed: "Напишите, почему самооценка неполная, или ответьте на оставшиеся пункты"
        / "Write why the self-assessment is incomplete, or answer the remaining items";
    sign: "Передавая самооценку, вы подтверждаете ответы от имени школы. Дальше её утверждает директор."
        / "By handing over you confirm the answers on behalf of the school. Then the head approves them.";
    submit: "Передать самооценку" / "Hand over";

    result_title: "Профиль школы" / "Profile of the school";
    handed_over(time): "Самооценка передана {time}." / "The self-assessment was handed over on {time}.";
    overall(level): "В целом: {level}" / "Overall: {level}";
    growth(grown, fallen, total): "С прошлого раза выше: {grown} из {total}, ниже: {fallen}."
        / "Since last time higher: {grown} of {total}, lower: {fallen}.";
    growth_none: "Сравнить не с чем: это первая самооценка." / "There is nothing to compare with: this is the first self-assessment.";
    profile_caption: "Уровень каждой области сейчас и в прошлый раз" / "Level of each domain now and last time";
    now: "сейчас" / "now";
    now_unconfirmed: "сейчас, не всё подтверждено" / "now, not all confirmed";
    before: "в прошлый раз" / "last time";
    unconfirmed: "Без подтверждения" / "Not confirmed";
    row_unconfirmed(count): "Не подтверждён {count} пункт" | "Не подтверждены {count} пункта" | "Не подтверждены {count} пунктов"
        / "{count} item not confirmed" | "{count} items not confirmed";
    overall_unconfirmed(count): "В том числе не подтверждён {count} пункт." | "В том числе не подтверждены {count} пункта." | "В том числе не подтверждены {count} пунктов."
        / "{count} item of it is not confirmed." | "{count} items of it are not confirmed.";
    points(change): "{change} п. п." / "{change} points";
    domain: "Область" / "Domain";
    level: "Уровень" / "Level";
    change: "Изменение" / "Change";
    as_table: "Таблицей" / "As a table";
    capped: "Уровень ограничен: ключевой пункт этой области выбран на нуле."
        / "The level is limited: a key item of this domain is at zero.";
    row(title, now, before): "{title}: сейчас {now}, в прошлый раз {before}" / "{title}: now {now}, last time {before}";
    row_first(title, now): "{title}: сейчас {now}" / "{title}: now {now}";
    not_enough: "мало ответов" / "too few answers";
    advice_title: "С чего начать" / "Where to begin";
    advice_text: "Три пункта, где следующий шаг даст больше всего: сначала ключевые, затем самые низкие."
        / "Three items where the next step gives most: key items first, then the lowest.";
    advice_today: "Сегодня" / "Today";
    advice_next: "Следующий шаг" / "Next step";
    advice_none: "Все пункты на высшем уровне. Поделитесь опытом с другими школами."
        / "All items are at the highest level. Share your practice with other schools.";
    how_text: "Область = сумма (вес × уровень) ÷ сумма (вес × 3) по отвеченным пунктам; «не применимо» не учитывается. Общий итог — среднее областей."
        / "Domain = sum (weight × level) ÷ sum (weight × 3) over answered items; “not applicable” is left out. The overall result is the mean of the domains.";
    look: "Посмотреть ответы" / "Look at the answers";
    to_campaign: "К кампании" / "To the campaign";
}
