//! Indicators of the quality programme: the catalogue, and those that the platform's own data tell.

use anyhow::Context;
use api::id::MunicipalityId;
use api::indicator::{Direction, IndicatorUnit, IndicatorValue};
use api::procedure::ProcedureKind;
use api::support::PENALTY;
use api::text::Text;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

use super::reference;
use crate::store::{Store, StoreError, StoredPaper};

const CATALOGUE: &str = include_str!("../../instruments/programme_indicators.yaml");

/// Subjects whose exam every graduate of grade 9 takes.
const OBLIGATORY: [&str; 2] = ["russian", "math"];

/// The catalogue.
#[derive(Debug, Deserialize)]
pub struct Catalogue {
    /// Kinds of indicators, in the order of showing.
    pub groups: Vec<Group>,
    /// Indicators, in the order of showing.
    pub indicators: Vec<Indicator>,
}

/// A kind of indicators.
#[derive(Debug, Deserialize)]
pub struct Group {
    /// Id.
    pub id: String,
    /// Name.
    pub title: Text,
}

/// An indicator as the catalogue has it.
#[derive(Debug, Deserialize)]
pub struct Indicator {
    /// Id.
    pub id: String,
    /// Kind.
    pub group: String,
    /// What it is about.
    pub title: Text,
    /// What it counts in.
    pub unit: IndicatorUnit,
    /// Which way is better.
    pub direction: Direction,
    /// Where it is meant to be.
    pub target: Option<f64>,
    /// How the platform reckons it; none where people enter it.
    pub computed: Option<Computed>,
    /// How it is reckoned, in words.
    pub formula: Text,
    /// Where the data come from.
    pub source: Text,
    /// How often.
    pub period: Text,
    /// Who answers for it.
    pub owner: Text,
    /// How it is distorted.
    pub risk: Text,
    /// What to look at beside it.
    pub counter: Text,
}

/// What the platform reckons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Computed {
    /// Marks 2 at the exam of grade 9 in obligatory subjects.
    BelowMinimum,
    /// Marks 3 and more in test works.
    BaseLevel,
    /// Marks 4 and 5 in test works.
    HighLevel,
    /// Marks of test works that are those of the register.
    ConfirmedMarks,
    /// Listed schools with low results that have a measure of help.
    LowSchoolsHelped,
}

/// Part and whole by year.
type Shares = BTreeMap<i32, [u64; 2]>;

/// The catalogue.
///
/// # Errors
/// When it cannot be read, which a test excludes.
pub fn catalogue() -> anyhow::Result<Catalogue> {
    serde_yaml_ng::from_str(CATALOGUE).context("programme_indicators.yaml")
}

/// Values that the platform's own data tell, oldest first.
///
/// # Errors
/// Those of the database; an unreadable reference, which a test excludes.
pub async fn computed(
    store: &Store,
    municipality: MunicipalityId,
) -> anyhow::Result<HashMap<Computed, Vec<IndicatorValue>>> {
    let papers = store.papers(municipality).await?;
    let mut found = HashMap::new();
    let exams = papers.iter().filter(|paper| {
        paper.kind == ProcedureKind::Oge && OBLIGATORY.contains(&paper.subject.as_str())
    });
    let [below] = marks(store, municipality, exams, |mark| [mark == 2]).await?;
    found.insert(Computed::BelowMinimum, values(below));
    let tests = || {
        papers
            .iter()
            .filter(|paper| paper.kind == ProcedureKind::Vpr)
    };
    let [base, high] = marks(store, municipality, tests(), |mark| [mark >= 3, mark >= 4]).await?;
    found.insert(Computed::BaseLevel, values(base));
    found.insert(Computed::HighLevel, values(high));
    let confirmed = confirmed(store, municipality, tests()).await?;
    found.insert(Computed::ConfirmedMarks, values(confirmed));
    let helped = helped(store, municipality).await?;
    found.insert(Computed::LowSchoolsHelped, values(helped));
    Ok(found)
}

