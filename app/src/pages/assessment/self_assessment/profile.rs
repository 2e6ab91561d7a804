//! The profile as a dot plot: levels as bands, last time as a ring, now as a dot.

use leptos::prelude::*;

use crate::filling::profile::{Band, ProfileRow, change_points, unconfirmed};
use crate::language::{say, say_text, use_language};
use crate::text::assessment::self_assessment as words;
use crate::text::{Language, number};

/// The profile of all domains, and the same as a table.
#[component]
pub fn Profile(
    /// Domains in the order of the form.
    rows: Vec<ProfileRow>,
    /// Levels, lowest first.
    bands: Vec<Band>,
) -> impl IntoView {
    let table = rows.clone();
    let has_before = rows.iter().any(|row| row.before.is_some());
    let has_unconfirmed = unconfirmed(&rows) > 0;
    view! {
        <figure class="profile">
            <figcaption class="hidden-visually">{say(words::profile_caption)}</figcaption>
            <div class="profile-row profile-axis" aria-hidden="true">
                <span></span>
                <Axis bands=bands.clone() />
                <span></span>
            </div>
            {rows
                .into_iter()
                .map(|row| view! { <Row row=row bands=bands.clone() /> })
                .collect_view()}
            <p class="profile-legend small muted">
                <svg width="14" height="14" aria-hidden="true">
                    <circle class="profile-now" cx="7" cy="7" r="6" />
                </svg>
                {say(words::now)}
                {has_unconfirmed
                    .then(|| {
                        view! {
                            <svg width="14" height="14" aria-hidden="true">
                                <circle class="profile-now hollow" cx="7" cy="7" r="5" />
                            </svg>
                            {say(words::now_unconfirmed)}
                        }
                    })}
                {has_before
                    .then(|| {
                        view! {
                            <svg width="14" height="14" aria-hidden="true">
                                <circle class="profile-before" cx="7" cy="7" r="5" />
                            </svg>
                            {say(words::before)}
                        }
                    })}
            </p>
        </figure>
        <details class="disclosure">
            <summary>
                <crate::components::Icon glyph=crate::components::Glyph::ChevronRight />
                {say(words::as_table)}
            </summary>
            <ProfileTable rows=table />
        </details>
    }
}

fn percent(share: f64) -> String {
    format!("{:.1}%", share.clamp(0.0, 1.0) * 100.0)
}

/// Names of the levels over their bands.
#[component]
fn Axis(bands: Vec<Band>) -> impl IntoView {
    view! {
        <svg class="profile-track axis">
            {bands
                .into_iter()
                .map(|band| {
                    let x = percent(band.from);
                    view! {
                        <text x=x y="14">
                            {say_text(band.name)}
                        </text>
                    }
                })
                .collect_view()}
        </svg>
    }
}

#[component]
fn Row(row: ProfileRow, bands: Vec<Band>) -> impl IntoView {
    let language = use_language();
    let title = row.title.clone();
    let label = {
        let row = row.clone();
        move || row_text(language.get(), &row)
    };
    let change = {
        let row = row.clone();
        move || change_text(language.get(), &row)
    };
    let (now, before) = (row.now, row.before);
    let unconfirmed = row.unconfirmed;
    let dot = if unconfirmed > 0 {
        "profile-now hollow"
    } else {
        "profile-now"
    };
    view! {
        <div class="profile-row">
            <span class="profile-title">{say_text(title)}</span>
            <svg class="profile-track" role="img" aria-label=label>
                {bands
                    .iter()
                    .enumerate()
                    .map(|(place, band)| {
                        view! {
                            <rect
                                class=format!("profile-band band-{place}")
                                x=percent(band.from)
                                width=percent(band.to - band.from)
                                y="6"
                                height="20"
                            />
                        }
                    })
                    .collect_view()}
                {now
                    .zip(before)
                    .map(|(now, before)| {
                        view! {
                            <line
                                class="profile-change"
                                x1=percent(before)
                                x2=percent(now)
                                y1="16"
                                y2="16"
                            />
                        }
                    })}
                {before
                    .map(|before| {
                        view! { <circle class="profile-before" cx=percent(before) cy="16" r="6" /> }
                    })}
                {now
                    .map(|now| view! { <circle class=dot cx=percent(now) cy="16" r="7" /> })}
            </svg>
            <span class="profile-number num">
                <b>
                    {move || {
                        now.map_or_else(
                            || words::not_enough(language.get()).to_owned(),
                            |now| number::percent(language.get(), now, 0),
                        )
                    }}
                </b>
                <span class="small muted">{change}</span>
            </span>
        </div>
        {(unconfirmed > 0)
            .then(|| {
                view! {
                    <p class="profile-note small muted">
                        {say(move |l| words::row_unconfirmed(l, u64::from(unconfirmed)))}
                    </p>
                }
            })}
        {row.is_capped.then(|| view! { <p class="profile-note small muted">{say(words::capped)}</p> })}
    }
}

fn row_text(language: Language, row: &ProfileRow) -> String {
    let show = |share: f64| number::percent(language, share, 0);
    let title = row.title.in_language(language);
    let now = row
        .now
        .map_or_else(|| words::not_enough(language).to_owned(), show);
    let mut text = match row.before {
        Some(before) => words::row(language, title, now, show(before)),
        None => words::row_first(language, title, now),
    };
    if row.unconfirmed > 0 {
        // Two facts side by side, no sentence.
        text.push_str(". ");
        text.push_str(&words::row_unconfirmed(
            language,
            u64::from(row.unconfirmed),
        ));
    }
    text
}

/// The change with its sign, in points of a hundred.
fn change_text(language: Language, row: &ProfileRow) -> Option<String> {
    let points = change_points(row)?;
    let sign = if points > 0 { "+" } else { "" };
    let text = number::decimal(language, f64::from(points), 0);
    Some(words::points(language, format!("{sign}{text}")))
}

#[component]
fn ProfileTable(rows: Vec<ProfileRow>) -> impl IntoView {
    let language = use_language();
    let shown = move |share: Option<f64>| {
        share.map_or_else(
            || "—".to_owned(),
            |share| number::percent(language.get(), share, 0),
        )
    };
    view! {
        <table class="table num">
            <thead>
                <tr>
                    <th scope="col">{say(words::domain)}</th>
                    <th scope="col" class="end">{say(words::now)}</th>
                    <th scope="col" class="end">{say(words::before)}</th>
                    <th scope="col" class="end">{say(words::change)}</th>
                    <th scope="col">{say(words::level)}</th>
                    <th scope="col" class="end">{say(words::unconfirmed)}</th>
                </tr>
            </thead>
            <tbody>
                {rows
                    .into_iter()
                    .map(|row| {
                        let (now, before) = (row.now, row.before);
                        let level = row.level.clone();
                        let title = row.title.clone();
                        let unconfirmed = row.unconfirmed;
                        view! {
                            <tr>
                                <th scope="row">{say_text(title)}</th>
                                <td class="end">{move || shown(now)}</td>
                                <td class="end">{move || shown(before)}</td>
                                <td class="end">
                                    {move || {
                                        change_text(language.get(), &row)
                                            .unwrap_or_else(|| "—".to_owned())
                                    }}
                                </td>
                                <td>{level.map(|level| view! { <span>{say_text(level)}</span> })}</td>
                                <td class="end">{unconfirmed}</td>
                            </tr>
                        }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
}
