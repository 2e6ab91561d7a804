//! The methodology: states, channels with formulas, thresholds with sources, markers with their errors.

use api::results::cell::Threshold;
use api::text::Text;
use leptos::prelude::*;

use super::document::{Frame, Page, document};
use crate::components::state_tag::state_class;
use crate::text::public::page as words;
use crate::text::results::cell;
use crate::text::{Language, common, number};
use api::results::heat_map::CellState;

/// A marker of the documents and how often it fires at honest schools.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkerRates {
    /// Name.
    pub name: Text,
    /// Sizes of school (number of pupils, for example «13–30») with the share of honest ones at which
    /// it fires, 0–1; all markers have the same sizes.
    pub rates: Vec<(String, f64)>,
}

/// What the methodology page shows besides its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MethodologyData {
    /// Version of the engine.
    pub engine_version: String,
    /// Thresholds in force.
    pub thresholds: Vec<Threshold>,
    /// Markers with measured false alarms; empty before they are measured.
    pub markers: Vec<MarkerRates>,
}

/// The methodology page as a document.
pub fn methodology(frame: &Frame, data: &MethodologyData) -> String {
    let language = frame.language;
    document(
        frame,
        Page::Methodology,
        words::method_title(language),
        || {
            view! {
                <section class="hero">
                    <h1>{words::method_title(language)}</h1>
                    <p class="lead">{words::method_lead(language)}</p>
                </section>
                {states(language)}
                {channels(language)}
                {combination(language)}
                {thresholds(language, &data.thresholds)}
                {markers(language, &data.markers)}
                {limits(language)}
            }
        },
    )
}

fn states(language: Language) -> impl IntoView {
    let entry = |state: CellState, text: &'static str| {
        view! {
            <div>
                <dt>
                    <span class=format!("state-tag {}", state_class(state))>
                        {common::state(language, state)}
                    </span>
                </dt>
                <dd>{text}</dd>
            </div>
        }
    };
    view! {
        <section class="public-section">
            <h2>{words::states_title(language)}</h2>
            <p class="text muted">{words::states_lead(language)}</p>
            <dl class="states">
                {entry(CellState::Calm, words::state_calm(language))}
                {entry(CellState::Attention, words::state_attention(language))}
                {entry(CellState::Signs, words::state_signs(language))}
                {entry(CellState::Insufficient, words::state_insufficient(language))}
                {entry(CellState::NoData, words::state_none(language))}
            </dl>
            <p class="text">{words::state_note(language)}</p>
        </section>
    }
}

fn channels(language: Language) -> impl IntoView {
    let channel = |title: &'static str,
                   text: &'static str,
                   formula: AnyView,
                   legend: &'static str,
                   source: &'static str| {
        view! {
            <article class="channel-method">
                <h3>{title}</h3>
                <p>{text}</p>
                <p class="formula">{formula}</p>
                <p class="small muted">{legend}</p>
                <p class="tiny faint">{source}</p>
            </article>
        }
    };
    let level = view! {
        <var>"z"</var>
        " = "
        <var>"r"</var>
        " / √("
        <var>"σ"</var>
        <sup>"2"</sup>
        " / "
        <var>"n"</var>
        " + "
        <var>"τ"</var>
        <sup>"2"</sup>
        ")"
    }
    .into_any();
    let bunching = view! {
        <var>"H"</var>
        " | "
        <var>"H"</var>
        " + "
        <var>"L"</var>
        " ~ Bin("
        <var>"H"</var>
        " + "
        <var>"L"</var>
        ", "
        <var>"q"</var>
        ")"
    }
    .into_any();
    let items = view! {
        <var>"X"</var>
        <sup>"2"</sup>
        " = Σ "
        <var>"z"</var>
        <sub>"i"</sub>
        <sup>"2"</sup>
        " / (1 + "
        <var>"c"</var>
        <var>"n"</var>
        ")"
    }
    .into_any();
    view! {
        <section class="public-section">
            <h2>{words::channels_title(language)}</h2>
            <p class="text muted">{words::channels_lead(language)}</p>
            <div class="channel-methods">
                {channel(
                    words::level_title(language),
                    words::level_text(language),
                    level,
                    words::level_legend(language),
                    words::level_source(language),
                )}
                {channel(
                    words::bunching_title(language),
                    words::bunching_text(language),
                    bunching,
                    words::bunching_legend(language),
                    words::bunching_source(language),
                )}
                {channel(
                    words::items_title(language),
                    words::items_text(language),
                    items,
                    words::items_legend(language),
                    words::items_source(language),
                )}
            </div>
            <p class="text">{words::other_channels(language)}</p>
        </section>
    }
}

