//! Schools by domains: a heat map by name, a profile on demand, a workbook. No totals, no places.

use api::assessment::campaign_result::{CampaignResults, DomainCell, SchoolResult};
use api::id::CampaignId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::StateWord;
use crate::client::{Failure, use_client};
use crate::components::{Glyph, Icon, Loaded, TableFrame};
use crate::filling::profile::{Band, ProfileRow};
use crate::language::{label, say, say_text, use_language};
use crate::model::campaign::Tally;
use crate::model::domain_map::{Standing, median, standing, step};
use crate::pages::assessment::self_assessment::Profile;
use crate::shell::set_title;
use crate::text::assessment::campaign as words;
use crate::text::{Language, number};

/// Results of a campaign.
#[component]
pub fn CampaignResultsPage() -> impl IntoView {
    let parameters = use_params_map();
    let id = Memo::new(move |_| {
        parameters
            .read()
            .get("campaign")
            .and_then(|text| text.parse::<CampaignId>().ok())
    });
    let client = use_client();
    set_title(words::results_title);
    let results = LocalResource::new(move || {
        let id = id.get();
        client.epoch.track();
        async move {
            let id = id.ok_or(Failure::Unreadable { status: 404 })?;
            client
                .get::<CampaignResults>(&api::paths::campaign_results(id))
                .await
        }
    });
    view! {
        <main class="page" id="main">
            <Loaded resource=results view=move |results| view! { <Results results=results /> } />
        </main>
    }
}

#[component]
fn Results(results: CampaignResults) -> impl IntoView {
    let language = use_language();
    let title = results.title.clone();
    let tally = Tally::of(results.schools.iter().map(|school| school.progress));
    let file = move || {
        let tag = match language.get() {
            Language::Ru => "ru",
            Language::En => "en",
        };
        format!(
            "{}?language={tag}",
            api::paths::campaign_workbook(results.campaign)
        )
    };
    let back = api::work::campaign(results.campaign);
    let chosen = RwSignal::new(None::<SchoolResult>);
    let stored = StoredValue::new(results.clone());
    view! {
        <div class="page-head">
            <div>
                <p class="small">
                    <a href=back>{say_text(title)}</a>
                </p>
                <h1>{say(words::results_title)}</h1>
                <p class="muted text">{say(words::results_lead)}</p>
            </div>
            <a class="button" href=file download="" rel="external">
                <Icon glyph=Glyph::Download />
                {say(words::workbook)}
            </a>
        </div>
        <p class="num">{say(move |l| words::tally(l, tally.handed_over, tally.all, tally.approved))}</p>
        {(tally.approved > 0).then(|| view! { <Weakest results=results.clone() /> })}
        {if tally.approved == 0 {
            view! { <p class="muted">{say(words::results_none)}</p> }.into_any()
        } else {
            view! { <DomainMap results=results chosen=chosen /> }.into_any()
        }}
        {move || {
            chosen
                .get()
                .map(|school| {
                    stored
                        .with_value(|results| {
                            view! { <Detail results=results.clone() school=school chosen=chosen /> }
                        })
                })
        }}
    }
}

/// One sentence on where the district stands lowest, and only there where it is low that many need help.
#[component]
fn Weakest(results: CampaignResults) -> impl IntoView {
    let language = use_language();
    let lowest = results
        .domains
        .iter()
        .filter_map(|domain| Some((median(&results.schools, &domain.section)?, domain)))
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(value, domain)| (value, domain.title.clone()));
    let bounds: Vec<f64> = results.levels.iter().map(|level| level.from).collect();
    lowest.map(|(value, title)| {
        let standing = standing(&bounds, value);
        view! {
            <p class="text">
                {move || {
                    let language = language.get();
                    let title = title.in_language(language);
                    let value = number::percent(language, value, 0);
                    match standing {
                        Standing::Top => words::weakest_top(language, title, value),
                        Standing::Middle => words::weakest_middle(language, title, value),
                        Standing::Low => words::weakest(language, title, value),
                    }
                }}
            </p>
        }
    })
}

