//! The document around a public page.

use leptos::prelude::*;

use crate::components::icon::Mark;
use crate::text::public::{observers as observers_public, page as words};
use crate::text::{Language, common, shell};

/// What every public page needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Language of the page.
    pub language: Language,
    /// Path of the style sheet.
    pub css: String,
    /// Is this a demo installation with invented data?
    pub is_demo: bool,
    /// Version of the server.
    pub version: String,
}

/// A public page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    Front,
    Results,
    Calendar,
    Documents,
    Methodology,
    Purpose,
    Observers,
    Certificates,
}

impl Page {
    fn path(self, language: Language) -> String {
        let path = match self {
            Page::Front => api::paths::PUBLIC_FRONT,
            Page::Results => api::paths::PUBLIC_RESULTS,
            Page::Calendar => api::paths::PUBLIC_CALENDAR,
            Page::Documents => api::paths::PUBLIC_DOCUMENTS,
            Page::Methodology => api::paths::PUBLIC_METHODOLOGY,
            Page::Purpose => api::paths::PUBLIC_PURPOSE,
            Page::Observers => api::paths::PUBLIC_OBSERVERS,
            Page::Certificates => api::paths::PUBLIC_CERTIFICATES,
        };
        match language {
            Language::Ru => path.to_owned(),
            Language::En => format!("{path}?lang=en"),
        }
    }
}

/// Renders a whole document around a page's content.
pub(super) fn document<V: IntoView>(
    frame: &Frame,
    page: Page,
    title: &str,
    content: impl FnOnce() -> V,
) -> String {
    let owner = Owner::new();
    let body = owner.with(|| {
        view! {
            {frame
                .is_demo
                .then(|| view! {
                    <aside class="demo-line" aria-label=shell::demo_label(frame.language)>
                        {shell::demo(frame.language)}
                    </aside>
                })}
            {header(frame.language, page)}
            <main class="public" id="main">
                {content()}
            </main>
            {footer(frame)}
        }
        .to_html()
    });
    let head = owner.with(|| head(frame, title).to_html());
    let tag = match frame.language {
        Language::Ru => "ru",
        Language::En => "en",
    };
    format!(
        "<!doctype html><html lang=\"{tag}\"><head>{head}</head><body class=\"public-body\">{body}</body></html>"
    )
}

fn head(frame: &Frame, title: &str) -> impl IntoView + use<> {
    view! {
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{shell::page_title(frame.language, title)}</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href=frame.css.clone() />
    }
}

fn header(language: Language, page: Page) -> impl IntoView {
    let link = |target: Page, name: &'static str| {
        view! {
            <a href=target.path(language) aria-current=(target == page).then_some("page")>
                {name}
            </a>
        }
    };
    let (other, other_tag) = match language {
        Language::Ru => (Language::En, "en"),
        Language::En => (Language::Ru, "ru"),
    };
    view! {
        <a class="skip" href="#main">
            {shell::skip(language)}
        </a>
        <header class="header">
            <a class="brand" href=Page::Front.path(language)>
                <Mark />
                {common::product(language)}
            </a>
            <nav class="nav" aria-label=words::nav_label(language)>
                {link(Page::Front, words::nav_front(language))}
                {link(Page::Results, words::nav_results(language))}
                {link(Page::Calendar, words::nav_calendar(language))}
                {link(Page::Documents, words::nav_documents(language))}
                {link(Page::Methodology, words::nav_methodology(language))}
                {link(Page::Purpose, words::nav_purpose(language))}
                {link(Page::Observers, observers_public::nav(language))}
            </nav>
            <div class="header-end">
                <a class="button quiet" href=page.path(other) lang=other_tag hreflang=other_tag>
                    {words::other_language(language)}
                </a>
                <a class="button" href=api::paths::WORK>
                    {words::nav_work(language)}
                </a>
            </div>
        </header>
    }
}

fn footer(frame: &Frame) -> impl IntoView + use<> {
    view! {
        <footer class="public-footer">
            <p>{words::footer(frame.language)}</p>
            <p class="num">{words::footer_version(frame.language, &frame.version)}</p>
        </footer>
    }
}
