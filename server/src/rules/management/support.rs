//! Rules of measures agreed with a school: which step may follow, what a cell asks for, when a penalty opens.

use api::management::support::{Effect, PENALTY, Step, Support, SupportState};
use api::results::heat_map::CellState;
use objectivity::cell::ChannelName;

use crate::rules::reference::Listed;

/// Most measures of one level proposed for a cell: more would be the catalogue again.
const PROPOSED: usize = 2;

/// The state after a step; none when the step cannot follow. Words beside it leave the state as it is.
pub fn after(state: SupportState, step: Step) -> Option<SupportState> {
    match (step, state) {
        (Step::Note, _) => Some(state),
        (Step::Begin, SupportState::Planned) => Some(SupportState::Running),
        (Step::Finish, SupportState::Planned | SupportState::Running) => Some(SupportState::Done),
        (Step::Check, SupportState::Done) => Some(SupportState::Checked),
        (Step::Drop, SupportState::Planned | SupportState::Running) => Some(SupportState::Dropped),
        _ => None,
    }
}

/// What may be done next, by somebody who may report and perhaps decide.
pub fn steps(state: SupportState, may_report: bool, may_decide: bool) -> Vec<Step> {
    [
        (Step::Begin, may_report),
        (Step::Finish, may_report),
        (Step::Check, may_decide),
        (Step::Drop, may_decide),
        (Step::Note, may_report || may_decide),
    ]
    .into_iter()
    .filter(|(step, allowed)| *allowed && after(state, *step).is_some())
    .map(|(step, _)| step)
    .collect()
}

/// Is a penalty open? At least one measure of help, support or control was looked at and brought nothing, none
/// brought anything, and none is still under way.
///
/// # Source
/// Gate of `support_measures.yaml`; requirement: administrative measures only where help has failed.
pub fn is_penalty_open<'a>(agreed: impl IntoIterator<Item = &'a Support>) -> bool {
    let mut is_proved = false;
    for support in agreed {
        if support.measure.level >= PENALTY || support.state == SupportState::Dropped {
            continue;
        }
        if support.effect != Some(Effect::NoShift) {
            return false;
        }
        is_proved = true;
    }
    is_proved
}

/// Measures that answer to the channels that speak in a cell, help first. Attention asks for help alone; only
/// signs ask for support and for control with help; a calm cell asks for nothing.
pub fn proposed(state: CellState, speaking: &[ChannelName], catalogue: &[Listed]) -> Vec<String> {
    let deepest = match state {
        CellState::Signs => PENALTY - 1,
        CellState::Attention => 1,
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    for level in 1..=deepest {
        found.extend(
            catalogue
                .iter()
                .filter(|listed| listed.measure.level == level)
                .filter(|listed| {
                    speaking
                        .iter()
                        .any(|channel| listed.answers.iter().any(|kind| kind == kind_of(*channel)))
                })
                .take(PROPOSED)
                .map(|listed| listed.measure.id.clone()),
        );
    }
    found
}

fn kind_of(channel: ChannelName) -> &'static str {
    match channel {
        ChannelName::Level | ChannelName::Change => "level",
        ChannelName::Bunching
        | ChannelName::ItemProfile
        | ChannelName::Similarity
        | ChannelName::Spread => "structure",
        ChannelName::RegisterGap | ChannelName::Confirmation => "confirmation",
        ChannelName::Participation | ChannelName::Observation => "procedure",
        ChannelName::ExternalList => "external",
    }
}

#[cfg(test)]
mod tests {
    use api::id::{OrganisationId, SupportId};
    use api::management::support::Executor;
    use api::schools::school_profile::Measure;
    use api::text::Text;
    use uuid::Uuid;

    use super::*;
    use crate::rules::reference::catalogue;

    const STATES: [SupportState; 5] = [
        SupportState::Planned,
        SupportState::Running,
        SupportState::Done,
        SupportState::Checked,
        SupportState::Dropped,
    ];

    fn agreed(level: u8, state: SupportState, effect: Option<Effect>) -> Support {
        Support {
            id: SupportId(Uuid::nil()),
            organisation: OrganisationId(Uuid::nil()),
            organisation_name: String::new(),
            measure: Measure {
                id: "SM-01".into(),
                level,
                level_name: Text::new("помощь", "help"),
                title: Text::new("-", "-"),
            },
            cell: None,
            work: None,
            review: None,
            reason: String::new(),
            executor: Executor::School,
            due: String::new(),
            overdue: false,
            state,
            effect,
            created_ms: 0,
            may: Vec::new(),
            entries: Vec::new(),
        }
    }

    #[test]
    fn what_is_finished_stays_finished() {
        for state in STATES {
            for step in [Step::Begin, Step::Finish, Step::Check, Step::Drop] {
                if let Some(next) = after(state, step) {
                    assert!(state.is_open() && next != state, "{state:?} {step:?}");
                }
            }
            assert_eq!(after(state, Step::Note), Some(state));
        }
        assert_eq!(after(SupportState::Done, Step::Drop), None, "done is done");
    }

    #[test]
    fn who_may_only_report_neither_judges_the_effect_nor_gives_up() {
        for state in STATES {
            let steps = steps(state, true, false);
            assert!(!steps.contains(&Step::Check) && !steps.contains(&Step::Drop));
        }
    }

    #[test]
    fn a_penalty_opens_only_when_help_was_looked_at_and_brought_nothing() {
        let failed = agreed(1, SupportState::Checked, Some(Effect::NoShift));
        assert!(!is_penalty_open(&[]), "nothing was tried");
        assert!(is_penalty_open(std::slice::from_ref(&failed)));
        let dropped = agreed(2, SupportState::Dropped, None);
        assert!(is_penalty_open(&[failed.clone(), dropped.clone()]));
        assert!(!is_penalty_open(&[dropped]), "given up proves nothing");
        for other in [
            agreed(1, SupportState::Running, None),
            agreed(3, SupportState::Checked, Some(Effect::Partly)),
            agreed(2, SupportState::Checked, Some(Effect::CannotTell)),
        ] {
            assert!(!is_penalty_open(&[failed.clone(), other]));
        }
        let penalty = agreed(PENALTY, SupportState::Checked, Some(Effect::NoShift));
        assert!(!is_penalty_open(&[penalty]), "a penalty proves nothing");
    }

    #[test]
    fn attention_asks_for_help_and_signs_for_control_after_help() {
        let catalogue = catalogue().expect("readable");
        let level = |id: &String| {
            catalogue
                .iter()
                .find(|listed| &listed.measure.id == id)
                .expect("of the catalogue")
                .measure
                .level
        };
        let speaking = [ChannelName::Bunching, ChannelName::RegisterGap];
        let attention = proposed(CellState::Attention, &speaking, &catalogue);
        assert!(!attention.is_empty() && attention.iter().all(|id| level(id) == 1));
        let signs = proposed(CellState::Signs, &speaking, &catalogue);
        let levels: Vec<u8> = signs.iter().map(level).collect();
        assert!(levels.is_sorted() && levels.contains(&3) && !levels.contains(&PENALTY));
        assert!(signs.starts_with(&attention));
        assert_eq!(proposed(CellState::Calm, &speaking, &catalogue), [""; 0]);
    }
}
