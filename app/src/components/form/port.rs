//! What connects widgets with the model of the form.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use leptos::prelude::*;

use crate::filling::authors::Person;
use crate::filling::overview::Overview;
use crate::filling::view::QuestionView;

/// What widgets read, and whom they tell.
#[derive(Clone, Copy)]
pub struct Port {
    /// The form at this moment.
    pub overview: Signal<Overview>,
    /// Grows when questions, groups or words come or go; answers alone leave it as it is.
    pub layout: Signal<u64>,
    /// The questions that are drawn.
    pub watched: Watched,
    /// A question that has to be drawn, though it is far away.
    pub sought: Signal<Option<String>>,
    /// The question of that path now; absent while it does not take part.
    pub view: Callback<String, Option<Arc<QuestionView>>>,
    /// Shall missing answers be shown as mistakes? Not before the person has gone to the review.
    pub is_checked: Signal<bool>,
    /// An answer was given or taken back: path and value.
    pub answer: Callback<(String, Option<String>)>,
    /// A text is being typed: path and text so far.
    pub typing: Callback<(String, String)>,
    /// The person is in the field of that path: what colleagues answer there waits until they have left it.
    pub held: Callback<String>,
    /// The person left the field of that path.
    pub left: Callback<String>,
    /// Texts that were left in a field and cannot be read as an answer, by path.
    pub unreadable: RwSignal<BTreeMap<String, String>>,
    /// Adds an instance to the repeat of that path.
    pub add: Callback<String>,
    /// Removes the instance of that path.
    pub remove: Callback<String>,
    /// Who answered, and when.
    pub mark: Callback<String, Option<Mark>>,
    /// Minutes east of UTC at the school: the clock of the form.
    pub zone_minutes: i16,
}

/// Who gave an answer, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// When, by the device that answered.
    pub at_ms: i64,
    /// Who; absent while nobody else takes part.
    pub author: Option<Person>,
    /// The other answer, when two were given without one knowing of the other.
    pub rival: Option<Rival>,
}

/// An answer that does not hold and is offered beside the one that does.
#[derive(Clone, Debug, PartialEq)]
pub struct Rival {
    /// The answer.
    pub value: Option<String>,
    /// When it was given.
    pub at_ms: i64,
    /// Whose it is.
    pub of: RivalOf,
}

/// Whose a [`Rival`] is.
#[derive(Clone, Debug, PartialEq)]
pub enum RivalOf {
    /// The person's own, which a colleague's has replaced.
    Own,
    /// A colleague's, which came while the person was writing; absent while the server has not named them.
    Colleague(Option<Person>),
}

/// What a page adds under each card: given by context, drawn with the path of the question.
#[derive(Clone)]
pub struct CardFoot(pub Arc<dyn Fn(String) -> AnyView + Send + Sync>);

/// The port of the form around this widget.
pub fn use_port() -> Port {
    expect_context::<Port>()
}

type Watcher = (ArcRwSignal<Option<Arc<QuestionView>>>, usize);

/// The questions that are drawn, each with its own signal: an answer wakes only the questions it changes.
#[derive(Clone, Copy)]
pub struct Watched(StoredValue<HashMap<String, Watcher>>);

impl Watched {
    /// No question is drawn yet.
    pub fn new() -> Self {
        Watched(StoredValue::new(HashMap::new()))
    }

    /// Tells the questions that became another.
    pub fn tell(self, questions: Vec<(String, Option<Arc<QuestionView>>)>) {
        for (path, view) in questions {
            let signal = self
                .0
                .with_value(|all| all.get(&path).map(|(signal, _)| signal.clone()));
            if let Some(signal) = signal {
                signal.set(view);
            }
        }
    }

    /// Follows a question until the owner ends.
    fn watch(
        self,
        path: String,
        now: Option<Arc<QuestionView>>,
    ) -> RwSignal<Option<Arc<QuestionView>>> {
        let mut found = None;
        self.0.update_value(|all| {
            let (signal, watchers) = all
                .entry(path.clone())
                .or_insert_with(|| (ArcRwSignal::new(now), 0));
            *watchers += 1;
            found = Some(signal.clone());
        });
        on_cleanup(move || {
            self.0.try_update_value(|all| {
                if let Some((_, watchers)) = all.get_mut(&path) {
                    *watchers -= 1;
                    if *watchers == 0 {
                        all.remove(&path);
                    }
                }
            });
        });
        found.map_or_else(|| RwSignal::new(None), RwSignal::from)
    }
}

impl Default for Watched {
    fn default() -> Self {
        Self::new()
    }
}

impl Port {
    /// The question of that path, followed; absent while it does not take part.
    pub fn question(self, path: String) -> RwSignal<Option<Arc<QuestionView>>> {
        let now = self.view.run(path.clone());
        self.watched.watch(path, now)
    }
}

/// One question as its widgets use it: the memo, and shortcuts into it.
#[derive(Clone, Copy)]
pub struct Question {
    /// The port.
    pub port: Port,
    /// The question when the widget was drawn; words and kind of widget come from here.
    pub first: StoredValue<Arc<QuestionView>>,
    /// The question now.
    pub now: RwSignal<Option<Arc<QuestionView>>>,
}

impl Question {
    /// The question of that view, followed.
    pub fn new(port: Port, view: Arc<QuestionView>) -> Self {
        let now = port.question(view.path.clone());
        Question {
            port,
            first: StoredValue::new(view),
            now,
        }
    }

    /// A part of the question (tracked).
    pub fn part<T>(self, part: impl FnOnce(&QuestionView) -> T) -> T {
        self.now.with(|now| match now {
            Some(view) => part(view),
            None => self.first.with_value(|first| part(first)),
        })
    }

    /// The answer; empty when there is none (tracked).
    pub fn value(self) -> String {
        self.part(|view| view.value.clone().unwrap_or_default())
    }

    /// May the answer not be changed (tracked)?
    pub fn is_read_only(self) -> bool {
        self.part(|view| view.read_only)
    }

    /// What to say at the field: a refused answer at once, a missing one only after the review (tracked).
    pub fn mistake(self) -> Option<String> {
        let is_checked = self.port.is_checked.get();
        self.part(|view| {
            let is_blank = view.value.as_deref().unwrap_or_default().is_empty();
            view.violation.clone().filter(|_| !is_blank || is_checked)
        })
    }

    /// Path in the filled form.
    pub fn path(self) -> String {
        self.first.with_value(|view| view.path.clone())
    }

    /// Id of the widget.
    pub fn id(self) -> String {
        self.first.with_value(|view| view.element_id())
    }

    /// Ids that describe the widget: hint and mistake, where they are shown (tracked).
    pub fn described_by(self) -> Option<String> {
        let id = self.id();
        let mut ids = Vec::new();
        if self.part(|view| !view.hint.is_empty()) {
            ids.push(format!("{id}-hint"));
        }
        if self.mistake().is_some() {
            ids.push(format!("{id}-error"));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// Value of `aria-invalid` (tracked).
    pub fn invalid(self) -> Option<&'static str> {
        self.mistake().map(|_| "true")
    }

    /// What was left in the field and cannot be read (tracked).
    pub fn unreadable(self) -> Option<String> {
        let path = self.path();
        self.port.unreadable.with(|all| all.get(&path).cloned())
    }

    /// Gives or takes back an answer.
    pub fn answer(self, value: Option<String>) {
        let value = value.filter(|value| !value.is_empty());
        self.port.answer.run((self.path(), value));
    }
}
