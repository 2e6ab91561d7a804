//! Names and explanations of channels, markers and thresholds, in both languages.

use api::results::cell::{Marker, Threshold};
use api::text::Text;
use objectivity::cell::{ChannelName, MarkerName, MarkerResult, UsedThreshold};
use objectivity::data::Source;

/// Name of a channel.
pub fn channel_name(channel: ChannelName) -> Text {
    let (ru, en) = match channel {
        ChannelName::Level => ("Результат с учётом условий", "Result given the context"),
        ChannelName::Change => (
            "Изменение против прежнего",
            "Change against the earlier result",
        ),
        ChannelName::Bunching => ("Скачок на границе отметки", "Pile at a mark boundary"),
        ChannelName::ItemProfile => ("Необычный профиль заданий", "Unusual item profile"),
        ChannelName::Similarity => ("Сходство работ в классе", "Similar works in a class"),
        ChannelName::Spread => ("Разброс внутри класса", "Spread inside the class"),
        ChannelName::Participation => ("Участие", "Participation"),
        ChannelName::RegisterGap => ("Расхождение с журналом", "Gap to the register"),
        ChannelName::Confirmation => ("Подтверждение экзаменом", "Confirmation by the state exam"),
        ChannelName::Observation => ("Наблюдение", "Observation"),
        ChannelName::ExternalList => ("Внешний перечень", "External list"),
    };
    Text::new(ru, en)
}

/// How a channel is computed, in one sentence.
pub fn channel_method(channel: ChannelName) -> Text {
    let (ru, en) = match channel {
        ChannelName::Level => (
            "Средний балл сравнивается с ожидаемым для школ с похожими условиями; обычный разброс честных школ оценён устойчиво и учтён (воронка с аддитивной сверхдисперсией, Spiegelhalter 2005).",
            "The mean is compared with what is expected of schools with a similar intake; the usual spread of honest schools is estimated robustly and allowed for (funnel with additive over-dispersion, Spiegelhalter 2005).",
        ),
        ChannelName::Change => (
            "Результат сравнивается с предсказанным по прежним результатам тех же учеников; берётся полная дисперсия предсказания.",
            "The result is compared with the prediction from the same pupils' earlier results; the full predictive variance is used.",
        ),
        ChannelName::Bunching => (
            "Точный дискретный критерий: сколько работ стоит сразу выше и сразу ниже границ отметок по сравнению с гладким распределением того же среднего и разброса.",
            "An exact discrete test: how many works stand just above and just below the mark boundaries, against a smooth distribution of the same mean and spread.",
        ),
        ChannelName::ItemProfile => (
            "Выполнение каждого задания сравнивается с учениками муниципалитета, набравшими столько же баллов; обычная разница в преподавании учтена.",
            "Each item is compared with pupils of the municipality who have the same total; the usual difference in teaching is allowed for.",
        ),
        ChannelName::Similarity => (
            "Пары работ одного класса сравниваются с тем, насколько похожи одноклассники при общем учителе; поправка на число пар.",
            "Pairs of works of one class are compared with how alike classmates of one teacher are; corrected for the number of pairs.",
        ),
        ChannelName::Spread => (
            "Разброс баллов внутри школы сравнивается с обычным при таком же среднем.",
            "The spread of scores inside the school is compared with the usual one at such a mean.",
        ),
        ChannelName::Participation => (
            "Доля не писавших сравнивается с обычной по муниципалитету.",
            "The share of pupils who did not sit is compared with the usual share of the municipality.",
        ),
        ChannelName::RegisterGap => (
            "Отметки за работу сравниваются с отметками в журнале; обычная разница в строгости школ учтена.",
            "Marks for the work are compared with marks in the register; the usual difference in strictness is allowed for.",
        ),
        ChannelName::Confirmation => (
            "Результат параллели сравнивается с её же государственным экзаменом, оба приведены к одной шкале и к условиям школы.",
            "The result of the cohort is compared with its own state exam, both on one scale and given the context.",
        ),
        ChannelName::Observation => (
            "Насколько по отправленным листам наблюдателей соблюдён порядок, в среднем, и сколько грубых нарушений.",
            "How far the rules were kept by the observers' submitted sheets, on average, and the number of gross violations.",
        ),
        ChannelName::ExternalList => (
            "Школа названа в перечне, опубликованном другими; перечень не пересчитывается.",
            "The school is named in a list published by others; the list is not recomputed.",
        ),
    };
    Text::new(ru, en)
}

