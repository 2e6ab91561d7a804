//! Rules of a review: which act may follow where, what it needs, when it is due, and what second marks say.
//!
//! The machine is pure: what is known of the review and of the day goes in, the next step or the reason of a refusal
//! comes out. Nothing leads back except to the next level of measures, and nothing leads out of a closed review.

use std::collections::HashSet;

use api::management::review::{
    CellFacts, Finding, Grounds, Outcome, RecheckAgreement, RecheckPlan, RecheckWay, ReviewAct,
    ReviewStage, SecondMark, Side, Signal,
};
use api::management::support::Effect;
use api::results::run::Run;
use api::text::Text;
use objectivity::cell::{Cell, ChannelName, ChannelResult};
use time::{Date, Duration};

use crate::jobs::run::{state_of, word};
use crate::rules::assessment::kappa::{Weights, estimate};
use crate::rules::results::{cell_chart, cell_text};
use crate::store::StoredPaper;

/// What is known of a review when somebody acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Where it stands.
    pub stage: ReviewStage,
    /// Is the term of the step over?
    pub is_term_over: bool,
    /// Was the school asked?
    pub is_asked: bool,
    /// Was a recheck ordered?
    pub has_recheck: bool,
    /// What was found.
    pub finding: Option<Finding>,
    /// Measures agreed in it that were not given up.
    pub measures: usize,
    /// Are there results of a later procedure?
    pub has_later: bool,
    /// What measures have brought, judged last.
    pub effect: Option<Effect>,
}

/// What comes with an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given<'a> {
    /// The act.
    pub act: ReviewAct,
    /// The recheck that is ordered.
    pub recheck: Option<&'a RecheckPlan>,
    /// What was found.
    pub finding: Option<Finding>,
    /// What measures have brought.
    pub effect: Option<Effect>,
}

/// Why an act cannot follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing follows in a closed review.
    Closed,
    /// The act belongs to another step.
    OutOfOrder,
    /// The school's term is not over.
    TermRuns,
    /// What the act needs did not come with it.
    Missing,
    /// A commission without members.
    NoMembers,
    /// Somebody in the commission has not declared to have no interest in the school.
    Interest,
    /// No recheck was ordered.
    NoRecheck,
    /// No measure was agreed.
    NoMeasure,
    /// There are no results of a later procedure to judge by.
    NoLater,
}

/// The step after an act; the same step when the act only adds to it.
///
/// # Errors
/// Why it cannot follow.
pub fn after(known: &Known, given: &Given<'_>) -> Result<ReviewStage, Refusal> {
    use ReviewStage as S;
    if known.stage == S::Closed {
        return Err(Refusal::Closed);
    }
    match (given.act, known.stage) {
        (ReviewAct::Note, stage) => Ok(stage),
        (ReviewAct::MoveTerm, stage) => Ok(stage),
        (ReviewAct::Analyse, S::Analysis) => Ok(S::Explanation),
        (ReviewAct::Waive, S::Analysis) => Ok(S::Closed),
        (ReviewAct::Explain, S::Explanation) => Ok(S::Recheck),
        // Said late or said again: it stands beside and stops nothing.
        (ReviewAct::Explain, stage) if known.is_asked => Ok(stage),
        (ReviewAct::GoOn, S::Explanation) if known.is_term_over => Ok(S::Recheck),
        (ReviewAct::GoOn, S::Explanation) => Err(Refusal::TermRuns),
        (ReviewAct::PlanRecheck, S::Recheck) => {
            let plan = given.recheck.ok_or(Refusal::Missing)?;
            may_check(plan)?;
            Ok(S::Recheck)
        }
        (ReviewAct::SkipRecheck, S::Recheck) => Ok(S::Conclusion),
        (ReviewAct::Marks | ReviewAct::FinishRecheck, S::Recheck) if !known.has_recheck => {
            Err(Refusal::NoRecheck)
        }
        (ReviewAct::Marks, S::Recheck) => Ok(S::Recheck),
        (ReviewAct::FinishRecheck, S::Recheck) => Ok(S::Conclusion),
        (ReviewAct::Conclude, S::Conclusion) => match given.finding.ok_or(Refusal::Missing)? {
            Finding::NotConfirmed => Ok(S::Closed),
            Finding::Confirmed | Finding::DataInsufficient => Ok(S::Measures),
        },
        (ReviewAct::SettleMeasures, S::Measures) => {
            // Where the data did not tell, waiting for the next results may be all that is right.
            if known.measures == 0 && known.finding == Some(Finding::Confirmed) {
                Err(Refusal::NoMeasure)
            } else {
                Ok(S::Effect)
            }
        }
        (ReviewAct::JudgeEffect, S::Effect) => {
            let effect = given.effect.ok_or(Refusal::Missing)?;
            if known.has_later || effect == Effect::CannotTell {
                Ok(S::Exit)
            } else {
                Err(Refusal::NoLater)
            }
        }
        (ReviewAct::NextLevel, S::Exit) => Ok(S::Measures),
        (ReviewAct::Close, S::Exit) => Ok(S::Closed),
        _ => Err(Refusal::OutOfOrder),
    }
}

