//! What the marks of a drawing mean, as small drawings with words.

use leptos::prelude::*;

/// A mark with a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Dot with an interval.
    Own,
    /// Dotted line.
    Others,
    /// Hollow dot.
    Few,
    /// Diamond.
    Striking,
    /// Dash where there is nothing.
    Gap,
    /// A filled part with this class.
    Part(&'static str),
}

/// Marks with their words, below a drawing.
pub fn legend(entries: Vec<(Key, String)>) -> AnyView {
    let entries: Vec<_> = entries
        .into_iter()
        .map(|(key, words)| {
            view! {
                <li>
                    <svg viewBox="0 0 22 14" aria-hidden="true">
                        {symbol(key)}
                    </svg>
                    {words}
                </li>
            }
        })
        .collect();
    view! { <ul class="chart-legend">{entries}</ul> }.into_any()
}

fn symbol(key: Key) -> AnyView {
    match key {
        Key::Own => super::years::dot(11.0, 7.0, Some([0.0, 14.0]), super::years::Kind::Plain),
        Key::Few => super::years::dot(11.0, 7.0, None, super::years::Kind::Few),
        Key::Striking => super::years::dot(11.0, 7.0, None, super::years::Kind::Striking),
        Key::Others => {
            view! { <line class="chart-region" x1="0" x2="22" y1="7" y2="7" /> }.into_any()
        }
        Key::Gap => view! { <line class="chart-gap" x1="7" x2="15" y1="7" y2="7" /> }.into_any(),
        Key::Part(class) => view! {
            <g class=format!("chart-part {class}")>
                <rect x="5" y="1" width="12" height="12" rx="2" />
            </g>
        }
        .into_any(),
    }
}
