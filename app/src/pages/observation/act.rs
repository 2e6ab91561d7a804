//! The act of an observation: to read, sign, explain, print.

use api::id::{EntryId, SubmissionId};
use api::observation::act::{Act, Explanation, Remark, Sign, Signature};
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use crate::client::{Failure, use_client};
use crate::components::{Doing, DoingFailure, Field, Glyph, Icon, Loaded, LongField};
use crate::device;
use crate::language::{label, say, say_text, use_language};
use crate::shell::set_title;
use crate::text::observation::act as words;
use crate::text::{Language, number};

/// Width and height of the sheet a signature is drawn on.
const SHEET: [f64; 2] = [600.0, 200.0];

/// The act of a submitted sheet.
#[component]
pub fn ActPage() -> impl IntoView {
    set_title(words::page_title);
    let parameters = use_params_map();
    let asked = Memo::new(move |_| {
        parameters.with(|all| all.get("submission")?.parse::<SubmissionId>().ok())
    });
    let client = use_client();
    let act = LocalResource::new(move || {
        client.epoch.track();
        let asked = asked.get();
        async move {
            let id = asked.ok_or(Failure::Unreadable { status: 404 })?;
            client
                .get::<Act>(&api::paths::of_submission(id, "act"))
                .await
        }
    });
    view! {
        <main class="page narrow" id="main">
            <Loaded resource=act view=|act| view! { <Whole act=act /> } />
        </main>
    }
}

#[component]
fn Whole(act: Act) -> impl IntoView {
    let act = RwSignal::new(act);
    view! { {move || view! { <Paper act=act.get() set=act /> }} }
}

#[component]
fn Paper(act: Act, set: RwSignal<Act>) -> impl IntoView {
    let language = use_language();
    let line = |name: fn(Language) -> &'static str, value: AnyView| {
        view! {
            <div>
                <dt>{say(name)}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let own_number = act.number.clone();
    let (date, start) = (act.date.clone(), act.start.clone());
    let submitted_ms = act.submitted_ms;
    let [answered, all] = act.answered;
    let level = act.level.clone();
    let id = act.submission;
    let file = move |kind: &'static str| {
        let tag = device::language_tag(language.get());
        format!("{}?lang={tag}", api::paths::of_submission(id, kind))
    };
    view! {
        <article class="act">
            <h1>{say(move |language| words::title(language, &own_number))}</h1>
            <dl class="act-facts num">
                {line(words::school, act.organisation_name.clone().into_any())}
                {line(
                    words::date,
                    view! {
                        {say(move |language| format!("{}, {start}", number::date(language, &date)))}
                    }
                        .into_any(),
                )}
                {line(words::work, view! { {say_text(act.work.clone())} }.into_any())}
                {line(words::form, view! { {say_text(act.form.clone())} }.into_any())}
                {act.observer.clone().map(|name| line(words::observer, name.into_any()))}
                {act
                    .accreditation
                    .clone()
                    .map(|held| line(words::accreditation, held.into_any()))}
                {line(
                    words::submitted,
                    view! { {say(move |language| device::date_time(language, submitted_ms))} }
                        .into_any(),
                )}
                {line(
                    words::answered,
                    view! { {say(move |language| words::answered_of(language, answered, all))} }
                        .into_any(),
                )}
                {act
                    .index
                    .map(|index| {
                        line(
                            words::index,
                            view! {
                                {say(move |language| number::percent(language, index, 0))}
                                {level.map(|level| view! { ", " {say_text(level)} })}
                            }
                                .into_any(),
                        )
                    })}
            </dl>
            <Remarks remarks=act.remarks.clone() />
            <SignatureBlock act=act.clone() set=set />
            <Explanations act=act.clone() set=set />
        </article>
        <div class="chips no-print">
            <a class="button" href=move || file("act.pdf") rel="external" download="">
                <Icon glyph=Glyph::Download />
                {say(words::pdf)}
            </a>
            <a class="button" href=move || file("act.docx") rel="external" download="">
                <Icon glyph=Glyph::Download />
                {say(words::docx)}
            </a>
            <button
                type="button"
                class="button"
                on:click=move |_| {
                    // A browser without a printer simply does nothing.
                    drop(window().print());
                }
            >
                <Icon glyph=Glyph::File />
                {say(words::print)}
            </button>
        </div>
    }
}

