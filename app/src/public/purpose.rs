//! «Зачем нужна честная оценка»: for parents, teachers, heads.

use leptos::prelude::*;

use super::document::{Frame, Page, document};
use crate::text::public::page as words;

/// The page as a document.
pub fn purpose(frame: &Frame) -> String {
    let language = frame.language;
    let part = |title: &'static str, text: &'static str| {
        view! {
            <section>
                <h2>{title}</h2>
                <p>{text}</p>
            </section>
        }
    };
    document(frame, Page::Purpose, words::purpose_title(language), || {
        view! {
            <section class="hero">
                <h1>{words::purpose_title(language)}</h1>
                <p class="lead">{words::purpose_lead(language)}</p>
            </section>
            <div class="essay">
                {part(words::purpose_1_title(language), words::purpose_1(language))}
                {part(words::purpose_2_title(language), words::purpose_2(language))}
                {part(words::purpose_3_title(language), words::purpose_3(language))}
                {part(words::purpose_4_title(language), words::purpose_4(language))}
            </div>
            <section class="public-section">
                <h2>{words::purpose_do_title(language)}</h2>
                <ul class="plain-list text">
                    <li>{words::purpose_do_1(language)}</li>
                    <li>{words::purpose_do_2(language)}</li>
                    <li>{words::purpose_do_3(language)}</li>
                    <li>{words::purpose_do_4(language)}</li>
                </ul>
            </section>
        }
    })
}
