//! Photos, sounds, films and documents: taken with the device or chosen, looked at, taken back.

use forms::form::{PhotoPolicy, QuestionKind};
use leptos::html;
use leptos::prelude::*;

use super::annotate::Annotate;
use super::port::Question;
use crate::components::{Glyph, Icon};
use crate::filling::Filling;
use crate::filling::photo::{self, PhotoError, PhotoPlace};
use crate::filling::trial::Trial;
use crate::language::{say, use_language};
use crate::text::Language;
use crate::text::forms::form as words;

/// Where what is taken goes.
#[derive(Clone, Copy)]
enum Keeper {
    /// To the device, then to the server.
    Filling(Filling),
    /// Nowhere: a form on trial shows it and forgets it.
    Trial(Trial),
}

impl Keeper {
    fn here() -> Option<Keeper> {
        let filling = use_context::<Filling>().map(Keeper::Filling);
        filling.or_else(|| use_context::<Trial>().map(Keeper::Trial))
    }

    async fn take(
        self,
        path: String,
        file: web_sys::File,
        is_photo: bool,
    ) -> Result<String, PhotoError> {
        match self {
            Keeper::Filling(filling) if is_photo => filling.take_photo(path, file).await,
            Keeper::Filling(filling) => filling.take_file(path, file).await,
            Keeper::Trial(trial) => trial.take_file(&file).ok_or(PhotoError::Unreadable),
        }
    }
}

