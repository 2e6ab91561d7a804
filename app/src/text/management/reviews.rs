//! Texts of reviews: from the signs of a cell to the effect of measures.

use api::management::review::{
    Finding, Outcome, RecheckWay, ReviewAct, ReviewKind, ReviewStage, Side,
};

use crate::text::Language;

texts! {
    title: "Разборы" / "Reviews";
    lead: "От сигнала до эффекта: что видно, что говорит школа, что сделано и помогло ли. Порядок — по сроку, это не рейтинг."
        / "From a signal to its effect: what is seen, what the school says, what was done, and whether it helped. The order is by term, it is no ranking.";
    lead_own: "О чём район спросил школу, что школа ответила и что сделано вместе."
        / "What the district has asked the school, what the school has answered, and what was done together.";
    empty_title: "Разборов пока нет" / "No reviews yet";
    empty_text: "Разбор открывается из ячейки карты с состоянием «внимание» или «признаки»: там видно, на чём он основан."
        / "A review is opened from a cell of the map with the state \"attention\" or \"signs\": there one sees what it rests on.";
    empty_own: "Когда район попросит школу пояснить результаты, разбор появится здесь."
        / "When the district asks the school to explain results, the review appears here.";
    empty_filter: "На этом шаге разборов нет." / "No review stands at this step.";
    to_map: "Открыть карту" / "Open the map";
    number(number): "№ {number}" / "No. {number}";
    page_title(number): "Разбор № {number}" / "Review no. {number}";
    filter: "Шаг" / "Step";
    filter_open: "Идут" / "Under way";
    filter_overdue: "Просрочены" / "Overdue";
    column_due: "Срок" / "Term";
    column_school: "Школа" / "School";
    column_work: "Работа" / "Work";
    column_state: "Сигнал" / "Signal";
    column_step: "Шаг" / "Step";
    column_turn: "Чей ход" / "Whose turn";
    turn_office: "управление" / "the office";
    turn_school: "школа" / "the school";
    turn_nobody: "—" / "—";
    stage_signal: "Сигнал" / "Signal";
    stage_analysis: "Проверка аналитиком" / "Analysis";
    stage_explanation: "Пояснение школы" / "The school's word";
    stage_recheck: "Перепроверка" / "Recheck";
    stage_conclusion: "Заключение" / "Conclusion";
    stage_measures: "Меры" / "Measures";
    stage_effect: "Эффект" / "Effect";
    stage_exit: "Выход" / "Exit";
    stage_closed: "Завершён" / "Closed";
    steps: "Шаги разбора" / "Steps of the review";
    until(date): "до {date}" / "by {date}";
    skipped(date): "без него, {date}" / "passed over, {date}";
    step_ahead: "впереди" / "ahead";
    step_dropped: "не понадобился" / "was not needed";
    effect_when: "следующая процедура" / "the next procedure";
    exit_when: "по итогу эффекта" / "by the effect";
    kind_signs: "Объективность" / "Objectivity";
    kind_external_list: "Внешний перечень" / "External list";
    kind_violation: "Нарушение" / "Violation";
    kind_low_result: "Низкий результат" / "Low result";
    works(count): "{count} работа" | "{count} работы" | "{count} работ" / "{count} work" | "{count} works";
    signals(count): "{count} сигнал." | "{count} сигнала." | "{count} сигналов." / "{count} signal." | "{count} signals.";
    no_verdict: "Это повод проверить, а не вывод о школе." / "It is a reason to look, no verdict on the school.";
    now(step): "Сейчас: {step}" / "Now: {step}";
    now_until(step, date): "Сейчас: {step} до {date}" / "Now: {step} by {date}";
    now_closed(outcome): "Разбор завершён: {outcome}" / "The review has ended: {outcome}";
    who: "Кто" / "Who";
    what: "Что" / "What";
    who_analysis: "аналитик управления" / "the office's analyst";
    who_school: "директор или координатор школы" / "the head or the coordinator of the school";
    who_office: "управление образования" / "the education office";
    who_commission(count): "предметная комиссия, {count} человек; связей со школой нет" | "предметная комиссия, {count} человека; связей со школой нет" | "предметная комиссия, {count} человек; связей со школой нет" / "a subject commission of {count}; no interest in the school" | "a subject commission of {count}; no interest in the school";
    what_analysis: "посмотреть сигналы и написать, что видно; школу спросить или закончить с причиной"
        / "look at the signals and write what is seen; ask the school, or end it with a reason";
    what_explanation: "пояснить, что могло повлиять на результат" / "explain what may have shaped the result";
    what_recheck: "назначить комиссию или контрольное мероприятие, либо обойтись без перепроверки"
        / "order a commission or an event of control, or do without a recheck";
    what_conclusion: "подтвердились ли признаки; достаточно ли данных" / "are the signs confirmed; do the data suffice";
    what_measures: "договориться о мерах, начиная с помощи" / "agree on measures, beginning with help";
    what_effect_waits: "сравнить с результатами следующей процедуры; их ещё нет" / "compare with the results of the next procedure; they are not there yet";
    what_effect: "сравнить с результатами следующей процедуры" / "compare with the results of the next procedure";
    what_exit: "завершить разбор или перейти к следующему уровню мер" / "end the review, or go on to the next level of measures";
    grounds_title: "На чём основан разбор" / "What the review rests on";
    grounds_frozen(date): "Ячейка записана такой, какой была {date}; позже она не меняется." / "The cell is kept as it was on {date}; it does not change later.";
    how: "Как посчитано" / "How it is computed";
    other: "Что ещё это может быть" / "What else it may be";
    to_cell: "Открыть ячейку сейчас" / "Open the cell now";
    cell_gone: "Результатов этой работы сейчас нет: загрузка отменена, и ячейки на карте больше нет. Всё, на чём основан разбор, сохранено здесь; шаги можно продолжать или завершить разбор."
        / "The results of this work are not there now: the import was undone, and the map has no such cell any more. All the review rests on is kept here; its steps can go on, or it can be ended.";
    cell_changed(before, after): "В новом расчёте состояние ячейки другое: было «{before}», теперь «{after}». Разбор помнит прежнее."
        / "In a newer run the state of the cell differs: it was \"{before}\", now it is \"{after}\". The review keeps the earlier one.";
    together(share): "Вместе: из ста таких сочетаний ложными бывают около {share}." / "Together: of a hundred such combinations about {share} are false.";
    words_title: "Слово управления и слово школы" / "The office's word and the school's word";
    office: "Управление" / "The office";
    school: "Школа" / "The school";
    office_waits: "Аналитик ещё не написал." / "The analyst has not written yet.";
    school_waits: "Школа ещё не ответила." / "The school has not answered yet.";
    school_unasked: "Школу ещё не спросили: разбор ей не виден." / "The school is not asked yet: it does not see the review.";
    late: "после срока" / "after the term";
    recheck_title: "Перепроверка" / "Recheck";
    way_commission: "предметная комиссия" / "a subject commission";
    way_control_event: "контрольное мероприятие" / "an event of control";
    order(number, date): "приказ № {number} от {date}" / "order no. {number} of {date}";
    works_rechecked: "Какие работы" / "Which works";
    members: "Комиссия" / "Commission";
    no_interest: "связей со школой нет" / "no interest in the school";
    agreement_same(equal, works): "Баллы совпали в {equal} из {works} работ." / "Scores are the same in {equal} of {works} works.";
    agreement_moved(lower, higher): "При второй проверке ниже в {lower}, выше в {higher}." / "At the second check lower in {lower}, higher in {higher}.";
    agreement_marks(lower, higher): "Отметка стала бы ниже в {lower}, выше в {higher}." / "The mark would fall in {lower}, rise in {higher}.";
    agreement_equal: "Две проверки совпали полностью." / "The two checks agree in full.";
    agreement_good: "Проверки близки: различия обычны для двух проверяющих." / "The checks are close: the differences are usual for two raters.";
    agreement_poor: "Проверки заметно расходятся: подходы к проверке стоит согласовать." / "The checks differ clearly: the ways of marking are worth agreeing on.";
    details: "Подробнее" / "In detail";
    kappa(value): "Взвешенная κ (квадратичные веса): {value}." / "Weighted κ (quadratic weights): {value}.";
    kappa_interval(value, low, high): "Взвешенная κ (квадратичные веса): {value}, интервал 95 %: {low}…{high}." / "Weighted κ (quadratic weights): {value}, interval of 95 %: {low}…{high}.";
    kappa_few: "Работ мало, интервал для κ не посчитан." / "There are few works, no interval of κ is given.";
    kappa_none: "κ не посчитана: все баллы одинаковы." / "No κ: all scores are one and the same.";
    mean_shift(value): "В среднем вторая проверка отличается на {value} балла." / "On average the second check differs by {value} points.";
    code: "Код" / "Code";
    first: "Первый балл" / "First score";
    second: "Второй балл" / "Second score";
    timeline: "Хронология" / "Course";
    act_open: "Разбор открыт по расчёту" / "The review was opened by a run";
    act_analyse: "Аналитик проверил сигналы, школе отправлен вопрос" / "The analyst looked at the signals, the school is asked";
    act_waive: "Аналитик проверил сигналы, разбор не нужен" / "The analyst looked at the signals, no review is needed";
    act_explain: "Школа пояснила в срок" / "The school explained within its term";
    act_explain_late: "Школа пояснила после срока" / "The school explained after its term";
    act_go_on: "Срок пояснения прошёл, разбор продолжен" / "The school's term is over, the review goes on";
    act_plan_commission: "Назначена перепроверка комиссией" / "A recheck by a commission is ordered";
    act_plan_control: "Назначено контрольное мероприятие" / "An event of control is ordered";
    act_skip_recheck: "Перепроверка не понадобилась" / "No recheck was needed";
    act_marks(count): "Внесены повторные баллы: {count} работа" | "Внесены повторные баллы: {count} работы" | "Внесены повторные баллы: {count} работ" / "Second marks came: {count} work" | "Second marks came: {count} works";
    act_finish_recheck: "Перепроверка завершена" / "The recheck is done";
    act_conclude: "Заключение" / "Conclusion";
    act_settle_measures: "Меры назначены, ждём следующую процедуру" / "The measures stand, the next procedure is awaited";
    act_judge_effect: "Эффект" / "Effect";
    act_next_level: "Нужны меры следующего уровня" / "Measures of the next level are needed";
    act_close: "Разбор завершён" / "The review has ended";
    act_move_term: "Срок перенесён" / "The term was moved";
    act_note: "Заметка" / "Note";
    moved_term(before, after): "{before} → {after}" / "{before} → {after}";
    finding_confirmed: "признаки подтвердились" / "the signs are confirmed";
    finding_not_confirmed: "признаки не подтвердились" / "the signs are not confirmed";
    finding_data_insufficient: "данных недостаточно" / "the data do not suffice";
    finding_what: "Что показала проверка" / "What the check has shown";
    outcome_not_needed: "разбор не понадобился" / "no review was needed";
    outcome_not_confirmed: "признаки не подтвердились" / "the signs were not confirmed";
    outcome_positive_dynamics: "выход с положительной динамикой" / "exit with positive dynamics";
    outcome_ended: "завершён" / "ended";
    effect_title: "Было и стало" / "Before and after";
    effect_before: "Разбор" / "The review";
    effect_after: "Следующая процедура" / "The next procedure";
    effect_line(procedure, year, grade): "{procedure}, {year}, {grade} класс" / "{procedure}, {year}, grade {grade}";
    effect_posterior(share): "вероятность необъективности {share}" / "probability that the results were not obtained objectively: {share}";
    effect_none: "Подходящих результатов следующей процедуры ещё нет. Сейчас можно записать только «по данным не понять»."
        / "There are no fitting results of the next procedure yet. For now only \"the data do not tell\" can be recorded.";
    effect_frozen: "записано при оценке эффекта" / "kept when the effect was judged";
    do_analyse: "Спросить школу" / "Ask the school";
    do_waive: "Разбор не нужен" / "No review is needed";
    do_explain: "Дать пояснение" / "Explain";
    do_go_on: "Продолжить без пояснения" / "Go on without a word";
    do_plan_recheck: "Назначить перепроверку" / "Order a recheck";
    do_replan_recheck: "Изменить перепроверку" / "Change the recheck";
    do_skip_recheck: "Без перепроверки" / "Do without a recheck";
    do_marks: "Внести баллы" / "Enter scores";
    do_finish_recheck: "Завершить перепроверку" / "End the recheck";
    do_conclude: "Записать заключение" / "Record the conclusion";
    do_settle_measures: "Перейти к эффекту" / "Go on to the effect";
    do_judge_effect: "Оценить эффект" / "Judge the effect";
    do_next_level: "Следующий уровень мер" / "Next level of measures";
    do_close: "Завершить разбор" / "End the review";
    do_move_term: "Перенести срок" / "Move the term";
    do_note: "Добавить заметку" / "Add a note";
    label_analyse: "Что видно в сигналах" / "What the signals show";
    label_reason: "Почему" / "Why";
    label_explain: "Пояснение школы" / "The school's explanation";
    label_plan: "Пояснение к назначению (не обязательно)" / "A word on the order (optional)";
    label_finish: "Что показала перепроверка" / "What the recheck has shown";
    label_conclude: "На чём основан вывод" / "What the conclusion rests on";
    label_settle: "О чём договорились" / "What was agreed on";
    label_effect: "По чему это видно" / "How one sees it";
    label_close: "Чем закончился разбор" / "How the review ends";
    label_note: "Заметка" / "Note";
    hint_words: "Прочитают и школа, и управление. Имён детей и учителей не пишите." / "Both the school and the office read it. No names of children or teachers.";
    hint_analyse: "Школа прочитает это вместе с вопросом. Признаки — повод проверить, а не вывод." / "The school reads this with the question. Signs are a reason to look, no verdict.";
    hint_explain: "Что могло повлиять на результат: условия, класс, порядок проверки. Имён детей и учителей не пишите."
        / "What may have shaped the result: conditions, the class, the way of marking. No names of children or teachers.";
    due_school: "Ответ школы до" / "The school answers by";
    due_recheck: "Перепроверка до" / "Recheck by";
    due_next: "Срок следующего шага" / "Term of the next step";
    due_effect: "Когда ждём результаты" / "When results are expected";
    due_new: "Новый срок" / "New term";
    recheck_way: "Как перепроверяют" / "How it is checked again";
    recheck_order: "Номер приказа" / "Number of the order";
    recheck_date: "Дата приказа" / "Date of the order";
    recheck_what: "Какие работы: коды или баллы" / "Which works: codes or scores";
    recheck_event: "Какое мероприятие и когда" / "Which event and when";
    recheck_members: "Члены комиссии: должность на строку" / "Members: one position a line";
    recheck_members_hint: "Например: учитель математики гимназии № 2. Имена стоят в приказе." / "For example: mathematics teacher of school no. 2. Names stand in the order.";
    recheck_declared(position): "{position}: заявил, что не связан со школой" / "{position}: has declared to have no interest in the school";
    recheck_declared_title: "Заявления об отсутствии связей" / "Declarations of no interest";
    marks_title: "Повторные баллы" / "Second marks";
    marks_label: "Код, первый балл, второй балл — строка на работу" / "Code, first score, second score: one line a work";
    marks_hint: "Можно вставить три столбца из таблицы. Только коды из списка школы, без имён."
        / "Three columns of a spreadsheet can be pasted. Only codes of the school's own list, no names.";
    marks_read(count): "Прочитана {count} работа" | "Прочитаны {count} работы" | "Прочитано {count} работ" / "{count} work read" | "{count} works read";
    marks_line(line): "Строка {line}: нужны код и два целых числа." / "Line {line}: a code and two whole numbers are needed.";
    marks_do: "Записать баллы" / "Keep the scores";
    sent: "Записано." / "Recorded.";
    cancel: "Отменить" / "Cancel";
    step_gone: "Этот шаг уже сделан или больше не нужен. Ваш текст цел: его можно добавить заметкой."
        / "This step was taken already or is not needed any more. Your text is still here: it can be added as a note.";
    measures_title: "Меры: сначала помощь" / "Measures: help first";
    measures_none: "Пока не назначены." / "None is agreed yet.";
    measures_propose: "Назначить меру" / "Agree on a measure";
    level_1: "Помощь" / "Help";
    level_2: "Усиленное сопровождение" / "Intensive support";
    level_3: "Контроль с помощью" / "Control with help";
    penalty_closed: "Административная мера: закрыта" / "Administrative measure: closed";
    penalty_rule: "Откроется, только если меры помощи школе закрыты с выводом «сдвига нет». Исключение требует письменной причины и видно в журнале."
        / "It opens only when the measures of help for the school are closed with \"no shift\". An exception needs a written reason and is seen in the log.";
    penalty_open: "Административная мера" / "Administrative measure";
    beside_open: "Открыть разбор" / "Open a review";
    beside_note: "Разбор ведёт от сигнала к пояснению школы, мерам и эффекту. Школа узнает о нём, когда её спросят."
        / "A review leads from the signal to the school's word, to measures and their effect. The school learns of it when it is asked.";
    beside_opened: "Разбор открыт." / "The review is open.";
    beside_link(number, stage): "Разбор № {number}: {stage}" / "Review no. {number}: {stage}";
    beside_title: "Разбор" / "Review";
    task_analysis: "Проверить сигналы разбора" / "Look at the signals of a review";
    task_explanation: "Пояснить результаты" / "Explain results";
    task_go_on: "Решить, как быть без пояснения школы" / "Decide how to go on without the school's word";
    task_recheck: "Провести перепроверку" / "Hold a recheck";
    task_conclusion: "Записать заключение разбора" / "Record the conclusion of a review";
    task_measures: "Договориться о мерах по разбору" / "Agree on measures of a review";
    task_effect: "Посмотреть эффект мер" / "Look at the effect of measures";
    task_exit: "Завершить разбор или продолжить меры" / "End a review or go on with measures";
}

