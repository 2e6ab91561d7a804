//! SWOT sheet and risk profile: guides of the instrument, what an entry must hold, and the order of risks.

use anyhow::Context;
use api::schools::school_profile::{Quadrant, QuadrantGuide, RiskFactor, RiskMark, SwotItem};
use api::text::Text;
use serde::Deserialize;

#[derive(Deserialize)]
struct Source {
    swot: Swot,
    risk_profile: Risks,
}

#[derive(Deserialize)]
struct Swot {
    quadrants: Vec<QuadrantSource>,
}

#[derive(Deserialize)]
struct QuadrantSource {
    id: String,
    title: Text,
    help: Text,
    prompts: Vec<Prompt>,
    max_items: u32,
}

#[derive(Deserialize)]
struct Prompt {
    text: Text,
}

#[derive(Deserialize)]
struct Risks {
    factors: Vec<Risk>,
}

#[derive(Deserialize)]
struct Risk {
    id: String,
    title: Text,
    sign: Text,
}

/// Risks with the highest priority that become topics of projects.
const TOPICS: usize = 3;

fn source() -> anyhow::Result<Source> {
    let (_, yaml) = forms::instrument::shipped()
        .iter()
        .find(|(id, _)| *id == "school_swot_context")
        .context("the SWOT sheet is not shipped")?;
    serde_yaml_ng::from_str(yaml).context("school_swot_context.yaml")
}

/// Quadrants with their prompts.
///
/// # Errors
/// When the instrument cannot be read, which a test excludes.
pub fn quadrants() -> anyhow::Result<Vec<QuadrantGuide>> {
    source()?
        .swot
        .quadrants
        .into_iter()
        .map(|quadrant| {
            Ok(QuadrantGuide {
                quadrant: match quadrant.id.as_str() {
                    "S" => Quadrant::Strength,
                    "W" => Quadrant::Weakness,
                    "O" => Quadrant::Opportunity,
                    "T" => Quadrant::Threat,
                    other => anyhow::bail!("unknown quadrant {other}"),
                },
                title: quadrant.title,
                help: quadrant.help,
                prompts: quadrant
                    .prompts
                    .into_iter()
                    .map(|prompt| prompt.text)
                    .collect(),
                max_items: quadrant.max_items,
            })
        })
        .collect()
}

/// Priority of a mark: significance × weight of manageability; absent while the factor is.
///
/// # Source
/// `risk_profile.priority_rule` of the instrument: what needs the district's help weighs most, what is decided higher
/// up weighs least.
pub fn priority(mark: &RiskMark) -> Option<f64> {
    let weight = match mark.manageability? {
        1 => 1.0,
        2 => 1.2,
        3 => 0.8,
        _ => return None,
    };
    (mark.significance > 0).then(|| f64::from(mark.significance) * weight)
}

/// Risk factors in the order of the instrument with these marks.
///
/// # Errors
/// When the instrument cannot be read, which a test excludes.
pub fn risks(marks: &[RiskMark]) -> anyhow::Result<Vec<RiskFactor>> {
    let mut risks: Vec<RiskFactor> = source()?
        .risk_profile
        .factors
        .into_iter()
        .map(|risk| {
            let mark = marks.iter().find(|mark| mark.factor == risk.id).cloned();
            RiskFactor {
                priority: mark.as_ref().and_then(priority),
                mark,
                id: risk.id,
                title: risk.title,
                sign: risk.sign,
                is_topic: false,
            }
        })
        .collect();
    let mut order: Vec<usize> = (0..risks.len())
        .filter(|index| risks[*index].priority.is_some())
        .collect();
    // Equal priorities keep the order of the instrument.
    order.sort_by(|a, b| {
        let (a, b) = (risks[*a].priority, risks[*b].priority);
        b.unwrap_or_default().total_cmp(&a.unwrap_or_default())
    });
    for index in order.into_iter().take(TOPICS) {
        risks[index].is_topic = true;
    }
    Ok(risks)
}

