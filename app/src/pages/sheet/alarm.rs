//! The alarm: whom to call, and what may be marked at once.

use api::event::Contact;
use leptos::prelude::*;

use super::go::go_to;
use crate::components::{Dialog, Glyph, Icon};
use crate::filling::Filling;
use crate::language::{say, use_language};
use crate::text::checklist as words;

/// The button and its dialog.
#[component]
pub fn Alarm(
    /// The submission.
    filling: Filling,
    /// Whom to call.
    contact: Signal<Option<Contact>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let language = use_language();
    let title = Signal::derive(move || words::alarm_title(language.get()).to_owned());
    let critical = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        filling.overview.with(|overview| {
            overview
                .sections
                .iter()
                .flat_map(|section| section.main())
                .filter(|view| view.rules.critical)
                .map(|view| (view.path.clone(), view.label.clone()))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <button type="button" class="button danger large alarm" on:click=move |_| open.set(true)>
            <Icon glyph=Glyph::Alert />
            {say(words::alarm)}
        </button>
        <Dialog open=open title=title>
            <Call contact=contact />
            <p>{say(words::alarm_mark)}</p>
            <ul class="jump-list">
                <For each=move || critical.get() key=|(path, _)| path.clone() let((path, label))>
                    <li>
                        <button
                            type="button"
                            class="jump-row"
                            on:click=move |_| {
                                open.set(false);
                                go_to(filling, &path);
                            }
                        >
                            <span class="standing bad">
                                <Icon glyph=Glyph::Flag />
                            </span>
                            <span>{label}</span>
                        </button>
                    </li>
                </For>
            </ul>
        </Dialog>
    }
}

/// Name and telephone as a link that dials.
#[component]
pub fn Call(
    /// Whom to call.
    contact: Signal<Option<Contact>>,
) -> impl IntoView {
    move || match contact.get() {
        Some(contact) => {
            let dial: String = contact
                .phone
                .chars()
                .filter(|character| character.is_ascii_digit() || *character == '+')
                .collect();
            view! {
                <a class="button primary large call" href=format!("tel:{dial}")>
                    <Icon glyph=Glyph::Phone />
                    <span>
                        {say(words::alarm_call)}
                        <span class="call-whom num">{contact.name} " · " {contact.phone}</span>
                    </span>
                </a>
            }
            .into_any()
        }
        None => view! { <p>{say(words::alarm_nobody)}</p> }.into_any(),
    }
}
