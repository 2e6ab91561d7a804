//! Texts of experts: own assessments, interests, comparison and agreement.

texts! {
    title: "Экспертная оценка" / "Expert assessment";
    lead: "Школы, которые вы оцениваете независимо, тем же инструментом." / "Schools you assess independently, by the same instrument.";
    empty_title: "Назначений пока нет" / "No assignments yet";
    empty_text: "Школа появится здесь, когда координатор назначит вас её экспертом и кампания начнётся."
        / "A school appears here when the coordinator makes you its expert and the campaign has begun.";
    blind: "Независимо: ответы школы откроются, когда вы передадите свою оценку." / "Blind: the school's answers open when you hand over your own assessment.";
    open_mode: "Открыто: ответы школы видны, когда их утвердит директор." / "Open: the school's answers are visible once the head has approved them.";
    progress(answered, total): "Отвечено {answered} из {total}" / "{answered} of {total} answered";
    begin: "Начать оценку" / "Begin";
    go_on: "Продолжить" / "Continue";
    done: "Оценка передана" / "Handed over";
    compare: "Сравнить и согласовать" / "Compare and agree";
    school_answers: "Ответы школы" / "The school's answers";
    school_not_ready: "Школа ещё не утвердила свои ответы." / "The school has not approved its answers yet.";
    open_items(count): "Не согласован {count} пункт" | "Не согласовано {count} пункта" | "Не согласовано {count} пунктов"
        / "{count} item not settled" | "{count} items not settled";
    all_settled: "Все расхождения согласованы" / "All disagreements are settled";

    interests: "Заинтересованность" / "Interests";
    interests_text: "Отметьте школы, с которыми вы связаны: вас туда не назначат. Координатор увидит только запрет, без причины."
        / "Name the schools you are linked with: you will not be assigned there. The coordinator sees the ban, not the reason.";
    interest_school: "Школа" / "School";
    interest_kind: "Что связывает" / "What links you";
    interest_employment: "работаю или работал(а) там" / "I work or worked there";
    interest_staff: "там работает родственник" / "a relative works there";
    interest_pupil: "там учится ребёнок или родственник" / "a child or relative is a pupil there";
    interest_other: "другое" / "something else";
    interest_add: "Заявить" / "Declare";
    interests_none: "Вы ничего не заявляли." / "You have declared nothing.";

    agreement: "Самооценка и эксперт" / "Self-assessment and expert";
    expert_is(name): "Эксперт: {name}" / "Expert: {name}";
    stage_no_expert: "Эксперт этой школе не назначен." / "The school has no expert.";
    stage_waits_school: "Сравнение откроется, когда директор утвердит самооценку." / "The comparison opens when the head has approved the self-assessment.";
    stage_waits_expert: "Сравнение откроется, когда эксперт передаст свою оценку." / "The comparison opens when the expert has handed over.";
    stage_dialogue: "Разговор о расхождениях" / "Talk about the disagreements";
    stage_agreed: "Расхождения согласованы" / "Disagreements are settled";
    protocol: "Протокол (DOCX)" / "Protocol (DOCX)";
    summary(equal, pairs): "Уровни совпали в {equal} из {pairs} пунктов." / "Equal levels on {equal} of {pairs} items.";
    kappa: "Взвешенная каппа" / "Weighted kappa";
    kappa_quadratic: "квадратичные веса" / "quadratic weights";
    kappa_linear: "линейные веса" / "linear weights";
    kappa_value(value, low, high): "{value}, интервал 95 %: от {low} до {high}" / "{value}, 95 % interval: {low} to {high}";
    kappa_few(value): "{value}; пунктов мало, интервал не вычисляется" / "{value}; too few items for an interval";
    kappa_none: "посчитать нельзя: уровни не различаются" / "cannot be computed: the levels do not differ";
    kappa_about: "1 — полное совпадение, 0 — как при случайном выборе. По одной школе интервал широкий: смотрите вместе с пунктами."
        / "1 is complete agreement, 0 is what chance gives. For one school the interval is wide: read it together with the items.";
    domains: "По областям" / "By domain";
    domain: "Область" / "Domain";
    school: "Школа" / "School";
    expert: "Эксперт" / "Expert";
    disagreements: "Расхождений" / "Disagreements";
    of(count, total): "{count} из {total}" / "{count} of {total}";
    disputed: "Расхождения" / "Disagreements";
    disputed_none: "Расхождений нет: уровни школы и эксперта совпали." / "No disagreements: the levels of school and expert are equal.";
    alike: "Пункты без расхождений" / "Items without disagreement";
    side_school: "Школа считает" / "The school says";
    side_expert: "Эксперт считает" / "The expert says";
    side_none: "уровня нет" / "no level";
    without_evidence: "не подтверждено: школа не приложила подтверждения" / "not confirmed: the school added no evidence";
    evidence(text): "Подтверждение: {text}" / "Evidence: {text}";
    agreed(sentence): "Согласовано: {sentence}" / "Agreed: {sentence}";
    proposed_school(sentence): "Школа предлагает: {sentence}" / "The school proposes: {sentence}";
    proposed_expert(sentence): "Эксперт предлагает: {sentence}" / "The expert proposes: {sentence}";
    accept: "Принять этот уровень" / "Accept this level";
    propose: "Предложить уровень" / "Propose a level";
    propose_level: "Уровень" / "Level";
    words: "Слова к пункту" / "Words on the item";
    words_hint: "Что видели, на что опираетесь" / "What you saw and rely on";
    say_it: "Сказать" / "Say";
    verification: "Подтверждение школы" / "The school's evidence";
    verified_confirmed: "подтверждено" / "confirmed";
    verified_partly: "подтверждено частично" / "partly confirmed";
    verified_not: "не подтверждено" / "not confirmed";
    verified_no: "данных недостаточно" / "insufficient evidence";
    entry_proposes(sentence): "предлагает: {sentence}" / "proposes: {sentence}";
    entry_accepts(sentence): "принимает: {sentence}" / "accepts: {sentence}";
    entry_verifies(word): "о подтверждении: {word}" / "on the evidence: {word}";

    campaign_title: "Эксперты кампании" / "Experts of the campaign";
    campaign_lead: "У каждой школы один эксперт. Правила заинтересованности не дают назначить связанного со школой человека."
        / "Each school has one expert. The rules of interest do not allow somebody linked with the school.";
    choose: "выберите эксперта" / "choose an expert";
    nobody: "Людей с ролью эксперта нет: её даёт администратор." / "Nobody has the role of an expert: the administrator gives it.";
    conflict(name, reason): "{name} — нельзя: {reason}" / "{name} – not possible: {reason}";
    state: "Оценка эксперта" / "Expert's assessment";
    stage: "Согласование" / "Agreement";
    over_campaign: "Согласие по кампании" / "Agreement over the campaign";
    over_none: "Сравнивать пока нечего: нужны утверждённая самооценка и переданная оценка эксперта."
        / "Nothing to compare yet: an approved self-assessment and an expert's assessment are needed.";
    pairs(pairs, equal): "Пар уровней: {pairs}, равных: {equal}." / "Pairs of levels: {pairs}, equal: {equal}.";
    settled(settled, all): "согласовано {settled} из {all}" / "{settled} of {all} settled";
    look: "Открыть" / "Open";
    look_of(school): "Открыть сравнение: {school}" / "Open the comparison: {school}";
}