/// How the order of risks is computed, in words.
pub fn priority_note() -> Text {
    Text::new(
        "Порядок: сила риска × 1,0, если школа справится сама, × 1,2, если нужна помощь района, × 0,8, если нужны решения выше. Три первых — темы проекта.",
        "The order: strength of the risk × 1.0 when the school can manage it, × 1.2 when the district's help is needed, × 0.8 when higher decisions are needed. The first three are topics of a project.",
    )
}

/// What is wrong with an item: field and words.
pub fn item_fault(
    item: &SwotItem,
    is_measure: impl Fn(&str) -> bool,
) -> Option<(&'static str, Text)> {
    if !(1..=3).contains(&item.importance) {
        return Some((
            "importance",
            Text::new("Важность — от 1 до 3.", "Importance is from 1 to 3."),
        ));
    }
    unknown_measure(&item.measures, is_measure)
}

/// What is wrong with a mark: field and words.
pub fn mark_fault(
    mark: &RiskMark,
    is_measure: impl Fn(&str) -> bool,
) -> Option<(&'static str, Text)> {
    if mark.significance > 3 {
        return Some((
            "significance",
            Text::new(
                "Сила риска — от 0 до 3.",
                "The strength of a risk is from 0 to 3.",
            ),
        ));
    }
    if mark
        .manageability
        .is_some_and(|who| !(1..=3).contains(&who))
    {
        return Some((
            "manageability",
            Text::new(
                "Кто справится: 1 — школа, 2 — с помощью района, 3 — решения выше.",
                "Who can manage it: 1 the school, 2 with the district's help, 3 higher decisions.",
            ),
        ));
    }
    unknown_measure(&mark.measures, is_measure)
}

fn unknown_measure(
    measures: &[String],
    is_measure: impl Fn(&str) -> bool,
) -> Option<(&'static str, Text)> {
    measures
        .iter()
        .find(|measure| !is_measure(measure))
        .map(|measure| {
            (
                "measures",
                Text::new(
                    format!("Меры {measure} нет в каталоге. Выберите меру из списка."),
                    format!("The catalogue has no measure {measure}. Choose one from the list."),
                ),
            )
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mark(factor: &str, significance: u8, manageability: Option<u8>) -> RiskMark {
        RiskMark {
            factor: factor.into(),
            significance,
            manageability,
            note: String::new(),
            measures: Vec::new(),
        }
    }

    #[test]
    fn what_the_district_can_help_with_stands_before_what_is_decided_higher_up() {
        let marks = [
            mark("RP-01", 3, Some(3)),
            mark("RP-02", 3, Some(2)),
            mark("RP-03", 3, Some(1)),
            mark("RP-04", 2, Some(2)),
            mark("RP-05", 0, None),
        ];
        let risks = risks(&marks).expect("readable");
        let topics: Vec<&str> = risks
            .iter()
            .filter(|risk| risk.is_topic)
            .map(|risk| risk.id.as_str())
            .collect();
        assert_eq!(topics, ["RP-01", "RP-02", "RP-03"]);
        assert_eq!(risks[0].priority, Some(3.0 * 0.8));
        assert_eq!(risks[4].priority, None);
    }

    #[test]
    fn the_sheet_has_four_quadrants_and_fourteen_risks() {
        assert_eq!(quadrants().expect("readable").len(), 4);
        assert_eq!(risks(&[]).expect("readable").len(), 14);
    }

    proptest! {
        #[test]
        fn no_topic_has_a_lower_priority_than_a_risk_that_is_none(
            marks in proptest::collection::vec((0_u8..4, 1_u8..4), 14)
        ) {
            let marks: Vec<RiskMark> = marks
                .iter()
                .enumerate()
                .map(|(index, (how, who))| mark(&format!("RP-{:02}", index + 1), *how, Some(*who)))
                .collect();
            let risks = risks(&marks).expect("readable");
            let lowest = risks
                .iter()
                .filter(|risk| risk.is_topic)
                .filter_map(|risk| risk.priority)
                .fold(f64::INFINITY, f64::min);
            let highest = risks
                .iter()
                .filter(|risk| !risk.is_topic)
                .filter_map(|risk| risk.priority)
                .fold(0.0, f64::max);
            prop_assert!(highest <= lowest);
            prop_assert!(risks.iter().filter(|risk| risk.is_topic).count() <= TOPICS);
        }
    }
}
