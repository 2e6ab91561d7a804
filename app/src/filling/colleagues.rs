//! What another observer at the same event answered to the questions that this one has answered, too.

use std::time::Duration;

use api::id::AssignmentId;
use api::observation::colleague::{Colleague, ColleagueAnswer};
use leptos::prelude::*;

use super::live::Filling;
use crate::client::Client;

/// How often a page that has a network asks.
const LOOK: Duration = Duration::from_secs(20);

/// Answers of others, for the questions; given by context.
#[derive(Clone, Copy)]
pub struct Colleagues(RwSignal<Vec<Colleague>>);

impl Colleagues {
    /// Follows the colleagues of an assignment until the owner ends: after each receipt and now and then.
    pub fn follow(client: Client, assignment: AssignmentId, filling: Filling) -> Self {
        let colleagues = Colleagues(RwSignal::new(Vec::new()));
        let look = move || {
            if client.online.get_untracked() && !client.expired.get_untracked() {
                leptos::task::spawn_local(colleagues.fetch(client, assignment));
            }
        };
        let held = Memo::new(move |_| filling.facts.with(|facts| facts.held));
        Effect::new(move |_| {
            held.track();
            look();
        });
        if let Ok(timer) = set_interval_with_handle(look, LOOK) {
            on_cleanup(move || timer.clear());
        }
        colleagues
    }

    async fn fetch(self, client: Client, assignment: AssignmentId) {
        let path = api::paths::colleagues(assignment);
        // Without an answer the page shows what it knew.
        if let Ok(found) = client.get::<Vec<Colleague>>(&path).await
            && self.0.try_with_untracked(|old| *old != found) == Some(true)
        {
            self.0.set(found);
        }
    }

    /// What colleagues answered to a question: their number and answer (tracked).
    pub fn answers(self, question: &str) -> Vec<(u32, ColleagueAnswer)> {
        self.0.with(|colleagues| {
            let all = colleagues.iter().flat_map(|colleague| {
                let answers = colleague.answers.iter();
                answers.map(|answer| (colleague.number, answer.clone()))
            });
            all.filter(|(_, answer)| answer.question == question)
                .collect()
        })
    }
}
