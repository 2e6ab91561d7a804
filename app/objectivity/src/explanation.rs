//! Words: how each channel is counted, what honest reason could look the same, what to check next.

use crate::cell::{Cell, ChannelName, ChannelResult, Explanation, State, Text};
use crate::math::Portable;

fn text(ru: impl Into<String>, en: impl Into<String>) -> Text {
    Text {
        ru: ru.into(),
        en: en.into(),
    }
}

/// A number as Russian text writes it.
fn comma(value: f64, places: usize) -> String {
    format!("{value:.places$}")
        .replace('.', ",")
        .replace('-', "−")
}

/// Pupils in Russian, genitive after a number.
fn pupils(n: usize) -> String {
    let word = if n % 10 == 1 && n % 100 != 11 {
        "ученика"
    } else {
        "учеников"
    };
    format!("{n} {word}")
}

/// «Как посчитано» in one sentence.
pub(crate) fn sentence(
    channel: ChannelName,
    value: f64,
    interval: [f64; 2],
    expected: f64,
    n: usize,
) -> Text {
    let (low, high) = (interval[0], interval[1]);
    let range_ru = format!("{}…{}", comma(low, 1), comma(high, 1));
    let range_en = format!("{low:.1}…{high:.1}");
    let who = pupils(n);
    match channel {
        ChannelName::Level => text(
            format!(
                "Средний балл {who} отличается от ожидаемого для такого состава учеников ({}) на {} балла (95 %: {range_ru}).",
                comma(expected, 1),
                comma(value, 1)
            ),
            format!(
                "The mean of {n} pupils differs from what such an intake predicts ({expected:.1}) by {value:.1} points (95 %: {range_en})."
            ),
        ),
        ChannelName::Change => text(
            format!(
                "Результат {who} отличается от ожидаемого по их же прежним результатам на {} балла (95 %: {range_ru}); учтён и рост только у части учеников.",
                comma(value, 1)
            ),
            format!(
                "The result of {n} pupils differs from what their own earlier results predict by {value:.1} points (95 %: {range_en}); a rise of only a part of the pupils counts too."
            ),
        ),
        ChannelName::Bunching => text(
            format!(
                "Под порогами отметок не хватает {} работы против такого же среднего и разброса без скопления (95 %: {range_ru}, {who}); учтено и то, сколько баллов им недоставало и где они оказались.",
                comma(value, 1)
            ),
            format!(
                "Below the mark boundaries {value:.1} works are missing that the same mean and spread would give without a pile (95 %: {range_en}, {n} pupils); how far below they were and where they landed counts too."
            ),
        ),
        // The value and its interval stand where it is said how it is counted.
        ChannelName::ItemProfile if low > 0.0 => text(
            format!(
                "При том же общем балле трудные задания решены лучше, а лёгкие хуже, чем в регионе ({who})."
            ),
            format!(
                "At equal total scores hard items are solved better and easy ones worse than in the region ({n} pupils)."
            ),
        ),
        ChannelName::ItemProfile => text(
            format!("Трудные и лёгкие задания решены как обычно при таком общем балле ({who})."),
            format!("Hard and easy items are solved as usual at such a total score ({n} pupils)."),
        ),
        ChannelName::Similarity => text(
            format!(
                "Работы одного класса похожи сильнее, чем объясняют равные баллы и общий учитель: {} стандартных отклонения ({who}).",
                comma(value, 1)
            ),
            format!(
                "Works of one class resemble each other more than equal scores and common teaching explain: {value:.1} standard deviations ({n} pupils)."
            ),
        ),
        // Half of the logarithm of a ratio of variances is that of the spreads.
        ChannelName::Spread if low > 0.0 => text(
            format!(
                "Баллы внутри школы разбросаны в {} раза меньше обычного при таком среднем ({who}).",
                comma((value / 2.0).exponential(), 1)
            ),
            format!(
                "Scores inside the school are spread {:.1} times less than usual at such a mean ({n} pupils).",
                (value / 2.0).exponential()
            ),
        ),
        ChannelName::Spread if high < 0.0 => text(
            format!(
                "Баллы внутри школы разбросаны в {} раза больше обычного при таком среднем ({who}).",
                comma((-value / 2.0).exponential(), 1)
            ),
            format!(
                "Scores inside the school are spread {:.1} times more than usual at such a mean ({n} pupils).",
                (-value / 2.0).exponential()
            ),
        ),
        ChannelName::Spread => text(
            format!("Баллы внутри школы разбросаны как обычно при таком среднем ({who})."),
            format!("Scores inside the school are spread as usual at such a mean ({n} pupils)."),
        ),
        ChannelName::Participation => text(
            format!(
                "Не писали {} % из {n} числящихся; обычно в регионе {} %.",
                comma(100.0 * value, 0),
                comma(100.0 * expected, 0)
            ),
            format!(
                "{:.0} % of {n} enrolled did not sit; usual in the region is {:.0} %.",
                100.0 * value,
                100.0 * expected
            ),
        ),
        ChannelName::RegisterGap => text(
            format!(
                "Результат {who} отличается от ожидаемого по отметкам в журнале на {} балла (95 %: {range_ru}); обычная для школ разница в строгости учтена.",
                comma(value, 1)
            ),
            format!(
                "The result of {n} pupils differs from what their register marks predict by {value:.1} points (95 %: {range_en}); the usual difference in strictness between schools is allowed for."
            ),
        ),
        ChannelName::Confirmation => text(
            format!(
                "Средний балл {who} отличается от подтверждённого государственным экзаменом той же параллели на {} балла (95 %: {range_ru}).",
                comma(value, 1)
            ),
            format!(
                "The mean of {n} pupils differs from what the state exam of the same cohort confirms by {value:.1} points (95 %: {range_en})."
            ),
        ),
        ChannelName::Observation => text(
            format!(
                "По листам наблюдателей порядок соблюдён на {} % (листов: {n}).",
                comma(value * 100.0, 0)
            ),
            format!(
                "By the observers' sheets the rules were kept to {:.0} % ({n} sheets).",
                value * 100.0
            ),
        ),
        ChannelName::ExternalList => text(
            "Школа названа во внешнем списке; список загружен и не пересчитывался.",
            "The school is named in an external list; the list is imported and was not recomputed.",
        ),
    }
}

