//! Going to a question: its section, then its widget.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::filling::Filling;
use crate::filling::steps::Step;
use crate::filling::view::element_id;

/// Opens the section of a question and puts the focus on it.
pub fn go_to(filling: Filling, question: &str) {
    let section = filling.overview.with_untracked(|overview| {
        overview
            .find(question)
            .map(|(section, _)| section.path.clone())
    });
    if let Some(section) = section {
        filling.go(Step::Section(section));
        let question = question.to_owned();
        filling.sought.set(Some(drawn_at(filling, &question)));
        // Drawn in the next frame; measured in the one after.
        request_animation_frame(move || {
            request_animation_frame(move || show(&question, true));
        });
    }
}

/// A companion is drawn in the card of its question.
fn drawn_at(filling: Filling, question: &str) -> String {
    filling.overview.with_untracked(|overview| {
        let found = overview.find(question).and_then(|(_, view)| {
            let (of, _) = view.rules.companion.as_ref()?;
            let parent = question.strip_suffix(view.name.as_str())?;
            Some(format!("{parent}{of}"))
        });
        found.unwrap_or_else(|| question.to_owned())
    })
}

/// Brings a question into view, with the focus or without.
pub fn show(question: &str, takes_focus: bool) {
    let id = element_id(question);
    let field = document().get_element_by_id(&id);
    let card = document()
        .get_element_by_id(&format!("{id}-card"))
        .or_else(|| field.clone());
    if let Some(card) = card {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Center);
        card.scroll_into_view_with_scroll_into_view_options(&options);
    }
    if takes_focus {
        let target = field.and_then(|field| {
            // In a group of choices the first control takes the focus, so arrows work at once.
            let control = field
                .query_selector("input, button, textarea")
                .ok()
                .flatten();
            control
                .unwrap_or(field)
                .dyn_into::<web_sys::HtmlElement>()
                .ok()
        });
        if let Some(target) = target {
            // Taking the focus must not scroll away from the question.
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            drop(target.focus_with_options(&options));
        }
    }
}

/// Puts the focus on the heading of a new step, at the top of the page.
pub fn show_heading() {
    request_animation_frame(|| {
        window().scroll_to_with_x_and_y(0.0, 0.0);
        let heading = document()
            .query_selector("main h1[tabindex]")
            .ok()
            .flatten()
            .and_then(|heading| heading.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(heading) = heading {
            drop(heading.focus());
        }
    });
}

/// After a reload the person is at the same question.
pub fn resume(filling: Filling) {
    let last = filling.last_answered();
    filling
        .sought
        .set(last.as_deref().map(|last| drawn_at(filling, last)));
    request_animation_frame(move || {
        request_animation_frame(move || {
            if let Some(last) = last {
                show(&last, false);
            }
        });
    });
}

/// Keeps the current entry of a row of steps in sight, also on a narrow screen.
pub fn keep_in_sight(filling: Filling, selector: &'static str) {
    Effect::new(move |_| {
        filling.step.track();
        request_animation_frame(move || {
            if let Some(current) = document().query_selector(selector).ok().flatten() {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                options.set_inline(web_sys::ScrollLogicalPosition::Center);
                current.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    });
}
