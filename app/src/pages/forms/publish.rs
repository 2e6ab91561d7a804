//! Publication: what will change and for whom, then the version.

use api::forms::form::FormLabel;
use api::forms::form_draft::{FormEffect, PublishForm};
use leptos::prelude::*;

use super::editor::Editor;
use crate::client::Failure;
use crate::components::{Dialog, FailureNotice, Glyph, Icon, Loading, Notice, Tone, use_toasts};
use crate::language::{label, say, use_language};
use crate::text::forms::drafts as words;

/// Paths named at most for one sort of change.
const NAMED: usize = 12;

/// The dialog; asks the server each time it is opened.
#[component]
pub fn Publish(editor: Editor, open: RwSignal<bool>) -> impl IntoView {
    let client = editor.client;
    let effect = RwSignal::new(None::<Result<FormEffect, Failure>>);
    Effect::new(move |_| {
        if !open.get() {
            return;
        }
        effect.set(None);
        let id = editor.draft.with_untracked(|draft| draft.label.id);
        leptos::task::spawn_local(async move {
            let answer = client
                .get::<FormEffect>(&api::paths::form_draft_effect(id))
                .await;
            effect.try_set(Some(answer));
        });
    });
    let title = label(words::publish_title);
    view! {
        <Dialog open=open title=title>
            {move || match effect.get().filter(|_| open.get()) {
                None => view! { <Loading /> }.into_any(),
                Some(Err(failure)) => view! { <FailureNotice failure=failure /> }.into_any(),
                Some(Ok(effect)) => {
                    view! { <Confirm editor=editor effect=effect open=open /> }.into_any()
                }
            }}
        </Dialog>
    }
}

#[component]
fn Confirm(editor: Editor, effect: FormEffect, open: RwSignal<bool>) -> impl IntoView {
    let language = use_language();
    let toasts = use_toasts();
    let client = editor.client;
    let version = RwSignal::new(effect.next_version.clone());
    let failure = RwSignal::new(None::<Failure>);
    let has_errors = editor.errors() > 0;
    let publish = move |_| {
        let (id, revision) = editor
            .draft
            .with_untracked(|draft| (draft.label.id, draft.revision));
        let body = PublishForm {
            revision,
            version: version.get_untracked().trim().to_owned(),
        };
        failure.set(None);
        leptos::task::spawn_local(async move {
            let answer = client
                .post::<FormLabel>(&api::paths::form_draft_publish(id), &body)
                .await;
            match answer {
                Ok(label) => {
                    toasts.say(words::published_done(
                        language.get_untracked(),
                        &label.version,
                    ));
                    open.try_set(false);
                }
                Err(error) => {
                    failure.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <Effects effect=effect />
        {has_errors
            .then(|| {
                view! {
                    <Notice tone=Tone::Warning>
                        <p>{say(words::publish_errors)}</p>
                    </Notice>
                }
            })}
        {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
        <div class="field">
            <label for="forms-version">{say(words::version)}</label>
            <input
                class="input num"
                id="forms-version"
                autocomplete="off"
                prop:value=move || version.get()
                on:input=move |event| version.set(event_target_value(&event))
            />
        </div>
        <div class="actions">
            <button
                type="button"
                class="button primary"
                prop:disabled=has_errors
                on:click=publish
            >
                {say(words::publish_now)}
            </button>
        </div>
    }
}

/// What becomes of questions, and of people who work with older versions.
#[component]
fn Effects(effect: FormEffect) -> impl IntoView {
    let language = use_language();
    let is_new = effect.before.is_none();
    let is_same = !is_new
        && effect.added.is_empty()
        && effect.removed.is_empty()
        && effect.changed.is_empty();
    let count = |paths: &[String]| paths.len() as u64;
    let (added, removed) = (count(&effect.added), count(&effect.removed));
    let changed = effect.changed.len() as u64;
    let changes: Vec<_> = effect
        .changed
        .into_iter()
        .map(|change| {
            (change.path, move |language| {
                change
                    .parts
                    .iter()
                    .map(|part| words::part(language, part))
                    .collect::<Vec<_>>()
                    .join(", ")
            })
        })
        .collect();
    let (drafts, assignments) = (effect.open_drafts, effect.waiting_assignments);
    view! {
        <section class="stack tight forms-effect">
            <h3>{say(words::effect)}</h3>
            {is_new.then(|| view! { <p>{say(words::effect_new)}</p> })}
            {is_same.then(|| view! { <p>{say(words::effect_same)}</p> })}
            {(!is_new && added > 0)
                .then(|| {
                    view! {
                        <p>{say(move |l| words::effect_added(l, added))}</p>
                        <Paths paths=effect.added />
                    }
                })}
            {(removed > 0)
                .then(|| {
                    view! {
                        <p>{say(move |l| words::effect_removed(l, removed))}</p>
                        <Paths paths=effect.removed />
                    }
                })}
            {(changed > 0)
                .then(|| {
                    view! {
                        <p>{say(move |l| words::effect_changed(l, changed))}</p>
                        <ul class="forms-paths">
                            {changes
                                .into_iter()
                                .take(NAMED)
                                .map(|(path, parts)| {
                                    view! {
                                        <li>
                                            <code>{path}</code>
                                            " — "
                                            {move || parts(language.get())}
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                    }
                })}
            {(drafts > 0)
                .then(|| {
                    view! {
                        <p class="forms-effect-line">
                            <Icon glyph=Glyph::Info />
                            {say(move |l| words::effect_drafts(l, drafts))}
                        </p>
                    }
                })}
            {(assignments > 0)
                .then(|| {
                    view! {
                        <p class="forms-effect-line">
                            <Icon glyph=Glyph::Info />
                            {say(move |l| words::effect_assignments(l, assignments))}
                        </p>
                    }
                })}
            {(!effect.campaigns.is_empty())
                .then(|| {
                    view! {
                        <p class="forms-effect-line">
                            <Icon glyph=Glyph::Info />
                            {say(words::effect_campaigns)}
                            " "
                            {effect.campaigns.join("; ")}
                        </p>
                    }
                })}
        </section>
    }
}

#[component]
fn Paths(paths: Vec<String>) -> impl IntoView {
    view! {
        <ul class="forms-paths">
            {paths
                .into_iter()
                .take(NAMED)
                .map(|path| view! { <li><code>{path}</code></li> })
                .collect_view()}
        </ul>
    }
}
