//! The talk of colleagues about a question: comments, whom they ask, settled or open.

use api::forms::comment::{Comment, CommentKind, CommentList, NewComment};
use api::id::{PersonId, SubmissionId};
use api::live::LiveChange;
use leptos::prelude::*;
use uuid::Uuid;

use crate::client::{Client, use_client};
use crate::components::{Glyph, Icon};
use crate::device;
use crate::filling::view::element_id;
use crate::language::{say, use_language};
use crate::live::use_live;
use crate::text::assessment::team as words;

/// All talks of a submission; given by context.
#[derive(Clone, Copy)]
pub struct Talks {
    list: RwSignal<CommentList>,
    submission: SubmissionId,
    client: Client,
}

impl Talks {
    /// Fetches the talks and follows what colleagues say.
    pub fn start(submission: SubmissionId) -> Self {
        let talks = Talks {
            list: RwSignal::new(CommentList {
                comments: Vec::new(),
                colleagues: Vec::new(),
            }),
            submission,
            client: use_client(),
        };
        talks.fetch();
        use_live().hear(
            move |change| {
                matches!(change, LiveChange::Comment { submission } if *submission == talks.submission)
            },
            move || talks.fetch(),
        );
        talks
    }

    fn fetch(self) {
        leptos::task::spawn_local(async move {
            let path = api::paths::comments(self.submission);
            // Without an answer the page keeps what it has.
            if let Ok(list) = self.client.get::<CommentList>(&path).await {
                let _ = self.list.try_set(list);
            }
        });
    }

    async fn add(self, new: NewComment) -> bool {
        let path = api::paths::comments(self.submission);
        match self.client.post::<Vec<Comment>>(&path, &new).await {
            Ok(comments) => {
                let _ = self.list.try_update(|list| list.comments = comments);
                true
            }
            Err(_) => false,
        }
    }

    fn draft_key(self, question: &str) -> String {
        format!("orientir.comment.{}.{question}", self.submission)
    }
}

/// A talk about a question.
#[derive(Clone, Debug, PartialEq)]
struct Talk {
    thread: Uuid,
    entries: Vec<Comment>,
    is_settled: bool,
}

fn talks(comments: &[Comment], question: &str) -> Vec<Talk> {
    let mut talks: Vec<Talk> = Vec::new();
    for comment in comments.iter().filter(|one| one.question == question) {
        let place = talks.iter().position(|talk| talk.thread == comment.thread);
        let place = place.unwrap_or_else(|| {
            talks.push(Talk {
                thread: comment.thread,
                entries: Vec::new(),
                is_settled: false,
            });
            talks.len() - 1
        });
        talks[place].is_settled = match comment.kind {
            CommentKind::Resolved => true,
            CommentKind::Reopened | CommentKind::Comment => false,
        };
        talks[place].entries.push(comment.clone());
    }
    talks
}

/// The talks about one question, folded away while there is nothing open.
#[component]
pub fn TalkAt(
    /// Talks of the submission.
    talks: Talks,
    /// The question.
    path: String,
) -> impl IntoView {
    let language = use_language();
    let question = StoredValue::new(path);
    let found = Memo::new(move |_| {
        talks
            .list
            .with(|list| question.with_value(|path| self::talks(&list.comments, path)))
    });
    let title = move || {
        let found = found.get();
        let open = found.iter().filter(|talk| !talk.is_settled).count() as u64;
        match (found.is_empty(), open) {
            (true, _) => words::talk_start(language.get()).to_owned(),
            (false, 0) => words::talk_settled(language.get()).to_owned(),
            (false, open) => words::talk_open(language.get(), open),
        }
    };
    let has_open =
        Memo::new(move |_| found.with(|found| found.iter().any(|talk| !talk.is_settled)));
    view! {
        <details class="disclosure team-talk" open=move || has_open.get()>
            <summary>
                <Icon glyph=Glyph::ChevronRight />
                {title}
            </summary>
            <div class="disclosure-body stack tight">
                {move || {
                    found
                        .get()
                        .into_iter()
                        .map(|talk| view! { <OneTalk talks=talks talk=talk question=question /> })
                        .collect_view()
                }}
                <Show when=move || !has_open.get()>
                    <Write talks=talks question=question thread=None />
                </Show>
            </div>
        </details>
    }
}

