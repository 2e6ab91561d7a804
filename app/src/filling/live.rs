//! The live model of one submission in the browser: the pure model, the device's storage and the signals
//! that pages follow.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use api::forms::submission::{Author, ScoreSheet, Submission, SubmissionState};
use forms::form::Form;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use sync::{DeviceId, OperationId, SubmissionId};
use uuid::Uuid;

use super::authors;
use super::desk::{Arrival, Desk, SUBMIT};
use super::lexical;
use super::log::{holds, last_path};
use super::overview::Overview;
use super::photo::{self, PhotoError, PhotoPlace};
use super::save_state::{Facts, Link, SaveState, Storage};
use super::sheet::Sheet;
use super::steps::Step;
use super::view::Standing;
use crate::client::Failure;
use crate::components::form::{Mark, Port, Rival, RivalOf, Watched};
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
    /// Beginning of the name of a text that is being typed; its path follows.
    pub const DRAFT: &str = "draft.";
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
    /// Texts that were left in a field and cannot be read as an answer, by path.
    pub unreadable: RwSignal<BTreeMap<String, String>>,
    /// Answers of others that came while the person was writing, by path: value, time and device.
    overtaken: RwSignal<BTreeMap<String, Overtaken>>,
    desk: Desk,
    id: SubmissionId,
    inner: StoredValue<Inner, LocalStorage>,
}

type Overtaken = (Option<String>, i64, DeviceId);

/// The part that is no signal.
struct Inner {
    /// Path of the field in which the person is.
    held: Option<String>,
    sheet: Sheet,
    /// Operations of others that the sheet has folded.
    others: u64,
    typing: Vec<(String, String)>,
    pause: Option<TimeoutHandle>,
}

/// An answer in the history of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Who; absent while the server has not named the device's person.
    pub author: Option<authors::Person>,
    /// When, by the device that answered.
    pub at_ms: i64,
    /// The answer; absent when it was taken back.
    pub value: Option<String>,
    /// Did it come after the lock, so that it is kept and does not count?
    pub is_locked_out: bool,
}

/// Operations that came after the lock: kept, and not folded here either.
pub fn locked_out(about: &Submission) -> BTreeSet<OperationId> {
    about
        .set_aside
        .iter()
        .filter(|refusal| refusal.code == "locked")
        .map(|refusal| refusal.operation)
        .collect()
}

/// Minutes east of UTC at the school, as the server told it; a sheet that an earlier program kept takes the device's.
pub fn zone_of(submission: &Submission) -> i16 {
    submission.zone_minutes.unwrap_or_else(device::zone_minutes)
}

/// What a filling begins with.
pub struct Start {
    /// The submission as the server or the device gave it.
    pub submission: Submission,
    /// Its form.
    pub form: Arc<Form>,
    /// Language of the words.
    pub language: Language,
}

/// The filling around this component.
pub fn use_filling() -> Filling {
    expect_context::<Filling>()
}

