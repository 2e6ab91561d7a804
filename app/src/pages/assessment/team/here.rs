//! Who is on which question just now: told to colleagues while the page is open, stored nowhere.

use std::time::Duration;

use api::forms::presence::{PRESENCE_BEAT_MS, PRESENCE_LASTS_MS, Presence, PutPresence};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::client::{Client, use_client};
use crate::components::form::Badge;
use crate::device;
use crate::filling::Filling;
use crate::filling::authors::{Person, initials};
use crate::filling::steps::Step;
use crate::language::{say, use_language};
use crate::live::use_live;
use crate::session::use_session;
use crate::text::assessment::team as words;

/// A pause after which the own place is told: moving through a page is not worth a word each.
const SETTLE: Duration = Duration::from_millis(600);
/// How often the list of those present is looked through for people who have gone.
const LOOK: Duration = Duration::from_secs(5);
/// Number of colours for people.
const TONES: usize = 6;

/// The own place on the page, and the colleagues' places; given by context.
#[derive(Clone, Copy)]
pub struct Here {
    /// The question the person is on.
    own: RwSignal<Option<String>>,
    /// Colleagues who are here.
    others: Memo<Vec<Presence>>,
}

impl Here {
    /// Follows the colleagues and tells them the own place until the owner ends.
    pub fn start(filling: Filling) -> Self {
        let live = use_live();
        let client = use_client();
        let session = use_session();
        let submission = filling.about.with_untracked(|about| about.id);
        let tick = RwSignal::new(device::now_ms());
        let look = set_interval_with_handle(move || tick.set(device::now_ms()), LOOK).ok();
        let me = session.person().map(|person| person.id);
        let others = Memo::new(move |_| {
            let now_ms = tick.get().max(device::now_ms());
            live.presence.with(|known| {
                let mut here: Vec<Presence> = known
                    .values()
                    .filter(|(presence, at_ms)| {
                        presence.submission == submission
                            && Some(presence.person) != me
                            && presence.question.is_some()
                            && now_ms - at_ms < PRESENCE_LASTS_MS
                    })
                    .map(|(presence, _)| presence.clone())
                    .collect();
                here.sort_by(|a, b| a.name.cmp(&b.name).then(a.person.cmp(&b.person)));
                here
            })
        });
        let own = RwSignal::new(None::<String>);
        // Going to another domain is being there, even before a question is touched.
        Effect::new(move |_| {
            if let Step::Section(path) = filling.step.get() {
                own.set(Some(path));
            }
        });
        let waiting = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move |_| {
            let place = own.get();
            waiting.update_value(|waiting| {
                if let Some(waiting) = waiting.take() {
                    waiting.clear();
                }
                *waiting =
                    set_timeout_with_handle(move || tell(client, submission, place), SETTLE).ok();
            });
        });
        let beat = set_interval_with_handle(
            move || {
                if let Some(place) = own.try_get_untracked() {
                    tell(client, submission, place);
                }
            },
            Duration::from_millis(u64::from(PRESENCE_BEAT_MS)),
        )
        .ok();
        on_cleanup(move || {
            for handle in [look, beat].into_iter().flatten() {
                handle.clear();
            }
            if let Some(Some(waiting)) = waiting.try_get_value() {
                waiting.clear();
            }
            tell(client, submission, None);
        });
        Here { own, others }
    }

    /// Notes the card in which something has the focus.
    pub fn note(self, event: &web_sys::Event) {
        let card = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .and_then(|element| element.closest("[data-path]").ok().flatten());
        if let Some(path) = card.and_then(|card| card.get_attribute("data-path"))
            && self.own.with_untracked(|own| own.as_ref() != Some(&path))
        {
            self.own.set(Some(path));
        }
    }
}

fn tell(client: Client, submission: api::id::SubmissionId, question: Option<String>) {
    leptos::task::spawn_local(async move {
        let path = api::paths::presence(submission);
        // A word that is lost costs nothing: the next one says the same better.
        let _ = client.post::<()>(&path, &PutPresence { question }).await;
    });
}

fn badge(presence: &Presence) -> Person {
    let tone = presence.person.0.as_bytes()[15] as usize % TONES;
    Person {
        name: presence.name.clone(),
        initials: initials(&presence.name),
        tone: u8::try_from(tone).unwrap_or_default(),
        is_self: false,
    }
}

/// Colleagues who are on this submission just now.
#[component]
pub fn HereNow(
    /// Places of all.
    here: Here,
) -> impl IntoView {
    move || {
        let others = here.others.get();
        (!others.is_empty()).then(|| {
            view! {
                <div class="assess-people team-here">
                    <span class="small muted">{say(words::here_now)}</span>
                    <span class="avatars">
                        {others
                            .iter()
                            .map(|one| view! { <Badge author=badge(one) /> })
                            .collect_view()}
                    </span>
                </div>
            }
        })
    }
}

/// Colleagues who are on this question just now.
#[component]
pub fn HereAt(
    /// Places of all.
    here: Here,
    /// The question.
    path: String,
) -> impl IntoView {
    let language = use_language();
    let names = Memo::new(move |_| {
        here.others.with(|others| {
            others
                .iter()
                .filter(|one| one.question.as_deref() == Some(path.as_str()))
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    view! {
        <p class="team-at small" aria-live="polite">
            {move || {
                names
                    .get()
                    .into_iter()
                    .map(|one| {
                        let name = one.name.clone();
                        view! {
                            <span class="team-at-one">
                                <span aria-hidden="true">
                                    <Badge author=badge(&one) />
                                </span>
                                {words::here(language.get(), &name)}
                            </span>
                        }
                    })
                    .collect_view()
            }}
        </p>
    }
}
