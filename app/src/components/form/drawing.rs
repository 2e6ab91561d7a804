//! A signature or drawing with finger, pen or mouse.

use leptos::html;
use leptos::prelude::*;

use super::port::Question;
use crate::filling::lexical;
use crate::language::say;
use crate::text::forms::form as words;

/// Width and height of the drawing in its own units.
const SIZE: (f64, f64) = (600.0, 200.0);

/// A field to draw in; the answer is a small picture of lines.
#[component]
pub fn Drawing(question: Question) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let stroke = RwSignal::new(None::<Vec<(f64, f64)>>);
    let lines = Memo::new(move |_| lexical::picture_lines(&question.value()));
    let point = move |event: &leptos::ev::PointerEvent| {
        let frame = frame.get_untracked()?;
        let place = frame.get_bounding_client_rect();
        let x = (f64::from(event.client_x()) - place.left()) / place.width() * SIZE.0;
        let y = (f64::from(event.client_y()) - place.top()) / place.height() * SIZE.1;
        Some((x.clamp(0.0, SIZE.0), y.clamp(0.0, SIZE.1)))
    };
    let begin = move |event: leptos::ev::PointerEvent| {
        if !question.is_read_only() {
            event.prevent_default();
            stroke.set(point(&event).map(|point| vec![point]));
        }
    };
    let go_on = move |event: leptos::ev::PointerEvent| {
        if stroke.with_untracked(Option::is_some)
            && let Some(point) = point(&event)
        {
            stroke.update(|stroke| {
                if let Some(stroke) = stroke {
                    stroke.push(point);
                }
            });
        }
    };
    let end = move |_: leptos::ev::PointerEvent| {
        let drawn = stroke.get_untracked();
        stroke.set(None);
        if let Some(drawn) = drawn {
            let mut all = lines.get_untracked();
            all.push(lexical::line(&drawn));
            question.answer(Some(lexical::picture(&all, SIZE)));
        }
    };
    let path = move || {
        let mut all = lines.get();
        if let Some(stroke) = stroke.get() {
            all.push(lexical::line(&stroke));
        }
        all.join(" ")
    };
    view! {
        <div
            class="drawing"
            node_ref=frame
            on:pointerdown=begin
            on:pointermove=go_on
            on:pointerup=end
            on:pointercancel=end
            on:pointerleave=end
        >
            <svg viewBox=format!("0 0 {} {}", SIZE.0, SIZE.1) role="img" aria-label=say(words::drawing)>
                <path d=path />
            </svg>
        </div>
        <div class="actions">
            <button type="button" class="button" on:click=move |_| question.answer(None)>
                {say(words::drawing_clear)}
            </button>
            <span class="small muted">{say(words::drawing_hint)}</span>
        </div>
    }
}
