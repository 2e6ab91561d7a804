//! Whether a person may enter: blocked, let go, and back.

use api::access::person::{PersonCard, Standing, StandingChange};
use leptos::prelude::*;

use super::card::Shown;
use crate::client::use_client;
use crate::components::{Dialog, Doing, DoingFailure};
use crate::language::{say, use_language};
use crate::text::access::people as words;

/// Buttons for what can become of the person.
#[component]
pub fn StandingPart(
    /// The person.
    card: PersonCard,
    /// What the page shows.
    shown: Shown,
) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let doing = Doing::new();
    let asked = RwSignal::new(None::<Standing>);
    let open = RwSignal::new(false);
    let id = card.id;
    let name = card.details.name.clone();
    let change = move |standing: Standing| {
        let path = api::paths::of_person(id, "standing");
        let body = StandingChange { standing };
        doing.run(
            async move { client.put::<PersonCard>(&path, &body).await },
            move |card| shown.set(card),
        );
    };
    let ask = move |standing: Standing| {
        asked.set(Some(standing));
        open.set(true);
    };
    let title = Signal::derive(move || match asked.get() {
        Some(Standing::Left) => words::let_go_title(language.get(), &name),
        _ => words::block_title(language.get(), &name),
    });
    let buttons = match card.standing {
        Standing::Active => view! {
            <button type="button" class="button" on:click=move |_| ask(Standing::Blocked)>
                {say(words::block)}
            </button>
            <button type="button" class="button" on:click=move |_| ask(Standing::Left)>
                {say(words::let_go)}
            </button>
        }
        .into_any(),
        Standing::Blocked => view! {
            <button
                type="button"
                class="button primary"
                disabled=move || doing.busy.get()
                on:click=move |_| change(Standing::Active)
            >
                {say(words::unblock)}
            </button>
            <button type="button" class="button" on:click=move |_| ask(Standing::Left)>
                {say(words::let_go)}
            </button>
        }
        .into_any(),
        Standing::Left => view! {
            <button
                type="button"
                class="button primary"
                disabled=move || doing.busy.get()
                on:click=move |_| change(Standing::Active)
            >
                {say(words::come_back)}
            </button>
        }
        .into_any(),
    };
    let is_asked_left = move || asked.get() == Some(Standing::Left);
    view! {
        <section class="stack no-print">
            <h2>{say(words::may_enter)}</h2>
            {(card.standing != Standing::Active).then(|| view! { <DoingFailure doing=doing /> })}
            <div class="actions">{buttons}</div>
            <Dialog open=open title=title>
                <p>
                    {move || {
                        let language = language.get();
                        if is_asked_left() {
                            words::let_go_text(language)
                        } else {
                            words::block_text(language)
                        }
                    }}
                </p>
                <DoingFailure doing=doing />
                <button
                    type="button"
                    class="button danger"
                    disabled=move || doing.busy.get()
                    on:click=move |_| {
                        if let Some(standing) = asked.get_untracked() {
                            change(standing);
                        }
                    }
                >
                    {move || {
                        let language = language.get();
                        if is_asked_left() { words::let_go(language) } else { words::block(language) }
                    }}
                </button>
            </Dialog>
        </section>
    }
}
