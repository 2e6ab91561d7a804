//! Notices and empty states.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// How loud a notice is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// Done.
    Success,
    /// Worth a look.
    Warning,
    /// Something failed.
    Danger,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Tone::Info => "notice notice-info",
            Tone::Success => "notice notice-success",
            Tone::Warning => "notice notice-warning",
            Tone::Danger => "notice notice-danger",
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            Tone::Info => Glyph::Info,
            Tone::Success => Glyph::Check,
            Tone::Warning | Tone::Danger => Glyph::Alert,
        }
    }
}

/// A notice inside a page. A dangerous one is announced at once.
#[component]
pub fn Notice(
    /// How loud.
    #[prop(optional)]
    tone: Tone,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let role = if tone == Tone::Danger {
        "alert"
    } else {
        "status"
    };
    view! {
        <div class=tone.class() role=role>
            <Icon glyph=tone.glyph() />
            <div class="notice-body">{children()}</div>
        </div>
    }
}

/// Says what will appear here, and offers the first step as its children.
#[component]
pub fn EmptyState(
    /// What will appear here.
    #[prop(into)]
    title: Signal<String>,
    /// How it gets here.
    #[prop(into)]
    text: Signal<String>,
    /// The first step.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{move || title.get()}</h2>
            <p>{move || text.get()}</p>
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
}
