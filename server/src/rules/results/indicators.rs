//! Indicators of the quality programme: the catalogue, and those that the platform's own data tell.

use anyhow::Context;
use api::id::{MunicipalityId, OrganisationId};
use api::management::support::PENALTY;
use api::procedures::procedure::ProcedureKind;
use api::results::indicator::{Direction, IndicatorUnit, IndicatorValue};
use api::text::Text;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

use crate::rules::reference;
use crate::store::{MarkPair, Store, StoreError, StoredPaper};

const CATALOGUE: &str = include_str!("../../../instruments/programme_indicators.yaml");

/// Subjects whose exam every graduate of grade 9 takes.
const OBLIGATORY: [&str; 2] = ["russian", "math"];

/// Works with both marks from which on a school's correlation is told; a threshold of the platform.
const ENOUGH_PAIRS: u64 = 20;

/// Correlation from which on internal and external marks of a school move together: a large effect in the sense of
/// Cohen (1988); a threshold of the platform.
const AGREEING: f64 = 0.5;

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
    /// Schools where marks of test works and of the register move together.
    InternalExternal,
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
    let [confirmed, agreeing] = against_register(store, municipality, tests()).await?;
    found.insert(Computed::ConfirmedMarks, values(confirmed));
    found.insert(Computed::InternalExternal, values(agreeing));
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

/// Works whose mark is that of the register, and schools where both kinds of marks move together.
async fn against_register<'a>(
    store: &Store,
    municipality: MunicipalityId,
    papers: impl Iterator<Item = &'a StoredPaper>,
) -> Result<[Shares; 2], StoreError> {
    let mut years: BTreeMap<i32, Vec<Uuid>> = BTreeMap::new();
    for paper in papers {
        years.entry(paper.year).or_default().push(paper.id);
    }
    let (mut confirmed, mut agreeing) = (Shares::new(), Shares::new());
    for (year, ids) in years {
        let mut schools: BTreeMap<OrganisationId, Vec<MarkPair>> = BTreeMap::new();
        for pair in store.mark_pairs(municipality, &ids).await? {
            let is_same = pair.mark == pair.register_mark;
            count(&mut confirmed, year, is_same, pair.works);
            schools.entry(pair.organisation).or_default().push(pair);
        }
        for pairs in schools.into_values() {
            if let Some(correlation) = correlation_within_papers(&pairs) {
                count(&mut agreeing, year, correlation >= AGREEING, 1);
            }
        }
    }
    Ok([confirmed, agreeing])
}

/// Pearson's correlation of marks for works with marks of the register, both as deviations from the school's mean in
/// the same paper, so that an easy paper or a strict subject does not count as agreement. None for fewer than
/// [`ENOUGH_PAIRS`] works, and where one of both does not vary.
fn correlation_within_papers(pairs: &[MarkPair]) -> Option<f64> {
    let works: u64 = pairs.iter().map(|pair| pair.works).sum();
    if works < ENOUGH_PAIRS {
        return None;
    }
    let mut papers: BTreeMap<Uuid, Vec<&MarkPair>> = BTreeMap::new();
    for pair in pairs {
        papers.entry(pair.paper).or_default().push(pair);
    }
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for pairs in papers.values() {
        let mean = |mark: fn(&MarkPair) -> u8| {
            let sum: f64 = pairs
                .iter()
                .map(|pair| f64::from(mark(pair)) * pair.works as f64)
                .sum();
            sum / pairs.iter().map(|pair| pair.works as f64).sum::<f64>()
        };
        let (external, internal) = (mean(|pair| pair.mark), mean(|pair| pair.register_mark));
        for pair in pairs {
            let works = pair.works as f64;
            let x = f64::from(pair.mark) - external;
            let y = f64::from(pair.register_mark) - internal;
            xx += works * x * x;
            yy += works * y * y;
            xy += works * x * y;
        }
    }
    (xx > 1e-9 && yy > 1e-9).then(|| xy / (xx * yy).sqrt())
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

    fn pair(paper: u128, mark: u8, register_mark: u8, works: u64) -> MarkPair {
        MarkPair {
            paper: Uuid::from_u128(paper),
            organisation: OrganisationId(Uuid::nil()),
            mark,
            register_mark,
            works,
        }
    }

    #[test]
    fn marks_that_move_together_inside_a_paper_agree() {
        let same = [pair(1, 3, 3, 10), pair(1, 4, 4, 10), pair(1, 5, 5, 5)];
        assert!((correlation_within_papers(&same).expect("enough") - 1.0).abs() < 1e-12);
        let against = [pair(1, 3, 4, 10), pair(1, 4, 3, 10)];
        assert!((correlation_within_papers(&against).expect("enough") + 1.0).abs() < 1e-12);
        // By hand: x = -0.5, -0.5, 0.5, 0.5, y likewise but for one pair out of four of each: r = 0.5.
        let half = [
            pair(1, 3, 3, 15),
            pair(1, 3, 4, 5),
            pair(1, 4, 4, 15),
            pair(1, 4, 3, 5),
        ];
        assert!((correlation_within_papers(&half).expect("enough") - 0.5).abs() < 1e-12);
    }

    #[test]
    fn an_easy_paper_is_no_agreement() {
        // Between the papers marks rise together, inside each they do not.
        let papers = [
            pair(1, 3, 3, 10),
            pair(1, 3, 4, 10),
            pair(1, 4, 3, 10),
            pair(1, 4, 4, 10),
            pair(2, 4, 4, 10),
            pair(2, 4, 5, 10),
            pair(2, 5, 4, 10),
            pair(2, 5, 5, 10),
        ];
        assert!(correlation_within_papers(&papers).expect("enough").abs() < 1e-12);
    }

    #[test]
    fn too_few_works_or_one_mark_for_all_tell_nothing() {
        assert_eq!(correlation_within_papers(&[]), None);
        assert_eq!(
            correlation_within_papers(&[pair(1, 3, 3, 9), pair(1, 4, 4, 10)]),
            None
        );
        assert_eq!(
            correlation_within_papers(&[pair(1, 3, 4, 30), pair(1, 4, 4, 30)]),
            None
        );
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