/// Name of a step.
pub fn stage(language: Language, stage: ReviewStage) -> &'static str {
    match stage {
        ReviewStage::Analysis => stage_analysis(language),
        ReviewStage::Explanation => stage_explanation(language),
        ReviewStage::Recheck => stage_recheck(language),
        ReviewStage::Conclusion => stage_conclusion(language),
        ReviewStage::Measures => stage_measures(language),
        ReviewStage::Effect => stage_effect(language),
        ReviewStage::Exit => stage_exit(language),
        ReviewStage::Closed => stage_closed(language),
    }
}

/// Name of what a review grows out of.
pub fn kind(language: Language, kind: ReviewKind) -> &'static str {
    match kind {
        ReviewKind::Signs => kind_signs(language),
        ReviewKind::ExternalList => kind_external_list(language),
        ReviewKind::Violation => kind_violation(language),
        ReviewKind::LowResult => kind_low_result(language),
    }
}

/// Whose turn it is.
pub fn turn(language: Language, side: Option<Side>) -> &'static str {
    match side {
        Some(Side::Office) => turn_office(language),
        Some(Side::School) => turn_school(language),
        None => turn_nobody(language),
    }
}

/// What was found.
pub fn finding(language: Language, finding: Finding) -> &'static str {
    match finding {
        Finding::Confirmed => finding_confirmed(language),
        Finding::NotConfirmed => finding_not_confirmed(language),
        Finding::DataInsufficient => finding_data_insufficient(language),
    }
}