impl Filling {
    /// Takes up a submission where the device and the server have left it, and keeps it in step with both
    /// until the owner ends. The desk has taken up the log before.
    pub fn start(start: Start, desk: Desk) -> Self {
        let Start {
            mut submission,
            form,
            language,
        } = start;
        let id = SubmissionId(submission.id.0);
        let prefill = submission.prefill.clone();
        let operations = std::mem::take(&mut submission.operations);
        let zone_minutes = zone_of(&submission);
        let inner = Inner {
            sheet: Sheet::open(form, id.0, zone_minutes, prefill, language),
            others: 0,
            typing: Vec::new(),
            pause: None,
            held: None,
        };
        let version = submission.form[1].clone();
        let revision = submission.revision;
        let filling = Filling {
            about: RwSignal::new(submission),
            overview: RwSignal::new(Overview::default()),
            layout: RwSignal::new(0),
            watched: Watched::new(),
            sought: RwSignal::new(None),
            step: RwSignal::new(Step::Review),
            facts: RwSignal::new(Facts::default()),
            is_checked: RwSignal::new(false),
            is_submitting: RwSignal::new(desk.note(id, SUBMIT).is_some()),
            refusal: RwSignal::new(None),
            unreadable: RwSignal::new(BTreeMap::new()),
            overtaken: RwSignal::new(BTreeMap::new()),
            desk,
            id,
            inner: StoredValue::new_local(inner),
        };
        desk.attend(id, &version, move |arrival| filling.arrived(arrival));
        // What the device kept has no operations: its log has them.
        if !operations.is_empty() {
            desk.see_snapshot(id, operations, revision);
        }
        filling.keep_about();
        filling.replay();
        let step: Option<String> = desk.kept(id, kept::STEP);
        // Questions outside all groups are a section without a path: nothing kept is not the same as that one.
        let settled = filling.overview.with_untracked(|overview| match &step {
            Some(step) => Step::from_text(step).settled(overview),
            None => Step::first(overview),
        });
        filling.step.set(settled);
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
            held: Callback::new(move |path: String| {
                self.inner.try_update_value(|inner| inner.held = Some(path));
            }),
            left: Callback::new(move |_: String| {
                self.inner.try_update_value(|inner| inner.held = None);
                self.finish_typing();
            }),
            unreadable: self.unreadable,
            add: Callback::new(move |path: String| self.add_repeat(&path)),
            remove: Callback::new(move |path: String| self.remove_repeat(&path)),
            mark: Callback::new(move |path: String| self.mark(&path)),
            zone_minutes: self.about.with_untracked(zone_of),
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
            self.raise_alarm(path);
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
        self.desk.keep(self.id, kept::STEP, &step.to_text());
        if step == Step::Review {
            self.is_checked.set(true);
        }
        self.step.set(step);
        self.desk.harden(self.id);
    }

    /// Where something stands that cannot be read, in a question that takes part (tracked).
    pub fn first_unreadable(self) -> Option<String> {
        self.unreadable.with(|unreadable| {
            let takes_part =
                |path: &&String| self.overview.with(|overview| overview.find(path).is_some());
            unreadable.keys().find(takes_part).cloned()
        })
    }

    /// Wishes to submit: done as soon as the server holds every answer. Nothing happens while something stands in a
    /// field that cannot be read.
    pub fn submit(self, reason: Option<String>) {
        self.finish_typing();
        if untrack(|| self.first_unreadable()).is_some() {
            return;
        }
        self.keep_defaults();
        self.refusal.set(None);
        self.desk.keep(self.id, SUBMIT, &reason);
        self.desk.harden(self.id);
        self.is_submitting.set(true);
        self.send();
    }

    /// Takes back a wish to submit that still waits.
    pub fn take_back_submit(self) {
        self.desk.set_note(self.id, SUBMIT, None);
        self.is_submitting.set(false);
    }

    /// Sends what waits, unless something is on its way already.
    pub fn send(self) {
        self.desk.wake();
    }

    /// Asks the server for the submission as it is now. Without an answer the page goes on with what the
    /// device holds.
    pub fn fetch(self) {
        leptos::task::spawn_local(async move {
            if let Some(submission) = self.desk.fetch(self.id).await
                && self.is_open()
            {
                self.receive(submission);
            }
        });
    }

    /// What the desk says about this submission.
    fn arrived(self, arrival: Arrival) {
        if !self.is_open() {
            return;
        }
        match arrival {
            Arrival::Stored(outcome) => self.facts.update(|facts| {
                facts.storage = match outcome {
                    Ok(()) => Storage::Written,
                    Err(_) => Storage::Unwritable,
                };
            }),
            Arrival::Log => self.take_in_others(),
            Arrival::Link(link) => {
                if self.facts.with_untracked(|facts| facts.link != link) {
                    self.facts.update(|facts| facts.link = link);
                }
            }
            Arrival::Submitted(score) => self.submitted(*score),
            Arrival::SubmitRefused(failure) => {
                self.is_submitting.set(false);
                self.refusal.set(Some(failure));
                self.fetch();
            }
        }
        self.note_log();
    }

    /// Folds anew when operations of others or of another tab have come; names of new people are asked for.
    fn take_in_others(self) {
        let known = self.inner.with_value(|inner| inner.others);
        let folded = self.known_operations();
        if folded != known {
            self.replay();
        }
        let devices = self.desk.with_log(self.id, |log| {
            let mut devices: Vec<DeviceId> = log.iter().map(|one| one.device).collect();
            devices.dedup();
            devices
        });
        let has_strangers = self.about.with_untracked(|about| {
            let is_known =
                |device: &DeviceId| about.authors.iter().any(|author| author.device == device.0);
            !devices.unwrap_or_default().iter().all(is_known)
        });
        if has_strangers && self.facts.with_untracked(|facts| facts.link == Link::Open) {
            self.fetch();
        }
    }

