//! What a site of the day is doing, told apart from how long it has been silent.

use api::observation::day::{DaySite, Policy};
use api::procedures::event::EventState;

/// What a site shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SiteState {
    /// Nobody has begun a sheet, and it is not late.
    Waiting,
    /// Sheets are being filled.
    Running,
    /// A critical item was reported.
    Alert,
    /// It should speak and has not for longer than the policy allows.
    Silent,
    /// The work is over and sheets are missing: they may wait for a network.
    Awaited,
    /// All sheets are handed in.
    Done,
}

impl SiteState {
    /// All states in the order of the counts.
    pub const ALL: [SiteState; 6] = [
        SiteState::Waiting,
        SiteState::Running,
        SiteState::Alert,
        SiteState::Silent,
        SiteState::Awaited,
        SiteState::Done,
    ];
}

/// What a site shows at a moment. Silence is counted from the last sign of life, or from the start when there
/// was none, and only while the work is held: afterwards a sheet may wait for a network.
pub fn site_state(site: &DaySite, policy: Policy, now_ms: i64) -> SiteState {
    match site.state {
        EventState::Alert => SiteState::Alert,
        EventState::Done => SiteState::Done,
        EventState::Planned | EventState::Running => {
            if now_ms >= site.end_ms {
                return SiteState::Awaited;
            }
            let has_begun = now_ms >= site.start_ms;
            if has_begun && silent_minutes(site, now_ms) >= i64::from(policy.silent_minutes) {
                SiteState::Silent
            } else if site.state == EventState::Running {
                SiteState::Running
            } else {
                SiteState::Waiting
            }
        }
    }
}

/// Minutes without a sign of life since the start.
pub fn silent_minutes(site: &DaySite, now_ms: i64) -> i64 {
    let since = site
        .last_ms
        .map_or(site.start_ms, |last| last.max(site.start_ms));
    ((now_ms - since) / 60_000).max(0)
}

#[cfg(test)]
mod tests {
    use api::id::{EventId, OrganisationId};
    use api::procedures::procedure::ProcedureKind;
    use api::text::Text;
    use uuid::Uuid;

    use super::*;

    const MINUTE_MS: i64 = 60_000;
    const POLICY: Policy = Policy {
        silent_minutes: 20,
        explanation_days: 3,
        report_hours: 24,
    };

    fn site(state: EventState, last: Option<i64>) -> DaySite {
        DaySite {
            event: EventId(Uuid::from_u128(1)),
            organisation: OrganisationId(Uuid::from_u128(2)),
            organisation_name: String::new(),
            kind: ProcedureKind::Vpr,
            subject_name: Text::new("", ""),
            grade: 5,
            class: String::new(),
            start: String::new(),
            start_ms: 100 * MINUTE_MS,
            end_ms: 190 * MINUTE_MS,
            state,
            observers: 1,
            sheets: 0,
            submitted: 0,
            answered: [0, 0],
            last_ms: last.map(|minute| minute * MINUTE_MS),
        }
    }

    #[test]
    fn a_site_is_silent_only_while_the_work_is_held() {
        use EventState::{Alert, Done, Planned, Running};
        let cases = [
            ("before the start", Planned, None, 90, SiteState::Waiting),
            (
                "just begun, nothing heard",
                Planned,
                None,
                119,
                SiteState::Waiting,
            ),
            ("should have begun", Planned, None, 120, SiteState::Silent),
            (
                "prepared early, then nothing",
                Running,
                Some(80),
                120,
                SiteState::Silent,
            ),
            ("speaks", Running, Some(130), 149, SiteState::Running),
            ("fell silent", Running, Some(130), 150, SiteState::Silent),
            (
                "after the end a sheet may wait",
                Running,
                Some(130),
                200,
                SiteState::Awaited,
            ),
            (
                "over, and nothing was heard",
                Planned,
                None,
                190,
                SiteState::Awaited,
            ),
            (
                "an alert is never hidden",
                Alert,
                Some(130),
                189,
                SiteState::Alert,
            ),
            ("done", Done, Some(130), 189, SiteState::Done),
        ];
        for (name, state, last, now, expected) in cases {
            assert_eq!(
                site_state(&site(state, last), POLICY, now * MINUTE_MS),
                expected,
                "{name}"
            );
        }
    }
}
