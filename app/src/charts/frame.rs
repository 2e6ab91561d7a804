//! The frame of a chart: heading, conclusion, and the same figures as a table.

use leptos::prelude::*;

use crate::language::{say, use_language};
use crate::text::{Language, common};

/// The figures of a chart as a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Column titles.
    pub header: Vec<String>,
    /// Rows; the first cell names the row.
    pub rows: Vec<Vec<String>>,
}

/// A chart with its heading, its conclusion and its table.
#[component]
pub fn ChartFrame<D, F>(
    /// Heading.
    title: fn(Language) -> &'static str,
    /// What the chart shows and how to read it, one or two sentences.
    note: fn(Language) -> &'static str,
    /// Draws the chart in a language.
    draw: D,
    /// The figures in a language.
    figures: F,
) -> impl IntoView
where
    D: Fn(Language) -> AnyView + Send + Sync + 'static,
    F: Fn(Language) -> Figures + Send + Sync + 'static,
{
    let language = use_language();
    let is_table = RwSignal::new(false);
    view! {
        <figure class="chart">
            <figcaption class="chart-head">
                <h3>{say(title)}</h3>
                <button
                    type="button"
                    class="button quiet small"
                    aria-pressed=move || is_table.get().to_string()
                    on:click=move |_| is_table.update(|is_table| *is_table = !*is_table)
                >
                    {move || {
                        let language = language.get();
                        if is_table.get() {
                            common::show_chart(language)
                        } else {
                            common::show_table(language)
                        }
                    }}
                </button>
            </figcaption>
            {move || {
                let language = language.get();
                if is_table.get() {
                    draw_figures(figures(language), title(language)).into_any()
                } else {
                    draw(language)
                }
            }}
            <p class="chart-note">{say(note)}</p>
        </figure>
    }
}

fn draw_figures(figures: Figures, label: &'static str) -> impl IntoView {
    view! {
        <div class="chart-table" role="region" tabindex="0" aria-label=label>
            <table class="table num">
                <thead>
                    <tr>
                        {figures
                            .header
                            .into_iter()
                            .map(|title| view! { <th scope="col">{title}</th> })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody>
                    {figures
                        .rows
                        .into_iter()
                        .map(|row| {
                            let mut cells = row.into_iter();
                            let head = cells.next();
                            view! {
                                <tr>
                                    <th scope="row">{head}</th>
                                    {cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}
