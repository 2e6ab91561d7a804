//! The live model of one submission in the browser: the pure model, the device's storage and the signals
//! that pages follow.

use std::sync::Arc;
use std::time::Duration;

use api::submission::{Author, Operation, ScoreSheet, Submission, SubmissionState};
use forms::form::Form;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use sync::{DeviceId, OperationId, SubmissionId};
use uuid::Uuid;

use super::authors;
use super::log::{Log, Stamp};
use super::overview::{Overview, SectionOverview};
use super::save_state::{Facts, Link, SaveState, Storage};
use super::sheet::Sheet;
use super::steps::Step;
use super::storage::{Shelf, is_operation_of};
use crate::client::{Client, Failure};
use crate::components::form::{Mark, Port, Rival, Watched};
use crate::device;
use crate::text::Language;

/// A pause in typing after which the text becomes an answer.
const TYPING_PAUSE: Duration = Duration::from_millis(700);

/// Names of what is kept on the device beside the operations.
mod kept {
    /// The submission as the server gave it, without operations.
    pub const ABOUT: &str = "about";
    /// Where the person was.
    pub const STEP: &str = "step";
    /// A wish to submit that waits for the network.
    pub const SUBMIT: &str = "submit";
    /// Highest acknowledged sequence and the server's revision.
    pub const HELD: &str = "held";
}

/// One submission being filled in, for the page and its widgets.
#[derive(Clone, Copy)]
pub struct Filling {
    /// The submission; its operations are in the log instead.
    pub about: RwSignal<Submission>,
    /// The form at this moment.
    pub overview: RwSignal<Overview>,
    /// Grows when questions, groups or words come or go, so that the page is laid out anew.
    pub layout: RwSignal<u64>,
    /// The questions that are drawn.
    pub watched: Watched,
    /// A question that has to be drawn, though it is far away.
    pub sought: RwSignal<Option<String>>,
    /// Where the person is.
    pub step: RwSignal<Step>,
    /// What is known about saving.
    pub facts: RwSignal<Facts>,
    /// Has the person seen the review, so that missing answers may be shown as mistakes?
    pub is_checked: RwSignal<bool>,
    /// Does a wish to submit wait for the network?
    pub is_submitting: RwSignal<bool>,
    /// Why the server did not accept the last wish to submit.
    pub refusal: RwSignal<Option<Failure>>,
    pub(super) client: Client,
    pub(super) inner: StoredValue<Inner, LocalStorage>,
}

/// The part that is no signal.
pub(super) struct Inner {
    pub(super) sheet: Sheet,
    pub(super) log: Log,
    pub(super) shelf: Shelf,
    pub(super) id: api::id::SubmissionId,
    pub(super) is_sending: bool,
    pub(super) failures: u32,
    pub(super) retry: Option<TimeoutHandle>,
    typing: Vec<(String, String)>,
    pause: Option<TimeoutHandle>,
}

/// What a filling begins with.
pub struct Start {
    /// The submission as the server or the device gave it.
    pub submission: Submission,
    /// Its form.
    pub form: Arc<Form>,
    /// Who fills in.
    pub person: Uuid,
    /// Language of the words.
    pub language: Language,
}

/// The filling around this component.
pub fn use_filling() -> Filling {
    expect_context::<Filling>()
}

impl Filling {
    /// Takes up a submission where the device and the server have left it, and keeps it in step with both
    /// until the owner ends.
    pub fn start(start: Start, client: Client) -> Self {
        let Start {
            mut submission,
            form,
            person,
            language,
        } = start;
        let id = submission.id;
        let shelf = Shelf::new(SubmissionId(id.0));
        let device = super::storage::device(person);
        let mut log = Log::new(SubmissionId(id.0), device, submission.form[1].clone());
        for operation in shelf.operations(device) {
            log.adopt(operation);
        }
        let (held, revision): (u64, u64) = shelf.kept(kept::HELD).unwrap_or_default();
        log.restore(held, revision);
        take_in(&mut log, &mut submission);
        let prefill = submission.prefill.clone();
        let sheet = Sheet::open(form, id.0, zone_minutes(), prefill, language);
        let inner = Inner {
            sheet,
            log,
            shelf,
            id,
            is_sending: false,
            failures: 0,
            retry: None,
            typing: Vec::new(),
            pause: None,
        };
        let step: Option<String> = shelf.kept(kept::STEP);
        let filling = Filling {
            about: RwSignal::new(submission),
            overview: RwSignal::new(Overview::default()),
            layout: RwSignal::new(0),
            watched: Watched::new(),
            sought: RwSignal::new(None),
            step: RwSignal::new(Step::from_text(&step.unwrap_or_default())),
            facts: RwSignal::new(Facts::default()),
            is_checked: RwSignal::new(false),
            is_submitting: RwSignal::new(shelf.kept::<Option<String>>(kept::SUBMIT).is_some()),
            refusal: RwSignal::new(None),
            client,
            inner: StoredValue::new_local(inner),
        };
        filling.keep_about();
        filling.replay();
        filling.step.update(|step| {
            *step = filling
                .overview
                .with_untracked(|overview| step.clone().settled(overview));
        });
        filling.recover_drafts();
        filling.watch();
        filling.note_log();
        filling.send();
        filling
    }

