//! The roadmap on the scale of a school year: a table whose rows are lines, with their periods drawn in place.

use api::id::{HeadingId, LineId};
use api::management::programme::{Heading, Line, LineExecutorKind, LineState, PeriodState};
use leptos::prelude::*;

use super::line::OpenedLine;
use super::one::Sheet;
use crate::components::{Glyph, Icon, TableFrame};
use crate::language::{label, say, use_language};
use crate::model::roadmap::{Scale, blocks, school_year};
use crate::text::management::programmes as words;
use crate::text::{Language, Wording, number};

/// Columns of the table.
const COLUMNS: &str = "5";

/// The table.
#[component]
pub fn ScaleTable(sheet: Sheet) -> impl IntoView {
    let scale = Memo::new(move |_| Scale::of(sheet.year.get()));
    // Blocks by their headings; rows themselves follow their own lines.
    let shown = Memo::new(move |_| {
        let found = sheet.programme.with(blocks);
        found
            .into_iter()
            .map(|(heading, lines)| {
                let lines: Vec<LineId> = lines
                    .iter()
                    .filter(|line| sheet.shows(line))
                    .map(|line| line.id)
                    .collect();
                (heading, lines)
            })
            .filter(|(_, lines)| !lines.is_empty())
            .collect::<Vec<_>>()
    });
    let is_empty = Memo::new(move |_| shown.with(Vec::is_empty));
    view! {
        <YearChoice sheet=sheet />
        <Show when=move || is_empty.get()>
            <p class="muted">{say(words::none_shown)}</p>
        </Show>
        <TableFrame label=label(words::roadmap)>
            <table class="roadmap">
                <thead>
                    <tr>
                        <th scope="col">{say(words::number)}</th>
                        <th scope="col">{say(words::measure)}</th>
                        <th scope="col">{say(words::executors)}</th>
                        <th scope="col" class="roadmap-axis">
                            <Axis sheet=sheet scale=scale />
                        </th>
                        <th scope="col">{say(words::state)}</th>
                    </tr>
                </thead>
                <For
                    each=move || shown.get()
                    key=|(heading, lines)| (heading.clone().map(|one| one.id), lines.clone())
                    children=move |(heading, lines)| {
                        view! { <Block sheet=sheet scale=scale heading=heading lines=lines /> }
                    }
                />
            </table>
        </TableFrame>
        <Legend />
    }
}

#[component]
fn YearChoice(sheet: Sheet) -> impl IntoView {
    let years = Memo::new(move |_| {
        sheet.programme.with(|one| {
            (school_year(&one.first_day)..=school_year(&one.last_day)).collect::<Vec<_>>()
        })
    });
    view! {
        <div class="chips" role="group" aria-label=say(words::school_year)>
            {move || {
                years
                    .get()
                    .into_iter()
                    .map(|year| {
                        view! {
                            <button
                                type="button"
                                class="chip num"
                                aria-pressed=move || (sheet.year.get() == year).to_string()
                                on:click=move |_| sheet.year.set(year)
                            >
                                {crate::text::procedures::plan::school_year(year)}
                            </button>
                        }
                    })
                    .collect_view()
            }}
        </div>
    }
}

/// Months over the scale, and where today is.
#[component]
fn Axis(sheet: Sheet, scale: Memo<Scale>) -> impl IntoView {
    let language = use_language();
    let today = Memo::new(move |_| {
        let today = sheet.programme.with(|one| one.today.clone());
        scale.get().place(&today).map(|place| (place, today))
    });
    view! {
        <span class="roadmap-months num" aria-hidden="true">
            {move || {
                scale
                    .get()
                    .months()
                    .into_iter()
                    .map(|(year, month, place)| {
                        let names_year = month == 9 || month == 1;
                        view! {
                            <span class="roadmap-month" style:left=percent(place)>
                                {names_year.then(|| view! { <b>{year}</b> })}
                                {words::month(language.get(), month)}
                            </span>
                        }
                    })
                    .collect_view()
            }}
            {move || {
                today
                    .get()
                    .map(|(place, day)| {
                        view! {
                            <span class="roadmap-today" style:left=percent(place)>
                                {words::today_mark(
                                    language.get(),
                                    number::day(language.get(), &day),
                                )}
                            </span>
                        }
                    })
            }}
        </span>
    }
}

fn percent(share: f64) -> String {
    format!("{:.3}%", share * 100.0)
}

