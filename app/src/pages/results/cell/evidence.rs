//! State, sentence and channels: what the cell rests on.

use api::results::cell::{CellDetail, Channel};
use api::results::heat_map::CellState;
use leptos::prelude::*;

use super::state_sentence;
use crate::charts::spark::Sparkline;
use crate::components::{Bar, StateTag};
use crate::language::{say, say_text, use_language};
use crate::text::results::cell as words;
use crate::text::{Language, chart, common, number};

/// School, work and number of participants.
#[component]
pub fn Head(detail: CellDetail, is_page: bool) -> impl IntoView {
    let school = detail.organisation_name.clone();
    let href = api::work::school(detail.organisation);
    let (subject, grade, year, n) = (
        detail.subject_name,
        detail.grade,
        detail.year,
        u64::from(detail.n),
    );
    let line = say(move |language| {
        let work = common::subject_grade(language, subject.in_language(language), grade);
        let participants = common::participants(language, n);
        // Three facts side by side, no sentence.
        [work, words::year(language, year), participants].join(" · ")
    });
    // The page draws the years large.
    let trend = (!is_page).then_some(detail.dynamics).flatten().map(|work| {
        let own = work.years.iter();
        own.filter_map(|year| Some((year.year, year.own.as_ref()?.share)))
            .collect::<Vec<_>>()
    });
    let heading = if is_page {
        view! { <h1>{school}</h1> }.into_any()
    } else {
        view! {
            <h2>
                <a class="plain" href=href>
                    {school}
                </a>
            </h2>
        }
        .into_any()
    };
    view! {
        <div class="cell-head">
            {heading}
            <p class="small muted num">{line}</p>
            {trend.map(|years| view! { <Trend years=years /> })}
        </div>
    }
}

/// The share of the possible score over the years, in a line.
#[component]
fn Trend(years: Vec<(i32, f64)>) -> impl IntoView {
    let language = use_language();
    let ends = years.first().copied().zip(years.last().copied());
    let label = Signal::derive(move || {
        let language = language.get();
        ends.map_or_else(String::new, |((first, from), (last, to))| {
            let percent = |share| number::percent(language, share, 0);
            chart::trend(language, first, percent(from), last, percent(to))
        })
    });
    (years.len() > 1).then(|| {
        view! {
            <p class="small muted num cell-trend">
                <Sparkline values=years label=label />
                <span aria-hidden="true">{move || label.get()}</span>
            </p>
        }
    })
}

/// The state with its sentence and how often such signals are false.
#[component]
pub fn Verdict(detail: CellDetail) -> impl IntoView {
    let language = use_language();
    let state = detail.state;
    let summary = detail.summary;
    let sentence = say(move |language| {
        let summary = summary.in_language(language);
        if summary.is_empty() {
            state_sentence(language, state)
                .unwrap_or_default()
                .to_owned()
        } else {
            summary.to_owned()
        }
    });
    let local_fdr = detail.local_fdr.filter(|_| state >= CellState::Attention);
    let means = (detail.mean, detail.shrunk_mean, detail.max_score);
    view! {
        <div class="verdict">
            <StateTag state=state />
            <p>{sentence}</p>
        </div>
        <div class="stack tight small muted num">
            {local_fdr
                .map(|share| {
                    view! { <p>{move || false_signals(language.get(), share)}</p> }
                })} {move || means_sentence(language.get(), means).map(|text| view! { <p>{text}</p> })}
        </div>
    }
}

/// The local false-discovery rate in words: «из ста таких сигналов …».
fn false_signals(language: Language, share: f64) -> String {
    let hundredths = (share * 100.0).round();
    if hundredths < 1.0 {
        words::fdr_less(language).to_owned()
    } else {
        words::fdr(language, hundredths as u64)
    }
}

fn means_sentence(
    language: Language,
    (mean, shrunk, max): (Option<f64>, Option<f64>, Option<u16>),
) -> Option<String> {
    let mean = number::decimal(language, mean?, 1);
    let max = max?;
    Some(match shrunk {
        Some(shrunk) => words::means(language, mean, number::decimal(language, shrunk, 1), max),
        None => words::mean_only(language, mean, max),
    })
}

/// Channels, strongest first, each with its factor and bar.
#[component]
pub fn Channels(detail: CellDetail) -> impl IntoView {
    let channels = detail.channels;
    (!channels.is_empty()).then(|| {
        view! {
            <section class="stack">
                <h3>{say(words::channels_title)}</h3>
                <ul class="channels">
                    {channels
                        .into_iter()
                        .map(|channel| view! { <ChannelEntry channel=channel /> })
                        .collect_view()}
                </ul>
                <p class="tiny faint">{say(words::channels_note)}</p>
            </section>
        }
    })
}

#[component]
fn ChannelEntry(channel: Channel) -> impl IntoView {
    /// Factor at which the bar is full: ×30.
    const FULL: f64 = 3.401;
    let language = use_language();
    let log_lr = channel.log_lr;
    let class = if channel.fired { "strong" } else { "quiet" };
    let verdict = if channel.fired {
        words::channel_fired
    } else {
        words::channel_quiet
    };
    view! {
        <li class="channel" class:fired=channel.fired>
            <b>{say_text(channel.name)}</b>
            <span class="num nowrap">
                <span class="hidden-visually">{say(verdict)}</span>
                {move || number::factor(language.get(), log_lr.exp())}
            </span>
            <span class="muted">{say_text(channel.sentence)}</span>
            <Bar share=(log_lr.max(0.0) / FULL).max(0.02) class=class />
        </li>
    }
}