/// Honest reason that could give the same picture.
pub(crate) fn alternative(channel: ChannelName) -> Text {
    match channel {
        ChannelName::Level => text(
            "Сильный набор учеников, гимназическая программа или удачная работа школы.",
            "A strong intake, an advanced programme or good work of the school.",
        ),
        ChannelName::Change => text(
            "Новый сильный учитель, дополнительные занятия или слабая прежняя проверка.",
            "A strong new teacher, extra lessons or an unreliable earlier test.",
        ),
        ChannelName::Bunching => text(
            "Эксперты по правилам перепроверяли работы у порога; при малом числе работ — случай.",
            "Markers rechecked borderline works by the rules; with few works, chance.",
        ),
        ChannelName::ItemProfile => text(
            "Тему трудных заданий недавно прошли подробно, а тему лёгких — ещё нет.",
            "The topic of the hard items was taught recently and in depth, that of the easy ones not yet.",
        ),
        ChannelName::Similarity => text(
            "Класс разбирал такие же задания вместе; одинаковые ошибки идут от одного объяснения.",
            "The class worked through the same tasks together; equal errors come from one explanation.",
        ),
        ChannelName::Spread => text(
            "Класс однороден по набору или отобран.",
            "The class is homogeneous by intake or selected.",
        ),
        ChannelName::Participation => text(
            "Болезни, карантин, соревнования, неверное число учеников в паспорте.",
            "Illness, quarantine, competitions, a wrong enrolment figure.",
        ),
        ChannelName::RegisterGap => text(
            "Учителя школы строже обычного ставят текущие отметки.",
            "The school's teachers give current marks more strictly than usual.",
        ),
        ChannelName::Confirmation => text(
            "Экзамен сдавала другая часть параллели или сменился учитель.",
            "Another part of the cohort took the exam, or the teacher changed.",
        ),
        ChannelName::Observation => text(
            "Замечания касались организации и не повлияли на ответы.",
            "The remarks were about organisation and did not touch the answers.",
        ),
        ChannelName::ExternalList => text(
            "Список составлен по другим данным или за другой год.",
            "The list rests on other data or another year.",
        ),
    }
}

/// What to check next.
pub(crate) fn next_check(channel: ChannelName) -> Text {
    match channel {
        ChannelName::Level | ChannelName::Change | ChannelName::Confirmation => text(
            "Провести независимую контрольную работу по тем же умениям и пригласить наблюдателей на следующую процедуру.",
            "Run an independent control work on the same skills and invite observers to the next event.",
        ),
        ChannelName::Bunching => text(
            "Перепроверить работы с баллом на пороге и на один–два ниже, скрыв первую проверку.",
            "Recheck works on the boundary and one or two points below, blind to the first marking.",
        ),
        ChannelName::ItemProfile => text(
            "Дать короткую контрольную по трудным заданиям под наблюдением; спросить, когда проходили тему.",
            "Give a short observed control work on the hard items; ask when the topic was taught.",
        ),
        ChannelName::Similarity => text(
            "Сравнить тексты решений похожих пар и схему рассадки; на следующей процедуре — варианты и наблюдатели в классе.",
            "Compare the written solutions of similar pairs and the seating plan; next time, booklets and observers in the room.",
        ),
        ChannelName::Spread => text(
            "Посмотреть работы класса подряд: одинаковы ли решения и исправления.",
            "Read the works of the class in a row: are solutions and corrections alike.",
        ),
        ChannelName::Participation => text(
            "Сверить список отсутствовавших с документами и прежними результатами; дать им работу в резервный день.",
            "Check the absentees against documents and earlier results; let them write on a reserve day.",
        ),
        ChannelName::RegisterGap => text(
            "Перепроверить работы и сравнить критерии текущих отметок с критериями работы.",
            "Recheck works and compare the criteria of current marks with those of the work.",
        ),
        ChannelName::Observation => text(
            "Разобрать замечания наблюдателей со школой до следующей процедуры.",
            "Discuss the observers' remarks with the school before the next event.",
        ),
        ChannelName::ExternalList => text(
            "Запросить основания списка и сопоставить со своими признаками.",
            "Ask for the grounds of the list and compare with own signs.",
        ),
    }
}