    /// Number of operations in the log.
    fn known_operations(self) -> u64 {
        self.desk
            .with_log(self.id, |log| log.total() + log.others())
            .unwrap_or_default()
    }

    /// Keeps a photo for a question on this device; the result is its name as an answer.
    ///
    /// # Errors
    /// See [`PhotoError`].
    pub async fn take_photo(self, path: String, file: web_sys::File) -> Result<String, PhotoError> {
        photo::take_up(self.desk, self.id, path, file).await
    }

    /// Keeps a sound, film or document for a question on this device; the result is its name as an answer.
    ///
    /// # Errors
    /// See [`PhotoError`].
    pub async fn take_file(self, path: String, file: web_sys::File) -> Result<String, PhotoError> {
        photo::take_up_file(self.desk, self.id, path, file).await
    }

    /// An address under which the page can show a photo: of this device, else of the server.
    pub async fn photo_address(self, hash: &str) -> String {
        match photo::address(self.desk, hash).await {
            Some(address) => address,
            None => api::paths::attachment(self.id.0.into(), hash),
        }
    }

    /// Where a photo is (tracked).
    pub fn photo_place(self, hash: &str) -> PhotoPlace {
        self.desk.totals.track();
        let is = |kind: &str| self.desk.note(self.id, &format!("{kind}{hash}")).is_some();
        if is(photo::WAITING) {
            PhotoPlace::Waits
        } else if is(photo::REFUSED) {
            PhotoPlace::Refused
        } else {
            PhotoPlace::Held
        }
    }

    /// Drops a photo that was not sent yet; one that was stays with its submission.
    pub fn drop_photo(self, hash: &str) {
        let name = format!("{}{hash}", photo::WAITING);
        self.desk.set_note(self.id, &name, None);
    }

    /// Takes in the submission as the server has it now.
    pub fn receive(self, mut submission: Submission) {
        let operations = std::mem::take(&mut submission.operations);
        let is_new = self
            .desk
            .see_snapshot(self.id, operations, submission.revision);
        if submission.state == SubmissionState::Submitted {
            self.desk.close(self.id);
        }
        self.about.set(submission);
        self.keep_about();
        if is_new {
            self.replay();
        }
        self.note_log();
        self.desk.deliver();
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
        self.desk
            .with_log(self.id, |log| log.revision())
            .unwrap_or_default()
    }

    /// Path of the question that was answered last on this device.
    pub fn last_answered(self) -> Option<String> {
        self.desk.with_log(self.id, last_path).flatten()
    }

    /// The form being filled in.
    pub fn form(self) -> Arc<Form> {
        self.inner.with_value(|inner| inner.sheet.form())
    }

    /// The device whose answers count as one's own.
    pub fn device(self) -> DeviceId {
        self.desk.device()
    }

    /// The score of the answers as they are now.
    pub fn score(self) -> Option<ScoreSheet> {
        self.overview.track();
        self.inner.with_value(|inner| inner.sheet.score())
    }

    /// Who gave the answer that holds, and when.
    pub fn mark(self, path: &str) -> Option<Mark> {
        let authors: Vec<Author> = self.about.with_untracked(|about| about.authors.clone());
        let mark = self.desk.with_log(self.id, |log| {
            let trace = authors::trace(log, path)?;
            let own = trace.replaced.map(|(edit, at_ms)| Rival {
                value: edit["set"].as_str().map(str::to_owned),
                at_ms,
                of: RivalOf::Own,
            });
            let theirs = self
                .overtaken
                .with(|overtaken| overtaken.get(path).cloned());
            let theirs = theirs.filter(|_| trace.device == log.device());
            let rival = own.or(theirs.map(|(value, at_ms, device)| Rival {
                value,
                at_ms,
                of: RivalOf::Colleague(authors::of_device(&authors, device, log.device())),
            }));
            Some(Mark {
                at_ms: trace.at_ms,
                author: authors::of_device(&authors, trace.device, log.device()),
                rival,
            })
        });
        mark.flatten()
    }