/// A block: its heading, which folds it, and its lines.
#[component]
fn Block(
    sheet: Sheet,
    scale: Memo<Scale>,
    heading: Option<Heading>,
    lines: Vec<LineId>,
) -> impl IntoView {
    let key: Option<HeadingId> = heading.as_ref().map(|one| one.id);
    let is_folded = Memo::new(move |_| sheet.folded.with(|folded| folded.contains(&key)));
    let lines = StoredValue::new(lines);
    let fold = move |_| {
        sheet.folded.update(|folded| {
            if !folded.remove(&key) {
                folded.insert(key);
            }
        });
    };
    let done = Memo::new(move |_| {
        sheet.programme.with(|one| {
            let own = one.lines.iter().filter(|line| line.heading == key);
            let (mut done, mut all) = (0, 0);
            for line in own {
                all += 1;
                done += i32::from(line.state == LineState::Done);
            }
            (done, all)
        })
    });
    let level = heading.as_ref().map_or(1, |one| one.level);
    let code = heading
        .as_ref()
        .map(|one| one.code.clone())
        .unwrap_or_default();
    let title = heading.map(|one| one.title);
    view! {
        <tbody>
            <tr class=format!("roadmap-block level-{level}")>
                <td class="num">{code}</td>
                <th scope="rowgroup">
                    <button
                        type="button"
                        class="roadmap-fold"
                        aria-expanded=move || (!is_folded.get()).to_string()
                        on:click=fold
                    >
                        <Icon glyph=Glyph::ChevronRight />
                        {match title {
                            Some(title) => title.into_any(),
                            None => say(words::without_heading).into_any(),
                        }}
                    </button>
                </th>
                <td class="muted num">
                    {say(move |language| {
                        let (done, all) = done.get();
                        words::done_of(language, done, all)
                    })}
                </td>
                <td></td>
                <td></td>
            </tr>
            <Show when=move || !is_folded.get()>
                <For
                    each=move || lines.get_value()
                    key=|line| *line
                    children=move |line| view! { <Row sheet=sheet scale=scale id=line /> }
                />
            </Show>
        </tbody>
    }
}

/// A line, and below it what it holds when it is opened.
#[component]
fn Row(sheet: Sheet, scale: Memo<Scale>, id: LineId) -> impl IntoView {
    let line = sheet.line(id);
    let is_open = Memo::new(move |_| sheet.open.get() == Some(id));
    let toggle = move |_| sheet.open.set((!is_open.get_untracked()).then_some(id));
    view! {
        <tr class="roadmap-line" class:opened=move || is_open.get()>
            <td class="num">{move || line.get().map(|line| line.number)}</td>
            <th scope="row">
                <button
                    type="button"
                    class="roadmap-name"
                    aria-expanded=move || is_open.get().to_string()
                    on:click=toggle
                >
                    {move || line.get().map(|line| line.measure)}
                </button>
            </th>
            <td>{move || line.get().map(|line| who(&line))}</td>
            <td class="roadmap-axis">
                {move || line.get().map(|line| view! { <Bars line=line scale=scale sheet=sheet /> })}
            </td>
            <td>{move || line.get().map(|line| view! { <LineStateTag line=line /> })}</td>
        </tr>
        <Show when=move || is_open.get()>
            <tr class="roadmap-open">
                <td colspan=COLUMNS>
                    <OpenedLine sheet=sheet id=id />
                </td>
            </tr>
        </Show>
    }
}

/// Executors in a row; how many schools have reported stands with them.
fn who(line: &Line) -> AnyView {
    let names: Vec<String> = line
        .executors
        .iter()
        .map(|executor| executor.name.clone())
        .collect();
    let is_of_schools = line
        .executors
        .iter()
        .any(|executor| executor.kind == LineExecutorKind::Schools);
    let counted = line
        .periods
        .iter()
        .find(|period| crate::model::roadmap::is_open(period.state))
        .map(|period| period.schools)
        .filter(|_| is_of_schools);
    view! {
        {names.join(", ")}
        {counted
            .map(|[done, all]| {
                view! {
                    <span class="small muted people-under num">
                        {say(move |language| words::all_schools(language, done, all))}
                    </span>
                }
            })}
    }
    .into_any()
}

