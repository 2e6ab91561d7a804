//! A few things of which several can be ticked.

use leptos::prelude::*;

use crate::language::say;
use crate::text::Wording;

/// Chips with a box each, under a legend.
#[component]
pub(super) fn Ticks<T>(
    legend: Wording,
    #[prop(optional)] hint: Option<Wording>,
    /// Does a heading above say the same already?
    #[prop(optional)]
    is_headed: bool,
    choices: Vec<(T, Signal<String>)>,
    chosen: RwSignal<Vec<T>>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let chips = choices
        .into_iter()
        .map(|(value, name)| {
            let value = StoredValue::new(value);
            let is_chosen =
                move || chosen.with(|all| value.with_value(|value| all.contains(value)));
            let tick = move |is_on: bool| {
                let value = value.get_value();
                chosen.update(|all| {
                    all.retain(|one| *one != value);
                    if is_on {
                        all.push(value);
                    }
                });
            };
            view! {
                <label class="chip num">
                    <input
                        type="checkbox"
                        prop:checked=is_chosen
                        on:change:target=move |event| tick(event.target().checked())
                    />
                    {move || name.get()}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend class:hidden-visually=is_headed>{say(legend)}</legend>
            {hint.map(|hint| view! { <p class="hint">{say(hint)}</p> })}
            <div class="chips">{chips}</div>
        </fieldset>
    }
}
