//! Terms of a line in the school year that is looked at: where each stands, and the form that reports it.

use api::id::{LineDateId, LineId, LineReportId, OrganisationId};
use api::management::programme::{
    LinePeriod, NewLineDate, NewLineReport, Outcome, PeriodState, Programme, ProgrammeState,
};
use api::papers::document::DocumentRegister;
use leptos::prelude::*;

use super::line::span;
use super::one::Sheet;
use super::scale::state_class;
use crate::client::use_client;
use crate::components::{Choices, Doing, DoingFailure, Field, LongField, Writing, use_toasts};
use crate::language::{label, say, use_language};
use crate::model::roadmap::Scale;
use crate::text::Wording;
use crate::text::management::programmes as words;

/// Which period somebody reports: first and last day.
type Place = (String, String);

/// Terms of this school year with their states; one can be reported at a time.
#[component]
pub fn Terms(sheet: Sheet, id: LineId) -> impl IntoView {
    let line = sheet.line(id);
    let shown = Memo::new(move |_| {
        let scale = Scale::of(sheet.year.get());
        line.with(|line| {
            let found = line.as_ref().map(|line| scale.of_line(line));
            let periods = found.unwrap_or_default().into_iter();
            periods.map(|(period, _)| period).collect::<Vec<_>>()
        })
    });
    let reporting = RwSignal::new(None::<Place>);
    let may_report = Memo::new(move |_| {
        sheet.programme.with(|one| {
            one.state == ProgrammeState::Active && (one.may.report || !one.may.schools.is_empty())
        })
    });
    let is_on_request = Memo::new(move |_| {
        line.with(|line| line.as_ref().is_some_and(|line| line.kind == "on_request"))
    });
    let today = move || sheet.programme.with(|one| one.today.clone());
    view! {
        <section class="stack tight">
            <h3>{say(words::periods)}</h3>
            <Show when=move || shown.with(Vec::is_empty)>
                <p class="muted small">{say(words::no_periods)}</p>
            </Show>
            <ul class="roadmap-terms">
                <For
                    each=move || shown.get()
                    key=|period| period.clone()
                    children=move |period| {
                        view! {
                            <Term
                                sheet=sheet
                                id=id
                                period=period
                                may_report=may_report
                                reporting=reporting
                            />
                        }
                    }
                />
            </ul>
            <Show when=move || is_on_request.get() && may_report.get()>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| reporting.set(Some((today(), today())))
                >
                    {say(words::add_event)}
                </button>
            </Show>
            <ReportForm sheet=sheet id=id reporting=reporting is_on_request=is_on_request />
        </section>
    }
}

/// One term: days, state, how many schools have reported, and the button that opens the form.
#[component]
fn Term(
    sheet: Sheet,
    id: LineId,
    period: LinePeriod,
    may_report: Memo<bool>,
    reporting: RwSignal<Option<Place>>,
) -> impl IntoView {
    let client = use_client();
    let doing = Doing::new();
    let state = period.state;
    let place: Place = (period.from.clone(), period.to.clone());
    let (from, to) = place.clone();
    let [done, all] = period.schools;
    let is_open_to_report = state != PeriodState::Ahead;
    let is_reported = matches!(state, PeriodState::Done | PeriodState::NotHeld);
    let may_update = Memo::new(move |_| sheet.programme.with(|one| one.may.update));
    let given = period.date;
    let programme = sheet.programme.with_untracked(|one| one.id);
    let cancel = move |date: LineDateId| {
        doing.run(
            async move {
                let path = api::paths::of_programme_line(programme, id, &format!("dates/{date}"));
                client.delete::<Programme>(&path).await
            },
            move |_| sheet.changed.run(()),
        );
    };
    let is_shown_open = Memo::new({
        let place = place.clone();
        move |_| reporting.with(|now| now.as_ref() == Some(&place))
    });
    view! {
        <li>
            <span class=format!("roadmap-dot {}", state_class(state)) aria-hidden="true"></span>
            <span class="num">{say(move |language| span(language, &from, &to))}</span>
            <span class="small muted">
                {say(move |language| words::period_state(language, state))}
                {(all > 0)
                    .then(|| {
                        view! {
                            " · "
                            <span class="num">
                                {say(move |language| words::all_schools(language, done, all))}
                            </span>
                        }
                    })}
                {period
                    .lacks_paper
                    .then(|| {
                        view! {
                            " · "
                            <span class="roadmap-asks">{say(words::papers_missing)}</span>
                        }
                    })}
            </span>
            <span class="roadmap-term-acts">
                <Show when=move || may_report.get() && is_open_to_report && !is_shown_open.get()>
                    <button
                        type="button"
                        class="button"
                        on:click={
                            let place = place.clone();
                            move |_| reporting.set(Some(place.clone()))
                        }
                    >
                        {if is_reported { say(words::report_again) } else { say(words::report_open) }}
                    </button>
                </Show>
                {given
                    .filter(|_| !is_reported)
                    .map(|date| {
                        view! {
                            <Show when=move || may_update.get()>
                                <button
                                    type="button"
                                    class="button quiet"
                                    disabled=move || doing.busy.get()
                                    on:click=move |_| cancel(date)
                                >
                                    {say(words::day_cancel)}
                                </button>
                            </Show>
                        }
                    })}
            </span>
            <DoingFailure doing=doing />
        </li>
    }
}

