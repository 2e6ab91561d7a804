//! References shipped as data: kinds of documents and measures of help.

use anyhow::Context;
use api::management::support::PENALTY;
use api::papers::document::DocumentKind;
use api::schools::school_profile::Measure;
use api::text::Text;
use serde::Deserialize;

const ARTEFACTS: &str = include_str!("../../instruments/artefacts.yaml");
const MEASURES: &str = include_str!("../../instruments/support_measures.yaml");

#[derive(Deserialize)]
struct Artefacts {
    types: Vec<Artefact>,
}

#[derive(Deserialize)]
struct Artefact {
    id: String,
    title: Text,
}

#[derive(Deserialize)]
struct Catalogue {
    levels: Vec<Level>,
    measures: Vec<Entry>,
}

#[derive(Deserialize)]
struct Level {
    id: u8,
    label: Text,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    level: u8,
    title: Text,
    #[serde(rename = "for")]
    answers: Vec<String>,
}

/// A measure with the kinds of signs it answers to.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The measure.
    pub measure: Measure,
    /// Kinds of signs: `level`, `structure`, `confirmation`, `procedure`, `external`.
    pub answers: Vec<String>,
}

/// Kinds of documents in the order of the reference.
///
/// # Errors
/// When the reference cannot be read, which a test excludes.
pub fn document_kinds() -> anyhow::Result<Vec<DocumentKind>> {
    let read: Artefacts = serde_yaml_ng::from_str(ARTEFACTS).context("artefacts.yaml")?;
    Ok(read
        .types
        .into_iter()
        .map(|artefact| DocumentKind {
            id: artefact.id,
            name: artefact.title,
        })
        .collect())
}

/// Measures of help, support and control with help, in the order of their levels. Penalties are no part of a
/// school's own planning and are left out.
///
/// # Errors
/// When the reference cannot be read, which a test excludes.
pub fn measures() -> anyhow::Result<Vec<Measure>> {
    Ok(catalogue()?
        .into_iter()
        .map(|listed| listed.measure)
        .filter(|measure| measure.level < PENALTY)
        .collect())
}

/// The whole catalogue in the order of its levels, penalties last.
///
/// # Errors
/// When the reference cannot be read, which a test excludes.
pub fn catalogue() -> anyhow::Result<Vec<Listed>> {
    let read: Catalogue = serde_yaml_ng::from_str(MEASURES).context("support_measures.yaml")?;
    let mut listed: Vec<Listed> = read
        .measures
        .into_iter()
        .map(|entry| Listed {
            measure: Measure {
                level_name: read
                    .levels
                    .iter()
                    .find(|level| level.id == entry.level)
                    .map_or_else(|| Text::new("—", "—"), |level| level.label.clone()),
                id: entry.id,
                level: entry.level,
                title: entry.title,
            },
            answers: entry.answers,
        })
        .collect();
    listed.sort_by_key(|listed| listed.measure.level);
    Ok(listed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_stands_first_and_no_penalty_is_offered() {
        let measures = measures().expect("readable");
        assert_eq!(measures[0].id, "SM-01");
        assert!(
            measures
                .windows(2)
                .all(|pair| pair[0].level <= pair[1].level)
        );
        assert!(!measures.iter().any(|measure| measure.id == "SM-23"));
    }

    #[test]
    fn an_order_is_a_kind_of_document() {
        let kinds = document_kinds().expect("readable");
        assert!(kinds.iter().any(|kind| kind.id == "order"));
    }
}
