//! A burst of changes as few: of many changes of one thing the last counts.

use std::collections::HashMap;

use api::id::EventId;
use api::live::{LiveChange, LiveMessage};

/// Messages that wait for the next drawing; bounded by the number of things that can change, not by
/// the number of changes, so a page that was paused for an hour holds no more than one that was not.
#[derive(Debug, Default)]
pub struct Waiting {
    messages: Vec<LiveMessage>,
    places: HashMap<Key, usize>,
}

/// Things of which only the last change counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    Site(EventId),
    Submission(api::id::SubmissionId),
    Campaign(api::id::CampaignId, api::id::OrganisationId),
    Run(api::id::RunId),
    Import(api::id::ImportId),
    Case(api::id::CaseId),
    Support(api::id::SupportId),
    Programme(api::id::ProgrammeId),
    Review(api::id::ReviewId),
    Comment(api::id::SubmissionId),
    Agreement(api::id::CampaignId, api::id::OrganisationId),
    Reset,
}

fn key(change: &LiveChange) -> Key {
    match change {
        LiveChange::Site { event, .. } => Key::Site(*event),
        LiveChange::Submission { submission, .. } => Key::Submission(*submission),
        LiveChange::Campaign {
            campaign,
            organisation,
        } => Key::Campaign(*campaign, *organisation),
        LiveChange::Run { run, .. } => Key::Run(*run),
        LiveChange::Import { import } => Key::Import(*import),
        LiveChange::Case { case } => Key::Case(*case),
        LiveChange::Support { support } => Key::Support(*support),
        LiveChange::Programme { programme } => Key::Programme(*programme),
        LiveChange::Review { review } => Key::Review(*review),
        LiveChange::Comment { submission } => Key::Comment(*submission),
        LiveChange::Agreement {
            campaign,
            organisation,
        } => Key::Agreement(*campaign, *organisation),
        LiveChange::Reset => Key::Reset,
    }
}

impl Waiting {
    /// Adds a message; it takes the place of an earlier one about the same thing. An alert is kept in the
    /// later message: it must be told once.
    pub fn push(&mut self, mut message: LiveMessage) {
        let key = key(&message.change);
        match self
            .places
            .get(&key)
            .and_then(|at| self.messages.get_mut(*at))
        {
            Some(earlier) => {
                if let (
                    LiveChange::Site { critical: old, .. },
                    LiveChange::Site { critical: new, .. },
                ) = (&mut earlier.change, &mut message.change)
                    && new.is_none()
                {
                    *new = old.take();
                }
                *earlier = message;
            }
            None => {
                self.places.insert(key, self.messages.len());
                self.messages.push(message);
            }
        }
    }

    /// Takes everything, in the order of the last change of each thing.
    pub fn take(&mut self) -> Vec<LiveMessage> {
        self.places.clear();
        let mut messages = std::mem::take(&mut self.messages);
        messages.sort_by_key(|message| message.sequence);
        messages
    }

    /// How many wait.
    pub fn len(&self) -> usize {
        self.messages.len()
    }

    /// Does nothing wait?
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::id::OrganisationId;
    use api::procedures::event::EventState;
    use api::results::heat_map::CellLive;
    use uuid::Uuid;

    fn site(sequence: u64, event: u128, critical: Option<&str>) -> LiveMessage {
        let event = EventId(Uuid::from_u128(event));
        LiveMessage {
            sequence,
            at_ms: 0,
            change: LiveChange::Site {
                organisation: OrganisationId(Uuid::nil()),
                procedure: api::procedures::procedure::ProcedureKind::Vpr,
                year: 2026,
                subject: "math".to_owned(),
                grade: 5,
                event,
                live: CellLive {
                    event,
                    state: EventState::Running,
                    sheets: 1,
                    submitted: u32::try_from(sequence).expect("small"),
                    index: None,
                    at_ms: 0,
                },
                critical: critical.map(str::to_owned),
            },
        }
    }

    #[test]
    fn a_thousand_changes_of_ten_sites_are_ten() {
        let mut waiting = Waiting::default();
        for sequence in 1..=1_000 {
            waiting.push(site(sequence, u128::from(sequence % 10), None));
        }
        assert_eq!(waiting.len(), 10);
        let taken = waiting.take();
        let sequences: Vec<u64> = taken.iter().map(|message| message.sequence).collect();
        assert_eq!(sequences, (991..=1_000).collect::<Vec<_>>());
        assert!(waiting.is_empty());
    }

    #[test]
    fn what_is_taken_leaves_the_state_that_all_changes_leave() {
        let changes: Vec<LiveMessage> = (1..60)
            .map(|at| site(at, u128::from(at * 7 % 5), None))
            .collect();
        let last = |messages: &[LiveMessage]| {
            let mut states = std::collections::BTreeMap::new();
            for message in messages {
                if let LiveChange::Site { event, live, .. } = &message.change {
                    states.insert(event.0, live.submitted);
                }
            }
            states
        };
        let mut waiting = Waiting::default();
        for change in changes.clone() {
            waiting.push(change);
        }
        assert_eq!(last(&waiting.take()), last(&changes));
    }

    #[test]
    fn an_alert_is_not_lost_under_a_later_change() {
        let mut waiting = Waiting::default();
        waiting.push(site(1, 1, Some("phones")));
        waiting.push(site(2, 1, None));
        let taken = waiting.take();
        assert!(
            matches!(&taken[0].change, LiveChange::Site { critical: Some(item), .. } if item == "phones")
        );
    }
}
