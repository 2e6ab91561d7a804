//! A photo as an answer: what may be photographed, the camera, and where the photo is.

use forms::form::PhotoPolicy;
use leptos::html;
use leptos::prelude::*;

use super::port::Question;
use crate::components::{Glyph, Icon};
use crate::filling::Filling;
use crate::filling::photo::{self, PhotoError};
use crate::language::{say, use_language};
use crate::text::{Language, form as words};

/// A photo that can be taken, looked at and taken back.
#[component]
pub fn Photo(
    /// The question it answers.
    question: Question,
) -> impl IntoView {
    // A form that is only looked at has nowhere to keep a photo.
    let Some(filling) = use_context::<Filling>() else {
        return ().into_any();
    };
    let is_working = RwSignal::new(false);
    let error = RwSignal::new(None::<PhotoError>);
    let input = NodeRef::<html::Input>::new();
    let id = question.id();
    let on_change = move |_| {
        let Some(element) = input.get_untracked() else {
            return;
        };
        let file = element.files().and_then(|files| files.get(0));
        // The same file may be chosen again after it was taken back.
        element.set_value("");
        let Some(file) = file else { return };
        is_working.set(true);
        error.set(None);
        leptos::task::spawn_local(async move {
            let path = question.path();
            match filling.take_photo(path, file).await {
                Ok(name) => question.answer(Some(name)),
                Err(failed) => drop(error.try_set(Some(failed))),
            }
            is_working.try_set(false);
        });
    };
    let hash = Memo::new(move |_| {
        let value = question.value();
        photo::hash_of(&value).map(str::to_owned)
    });
    let pick_word = move || {
        let language = use_language().get();
        match (is_working.get(), hash.with(Option::is_some)) {
            (true, _) => words::photo_working(language),
            (false, true) => words::photo_other(language),
            (false, false) => words::photo_add(language),
        }
    };
    let policy = filling
        .form()
        .instrument
        .as_ref()
        .and_then(|instrument| instrument.photo_policy.clone());
    view! {
        <div class="companion photo">
            {policy.map(|policy| view! { <Rules filling=filling policy=policy /> })}
            {move || hash.get().map(|hash| view! { <Kept question=question filling=filling hash=hash /> })}
            <Show when=move || !question.is_read_only()>
                <label class="button large photo-pick">
                    <Icon glyph=Glyph::File />
                    {pick_word}
                    <input
                        type="file"
                        id=id.clone()
                        class="hidden-visually"
                        accept="image/*"
                        capture="environment"
                        node_ref=input
                        prop:disabled=move || is_working.get()
                        on:change=on_change
                    />
                </label>
            </Show>
            {move || {
                error
                    .get()
                    .map(|error| {
                        let text: fn(Language) -> &'static str = match error {
                            PhotoError::Unreadable => words::photo_unreadable,
                            PhotoError::NoRoom => words::photo_no_room,
                        };
                        view! {
                            <p class="field-error" role="alert">
                                <Icon glyph=Glyph::Alert />
                                {say(text)}
                            </p>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

/// What may never be photographed, said before the camera opens.
#[component]
fn Rules(filling: Filling, policy: PhotoPolicy) -> impl IntoView {
    let language = use_language();
    let form = filling.form();
    let tag = move || match language.get() {
        Language::Ru => "ru",
        Language::En => "en",
    };
    let list = {
        let form = form.clone();
        move |texts: &[forms::form::Text]| {
            let texts: Vec<&str> = texts.iter().map(|text| form.text(text, tag())).collect();
            texts.join("; ")
        }
    };
    let (forbidden, allowed, when) = (policy.forbidden, policy.allowed, policy.when);
    let list_allowed = list.clone();
    view! {
        <p class="small photo-rules">
            <Icon glyph=Glyph::EyeOff />
            " "
            {move || words::photo_forbidden(language.get(), list(&forbidden))}
            " "
            <span class="muted">
                {move || words::photo_allowed(language.get(), list_allowed(&allowed))} " "
                {move || words::photo_when(language.get(), form.text(&when, tag()))}
            </span>
        </p>
    }
}

/// The photo itself, and where it is.
#[component]
fn Kept(question: Question, filling: Filling, hash: String) -> impl IntoView {
    let address = RwSignal::new(None::<String>);
    let looked_for = hash.clone();
    leptos::task::spawn_local(async move {
        let found = filling.photo_address(&looked_for).await;
        if address.try_set(Some(found.clone())).is_some() {
            // The page has gone on: the address is of no use any more.
            drop(web_sys::Url::revoke_object_url(&found));
        }
    });
    on_cleanup(move || {
        if let Some(Some(address)) = address.try_get_untracked() {
            drop(web_sys::Url::revoke_object_url(&address));
        }
    });
    let waits = {
        let hash = hash.clone();
        move || filling.photo_waits(&hash)
    };
    let waits_glyph = waits.clone();
    let take_back = move |_| {
        filling.drop_photo(&hash);
        question.answer(None);
    };
    view! {
        <div class="photo-kept">
            {move || address.get().map(|address| view! { <img src=address alt=say(words::photo_alt) /> })}
            <span class="small muted">
                {move || {
                    let glyph = if waits_glyph() { Glyph::Device } else { Glyph::Check };
                    view! { <Icon glyph=glyph /> }
                }}
                " "
                {move || {
                    let text: fn(Language) -> &'static str = if waits() {
                        words::photo_waits
                    } else {
                        words::photo_sent
                    };
                    say(text)()
                }}
            </span>
            <Show when=move || !question.is_read_only()>
                <button type="button" class="button quiet" on:click=take_back.clone()>
                    <Icon glyph=Glyph::Undo />
                    {say(words::photo_take_back)}
                </button>
            </Show>
        </div>
    }
}
