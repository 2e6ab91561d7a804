//! What a school does next: first what is missing, then help, then support, then control with help. Never a penalty.

use std::collections::BTreeSet;

use api::results::heat_map::CellState;
use api::schools::school_profile::{
    ContextSummary, Measure, NextStep, ObservationSummary, RiskFactor, SelfAssessmentSummary,
    StateCount, SwotItem,
};
use api::text::Text;

/// What is known of a school.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Its register address in the work area.
    pub page: &'a str,
    /// Cells of the newest map.
    pub cells: &'a [StateCount],
    /// What observers saw.
    pub observation: Option<&'a ObservationSummary>,
    /// The last self-assessment.
    pub self_assessment: Option<&'a SelfAssessmentSummary>,
    /// Context of this year.
    pub context: Option<&'a ContextSummary>,
    /// Risks.
    pub risks: &'a [RiskFactor],
    /// Items of the SWOT sheet.
    pub swot: &'a [SwotItem],
    /// Name of the report window that is open or was missed.
    pub report_due: Option<&'a Text>,
    /// The catalogue of measures.
    pub measures: &'a [Measure],
    /// Measures agreed with the school that somebody still works on: they are not proposed again.
    pub under_way: &'a BTreeSet<String>,
}

/// Steps in the order help first; within a level in the order in which they were found.
pub fn steps(known: &Known<'_>) -> Vec<NextStep> {
    let mut steps = missing(known);
    let mut proposed = known.under_way.clone();
    let mut propose = |id: &str, reason: Text| {
        let Some(measure) = known.measures.iter().find(|measure| measure.id == id) else {
            return;
        };
        if proposed.insert(measure.id.clone()) {
            steps.push(NextStep {
                level: measure.level,
                title: measure.title.clone(),
                reason,
                measure: Some(measure.id.clone()),
                href: None,
            });
        }
    };
    for risk in known.risks.iter().filter(|risk| risk.is_topic) {
        for measure in risk.mark.iter().flat_map(|mark| &mark.measures) {
            propose(
                measure,
                Text::new(
                    format!("Риск: {}", risk.title.ru),
                    format!("Risk: {}", risk.title.en),
                ),
            );
        }
    }
    for item in known.swot {
        for measure in &item.measures {
            let reason = format!("SWOT: {}", item.text);
            propose(measure, Text::new(reason.clone(), reason));
        }
    }
    let count = |state: CellState| {
        let found = known.cells.iter().find(|cells| cells.state == state);
        found.map_or(0, |cells| cells.count)
    };
    let (attention, signs) = (count(CellState::Attention), count(CellState::Signs));
    if attention + signs > 0 {
        propose(
            "SM-01",
            Text::new(
                format!(
                    "Ячейки карты, которые требуют внимания: {}",
                    attention + signs
                ),
                format!(
                    "Cells of the map that need attention: {}",
                    attention + signs
                ),
            ),
        );
    }
    if known
        .observation
        .is_some_and(|observation| observation.critical > 0)
    {
        propose(
            "SM-04",
            Text::new(
                "Наблюдатели отметили нарушения порядка проведения",
                "Observers marked violations of the procedure",
            ),
        );
        propose(
            "SM-14",
            Text::new(
                "Наблюдатели отметили нарушения порядка проведения",
                "Observers marked violations of the procedure",
            ),
        );
    }
    if signs > 0 {
        let reason = || {
            Text::new(
                format!("Признаки в ячейках карты: {signs}. Это не вывод о вине"),
                format!("Signs in cells of the map: {signs}. This is no verdict"),
            )
        };
        propose("SM-02", reason());
        propose("SM-13", reason());
        propose("SM-19", reason());
    }
    steps.sort_by_key(|step| step.level);
    steps
}

