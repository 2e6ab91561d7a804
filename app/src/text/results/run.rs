//! Texts of the runs of the objectivity engine.

use crate::text::Language;

texts! {
    title: "Расчёты" / "Runs";
    lead: "Карта показывает последний готовый расчёт. Любой расчёт можно повторить: получится то же самое."
        / "The map shows the latest run that is done. Any run can be repeated with the same outcome.";
    start: "Пересчитать" / "Compute anew";
    stop: "Остановить" / "Stop";
    started: "Расчёт поставлен в очередь" / "The run is queued";
    empty_title: "Здесь появятся расчёты" / "Runs will appear here";
    empty_text: "Первый расчёт начнётся сам после загрузки результатов." / "The first starts by itself after results are brought.";
    state: "Состояние" / "State";
    requested: "Запрошен" / "Requested";
    took: "Время" / "Took";
    reason: "Почему" / "Why";
    works: "Работ" / "Works";
    cells: "Ячеек" / "Cells";
    engine: "Версия" / "Version";
    queued: "в очереди" / "queued";
    running: "идёт" / "running";
    done: "готов" / "done";
    failed: "не удался, в силе прежний" / "failed, the earlier one holds";
    cancelled: "остановлен" / "stopped";
    compare: "Что изменилось" / "What changed";
    compare_of(at): "Что изменилось в расчёте {at} против предыдущего" / "What changed in the run of {at} against the one before";
    to_runs: "Все расчёты" / "All runs";
    comparison: "Сравнение расчётов" / "Comparison of runs";
    comparison_lead: "Какие ячейки перешли в другое состояние и что для этого изменилось: данные, версия, параметры."
        / "Which cells moved to another state, and what has changed for that: data, version, parameters.";
    causes: "Что изменилось на входе" / "What changed at the input";
    data: "Данные" / "Data";
    seed: "Зерно" / "Seed";
    parameters: "Параметры" / "Parameters";
    same: "то же" / "the same";
    differs: "другое" / "differs";
    works_of(count): "работ: {count}" / "works: {count}";
    moves_title: "Переходы" / "Moves";
    moves_none: "Ни одна ячейка не сменила состояние." / "No cell has changed its state.";
    stayed(count): "Состояние прежнее у {count} ячейки" | "Состояние прежнее у {count} ячеек" | "Состояние прежнее у {count} ячеек" / "{count} cell keeps its state" | "{count} cells keep their state";
    was: "Было" / "Before";
    became: "Стало" / "After";
    moved_title: "Ячейки, сменившие состояние" / "Cells that changed their state";
    moved_cut(count): "Показаны первые {count}." / "The first {count} are shown.";
    school: "Школа" / "School";
    work: "Работа" / "Work";
    no_cell: "ячейки нет" / "no such cell";
    seconds(seconds): "{seconds} с" / "{seconds} s";
    reason_import: "загрузка" / "import";
    reason_undo: "отмена загрузки" / "undone import";
    reason_manual: "по просьбе" / "asked for";
    reason_demo: "демонстрация" / "demo";
    reason_observation: "наблюдение" / "observation";
}

/// Why a run was asked for.
pub fn reason_name(language: Language, reason: &str) -> String {
    let known = match reason {
        "import" => reason_import(language),
        "undo" => reason_undo(language),
        "manual" => reason_manual(language),
        "demo" => reason_demo(language),
        "observation" => reason_observation(language),
        other => return other.to_owned(),
    };
    known.to_owned()
}
