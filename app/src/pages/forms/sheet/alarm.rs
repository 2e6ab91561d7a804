//! The alarm: whom to call, and what may be marked at once.

use api::procedures::event::Contact;
use leptos::html;
use leptos::prelude::*;

use super::go::go_to;
use super::jump::JumpList;
use crate::components::{Dialog, Glyph, Icon, LongField, use_toasts};
use crate::device;
use crate::filling::Filling;
use crate::filling::alarm::{Reportable, reportable};
use crate::language::{label, say, use_language};
use crate::text::observation::checklist as words;

/// The button and its dialog.
#[component]
pub fn Alarm(
    /// The submission.
    filling: Filling,
    /// Whom to call.
    contact: Signal<Option<Contact>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let others = RwSignal::new(false);
    let chosen = RwSignal::new(None::<Reportable>);
    let note = RwSignal::new(String::new());
    let photo = RwSignal::new_local(None::<web_sys::File>);
    let toasts = use_toasts();
    let language = use_language();
    let title = label(words::alarm_title);
    let raise = move |_| {
        chosen.set(None);
        open.set(true);
    };
    let choose = Callback::new(move |one: Reportable| {
        note.set(format!("{} — ", device::hour_minute(device::now_ms())));
        photo.set(None);
        chosen.set(Some(one));
    });
    let report = Callback::new(move |()| {
        if let Some(one) = chosen.get_untracked() {
            open.set(false);
            send(filling, &one, note.get_untracked().trim());
            if let (Some(path), Some(file)) = (one.photo, photo.get_untracked()) {
                leptos::task::spawn_local(async move {
                    match filling.take_photo(path.clone(), file).await {
                        Ok(name) => filling.answer(&path, Some(&name)),
                        Err(_) => toasts.say(words::alarm_photo_lost(language.get_untracked())),
                    }
                });
            }
        }
    });
    let elsewhere = move |_| {
        open.set(false);
        others.set(true);
    };
    view! {
        <button type="button" class="button danger large alarm" on:click=raise>
            <Icon glyph=Glyph::Alert />
            {say(words::alarm)}
        </button>
        <Dialog open=open title=title>
            {move || match chosen.get() {
                Some(one) => {
                    view! { <Report one=one note=note photo=photo chosen=chosen report=report /> }
                        .into_any()
                }
                None => {
                    view! {
                        <Call contact=contact />
                        <p>{say(words::alarm_mark)}</p>
                        <ul class="jump-list">
                            <Rows filling=filling open=open choose=choose />
                            <li>
                                <button type="button" class="jump-row" on:click=elsewhere>
                                    <span class="phase-mark open">
                                        <Icon glyph=Glyph::Circle />
                                    </span>
                                    <span>{say(words::alarm_other)}</span>
                                </button>
                            </li>
                        </ul>
                    }
                        .into_any()
                }
            }}
        </Dialog>
        <JumpList filling=filling open=others />
    }
}

/// What can be reported, a row each.
#[component]
fn Rows(filling: Filling, open: RwSignal<bool>, choose: Callback<Reportable>) -> impl IntoView {
    let language = use_language();
    move || {
        // Walked through only while somebody looks.
        let all = if open.get() {
            reportable(&filling.form(), language.get())
        } else {
            Vec::new()
        };
        all.into_iter()
            .map(|one| {
                let text = one.text.clone();
                view! {
                    <li>
                        <button
                            type="button"
                            class="jump-row"
                            on:click=move |_| choose.run(one.clone())
                        >
                            <span class="phase-mark bad">
                                <Icon glyph=Glyph::Flag />
                            </span>
                            <span>{text}</span>
                        </button>
                    </li>
                }
            })
            .collect_view()
    }
}

/// The chosen violation, a note with the time, and the button that reports it: a glove slips easily.
#[component]
fn Report(
    one: Reportable,
    note: RwSignal<String>,
    photo: RwSignal<Option<web_sys::File>, LocalStorage>,
    chosen: RwSignal<Option<Reportable>>,
    report: Callback<()>,
) -> impl IntoView {
    view! {
        <p>
            <b>{one.text}</b>
        </p>
        <LongField id="alarm-note" label=label(words::alarm_note) value=note hint=label(words::alarm_note_hint) />
        {one.photo.is_some().then(|| view! { <Picture photo=photo /> })}
        <div class="actions">
            <button type="button" class="button danger large" on:click=move |_| report.run(())>
                {say(words::alarm_report)}
            </button>
            <button type="button" class="button large" on:click=move |_| chosen.set(None)>
                {say(words::alarm_back)}
            </button>
        </div>
    }
}

/// A photo to go with the report; what may be on it is said beside it.
#[component]
fn Picture(photo: RwSignal<Option<web_sys::File>, LocalStorage>) -> impl IntoView {
    let language = use_language();
    let input = NodeRef::<html::Input>::new();
    let take = move |_| {
        let file = input
            .get_untracked()
            .and_then(|element| element.files())
            .and_then(|files| files.get(0));
        photo.set(file);
    };
    view! {
        <div class="companion photo">
            <label class="button large photo-pick">
                <Icon glyph=Glyph::File />
                {move || match photo.with(Option::is_some) {
                    true => words::alarm_photo_other(language.get()),
                    false => words::alarm_photo(language.get()),
                }}
                <input
                    type="file"
                    id="alarm-photo"
                    class="hidden-visually"
                    accept="image/*"
                    capture="environment"
                    aria-describedby="alarm-photo-hint"
                    node_ref=input
                    on:change=take
                />
            </label>
            <p class="small muted" id="alarm-photo-hint">
                {move || match photo.with(Option::is_some) {
                    true => words::alarm_photo_taken(language.get()),
                    false => words::alarm_photo_hint(language.get()),
                }}
            </p>
        </div>
    }
}

/// Ticks the stage where that is missing, gives the answer and its note, and goes there.
fn send(filling: Filling, one: &Reportable, note: &str) {
    if let Some((path, stage)) = &one.stage {
        let ticked = filling.overview.with_untracked(|overview| {
            overview
                .find(path)
                .and_then(|(_, view)| view.value.clone())
                .unwrap_or_default()
        });
        if !ticked.split(' ').any(|name| name == stage) {
            let ticked = format!("{ticked} {stage}");
            filling.answer(path, Some(ticked.trim()));
        }
    }
    filling.answer(&one.path, Some(&one.answer));
    if let Some(path) = &one.note {
        filling.answer(path, Some(note).filter(|note| !note.is_empty()));
    }
    go_to(filling, &one.path);
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