/// A photo, sound, film or document that can be brought, looked at and taken back.
#[component]
pub fn Media(
    /// The question it answers.
    question: Question,
) -> impl IntoView {
    let kind = question.first.with_value(|view| view.kind);
    let is_photo = kind == QuestionKind::Image;
    let Some(keeper) = Keeper::here() else {
        return view! {
            <p class="unavailable small muted">
                <Icon glyph=Glyph::Info />
                <span>{say(words::media_nowhere)}</span>
            </p>
        }
        .into_any();
    };
    let is_working = RwSignal::new(false);
    let error = RwSignal::new(None::<PhotoError>);
    let input = NodeRef::<html::Input>::new();
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
            match keeper.take(path, file, is_photo).await {
                Ok(name) => question.answer(Some(name)),
                Err(failed) => drop(error.try_set(Some(failed))),
            }
            is_working.try_set(false);
        });
    };
    let name = Memo::new(move |_| {
        let value = question.value();
        let is_there = match keeper {
            Keeper::Filling(_) => photo::hash_of(&value).is_some(),
            Keeper::Trial(_) => !value.is_empty(),
        };
        is_there.then_some(value)
    });
    let pick_word = move || {
        let language = use_language().get();
        match (is_working.get(), name.with(Option::is_some)) {
            (true, _) if is_photo => words::photo_working(language),
            (true, _) => words::file_working(language),
            (false, true) if is_photo => words::photo_other(language),
            (false, true) => words::file_other(language),
            (false, false) => add_word(kind)(language),
        }
    };
    let policy = match keeper {
        Keeper::Filling(filling) if is_photo => filling
            .form()
            .instrument
            .as_ref()
            .and_then(|instrument| instrument.photo_policy.clone())
            .map(|policy| (filling, policy)),
        _ => None,
    };
    // The camera opens at once for photos and films; a sound or document is chosen, or recorded by the device.
    let camera = match kind {
        QuestionKind::Image | QuestionKind::Video => Some("environment"),
        QuestionKind::Audio => Some("user"),
        _ => None,
    };
    let accept = accepted(kind);
    view! {
        <div class="companion photo">
            {policy.map(|(filling, policy)| view! { <Rules filling=filling policy=policy /> })}
            {move || {
                name.get()
                    .map(|name| view! { <Kept question=question keeper=keeper name=name kind=kind /> })
            }}
            <Show when=move || !question.is_read_only()>
                <label class="button large photo-pick">
                    <Icon glyph=Glyph::File />
                    {pick_word}
                    <input
                        type="file"
                        id=question.id()
                        class="hidden-visually"
                        accept=accept
                        capture=camera
                        node_ref=input
                        prop:disabled=move || is_working.get()
                        aria-describedby=move || question.described_by()
                        on:change=on_change
                    />
                </label>
            </Show>
            {(!is_photo).then(|| view! { <p class="small muted">{say(words::file_limit)}</p> })}
            {move || {
                error
                    .get()
                    .map(|error| {
                        view! {
                            <p class="field-error" role="alert">
                                <Icon glyph=Glyph::Alert />
                                {say(error_word(error))}
                            </p>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

fn add_word(kind: QuestionKind) -> fn(Language) -> &'static str {
    match kind {
        QuestionKind::Image => words::photo_add,
        QuestionKind::Audio => words::audio_add,
        QuestionKind::Video => words::video_add,
        _ => words::file_add,
    }
}

fn error_word(error: PhotoError) -> fn(Language) -> &'static str {
    match error {
        PhotoError::Unreadable => words::photo_unreadable,
        PhotoError::NoRoom => words::photo_no_room,
        PhotoError::TooLarge => words::file_too_large,
        PhotoError::UnknownKind => words::file_unknown,
    }
}

fn accepted(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Image => "image/*",
        QuestionKind::Audio => "audio/*",
        QuestionKind::Video => "video/*",
        _ => ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.jpg,.jpeg,.png,.webp,audio/*,video/*",
    }
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

/// What was brought, and where it is.
#[component]
fn Kept(question: Question, keeper: Keeper, name: String, kind: QuestionKind) -> impl IntoView {
    let address = RwSignal::new(None::<String>);
    let hash = photo::hash_of(&name).map(str::to_owned);
    match (keeper, hash.clone()) {
        (Keeper::Filling(filling), Some(hash)) => {
            leptos::task::spawn_local(async move {
                let found = filling.photo_address(&hash).await;
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
        }
        (Keeper::Trial(trial), _) => address.set(trial.media_address(&name)),
        (Keeper::Filling(_), None) => {}
    }
    let place = {
        let hash = hash.clone();
        Memo::new(move |_| match (keeper, &hash) {
            (Keeper::Filling(filling), Some(hash)) => Some(filling.photo_place(hash)),
            _ => None,
        })
    };
    let look = move || match place.get() {
        Some(PhotoPlace::Waits) => Glyph::Device,
        Some(PhotoPlace::Refused) => Glyph::Alert,
        Some(PhotoPlace::Held) => Glyph::Check,
        None => Glyph::EyeOff,
    };
    let said = move || {
        let text: fn(Language) -> &'static str = match place.get() {
            Some(PhotoPlace::Waits) => words::photo_waits,
            Some(PhotoPlace::Refused) => words::photo_refused,
            Some(PhotoPlace::Held) => words::photo_sent,
            None => words::media_trial,
        };
        say(text)()
    };
    let is_marking = RwSignal::new(false);
    let may_mark = kind == QuestionKind::Image
        && question
            .first
            .with_value(|view| view.has_appearance("annotate"));
    let before = StoredValue::new(hash.clone());
    let marked = Callback::new(move |file: web_sys::File| {
        leptos::task::spawn_local(async move {
            let before = before.get_value();
            if let Ok(name) = keeper.take(question.path(), file, true).await {
                // The photo with its marks takes the place of the one without.
                if let (Keeper::Filling(filling), Some(before)) = (keeper, before) {
                    filling.drop_photo(&before);
                }
                question.answer(Some(name));
            }
            is_marking.try_set(false);
        });
    });
    let take_back = move |_| {
        if let (Keeper::Filling(filling), Some(hash)) = (keeper, &hash) {
            filling.drop_photo(hash);
        }
        question.answer(None);
    };
    let title = match keeper {
        Keeper::Trial(_) => name,
        Keeper::Filling(_) => String::new(),
    };
    view! {
        <div class="photo-kept">
            {move || {
                let address = address.get()?;
                Some(if is_marking.get() {
                    view! { <Annotate address=address done=marked /> }.into_any()
                } else {
                    shown(kind, address, title.clone())
                })
            }}
            <span class="small muted">{move || view! { <Icon glyph=look() /> }} " " {said}</span>
            <Show when=move || may_mark && !question.is_read_only()>
                <button
                    type="button"
                    class="button"
                    aria-pressed=move || is_marking.get().to_string()
                    on:click=move |_| is_marking.update(|is_marking| *is_marking = !*is_marking)
                >
                    <Icon glyph=Glyph::Circle />
                    {say(words::annotate)}
                </button>
            </Show>
            <Show when=move || !question.is_read_only()>
                <button type="button" class="button quiet" on:click=take_back.clone()>
                    <Icon glyph=Glyph::Undo />
                    {say(if kind == QuestionKind::Image {
                        words::photo_take_back
                    } else {
                        words::file_take_back
                    })}
                </button>
            </Show>
        </div>
    }
}

/// The picture, the player, or the way to the file.
fn shown(kind: QuestionKind, address: String, title: String) -> AnyView {
    let file_name = title.clone();
    match kind {
        QuestionKind::Image => view! { <img src=address alt=say(words::photo_alt) /> }.into_any(),
        QuestionKind::Audio => {
            view! { <audio src=address controls aria-label=say(words::file_alt)></audio> }
                .into_any()
        }
        QuestionKind::Video => {
            view! { <video src=address controls aria-label=say(words::file_alt)></video> }
                .into_any()
        }
        _ => view! {
            <a href=address rel="external" download=file_name>
                <Icon glyph=Glyph::File />
                {if title.is_empty() {
                    say(words::file_alt).into_any()
                } else {
                    title.into_any()
                }}
            </a>
        }
        .into_any(),
    }
}
