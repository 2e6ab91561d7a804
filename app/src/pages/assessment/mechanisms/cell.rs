//! One cell: the criterion, levels by descriptor, evidence, comments, and what each side says.

use api::access::permission::Permission;
use api::assessment::mechanism::{
    AnswerCell, AssessmentState, CellEntry, CellFile, Matrix, MatrixCell, Side, Step,
};
use api::id::AssessmentId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::client::{Failure, use_client};
use crate::components::evidence::{EvidenceAt, EvidencePort};
use crate::components::{FailureNotice, Glyph, Icon, Loaded, Notice, Tone, Writing, use_toasts};
use crate::device;
use crate::language::{say, say_text, use_language};
use crate::session::use_session;
use crate::shell::set_title;
use crate::text::assessment::mechanisms as words;
use crate::text::{Language, common};

/// Where the page is.
#[derive(Clone, PartialEq)]
struct Place {
    assessment: AssessmentId,
    cell: String,
}

/// One cell of the matrix.
#[component]
pub fn MechanismCellPage() -> impl IntoView {
    set_title(words::title);
    let parameters = use_params_map();
    let place = Memo::new(move |_| {
        let parameters = parameters.read();
        Some(Place {
            assessment: parameters.get("assessment")?.parse().ok()?,
            cell: parameters.get("cell")?,
        })
    });
    view! {
        <main class="page narrow" id="main">
            {move || match place.get() {
                Some(place) => view! { <Whole place=place /> }.into_any(),
                None => view! { <h1>{say(common::not_found_title)}</h1> }.into_any(),
            }}
        </main>
    }
}

#[component]
fn Whole(place: Place) -> impl IntoView {
    let client = use_client();
    let (id, cell) = (place.assessment, place.cell);
    let matrix_path = api::paths::mechanism_matrix(id);
    let cell_path = api::paths::mechanism_cell(id, &cell);
    let fetched = LocalResource::new(move || {
        client.epoch.track();
        let (matrix_path, cell_path) = (matrix_path.clone(), cell_path.clone());
        async move {
            let matrix = client.get::<Matrix>(&matrix_path).await?;
            let file = client.get::<CellFile>(&cell_path).await?;
            Ok::<_, Failure>((matrix, file))
        }
    });
    view! {
        <p>
            <a class="button quiet" href=api::work::mechanism_matrix(id)>
                <Icon glyph=Glyph::ArrowLeft />
                {say(words::to_matrix)}
            </a>
        </p>
        <Loaded
            resource=fetched
            view=move |(matrix, file)| view! { <Body matrix=matrix file=file /> }
        />
    }
}

/// The cell as it was fetched; what is saved here changes it in place, so that a comment being typed stays.
#[component]
fn Body(matrix: Matrix, file: CellFile) -> AnyView {
    let cell = file.cell.clone();
    let found = matrix.rows.iter().find_map(|row| {
        let at = row.cells.iter().position(|one| one.id == cell.id)?;
        Some((row.clone(), at))
    });
    let Some((row, at)) = found else {
        return view! { <h1>{say(common::not_found_title)}</h1> }.into_any();
    };
    let Some(step) = matrix.steps.get(at).cloned() else {
        return view! { <h1>{say(common::not_found_title)}</h1> }.into_any();
    };
    let id = matrix.id;
    let (code, title) = (row.code.clone(), row.title.clone());
    let neighbour = |index: usize| {
        row.cells
            .get(index)
            .map(|cell| format!("{}/{}", api::work::mechanism_matrix(id), cell.id))
    };
    let (before, after) = (at.checked_sub(1).and_then(neighbour), neighbour(at + 1));
    let step_title = step.title.clone();
    let client = use_client();
    let port = EvidencePort::new(
        client,
        api::paths::mechanism_evidence(id),
        file.evidence.clone(),
    );
    let evidence_note = step.evidence_from.map(|from| (from, step.evidence.clone()));
    let item = cell.id.clone();
    let file = RwSignal::new(file);
    let is_capped = Memo::new(move |_| file.with(|file| file.cell.capped));
    view! {
        <div>
            <p class="muted">
                <span class="num">{code}</span>
                " "
                {say_text(title)}
            </p>
            <h1>{say_text(step_title)}</h1>
            <p class="text">{say_text(cell.text.clone())}</p>
            <p class="small muted text">{say_text(step.question.clone())}</p>
        </div>
        <Show when=move || is_capped.get()>
            <Notice tone=Tone::Warning>
                <p>{say(words::capped)}</p>
            </Notice>
        </Show>
        {move || view! { <Now cell=file.with(|file| file.cell.clone()) /> }}
        <Sides matrix=matrix step=step file=file />
        <section class="stack tight">
            <h2>{say(words::evidence)}</h2>
            {evidence_note
                .map(|(from, what)| {
                    view! {
                        <p class="small muted">
                            {say(move |language| {
                                words::evidence_needed(language, from, what.in_language(language))
                            })}
                        </p>
                    }
                })}
            <EvidenceAt item=item port=port />
        </section>
        {move || view! { <History entries=file.with(|file| file.entries.clone()) /> }}
        <nav class="onward">
            {before
                .map(|href| {
                    view! {
                        <a class="button large" href=href>
                            <Icon glyph=Glyph::ArrowLeft />
                            {say(words::previous_cell)}
                        </a>
                    }
                })}
            {after
                .map(|href| {
                    view! {
                        <a class="button large onward-next" href=href>
                            {say(words::next_cell)}
                            <Icon glyph=Glyph::ArrowRight />
                        </a>
                    }
                })}
        </nav>
    }
    .into_any()
}

