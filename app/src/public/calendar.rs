//! The calendar of procedures, for everyone.

use api::text::Text;
use leptos::prelude::*;

use super::document::{Frame, Page, document};
use crate::text::number;
use crate::text::public::page as words;

/// A procedure in the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEntry {
    /// Title.
    pub title: Text,
    /// First and last date, `YYYY-MM-DD`.
    pub window: [String; 2],
}

/// The page as a document; entries stand by their first date.
pub fn calendar(frame: &Frame, entries: &[CalendarEntry]) -> String {
    let language = frame.language;
    document(
        frame,
        Page::Calendar,
        words::calendar_title(language),
        || {
            let rows: Vec<_> = entries
                .iter()
                .map(|entry| {
                    let [first, last] = entry
                        .window
                        .each_ref()
                        .map(|day| number::date(language, day));
                    let window = if first == last {
                        first
                    } else {
                        words::window(language, first, last)
                    };
                    view! {
                        <tr>
                            <th scope="row">{entry.title.in_language(language).to_owned()}</th>
                            <td class="num nowrap">{window}</td>
                        </tr>
                    }
                })
                .collect();
            let content = if rows.is_empty() {
                view! { <p class="notice notice-info">{words::calendar_empty(language)}</p> }
                    .into_any()
            } else {
                view! {
                <div class="table-frame" role="region" tabindex="0" aria-label=words::calendar_title(language)>
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{words::calendar_procedure(language)}</th>
                                <th scope="col">{words::calendar_window(language)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
            };
            view! {
                <section class="hero">
                    <h1>{words::calendar_title(language)}</h1>
                    <p class="lead">{words::calendar_lead(language)}</p>
                </section>
                <section class="public-section">{content}</section>
            }
        },
    )
}
