//! Reminds the schools that have not handed over, all that are shown at once.

use api::assessment::campaign::{
    Campaign, CampaignSchool, CampaignStepKind, RemindSchool, RemindSchools,
};
use api::id::CampaignId;
use leptos::prelude::*;
use uuid::Uuid;

use crate::client::use_client;
use crate::components::{Doing, DoingFailure, Glyph, Icon, use_toasts};
use crate::language::{say, use_language};
use crate::model::campaign::is_handed_over;
use crate::text::assessment::campaign as words;

/// The button with the number of schools it reminds; nothing where nobody is awaited.
#[component]
pub(super) fn Remind(
    /// The campaign.
    id: CampaignId,
    /// The schools that are shown.
    schools: Signal<Vec<CampaignSchool>>,
) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let open = Memo::new(move |_| {
        schools.with(|schools| {
            let open = schools
                .iter()
                .filter(|school| !is_handed_over(school.progress));
            open.map(|school| school.organisation).collect::<Vec<_>>()
        })
    });
    let remind = move |_| {
        let steps: Vec<RemindSchool> = open
            .get_untracked()
            .into_iter()
            .map(|organisation| RemindSchool {
                id: Uuid::now_v7(),
                organisation,
            })
            .collect();
        let asked: Vec<_> = steps.iter().map(|step| step.id).collect();
        let body = RemindSchools { steps };
        doing.run(
            async move {
                client
                    .post::<Campaign>(&api::paths::campaign_reminders(id), &body)
                    .await
            },
            move |campaign| {
                // A school that was reminded a few hours ago is left alone, and the number says so.
                let reminded = campaign
                    .schools
                    .iter()
                    .filter_map(|school| school.last_step.as_ref())
                    .filter(|step| step.kind == CampaignStepKind::Reminded)
                    .filter(|step| asked.contains(&step.id))
                    .count();
                let language = language.get_untracked();
                toasts.say(match reminded {
                    0 => words::reminded_already(language).to_owned(),
                    count => words::reminded(language, count as u64),
                });
            },
        );
    };
    move || {
        let count = open.with(Vec::len) as u64;
        (count > 0).then(|| {
            view! {
                <div class="actions">
                    <button
                        type="button"
                        class="button"
                        disabled=move || doing.busy.get()
                        on:click=remind
                    >
                        <Icon glyph=Glyph::Clock />
                        {say(move |l| words::remind_schools(l, count))}
                    </button>
                    <DoingFailure doing=doing />
                </div>
            }
        })
    }
}