#[component]
fn DomainMap(results: CampaignResults, chosen: RwSignal<Option<SchoolResult>>) -> impl IntoView {
    let language = use_language();
    let caption = label(words::results_caption);
    let bounds: Vec<f64> = results.levels.iter().map(|level| level.from).collect();
    let medians: Vec<Option<f64>> = results
        .domains
        .iter()
        .map(|domain| median(&results.schools, &domain.section))
        .collect();
    view! {
        <div class="domain-legend small" role="group" aria-label=say(words::legend)>
            {results
                .levels
                .iter()
                .enumerate()
                .map(|(place, level)| {
                    let name = level.name.clone();
                    let from = level.from;
                    view! {
                        <span class="domain-legend-one num">
                            <span class=format!("swatch domain-{place}") aria-hidden="true"></span>
                            {say_text(name)}
                            " · "
                            {move || number::percent(language.get(), from, 0)}
                            "+"
                        </span>
                    }
                })
                .collect_view()}
        </div>
        <TableFrame label=caption>
            <table class="table domain-map num">
                <thead>
                    <tr>
                        <th scope="col">{say(words::school)}</th>
                        {results
                            .domains
                            .iter()
                            .map(|domain| {
                                let title = domain.title.clone();
                                view! { <th scope="col">{say_text(title)}</th> }
                            })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody>
                    {results
                        .schools
                        .clone()
                        .into_iter()
                        .map(|school| {
                            view! {
                                <SchoolRow
                                    school=school
                                    width=results.domains.len()
                                    bounds=bounds.clone()
                                    titles=results.domains.iter().map(|d| d.title.clone()).collect()
                                    chosen=chosen
                                />
                            }
                        })
                        .collect_view()}
                </tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{say(words::median)}</th>
                        {medians
                            .into_iter()
                            .map(|value| {
                                view! {
                                    <td>
                                        {move || {
                                            value
                                                .map_or_else(
                                                    || "—".to_owned(),
                                                    |value| number::percent(language.get(), value, 0),
                                                )
                                        }}
                                    </td>
                                }
                            })
                            .collect_view()}
                    </tr>
                </tfoot>
            </table>
        </TableFrame>
    }
}

#[component]
fn SchoolRow(
    school: SchoolResult,
    width: usize,
    bounds: Vec<f64>,
    titles: Vec<api::text::Text>,
    chosen: RwSignal<Option<SchoolResult>>,
) -> impl IntoView {
    let name = school.name.clone();
    if school.cells.is_empty() {
        return view! {
            <tr>
                <th scope="row">{name}</th>
                <td colspan=width.to_string()>
                    <StateWord progress=school.progress />
                </td>
            </tr>
        }
        .into_any();
    }
    let picked = StoredValue::new(school.clone());
    let label = name.clone();
    view! {
        <tr>
            <th scope="row">
                <button
                    type="button"
                    class="button quiet domain-school"
                    aria-label=say(move |l| words::detail(l, &label))
                    on:click=move |_| chosen.set(Some(picked.get_value()))
                >
                    {name.clone()}
                </button>
            </th>
            {school
                .cells
                .into_iter()
                .zip(titles)
                .map(|(cell, title)| {
                    view! {
                        <Cell school=name.clone() title=title cell=cell bounds=bounds.clone() />
                    }
                })
                .collect_view()}
        </tr>
    }
    .into_any()
}

/// A number on the colour of its level; the words are in the accessible name.
#[component]
fn Cell(
    school: String,
    title: api::text::Text,
    cell: DomainCell,
    bounds: Vec<f64>,
) -> impl IntoView {
    let language = use_language();
    let Some(score) = cell.score else {
        return view! {
            <td class="domain-cell domain-none">
                <span aria-hidden="true">"—"</span>
                <span class="hidden-visually">
                    {move || {
                        let language = language.get();
                        words::cell_none(language, &school, title.in_language(language))
                    }}
                </span>
            </td>
        }
        .into_any();
    };
    let class = format!("domain-cell domain-{}", step(score, &bounds));
    let level = cell.level.clone();
    let change = cell.before.map(|before| score - before);
    view! {
        <td class=class>
            <span aria-hidden="true">{move || number::percent(language.get(), score, 0)}</span>
            <span class="hidden-visually">
                {move || {
                    let language = language.get();
                    let level = level
                        .as_ref()
                        .map(|level| level.in_language(language).to_owned())
                        .unwrap_or_default();
                    words::cell(
                        language,
                        &school,
                        title.in_language(language),
                        number::percent(language, score, 0),
                        level,
                    )
                }}
            </span>
            {change
                .filter(|change| change.abs() >= 0.05)
                .map(|change| {
                    view! {
                        <span class="domain-change tiny">
                            <span aria-hidden="true">{if change > 0.0 { "▲" } else { "▼" }}</span>
                            <span class="hidden-visually">
                                {move || {
                                    let language = language.get();
                                    let size = number::decimal(language, change.abs() * 100.0, 0);
                                    if change > 0.0 {
                                        words::change_up(language, size)
                                    } else {
                                        words::change_down(language, size)
                                    }
                                }}
                            </span>
                        </span>
                    }
                })}
        </td>
    }
    .into_any()
}

/// One school's profile under the map, with the way to its answers.
#[component]
fn Detail(
    results: CampaignResults,
    school: SchoolResult,
    chosen: RwSignal<Option<SchoolResult>>,
) -> impl IntoView {
    let bands: Vec<Band> = results
        .levels
        .iter()
        .enumerate()
        .map(|(place, level)| Band {
            from: level.from,
            to: results.levels.get(place + 1).map_or(1.0, |next| next.from),
            name: level.name.clone(),
        })
        .collect();
    let rows: Vec<ProfileRow> = school
        .cells
        .iter()
        .zip(&results.domains)
        .map(|(cell, domain)| ProfileRow {
            section: domain.section.clone(),
            title: domain.title.clone(),
            now: cell.score,
            before: cell.before,
            level: cell.level.clone(),
            is_capped: false,
            unconfirmed: cell.unconfirmed,
        })
        .collect();
    let name = school.name.clone();
    let link = school.submission.map(api::work::submission);
    view! {
        <section class="card stack domain-detail">
            <div class="page-head">
                <div>
                    <h2>{name}</h2>
                    <p class="small muted">{say(words::detail_growth)}</p>
                </div>
                <button
                    type="button"
                    class="button quiet icon-only"
                    aria-label=say(words::detail_close)
                    on:click=move |_| chosen.set(None)
                >
                    <Icon glyph=Glyph::Cross />
                </button>
            </div>
            <Profile rows=rows bands=bands />
            {link
                .map(|href| {
                    view! {
                        <p>
                            <a class="button" href=href>
                                {say(words::look)}
                            </a>
                        </p>
                    }
                })}
        </section>
    }
}