/// May this recheck be ordered?
fn may_check(plan: &RecheckPlan) -> Result<(), Refusal> {
    if plan.way == RecheckWay::ControlEvent {
        return Ok(());
    }
    if plan.members.is_empty() {
        return Err(Refusal::NoMembers);
    }
    if plan.members.iter().any(|member| !member.has_no_interest) {
        return Err(Refusal::Interest);
    }
    Ok(())
}

/// How a review ends by an act; none when the act does not end it.
pub fn outcome(known: &Known, given: &Given<'_>) -> Option<Outcome> {
    match given.act {
        ReviewAct::Waive => Some(Outcome::NotNeeded),
        ReviewAct::Conclude if given.finding == Some(Finding::NotConfirmed) => {
            Some(Outcome::NotConfirmed)
        }
        ReviewAct::Close => Some(match known.effect {
            Some(Effect::Shift | Effect::Partly) => Outcome::PositiveDynamics,
            Some(Effect::NoShift | Effect::CannotTell) | None => Outcome::Ended,
        }),
        _ => None,
    }
}

/// Whose turn a step is; nobody's when the review is closed.
pub fn awaits(stage: ReviewStage) -> Option<Side> {
    match stage {
        ReviewStage::Explanation => Some(Side::School),
        ReviewStage::Closed => None,
        _ => Some(Side::Office),
    }
}

/// Acts that each reader may be offered, in the order in which they stand on the page; the first ends the step.
pub fn acts(known: &Known, may_update: bool, may_answer: bool) -> Vec<ReviewAct> {
    const OFFICE: [ReviewAct; 13] = [
        ReviewAct::Analyse,
        ReviewAct::GoOn,
        ReviewAct::FinishRecheck,
        ReviewAct::Marks,
        ReviewAct::PlanRecheck,
        ReviewAct::Conclude,
        ReviewAct::SettleMeasures,
        ReviewAct::JudgeEffect,
        ReviewAct::Close,
        ReviewAct::NextLevel,
        ReviewAct::Waive,
        ReviewAct::SkipRecheck,
        ReviewAct::MoveTerm,
    ];
    let is_open = |act: &ReviewAct| {
        !matches!(
            // What an act is given is asked for when it is taken; here only its place counts.
            after(
                known,
                &Given {
                    act: *act,
                    recheck: None,
                    finding: Some(Finding::Confirmed),
                    effect: Some(Effect::CannotTell),
                }
            ),
            Err(Refusal::Closed
                | Refusal::OutOfOrder
                | Refusal::TermRuns
                | Refusal::NoRecheck
                | Refusal::NoMeasure)
        )
    };
    let office = OFFICE
        .into_iter()
        .filter(|_| may_update)
        // What was ordered is ended by its result.
        .filter(|act| !known.has_recheck || *act != ReviewAct::SkipRecheck);
    let school = [ReviewAct::Explain].into_iter().filter(|_| may_answer);
    let both = [ReviewAct::Note].into_iter().filter(|_| may_update);
    school.chain(office).chain(both).filter(is_open).collect()
}

/// Does an act end a step or move a term? Then whoever acts must have seen what stands there now.
pub fn needs_revision(act: ReviewAct) -> bool {
    !matches!(act, ReviewAct::Note | ReviewAct::Explain | ReviewAct::Marks)
}

/// Usual last day of a step that begins today. A proposal of the platform, which whoever ends the step before may
/// change: no document sets it. What waits for the next procedure gets a year.
pub fn usual_due(stage: ReviewStage, today: Date) -> Option<Date> {
    let days = match stage {
        ReviewStage::Analysis | ReviewStage::Conclusion => 7,
        ReviewStage::Explanation => 10,
        ReviewStage::Recheck | ReviewStage::Measures => 30,
        ReviewStage::Exit => 14,
        ReviewStage::Effect => 365,
        ReviewStage::Closed => return None,
    };
    Some(today.saturating_add(Duration::days(days)))
}

