//! Texts of the charts of one cell: cohort, register marks, similar works.

texts! {
    cohort_title: "Те же ученики раньше и теперь" / "The same pupils then and now";
    cohort_note: "По горизонтали прежний результат, по вертикали нынешний средний балл; черта показывает, где 95 % честных школ с таким же прежним результатом. Другие школы без названий: это не рейтинг."
        / "Earlier result across, present mean upwards; the bar shows where 95% of honest schools with the same earlier result lie. Other schools have no names: it is no ranking.";
    cohort_axis: "прежний результат" / "earlier result";
    cohort_before: "Раньше" / "Earlier";
    cohort_now: "Теперь" / "Now";
    cohort_expected: "Ожидалось" / "Expected";
    cohort_limits: "95 % честных" / "95% of honest";
    cohort_point(count, before, now, expected): "{count} ученик: раньше {before}, теперь {now}, ожидалось {expected}"
        | "{count} ученика: раньше {before}, теперь {now}, ожидалось {expected}"
        | "{count} учеников: раньше {before}, теперь {now}, ожидалось {expected}"
        / "{count} pupil: earlier {before}, now {now}, expected {expected}"
        | "{count} pupils: earlier {before}, now {now}, expected {expected}";
    cohort_other(before, now): "Другая школа: раньше {before}, теперь {now}" / "Another school: earlier {before}, now {now}";
    matrix_title: "Отметка в журнале и отметка за работу" / "Register mark and mark for the work";
    matrix_note: "Сколько учеников с каждой парой отметок. На диагонали отметки совпали; выше неё работа оценена лучше журнала, ниже — хуже."
        / "How many pupils have each pair of marks. On the diagonal they agree; above it the work got the better mark, below it the worse.";
    matrix_across: "В журнале" / "In the register";
    matrix_down: "За работу" / "For the work";
    pairs_title: "Похожие работы" / "Similar works";
    pairs_note: "Пары работ одного класса, в которых совпало больше ответов, чем у учеников с такими же баллами и тем же учителем. Коды учеников — собственные коды школы; совпадение само по себе никого не обвиняет."
        / "Pairs of one class that agree on more answers than pupils with the same scores and the same teacher would. Pupils' codes are the school's own; agreement alone accuses nobody.";
    pairs_class: "Класс" / "Class";
    pairs_pupils: "Коды учеников" / "Pupils' codes";
    pairs_same: "Совпало" / "Equal";
    pairs_wrong: "из них неверных" / "of them wrong";
    pairs_items: "Заданий" / "Items";
    pairs_expected: "Ожидалось" / "Expected";
    pairs_chance: "Случайность" / "Chance";
    pairs_chance_note: "Вероятность такого совпадения хотя бы у одной пары класса, если каждый работал сам."
        / "Probability of such agreement in at least one pair of the class if everybody worked alone.";
}
