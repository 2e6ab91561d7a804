//! A roadmap brought as a file: it becomes a draft.

use std::rc::Rc;

use api::id::ProgrammeId;
use api::management::programme::{
    FIRST_DAY_HEADER, LAST_DAY_HEADER, MAX_ROADMAP_BYTES, PROGRAMME_ID_HEADER, Programme,
};
use api::results::import::FILE_NAME_HEADER;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use web_sys::{File, FileList};

use crate::client::{Failure, use_client};
use crate::components::{FailureNotice, Field, FileDrop, Glyph, Icon, Notice, Tone};
use crate::language::{label, say, use_language};
use crate::shell::{set_title, whole_path};
use crate::text::management::programmes as words;

/// Endings that can be read.
const KINDS: &str = ".docx,.odt,.xlsx,.xls,.ods,.csv";

/// Where a roadmap is brought.
#[component]
pub fn NewProgrammePage() -> impl IntoView {
    set_title(words::new_title);
    let client = use_client();
    let language = use_language();
    let navigate = StoredValue::new_local(use_navigate());
    let first = RwSignal::new(String::new());
    let last = RwSignal::new(String::new());
    let is_wrong = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let sending = RwSignal::new(false);
    let send = move |file: File, years: Option<(String, String)>| {
        sending.set(true);
        leptos::task::spawn_local(async move {
            // One id for one attempt: a repetition by the network is recognised.
            let id = ProgrammeId(uuid::Uuid::now_v7()).to_string();
            let name = String::from(js_sys::encode_uri_component(&file.name()));
            let (from, to) = years.unwrap_or_default();
            let headers = [
                (FILE_NAME_HEADER, name.as_str()),
                (PROGRAMME_ID_HEADER, id.as_str()),
                (FIRST_DAY_HEADER, from.as_str()),
                (LAST_DAY_HEADER, to.as_str()),
            ];
            let answer = client
                .send_file::<Programme>(api::paths::PROGRAMMES, &headers, Rc::new(file))
                .await;
            // The page may have been left meanwhile.
            if sending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(programme) => {
                    navigate.with_value(|go| go(&api::work::programme(programme.id), whole_path()))
                }
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    let take = Callback::new(move |files: FileList| {
        failure.set(None);
        let years = asked_years(&first.get_untracked(), &last.get_untracked());
        is_wrong.set(years.is_err());
        if let (Some(file), Ok(years)) = (files.get(0), years) {
            send(file, years);
        }
    });
    let too_large = Signal::derive(move || words::kinds(language.get()).to_owned());
    view! {
        <main class="page narrow" id="main">
            <p>
                <a class="button quiet" href=api::work::PROGRAMMES>
                    <Icon glyph=Glyph::ArrowLeft />
                    {say(words::to_all)}
                </a>
            </p>
            <div>
                <h1>{say(words::new_title)}</h1>
                <p class="text muted">{say(words::new_lead)}</p>
            </div>
            <fieldset class="roadmap-years">
                <legend>{say(words::new_years)}</legend>
                <p class="hint">{say(words::new_years_hint)}</p>
                <div class="roadmap-pair">
                    <Field id="programme-first" label=label(words::first_year) value=first />
                    <Field id="programme-last" label=label(words::last_year) value=last />
                </div>
            </fieldset>
            <Show when=move || is_wrong.get()>
                <Notice tone=Tone::Danger>
                    <p>{say(words::years_wrong)}</p>
                </Notice>
            </Show>
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            <Show
                when=move || sending.get()
                fallback=move || {
                    view! {
                        <FileDrop
                            accept=KINDS
                            title=words::drop
                            or=words::or
                            choose=words::choose
                            kinds=too_large
                            take=take
                        />
                    }
                }
            >
                <p role="status">{say(words::reading)}</p>
            </Show>
        </main>
    }
}

/// First and last day of the years that were typed; nothing where neither was.
fn asked_years(first: &str, last: &str) -> Result<Option<(String, String)>, ()> {
    let (first, last) = (first.trim(), last.trim());
    if first.is_empty() && last.is_empty() {
        return Ok(None);
    }
    let year = |text: &str| {
        let year: u16 = text.parse().map_err(|_| ())?;
        if (1900..2200).contains(&year) {
            Ok(year)
        } else {
            Err(())
        }
    };
    let from = year(first)?;
    let to = if last.is_empty() { from } else { year(last)? };
    if from > to {
        return Err(());
    }
    Ok(Some((format!("{from}-01-01"), format!("{to}-12-31"))))
}

/// A file that is larger is refused by the server in words; the note under the field says how large it may be.
const _: () = assert!(MAX_ROADMAP_BYTES == 8 << 20);
