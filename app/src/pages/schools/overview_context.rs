//! Context of all schools in a year, by name, with gaps; and the territory's own directions of factors.

use std::collections::BTreeMap;

use api::schools::school_context::{ContextOverview, ContextRow, Direction, Factor, PutFinding};
use leptos::prelude::*;

use crate::client::{Failure, use_client};
use crate::components::{Dialog, FailureNotice, Loaded, TableFrame, use_toasts};
use crate::language::{label, say, say_text, use_language};
use crate::model::collate;
use crate::pages::schools::share_text;
use crate::shell::set_title;
use crate::text::schools::context as words;
use crate::text::{common, number};

/// The overview.
#[component]
pub fn ContextPage() -> impl IntoView {
    set_title(words::overview_title);
    let client = use_client();
    let year = RwSignal::new(None::<i32>);
    let overview = LocalResource::new(move || {
        client.epoch.track();
        let path = match year.get() {
            Some(year) => format!("{}?year={year}", api::paths::CONTEXT),
            None => api::paths::CONTEXT.to_owned(),
        };
        async move { client.get::<ContextOverview>(&path).await }
    });
    let changed = Callback::new(move |()| overview.refetch());
    view! {
        <main class="page wide" id="main">
            <div>
                <h1>{say(words::overview_title)}</h1>
                <p class="muted text">{say(words::lead)}</p>
            </div>
            <Loaded
                resource=overview
                view=move |overview| {
                    view! { <Body overview=overview year=year changed=changed /> }
                }
            />
        </main>
    }
}

#[component]
fn Body(
    overview: ContextOverview,
    year: RwSignal<Option<i32>>,
    changed: Callback<()>,
) -> impl IntoView {
    let shown = overview.year;
    let factors = StoredValue::new(overview.factors);
    let finding = overview.finding;
    view! {
        <div class="chips" role="group" aria-label=say(words::years)>
            {overview
                .years
                .into_iter()
                .map(|one| {
                    view! {
                        <button
                            type="button"
                            class="chip num"
                            aria-pressed=(one == shown).to_string()
                            on:click=move |_| year.set(Some(one))
                        >
                            {one}
                        </button>
                    }
                })
                .collect_view()}
        </div>
        <Table rows=overview.schools factors=factors />
        <section class="stack tight">
            <h2>{say(words::finding)}</h2>
            <p class="text muted">{say(words::finding_text)}</p>
            <p class="text">
                {say(move |language| match &finding {
                    Some(finding) => {
                        words::finding_now(language, finding.version, &finding.reason)
                    }
                    None => words::finding_none(language).to_owned(),
                })}
            </p>
            {overview.may_find.then(|| view! { <Find factors=factors changed=changed /> })}
        </section>
    }
}

