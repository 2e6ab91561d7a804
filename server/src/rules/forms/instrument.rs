//! The instruments shipped with the product, as forms to be published.

use anyhow::Context;
use api::text::Text;
use forms::Form;
use forms::form::{Node, QuestionKind};

use crate::store::NewForm;

/// All shipped instruments, ready to be published in a municipality.
///
/// # Errors
/// When one does not compile, which the tests of `forms` exclude.
pub fn shipped() -> anyhow::Result<Vec<NewForm>> {
    forms::instrument::shipped()
        .iter()
        .map(|(id, yaml)| {
            let form =
                forms::instrument::compile(yaml).with_context(|| format!("instrument {id}"))?;
            new_form(&form)
        })
        .collect()
}

/// A form as it is published.
///
/// # Errors
/// When the form cannot be written as JSON.
pub fn new_form(form: &Form) -> anyhow::Result<NewForm> {
    let instrument = form.instrument.as_ref();
    let purpose = match instrument.map(|instrument| instrument.kind.as_str()) {
        Some("observation_checklist") => match instrument.map(|form| form.audience.as_slice()) {
            // Forms of one audience alone are given to nobody else.
            Some([only]) if only == "municipal_visitor" => "visit",
            Some([only]) if only == "video_observer" => "video",
            _ => "observation",
        },
        Some("self_assessment") => "self_assessment",
        Some("matrix_self_and_expert_assessment") => "mechanisms",
        Some("school_passport") => "context",
        _ => "other",
    };
    let questions = form
        .walk()
        .filter(|walked| match walked.node {
            Node::Question(question) => {
                question.kind != QuestionKind::Note
                    && question.companion.is_none()
                    && question.calculation.is_none()
            }
            _ => false,
        })
        .count();
    Ok(NewForm {
        id: form.id.clone(),
        // A form without a version has one version.
        version: if form.version.is_empty() {
            "1".to_owned()
        } else {
            form.version.clone()
        },
        title: Text::new(form.text(&form.title, "ru"), form.text(&form.title, "en")),
        purpose: purpose.to_owned(),
        procedure_kinds: instrument
            .map_or_else(Vec::new, |instrument| instrument.procedure_kinds.clone()),
        questions: u32::try_from(questions).unwrap_or(u32::MAX),
        document: serde_json::to_string(form)?,
    })
}