#[component]
fn OneTalk(talks: Talks, talk: Talk, question: StoredValue<String>) -> impl IntoView {
    let language = use_language();
    let thread = talk.thread;
    let (kind, word): (_, fn(_) -> _) = if talk.is_settled {
        (CommentKind::Reopened, words::reopen)
    } else {
        (CommentKind::Resolved, words::settle)
    };
    let decide = move |_| {
        let new = NewComment {
            id: Uuid::now_v7(),
            question: question.get_value(),
            thread: Some(thread),
            kind,
            body: String::new(),
            mentions: Vec::new(),
            at_ms: device::now_ms(),
        };
        leptos::task::spawn_local(async move {
            talks.add(new).await;
        });
    };
    let is_settled = talk.is_settled;
    view! {
        <div class="team-thread" class:settled=is_settled>
            <ul class="team-entries">
                {talk
                    .entries
                    .into_iter()
                    .map(|entry| {
                        let time = device::date_time(language.get_untracked(), entry.at_ms);
                        let line = match entry.kind {
                            CommentKind::Comment => entry.body.clone(),
                            CommentKind::Resolved => {
                                words::settled_by(language.get_untracked(), &entry.name, &time)
                            }
                            CommentKind::Reopened => {
                                words::reopened_by(language.get_untracked(), &entry.name, &time)
                            }
                        };
                        let asked = names(&talks, &entry.mentions);
                        let is_said = entry.kind == CommentKind::Comment;
                        view! {
                            <li>
                                {is_said
                                    .then(|| {
                                        view! {
                                            <p class="small muted num">
                                                <b>{entry.name.clone()}</b>
                                                " "
                                                {time}
                                            </p>
                                        }
                                    })}
                                <p class:muted=!is_said>{line}</p>
                                {(!asked.is_empty())
                                    .then(|| {
                                        view! {
                                            <p class="small muted">
                                                {say(move |l| words::asked(l, &asked))}
                                            </p>
                                        }
                                    })}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            {(!is_settled)
                .then(|| view! { <Write talks=talks question=question thread=Some(thread) /> })}
            <button type="button" class="button quiet" on:click=decide>
                <Icon glyph=if is_settled { Glyph::Undo } else { Glyph::Check } />
                {say(word)}
            </button>
        </div>
    }
}

fn names(talks: &Talks, people: &[PersonId]) -> String {
    talks.list.with_untracked(|list| {
        list.colleagues
            .iter()
            .filter(|one| people.contains(&one.person))
            .map(|one| one.name.clone())
            .collect::<Vec<_>>()
            .join(", ")
    })
}

/// A field for a comment; what is typed stays on the device until the server has it.
#[component]
fn Write(talks: Talks, question: StoredValue<String>, thread: Option<Uuid>) -> impl IntoView {
    let key = question.with_value(|path| talks.draft_key(path));
    let text = RwSignal::new(device::remembered(&key).unwrap_or_default());
    let key = StoredValue::new(key);
    let asked = RwSignal::new(Vec::<PersonId>::new());
    let failed = RwSignal::new(false);
    let busy = RwSignal::new(false);
    // One id until the server has it: pressing twice is one comment.
    let id = RwSignal::new(Uuid::now_v7());
    let field = question.with_value(|path| format!("{}-talk", element_id(path)));
    let label = field.clone();
    let session = crate::session::use_session();
    let me = Memo::new(move |_| session.person().map(|person| person.id));
    let send = move |_| {
        let body = text.get_untracked().trim().to_owned();
        if body.is_empty() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        let new = NewComment {
            id: id.get_untracked(),
            question: question.get_value(),
            thread,
            kind: CommentKind::Comment,
            body,
            mentions: asked.get_untracked(),
            at_ms: device::now_ms(),
        };
        leptos::task::spawn_local(async move {
            let is_sent = talks.add(new).await;
            let _ = busy.try_set(false);
            let _ = failed.try_set(!is_sent);
            if is_sent {
                key.try_with_value(|key| device::remember(key, ""));
                let _ = text.try_set(String::new());
                let _ = asked.try_set(Vec::new());
                let _ = id.try_set(Uuid::now_v7());
            }
        });
    };
    view! {
        <div class="field team-write">
            <label for=label>{say(words::comment_label)}</label>
            <p class="hint small muted">{say(words::comment_hint)}</p>
            <textarea
                class="input"
                id=field
                rows="2"
                maxlength="2000"
                prop:value=move || text.get()
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    key.with_value(|key| device::remember(key, &typed));
                    text.set(typed);
                }
            ></textarea>
            <div class="chips" role="group" aria-label=say(words::ask)>
                <span class="small muted">{say(words::ask)}</span>
                {move || {
                    let me = me.get();
                    talks
                        .list
                        .with(|list| list.colleagues.clone())
                        .into_iter()
                        .filter(|one| Some(one.person) != me)
                        .map(|one| {
                            let person = one.person;
                            view! {
                                <button
                                    type="button"
                                    class="chip"
                                    aria-pressed=move || {
                                        if asked.with(|all| all.contains(&person)) {
                                            "true"
                                        } else {
                                            "false"
                                        }
                                    }
                                    on:click=move |_| {
                                        asked
                                            .update(|all| {
                                                if all.contains(&person) {
                                                    all.retain(|other| *other != person);
                                                } else {
                                                    all.push(person);
                                                }
                                            })
                                    }
                                >
                                    "@"
                                    {one.name}
                                </button>
                            }
                        })
                        .collect_view()
                }}
            </div>
            <Show when=move || failed.get()>
                <p class="field-error" role="alert">
                    <Icon glyph=Glyph::Offline />
                    {say(words::not_sent)}
                </p>
            </Show>
            <button
                type="button"
                class="button"
                disabled=move || busy.get() || text.with(|text| text.trim().is_empty())
                on:click=send
            >
                {say(words::send)}
            </button>
        </div>
    }
}