    /// State of saving (tracked).
    pub fn save_state(self) -> SaveState {
        self.facts.with(SaveState::of)
    }

    /// What widgets are connected to.
    pub fn port(self) -> Port {
        Port {
            overview: self.overview.into(),
            layout: self.layout.into(),
            watched: self.watched,
            sought: self.sought.into(),
            view: Callback::new(move |path: String| {
                self.inner.with_value(|inner| inner.sheet.view(&path))
            }),
            is_checked: self.is_checked.into(),
            answer: Callback::new(move |(path, value): (String, Option<String>)| {
                self.forget_typing(&path);
                self.answer(&path, value.as_deref());
            }),
            typing: Callback::new(move |(path, text): (String, String)| self.type_text(path, text)),
            left: Callback::new(move |_: String| self.finish_typing()),
            add: Callback::new(move |path: String| self.add_repeat(&path)),
            remove: Callback::new(move |path: String| self.remove_repeat(&path)),
            mark: Callback::new(move |path: String| self.mark(&path)),
        }
    }

    /// Gives or takes back an answer; nothing happens when it is the same as before.
    pub fn answer(self, path: &str, value: Option<&str>) {
        let value = value.filter(|value| !value.is_empty());
        let same = self.inner.with_value(|inner| {
            inner
                .sheet
                .view(path)
                .is_some_and(|view| view.value.as_deref() == value)
        });
        if !same {
            self.make(|sheet| sheet.set(path, value));
        }
    }

    /// Gives several answers as one action: path and value.
    pub fn answer_all(self, answers: &[(String, Option<String>)]) {
        for (path, value) in answers {
            self.make(|sheet| sheet.set(path, value.as_deref()));
        }
    }

    /// Goes to a step and keeps it over a reload.
    pub fn go(self, step: Step) {
        self.finish_typing();
        self.inner.with_value(|inner| {
            // Losing the place costs a tap, not an answer.
            let _ = inner.shelf.keep(kept::STEP, &step.to_text());
        });
        if step == Step::Review {
            self.is_checked.set(true);
        }
        self.step.set(step);
    }

    /// Wishes to submit: done as soon as the server holds every answer.
    pub fn submit(self, reason: Option<String>) {
        self.finish_typing();
        self.keep_defaults();
        self.refusal.set(None);
        self.inner.with_value(|inner| {
            let _ = inner.shelf.keep(kept::SUBMIT, &reason);
        });
        self.is_submitting.set(true);
        self.send();
    }

    /// Takes back a wish to submit that still waits.
    pub fn take_back_submit(self) {
        self.inner
            .with_value(|inner| inner.shelf.drop(kept::SUBMIT));
        self.is_submitting.set(false);
    }

    /// The reason given with a wish to submit; `None` when there is no wish.
    pub(super) fn wish_to_submit(self) -> Option<Option<String>> {
        self.inner
            .try_with_value(|inner| inner.shelf.kept::<Option<String>>(kept::SUBMIT))
            .flatten()
    }

    /// Takes in the submission as the server has it now.
    pub fn receive(self, mut submission: Submission) {
        let mut is_new = false;
        self.inner.update_value(|inner| {
            is_new = take_in(&mut inner.log, &mut submission);
        });
        self.about.set(submission);
        self.keep_about();
        if is_new {
            self.replay();
        }
        self.note_log();
    }

    /// Says the words in another language.
    pub fn set_language(self, language: Language) {
        self.inner
            .update_value(|inner| inner.sheet.set_language(language));
        self.refresh();
    }

    /// Is the page of this submission still there?
    pub fn is_open(self) -> bool {
        self.inner.try_with_value(|_| ()).is_some()
    }

    /// Highest revision of the server that this device has seen.
    pub fn revision(self) -> u64 {
        self.inner
            .try_with_value(|inner| inner.log.revision())
            .unwrap_or_default()
    }

    /// Path of the question that was answered last on this device.
    pub fn last_answered(self) -> Option<String> {
        self.inner.with_value(|inner| inner.log.last_path())
    }

    /// The form being filled in.
    pub fn form(self) -> Arc<Form> {
        self.inner.with_value(|inner| inner.sheet.form())
    }

    /// The device whose answers count as one's own.
    pub fn device(self) -> DeviceId {
        self.inner.with_value(|inner| inner.log.device())
    }

