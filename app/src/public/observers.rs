//! «Стать наблюдателем»: what an observer does, and the application form that works without script.

use std::fmt::Write as _;

use leptos::prelude::*;

use super::document::{Frame, Page, document};
use crate::text::Language;
use crate::text::public::observers as words;

/// What a visitor typed, to be shown again when something is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApplicationForm {
    /// Id of the application, made with the page: sending it twice is one application.
    pub id: String,
    /// Name.
    pub name: String,
    /// Telephone.
    pub phone: String,
    /// Settlement.
    pub settlement: String,
    /// Languages and subjects.
    pub languages: String,
    /// About the person.
    pub about: String,
    /// Children, relatives, work.
    pub interests: String,
    /// 18 or older?
    pub adult: bool,
    /// Agreed?
    pub consent: bool,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldError {
    /// Blank.
    Blank,
    /// Too long.
    Long,
    /// No telephone number.
    Phone,
    /// Not ticked.
    Tick,
}

impl FieldError {
    fn text(self, language: Language) -> &'static str {
        match self {
            FieldError::Blank => words::error_blank(language),
            FieldError::Long => words::error_long(language),
            FieldError::Phone => words::error_phone(language),
            FieldError::Tick => words::error_tick(language),
        }
    }
}

/// What the page shows below the explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApplicationStep {
    /// The form, with what is wrong with its fields.
    Form {
        /// What was typed.
        form: ApplicationForm,
        /// Field and fault.
        errors: Vec<(&'static str, FieldError)>,
    },
    /// It was sent.
    Sent,
    /// Too many from this address.
    TooMany,
    /// Nobody could take it.
    Nowhere,
}

impl ApplicationForm {
    /// What is wrong, field by field in the order of the form.
    pub fn errors(&self) -> Vec<(&'static str, FieldError)> {
        const LONGEST: usize = 300;
        const LONGEST_TEXT: usize = 2_000;
        let mut errors = Vec::new();
        let mut check = |field, value: &str, longest, needed: bool| {
            if needed && value.trim().is_empty() {
                errors.push((field, FieldError::Blank));
            } else if value.chars().count() > longest {
                errors.push((field, FieldError::Long));
            }
        };
        check("name", &self.name, LONGEST, true);
        check("phone", &self.phone, LONGEST, true);
        check("settlement", &self.settlement, LONGEST, true);
        check("languages", &self.languages, LONGEST, false);
        check("about", &self.about, LONGEST_TEXT, true);
        check("interests", &self.interests, LONGEST_TEXT, true);
        let digits = self.phone.chars().filter(char::is_ascii_digit).count();
        if digits < 10 && !errors.iter().any(|(field, _)| *field == "phone") {
            errors.push(("phone", FieldError::Phone));
        }
        for (field, ticked) in [("adult", self.adult), ("consent", self.consent)] {
            if !ticked {
                errors.push((field, FieldError::Tick));
            }
        }
        errors
    }
}

/// The page as a document.
pub fn observers(frame: &Frame, step: &ApplicationStep) -> String {
    let language = frame.language;
    document(frame, Page::Observers, words::title(language), || {
        view! {
            <section class="hero">
                <h1>{words::title(language)}</h1>
                <p class="lead">{words::lead(language)}</p>
            </section>
            {match step {
                ApplicationStep::Sent => {
                    view! {
                        <section class="public-section" role="status">
                            <h2>{words::sent_title(language)}</h2>
                            <p class="text">{words::sent_text(language)}</p>
                        </section>
                    }
                        .into_any()
                }
                ApplicationStep::TooMany => {
                    view! {
                        <p class="notice notice-warning" role="alert">
                            {words::error_many(language)}
                        </p>
                    }
                        .into_any()
                }
                ApplicationStep::Nowhere => {
                    view! { <p class="text">{words::no_place(language)}</p> }.into_any()
                }
                ApplicationStep::Form { form, errors } => {
                    view! { {explanation(language)} {application(language, form, errors)} }.into_any()
                }
            }}
        }
    })
}