/// What a cell rests on in a run, to be kept with its review. `region` counts all works of the paper by raw score.
pub fn grounds(run: &Run, paper: &StoredPaper, cell: &Cell, region: &[u64]) -> Grounds {
    let text = |text: &objectivity::cell::Text| Text::new(text.ru.clone(), text.en.clone());
    let mut speaking: Vec<&ChannelResult> = cell.channels.iter().filter(|one| one.speaks).collect();
    speaking.sort_by(|one, other| other.log_lr.total_cmp(&one.log_lr));
    let has_profile = speaking
        .iter()
        .any(|one| one.channel == ChannelName::ItemProfile);
    Grounds {
        cell: CellFacts {
            procedure: paper.kind,
            year: paper.year,
            grade: paper.grade,
            run: run.id,
            state: state_of(cell.state),
            n: cell.n,
            posterior: cell.posterior,
        },
        computed_ms: run.finished_ms.unwrap_or(run.requested_ms),
        engine_version: run.engine_version.clone(),
        max_score: (paper.max_score > 0).then_some(paper.max_score),
        local_fdr: cell.local_fdr,
        summary: text(&cell.explanation.summary),
        signals: speaking
            .into_iter()
            .map(|one| Signal {
                channel: word(&one.channel),
                name: cell_text::channel_name(one.channel),
                sentence: text(&one.sentence),
                other_explanation: text(&one.alternative),
                method: cell_text::channel_method(one.channel),
            })
            .collect(),
        histogram: cell_chart::histogram(cell, region, paper.max_score),
        items: if has_profile {
            cell_chart::items(cell, paper)
        } else {
            Vec::new()
        },
    }
}

/// What second marks say of the first. `cuts` are the lowest raw scores of the marks 3, 4 and 5.
pub fn agreement(marks: &[SecondMark], cuts: Option<[u16; 3]>) -> RecheckAgreement {
    let count = |is: &dyn Fn(&SecondMark) -> bool| {
        let found = marks.iter().filter(|mark| is(mark)).count();
        u32::try_from(found).unwrap_or(u32::MAX)
    };
    let shift: f64 = marks
        .iter()
        .map(|mark| f64::from(mark.second) - f64::from(mark.first))
        .sum();
    let pairs: Vec<(f64, f64)> = marks
        .iter()
        .map(|mark| (f64::from(mark.first), f64::from(mark.second)))
        .collect();
    let mark_of = |score: u16, cuts: [u16; 3]| cuts.iter().filter(|cut| score >= **cut).count();
    let moved = |lower: bool| {
        cuts.map(|cuts| {
            count(&|mark| {
                let (first, second) = (mark_of(mark.first, cuts), mark_of(mark.second, cuts));
                if lower {
                    second < first
                } else {
                    second > first
                }
            })
        })
    };
    RecheckAgreement {
        works: count(&|_| true),
        equal: count(&|mark| mark.first == mark.second),
        lower: count(&|mark| mark.second < mark.first),
        higher: count(&|mark| mark.second > mark.first),
        mean_shift: if marks.is_empty() {
            0.0
        } else {
            shift / marks.len() as f64
        },
        mark_lower: moved(true),
        mark_higher: moved(false),
        kappa: estimate(&pairs, Weights::Quadratic),
    }
}

