//! What one run of the engine says otherwise than another, and why it may.

use api::id::RunId;
use api::results::heat_map::CellState;
use api::results::run::{MOVED_CELLS, MovedCell, Run, RunComparison, StateMove};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::client::{Failure, use_client};
use crate::components::{Glyph, Icon, Loaded, StateTag, TableFrame};
use crate::device;
use crate::language::{label, say, say_text, use_language};
use crate::shell::set_title;
use crate::text::results::run as words;
use crate::text::{Language, number};

/// A text in the language of the page.
type Word = fn(Language) -> &'static str;

/// Two runs side by side.
#[component]
pub fn RunComparisonPage() -> impl IntoView {
    set_title(words::comparison);
    let parameters = use_params_map();
    let asked = Memo::new(move |_| {
        parameters.with(|all| {
            let id = |name: &str| all.get(name)?.parse::<RunId>().ok();
            Some((id("run")?, id("before")?))
        })
    });
    let client = use_client();
    let found = LocalResource::new(move || {
        client.epoch.track();
        let asked = asked.get();
        async move {
            let (run, before) = asked.ok_or(Failure::Unreadable { status: 404 })?;
            client
                .get::<RunComparison>(&api::paths::run_comparison(run, before))
                .await
        }
    });
    view! {
        <main class="page" id="main">
            <p>
                <a class="button quiet" href=api::work::RUNS>
                    <Icon glyph=Glyph::ArrowLeft />
                    {say(words::to_runs)}
                </a>
            </p>
            <div>
                <h1>{say(words::comparison)}</h1>
                <p class="text muted">{say(words::comparison_lead)}</p>
            </div>
            <Loaded resource=found view=|found| view! { <Body found=found /> } />
        </main>
    }
}

#[component]
fn Body(found: RunComparison) -> impl IntoView {
    let RunComparison {
        before,
        after,
        same_parameters,
        same,
        moves,
        moved,
    } = found;
    let all: u32 = moves.iter().map(|one| one.cells).sum();
    let is_cut = moved.len() == MOVED_CELLS && all as usize > MOVED_CELLS;
    view! {
        <Causes before=before after=after same_parameters=same_parameters />
        <section class="stack tight">
            <h2>{say(words::moves_title)}</h2>
            <p class="num">{say(move |language| words::stayed(language, u64::from(same)))}</p>
            {if moves.is_empty() {
                view! { <p class="text">{say(words::moves_none)}</p> }.into_any()
            } else {
                let label = label(words::moves_title);
                view! {
                    <TableFrame label=label>
                        <table class="table run-moves">
                            <thead>
                                <tr>
                                    <th scope="col">{say(words::was)}</th>
                                    <th scope="col">{say(words::became)}</th>
                                    <th scope="col" class="end">
                                        {say(words::cells)}
                                    </th>
                                </tr>
                            </thead>
                            <tbody>
                                {moves.into_iter().map(|one| view! { <Move one=one /> }).collect_view()}
                            </tbody>
                        </table>
                    </TableFrame>
                }
                    .into_any()
            }}
        </section>
        {(!moved.is_empty())
            .then(|| {
                let label = label(words::moved_title);
                view! {
                    <section class="stack tight">
                        <h2>{say(words::moved_title)}</h2>
                        {is_cut
                            .then(|| {
                                view! {
                                    <p class="text muted num">
                                        {say(move |language| {
                                            words::moved_cut(language, MOVED_CELLS as u64)
                                        })}
                                    </p>
                                }
                            })}
                        <TableFrame label=label>
                            <table class="table">
                                <thead>
                                    <tr>
                                        <th scope="col">{say(words::school)}</th>
                                        <th scope="col">{say(words::work)}</th>
                                        <th scope="col">{say(words::was)}</th>
                                        <th scope="col">{say(words::became)}</th>
                                    </tr>
                                </thead>
                                <tbody>
                                    {moved
                                        .into_iter()
                                        .map(|cell| view! { <Moved cell=cell /> })
                                        .collect_view()}
                                </tbody>
                            </table>
                        </TableFrame>
                    </section>
                }
            })}
    }
}

/// What differs between the runs besides their cells.
#[component]
fn Causes(before: Run, after: Run, same_parameters: bool) -> impl IntoView {
    let same_data = before.data_version == after.data_version;
    let same_engine = before.engine_version == after.engine_version;
    let same_seed = before.seed == after.seed;
    let rows: [(Word, [String; 2], bool); 4] = [
        (
            words::data,
            [short(&before.data_version), short(&after.data_version)],
            same_data,
        ),
        (
            words::engine,
            [before.engine_version.clone(), after.engine_version.clone()],
            same_engine,
        ),
        (
            words::seed,
            [before.seed.to_string(), after.seed.to_string()],
            same_seed,
        ),
        (
            words::parameters,
            [String::new(), String::new()],
            same_parameters,
        ),
    ];
    let label = label(words::causes);
    let head = |run: &Run| {
        let at_ms = run.requested_ms;
        let works = run.works;
        view! {
            <th scope="col">
                {say(move |language| device::date_time(language, at_ms))} <br />
                <span class="muted small num">
                    {say(move |language| words::works_of(language, number::count(language, works)))}
                </span>
            </th>
        }
    };
    view! {
        <section class="stack tight">
            <h2>{say(words::causes)}</h2>
            <TableFrame label=label>
                <table class="table">
                    <thead>
                        <tr>
                            <td></td>
                            {head(&before)}
                            {head(&after)}
                            <td></td>
                        </tr>
                    </thead>
                    <tbody>
                        {rows
                            .into_iter()
                            .map(|(name, [old, new], is_same)| {
                                let (class, word): (_, Word) = if is_same {
                                    ("tag ok", words::same)
                                } else {
                                    ("tag warn", words::differs)
                                };
                                view! {
                                    <tr>
                                        <th scope="row">{say(name)}</th>
                                        <td class="num">{old}</td>
                                        <td class="num">{new}</td>
                                        <td>
                                            <span class=class>{say(word)}</span>
                                        </td>
                                    </tr>
                                }
                            })
                            .collect_view()}
                    </tbody>
                </table>
            </TableFrame>
        </section>
    }
}

#[component]
fn Move(one: StateMove) -> impl IntoView {
    let language = use_language();
    view! {
        <tr>
            <td>
                <Standing state=one.before />
            </td>
            <td>
                <Standing state=one.after />
            </td>
            <td class="end num">{move || number::count(language.get(), u64::from(one.cells))}</td>
        </tr>
    }
}

#[component]
fn Moved(cell: MovedCell) -> impl IntoView {
    let href = api::work::cell(cell.organisation, cell.year, &cell.subject, cell.grade);
    view! {
        <tr>
            <th scope="row">{cell.organisation_name}</th>
            <td>
                <a href=href>{say_text(cell.work)}</a>
            </td>
            <td>
                <Standing state=cell.before />
            </td>
            <td>
                <Standing state=cell.after />
            </td>
        </tr>
    }
}

/// A state, or that there was no such cell.
#[component]
fn Standing(state: Option<CellState>) -> impl IntoView {
    match state {
        Some(state) => view! { <StateTag state=state /> }.into_any(),
        None => view! { <span class="muted">{say(words::no_cell)}</span> }.into_any(),
    }
}

/// Enough of a hash to tell two apart.
fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}
