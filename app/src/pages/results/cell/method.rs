//! «Как посчитано»: every number with its source, and the documents' markers with their errors.

use api::results::cell::{CellDetail, Channel, Marker, Threshold};
use api::text::Text;
use leptos::prelude::*;

use crate::components::{Glyph, Icon};
use crate::device;
use crate::language::{say, say_text, use_language};
use crate::text::results::cell as words;
use crate::text::{Language, number};

/// How the cell was computed.
#[component]
pub fn Method(detail: CellDetail) -> impl IntoView {
    let (engine, at_ms, level) = (detail.engine_version, detail.computed_ms, detail.level);
    let language = use_language();
    let meta = say(move |language| {
        words::how_meta(
            language,
            &engine,
            device::date_time(language, at_ms),
            &level,
        )
    });
    let posterior = detail.posterior;
    view! {
        <details class="disclosure">
            <summary>
                <Icon glyph=Glyph::ChevronRight />
                {say(words::how_title)}
            </summary>
            <div class="disclosure-body">
                <div class="stack tight small muted num">
                    <p>{meta}</p>
                    {posterior
                        .map(|share| {
                            view! {
                                <p>
                                    {move || {
                                        let language = language.get();
                                        words::posterior(
                                            language,
                                            number::percent(language, share, 0),
                                        )
                                    }}
                                </p>
                            }
                        })}
                </div>
                {detail
                    .channels
                    .into_iter()
                    .map(|channel| view! { <ChannelMethod channel=channel /> })
                    .collect_view()}
            </div>
        </details>
    }
}

#[component]
fn ChannelMethod(channel: Channel) -> impl IntoView {
    let figures = channel.clone();
    let name = channel.name.clone();
    let language = use_language();
    view! {
        <section class="method">
            <h4>{say_text(channel.name)}</h4>
            <p class="small">{say_text(channel.method)}</p>
            <p class="small muted num">{move || measured(language.get(), &figures)}</p>
            {(!channel.thresholds.is_empty())
                .then(|| view! { <Thresholds of=name thresholds=channel.thresholds /> })}
        </section>
    }
}

fn measured(language: Language, channel: &Channel) -> String {
    let decimal = |value: f64| number::decimal(language, value, 2);
    let value = channel.value.map_or_else(|| "—".to_owned(), decimal);
    let mut sentences = vec![match (channel.interval, channel.expected) {
        (Some([low, high]), Some(expected)) => words::measured(
            language,
            value,
            format!("{}…{}", decimal(low), decimal(high)),
            decimal(expected),
        ),
        _ => words::measured_value(language, value),
    }];
    if let Some(p) = channel.p_value {
        let p = if p < 0.0001 {
            format!("< {}", number::decimal(language, 0.0001, 4))
        } else {
            number::decimal(language, p, 4)
        };
        sentences.push(words::p_value(language, p));
    }
    sentences.join(" ")
}

#[component]
fn Thresholds(of: Text, thresholds: Vec<Threshold>) -> impl IntoView {
    let language = use_language();
    let label = say(move |language| words::thresholds_of(language, of.in_language(language)));
    view! {
        <div class="chart-table" role="region" tabindex="0" aria-label=label>
            <table class="table num">
                <thead>
                    <tr>
                        <th scope="col">{say(words::threshold)}</th>
                        <th scope="col">{say(words::value)}</th>
                        <th scope="col">{say(words::source)}</th>
                    </tr>
                </thead>
                <tbody>
                    {thresholds
                        .into_iter()
                        .map(|threshold| {
                            let (value, source) = (threshold.value, threshold.source);
                            view! {
                                <tr>
                                    <th scope="row">{say_text(threshold.name)}</th>
                                    <td>{move || plain(language.get(), value)}</td>
                                    <td>
                                        <span class="tag calm">
                                            {say(move |language| words::source_name(
                                                language,
                                                &source,
                                            ))}
                                        </span>
                                        " "
                                        {say_text(threshold.reference)}
                                    </td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}

/// A number without zeros that say nothing.
fn plain(language: Language, value: f64) -> String {
    let places = (0..4)
        .find(|places| {
            let factor = 10_f64.powi(*places);
            ((value * factor).round() / factor - value).abs() < 1e-9
        })
        .unwrap_or(4);
    number::decimal(language, value, places as usize)
}

/// The documents' markers, each with its measured rate of false alarms.
#[component]
pub fn Markers(detail: CellDetail) -> impl IntoView {
    let markers = detail.markers;
    (!markers.is_empty()).then(|| {
        view! {
            <details class="disclosure">
                <summary>
                    <Icon glyph=Glyph::ChevronRight />
                    {say(words::markers_title)}
                </summary>
                <div class="disclosure-body">
                    <p class="small muted">{say(words::markers_note)}</p>
                    <ul class="markers">
                        {markers
                            .into_iter()
                            .map(|marker| view! { <MarkerEntry marker=marker /> })
                            .collect_view()}
                    </ul>
                </div>
            </details>
        }
    })
}

#[component]
fn MarkerEntry(marker: Marker) -> impl IntoView {
    let language = use_language();
    let (class, verdict): (_, fn(Language) -> &'static str) = match marker.fired {
        Some(true) => ("tag warn", words::marker_fired),
        Some(false) => ("tag calm", words::marker_quiet),
        None => ("tag", words::marker_unknown),
    };
    let rate = marker.false_alarm_rate;
    view! {
        <li>
            <b>{say_text(marker.name)}</b>
            <span class=class>{say(verdict)}</span>
            <span class="muted">{say_text(marker.sentence)}</span>
            <span class="faint num">
                {move || {
                    let language = language.get();
                    match rate {
                        Some(rate) => {
                            words::false_alarms(language, number::percent(language, rate, 0))
                        }
                        None => words::false_alarms_unknown(language).to_owned(),
                    }
                }}
            </span>
        </li>
    }
}