/// Works by year whose mark is of a kind, and all works with a mark.
async fn marks<'a, const N: usize>(
    store: &Store,
    municipality: MunicipalityId,
    papers: impl Iterator<Item = &'a StoredPaper>,
    is_part: impl Fn(u8) -> [bool; N],
) -> Result<[Shares; N], StoreError> {
    let years: HashMap<Uuid, i32> = papers.map(|paper| (paper.id, paper.year)).collect();
    let ids: Vec<Uuid> = years.keys().copied().collect();
    let mut shares = std::array::from_fn(|_| Shares::new());
    for row in store.school_marks(municipality, &ids).await? {
        let Some(year) = years.get(&row.paper) else {
            continue;
        };
        for (shares, is_part) in shares.iter_mut().zip(is_part(row.mark)) {
            count(shares, *year, is_part, row.works);
        }
    }
    Ok(shares)
}

async fn confirmed<'a>(
    store: &Store,
    municipality: MunicipalityId,
    papers: impl Iterator<Item = &'a StoredPaper>,
) -> Result<Shares, StoreError> {
    let mut years: BTreeMap<i32, Vec<Uuid>> = BTreeMap::new();
    for paper in papers {
        years.entry(paper.year).or_default().push(paper.id);
    }
    let mut shares = Shares::new();
    for (year, ids) in years {
        for (_, is_same, works) in store.confirmed_marks(municipality, &ids).await? {
            count(&mut shares, year, is_same, works);
        }
    }
    Ok(shares)
}

/// Schools of the last list of each year, and those of them with a measure that is no penalty.
async fn helped(store: &Store, municipality: MunicipalityId) -> anyhow::Result<Shares> {
    let penalties: HashSet<String> = reference::catalogue()?
        .into_iter()
        .filter(|listed| listed.measure.level >= PENALTY)
        .map(|listed| listed.measure.id)
        .collect();
    let helped: HashSet<_> = store
        .supports(municipality, None)
        .await?
        .into_iter()
        .filter(|support| !penalties.contains(&support.measure))
        .map(|support| support.organisation)
        .collect();
    let mut shares = Shares::new();
    // Newest first: the last list of a year counts.
    for list in store.identifications(municipality).await? {
        if shares.contains_key(&list.label.year) {
            continue;
        }
        for school in &list.schools {
            let has_help = helped.contains(&school.organisation);
            count(&mut shares, list.label.year, has_help, 1);
        }
    }
    Ok(shares)
}

fn count(shares: &mut Shares, year: i32, is_part: bool, things: u64) {
    let [part, whole] = shares.entry(year).or_default();
    *whole += things;
    *part += if is_part { things } else { 0 };
}

fn values(shares: Shares) -> Vec<IndicatorValue> {
    shares
        .into_iter()
        .filter(|(_, [_, whole])| *whole > 0)
        .map(|(year, [part, whole])| IndicatorValue {
            year,
            value: 100.0 * part as f64 / whole as f64,
            n: Some(whole),
            evidence: None,
            author: None,
            at_ms: None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_indicator_has_its_kind_and_an_own_id() {
        let catalogue = catalogue().expect("readable");
        let mut ids = HashSet::new();
        for indicator in &catalogue.indicators {
            assert!(ids.insert(&indicator.id), "{} is there twice", indicator.id);
            assert!(
                catalogue
                    .groups
                    .iter()
                    .any(|group| group.id == indicator.group)
            );
            assert!(indicator.target.is_none_or(|target| target > 0.0));
        }
        assert_eq!(catalogue.indicators.len(), 19);
    }

    #[test]
    fn a_share_is_of_its_year() {
        let mut shares = Shares::new();
        count(&mut shares, 2026, true, 3);
        count(&mut shares, 2026, false, 1);
        count(&mut shares, 2025, false, 2);
        let values = values(shares);
        assert_eq!((values[0].value, values[0].n), (0.0, Some(2)));
        assert_eq!((values[1].value, values[1].n), (75.0, Some(4)));
    }
}
