//! The context passport: factors of the instrument, directions of the territory, index, peer groups, small counts.

use std::collections::{BTreeMap, HashMap};

use anyhow::Context;
use api::id::OrganisationId;
use api::schools::school_context::{Direction, Factor, Finding, Passport, ShownShare};
use api::text::Text;
use objectivity::context::peer_groups;
use serde::Deserialize;

/// Counts below this are shown to the school alone.
///
/// # Source
/// `context.privacy.suppress_below_count` of the instrument.
const SMALLEST_SHOWN: f64 = 5.0;
/// Share of the factors in use that must be known for an index: 7 of 9.
///
/// # Source
/// `context.index.missing_rule` of the instrument.
const KNOWN_SHARE: f64 = 7.0 / 9.0;
/// Below this many schools a year is pooled with the two before it.
///
/// # Source
/// `context.index.z_reference` of the instrument.
const POOL_BELOW: usize = 20;

#[derive(Deserialize)]
struct Source {
    context: ContextSource,
}

#[derive(Deserialize)]
struct ContextSource {
    factors: Vec<FactorSource>,
    index: IndexSource,
    editable: Text,
}

#[derive(Deserialize)]
struct IndexSource {
    interpretation: Text,
}

#[derive(Deserialize)]
struct FactorSource {
    id: String,
    label: Text,
    significant: bool,
    direction: Direction,
    numerator: Text,
}

/// The instrument's factors with the directions in force.
///
/// # Errors
/// When the instrument cannot be read, which a test excludes.
pub fn factors(finding: Option<&Finding>) -> anyhow::Result<Vec<Factor>> {
    Ok(source()?
        .context
        .factors
        .into_iter()
        .map(|factor| Factor {
            direction: finding
                .and_then(|finding| finding.directions.get(&factor.id).copied())
                .unwrap_or(factor.direction),
            original: factor.direction,
            id: factor.id,
            label: factor.label,
            counted: factor.numerator,
            significant: factor.significant,
        })
        .collect())
}

/// What the index means, and that directions are findings of one territory.
///
/// # Errors
/// When the instrument cannot be read, which a test excludes.
pub fn note() -> anyhow::Result<Text> {
    let context = source()?.context;
    let (meaning, editable) = (context.index.interpretation, context.editable);
    Ok(Text::new(
        format!("{} {}", meaning.ru, editable.ru),
        format!("{} {}", meaning.en, editable.en),
    ))
}

fn source() -> anyhow::Result<Source> {
    let (_, yaml) = forms::instrument::shipped()
        .iter()
        .find(|(id, _)| *id == "school_swot_context")
        .context("the context passport is not shipped")?;
    serde_yaml_ng::from_str(yaml).context("school_swot_context.yaml")
}

/// Shares of one school in one year, per cent by factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// School.
    pub organisation: OrganisationId,
    /// Year.
    pub year: i32,
    /// Factor to per cent.
    pub shares: HashMap<String, f64>,
}

/// Shares of a passport, per cent of its pupils.
pub fn shares_of(passport: &Passport) -> BTreeMap<String, f64> {
    let pupils = f64::from(passport.pupils.max(1));
    passport
        .counts
        .iter()
        .map(|(factor, count)| {
            let percent = 100.0 * f64::from(*count) / pupils;
            (factor.clone(), (percent * 100.0).round() / 100.0)
        })
        .collect()
}

/// The index and the peer group of every school in a year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placed {
    /// Index; absent with too few factors.
    pub index: Option<f64>,
    /// Peer group.
    pub group: Option<String>,
    /// Schools of the group.
    pub group_size: u32,
    /// Factors in use that are known.
    pub known: u32,
}

