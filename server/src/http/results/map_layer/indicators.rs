//! Indicators of the programme, by school: what the results come to, whether the work was seen, whether help
//! was brought to its end. Each is a share of which more is better.

use std::collections::{HashMap, HashSet};

use api::id::{EventId, OrganisationId};
use api::management::support::SupportState;
use api::results::layer::{LayerCell, LayerColumn, LayerKind};
use api::text::Text;
use uuid::Uuid;

use super::{Asked, Figures, MapLayer, SMALLEST};
use crate::auth::Permission;
use crate::store::{EventFilter, StoreError};

/// Indicators (показатели).
pub struct Indicators;

/// Part and whole.
type Counts = HashMap<OrganisationId, [u64; 2]>;

#[async_trait::async_trait]
impl MapLayer for Indicators {
    fn kind(&self) -> LayerKind {
        LayerKind::Indicators
    }

    /// Fifths: the indicators have no common threshold in the documents.
    fn bounds(&self) -> Vec<f64> {
        vec![0.2, 0.4, 0.6, 0.8]
    }

    async fn figures(&self, asked: Asked<'_>) -> Result<Figures, StoreError> {
        let (success, quality, confirmed) = results(&asked).await?;
        let observed = observed(&asked).await?;
        let finished = finished(&asked).await?;
        let results = || Text::new("Результаты", "Results");
        let order = || Text::new("Порядок", "Procedure");
        let help = || Text::new("Помощь", "Help");
        let columns = [
            (
                "success",
                results(),
                "отметка 3 и выше",
                "mark 3 or more",
                success,
                SMALLEST,
            ),
            (
                "quality",
                results(),
                "отметка 4 и 5",
                "marks 4 and 5",
                quality,
                SMALLEST,
            ),
            (
                "confirmed",
                results(),
                "подтвердили журнал",
                "confirmed the register",
                confirmed,
                SMALLEST,
            ),
            (
                "observed",
                order(),
                "события с наблюдателем",
                "events with an observer",
                observed,
                1,
            ),
            (
                "finished",
                help(),
                "меры выполнены",
                "measures carried out",
                finished,
                1,
            ),
        ];
        let rows = asked
            .schools
            .iter()
            .map(|school| {
                columns
                    .iter()
                    .map(|(.., counts, smallest)| {
                        counts
                            .get(&school.id)
                            .map(|counts| cell(*counts, *smallest))
                    })
                    .collect()
            })
            .collect();
        let columns = columns
            .into_iter()
            .map(|(key, group, ru, en, ..)| LayerColumn {
                key: key.to_owned(),
                group_short: group.clone(),
                group,
                name: Text::new(ru, en),
                grade: None,
                subject: None,
            })
            .collect();
        Ok(Figures { columns, rows })
    }
}

/// Works with mark 3 or more, with 4 and 5, and with the mark of the register, of those that have such marks.
async fn results(asked: &Asked<'_>) -> Result<(Counts, Counts, Counts), StoreError> {
    let municipality = asked.access.municipality;
    let papers: Vec<Uuid> = asked
        .store
        .papers(municipality)
        .await?
        .into_iter()
        .filter(|paper| paper.year == asked.query.year && paper.kind == asked.query.procedure)
        .map(|paper| paper.id)
        .collect();
    let (mut success, mut quality, mut confirmed) = <(Counts, Counts, Counts)>::default();
    for row in asked.store.school_marks(municipality, &papers).await? {
        count(&mut success, row.organisation, row.mark >= 3, row.works);
        count(&mut quality, row.organisation, row.mark >= 4, row.works);
    }
    for pair in asked.store.mark_pairs(municipality, &papers).await? {
        let is_same = pair.mark == pair.register_mark;
        count(&mut confirmed, pair.organisation, is_same, pair.works);
    }
    Ok((success, quality, confirmed))
}

/// Events of the procedure and year that have a submitted sheet of an observer.
async fn observed(asked: &Asked<'_>) -> Result<Counts, StoreError> {
    let mut counts = Counts::new();
    let Ok(reach) = asked.access.require(Permission::EventRead) else {
        return Ok(counts);
    };
    let municipality = asked.access.municipality;
    let seen: HashSet<EventId> = asked
        .store
        .observations(municipality)
        .await?
        .into_iter()
        .map(|(_, _, sheet)| sheet.event)
        .collect();
    let year = asked.query.year.to_string();
    let events = asked
        .store
        .events(
            municipality,
            &reach,
            asked.access.person,
            &EventFilter::default(),
        )
        .await?;
    for event in events
        .iter()
        .filter(|event| event.kind == asked.query.procedure && event.date.starts_with(&year))
    {
        count(&mut counts, event.organisation, seen.contains(&event.id), 1);
    }
    Ok(counts)
}

/// Measures due in the year that were carried out; those given up do not count.
async fn finished(asked: &Asked<'_>) -> Result<Counts, StoreError> {
    let mut counts = Counts::new();
    let year = asked.query.year.to_string();
    for support in asked
        .store
        .supports(asked.access.municipality, None)
        .await?
    {
        if support.due.starts_with(&year) && support.state != SupportState::Dropped {
            let is_done = matches!(support.state, SupportState::Done | SupportState::Checked);
            count(&mut counts, support.organisation, is_done, 1);
        }
    }
    Ok(counts)
}

fn count(counts: &mut Counts, school: OrganisationId, is_part: bool, works: u64) {
    let [part, whole] = counts.entry(school).or_default();
    *whole += works;
    *part += if is_part { works } else { 0 };
}

fn cell([part, whole]: [u64; 2], smallest: u64) -> LayerCell {
    LayerCell {
        share: (whole >= smallest.max(1)).then(|| part as f64 / whole as f64),
        n: u32::try_from(whole).unwrap_or(u32::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_never_exceeds_its_whole_and_few_works_have_no_share() {
        let school = OrganisationId(Uuid::nil());
        let mut counts = Counts::new();
        count(&mut counts, school, true, 3);
        count(&mut counts, school, false, 1);
        assert_eq!(counts[&school], [3, 4]);
        assert_eq!(cell(counts[&school], SMALLEST).share, None);
        assert_eq!(cell(counts[&school], 1).share, Some(0.75));
    }
}
