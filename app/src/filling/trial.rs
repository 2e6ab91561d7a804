//! Trying a form: the same engine and widgets, nothing stored and nothing sent.

use std::collections::BTreeMap;
use std::sync::Arc;

use forms::form::Form;
use leptos::prelude::*;
use uuid::Uuid;

use super::lexical;
use super::overview::Overview;
use super::sheet::Sheet;
use crate::components::form::{Port, Watched};
use crate::text::Language;

/// A form on trial.
#[derive(Clone, Copy)]
pub struct Trial {
    /// The form at this moment.
    pub overview: RwSignal<Overview>,
    /// A question that has to be drawn, though it is far away.
    pub sought: RwSignal<Option<String>>,
    layout: RwSignal<u64>,
    watched: Watched,
    /// Texts that cannot be read as an answer, by path.
    unreadable: RwSignal<BTreeMap<String, String>>,
    sheet: StoredValue<Sheet, LocalStorage>,
    /// Answers by path, to go on with when the form is another.
    answers: StoredValue<BTreeMap<String, String>>,
    /// Addresses of photos and files by their names as answers; they live as long as the page.
    media: StoredValue<BTreeMap<String, String>>,
}

impl Trial {
    /// Opens a form with answers of before, as far as they fit.
    pub fn open(form: Arc<Form>, language: Language, answers: BTreeMap<String, String>) -> Self {
        let mut sheet = Sheet::open(
            form,
            Uuid::now_v7(),
            crate::device::zone_minutes(),
            BTreeMap::new(),
            language,
        );
        for (path, value) in &answers {
            sheet.set(path, Some(value));
        }
        let trial = Trial {
            overview: RwSignal::new(Overview::default()),
            sought: RwSignal::new(None),
            layout: RwSignal::new(0),
            watched: Watched::new(),
            unreadable: RwSignal::new(BTreeMap::new()),
            sheet: StoredValue::new_local(sheet),
            answers: StoredValue::new(answers),
            media: StoredValue::new(BTreeMap::new()),
        };
        trial.refresh();
        trial
    }

    /// Answers by path.
    pub fn answers(self) -> BTreeMap<String, String> {
        self.answers.get_value()
    }

    /// Takes a photo or file for a look; the result is its name as an answer. It never leaves the page.
    pub fn take_file(self, file: &web_sys::File) -> Option<String> {
        let address = web_sys::Url::create_object_url_with_blob(file).ok()?;
        // Answers are separated by blanks where there are several.
        let name = file.name().replace(char::is_whitespace, "_");
        self.media
            .update_value(|media| drop(media.insert(name.clone(), address)));
        Some(name)
    }

    /// An address under which the page can show what was taken.
    pub fn media_address(self, name: &str) -> Option<String> {
        self.media.with_value(|media| media.get(name).cloned())
    }

    /// Says the words in another language.
    pub fn set_language(self, language: Language) {
        self.sheet
            .update_value(|sheet| sheet.set_language(language));
        self.refresh();
    }

    /// What widgets are connected to.
    pub fn port(self) -> Port {
        Port {
            overview: self.overview.into(),
            layout: self.layout.into(),
            watched: self.watched,
            sought: self.sought.into(),
            view: Callback::new(move |path: String| {
                self.sheet.with_value(|sheet| sheet.view(&path))
            }),
            is_checked: Signal::derive(|| false),
            answer: Callback::new(move |(path, value): (String, Option<String>)| {
                self.unreadable.update(|all| drop(all.remove(&path)));
                self.answer(&path, value);
            }),
            typing: Callback::new(move |(path, text): (String, String)| self.type_text(path, text)),
            held: Callback::new(|_: String| ()),
            left: Callback::new(|_: String| ()),
            unreadable: self.unreadable,
            add: Callback::new(move |path: String| {
                let id = Uuid::now_v7().simple().to_string();
                self.sheet.update_value(|sheet| {
                    sheet.add_repeat(&path, &id);
                });
                self.refresh();
            }),
            remove: Callback::new(move |path: String| {
                self.sheet.update_value(|sheet| {
                    sheet.remove_repeat(&path);
                });
                self.refresh();
            }),
            mark: Callback::new(|_: String| None),
            zone_minutes: crate::device::zone_minutes(),
        }
    }

    /// What is typed counts at once; what cannot be read stays beside an empty answer.
    fn type_text(self, path: String, text: String) {
        let kind = self
            .sheet
            .with_value(|sheet| sheet.view(&path).map(|view| view.kind));
        let read = lexical::read(kind.unwrap_or_default(), &text);
        self.unreadable.update(|all| match read {
            Ok(_) => drop(all.remove(&path)),
            Err(_) => drop(all.insert(path.clone(), text)),
        });
        self.answer(&path, read.ok().flatten());
    }

    fn answer(self, path: &str, value: Option<String>) {
        self.sheet.update_value(|sheet| {
            sheet.set(path, value.as_deref());
        });
        self.answers.update_value(|answers| match value {
            Some(value) => {
                answers.insert(path.to_owned(), value);
            }
            None => {
                answers.remove(path);
            }
        });
        self.refresh();
    }

    fn refresh(self) {
        let mut renewal = None;
        self.sheet
            .update_value(|sheet| renewal = Some(sheet.renew()));
        let Some(renewal) = renewal else {
            return;
        };
        self.overview.set(renewal.overview);
        self.watched.tell(renewal.questions);
        if renewal.is_structural {
            self.layout.update(|layout| *layout += 1);
        }
    }
}