fn explanation(language: Language) -> impl IntoView {
    view! {
        <section class="public-section">
            <h2>{words::who_title(language)}</h2>
            <ul class="plain-list text">
                <li>{words::who_1(language)}</li>
                <li>{words::who_2(language)}</li>
                <li>{words::who_3(language)}</li>
            </ul>
            <h2>{words::how_title(language)}</h2>
            <ol class="text">
                <li>{words::how_1(language)}</li>
                <li>{words::how_2(language)}</li>
                <li>{words::how_3(language)}</li>
            </ol>
            <p>
                <a href=api::paths::PUBLIC_CERTIFICATES>{words::check_link(language)}</a>
            </p>
        </section>
    }
}

fn application(
    language: Language,
    form: &ApplicationForm,
    errors: &[(&'static str, FieldError)],
) -> impl IntoView {
    let error = |field: &str| {
        errors
            .iter()
            .find(|(name, _)| *name == field)
            .map(|(_, error)| error.text(language))
    };
    let action = match language {
        Language::Ru => api::paths::PUBLIC_OBSERVERS.to_owned(),
        Language::En => format!("{}?lang=en", api::paths::PUBLIC_OBSERVERS),
    };
    let summary = (!errors.is_empty()).then(|| {
        let items = errors
            .iter()
            .map(|(field, error)| {
                view! {
                    <li>
                        <a href=format!("#{field}")>{label(language, field)}</a>
                        ": "
                        {error.text(language)}
                    </li>
                }
            })
            .collect_view();
        view! {
            <div class="notice notice-danger" role="alert">
                <div class="notice-body">
                    <p class="notice-title">{words::errors_title(language)}</p>
                    <ul>{items}</ul>
                </div>
            </div>
        }
    });
    view! {
        <section class="public-section">
            <h2>{words::form_title(language)}</h2>
            {summary}
            <form class="apply-form" method="post" action=action accept-charset="utf-8">
                <input type="hidden" name="id" value=form.id.clone() />
                {line(language, "name", &form.name, None, error("name"), "name")}
                {line(language, "phone", &form.phone, None, error("phone"), "tel")}
                {line(
                    language,
                    "settlement",
                    &form.settlement,
                    Some(words::settlement_hint(language)),
                    error("settlement"),
                    "address-level2",
                )}
                {line(
                    language,
                    "languages",
                    &form.languages,
                    Some(words::languages_hint(language)),
                    error("languages"),
                    "off",
                )}
                {long(language, "about", &form.about, None, error("about"))}
                {long(
                    language,
                    "interests",
                    &form.interests,
                    Some(words::interests_hint(language)),
                    error("interests"),
                )}
                // Programs that fill every field betray themselves here; people do not see it.
                <div class="apply-trap" aria-hidden="true">
                    <label for="website">{words::trap(language)}</label>
                    <input id="website" name="website" type="text" tabindex="-1" autocomplete="off" />
                </div>
                {tick(language, "adult", form.adult, error("adult"))}
                {tick(language, "consent", form.consent, error("consent"))}
                <div>
                    <button type="submit" class="button primary large">
                        {words::send(language)}
                    </button>
                </div>
            </form>
        </section>
    }
}

fn label(language: Language, field: &str) -> &'static str {
    match field {
        "name" => words::name(language),
        "phone" => words::phone(language),
        "settlement" => words::settlement(language),
        "languages" => words::languages(language),
        "about" => words::about(language),
        "interests" => words::interests(language),
        "adult" => words::adult(language),
        _ => words::consent(language),
    }
}

fn described(field: &str, hint: Option<&str>, error: Option<&str>) -> Option<String> {
    let mut ids = String::new();
    if hint.is_some() {
        let _ = write!(ids, "{field}-hint ");
    }
    if error.is_some() {
        let _ = write!(ids, "{field}-error");
    }
    (!ids.is_empty()).then(|| ids.trim().to_owned())
}

fn notes(
    field: &'static str,
    hint: Option<&'static str>,
    error: Option<&'static str>,
) -> impl IntoView {
    view! {
        {hint.map(|hint| view! { <p class="hint" id=format!("{field}-hint")>{hint}</p> })}
        {error.map(|error| view! { <p class="error" id=format!("{field}-error")>{error}</p> })}
    }
}

fn line(
    language: Language,
    field: &'static str,
    value: &str,
    hint: Option<&'static str>,
    error: Option<&'static str>,
    autocomplete: &'static str,
) -> impl IntoView + use<> {
    view! {
        <div class="field">
            <label for=field>{label(language, field)}</label>
            {notes(field, hint, error)}
            <input
                class="input"
                id=field
                name=field
                type=if field == "phone" { "tel" } else { "text" }
                autocomplete=autocomplete
                maxlength="300"
                value=value.to_owned()
                aria-invalid=error.map(|_| "true")
                aria-describedby=described(field, hint, error)
            />
        </div>
    }
}

fn long(
    language: Language,
    field: &'static str,
    value: &str,
    hint: Option<&'static str>,
    error: Option<&'static str>,
) -> impl IntoView + use<> {
    view! {
        <div class="field">
            <label for=field>{label(language, field)}</label>
            {notes(field, hint, error)}
            // Children of a textarea are not escaped by the renderer, so what was typed is escaped here.
            <textarea
                class="input"
                id=field
                name=field
                rows="4"
                maxlength="2000"
                aria-invalid=error.map(|_| "true")
                aria-describedby=described(field, hint, error)
                inner_html=escaped(value)
            ></textarea>
        </div>
    }
}

fn tick(
    language: Language,
    field: &'static str,
    checked: bool,
    error: Option<&'static str>,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="apply-tick" for=field>
                <input
                    id=field
                    name=field
                    type="checkbox"
                    value="yes"
                    checked=checked
                    aria-describedby=described(field, None, error)
                />
                <span>{label(language, field)}</span>
            </label>
            {notes(field, None, error)}
        </div>
    }
}