    /// Every answer to a question, oldest first (follows the form).
    pub fn history(self, path: &str) -> Vec<Entry> {
        self.overview.track();
        let (authors, locked) = self
            .about
            .with(|about| (about.authors.clone(), locked_out(about)));
        let entries = self.desk.with_log(self.id, |log| {
            super::log::history(log, &serde_json::Value::from(path))
                .into_iter()
                .map(|operation| Entry {
                    author: authors::of_device(&authors, operation.device, log.device()),
                    at_ms: operation.at_ms,
                    value: operation.change["edit"]["set"].as_str().map(str::to_owned),
                    is_locked_out: locked.contains(&operation.id),
                })
                .collect()
        });
        entries.unwrap_or_default()
    }

    /// Makes a change: for the eye, on the device, then for the server. It counts as saved only when the
    /// device says so.
    fn make(self, change: impl FnOnce(&mut Sheet) -> Option<serde_json::Value>) {
        let change = self
            .inner
            .try_update_value(|inner| change(&mut inner.sheet))
            .flatten();
        let Some(change) = change else { return };
        self.desk.record(self.id, change);
        let known = self.known_operations();
        self.inner.update_value(|inner| inner.others = known);
        self.note_log();
        self.refresh();
    }

    /// A gross violation was marked: it goes first, by the first network.
    fn raise_alarm(self, path: &str) {
        let is_alarm = self.overview.with_untracked(|overview| {
            overview
                .find(path)
                .is_some_and(|(_, view)| view.standing() == Standing::Critical)
        });
        if is_alarm {
            self.desk.hurry(self.id);
        }
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
        let draft = format!("{}{path}", kept::DRAFT);
        self.desk.set_note(self.id, &draft, Some(text.clone()));
        self.inner.update_value(|inner| {
            inner.typing.retain(|(other, _)| *other != path);
            inner.typing.push((path, text));
            if let Some(pause) = inner.pause.take() {
                pause.clear();
            }
            inner.pause = set_timeout_with_handle(move || self.pause_typing(), TYPING_PAUSE).ok();
        });
    }

    /// Turns everything typed so far into answers: the person pauses, and may be in the middle of a number.
    fn pause_typing(self) {
        for (path, text) in self.take_typed() {
            if self.read(&path, &text).is_ok() {
                self.take_in_typed(path, text);
            } else {
                self.inner
                    .update_value(|inner| inner.typing.push((path, text)));
            }
        }
    }

    /// Turns everything typed so far into answers: the person goes on elsewhere.
    fn finish_typing(self) {
        for (path, text) in self.take_typed() {
            self.take_in_typed(path, text);
        }
    }

    fn take_typed(self) -> Vec<(String, String)> {
        let typed = self.inner.try_update_value(|inner| {
            if let Some(pause) = inner.pause.take() {
                pause.clear();
            }
            std::mem::take(&mut inner.typing)
        });
        typed.unwrap_or_default()
    }

    fn read(self, path: &str, text: &str) -> Result<Option<String>, lexical::NotANumber> {
        let kind = self
            .inner
            .with_value(|inner| inner.sheet.view(path).map(|view| view.kind));
        lexical::read(kind.unwrap_or_default(), text)
    }

    /// What was typed becomes an answer. What cannot be read is none; it stays on the device and before the eye.
    fn take_in_typed(self, path: String, text: String) {
        match self.read(&path, &text) {
            Ok(value) => {
                self.answer(&path, value.as_deref());
                self.forget_typing(&path);
            }
            Err(lexical::NotANumber) => {
                self.answer(&path, None);
                self.unreadable.update(|all| drop(all.insert(path, text)));
            }
        }
    }

    fn forget_typing(self, path: &str) {
        self.inner.update_value(|inner| {
            inner.typing.retain(|(other, _)| other != path);
        });
        if self.unreadable.with_untracked(|all| all.contains_key(path)) {
            self.unreadable.update(|all| drop(all.remove(path)));
        }
        let draft = format!("{}{path}", kept::DRAFT);
        self.desk.set_note(self.id, &draft, None);
    }