/// Index and peer group by school and year: mean over the factors in use of sign × z(share).
///
/// Missing shares are left out, never replaced by a value. A factor known for fewer than three schools, or without
/// spread, says nothing.
///
/// # Source
/// `context.index` of the instrument; groups as in [`objectivity::context::peer_groups`].
pub fn place(
    all: &[Shares],
    factors: &[Factor],
    small: &HashMap<OrganisationId, bool>,
) -> HashMap<(OrganisationId, i32), Placed> {
    let used: Vec<(&str, f64)> = factors
        .iter()
        .filter_map(|factor| match factor.direction {
            Direction::Positive => Some((factor.id.as_str(), 1.0)),
            Direction::Negative => Some((factor.id.as_str(), -1.0)),
            Direction::None => None,
        })
        .collect();
    let needed = (KNOWN_SHARE * used.len() as f64 - 1e-9).ceil();
    let mut years: Vec<i32> = all.iter().map(|row| row.year).collect();
    years.sort_unstable();
    years.dedup();
    let mut placed = HashMap::new();
    for year in years {
        let own: Vec<&Shares> = all.iter().filter(|row| row.year == year).collect();
        let pooled: Vec<&Shares> = if own.len() < POOL_BELOW {
            all.iter()
                .filter(|row| (year - 2..=year).contains(&row.year))
                .collect()
        } else {
            own.clone()
        };
        let moments: Vec<Option<(f64, f64)>> = used
            .iter()
            .map(|(factor, _)| moments(&pooled, factor))
            .collect();
        let rows: Vec<(Option<f64>, u32)> = own
            .iter()
            .map(|row| {
                let mut sum = 0.0;
                let (mut known, mut counted) = (0_u32, 0_u32);
                for ((factor, sign), moment) in used.iter().zip(&moments) {
                    let Some(share) = finite(row, factor) else {
                        continue;
                    };
                    known += 1;
                    if let Some((mean, deviation)) = moment {
                        sum += sign * (share - mean) / deviation;
                        counted += 1;
                    }
                }
                let is_enough = f64::from(known) >= needed && counted > 0;
                (is_enough.then(|| sum / f64::from(counted)), known)
            })
            .collect();
        let indices: Vec<Option<f64>> = rows.iter().map(|(index, _)| *index).collect();
        let sizes: Vec<bool> = own
            .iter()
            .map(|row| small.get(&row.organisation).copied().unwrap_or_default())
            .collect();
        let groups = peer_groups(&indices, &sizes);
        for ((row, (index, known)), group) in own.iter().zip(rows).zip(&groups) {
            let group_size = groups
                .iter()
                .filter(|other| group.is_some() && *other == group)
                .count();
            placed.insert(
                (row.organisation, year),
                Placed {
                    index,
                    group: group.clone(),
                    group_size: u32::try_from(group_size).unwrap_or(u32::MAX),
                    known,
                },
            );
        }
    }
    placed
}

fn finite(row: &Shares, factor: &str) -> Option<f64> {
    row.shares
        .get(factor)
        .copied()
        .filter(|share| share.is_finite())
}

fn moments(rows: &[&Shares], factor: &str) -> Option<(f64, f64)> {
    let known: Vec<f64> = rows.iter().filter_map(|row| finite(row, factor)).collect();
    if known.len() < 3 {
        return None;
    }
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    let squares = known.iter().map(|value| (value - mean).powi(2));
    let variance = squares.sum::<f64>() / (known.len() - 1) as f64;
    (variance > 0.0).then(|| (mean, variance.sqrt()))
}

/// Who looks at a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The school itself: sees everything.
    School,
    /// Somebody else: does not see counts below five.
    Other,
}

