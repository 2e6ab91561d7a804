//! Translations: which texts go to `<itext>`, and its content.

use super::paths::Paths;
use super::tree::{Element, Kind};
use super::words::write_words;
use super::xml::Xml;
use crate::form::{ChoiceList, Media, Text};
use crate::xlsform::reference;
use std::borrow::Cow;
use std::collections::HashMap;

/// Texts by id, with their languages in order of first use.
#[derive(Default)]
pub(crate) struct Itext<'a> {
    languages: Vec<String>,
    entries: Vec<Entry<'a>>,
    index: HashMap<String, usize>,
}

struct Entry<'a> {
    id: String,
    values: Vec<Value<'a>>,
}

struct Value<'a> {
    language: usize,
    form: &'static str,
    text: Cow<'a, str>,
    context: Option<usize>,
}

/// The plain text of `text` when it is in one unnamed language.
pub(crate) fn untranslated(text: &Text) -> Option<&str> {
    let mut entries = text.iter();
    match (entries.next(), entries.next()) {
        (Some((Text::DEFAULT, words)), None) => Some(words),
        _ => None,
    }
}

fn is_translated(text: &Text) -> bool {
    !text.is_empty() && untranslated(text).is_none()
}

/// Whether the label of an element stands in `<itext>`.
pub(crate) fn label_needs_itext(element: &Element<'_>) -> bool {
    is_translated(&element.label) || !element.media.is_empty()
}

/// Whether the hint of an element stands in `<itext>`.
pub(crate) fn hint_needs_itext(element: &Element<'_>) -> bool {
    is_translated(&element.hint) || !element.guidance_hint.is_empty()
}

/// Whether the labels of a list stand in `<itext>`: they are translated, have files or hold references.
pub(crate) fn list_needs_itext(list: &ChoiceList) -> bool {
    list.choices.iter().any(|choice| {
        !choice.media.is_empty()
            || is_translated(&choice.label)
            || untranslated(&choice.label).is_some_and(reference::has)
    })
}

/// Whether a message stands in `<itext>`.
pub(crate) fn message_needs_itext(text: &Text) -> bool {
    is_translated(text) || untranslated(text).is_some_and(reference::has)
}

impl<'a> Itext<'a> {
    pub fn collect(paths: &Paths<'_, 'a>) -> Self {
        let mut itext = Self::default();
        let form = paths.tree.form;
        for list in form.lists.iter().filter(|list| list_needs_itext(list)) {
            for (number, choice) in list.choices.iter().enumerate() {
                let id = format!("{}-{number}", list.name);
                itext.add_text(&id, "long", &choice.label, None, paths);
                itext.add_media(&id, &choice.media, None, paths);
            }
        }
        for (at, element) in paths.tree.elements.iter().enumerate() {
            if !matches!(element.kind, Kind::Question | Kind::Group | Kind::Repeat) {
                continue;
            }
            let path = paths.absolute(at);
            let context = Some(at);
            if let Some(question) = element.question {
                for (text, name) in [
                    (&question.constraint_message, "jr:constraintMsg"),
                    (&question.required_message, "jr:requiredMsg"),
                ] {
                    if message_needs_itext(text) {
                        itext.add_text(&format!("{path}:{name}"), "long", text, context, paths);
                    }
                }
            }
            if label_needs_itext(element) {
                itext.add_text(
                    &format!("{path}:label"),
                    "long",
                    &element.label,
                    context,
                    paths,
                );
            }
            if hint_needs_itext(element) {
                let id = format!("{path}:hint");
                itext.add_text(&id, "long", &element.hint, context, paths);
                itext.add_text(&id, "guidance", &element.guidance_hint, context, paths);
            }
            itext.add_media(&format!("{path}:label"), &element.media, None, paths);
        }
        itext
    }

    pub fn is_empty(&self) -> bool {
        self.languages.is_empty()
    }

    fn add_text(
        &mut self,
        id: &str,
        form: &'static str,
        text: &Text,
        context: Option<usize>,
        paths: &Paths<'_, 'a>,
    ) {
        let default = paths
            .tree
            .form
            .settings
            .default_language
            .as_deref()
            .unwrap_or(Text::DEFAULT);
        for (language, words) in text.iter() {
            let language = if language == Text::DEFAULT {
                default
            } else {
                language
            };
            let language = self.language(language);
            let entry = self.entry(id);
            // Texts are borrowed where they live as long as the form; generated ones are short.
            let text = Cow::Owned(words.to_owned());
            entry.values.push(Value {
                language,
                form,
                text,
                context,
            });
        }
    }

    fn add_media(
        &mut self,
        id: &str,
        media: &Media,
        context: Option<usize>,
        paths: &Paths<'_, 'a>,
    ) {
        for (form, text) in [
            ("image", &media.image),
            ("big-image", &media.big_image),
            ("audio", &media.audio),
            ("video", &media.video),
        ] {
            self.add_text(id, form, text, context, paths);
        }
    }

    fn language(&mut self, name: &str) -> usize {
        self.languages
            .iter()
            .position(|other| other == name)
            .unwrap_or_else(|| {
                self.languages.push(name.to_owned());
                self.languages.len() - 1
            })
    }

    fn entry(&mut self, id: &str) -> &mut Entry<'a> {
        let at = *self.index.entry(id.to_owned()).or_insert_with(|| {
            self.entries.push(Entry {
                id: id.to_owned(),
                values: Vec::new(),
            });
            self.entries.len() - 1
        });
        &mut self.entries[at]
    }

    /// Writes the element. Every language gets every text; `-` stands for one that is missing.
    pub fn write(&self, xml: &mut Xml, paths: &Paths<'_, '_>) {
        let default = paths
            .tree
            .form
            .settings
            .default_language
            .as_deref()
            .unwrap_or(Text::DEFAULT);
        xml.start("itext");
        for (number, language) in self.languages.iter().enumerate() {
            xml.start("translation").attribute("lang", language);
            if language == default {
                xml.attribute("default", "true()");
            }
            for entry in &self.entries {
                xml.start("text").attribute("id", &entry.id);
                for form in ["long", "guidance", "image", "big-image", "audio", "video"] {
                    entry.write_form(form, number, xml, paths);
                }
                xml.end();
            }
            xml.end();
        }
        xml.end();
    }
}

impl Entry<'_> {
    fn write_form(
        &self,
        form: &'static str,
        language: usize,
        xml: &mut Xml,
        paths: &Paths<'_, '_>,
    ) {
        let mut of_form = self.values.iter().filter(|value| value.form == form);
        let Some(first) = of_form.clone().next() else {
            return;
        };
        let value = of_form.find(|value| value.language == language);
        let (text, context) = value.map_or(("-", first.context), |value| {
            (value.text.as_ref(), value.context)
        });
        let scheme = match form {
            "image" | "big-image" => Some("jr://images/"),
            "audio" => Some("jr://audio/"),
            "video" => Some("jr://video/"),
            _ => None,
        };
        if scheme.is_some() && text == "-" {
            return;
        }
        xml.start("value");
        if form != "long" {
            xml.attribute("form", form);
        }
        if let Some(scheme) = scheme {
            xml.text(scheme);
        }
        write_words(text, context, xml, paths);
        xml.end();
    }
}