fn combination(language: Language) -> impl IntoView {
    view! {
        <section class="public-section">
            <h2>{words::combination_title(language)}</h2>
            <p class="text">{words::combination_text(language)}</p>
            <p class="formula">
                "ln " <var>"O"</var> " = ln (" <var>"π"</var> " / (1 − " <var>"π"</var> ")) + Σ "
                <var>"w"</var> <sub>"k"</sub> " ln LR" <sub>"k"</sub>
            </p>
            <p class="text small muted">{words::combination_legend(language)}</p>
            <p class="text">{words::small_schools(language)}</p>
        </section>
    }
}

fn thresholds(language: Language, thresholds: &[Threshold]) -> impl IntoView + use<> {
    let rows: Vec<_> = thresholds
        .iter()
        .map(|threshold| {
            view! {
                <tr>
                    <th scope="row">{threshold.name.in_language(language).to_owned()}</th>
                    <td class="end">{plain(language, threshold.value)}</td>
                    <td>{cell::source_name(language, &threshold.source)}</td>
                    <td>{threshold.reference.in_language(language).to_owned()}</td>
                </tr>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="public-section">
                <h2>{words::thresholds_title(language)}</h2>
                <p class="text muted">{words::thresholds_lead(language)}</p>
                <div
                    class="table-frame"
                    role="region"
                    tabindex="0"
                    aria-label=words::thresholds_title(language)
                >
                    <table class="table num">
                        <thead>
                            <tr>
                                <th scope="col">{cell::threshold(language)}</th>
                                <th scope="col" class="end">
                                    {cell::value(language)}
                                </th>
                                <th scope="col" colspan="2">
                                    {cell::source(language)}
                                </th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
    })
}

/// A threshold without zeros that say nothing.
fn plain(language: Language, value: f64) -> String {
    let text = number::decimal(language, value, 4);
    if text.contains([',', '.']) {
        text.trim_end_matches('0')
            .trim_end_matches([',', '.'])
            .to_owned()
    } else {
        text
    }
}

fn markers(language: Language, markers: &[MarkerRates]) -> impl IntoView + use<> {
    let table = match markers.first() {
        None => view! { <p class="muted">{words::markers_none(language)}</p> }.into_any(),
        Some(first) => {
            let sizes: Vec<_> = first
                .rates
                .iter()
                .map(|(size, _)| {
                    let size = size.clone();
                    view! {
                        <th scope="col" class="end">
                            {size}
                        </th>
                    }
                })
                .collect();
            let rows: Vec<_> = markers
                .iter()
                .map(|marker| {
                    let rates: Vec<_> = marker
                        .rates
                        .iter()
                        .map(|(_, rate)| {
                            view! { <td class="end">{number::percent(language, *rate, 0)}</td> }
                        })
                        .collect();
                    view! {
                        <tr>
                            <th scope="row">{marker.name.in_language(language).to_owned()}</th>
                            {rates}
                        </tr>
                    }
                })
                .collect();
            view! {
                <div
                    class="table-frame"
                    role="region"
                    tabindex="0"
                    aria-label=words::markers_title(language)
                >
                    <table class="table num">
                        <thead>
                            <tr>
                                <th scope="col">{words::marker(language)}</th>
                                {sizes}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <section class="public-section">
            <h2>{words::markers_title(language)}</h2>
            <p class="text muted">{words::markers_lead(language)}</p>
            {table}
        </section>
    }
}

fn limits(language: Language) -> impl IntoView {
    view! {
        <section class="public-section">
            <h2>{words::limits_title(language)}</h2>
            <ul class="plain-list text">
                <li>{words::limit_1(language)}</li>
                <li>{words::limit_2(language)}</li>
                <li>{words::limit_3(language)}</li>
                <li>{words::limit_4(language)}</li>
            </ul>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_lose_trailing_zeros_only() {
        assert_eq!(plain(Language::Ru, 0.01), "0,01");
        assert_eq!(plain(Language::Ru, 4.0), "4");
        assert_eq!(plain(Language::En, 20.0), "20");
    }

    #[test]
    fn every_threshold_stands_with_its_source() {
        let frame = Frame {
            language: Language::En,
            css: "/pkg/style.css".to_owned(),
            is_demo: false,
            version: "0.1.0".to_owned(),
        };
        let data = MethodologyData {
            engine_version: "0.1.0".to_owned(),
            thresholds: vec![Threshold {
                name: Text::new("Исходная доля", "Prior share"),
                value: 0.04,
                source: "platform".to_owned(),
                reference: Text::new("расчёт", "own computation"),
            }],
            markers: Vec::new(),
        };
        let html = methodology(&frame, &data);
        assert!(html.contains("Prior share") && html.contains("0.04"));
        assert!(html.contains("own computation"));
        assert!(!html.contains("demo-line"));
        assert!(html.len() < 100_000);
    }
}