/// A share as this reader may see it. `pupils` is what the share is of.
pub fn shown(share: Option<f64>, pupils: u32, reader: Reader) -> ShownShare {
    match share {
        None => ShownShare::Gap,
        Some(percent)
            if reader == Reader::Other
                && (percent * f64::from(pupils) / 100.0).round() < SMALLEST_SHOWN =>
        {
            ShownShare::Few
        }
        Some(percent) => ShownShare::Share { percent },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn rows(values: &[[Option<f64>; 9]], factors: &[Factor]) -> Vec<Shares> {
        values
            .iter()
            .enumerate()
            .map(|(index, row)| Shares {
                organisation: OrganisationId(Uuid::from_u128(index as u128)),
                year: 2026,
                shares: factors
                    .iter()
                    .filter(|factor| factor.significant)
                    .zip(row)
                    .filter_map(|(factor, share)| Some((factor.id.clone(), (*share)?)))
                    .collect(),
            })
            .collect()
    }

    #[test]
    fn the_instrument_has_nine_significant_and_eight_other_factors() {
        let factors = factors(None).expect("readable");
        let significant = factors.iter().filter(|factor| factor.significant).count();
        assert_eq!((significant, factors.len()), (9, 17));
        for (factor, engine) in factors.iter().zip(objectivity::context::FACTORS) {
            assert_eq!(factor.id, engine.id);
            assert_eq!(factor.direction == Direction::Positive, engine.sign > 0);
        }
    }

    proptest! {
        /// Two implementations of the same rule: this one and the engine's.
        #[test]
        fn the_index_is_the_engines_while_the_directions_are_the_instruments(
            values in proptest::collection::vec(
                proptest::array::uniform9(proptest::option::weighted(0.85, 0.0_f64..100.0)),
                20..40,
            )
        ) {
            let factors = factors(None).expect("readable");
            let all = rows(&values, &factors);
            let placed = place(&all, &factors, &HashMap::new());
            for (row, engine) in all.iter().zip(objectivity::context::index(&values)) {
                let own = placed[&(row.organisation, 2026)].index;
                prop_assert_eq!(own.is_some(), engine.is_some());
                prop_assert!((own.unwrap_or(0.0) - engine.unwrap_or(0.0)).abs() < 1e-9);
            }
        }

        #[test]
        fn turning_every_direction_turns_the_index(
            values in proptest::collection::vec(
                proptest::array::uniform9(proptest::option::weighted(0.95, 0.0_f64..100.0)),
                20..30,
            )
        ) {
            let factors = factors(None).expect("readable");
            let turned: Vec<Factor> = factors
                .iter()
                .cloned()
                .map(|mut factor| {
                    factor.direction = match factor.direction {
                        Direction::Positive => Direction::Negative,
                        Direction::Negative => Direction::Positive,
                        Direction::None => Direction::None,
                    };
                    factor
                })
                .collect();
            let all = rows(&values, &factors);
            let (one, other) = (
                place(&all, &factors, &HashMap::new()),
                place(&all, &turned, &HashMap::new()),
            );
            for (key, placed) in one {
                let sum = placed.index.unwrap_or(0.0) + other[&key].index.unwrap_or(0.0);
                prop_assert!(sum.abs() < 1e-9);
            }
        }
    }

    #[test]
    fn a_small_district_is_pooled_over_three_years() {
        let factors = factors(None).expect("readable");
        let year = |year: i32, shift: f64| {
            let values: Vec<[Option<f64>; 9]> = (0..4)
                .map(|school| {
                    std::array::from_fn(|factor| Some(f64::from(school) + factor as f64 + shift))
                })
                .collect();
            let mut rows = rows(&values, &factors);
            rows.iter_mut().for_each(|row| row.year = year);
            rows
        };
        let all = [year(2024, 0.0), year(2025, 0.0), year(2026, 30.0)].concat();
        let placed = place(&all, &factors, &HashMap::new());
        let own = OrganisationId(Uuid::from_u128(0));
        // Nine equal shifts: two factors are positive, seven negative, so higher shares mean harder conditions.
        assert!(placed[&(own, 2026)].index < placed[&(own, 2025)].index);
    }

    #[test]
    fn a_count_below_five_is_for_the_school_alone() {
        assert_eq!(shown(Some(4.0), 100, Reader::Other), ShownShare::Few);
        assert_eq!(
            shown(Some(5.0), 100, Reader::Other),
            ShownShare::Share { percent: 5.0 }
        );
        assert_eq!(
            shown(Some(4.0), 100, Reader::School),
            ShownShare::Share { percent: 4.0 }
        );
        assert_eq!(shown(None, 100, Reader::Other), ShownShare::Gap);
    }
}
