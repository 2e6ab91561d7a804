//! Marks drawn upon a photo: what is meant is circled where it is.

use leptos::html;
use leptos::prelude::*;

use crate::components::{Glyph, Icon};
use crate::filling::photo;
use crate::language::say;
use crate::text::forms::form as words;

/// A stroke, in parts of the photo's width and height.
type Stroke = Vec<(f64, f64)>;

/// The photo to draw upon; `done` is told the photo with its marks.
#[component]
pub fn Annotate(
    /// Where the photo is, as this page can show it.
    address: String,
    /// Told the photo with its marks.
    done: Callback<web_sys::File>,
) -> impl IntoView {
    let image = NodeRef::<html::Img>::new();
    let strokes = RwSignal::new(Vec::<Stroke>::new());
    let is_drawing = RwSignal::new(false);
    let is_working = RwSignal::new(false);
    let point = move |event: &leptos::ev::PointerEvent| {
        let place = image.get_untracked()?.get_bounding_client_rect();
        let x = (f64::from(event.client_x()) - place.left()) / place.width();
        let y = (f64::from(event.client_y()) - place.top()) / place.height();
        Some((x.clamp(0.0, 1.0), y.clamp(0.0, 1.0)))
    };
    let begin = move |event: leptos::ev::PointerEvent| {
        event.prevent_default();
        if let Some(point) = point(&event) {
            is_drawing.set(true);
            strokes.update(|strokes| strokes.push(vec![point]));
        }
    };
    let go_on = move |event: leptos::ev::PointerEvent| {
        if let Some(point) = is_drawing.get_untracked().then(|| point(&event)).flatten() {
            strokes.update(|strokes| {
                if let Some(last) = strokes.last_mut() {
                    last.push(point);
                }
            });
        }
    };
    let end = move |_: leptos::ev::PointerEvent| is_drawing.set(false);
    let path = move || {
        strokes.with(|strokes| {
            strokes
                .iter()
                .map(|one| drawn(one))
                .collect::<Vec<_>>()
                .concat()
        })
    };
    let is_empty = move || strokes.with(Vec::is_empty);
    let save = move |_| {
        let Some(image) = image.get_untracked() else {
            return;
        };
        is_working.set(true);
        leptos::task::spawn_local(async move {
            let marked = strokes.get_untracked();
            if let Some(file) = photo::with_marks(&image, &marked).await {
                done.run(file);
            }
            is_working.try_set(false);
        });
    };
    view! {
        <p class="small muted">{say(words::annotate_hint)}</p>
        <div
            class="annotate"
            on:pointerdown=begin
            on:pointermove=go_on
            on:pointerup=end
            on:pointercancel=end
            on:pointerleave=end
        >
            <img src=address alt=say(words::photo_alt) node_ref=image draggable="false" />
            <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
                <path d=path />
            </svg>
        </div>
        <div class="actions">
            <button
                type="button"
                class="button primary"
                disabled=move || is_empty() || is_working.get()
                on:click=save
            >
                <Icon glyph=Glyph::Check />
                {say(words::annotate_save)}
            </button>
            <button
                type="button"
                class="button"
                disabled=is_empty
                on:click=move |_| strokes.update(|strokes| drop(strokes.pop()))
            >
                <Icon glyph=Glyph::Undo />
                {say(words::annotate_undo)}
            </button>
        </div>
    }
}

/// A stroke as a path; a touch without a way is a dot.
fn drawn(stroke: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (at, (x, y)) in stroke.iter().enumerate() {
        let sign = if at == 0 { 'M' } else { 'L' };
        path.push_str(&format!("{sign}{x:.4} {y:.4}"));
    }
    if let [(x, y)] = stroke {
        path.push_str(&format!("L{x:.4} {y:.4}"));
    }
    path
}