#[component]
fn Remarks(remarks: Vec<Remark>) -> impl IntoView {
    let is_empty = remarks.is_empty();
    view! {
        <section class="stack tight">
            <h2>{say(words::remarks)}</h2>
            {is_empty.then(|| view! { <p>{say(words::no_remarks)}</p> })}
            <ol class="act-remarks">
                {remarks
                    .into_iter()
                    .map(|remark| {
                        view! {
                            <li>
                                {remark.critical.then(|| view! { <b>{say(words::critical)}</b> " " })}
                                {say_text(remark.item)}
                                {remark
                                    .note
                                    .map(|note| {
                                        view! {
                                            <p class="small muted">
                                                {say(move |language| words::note(language, &note))}
                                            </p>
                                        }
                                    })}
                            </li>
                        }
                    })
                    .collect_view()}
            </ol>
        </section>
    }
}

/// Strokes as the outline of an SVG path.
fn outline(strokes: &[Vec<[u16; 2]>]) -> String {
    let mut path = String::new();
    for stroke in strokes {
        for (index, [x, y]) in stroke.iter().enumerate() {
            path.push(if index == 0 { 'M' } else { 'L' });
            path.push_str(&format!("{x} {y}"));
        }
        // A dot is a stroke of no length; round ends make it visible.
        if let [[x, y]] = stroke.as_slice() {
            path.push_str(&format!("L{x} {y}"));
        }
    }
    path
}

#[component]
fn SignatureBlock(act: Act, set: RwSignal<Act>) -> impl IntoView {
    let needs_signing = act.may_sign
        && act
            .signature
            .as_ref()
            .is_none_or(|signature| signature.outdated);
    let is_unsigned = act.signature.is_none();
    view! {
        <section class="stack tight">
            <h2>{say(words::signature)}</h2>
            {act.signature.map(|signature| view! { <Signed signature=signature /> })}
            {is_unsigned.then(|| view! { <p class="muted">{say(words::unsigned)}</p> })}
            {needs_signing
                .then(|| {
                    view! {
                        <SignForm
                            id=act.submission
                            name=act.observer.unwrap_or_default()
                            set=set
                        />
                    }
                })}
        </section>
    }
}

#[component]
fn Signed(signature: Signature) -> impl IntoView {
    let at_ms = signature.signed_ms;
    let path = outline(&signature.drawing);
    let is_drawn = !path.is_empty();
    let name = signature.name;
    view! {
        {is_drawn
            .then(|| {
                view! {
                    <svg class="act-signature" viewBox="0 0 600 200" role="img" aria-label=say(words::signature)>
                        <path d=path />
                    </svg>
                }
            })}
        <p class="num">
            {say(move |language| {
                let date = device::date_time(language, at_ms);
                if name.is_empty() {
                    words::signed_hidden(language, date)
                } else {
                    words::signed(language, &name, date)
                }
            })}
        </p>
        {signature.outdated.then(|| view! { <p class="small muted">{say(words::outdated)}</p> })}
    }
}

