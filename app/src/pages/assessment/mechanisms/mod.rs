//! The municipal mechanisms: the matrix of 72 cells, by year and by list of directions.

mod cell;
mod grid;

use api::access::permission::Permission;
use api::assessment::mechanism::{
    AssessmentLabel, AssessmentList, AssessmentState, Matrix, OpenAssessment,
};
use api::id::AssessmentId;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};

use crate::client::{Failure, use_client};
use crate::components::{Bar, EmptyState, FailureNotice, Glyph, Icon, Loaded, use_toasts};
use crate::device;
use crate::language::{label, say, say_text, use_language};
use crate::shell::{set_title, whole_path};
use crate::text::assessment::mechanisms as words;
use crate::text::number;

pub use cell::MechanismCellPage;

/// The mechanisms; without an assessment in the address, the newest one.
#[component]
pub fn MechanismsPage() -> impl IntoView {
    set_title(words::title);
    let parameters = use_params_map();
    let asked = Memo::new(move |_| {
        let parameters = parameters.read();
        parameters
            .get("assessment")
            .and_then(|text| text.parse::<AssessmentId>().ok())
    });
    let client = use_client();
    let list = LocalResource::new(move || {
        client.epoch.track();
        async move { client.get::<AssessmentList>(api::paths::MECHANISMS).await }
    });
    let changed = Callback::new(move |()| list.refetch());
    view! {
        <main class="page mechanisms" id="main">
            <div>
                <h1>{say(words::title)}</h1>
                <p class="muted text">{say(words::lead)}</p>
            </div>
            <Loaded
                resource=list
                view=move |list| view! { <Assessments list=list asked=asked changed=changed /> }
            />
        </main>
    }
}

#[component]
fn Assessments(
    list: AssessmentList,
    asked: Memo<Option<AssessmentId>>,
    changed: Callback<()>,
) -> impl IntoView {
    let year = list.this_year;
    let may_open = list.may_open
        && !list
            .assessments
            .iter()
            .any(|assessment| assessment.year == year);
    let newest = list.assessments.first().map(|assessment| assessment.id);
    let is_empty = list.assessments.is_empty();
    let shown = Memo::new(move |_| asked.get().or(newest));
    let open = move || may_open.then(|| view! { <OpenYear year=year changed=changed /> });
    view! {
        {if is_empty {
            view! {
                <EmptyState
                    title=label(words::none_title)
                    text=label(words::none_text)
                >
                    {open()}
                </EmptyState>
            }
                .into_any()
        } else {
            view! {
                <nav class="chips" aria-label=say(words::years)>
                    {list
                        .assessments
                        .into_iter()
                        .map(|assessment| view! { <YearChip assessment=assessment shown=shown /> })
                        .collect_view()} {open()}
                </nav>
            }
                .into_any()
        }}
        {move || shown.get().map(|id| view! { <Assessment id=id /> })}
    }
}

#[component]
fn YearChip(assessment: AssessmentLabel, shown: Memo<Option<AssessmentId>>) -> impl IntoView {
    let (id, year) = (assessment.id, assessment.year);
    view! {
        <a
            class="chip num"
            href=api::work::mechanism_matrix(id)
            aria-current=move || (shown.get() == Some(id)).then_some("true")
        >
            {say(move |language| words::year_of(language, year))}
        </a>
    }
}