/// A threshold with its source in words.
pub fn threshold(used: &UsedThreshold) -> Threshold {
    let name = match used.name.as_str() {
        "channel_p" => Text::new(
            "Канал говорит, когда p не больше",
            "A channel speaks at p up to",
        ),
        "min_pupils" => Text::new(
            "Меньше учеников — данных недостаточно",
            "Fewer pupils are insufficient data",
        ),
        "cut_3" | "mark_3" | "mark_3_from" => {
            Text::new("Граница отметки «3», баллов", "Lowest raw score of mark 3")
        }
        "cut_4" | "mark_4" | "mark_4_from" => {
            Text::new("Граница отметки «4», баллов", "Lowest raw score of mark 4")
        }
        "cut_5" | "mark_5" | "mark_5_from" => {
            Text::new("Граница отметки «5», баллов", "Lowest raw score of mark 5")
        }
        "observation_attention" => Text::new(
            "Доля соблюдения порядка, ниже которой нужно внимание",
            "Share of rules kept below which attention is due",
        ),
        "observation_strong" => Text::new(
            "Доля соблюдения порядка, ниже которой признак сильный",
            "Share of rules kept below which the sign is strong",
        ),
        "critical_violations" => Text::new(
            "Критических нарушений в листах",
            "Critical violations in the sheets",
        ),
        "prior" => Text::new(
            "Доля завышенных результатов до взгляда на данные",
            "Share of inflated results before the data are seen",
        ),
        "support_p" => Text::new(
            "Второе независимое подтверждение: p не больше",
            "Second independent support at p up to",
        ),
        "attention_p" => Text::new(
            "Внимание, когда общее p внутри размера не больше",
            "Attention at a combined p within the size up to",
        ),
        "signs_p" => Text::new(
            "Признаки, когда общее p внутри размера не больше",
            "Signs at a combined p within the size up to",
        ),
        "signs_local_fdr" => Text::new(
            "Признаки, когда доля ложных среди таких не больше",
            "Signs at a share of false ones among such up to",
        ),
        "observation_good" => Text::new(
            "Доля соблюдения порядка, с которой высокий результат читается как возможный успех",
            "Share of rules kept from which a high result reads as a possible success",
        ),
        "listed" => Text::new("Школа названа в перечне", "The school is named in a list"),
        other => Text::new(other, other),
    };
    Threshold {
        name,
        value: used.value,
        source: source_code(used.source).to_owned(),
        reference: source_name(used.source),
    }
}

fn source_code(source: Source) -> &'static str {
    match source {
        Source::Document => "document",
        Source::Federal => "federal",
        Source::Regional => "regional",
        Source::Municipal => "municipal",
        Source::Platform => "platform",
    }
}

fn source_name(source: Source) -> Text {
    match source {
        Source::Document => Text::new(
            "Документ или сами данные: отметки в загруженном файле",
            "A document or the data themselves: marks in the imported file",
        ),
        Source::Federal => Text::new("Федеральный уровень", "Federal level"),
        Source::Regional => Text::new("Региональный уровень", "Regional level"),
        Source::Municipal => Text::new("Муниципалитет", "Municipality"),
        Source::Platform => Text::new(
            "Предложение платформы, откалибровано на честных данных",
            "Proposal of the platform, calibrated on honest data",
        ),
    }
}

/// Name of a marker of the documents.
pub fn marker_name(marker: MarkerName) -> Text {
    let (ru, en) = match marker {
        MarkerName::MeanInterval => (
            "Доверительный интервал среднего выше муниципального",
            "Confidence interval of the mean above the municipality's",
        ),
        MarkerName::ItemInterval => (
            "Интервал выполнения задания вне контрольной выборки",
            "Interval of an item outside the control sample's",
        ),
        MarkerName::ControlGroup => (
            "Выше контрольной группы похожих школ",
            "Above the control group of similar schools",
        ),
        MarkerName::StateExamGap => (
            "Уровень не подтверждён государственным экзаменом",
            "Level not confirmed by the state exam",
        ),
        MarkerName::InflatedResults => (
            "Отметки за работу против журнала",
            "Marks for the work against the register",
        ),
    };
    Text::new(ru, en)
}

/// A marker of the documents with its false-alarm rate in words.
pub fn marker(result: &MarkerResult) -> Marker {
    let percent = (result.false_alarm_rate * 100.0).round();
    let sentence = if result.fired {
        Text::new(
            format!(
                "Правило документа сработало. У честных школ такого размера оно срабатывает в {percent} % случаев, поэтому само по себе признаком не считается."
            ),
            format!(
                "The document's rule fires. It fires for {percent} % of honest schools of this size, so by itself it is no sign."
            ),
        )
    } else {
        Text::new(
            format!(
                "Правило документа не сработало. У честных школ такого размера оно срабатывает в {percent} % случаев."
            ),
            format!(
                "The document's rule does not fire. It fires for {percent} % of honest schools of this size."
            ),
        )
    };
    Marker {
        marker: crate::jobs::run::word(&result.marker),
        name: marker_name(result.marker),
        fired: Some(result.fired),
        false_alarm_rate: Some(result.false_alarm_rate),
        sentence,
    }
}