/// What nobody has filled in yet.
fn missing(known: &Known<'_>) -> Vec<NextStep> {
    let mut steps = Vec::new();
    let mut fill = |title: Text, reason: Text, href: String| {
        steps.push(NextStep {
            level: 0,
            title,
            reason,
            measure: None,
            href: Some(href),
        });
    };
    let page = known.page;
    if let Some(window) = known.report_due {
        fill(
            Text::new("Сдать отчёт об изменениях", "Hand in the report of changes"),
            Text::new(
                format!("Окно отчётов: {}", window.ru),
                format!("Report window: {}", window.en),
            ),
            format!("{page}/changes"),
        );
    }
    match known.context {
        None => fill(
            Text::new(
                "Заполнить паспорт контекста",
                "Fill in the context passport",
            ),
            Text::new(
                "Без него школу не с кем сравнить по условиям",
                "Without it there is no school to compare with",
            ),
            format!("{page}/context"),
        ),
        Some(context) if context.index.is_none() => fill(
            Text::new(
                "Дополнить паспорт контекста",
                "Complete the context passport",
            ),
            Text::new(
                format!(
                    "Известно значимых факторов: {} из 9, для индекса нужно 7",
                    context.known
                ),
                format!(
                    "Significant factors known: {} of 9, the index needs 7",
                    context.known
                ),
            ),
            format!("{page}/context"),
        ),
        Some(_) => {}
    }
    if known.swot.is_empty() {
        fill(
            Text::new("Составить SWOT", "Make the SWOT sheet"),
            Text::new(
                "Раз в год команда называет силы, слабости, возможности и угрозы",
                "Once a year the team names strengths, weaknesses, opportunities and threats",
            ),
            format!("{page}/profile"),
        );
    }
    if !known.risks.iter().any(|risk| risk.mark.is_some()) {
        fill(
            Text::new("Отметить риски школы", "Mark the school's risks"),
            Text::new(
                "Три главных риска подскажут меры помощи",
                "The three main risks lead to measures of help",
            ),
            format!("{page}/profile"),
        );
    }
    let unconfirmed: u32 = known.self_assessment.map_or(0, |last| {
        last.score
            .sections
            .iter()
            .map(|section| section.unconfirmed)
            .sum()
    });
    if let Some(last) = known.self_assessment.filter(|_| unconfirmed > 0) {
        fill(
            Text::new("Приложить подтверждения", "Add evidence"),
            Text::new(
                format!("Уровней самооценки без подтверждения: {unconfirmed}"),
                format!("Levels of the self-assessment without evidence: {unconfirmed}"),
            ),
            format!("{}/{}", api::work::CAMPAIGNS, last.campaign),
        );
    }
    steps
}

#[cfg(test)]
mod tests {
    use api::schools::school_profile::RiskMark;
    use proptest::prelude::*;

    use super::*;
    use crate::rules::reference::measures;

    fn risk(measures: &[&str]) -> RiskFactor {
        RiskFactor {
            id: "RP-05".into(),
            title: Text::new("Умение оценивать", "Assessment competence"),
            sign: Text::new("-", "-"),
            mark: Some(RiskMark {
                factor: "RP-05".into(),
                significance: 3,
                manageability: Some(2),
                note: String::new(),
                measures: measures.iter().map(|&measure| measure.to_owned()).collect(),
            }),
            priority: Some(3.6),
            is_topic: true,
        }
    }

    fn nothing(measures: &[Measure]) -> Known<'_> {
        Known {
            page: "/app/schools/x",
            cells: &[],
            observation: None,
            self_assessment: None,
            context: None,
            risks: &[],
            swot: &[],
            report_due: None,
            measures,
            under_way: &NONE,
        }
    }

    static NONE: BTreeSet<String> = BTreeSet::new();

    #[test]
    fn a_measure_under_way_is_not_proposed_again() {
        let measures = measures().expect("readable");
        let cells = [StateCount {
            state: CellState::Signs,
            count: 1,
        }];
        let under_way = BTreeSet::from(["SM-13".to_owned()]);
        let steps = steps(&Known {
            cells: &cells,
            under_way: &under_way,
            ..nothing(&measures)
        });
        let named: Vec<_> = steps
            .iter()
            .filter_map(|step| step.measure.as_deref())
            .collect();
        assert!(named.contains(&"SM-02"));
        assert!(!named.contains(&"SM-13"));
    }

    #[test]
    fn a_school_of_which_nothing_is_known_fills_in_and_gets_no_measure() {
        let measures = measures().expect("readable");
        let steps = steps(&nothing(&measures));
        assert_eq!(steps.len(), 3);
        assert!(
            steps
                .iter()
                .all(|step| step.level == 0 && step.href.is_some())
        );
    }

    proptest! {
        #[test]
        fn help_always_stands_before_control_and_nothing_is_proposed_twice(
            attention in 0_u32..4, signs in 0_u32..4, critical in 0_u32..3,
            linked in proptest::sample::subsequence(
                (1..=22).map(|n| format!("SM-{n:02}")).collect::<Vec<_>>(), 0..6),
        ) {
            let measures = measures().expect("readable");
            let cells = [
                StateCount { state: CellState::Attention, count: attention },
                StateCount { state: CellState::Signs, count: signs },
            ];
            let observation = ObservationSummary { year: 2026, index: 0.7, sheets: 2, critical };
            let linked: Vec<&str> = linked.iter().map(String::as_str).collect();
            let risks = [risk(&linked)];
            let steps = steps(&Known {
                cells: &cells,
                observation: Some(&observation),
                risks: &risks,
                ..nothing(&measures)
            });
            prop_assert!(steps.windows(2).all(|pair| pair[0].level <= pair[1].level));
            prop_assert!(steps.iter().all(|step| step.level < 4));
            let mut named: Vec<_> = steps.iter().filter_map(|step| step.measure.clone()).collect();
            let before = named.len();
            named.sort();
            named.dedup();
            prop_assert_eq!(before, named.len());
        }
    }
}
