//! Share of works with the mark «2», by school and work.

use std::collections::HashMap;

use api::id::OrganisationId;
use api::results::layer::{LayerCell, LayerColumn, LayerKind};
use api::text::Text;
use uuid::Uuid;

use super::{Asked, Figures, MapLayer, SMALLEST};
use crate::import::subject;
use crate::store::StoreError;

/// Low results (низкие результаты).
pub struct LowResults;

#[async_trait::async_trait]
impl MapLayer for LowResults {
    fn kind(&self) -> LayerKind {
        LayerKind::LowResults
    }

    /// Steps of the platform: round shares, one class beyond each.
    fn bounds(&self) -> Vec<f64> {
        vec![0.05, 0.1, 0.2, 0.3]
    }

    async fn figures(&self, asked: Asked<'_>) -> Result<Figures, StoreError> {
        let municipality = asked.access.municipality;
        let mut papers = asked.store.papers(municipality).await?;
        papers
            .retain(|paper| paper.year == asked.query.year && paper.kind == asked.query.procedure);
        papers.sort_by_key(|paper| {
            (
                subject::order(&paper.subject),
                paper.subject.clone(),
                paper.grade,
            )
        });
        let ids: Vec<Uuid> = papers.iter().map(|paper| paper.id).collect();
        let mut counts: HashMap<(Uuid, OrganisationId), [u64; 2]> = HashMap::new();
        for row in asked.store.school_marks(municipality, &ids).await? {
            let [low, all] = counts.entry((row.paper, row.organisation)).or_default();
            *all += row.works;
            *low += if row.mark == 2 { row.works } else { 0 };
        }
        papers.retain(|paper| counts.keys().any(|(other, _)| *other == paper.id));
        let rows = asked
            .schools
            .iter()
            .map(|school| {
                papers
                    .iter()
                    .map(|paper| counts.get(&(paper.id, school.id)).map(cell))
                    .collect()
            })
            .collect();
        let columns = papers
            .into_iter()
            .map(|paper| LayerColumn {
                key: format!("{}-{}", paper.subject, paper.grade),
                group: subject::name(&paper.subject),
                group_short: subject::short(&paper.subject),
                name: Text::new(
                    format!("{} кл.", paper.grade),
                    format!("gr. {}", paper.grade),
                ),
                grade: Some(paper.grade),
                subject: Some(paper.subject),
            })
            .collect();
        Ok(Figures { columns, rows })
    }
}

fn cell([low, all]: &[u64; 2]) -> LayerCell {
    LayerCell {
        share: (*all >= SMALLEST).then(|| *low as f64 / *all as f64),
        n: u32::try_from(*all).unwrap_or(u32::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_works_have_no_share_but_a_number() {
        assert_eq!(cell(&[1, 4]).share, None);
        assert_eq!(cell(&[1, 4]).n, 4);
        assert_eq!(cell(&[1, 5]).share, Some(0.2));
    }
}
