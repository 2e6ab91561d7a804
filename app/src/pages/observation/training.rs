//! The training of observers: course, quiz, certificate.

use std::collections::BTreeMap;

use api::id::AttemptId;
use api::observation::observer::{AttemptResult, Certificate, NewAttempt, Training};
use leptos::prelude::*;
use uuid::Uuid;

use crate::client::use_client;
use crate::components::{Doing, DoingFailure, Glyph, Icon, Loaded, Notice, Tone};
use crate::language::{say, say_text, use_language};
use crate::shell::set_title;
use crate::text::number;
use crate::text::observation::observers as words;

/// The training.
#[component]
pub fn TrainingPage() -> impl IntoView {
    set_title(words::training);
    let client = use_client();
    let training = LocalResource::new(move || {
        client.epoch.track();
        client.get::<Training>(api::paths::TRAINING)
    });
    view! {
        <main class="page narrow" id="main">
            <div>
                <h1>{say(words::training)}</h1>
                <p class="text muted">{say(words::training_lead)}</p>
            </div>
            <Loaded resource=training view=|training| view! { <Whole training=training /> } />
        </main>
    }
}

#[component]
fn Whole(training: Training) -> impl IntoView {
    let certificate = RwSignal::new(training.certificate.clone());
    let page = RwSignal::new(0_usize);
    let pages = training.course.len();
    let training = StoredValue::new(training);
    view! {
        {move || certificate.get().map(|held| view! { <Held certificate=held /> })}
        {move || {
            let now = page.get();
            if now < pages {
                view! { <CourseView training=training page=page now=now /> }.into_any()
            } else {
                view! { <Quiz training=training page=page certificate=certificate /> }.into_any()
            }
        }}
    }
}

#[component]
fn Held(certificate: Certificate) -> impl IntoView {
    let until = certificate.valid_until;
    view! {
        <Notice tone=Tone::Success>
            <p>
                {say(move |language| {
                    words::have_certificate(language, number::date(language, &until))
                })}
            </p>
            <p>
                <a class="button" href=api::work::CERTIFICATE>
                    <Icon glyph=Glyph::File />
                    {say(words::open_certificate)}
                </a>
            </p>
        </Notice>
    }
}

#[component]
fn CourseView(training: StoredValue<Training>, page: RwSignal<usize>, now: usize) -> impl IntoView {
    let pages = training.with_value(|training| training.course.len());
    let shown = training.with_value(|training| training.course[now].clone());
    let is_last = now + 1 == pages;
    view! {
        <article class="card stack training-page">
            <p class="small muted num">
                {say(move |language| words::page_of(language, now + 1, pages))}
            </p>
            <h2>{say_text(shown.title)}</h2>
            {shown
                .paragraphs
                .into_iter()
                .map(|paragraph| view! { <p class="text">{say_text(paragraph)}</p> })
                .collect_view()}
            <div class="chips">
                {(now > 0)
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button large"
                                on:click=move |_| page.set(now - 1)
                            >
                                <Icon glyph=Glyph::ArrowLeft />
                                {say(words::back)}
                            </button>
                        }
                    })}
                <button
                    type="button"
                    class="button primary large"
                    on:click=move |_| page.set(now + 1)
                >
                    {say(move |language| {
                        if is_last { words::to_quiz(language) } else { words::next(language) }
                    })}
                    <Icon glyph=Glyph::ArrowRight />
                </button>
            </div>
        </article>
    }
}