/// The first code that stands twice.
pub fn repeated(marks: &[SecondMark]) -> Option<&str> {
    let mut seen = HashSet::new();
    marks
        .iter()
        .map(|mark| mark.code.trim())
        .find(|code| !seen.insert(code.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use api::management::review::CommissionMember;
    use proptest::prelude::*;

    use super::*;

    const ACTS: [ReviewAct; 16] = [
        ReviewAct::Open,
        ReviewAct::Analyse,
        ReviewAct::Waive,
        ReviewAct::Explain,
        ReviewAct::GoOn,
        ReviewAct::PlanRecheck,
        ReviewAct::SkipRecheck,
        ReviewAct::Marks,
        ReviewAct::FinishRecheck,
        ReviewAct::Conclude,
        ReviewAct::SettleMeasures,
        ReviewAct::JudgeEffect,
        ReviewAct::NextLevel,
        ReviewAct::Close,
        ReviewAct::MoveTerm,
        ReviewAct::Note,
    ];
    const FINDINGS: [Option<Finding>; 4] = [
        None,
        Some(Finding::Confirmed),
        Some(Finding::NotConfirmed),
        Some(Finding::DataInsufficient),
    ];
    const EFFECTS: [Option<Effect>; 5] = [
        None,
        Some(Effect::Shift),
        Some(Effect::Partly),
        Some(Effect::NoShift),
        Some(Effect::CannotTell),
    ];

    fn opened() -> Known {
        Known {
            stage: ReviewStage::Analysis,
            is_term_over: false,
            is_asked: false,
            has_recheck: false,
            finding: None,
            measures: 0,
            has_later: false,
            effect: None,
        }
    }

    fn commission(has_no_interest: &[bool]) -> RecheckPlan {
        RecheckPlan {
            way: RecheckWay::Commission,
            order_number: "118".into(),
            order_date: "2026-11-09".into(),
            members: has_no_interest
                .iter()
                .map(|free| CommissionMember {
                    position: "учитель математики".into(),
                    has_no_interest: *free,
                })
                .collect(),
            what: "7–9 баллов".into(),
        }
    }

    fn given(act: ReviewAct) -> Given<'static> {
        Given {
            act,
            recheck: None,
            finding: None,
            effect: None,
        }
    }

    /// One act of a random walk, with everything that may come with it.
    fn step() -> impl Strategy<Value = (usize, Vec<bool>, usize, usize, bool, usize, bool)> {
        (
            0..ACTS.len(),
            prop::collection::vec(any::<bool>(), 0..4),
            0..FINDINGS.len(),
            0..EFFECTS.len(),
            any::<bool>(),
            0..3_usize,
            any::<bool>(),
        )
    }

    proptest! {
        /// Whatever people try in whatever order, a review that ends has gone through what its end rests on.
        #[test]
        fn no_walk_skips_what_an_end_rests_on(walk in prop::collection::vec(step(), 0..80)) {
            let mut known = opened();
            let mut taken: Vec<ReviewAct> = Vec::new();
            for (act, members, finding, effect, is_term_over, measures, has_later) in walk {
                let plan = commission(&members);
                let given = Given {
                    act: ACTS[act],
                    recheck: Some(&plan),
                    finding: FINDINGS[finding],
                    effect: EFFECTS[effect],
                };
                known.is_term_over = is_term_over;
                known.measures = measures;
                known.has_later = has_later;
                let before = known;
                let Ok(stage) = after(&known, &given) else { continue };
                prop_assert!(before.stage != ReviewStage::Closed, "nothing follows the end");
                let is_back = stage < before.stage;
                prop_assert_eq!(is_back, given.act == ReviewAct::NextLevel);
                if given.act == ReviewAct::PlanRecheck {
                    prop_assert!(!members.is_empty() && members.iter().all(|free| *free));
                }
                prop_assert_eq!(
                    stage == ReviewStage::Closed,
                    outcome(&before, &given).is_some(),
                    "an end has a name"
                );
                if stage == ReviewStage::Measures {
                    prop_assert!(taken.contains(&ReviewAct::Analyse));
                    prop_assert!(taken.contains(&ReviewAct::Explain) || taken.contains(&ReviewAct::GoOn));
                    prop_assert!(
                        taken.contains(&ReviewAct::FinishRecheck) || taken.contains(&ReviewAct::SkipRecheck)
                    );
                }
                if given.act == ReviewAct::FinishRecheck {
                    prop_assert!(taken.contains(&ReviewAct::PlanRecheck));
                }
                if given.act == ReviewAct::Close {
                    prop_assert!(taken.contains(&ReviewAct::JudgeEffect));
                }
                known.stage = stage;
                known.is_asked |= given.act == ReviewAct::Analyse;
                known.has_recheck |= given.act == ReviewAct::PlanRecheck;
                if given.act == ReviewAct::Conclude { known.finding = given.finding; }
                if given.act == ReviewAct::JudgeEffect { known.effect = given.effect; }
                taken.push(given.act);
            }
        }

        /// What a page offers can be taken, once its fields are filled in.
        #[test]
        fn what_is_offered_can_be_taken(
            at in 0..8_usize, is_term_over in any::<bool>(), has_recheck in any::<bool>(), measures in 1..3_usize,
        ) {
            let stages = [ReviewStage::STEPS.as_slice(), &[ReviewStage::Closed]].concat();
            let known = Known {
                stage: stages[at],
                is_asked: stages[at] > ReviewStage::Analysis,
                is_term_over, has_recheck, measures,
                has_later: true,
                finding: Some(Finding::Confirmed),
                effect: Some(Effect::NoShift),
            };
            let plan = commission(&[true, true]);
            let offered = acts(&known, true, true);
            prop_assert_eq!(offered.is_empty(), known.stage == ReviewStage::Closed);
            for act in offered {
                let given = Given {
                    act,
                    recheck: Some(&plan),
                    finding: Some(Finding::Confirmed),
                    effect: Some(Effect::Shift),
                };
                prop_assert!(after(&known, &given).is_ok(), "{act:?} at {:?}", known.stage);
            }
        }

        /// Counts add up, and swapping the two checks swaps what fell with what rose.
        #[test]
        fn agreement_is_whole_and_mirrored(scores in prop::collection::vec((0..21_u16, 0..21_u16), 0..60)) {
            let marks = |swap: bool| -> Vec<SecondMark> {
                scores.iter().enumerate().map(|(at, (a, b))| SecondMark {
                    code: at.to_string(),
                    first: if swap { *b } else { *a },
                    second: if swap { *a } else { *b },
                }).collect()
            };
            let cuts = Some([8, 12, 17]);
            let (one, other) = (agreement(&marks(false), cuts), agreement(&marks(true), cuts));
            prop_assert_eq!(one.equal + one.lower + one.higher, one.works);
            prop_assert_eq!((one.lower, one.higher), (other.higher, other.lower));
            prop_assert_eq!((one.mark_lower, one.mark_higher), (other.mark_higher, other.mark_lower));
            prop_assert!((one.mean_shift + other.mean_shift).abs() < 1e-9);
            if let Some(kappa) = one.kappa {
                prop_assert!(kappa.value <= 1.0 + 1e-9);
                prop_assert_eq!(one.equal == one.works, (kappa.value - 1.0).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn a_school_is_heard_after_its_term_and_nobody_goes_on_before() {
        let mut known = Known {
            stage: ReviewStage::Explanation,
            is_asked: true,
            ..opened()
        };
        assert_eq!(
            after(&known, &given(ReviewAct::GoOn)),
            Err(Refusal::TermRuns)
        );
        known.is_term_over = true;
        assert_eq!(
            after(&known, &given(ReviewAct::GoOn)),
            Ok(ReviewStage::Recheck)
        );
        assert_eq!(
            after(&known, &given(ReviewAct::Explain)),
            Ok(ReviewStage::Recheck)
        );
        known.stage = ReviewStage::Measures;
        assert_eq!(
            after(&known, &given(ReviewAct::Explain)),
            Ok(ReviewStage::Measures),
            "late words stand beside"
        );
    }

    #[test]
    fn an_interest_keeps_a_member_out_of_the_commission() {
        let known = Known {
            stage: ReviewStage::Recheck,
            is_asked: true,
            ..opened()
        };
        let plan = |members: &[bool]| commission(members);
        for (members, wanted) in [
            (&[][..], Err(Refusal::NoMembers)),
            (&[true, false], Err(Refusal::Interest)),
            (&[true, true], Ok(ReviewStage::Recheck)),
        ] {
            let plan = plan(members);
            let ordered = Given {
                recheck: Some(&plan),
                ..given(ReviewAct::PlanRecheck)
            };
            assert_eq!(after(&known, &ordered), wanted);
        }
    }

    #[test]
    fn confirmed_signs_need_a_measure_and_an_effect_needs_results() {
        let mut known = Known {
            stage: ReviewStage::Measures,
            finding: Some(Finding::Confirmed),
            ..opened()
        };
        let settle = given(ReviewAct::SettleMeasures);
        assert_eq!(after(&known, &settle), Err(Refusal::NoMeasure));
        known.finding = Some(Finding::DataInsufficient);
        assert_eq!(after(&known, &settle), Ok(ReviewStage::Effect));
        known.stage = ReviewStage::Effect;
        let judge = |effect| Given {
            effect: Some(effect),
            ..given(ReviewAct::JudgeEffect)
        };
        assert_eq!(after(&known, &judge(Effect::Shift)), Err(Refusal::NoLater));
        assert_eq!(
            after(&known, &judge(Effect::CannotTell)),
            Ok(ReviewStage::Exit)
        );
    }

    #[test]
    fn second_marks_tell_which_boundary_works_crossed() {
        let mark = |code: &str, first, second| SecondMark {
            code: code.into(),
            first,
            second,
        };
        let marks = [
            mark("501", 8, 7),
            mark("502", 8, 8),
            mark("503", 9, 8),
            mark("504", 11, 12),
        ];
        let found = agreement(&marks, Some([8, 12, 17]));
        assert_eq!(
            (found.works, found.equal, found.lower, found.higher),
            (4, 1, 2, 1)
        );
        assert_eq!((found.mark_lower, found.mark_higher), (Some(1), Some(1)));
        assert!((found.mean_shift + 0.25).abs() < 1e-12);
        assert_eq!(agreement(&marks, None).mark_lower, None);
        assert_eq!(repeated(&marks), None);
        assert_eq!(
            repeated(&[mark("А1", 1, 1), mark(" а1 ", 2, 2)]),
            Some("а1")
        );
    }
}