#[component]
fn OpenYear(year: i32, changed: Callback<()>) -> impl IntoView {
    let client = use_client();
    let navigate = use_navigate();
    let failure = RwSignal::new(None::<Failure>);
    let open = move |_| {
        let navigate = navigate.clone();
        leptos::task::spawn_local(async move {
            let new = OpenAssessment {
                id: AssessmentId(uuid::Uuid::now_v7()),
                year,
            };
            match client.post::<Matrix>(api::paths::MECHANISMS, &new).await {
                Ok(matrix) => {
                    changed.run(());
                    navigate(&api::work::mechanism_matrix(matrix.id), whole_path());
                }
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    view! {
        <button type="button" class="button primary" on:click=open>
            {say(move |language| words::open_year(language, year))}
        </button>
        {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
    }
}

#[component]
fn Assessment(id: AssessmentId) -> impl IntoView {
    let client = use_client();
    let matrix = LocalResource::new(move || {
        client.epoch.track();
        async move {
            client
                .get::<Matrix>(&api::paths::mechanism_matrix(id))
                .await
        }
    });
    let changed = Callback::new(move |()| matrix.refetch());
    view! {
        <Loaded
            resource=matrix
            view=move |matrix| view! { <Body matrix=matrix changed=changed /> }
        />
    }
}

#[component]
fn Body(matrix: Matrix, changed: Callback<()>) -> impl IntoView {
    let language = use_language();
    let id = matrix.id;
    let state = matrix.state;
    let is_hidden = state == AssessmentState::Draft && !matrix.may_answer;
    let [answered, cells] = matrix.answered;
    let (expert, open) = (matrix.expert_answered, matrix.open_disagreements);
    let criteria = matrix.framework.clone();
    let overall = matrix.overall;
    let notes = matrix.notes.clone();
    let share = f64::from(answered) / f64::from(cells.max(1));
    let export = move || {
        let language = device::language_tag(language.get());
        format!(
            "{}/export?language={language}",
            api::paths::mechanism_matrix(id)
        )
    };
    let stored = StoredValue::new(matrix);
    view! {
        <section class="mechanisms-head">
            <div class="stack tight">
                <p>
                    <span class="tag calm">{say(move |language| words::state(language, state))}</span>
                    " "
                    <span class="small muted">
                        {say(move |language| {
                            words::criteria(language, &criteria[1])
                        })}
                    </span>
                </p>
                <p class="num">{say(move |language| words::answered(language, answered, cells))}</p>
                <Bar share=Signal::stored(share) />
                {(state != AssessmentState::Draft)
                    .then(|| {
                        view! {
                            <p class="num">
                                {say(move |language| words::expert_answered(language, expert, cells))}
                                {(open > 0)
                                    .then(|| {
                                        view! {
                                            " · "
                                            <b>
                                                {say(move |language| words::disagreements(language, open))}
                                            </b>
                                        }
                                    })}
                            </p>
                        }
                    })} {is_hidden.then(|| view! { <p class="muted">{say(words::hidden)}</p> })}
            </div>
            <dl class="mechanisms-overall num">
                {[
                    (words::show_own as fn(_) -> _, overall.own),
                    (words::show_expert, overall.expert),
                    (words::show_settled, overall.settled),
                    (words::last_year, overall.previous),
                ]
                    .into_iter()
                    .map(|(name, score)| {
                        view! {
                            <div>
                                <dt>{say(name)}</dt>
                                <dd>{move || percent(language.get(), score)}</dd>
                            </div>
                        }
                    })
                    .collect_view()}
            </dl>
            <div class="actions">
                <a class="button" href=export rel="external" download="">
                    <Icon glyph=Glyph::Download />
                    {say(words::export)}
                </a>
                <Advance matrix=stored changed=changed />
            </div>
        </section>
        <grid::Grid matrix=stored />
        <details class="disclosure">
            <summary>
                <Icon glyph=Glyph::ChevronRight />
                {say(words::rules)}
            </summary>
            <div class="disclosure-body">
                {notes.into_iter().map(|note| view! { <p class="text sentence">{say_text(note)} "."</p> }).collect_view()}
            </div>
        </details>
    }
}

/// A share in per cent, or a dash.
pub(in crate::pages) fn percent(language: crate::text::Language, share: Option<f64>) -> String {
    share.map_or_else(
        || words::dash(language).to_owned(),
        |share| number::percent(language, share, 0),
    )
}

/// The one step that moves the assessment on, for whoever may take it.
#[component]
fn Advance(matrix: StoredValue<Matrix>, changed: Callback<()>) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let toasts = use_toasts();
    let session = crate::session::use_session();
    let failure = RwSignal::new(None::<Failure>);
    let (id, state) = matrix.with_value(|matrix| (matrix.id, matrix.state));
    let step = match state {
        AssessmentState::Draft => Some((
            "submit",
            words::submit as fn(_) -> _,
            words::submitted as fn(_) -> _,
        )),
        AssessmentState::Submitted => Some((
            "conclude",
            words::conclude as fn(_) -> _,
            words::concluded as fn(_) -> _,
        )),
        AssessmentState::Concluded => None,
    };
    let may = session.may(Permission::MechanismSubmit);
    step.filter(|_| may).map(|(path, name, done)| {
        let go = move |_| {
            failure.set(None);
            leptos::task::spawn_local(async move {
                let path = format!("{}/{path}", api::paths::mechanism_matrix(id));
                match client.post::<Matrix>(&path, &serde_json::json!({})).await {
                    Ok(_) => {
                        toasts.say(done(language.get_untracked()));
                        changed.run(());
                    }
                    Err(error) => failure.set(Some(error)),
                }
            });
        };
        view! {
            <button type="button" class="button primary" on:click=go>
                {say(name)}
            </button>
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
        }
    })
}