#[component]
fn Quiz(
    training: StoredValue<Training>,
    page: RwSignal<usize>,
    certificate: RwSignal<Option<Certificate>>,
) -> impl IntoView {
    let client = use_client();
    let language = use_language();
    let doing = Doing::new();
    let answers = RwSignal::new(BTreeMap::<String, String>::new());
    let agrees = RwSignal::new(false);
    let result = RwSignal::new(None::<AttemptResult>);
    let attempt = StoredValue::new(AttemptId(Uuid::now_v7()));
    let left = RwSignal::new(training.with_value(|training| training.attempts_left));
    let questions = training.with_value(|training| training.questions.clone());
    let share = training.with_value(|training| training.pass_share);
    let ethics = training.with_value(|training| training.ethics.clone());
    let count = questions.len();
    let open = Memo::new(move |_| count.saturating_sub(answers.with(BTreeMap::len)));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let new = NewAttempt {
            id: attempt.get_value(),
            answers: answers.get_untracked(),
            ethics: agrees.get_untracked(),
        };
        doing.run(
            async move {
                client
                    .post::<AttemptResult>(api::paths::TRAINING_ATTEMPTS, &new)
                    .await
            },
            move |marked| {
                left.set(marked.attempts_left);
                if marked.certificate.is_some() {
                    certificate.set(marked.certificate.clone());
                }
                result.set(Some(marked));
            },
        );
    };
    let again = move |_| {
        attempt.set_value(AttemptId(Uuid::now_v7()));
        answers.set(BTreeMap::new());
        result.set(None);
    };
    let is_marked = Memo::new(move |_| result.with(Option::is_some));
    let fields = questions
        .into_iter()
        .enumerate()
        .map(|(index, question)| {
            let id = StoredValue::new(question.id.clone());
            let mark = Memo::new(move |_| {
                result.with(|result| {
                    let id = id.get_value();
                    result
                        .as_ref()?
                        .marks
                        .iter()
                        .find(|mark| mark.question == id)
                        .cloned()
                })
            });
            view! {
                <fieldset class="training-question" prop:disabled=move || is_marked.get()>
                    <legend>
                        <span class="num muted">{index + 1} ". "</span>
                        {say_text(question.text)}
                    </legend>
                    {question
                        .options
                        .into_iter()
                        .map(|option| {
                            let value = StoredValue::new(option.id);
                            view! {
                                <label class="training-option">
                                    <input
                                        type="radio"
                                        name=format!("question-{index}")
                                        prop:checked=move || {
                                            answers.with(|answers| {
                                                answers.get(&id.get_value()) == Some(&value.get_value())
                                            })
                                        }
                                        on:change=move |_| {
                                            answers
                                                .update(|answers| {
                                                    answers.insert(id.get_value(), value.get_value());
                                                })
                                        }
                                    />
                                    <span>{say_text(option.text)}</span>
                                </label>
                            }
                        })
                        .collect_view()}
                    {move || {
                        mark.get()
                            .map(|mark| {
                                let is_right = mark.right;
                                view! {
                                    <p class=if is_right {
                                        "training-mark right small"
                                    } else {
                                        "training-mark small"
                                    }>
                                        <Icon glyph=if is_right { Glyph::Check } else { Glyph::Info } />
                                        <span>
                                            <b>
                                                {say(move |language| {
                                                    if is_right {
                                                        words::right(language)
                                                    } else {
                                                        words::wrong(language)
                                                    }
                                                })}
                                            </b>
                                            ". "
                                            {say_text(mark.explanation)}
                                        </span>
                                    </p>
                                }
                            })
                    }}
                </fieldset>
            }
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2>{say(words::quiz)}</h2>
            <p class="text muted num">
                {say(move |language| {
                    words::quiz_lead(language, number::percent(language, share, 0))
                })}
                " "
                {move || words::attempts_left(language.get(), u64::from(left.get()))}
                "."
            </p>
            <form class="stack" on:submit=send>
                {fields}
                <section class="card stack tight">
                    <h3>{say(words::ethics)}</h3>
                    <ul class="plain-list text">
                        {ethics
                            .into_iter()
                            .map(|rule| view! { <li>{say_text(rule)}</li> })
                            .collect_view()}
                    </ul>
                    <label class="training-option">
                        <input
                            type="checkbox"
                            prop:checked=move || agrees.get()
                            on:change=move |event| agrees.set(event_target_checked(&event))
                        />
                        <span>
                            <b>{say(words::ethics_agree)}</b>
                        </span>
                    </label>
                </section>
                <DoingFailure doing=doing />
                <div role="status">
                    {move || {
                        result
                            .get()
                            .map(|result| {
                                let [right, all] = result.score;
                                let tone = if result.passed { Tone::Success } else { Tone::Warning };
                                let passed = result.passed;
                                view! {
                                    <Notice tone=tone>
                                        <p class="num">
                                            {say(move |language| {
                                                if passed {
                                                    words::passed(language, right, all)
                                                } else {
                                                    words::failed(language, right, all)
                                                }
                                            })}
                                        </p>
                                    </Notice>
                                }
                            })
                    }}
                </div>
                <div class="chips">
                    {move || {
                        if is_marked.get() {
                            view! {
                                <button
                                    type="button"
                                    class="button large"
                                    prop:disabled=move || left.get() == 0
                                    on:click=again
                                >
                                    {say(words::again)}
                                </button>
                            }
                                .into_any()
                        } else {
                            view! {
                                <button
                                    type="submit"
                                    class="button primary large"
                                    disabled=move || { doing.busy.get() || open.get() > 0 }
                                >
                                    {say(words::check)}
                                </button>
                                {move || {
                                    (open.get() > 0)
                                        .then(|| {
                                            view! {
                                                <span class="small muted num">
                                                    {words::unanswered(language.get(), open.get() as u64)}
                                                </span>
                                            }
                                        })
                                }}
                            }
                                .into_any()
                        }
                    }}
                    <button type="button" class="button large" on:click=move |_| page.set(0)>
                        {say(words::to_course)}
                    </button>
                </div>
            </form>
        </section>
    }
}

/// The certificate, to be printed.
#[component]
pub fn CertificatePage() -> impl IntoView {
    set_title(words::certificate);
    let client = use_client();
    let training = LocalResource::new(move || {
        client.epoch.track();
        client.get::<Training>(api::paths::TRAINING)
    });
    view! {
        <main class="page narrow" id="main">
            <Loaded resource=training view=|training| view! { <Sheet training=training /> } />
        </main>
    }
}

#[component]
fn Sheet(training: Training) -> AnyView {
    let Some(certificate) = training.certificate else {
        return view! {
            <h1>{say(words::certificate)}</h1>
            <p class="text">{say(words::certificate_none)}</p>
            <p>
                <a class="button primary" href=api::work::TRAINING>
                    {say(words::training)}
                </a>
            </p>
        }
        .into_any();
    };
    let origin = window().location().origin().unwrap_or_default();
    let address = format!("{origin}{}", api::paths::PUBLIC_CERTIFICATES);
    let (issued, until) = (certificate.issued, certificate.valid_until);
    let held = certificate.number;
    view! {
        <article class="certificate">
            <h1>{say(words::certificate)}</h1>
            <p class="muted">{say(words::certificate_of)}</p>
            <p class="certificate-number num">
                {say(move |language| words::certificate_number(language, &held))}
            </p>
            <p class="certificate-name">{training.name}</p>
            <p class="text">
                {say(move |language| {
                    words::certificate_text(language, number::date(language, &issued))
                })}
            </p>
            <p class="num">
                <b>
                    {say(move |language| {
                        words::certificate_until(language, number::date(language, &until))
                    })}
                </b>
            </p>
            <p class="small muted">
                {say(move |language| words::certificate_check(language, &address))}
            </p>
        </article>
        <p class="no-print">
            <button
                type="button"
                class="button primary"
                on:click=move |_| {
                    // A browser without a printer simply does nothing.
                    drop(window().print());
                }
            >
                {say(words::print)}
            </button>
        </p>
    }
    .into_any()
}
