//! Schools with low results (школы с низкими результатами): an explicit rule with its reasons.
//!
//! Low this year: in at least two procedures the share of pupils with mark 2 reaches 30 %. In the risk group: at least one
//! of those procedures was low in the year before too. A result that is not reliable is unknown: it makes no school low,
//! and a school that would be low if it counted is itself unknown.
//!
//! # Source
//! Regional control practice, December 2025 (practice.md 2.6; `other_rules` of `objectivity_signals.yaml`), requirements
//! F-01 and D-25. D-25 may be read as "unreliable counts as low"; [`Unreliable::CountsAsLow`] does that.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::cell::{Cell, State};
use crate::data::Source;
use crate::parameters::Threshold;

/// How a result with signs is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unreliable {
    /// Neither low nor good.
    IsUnknown,
    /// Low, whatever the marks say.
    CountsAsLow,
}

/// Parameters of the rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LowResultRule {
    /// Share of pupils with mark 2, 0–1, from which a procedure is low.
    pub share: Threshold,
    /// Low procedures of one year that make the year low.
    pub procedures: Threshold,
    /// Years in a row the same procedure must be low.
    pub years: Threshold,
    /// Pupils below which a share says nothing.
    pub min_pupils: Threshold,
    /// How a result with signs is read.
    pub unreliable: Unreliable,
}

impl Default for LowResultRule {
    fn default() -> Self {
        let regional = |value: f64| Threshold {
            value,
            source: Source::Regional,
        };
        Self {
            share: regional(0.30),
            procedures: regional(2.0),
            years: regional(2.0),
            min_pupils: Threshold::platform(4.0),
            unreliable: Unreliable::IsUnknown,
        }
    }
}

/// What one procedure says about a school.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProcedureResult {
    /// Year.
    pub year: i32,
    /// Subject code.
    pub subject: String,
    /// Grade.
    pub grade: u8,
    /// Pupils with mark 2.
    pub below: u32,
    /// Pupils with a mark.
    pub pupils: u32,
    /// State of the cell: `signs` makes the result unreliable.
    pub state: State,
}

/// Where a school stands by the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Low this year, and the same procedure was low the year before.
    RiskGroup,
    /// Low this year.
    Low,
    /// Would be low if unknown results were.
    Unknown,
    /// Not low.
    NotLow,
}

/// One school by the rule, with reasons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LowResult {
    /// School code.
    pub school: String,
    /// Year judged.
    pub year: i32,
    /// Where it stands.
    pub standing: Standing,
    /// What it rests on: procedures that are not good, by year, subject and grade.
    pub procedures: Vec<(ProcedureResult, Reading)>,
}

/// How one procedure is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// Low.
    Low,
    /// Not low.
    Good,
    /// Has signs, and so is unknown.
    Unreliable,
    /// Too few pupils to say.
    FewPupils,
}

impl Reading {
    fn is_unknown(self) -> bool {
        matches!(self, Reading::Unreliable | Reading::FewPupils)
    }
}

impl ProcedureResult {
    /// Result of a cell; `None` when no marks are known.
    pub fn of_cell(cell: &Cell) -> Option<Self> {
        let marks = cell.charts.marks?;
        Some(Self {
            year: cell.year,
            subject: cell.subject.clone(),
            grade: cell.grade,
            below: marks[0],
            pupils: marks.iter().sum(),
            state: cell.state,
        })
    }

    /// Share of pupils with mark 2, 0–1; `None` without pupils.
    pub fn share(&self) -> Option<f64> {
        (self.pupils > 0).then(|| f64::from(self.below) / f64::from(self.pupils))
    }

    fn read(&self, rule: &LowResultRule) -> Reading {
        if self.state == State::Signs {
            return match rule.unreliable {
                Unreliable::IsUnknown => Reading::Unreliable,
                Unreliable::CountsAsLow => Reading::Low,
            };
        }
        match self.share() {
            Some(share) if f64::from(self.pupils) >= rule.min_pupils.value => {
                if share >= rule.share.value {
                    Reading::Low
                } else {
                    Reading::Good
                }
            }
            _ => Reading::FewPupils,
        }
    }
}