    /// The score of the answers as they are now.
    pub fn score(self) -> Option<ScoreSheet> {
        self.overview.track();
        self.inner.with_value(|inner| inner.sheet.score())
    }

    /// Who gave the answer that holds, and when.
    pub fn mark(self, path: &str) -> Option<Mark> {
        let authors: Vec<Author> = self.about.with_untracked(|about| about.authors.clone());
        self.inner.with_value(|inner| {
            let trace = authors::trace(&inner.log, path)?;
            let rival = trace.replaced.map(|(edit, at_ms)| Rival {
                value: edit["set"].as_str().map(str::to_owned),
                at_ms,
            });
            Some(Mark {
                at_ms: trace.at_ms,
                author: authors::of_device(&authors, trace.device, inner.log.device()),
                rival,
            })
        })
    }

    /// Makes a change: first on the device, then for the eye, then for the server.
    fn make(self, change: impl FnOnce(&mut Sheet) -> Option<serde_json::Value>) {
        let mut stored = Ok(());
        let mut is_made = false;
        self.inner.update_value(|inner| {
            let Some(change) = change(&mut inner.sheet) else {
                return;
            };
            is_made = true;
            // Another tab of the same person may have gone on in the meantime.
            while let Some(operation) = inner
                .shelf
                .operation(inner.log.device(), inner.log.next_sequence())
            {
                inner.log.adopt(operation);
            }
            let operation = inner.log.record(change, stamp());
            stored = inner.shelf.keep_operation(operation);
        });
        if !is_made {
            return;
        }
        self.facts.update(|facts| {
            facts.storage = match stored {
                Ok(()) => Storage::Written,
                Err(_) => Storage::Unwritable,
            };
        });
        self.note_log();
        self.refresh();
        self.send();
    }

    fn add_repeat(self, path: &str) {
        let id = Uuid::now_v7().simple().to_string();
        self.make(|sheet| sheet.add_repeat(path, &id));
    }

    fn remove_repeat(self, path: &str) {
        self.finish_typing();
        self.make(|sheet| sheet.remove_repeat(path));
    }

    fn type_text(self, path: String, text: String) {
        self.inner.update_value(|inner| {
            inner.shelf.keep_draft(&path, &text);
            inner.typing.retain(|(other, _)| *other != path);
            inner.typing.push((path, text));
            if let Some(pause) = inner.pause.take() {
                pause.clear();
            }
            inner.pause = set_timeout_with_handle(move || self.finish_typing(), TYPING_PAUSE).ok();
        });
    }

    /// Turns everything typed so far into answers.
    fn finish_typing(self) {
        let mut typed = Vec::new();
        let is_alive = self.inner.try_update_value(|inner| {
            if let Some(pause) = inner.pause.take() {
                pause.clear();
            }
            typed = std::mem::take(&mut inner.typing);
        });
        if is_alive.is_none() {
            return;
        }
        for (path, text) in typed {
            self.answer(&path, Some(text.trim_end()));
            self.inner.with_value(|inner| inner.shelf.drop_draft(&path));
        }
    }

    fn forget_typing(self, path: &str) {
        self.inner.update_value(|inner| {
            inner.typing.retain(|(other, _)| other != path);
            inner.shelf.drop_draft(path);
        });
    }

    /// Texts that were being typed when the page ended become answers now.
    fn recover_drafts(self) {
        let drafts = self.inner.with_value(|inner| inner.shelf.drafts());
        for (path, text) in drafts {
            self.answer(&path, Some(text.trim_end()));
            self.inner.with_value(|inner| inner.shelf.drop_draft(&path));
        }
    }

    /// Folds the log anew: something came from elsewhere.
    fn replay(self) {
        self.inner.update_value(|inner| {
            inner.sheet.replay(&inner.log.ordered());
        });
        self.refresh();
    }

    fn refresh(self) {
        let mut renewal = None;
        self.inner
            .update_value(|inner| renewal = Some(inner.sheet.renew()));
        let Some(renewal) = renewal else {
            return;
        };
        if !renewal.questions.is_empty() || renewal.is_structural {
            self.overview.set(renewal.overview);
        }
        self.watched.tell(renewal.questions);
        if renewal.is_structural {
            self.layout.update(|layout| *layout += 1);
        }
        // Set only when it is another one: a set signal draws the whole section anew.
        let step = self.step.get_untracked();
        let settled = self
            .overview
            .with_untracked(|overview| step.clone().settled(overview));
        if settled != step {
            self.step.set(settled);
        }
    }

    /// Brings the facts of the log before the eye.
    pub(super) fn note_log(self) {
        let (total, held, latest, revision) = self.inner.with_value(|inner| {
            (
                inner.log.total(),
                inner.log.held(),
                inner.log.latest_ms(),
                inner.log.revision(),
            )
        });
        self.inner.with_value(|inner| {
            // Lost, it costs only a repeated delivery.
            let _ = inner.shelf.keep(kept::HELD, &(held, revision));
        });
        self.facts.update(|facts| {
            facts.total = total;
            facts.held = held;
            facts.stored_ms = latest;
        });
    }

