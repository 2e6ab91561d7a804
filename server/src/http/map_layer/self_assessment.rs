//! Domains of the newest self-assessment, by school; only what was submitted.

use std::collections::HashMap;

use api::id::OrganisationId;
use api::layer::{LayerCell, LayerColumn, LayerKind};
use api::submission::{ScoreSheet, SectionScore};
use api::text::Text;

use super::{Asked, Figures, MapLayer};
use crate::store::StoreError;

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
        let sheets: HashMap<OrganisationId, ScoreSheet> = asked
            .store
            .year_scores(asked.access.municipality, asked.query.year)
            .await?
            .into_iter()
            .collect();
        // Sections stand in the order of the form; every sheet of a campaign has the same ones.
        let columns: Vec<LayerColumn> = asked
            .schools
            .iter()
            .find_map(|school| sheets.get(&school.id))
            .map(|sheet| sheet.sections.iter().map(column).collect())
            .unwrap_or_default();
        let rows = asked
            .schools
            .iter()
            .map(|school| {
                columns
                    .iter()
                    .map(|column| {
                        let section = sheets
                            .get(&school.id)?
                            .sections
                            .iter()
                            .find(|section| section.section == column.key)?;
                        Some(LayerCell {
                            share: section.score,
                            n: section.answered[0],
                        })
                    })
                    .collect()
            })
            .collect();
        Ok(Figures { columns, rows })
    }
}

fn column(section: &SectionScore) -> LayerColumn {
    LayerColumn {
        key: section.section.clone(),
        group: Text::new("Направления самооценки", "Domains of self-assessment"),
        group_short: Text::new("Направления", "Domains"),
        name: section.title.clone(),
        grade: None,
        subject: None,
    }
}
