//! The school beside its own past and beside similar schools.

use api::id::OrganisationId;
use api::results::dynamics::SchoolDynamics;
use leptos::prelude::*;

use crate::charts::slope::SlopeChart;
use crate::charts::years::WorksChart;
use crate::client::{Failure, use_client};
use crate::components::Loaded;
use crate::language::say;
use crate::text::schools::school as words;

/// Works by year. A reader without this right sees the rest of the page alone.
#[component]
pub fn Dynamics(
    /// School.
    id: OrganisationId,
) -> impl IntoView {
    let client = use_client();
    let dynamics = LocalResource::new(move || {
        client.epoch.track();
        async move {
            match client
                .get::<SchoolDynamics>(&api::paths::school_dynamics(id))
                .await
            {
                Err(Failure::Problem(problem)) if problem.status == 403 => Ok(None),
                answer => answer.map(Some),
            }
        }
    });
    view! { <Loaded resource=dynamics view=draw /> }
}

fn draw(dynamics: Option<SchoolDynamics>) -> impl IntoView {
    dynamics.map(|dynamics| {
        let SchoolDynamics {
            organisation,
            works,
        } = dynamics;
        view! {
            <section class="stack tight">
                <h2>{say(words::dynamics)}</h2>
                {if works.is_empty() {
                    view! { <p class="muted">{say(words::dynamics_none)}</p> }.into_any()
                } else {
                    view! {
                        <div class="school-dynamics">
                            <WorksChart organisation=organisation works=works.clone() />
                            <SlopeChart works=works />
                        </div>
                    }
                        .into_any()
                }}
            </section>
        }
    })
}
