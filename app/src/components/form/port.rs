//! What connects widgets with the model of the form.

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
    /// Shall missing answers be shown as mistakes? Not before the person has gone to the review.
    pub is_checked: Signal<bool>,
    /// An answer was given or taken back: path and value.
    pub answer: Callback<(String, Option<String>)>,
    /// A text is being typed: path and text so far.
    pub typing: Callback<(String, String)>,
    /// The person left the field of that path.
    pub left: Callback<String>,
    /// Adds an instance to the repeat of that path.
    pub add: Callback<String>,
    /// Removes the instance of that path.
    pub remove: Callback<String>,
    /// Who answered, and when.
    pub mark: Callback<String, Option<Mark>>,
}

/// Who gave an answer, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// When, by the device that answered.
    pub at_ms: i64,
    /// Who; absent while nobody else takes part.
    pub author: Option<Person>,
    /// What this person had answered before a colleague answered otherwise.
    pub rival: Option<Rival>,
}

/// An own answer that a colleague's has replaced.
#[derive(Clone, Debug, PartialEq)]
pub struct Rival {
    /// The own answer.
    pub value: Option<String>,
    /// When it was given.
    pub at_ms: i64,
}

/// What a page adds under each card: given by context, drawn with the path of the question.
#[derive(Clone)]
pub struct CardFoot(pub Arc<dyn Fn(String) -> AnyView + Send + Sync>);

/// The port of the form around this widget.
pub fn use_port() -> Port {
    expect_context::<Port>()
}

impl Port {
    /// The question of that path, followed; absent while it does not take part.
    pub fn question(self, path: String) -> Memo<Option<QuestionView>> {
        Memo::new(move |_| {
            self.overview
                .with(|overview| overview.find(&path).map(|(_, view)| view.clone()))
        })
    }
}

/// One question as its widgets use it: the memo, and shortcuts into it.
#[derive(Clone, Copy)]
pub struct Question {
    /// The port.
    pub port: Port,
    /// The question when the widget was drawn; words and kind of widget come from here.
    pub first: StoredValue<QuestionView>,
    /// The question now.
    pub now: Memo<Option<QuestionView>>,
}

impl Question {
    /// The question of that view, followed.
    pub fn new(port: Port, view: QuestionView) -> Self {
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
            None => self.first.with_value(part),
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
        self.first.with_value(QuestionView::element_id)
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

    /// Gives or takes back an answer.
    pub fn answer(self, value: Option<String>) {
        let value = value.filter(|value| !value.is_empty());
        self.port.answer.run((self.path(), value));
    }
}