    /// Is there a device, this one or another, whose person is not known here yet?
    pub(super) fn has_strangers(self, own: DeviceId, others: &[Operation]) -> bool {
        self.about.with_untracked(|about| {
            let is_known =
                |device: DeviceId| about.authors.iter().any(|author| author.device == device.0);
            !is_known(own) || others.iter().any(|operation| !is_known(operation.device))
        })
    }

    /// Adopts operations of others after a delivery; folds anew when there was something.
    pub(super) fn adopt(self, operations: Vec<Operation>) {
        let mut is_new = false;
        self.inner.update_value(|inner| {
            for operation in operations {
                is_new |= inner.log.adopt(operation);
            }
        });
        if is_new {
            self.replay();
        }
    }

    /// Notes that the submission is submitted; the server knows the rest.
    pub(super) fn submitted(self, score: ScoreSheet) {
        self.take_back_submit();
        self.about.update(|about| {
            about.state = SubmissionState::Submitted;
            about.submitted_ms = Some(device::now_ms());
            about.score = Some(score);
        });
        self.keep_about();
        self.fetch();
    }

    /// Values that the form filled in by itself become answers, so that the log holds what was signed.
    fn keep_defaults(self) {
        let shown: Vec<(String, String)> = self.overview.with_untracked(|overview| {
            let questions = overview
                .sections
                .iter()
                .flat_map(SectionOverview::questions);
            questions
                .filter(|view| view.is_question() && !view.read_only)
                .filter_map(|view| Some((view.path.clone(), view.value.clone()?)))
                .collect()
        });
        for (path, value) in shown {
            let is_given = self
                .inner
                .with_value(|inner| inner.log.holds(&serde_json::Value::from(path.as_str())));
            if !is_given {
                self.make(|sheet| sheet.set(&path, Some(&value)));
            }
        }
    }

    fn keep_about(self) {
        self.inner.with_value(|inner| {
            self.about.with_untracked(|about| {
                // Without it the page opens only with a network.
                let _ = inner.shelf.keep(kept::ABOUT, about);
            });
        });
    }

    /// Follows what may happen around the page, until the owner ends.
    fn watch(self) {
        let flush = move |_| {
            if self.inner.try_with_value(|_| ()).is_some() {
                self.finish_typing();
            }
        };
        let resend = move || {
            self.facts.update(|facts| {
                if facts.link != Link::Open {
                    facts.link = Link::Open;
                }
            });
            self.send();
        };
        let handles = [
            window_event_listener_untyped("pagehide", flush),
            window_event_listener_untyped("visibilitychange", flush),
            window_event_listener_untyped("online", move |_| resend()),
            window_event_listener_untyped("focus", move |_| self.send()),
        ];
        let storage = window_event_listener(leptos::ev::storage, move |event| {
            let submission = self.inner.with_value(|inner| SubmissionId(inner.id.0));
            if event
                .key()
                .is_some_and(|key| is_operation_of(&key, submission))
            {
                self.take_in_other_tab();
            }
        });
        // A session that begins anew delivers what waited for it.
        Effect::new(move |before: Option<u32>| {
            let epoch = self.client.epoch.get();
            let expired = self.client.expired.get();
            if before.is_some() && !expired {
                resend();
            }
            epoch
        });
        on_cleanup(move || {
            self.finish_typing();
            for handle in handles {
                handle.remove();
            }
            storage.remove();
        });
    }

    fn take_in_other_tab(self) {
        let operations = self
            .inner
            .with_value(|inner| inner.shelf.operations(inner.log.device()));
        self.adopt(operations);
        self.note_log();
        self.send();
    }
}

/// Moves the operations of a submission into the log; says whether any was new.
fn take_in(log: &mut Log, submission: &mut Submission) -> bool {
    let mut is_new = false;
    let mut held = 0;
    for operation in std::mem::take(&mut submission.operations) {
        if operation.device == log.device() {
            held = held.max(operation.sequence);
        }
        is_new |= log.adopt(operation);
    }
    log.restore(held, submission.revision);
    is_new
}

fn stamp() -> Stamp {
    Stamp {
        id: OperationId(Uuid::now_v7()),
        at_ms: device::now_ms(),
        zone_minutes: zone_minutes(),
    }
}

/// Minutes east of UTC; the browser counts westwards.
fn zone_minutes() -> i16 {
    -js_sys::Date::new_0().get_timezone_offset() as i16
}

/// The submission as this device keeps it, for opening without a network.
pub(super) fn kept_about(id: api::id::SubmissionId) -> Option<Submission> {
    Shelf::new(SubmissionId(id.0)).kept(kept::ABOUT)
}