/// How a review ended.
pub fn outcome(language: Language, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotNeeded => outcome_not_needed(language),
        Outcome::NotConfirmed => outcome_not_confirmed(language),
        Outcome::PositiveDynamics => outcome_positive_dynamics(language),
        Outcome::Ended => outcome_ended(language),
    }
}

/// How works are checked again.
pub fn way(language: Language, way: RecheckWay) -> &'static str {
    match way {
        RecheckWay::Commission => way_commission(language),
        RecheckWay::ControlEvent => way_control_event(language),
    }
}

/// The button of an act; of a recheck that is ordered already it is changed.
pub fn button(language: Language, act: ReviewAct, is_planned: bool) -> &'static str {
    match act {
        ReviewAct::Open => beside_open(language),
        ReviewAct::Analyse => do_analyse(language),
        ReviewAct::Waive => do_waive(language),
        ReviewAct::Explain => do_explain(language),
        ReviewAct::GoOn => do_go_on(language),
        ReviewAct::PlanRecheck if is_planned => do_replan_recheck(language),
        ReviewAct::PlanRecheck => do_plan_recheck(language),
        ReviewAct::SkipRecheck => do_skip_recheck(language),
        ReviewAct::Marks => do_marks(language),
        ReviewAct::FinishRecheck => do_finish_recheck(language),
        ReviewAct::Conclude => do_conclude(language),
        ReviewAct::SettleMeasures => do_settle_measures(language),
        ReviewAct::JudgeEffect => do_judge_effect(language),
        ReviewAct::NextLevel => do_next_level(language),
        ReviewAct::Close => do_close(language),
        ReviewAct::MoveTerm => do_move_term(language),
        ReviewAct::Note => do_note(language),
    }
}