/// What every side says now.
#[component]
fn Now(cell: MatrixCell) -> impl IntoView {
    let language = use_language();
    let shown = move |level: Option<u8>| {
        let language = language.get();
        level.map_or_else(
            || words::dash(language).to_owned(),
            |level| level.to_string(),
        )
    };
    view! {
        <dl class="mechanisms-overall num" aria-label=say(words::levels_now)>
            {[
                (words::side_own as fn(_) -> _, cell.own),
                (words::side_expert, cell.expert),
                (words::side_agreed, cell.agreed),
                (words::last_year, cell.previous),
            ]
                .into_iter()
                .map(|(name, level)| {
                    view! {
                        <div>
                            <dt>{say(name)}</dt>
                            <dd>{move || shown(level)}</dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
    }
}

/// The sides the reader may answer for; they stand while answers are saved and change only with what may be answered.
#[component]
fn Sides(matrix: Matrix, step: Step, file: RwSignal<CellFile>) -> impl IntoView {
    let session = use_session();
    let may_agree = session.may(Permission::MechanismSubmit);
    let (id, state) = (matrix.id, matrix.state);
    let (may_answer, may_judge) = (matrix.may_answer, matrix.may_judge);
    let sides = Memo::new(move |_| {
        let mut sides = Vec::new();
        if state == AssessmentState::Draft && may_answer {
            sides.push(Side::Own);
        }
        if state == AssessmentState::Submitted && may_judge {
            sides.push(Side::Expert);
        }
        if state == AssessmentState::Submitted && may_agree && file.with(|file| file.cell.disagrees)
        {
            sides.push(Side::Agreed);
        }
        if state == AssessmentState::Submitted && may_answer && sides.is_empty() {
            // Words can still be exchanged while the expert works.
            sides.push(Side::Own);
        }
        sides
    });
    view! {
        <For
            each=move || sides.get()
            key=|side| *side
            children=move |side| {
                let has_levels = (side, state) != (Side::Own, AssessmentState::Submitted);
                view! {
                    <Choose
                        assessment=id
                        side=side
                        step=step.clone()
                        has_levels=has_levels
                        file=file
                    />
                }
            }
        />
    }
}

#[component]
fn Choose(
    assessment: AssessmentId,
    side: Side,
    step: Step,
    has_levels: bool,
    file: RwSignal<CellFile>,
) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let toasts = use_toasts();
    let failure = RwSignal::new(None::<Failure>);
    let writing = Writing::new();
    let comment = writing.text;
    let chosen = Memo::new(move |_| {
        file.with(|file| match side {
            Side::Own => file.cell.own,
            Side::Expert => file.cell.expert,
            Side::Agreed => file.cell.agreed,
        })
    });
    let segment = match side {
        Side::Own => "self",
        Side::Expert => "expert",
        Side::Agreed => "agreed",
    };
    let path = StoredValue::new(format!(
        "{}/{segment}",
        file.with_untracked(|file| api::paths::mechanism_cell(assessment, &file.cell.id))
    ));
    let send = move |answer: AnswerCell| {
        failure.set(None);
        leptos::task::spawn_local(async move {
            match client.put::<CellFile>(&path.get_value(), &answer).await {
                Ok(saved) => {
                    let language = language.get_untracked();
                    match answer.level {
                        Some(level) => toasts.say(words::saved_level(language, level)),
                        None => {
                            toasts.say(words::comment_saved(language));
                            writing.taken();
                        }
                    }
                    let _ = file.try_set(saved);
                }
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    let choose = move |level: u8| {
        send(AnswerCell {
            id: uuid::Uuid::now_v7(),
            level: Some(level),
            comment: None,
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (id, text) = writing.send();
        let text = text.trim().to_owned();
        if !text.is_empty() {
            send(AnswerCell {
                id,
                level: None,
                comment: Some(text),
            });
        }
    };
    let title: fn(Language) -> &'static str = match side {
        Side::Own => words::choose_own,
        Side::Expert => words::choose_expert,
        Side::Agreed => words::choose_agreed,
    };
    let group = format!("level-{segment}");
    let field = format!("comment-{segment}");
    view! {
        <section class="card stack">
            {move || failure.get().map(|failure| view! { <FailureNotice failure=failure /> })}
            {has_levels
                .then(|| {
                    view! {
                        <fieldset class="mechanisms-levels">
                            <legend class="label">{say(title)}</legend>
                            {step
                                .levels
                                .into_iter()
                                .map(|level| {
                                    let value = level.value;
                                    let name = group.clone();
                                    view! {
                                        <label class="mechanisms-choice">
                                            <input
                                                type="radio"
                                                name=name
                                                prop:checked=move || chosen.get() == Some(value)
                                                on:change=move |_| choose(value)
                                            />
                                            <span
                                                class=format!(
                                                    "mechanisms-swatch mechanisms-level-{value} num",
                                                )
                                                aria-hidden="true"
                                            >
                                                {value}
                                            </span>
                                            <span>{say_text(level.text)}</span>
                                        </label>
                                    }
                                })
                                .collect_view()}
                        </fieldset>
                    }
                })}
            <form class="stack tight" on:submit=submit>
                <div class="field">
                    <label for=field
                        .clone()>
                        {say(if side == Side::Agreed { words::objection } else { words::comment })}
                    </label>
                    {(side == Side::Agreed)
                        .then(|| view! { <p class="hint">{say(words::objection_hint)}</p> })}
                    <textarea
                        class="input"
                        id=field
                        rows="3"
                        maxlength="4000"
                        prop:value=move || comment.get()
                        on:input:target=move |event| comment.set(event.target().value())
                    ></textarea>
                </div>
                <div class="actions">
                    <button type="submit" class="button">
                        {say(if side == Side::Agreed { words::objection } else { words::comment_add })}
                    </button>
                </div>
            </form>
        </section>
    }
}

#[component]
fn History(entries: Vec<CellEntry>) -> impl IntoView {
    let is_empty = entries.is_empty();
    view! {
        <section class="stack tight">
            <h2>{say(words::history)}</h2>
            {is_empty.then(|| view! { <p class="muted">{say(words::history_none)}</p> })}
            <ul class="mechanisms-history">
                {entries
                    .into_iter()
                    .rev()
                    .map(|entry| {
                        let (side, level, at_ms) = (entry.side, entry.level, entry.at_ms);
                        let name = entry.person_name;
                        view! {
                            <li>
                                <b>
                                    {say(move |language| {
                                        let side = words::side(language, side);
                                        match level {
                                            Some(level) => words::entry_level(language, side, level),
                                            None => words::entry_comment(language, side),
                                        }
                                    })}
                                </b>
                                <span class="small muted num">
                                    {say(move |language| {
                                        let at = device::date_time(language, at_ms);
                                        match &name {
                                            Some(name) => {
                                                crate::text::assessment::evidence::by(language, name, at)
                                            }
                                            None => at,
                                        }
                                    })}
                                </span>
                                {entry.comment.map(|comment| view! { <p>{comment}</p> })}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </section>
    }
}