/// The form that reports one term. What is typed stays while the roadmap follows the news.
#[component]
fn ReportForm(
    sheet: Sheet,
    id: LineId,
    reporting: RwSignal<Option<Place>>,
    is_on_request: Memo<bool>,
) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let writing = Writing::new();
    let outcome = RwSignal::new(Outcome::Done);
    let document = RwSignal::new(String::new());
    let school = RwSignal::new(None::<OrganisationId>);
    let day = RwSignal::new(String::new());
    let programme = sheet.programme.with_untracked(|one| one.id);
    let schools = Memo::new(move |_| sheet.programme.with(|one| one.may.schools.clone()));
    // A school reports for itself; whoever has several chooses.
    Effect::new(move |_| {
        if school.get_untracked().is_none() {
            school.set(schools.with(|schools| schools.first().map(|school| school.id)));
        }
    });
    Effect::new(move |_| {
        if let Some((from, _)) = reporting.get() {
            day.set(from);
        }
    });
    let papers = LocalResource::new(move || {
        let is_asked = reporting.with(Option::is_some);
        async move {
            if !is_asked {
                return Vec::new();
            }
            // Without the register a report is still possible, only without a paper.
            client
                .get::<DocumentRegister>(api::paths::DOCUMENTS)
                .await
                .map(|register| register.documents)
                .unwrap_or_default()
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some((from, to)) = reporting.get_untracked() else {
            return;
        };
        let (from, to) = match is_on_request.get_untracked() {
            true => (day.get_untracked(), day.get_untracked()),
            false => (from, to),
        };
        let (entry, content) = writing.send();
        let new = NewLineReport {
            id: LineReportId(entry),
            organisation: school.get_untracked(),
            from,
            to,
            outcome: outcome.get_untracked(),
            content,
            document: document.with_untracked(|id| id.parse().ok()),
        };
        doing.run(
            async move {
                let path = api::paths::of_programme_line(programme, id, "reports");
                client.post::<Programme>(&path, &new).await
            },
            move |_| {
                writing.taken();
                outcome.set(Outcome::Done);
                document.set(String::new());
                reporting.set(None);
                toasts.say(words::report_sent(language.get_untracked()));
                sheet.changed.run(());
            },
        );
    };
    let title = move || {
        reporting
            .get()
            .map(|(from, to)| span(language.get(), &from, &to))
    };
    view! {
        <Show when=move || reporting.with(Option::is_some)>
            <form class="stack roadmap-form" on:submit=send>
                <h4 class="num">{title}</h4>
                <Show when=move || is_on_request.get()>
                    <Field id="report-day" label=label(words::report_day) value=day kind="date" />
                </Show>
                <Show when=move || schools.with(|schools| schools.len() > 1)>
                    <div class="field">
                        <label for="report-school">{say(words::report_for)}</label>
                        <select
                            class="input"
                            id="report-school"
                            on:change:target=move |event| {
                                school.set(event.target().value().parse().ok());
                            }
                        >
                            {move || {
                                schools
                                    .get()
                                    .into_iter()
                                    .map(|one| {
                                        view! { <option value=one.id.to_string()>{one.name}</option> }
                                    })
                                    .collect_view()
                            }}
                        </select>
                    </div>
                </Show>
                <Choices
                    name="report-outcome"
                    title=words::report_title
                    options=vec![
                        (Outcome::Done, words::report_done as Wording),
                        (Outcome::NotHeld, words::report_not_held),
                        (Outcome::Withdrawn, words::report_withdraw),
                    ]
                    value=outcome
                />
                <LongField
                    id="report-words"
                    label=label(words::report_words)
                    hint=MaybeProp::derive(move || {
                        Some(words::report_words_hint(language.get()).to_owned())
                    })
                    value=writing.text
                />
                <div class="field">
                    <label for="report-paper">{say(words::report_paper)}</label>
                    <select
                        class="input"
                        id="report-paper"
                        on:change:target=move |event| document.set(event.target().value())
                    >
                        <option value="" selected=move || document.with(String::is_empty)>
                            {say(words::report_no_paper)}
                        </option>
                        {move || {
                            papers
                                .get()
                                .unwrap_or_default()
                                .into_iter()
                                .filter(|paper| paper.archived_ms.is_none())
                                .map(|paper| {
                                    view! {
                                        <option value=paper.id.to_string()>{paper.title}</option>
                                    }
                                })
                                .collect_view()
                        }}
                    </select>
                </div>
                <DoingFailure doing=doing />
                <div class="actions">
                    <button type="submit" class="button primary" disabled=move || doing.busy.get()>
                        {say(words::report_send)}
                    </button>
                    <button
                        type="button"
                        class="button quiet"
                        on:click=move |_| reporting.set(None)
                    >
                        {say(words::cancel)}
                    </button>
                </div>
            </form>
        </Show>
    }
}

/// Gives a day to a line whose term does not say when.
#[component]
pub fn GiveDay(sheet: Sheet, id: LineId) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let language = use_language();
    let doing = Doing::new();
    let programme = sheet.programme.with_untracked(|one| one.id);
    let [from, to] = sheet
        .programme
        .with_untracked(|one| [one.today.clone(), one.today.clone()])
        .map(RwSignal::new);
    let date = StoredValue::new(uuid::Uuid::now_v7());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let new = NewLineDate {
            id: LineDateId(date.get_value()),
            from: from.get_untracked(),
            to: to.get_untracked(),
        };
        doing.run(
            async move {
                let path = api::paths::of_programme_line(programme, id, "dates");
                client.post::<Programme>(&path, &new).await
            },
            move |_| {
                date.set_value(uuid::Uuid::now_v7());
                toasts.say(words::day_given(language.get_untracked()));
                sheet.changed.run(());
            },
        );
    };
    // Whoever moves the first day means one day, until the last is chosen as well.
    Effect::new(move |before: Option<String>| {
        let first = from.get();
        if before.is_some_and(|before| to.with_untracked(|to| *to == before)) {
            to.set(first.clone());
        }
        first
    });
    view! {
        <form class="stack roadmap-form" on:submit=send>
            <h4>{say(words::give_day_title)}</h4>
            <div class="roadmap-pair">
                <Field id="day-from" label=label(words::day_from) value=from kind="date" />
                <Field id="day-to" label=label(words::day_to) value=to kind="date" />
            </div>
            <p class="hint">{say(words::day_hint)}</p>
            <DoingFailure doing=doing />
            <div>
                <button type="submit" class="button primary" disabled=move || doing.busy.get()>
                    {say(words::give_day)}
                </button>
            </div>
        </form>
    }
}