    /// Texts that were being typed when the page ended become answers now.
    fn recover_drafts(self) {
        for (path, text) in self.desk.notes(self.id, kept::DRAFT) {
            self.take_in_typed(path, text);
        }
    }

    /// The answer that stands where the person is writing.
    fn held_answer(self) -> Option<(String, Option<String>)> {
        self.inner.with_value(|inner| {
            let held = inner.held.clone()?;
            let value = inner.sheet.view(&held)?.value.clone();
            Some((held, value))
        })
    }

    /// Notes that somebody answered where the person is writing: it is offered once they have left.
    fn note_overtaken(self, before: Option<(String, Option<String>)>) {
        let Some((path, before)) = before else { return };
        let answer = self.held_answer().filter(|(held, _)| *held == path);
        let Some((_, answer)) = answer.filter(|(_, answer)| *answer != before) else {
            return;
        };
        let trace = self
            .desk
            .with_log(self.id, |log| authors::trace(log, &path))
            .flatten();
        let Some(trace) = trace.filter(|trace| trace.device != self.device()) else {
            return;
        };
        self.overtaken.update(|all| {
            all.insert(path, (answer, trace.at_ms, trace.device));
        });
    }

    /// Folds the log anew: something came from elsewhere.
    fn replay(self) {
        let known = self.known_operations();
        let before = self.held_answer();
        let locked = self.about.with_untracked(locked_out);
        self.desk.with_log(self.id, |log| {
            self.inner.update_value(|inner| {
                let mut operations = log.ordered();
                operations.retain(|operation| !locked.contains(&operation.id));
                inner.sheet.replay(&operations);
                inner.others = known;
            });
        });
        self.refresh();
        self.note_overtaken(before);
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
    fn note_log(self) {
        let facts = self.desk.with_log(self.id, |log| {
            let old = self.facts.get_untracked();
            Facts {
                total: log.total(),
                held: log.held(),
                unstored: log.unstored(),
                set_aside: log.tally().set_aside,
                stored_ms: log.latest_ms(),
                accepted_ms: log.standing().acknowledged_ms,
                attention: log.standing().attention.clone(),
                ..old
            }
        });
        if let Some(facts) = facts
            && self.facts.with_untracked(|old| *old != facts)
        {
            self.facts.set(facts);
        }
    }

    /// Notes that the submission is submitted; the server knows the rest.
    fn submitted(self, score: ScoreSheet) {
        self.is_submitting.set(false);
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
                .flat_map(|section| section.questions());
            questions
                .filter(|view| view.is_question() && !view.read_only)
                .filter_map(|view| Some((view.path.clone(), view.value.clone()?)))
                .collect()
        });
        for (path, value) in shown {
            let field = serde_json::Value::from(path.as_str());
            let is_given = self.desk.with_log(self.id, |log| holds(log, &field));
            if is_given != Some(true) {
                self.make(|sheet| sheet.set(&path, Some(&value)));
            }
        }
    }

    fn keep_about(self) {
        self.about
            .with_untracked(|about| self.desk.keep(self.id, kept::ABOUT, about));
    }

    /// Follows what may happen around the page, until the owner ends.
    fn watch(self) {
        let flush = move |_| {
            if self.is_open() {
                self.finish_typing();
                self.desk.harden(self.id);
            }
        };
        let handles = [
            window_event_listener_untyped("pagehide", flush),
            window_event_listener_untyped("visibilitychange", flush),
            // A tablet that is locked may freeze the page without hiding it first.
            window_event_listener_untyped("freeze", flush),
        ];
        on_cleanup(move || {
            self.finish_typing();
            self.desk.harden(self.id);
            self.desk.leave(self.id);
            for handle in handles {
                handle.remove();
            }
        });
    }
}

/// The submission as this device keeps it, for opening without a network.
pub(super) fn kept_about(desk: Desk, id: api::id::SubmissionId) -> Option<Submission> {
    desk.kept(SubmissionId(id.0), kept::ABOUT)
}

/// Keeps a submission that no page shows yet, for opening without a network.
pub(super) fn keep_about(desk: Desk, submission: &Submission) {
    let about = Submission {
        operations: Vec::new(),
        ..submission.clone()
    };
    desk.keep(SubmissionId(submission.id.0), kept::ABOUT, &about);
}