/// What the words of an act are.
pub fn label(language: Language, act: ReviewAct) -> &'static str {
    match act {
        ReviewAct::Analyse => label_analyse(language),
        ReviewAct::Explain => label_explain(language),
        ReviewAct::PlanRecheck => label_plan(language),
        ReviewAct::FinishRecheck => label_finish(language),
        ReviewAct::Conclude => label_conclude(language),
        ReviewAct::SettleMeasures => label_settle(language),
        ReviewAct::JudgeEffect => label_effect(language),
        ReviewAct::Close => label_close(language),
        ReviewAct::Note => label_note(language),
        ReviewAct::Open
        | ReviewAct::Waive
        | ReviewAct::GoOn
        | ReviewAct::SkipRecheck
        | ReviewAct::Marks
        | ReviewAct::NextLevel
        | ReviewAct::MoveTerm => label_reason(language),
    }
}

/// What its day is, for an act that sets one.
pub fn due_label(language: Language, act: ReviewAct) -> Option<&'static str> {
    match act {
        ReviewAct::Analyse => Some(due_school(language)),
        ReviewAct::PlanRecheck => Some(due_recheck(language)),
        ReviewAct::SettleMeasures => Some(due_effect(language)),
        ReviewAct::MoveTerm => Some(due_new(language)),
        ReviewAct::GoOn
        | ReviewAct::SkipRecheck
        | ReviewAct::FinishRecheck
        | ReviewAct::JudgeEffect
        | ReviewAct::NextLevel => Some(due_next(language)),
        _ => None,
    }
}
