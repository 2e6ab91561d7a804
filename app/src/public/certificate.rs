//! The public check of an observer's certificate by its number.

use leptos::prelude::*;

use super::document::{Frame, Page, document};
use crate::text::public::observers as words;
use crate::text::{Language, number};

/// What is known of the number asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CertificateCheck {
    /// Nothing was asked.
    Blank,
    /// It holds.
    Valid {
        /// Number.
        number: String,
        /// First name and initial of the holder: enough to compare with the card, and no more.
        name: String,
        /// Last day.
        until: String,
    },
    /// It is past its last day.
    Expired {
        /// Number.
        number: String,
        /// Last day.
        until: String,
    },
    /// There is none.
    Unknown {
        /// Number asked for.
        number: String,
    },
}

/// The page as a document.
pub fn certificate(frame: &Frame, check: &CertificateCheck) -> String {
    let language = frame.language;
    let answer = match check {
        CertificateCheck::Blank => None,
        CertificateCheck::Valid {
            number,
            name,
            until,
        } => Some((
            "notice notice-success",
            words::check_valid(language, number, name, number::date(language, until)),
        )),
        CertificateCheck::Expired { number, until } => Some((
            "notice notice-warning",
            words::check_expired(language, number, number::date(language, until)),
        )),
        CertificateCheck::Unknown { number } => Some((
            "notice notice-warning",
            words::check_unknown(language, number),
        )),
    };
    document(
        frame,
        Page::Certificates,
        words::check_title(language),
        || {
            view! {
                <section class="hero">
                    <h1>{words::check_title(language)}</h1>
                    <p class="lead">{words::check_lead(language)}</p>
                </section>
                {answer.map(|(class, text)| view! { <p class=class role="status">{text}</p> })}
                <form class="apply-form" method="get" action=api::paths::PUBLIC_CERTIFICATES>
                    {(language == Language::En)
                        .then(|| view! { <input type="hidden" name="lang" value="en" /> })}
                    <div class="field">
                        <label for="number">{words::check_number(language)}</label>
                        <input class="input" id="number" name="number" type="text" maxlength="40" autocomplete="off" />
                    </div>
                    <div>
                        <button type="submit" class="button primary">
                            {words::check_do(language)}
                        </button>
                    </div>
                </form>
            }
        },
    )
}
