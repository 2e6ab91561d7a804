//! Orders, regulations and reports that the municipality has published.

use api::text::Text;
use leptos::prelude::*;

use super::document::{Frame, Page, document};
use crate::text::number;
use crate::text::public::page as words;

/// A published document of the municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedDocument {
    /// Name of its kind.
    pub kind: Text,
    /// Title.
    pub title: String,
    /// Number.
    pub number: Option<String>,
    /// Date, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Where it is published, `https://…`.
    pub link: String,
}

/// The page as a document: a section a kind, in the order in which the kinds come first.
pub fn documents(frame: &Frame, published: &[PublishedDocument]) -> String {
    let language = frame.language;
    document(
        frame,
        Page::Documents,
        words::documents_title(language),
        || {
            let mut kinds: Vec<&Text> = Vec::new();
            for one in published {
                if !kinds.contains(&&one.kind) {
                    kinds.push(&one.kind);
                }
            }
            let sections: Vec<_> = kinds
                .into_iter()
                .map(|kind| {
                    let items: Vec<_> = published
                        .iter()
                        .filter(|one| one.kind == *kind)
                        .map(|one| {
                            let number = one
                                .number
                                .as_deref()
                                .map(|number| words::document_number(language, number));
                            let date = one.date.as_deref().map(|date| number::date(language, date));
                            let details: Vec<String> = number.into_iter().chain(date).collect();
                            view! {
                                <li>
                                    <a href=one.link.clone() rel="noopener external">
                                        {one.title.clone()}
                                    </a>
                                    <p class="small muted num">{details.join(" · ")}</p>
                                </li>
                            }
                        })
                        .collect();
                    view! {
                        <section class="public-section">
                            <h2>{kind.in_language(language).to_owned()}</h2>
                            <ul class="published">{items}</ul>
                        </section>
                    }
                })
                .collect();
            let empty = sections.is_empty().then(|| {
                view! {
                    <section class="public-section">
                        <p class="notice notice-info">{words::documents_empty(language)}</p>
                    </section>
                }
            });
            view! {
                <section class="hero">
                    <h1>{words::documents_title(language)}</h1>
                    <p class="lead">{words::documents_lead(language)}</p>
                </section>
                {sections}
                {empty}
            }
        },
    )
}