/// Applies the rule to the results of one school.
pub fn identify(
    school: &str,
    year: i32,
    results: &[ProcedureResult],
    rule: &LowResultRule,
) -> LowResult {
    let mut own: Vec<(&ProcedureResult, Reading)> = results
        .iter()
        .filter(|result| result.year <= year)
        .map(|result| (result, result.read(rule)))
        .collect();
    own.sort_by(|a, b| {
        (a.0.year, &a.0.subject, a.0.grade).cmp(&(b.0.year, &b.0.subject, b.0.grade))
    });
    let this_year: Vec<_> = own
        .iter()
        .filter(|(result, _)| result.year == year)
        .collect();
    let count = |with_unknown: bool| {
        this_year
            .iter()
            .filter(|(_, reading)| {
                *reading == Reading::Low || (with_unknown && reading.is_unknown())
            })
            .count() as f64
    };
    let years = rule.years.value.max(1.0) as i32;
    let repeated = this_year
        .iter()
        .filter(|(_, reading)| *reading == Reading::Low)
        .any(|(result, _)| {
            (1..years).all(|back| {
                own.iter().any(|(other, reading)| {
                    *reading == Reading::Low
                        && other.year == year - back
                        && other.subject == result.subject
                        && other.grade == result.grade
                })
            })
        });
    let standing = if count(false) >= rule.procedures.value {
        if repeated {
            Standing::RiskGroup
        } else {
            Standing::Low
        }
    } else if count(true) >= rule.procedures.value {
        Standing::Unknown
    } else {
        Standing::NotLow
    };
    let procedures = own
        .iter()
        .filter(|(result, reading)| *reading != Reading::Good && result.year > year - years)
        .map(|(result, reading)| ((*result).clone(), *reading))
        .collect();
    LowResult {
        school: school.to_owned(),
        year,
        standing,
        procedures,
    }
}

/// Applies the rule to every school of a run that has marks in `year`.
pub fn identify_all(cells: &[Cell], year: i32, rule: &LowResultRule) -> Vec<LowResult> {
    let mut schools: BTreeMap<&str, Vec<ProcedureResult>> = BTreeMap::new();
    for cell in cells {
        if let Some(result) = ProcedureResult::of_cell(cell) {
            schools.entry(&cell.school).or_default().push(result);
        }
    }
    schools
        .into_iter()
        .filter(|(_, results)| results.iter().any(|result| result.year == year))
        .map(|(school, results)| identify(school, year, &results, rule))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(year: i32, subject: &str, below: u32, state: State) -> ProcedureResult {
        ProcedureResult {
            year,
            subject: subject.to_owned(),
            grade: 5,
            below,
            pupils: 10,
            state,
        }
    }

    fn standing(results: &[ProcedureResult]) -> Standing {
        identify("s", 2026, results, &LowResultRule::default()).standing
    }

    #[test]
    fn two_low_procedures_make_a_low_year_and_a_repeated_one_the_risk_group() {
        let low = [
            result(2026, "math", 3, State::Calm),
            result(2026, "russian", 4, State::Calm),
        ];
        assert_eq!(standing(&low), Standing::Low);
        let mut repeated = low.to_vec();
        repeated.push(result(2025, "math", 5, State::Calm));
        assert_eq!(standing(&repeated), Standing::RiskGroup);
    }

    #[test]
    fn one_low_procedure_is_not_low() {
        assert_eq!(
            standing(&[
                result(2026, "math", 9, State::Calm),
                result(2026, "russian", 2, State::Calm)
            ]),
            Standing::NotLow
        );
    }

    #[test]
    fn an_unreliable_result_is_unknown() {
        let results = [
            result(2026, "math", 3, State::Calm),
            result(2026, "russian", 0, State::Signs),
        ];
        let found = identify("s", 2026, &results, &LowResultRule::default());
        assert_eq!(found.standing, Standing::Unknown);
        let readings: Vec<Reading> = found
            .procedures
            .iter()
            .map(|(_, reading)| *reading)
            .collect();
        assert_eq!(readings, [Reading::Low, Reading::Unreliable]);
        let rule = LowResultRule {
            unreliable: Unreliable::CountsAsLow,
            ..LowResultRule::default()
        };
        assert_eq!(identify("s", 2026, &results, &rule).standing, Standing::Low);
    }
}