#[component]
fn SignForm(id: SubmissionId, name: String, set: RwSignal<Act>) -> impl IntoView {
    let client = use_client();
    let doing = Doing::new();
    let name = RwSignal::new(name);
    let strokes = RwSignal::new(Vec::<Vec<[u16; 2]>>::new());
    let is_drawing = RwSignal::new(false);
    let frame = NodeRef::<html::Div>::new();
    let point = move |event: &leptos::ev::PointerEvent| {
        let place = frame.get_untracked()?.get_bounding_client_rect();
        let on_sheet = |at: i32, from: f64, size: f64, sheet: f64| {
            // Both ends are inside a u16, so the cast only drops the fraction.
            ((f64::from(at) - from) / size.max(1.0) * sheet).clamp(0.0, sheet) as u16
        };
        Some([
            on_sheet(event.client_x(), place.left(), place.width(), SHEET[0]),
            on_sheet(event.client_y(), place.top(), place.height(), SHEET[1]),
        ])
    };
    let begin = move |event: leptos::ev::PointerEvent| {
        event.prevent_default();
        if let Some(point) = point(&event) {
            is_drawing.set(true);
            strokes.update(|strokes| strokes.push(vec![point]));
        }
    };
    let go_on = move |event: leptos::ev::PointerEvent| {
        if is_drawing.get_untracked()
            && let Some(point) = point(&event)
        {
            strokes.update(|strokes| {
                if let Some(last) = strokes.last_mut()
                    && last.last() != Some(&point)
                {
                    last.push(point);
                }
            });
        }
    };
    let end = move |_: leptos::ev::PointerEvent| is_drawing.set(false);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let sign = Sign {
            name: name.get_untracked(),
            drawing: strokes.get_untracked(),
        };
        doing.run(
            async move {
                let path = api::paths::of_submission(id, "signature");
                client.post::<Act>(&path, &sign).await
            },
            move |act| set.set(act),
        );
    };
    let label = label(words::sign_name);
    view! {
        <form class="stack no-print" on:submit=send>
            <Field id="sign-name" label=label value=name />
            <div class="field">
                <p class="label" id="sign-draw">
                    {say(words::sign_draw)}
                </p>
                <div
                    class="act-sheet"
                    node_ref=frame
                    on:pointerdown=begin
                    on:pointermove=go_on
                    on:pointerup=end
                    on:pointercancel=end
                    on:pointerleave=end
                >
                    <svg viewBox="0 0 600 200" role="img" aria-labelledby="sign-draw">
                        <path d=move || strokes.with(|strokes| outline(strokes)) />
                    </svg>
                </div>
            </div>
            <DoingFailure doing=doing />
            <div class="chips">
                <button
                    type="submit"
                    class="button primary large"
                    disabled=move || { doing.busy.get() || strokes.with(Vec::is_empty) }
                >
                    {say(words::sign_do)}
                </button>
                <button
                    type="button"
                    class="button large"
                    on:click=move |_| strokes.set(Vec::new())
                >
                    {say(words::sign_clear)}
                </button>
            </div>
        </form>
    }
}

#[component]
fn Explanations(act: Act, set: RwSignal<Act>) -> impl IntoView {
    let is_empty = act.explanations.is_empty();
    let until = act.explain_until;
    let (id, may_explain) = (act.submission, act.may_explain);
    view! {
        <section class="stack tight">
            <h2>{say(words::explanations)}</h2>
            {is_empty
                .then(|| {
                    view! {
                        <p class="muted num">
                            {say(move |language| {
                                words::no_explanations(language, number::date(language, &until))
                            })}
                        </p>
                    }
                })}
            {act
                .explanations
                .into_iter()
                .map(|one| {
                    let at_ms = one.at_ms;
                    view! {
                        <div>
                            <p class="small muted num">
                                {say(move |language| device::date_time(language, at_ms))} " · "
                                {one.author}
                            </p>
                            <p class="text">{one.content}</p>
                        </div>
                    }
                })
                .collect_view()}
            {may_explain.then(|| view! { <ExplainForm id=id set=set /> })}
        </section>
    }
}

#[component]
fn ExplainForm(id: SubmissionId, set: RwSignal<Act>) -> impl IntoView {
    let client = use_client();
    let doing = Doing::new();
    let content = RwSignal::new(String::new());
    // Made once, so that sending again after a lost answer is the same explanation.
    let entry = EntryId(Uuid::now_v7());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let new = Explanation {
            id: entry,
            at_ms: 0,
            author: String::new(),
            content: content.get_untracked(),
        };
        doing.run(
            async move {
                let path = api::paths::of_submission(id, "explanations");
                client.post::<Act>(&path, &new).await
            },
            move |act| set.set(act),
        );
    };
    view! {
        <form class="stack no-print" on:submit=send>
            <LongField id="act-explanation" label=label(words::explain_label) hint=label(words::explain_hint) value=content />
            <DoingFailure doing=doing />
            <div>
                <button type="submit" class="button primary" disabled=move || doing.busy.get()>
                    {say(words::explain_do)}
                </button>
            </div>
        </form>
    }
}