fn name(channel: ChannelName) -> Text {
    let (ru, en) = match channel {
        ChannelName::Level => ("уровень относительно условий", "level in context"),
        ChannelName::Change => (
            "изменение к прежним результатам",
            "change from earlier results",
        ),
        ChannelName::Bunching => ("скопление на порогах отметок", "pile at mark boundaries"),
        ChannelName::ItemProfile => ("профиль заданий", "item profile"),
        ChannelName::Similarity => ("сходство работ", "similar works"),
        ChannelName::Spread => ("малый разброс", "small spread"),
        ChannelName::Participation => ("неявка", "absence"),
        ChannelName::RegisterGap => ("расхождение с журналом", "gap to the register"),
        ChannelName::Confirmation => ("неподтверждение экзаменом", "not confirmed by the exam"),
        ChannelName::Observation => ("наблюдение", "observation"),
        ChannelName::ExternalList => ("внешний список", "external list"),
    };
    text(ru, en)
}

/// The cell in words. `good_observation` and `high` make «возможно, подлинный успех».
pub(crate) fn explain(cell: &Cell, good_observation: bool, high: bool) -> Explanation {
    let mut speaking: Vec<&ChannelResult> = cell
        .channels
        .iter()
        .filter(|channel| channel.speaks || cell.first_reason == Some(channel.channel))
        .collect();
    speaking.sort_by(|a, b| {
        b.log_lr
            .total_cmp(&a.log_lr)
            .then(a.channel.cmp(&b.channel))
    });
    if let Some(first) = cell.first_reason {
        speaking.sort_by_key(|channel| channel.channel != first);
    }
    let names = |english: bool| {
        speaking
            .iter()
            .map(|channel| {
                if english {
                    name(channel.channel).en
                } else {
                    name(channel.channel).ru
                }
            })
            .collect::<Vec<_>>()
            .join(", ")
    };
    // Never «100 %»: the model itself can be wrong.
    let percent = cell
        .posterior
        .map_or(0.0, |posterior| (100.0 * posterior).min(99.0));
    let mut summary = match cell.state {
        State::NoData => text(
            "Нет данных: ни одной написанной работы.",
            "No data: not a single written work.",
        ),
        State::Insufficient => text(
            format!(
                "Данных недостаточно ({}): вывод невозможен, и это не оценка школы.",
                pupils(cell.n as usize)
            ),
            format!(
                "Insufficient data ({} pupils): no conclusion, and that is no judgement of the school.",
                cell.n
            ),
        ),
        State::Calm => text(
            "Спокойно: результаты в пределах обычного для такой школы.",
            "Calm: results are within what is usual for such a school.",
        ),
        State::Attention => text(
            format!(
                "Требует внимания: {}. Одного вида данных для вывода мало.",
                names(false)
            ),
            format!(
                "Needs attention: {}. One kind of evidence is not enough for a conclusion.",
                names(true)
            ),
        ),
        State::Signs => text(
            format!(
                "Признаки, нужен разбор: {}. Вероятность по модели {} %.",
                names(false),
                comma(percent, 0)
            ),
            format!(
                "Signs, review needed: {}. Probability under the model {percent:.0} %.",
                names(true)
            ),
        ),
    };
    if good_observation && high {
        summary.ru.push_str(
            " Наблюдатели видели порядок: возможно, подлинный успех — проверьте пример практики.",
        );
        summary.en.push_str(
            " Observers saw good order: possibly a genuine success; look at the practice.",
        );
    }
    Explanation {
        summary,
        alternatives: speaking
            .iter()
            .map(|channel| channel.alternative.clone())
            .collect(),
        next_checks: speaking
            .iter()
            .map(|channel| channel.next_check.clone())
            .collect(),
    }
}