/// Text for inside an element whose content is not parsed as HTML twice.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame() -> Frame {
        Frame {
            language: Language::Ru,
            css: "/style.css".into(),
            is_demo: false,
            version: "1".into(),
        }
    }

    fn filled() -> ApplicationForm {
        ApplicationForm {
            id: "0".into(),
            name: "Анна".into(),
            phone: "+7 900 000-00-00".into(),
            settlement: "с. Боровое".into(),
            languages: String::new(),
            about: "Библиотекарь".into(),
            interests: "нет".into(),
            adult: true,
            consent: true,
        }
    }

    #[test]
    fn what_was_typed_is_shown_again_and_stays_text() {
        let form = ApplicationForm {
            about: "</textarea><script>alert(1)</script>".into(),
            name: "\"><script>".into(),
            ..filled()
        };
        let page = observers(
            &frame(),
            &ApplicationStep::Form {
                form,
                errors: vec![("phone", FieldError::Phone)],
            },
        );
        assert!(!page.contains("<script>"), "{page}");
        assert!(page.contains("&lt;/textarea&gt;&lt;script&gt;"), "{page}");
        assert!(page.contains("href=\"#phone\""), "{page}");
    }

    #[test]
    fn every_fault_is_named_at_its_field() {
        assert!(filled().errors().is_empty());
        let wrong = ApplicationForm {
            phone: "12".into(),
            about: "  ".into(),
            languages: "я".repeat(301),
            consent: false,
            ..filled()
        };
        assert_eq!(
            wrong.errors(),
            [
                ("languages", FieldError::Long),
                ("about", FieldError::Blank),
                ("phone", FieldError::Phone),
                ("consent", FieldError::Tick),
            ]
        );
    }
}
