//! Domains of the self-assessments that stand, by school: of each form the newest one that the head approved.

use std::collections::HashMap;

use api::forms::submission::SectionScore;
use api::id::OrganisationId;
use api::results::layer::{LayerCell, LayerColumn, LayerKind};
use api::text::Text;
use forms::Form;
use forms::form::Node;

use super::{Asked, Figures, MapLayer};
use crate::rules::forms::fold::both;
use crate::store::{ApprovedScore, StoreError};

/// Self-assessment (самооценка).
pub struct SelfAssessment;

#[async_trait::async_trait]
impl MapLayer for SelfAssessment {
    fn kind(&self) -> LayerKind {
        LayerKind::SelfAssessment
    }

    /// Fifths of the scale: the form's own levels differ between domains.
    fn bounds(&self) -> Vec<f64> {
        vec![0.2, 0.4, 0.6, 0.8]
    }

    async fn figures(&self, asked: Asked<'_>) -> Result<Figures, StoreError> {
        let mut scores = asked
            .store
            .approved_scores(asked.access.municipality, Some(asked.query.year), None)
            .await?;
        scores.retain(|score| {
            asked
                .schools
                .iter()
                .any(|school| school.id == score.organisation)
        });
        let forms = forms(&asked, &scores).await?;
        let columns = columns(&scores, &forms);
        let mut newest: HashMap<(OrganisationId, &str), &ApprovedScore> = HashMap::new();
        for score in &scores {
            // The newest campaign comes first.
            newest
                .entry((score.organisation, score.form[0].as_str()))
                .or_insert(score);
        }
        let cell = |school: OrganisationId, column: &Domain| {
            let score = newest.get(&(school, column.form.as_str()))?;
            let sections = &score.score.sections;
            let section = sections.iter().find(|one| one.section == column.section)?;
            Some(LayerCell {
                share: section.score,
                n: section.answered[0],
            })
        };
        let rows = asked
            .schools
            .iter()
            .map(|school| columns.iter().map(|one| cell(school.id, one)).collect())
            .collect();
        Ok(Figures {
            columns: columns.iter().map(|one| column(one, &columns)).collect(),
            rows,
        })
    }
}

/// A domain of a form: a column.
#[derive(Clone, Debug, PartialEq)]
struct Domain {
    form: String,
    form_title: Text,
    section: String,
    title: Text,
}

/// A form with its title and the order of its domains.
struct Order {
    id: String,
    title: Text,
    sections: Vec<String>,
}

/// The forms of the scores, that of the newest campaign first. Versions of a form are one: a domain that only an
/// earlier version has stands after the one it followed there.
async fn forms(asked: &Asked<'_>, scores: &[ApprovedScore]) -> Result<Vec<Order>, StoreError> {
    let mut versions: Vec<&[String; 2]> = Vec::new();
    for score in scores {
        if !versions.contains(&&score.form) {
            versions.push(&score.form);
        }
    }
    let mut orders: Vec<Order> = Vec::new();
    for [id, version] in versions {
        let document = asked
            .store
            .form_document(asked.access.municipality, id, version)
            .await?;
        let Some((document, _)) = document else {
            continue;
        };
        let form: Form = serde_json::from_str(&document)?;
        let sections = form.walk().filter_map(|walked| match walked.node {
            Node::Group(group) if group.section.is_some() => Some(group.name.clone()),
            _ => None,
        });
        match orders.iter_mut().find(|order| order.id == *id) {
            Some(order) => merge(&mut order.sections, sections),
            None => orders.push(Order {
                id: id.clone(),
                title: both(&form, &form.title),
                sections: sections.collect(),
            }),
        }
    }
    Ok(orders)
}

/// Adds what a list lacks, each after the one that it follows in `more`.
fn merge(list: &mut Vec<String>, more: impl Iterator<Item = String>) {
    let mut at = 0;
    for name in more {
        match list.iter().position(|known| *known == name) {
            Some(known) => at = known + 1,
            None => {
                list.insert(at, name);
                at += 1;
            }
        }
    }
}

/// Domains that at least one school has, in the order of their forms.
fn columns(scores: &[ApprovedScore], forms: &[Order]) -> Vec<Domain> {
    let mut columns = Vec::new();
    for form in forms {
        let of_form: Vec<&SectionScore> = scores
            .iter()
            .filter(|score| score.form[0] == form.id)
            .flat_map(|score| &score.score.sections)
            .collect();
        for name in &form.sections {
            if let Some(section) = of_form.iter().find(|section| section.section == *name) {
                columns.push(Domain {
                    form: form.id.clone(),
                    form_title: form.title.clone(),
                    section: name.clone(),
                    title: section.title.clone(),
                });
            }
        }
    }
    columns
}

fn column(domain: &Domain, all: &[Domain]) -> LayerColumn {
    let is_named_twice = all
        .iter()
        .any(|other| other.section == domain.section && other.form != domain.form);
    let (group, group_short) = if all.iter().any(|other| other.form != domain.form) {
        (domain.form_title.clone(), domain.form_title.clone())
    } else {
        (
            Text::new("Направления самооценки", "Domains of self-assessment"),
            Text::new("Направления", "Domains"),
        )
    };
    LayerColumn {
        key: if is_named_twice {
            format!("{}.{}", domain.form, domain.section)
        } else {
            domain.section.clone()
        },
        group,
        group_short,
        name: domain.title.clone(),
        grade: None,
        subject: None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn merged(lists: &[&[&str]]) -> Vec<String> {
        let mut list = Vec::new();
        for more in lists {
            merge(&mut list, more.iter().map(|name| (*name).to_owned()));
        }
        list
    }

    #[test]
    fn what_an_earlier_version_had_stands_where_it_stood() {
        let found = merged(&[&["A", "C", "D"], &["A", "B", "D", "E"]]);
        assert_eq!(found, ["A", "B", "C", "D", "E"]);
    }

    proptest! {
        /// Whichever parts of one order are merged, first the whole, the order is that of the whole.
        #[test]
        fn parts_of_an_order_change_nothing(kept in prop::collection::vec(any::<bool>(), 8)) {
            let whole: Vec<String> = (0..8).map(|at| format!("S{at}")).collect();
            let part = whole.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(name, _)| name.clone());
            let mut list = whole.clone();
            merge(&mut list, part);
            prop_assert_eq!(list, whole);
        }
    }
}