/// Periods of a line in their places.
#[component]
fn Bars(line: Line, scale: Memo<Scale>, sheet: Sheet) -> impl IntoView {
    let today = sheet.programme.with_untracked(|one| one.today.clone());
    let kind = line.kind.clone();
    let asks = line.state == LineState::NeedsDate;
    let bars = move || {
        let scale = scale.get();
        let found = scale.of_line(&line);
        let count = found.len();
        found
            .into_iter()
            .map(|(period, span)| {
                let is_day = period.from == period.to;
                let class = format!(
                    "roadmap-bar {}{}{}",
                    state_class(period.state),
                    if is_day { " day" } else { "" },
                    if is_constant(&kind) { " constant" } else { "" },
                );
                // Many short periods stand side by side: a gap keeps them apart.
                let gap = if count > 12 { 0.001 } else { 0.002 };
                let width = (span.to - span.from - gap).max(0.002);
                view! {
                    <span
                        class=class
                        style:left=percent(span.from)
                        style:width=percent(width)
                        title=format!("{} – {}", period.from, period.to)
                    ></span>
                }
            })
            .collect_view()
    };
    let place = move || scale.get().place(&today);
    view! {
        <span class="roadmap-track" aria-hidden="true">
            {bars}
            {asks.then(|| view! { <span class="roadmap-bar asks">{say(words::asks_day)}</span> })}
            {move || {
                place()
                    .map(|place| view! { <span class="roadmap-now" style:left=percent(place)></span> })
            }}
        </span>
    }
}

/// Terms that run without an end of their own.
fn is_constant(kind: &str) -> bool {
    matches!(kind, "constantly" | "while_programme_runs")
}

/// Class of a state of a period.
pub fn state_class(state: PeriodState) -> &'static str {
    match state {
        PeriodState::Overdue => "late",
        PeriodState::Running => "running",
        PeriodState::Ahead => "ahead",
        PeriodState::Done => "done",
        PeriodState::NotHeld => "not-held",
        PeriodState::Before => "before",
    }
}

/// Where a line stands, with the day that matters.
#[component]
pub fn LineStateTag(line: Line) -> impl IntoView {
    let (class, glyph) = match line.state {
        LineState::Overdue => ("roadmap-state roadmap-late", Glyph::Alert),
        LineState::NeedsDate => ("roadmap-state roadmap-asks", Glyph::Calendar),
        LineState::Running => ("roadmap-state roadmap-running", Glyph::Play),
        LineState::Ahead => ("roadmap-state muted", Glyph::Clock),
        LineState::OnRequest => ("roadmap-state muted", Glyph::Circle),
        LineState::Done => ("roadmap-state roadmap-done", Glyph::Check),
    };
    view! {
        <span class=class>
            <Icon glyph=glyph />
            <span class="num">{say(move |language| state_words(language, &line))}</span>
        </span>
    }
}

fn state_words(language: Language, line: &Line) -> String {
    let first = |state: PeriodState| {
        let found = line.periods.iter().find(|period| period.state == state)?;
        Some(number::date(language, &found.to))
    };
    match line.state {
        LineState::Overdue => match first(PeriodState::Overdue) {
            Some(day) => words::overdue_since(language, day),
            None => words::overdue(language).to_owned(),
        },
        // What runs to the end of the programme has no day that matters.
        LineState::Running if is_constant(&line.kind) => words::running(language).to_owned(),
        LineState::Running => match first(PeriodState::Running) {
            Some(day) => words::running_until(language, day),
            None => words::running(language).to_owned(),
        },
        LineState::Ahead => match first(PeriodState::Ahead) {
            Some(day) => words::ahead_on(language, day),
            None => words::ahead(language).to_owned(),
        },
        LineState::OnRequest if !line.periods.is_empty() => {
            words::events_count(language, line.periods.len())
        }
        state => words::line_state(language, state).to_owned(),
    }
}

/// What the marks mean.
#[component]
fn Legend() -> impl IntoView {
    let marks: [(&str, Wording); 7] = [
        ("ahead day", words::legend_day),
        ("ahead", words::legend_ahead),
        ("running", words::legend_period),
        ("running constant", words::running),
        ("done", words::legend_done),
        ("late", words::legend_overdue),
        ("asks", words::legend_asks),
    ];
    view! {
        <ul class="roadmap-legend small muted" aria-label=say(words::legend)>
            {marks
                .into_iter()
                .map(|(class, name)| {
                    view! {
                        <li>
                            <span class="roadmap-track" aria-hidden="true">
                                <span class=format!("roadmap-bar {class}")></span>
                            </span>
                            {say(name)}
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}