#[component]
fn Table(rows: Vec<ContextRow>, factors: StoredValue<Vec<Factor>>) -> impl IntoView {
    let label = label(words::overview_title);
    let mut rows = rows;
    rows.sort_by(|a, b| collate::compare(&a.name, &b.name));
    let significant =
        factors.with_value(|factors| factors.iter().filter(|factor| factor.significant).count());
    view! {
        <TableFrame label=label>
            <table class="table rows-link">
                <thead>
                    <tr>
                        <th scope="col">{say(words::school)}</th>
                        <th scope="col" class="end">
                            {say(words::index)}
                        </th>
                        <th scope="col">{say(words::group)}</th>
                        <th scope="col">{say(words::filled)}</th>
                        {factors
                            .with_value(|factors| factors[..significant].to_vec())
                            .into_iter()
                            .map(|factor| {
                                view! {
                                    <th scope="col" class="end context-head">
                                        {say_text(factor.label)}
                                    </th>
                                }
                            })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody>
                    {rows
                        .into_iter()
                        .map(|row| view! { <Row row=row significant=significant /> })
                        .collect_view()}
                </tbody>
            </table>
        </TableFrame>
    }
}

#[component]
fn Row(row: ContextRow, significant: usize) -> impl IntoView {
    let (index, known) = (row.index, row.known);
    let group = row.group;
    let blank = significant.saturating_sub(row.shares.len());
    view! {
        <tr>
            <th scope="row" class="nowrap">
                <a href=api::work::school_context(row.organisation)>{row.name}</a>
            </th>
            <td class="end num">
                {say(move |language| {
                    index.map_or_else(|| "—".to_owned(), |index| number::decimal(language, index, 2))
                })}
            </td>
            <td class="small">
                {say(move |language| match &group {
                    Some(group) => words::group_name(language, group),
                    None => words::group_none(language).to_owned(),
                })}
            </td>
            <td class="num nowrap">{say(move |language| words::known_short(language, known))}</td>
            {row
                .shares
                .into_iter()
                .take(significant)
                .map(|share| view! { <td class="end num nowrap">{share_text(share)}</td> })
                .collect_view()}
            {(0..blank).map(|_| view! { <td class="end">"—"</td> }).collect_view()}
        </tr>
    }
}

/// Replacing the directions by what the territory found.
#[component]
fn Find(factors: StoredValue<Vec<Factor>>, changed: Callback<()>) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let toasts = use_toasts();
    let is_open = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let reason = RwSignal::new(String::new());
    let chosen: Vec<(Factor, RwSignal<Direction>)> = factors
        .get_value()
        .into_iter()
        .map(|factor| {
            let direction = RwSignal::new(factor.direction);
            (factor, direction)
        })
        .collect();
    let stored = StoredValue::new(chosen.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        failure.set(None);
        let directions: BTreeMap<String, Direction> = stored.with_value(|chosen| {
            chosen
                .iter()
                .map(|(factor, direction)| (factor.id.clone(), direction.get_untracked()))
                .filter(|(id, direction)| {
                    factors.with_value(|factors| {
                        factors
                            .iter()
                            .any(|factor| factor.id == *id && factor.original != *direction)
                    })
                })
                .collect()
        });
        let put = PutFinding {
            id: uuid::Uuid::now_v7(),
            directions,
            reason: reason.get_untracked(),
        };
        leptos::task::spawn_local(async move {
            match client
                .put::<ContextOverview>(api::paths::CONTEXT_FINDING, &put)
                .await
            {
                Ok(_) => {
                    toasts.say(words::finding_saved(language.get_untracked()));
                    is_open.set(false);
                    changed.run(());
                }
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    const DIRECTIONS: [(Direction, &str); 3] = [
        (Direction::Positive, "positive"),
        (Direction::Negative, "negative"),
        (Direction::None, "none"),
    ];
    view! {
        <p>
            <button type="button" class="button" on:click=move |_| is_open.set(true)>
                {say(words::finding_edit)}
            </button>
        </p>
        <Dialog
            open=is_open
            title=label(words::finding_edit)
        >
            <form class="stack" on:submit=submit>
                {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
                {chosen
                    .into_iter()
                    .map(|(factor, direction)| {
                        let id = format!("direction-{}", factor.id);
                        view! {
                            <div class="field">
                                <label for=id.clone()>{say_text(factor.label)}</label>
                                <select
                                    class="input"
                                    id=id
                                    on:change:target=move |event| {
                                        let value = event.target().value();
                                        if let Some((chosen, _)) = DIRECTIONS
                                            .iter()
                                            .find(|(_, name)| *name == value)
                                        {
                                            direction.set(*chosen);
                                        }
                                    }
                                >
                                    {DIRECTIONS
                                        .into_iter()
                                        .map(|(one, name)| {
                                            view! {
                                                <option
                                                    value=name
                                                    selected=move || direction.get() == one
                                                >
                                                    {say(move |language| {
                                                        words::direction_name(language, one)
                                                    })}
                                                </option>
                                            }
                                        })
                                        .collect_view()}
                                </select>
                            </div>
                        }
                    })
                    .collect_view()}
                <div class="field">
                    <label for="finding-reason">{say(words::finding_reason)}</label>
                    <input
                        class="input"
                        id="finding-reason"
                        required
                        maxlength="300"
                        on:input:target=move |event| reason.set(event.target().value())
                    />
                </div>
                <div class="actions">
                    <button type="submit" class="button primary">
                        {say(common::save)}
                    </button>
                    <button type="button" class="button" on:click=move |_| is_open.set(false)>
                        {say(common::cancel)}
                    </button>
                </div>
            </form>
        </Dialog>
    }
}
