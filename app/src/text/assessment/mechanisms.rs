//! Texts of the municipal mechanisms.

use api::assessment::mechanism::{AssessmentState, Side};

use crate::text::Language;

texts! {
    title: "Механизмы управления качеством" / "Mechanisms of quality management";
    lead: "Девять систем и восемь шагов управленческого цикла. Район оценивает себя, затем эксперт оценивает независимо; разговор о расхождениях становится рекомендациями."
        / "Nine systems and eight steps of the management cycle. The district assesses itself, then an expert does so independently; the talk about the differences becomes recommendations.";
    none_title: "Оценки механизмов пока нет" / "No assessment of mechanisms yet";
    none_text: "Здесь появится матрица из 72 клеток, когда руководитель откроет оценку года."
        / "A matrix of 72 cells appears here when the manager opens the assessment of a year.";
    open_year(year): "Открыть оценку {year} года" / "Open the assessment of {year}";
    years: "Годы" / "Years";
    year_of(year): "{year} год" / "{year}";
    state_draft: "самооценка района" / "self-assessment under way";
    state_submitted: "у эксперта" / "with the expert";
    state_concluded: "завершена" / "concluded";
    criteria(version): "Критерии, версия {version}" / "Criteria, version {version}";
    answered(done, all): "Оценено клеток: {done} из {all}" / "Cells with a level: {done} of {all}";
    expert_answered(done, all): "Эксперт оценил: {done} из {all}" / "Judged by the expert: {done} of {all}";
    disagreements(count): "Расхождений без согласования: {count}" / "Differences not settled: {count}";
    hidden: "Пока район заполняет самооценку, эксперт её не видит." / "While the district assesses itself, the expert does not see it.";
    show: "Показать" / "Show";
    show_settled: "Итог" / "Settled";
    show_own: "Самооценка" / "Self-assessment";
    show_expert: "Эксперт" / "Expert";
    show_previous(year): "{year} год" / "{year}";
    frame: "Перечень" / "List";
    frame_nine: "Девять систем" / "Nine systems";
    mechanism: "Механизм" / "Mechanism";
    score: "Доля" / "Share";
    level: "Уровень" / "Level";
    sources: "Из чего состоит" / "Made of";
    not_assessed: "не оценивалось" / "not assessed";
    matrix_label: "Матрица: механизмы и шаги управленческого цикла. Стрелки переводят между клетками, Enter открывает клетку."
        / "Matrix: mechanisms and steps of the management cycle. Arrows move between cells, Enter opens a cell.";
    cell_open: "не оценено" / "no level";
    cell_level(level): "уровень {level}" / "level {level}";
    cell_before(level): "в прошлом году {level}" / "last year {level}";
    cell_unconfirmed: "нет подтверждения" / "without evidence";
    cell_disagrees: "оценки расходятся" / "the sides differ";
    cell_evidence(count): "подтверждений: {count}" / "pieces of evidence: {count}";
    cell_name(mechanism, step): "{mechanism}, {step}" / "{mechanism}, {step}";
    legend: "Обозначения" / "Legend";
    legend_open: "не оценено" / "no level";
    legend_unconfirmed: "нет подтверждения" / "without evidence";
    legend_disagrees: "оценки расходятся" / "the sides differ";
    legend_up: "выше, чем в прошлом году" / "higher than last year";
    legend_down: "ниже, чем в прошлом году" / "lower than last year";
    overall: "В целом" / "Overall";
    rules: "Правила" / "Rules";
    submit: "Передать эксперту" / "Hand over to the expert";
    submitted: "Самооценка передана эксперту" / "Handed over to the expert";
    conclude: "Завершить оценку" / "Conclude";
    concluded: "Оценка завершена" / "The assessment is concluded";
    export: "Скачать XLSX" / "Download XLSX";
    to_matrix: "К матрице" / "To the matrix";
    criterion: "Критерий" / "Criterion";
    choose_own: "Выберите предложение, которое точнее описывает район" / "Choose the sentence that describes the district best";
    choose_expert: "Оценка эксперта" / "The expert's judgement";
    choose_agreed: "Согласованный уровень" / "Agreed level";
    objection: "Записать возражение" / "Record an objection";
    objection_hint: "Уровень эксперта останется, возражение войдёт в протокол." / "The expert's level stays, the objection goes into the protocol.";
    levels_now: "Уровни" / "Levels";
    saved_level(level): "Уровень {level} сохранён" / "Level {level} saved";
    comment: "Комментарий" / "Comment";
    comment_add: "Добавить комментарий" / "Add the comment";
    comment_saved: "Комментарий сохранён" / "Comment saved";
    history: "История клетки" / "History of the cell";
    history_none: "Записей пока нет." / "No entries yet.";
    entry_level(side, level): "{side}: уровень {level}" / "{side}: level {level}";
    entry_comment(side): "{side}: комментарий" / "{side}: comment";
    evidence: "Подтверждения" / "Evidence";
    evidence_needed(level, what): "Нужны с уровня {level}: {what}" / "Needed from level {level}: {what}";
    capped: "Предыдущий шаг цикла на нуле, поэтому в счёт этот шаг идёт не выше 2."
        / "The step before is at zero, so this step counts as 2 at most.";
    previous_cell: "Предыдущий шаг" / "Step before";
    next_cell: "Следующий шаг" / "Next step";
    side_own: "Район" / "District";
    side_expert: "Эксперт" / "Expert";
    side_agreed: "Согласовано" / "Agreed";
    last_year: "Прошлый год" / "Last year";
    dash: "—" / "—";
}

/// Where an assessment stands.
pub fn state(language: Language, state: AssessmentState) -> &'static str {
    match state {
        AssessmentState::Draft => state_draft(language),
        AssessmentState::Submitted => state_submitted(language),
        AssessmentState::Concluded => state_concluded(language),
    }
}

/// Who judges.
pub fn side(language: Language, side: Side) -> &'static str {
    match side {
        Side::Own => side_own(language),
        Side::Expert => side_expert(language),
        Side::Agreed => side_agreed(language),
    }
}
