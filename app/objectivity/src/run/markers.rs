//! The documents' rules for every school of one procedure.

use rayon::prelude::*;

use crate::cell::{MarkerName, MarkerResult, RegisterMatrix};
use crate::data::Procedure;
use crate::markers::control_group::{self, GROUP_SIZE, Peer};
use crate::markers::item_interval::{self, Completion};
use crate::markers::state_exam_gap::{self, HighMarks};
use crate::markers::{Outcome, false_alarms, inflated_results, mean_interval};
use crate::prepared::Prepared;
use crate::region::MISSING;
use crate::run::places::Places;
use crate::statistics::median::median;
use crate::statistics::register_gap::RegisterTable;
use crate::statistics::score_sums::ScoreSums;

/// Points per item and pupils who have all items.
#[derive(Clone, Default)]
struct Points {
    points: Vec<u64>,
    pupils: u64,
}

pub(crate) fn apply(
    prepared: &Prepared,
    context: &[Option<f64>],
    registers: &[Option<RegisterMatrix>],
    places: &Places<'_>,
    procedure: &Procedure,
) -> Vec<Vec<MarkerResult>> {
    let count = prepared.schools.len();
    let scores: Vec<ScoreSums> = prepared
        .schools
        .iter()
        .map(|school| {
            let mut sums = ScoreSums::default();
            prepared.score[school.range.clone()]
                .iter()
                .for_each(|&score| sums.push(score));
            sums
        })
        .collect();
    let mut all_scores = ScoreSums::default();
    scores.iter().for_each(|sums| all_scores.merge(sums));
    let points: Vec<Points> = (0..count)
        .map(|school| points_of(prepared, school))
        .collect();
    let mut all_points = Points {
        points: vec![0; prepared.item_count()],
        pupils: 0,
    };
    for school in &points {
        all_points.pupils += school.pupils;
        all_points
            .points
            .iter_mut()
            .zip(&school.points)
            .for_each(|(sum, points)| *sum += points);
    }
    let tables: Vec<RegisterTable> = registers.iter().map(table_of).collect();
    let mut all_register = [[0_u32; 4]; 4];
    for matrix in registers.iter().flatten() {
        for (sum, row) in all_register.iter_mut().zip(matrix) {
            sum.iter_mut()
                .zip(row)
                .for_each(|(sum, count)| *sum += count);
        }
    }
    let peers = neighbours(prepared, context);
    let exams: Vec<Option<(HighMarks, HighMarks)>> = prepared
        .schools
        .iter()
        .map(|school| {
            let exam = places.exam(&school.name, procedure)?;
            let marks = prepared.mark[school.range.clone()]
                .iter()
                .filter(|&&mark| mark != MISSING);
            let own = HighMarks {
                high: marks.clone().filter(|&&mark| mark >= 4).count() as u32,
                pupils: marks.count() as u32,
            };
            Some((
                own,
                HighMarks {
                    high: exam.high?,
                    pupils: exam.n,
                },
            ))
        })
        .collect();
    let changes: Vec<f64> = exams
        .iter()
        .flatten()
        .filter_map(|(own, exam)| Some(own.share()? - exam.share()?))
        .collect();
    let typical = if changes.is_empty() {
        f64::NAN
    } else {
        median(&changes)
    };
    let maxima: Vec<u8> = prepared.paper.items.iter().map(|item| item.max).collect();
    let cuts = prepared.boundaries();

    (0..count)
        .into_par_iter()
        .map(|school| {
            let n = prepared.schools[school].n() as u32;
            if n == 0 {
                return Vec::new();
            }
            let mut results = Vec::new();
            let mut add = |marker: MarkerName, outcome: Option<Outcome>| {
                if let Some(outcome) = outcome {
                    results.push(MarkerResult {
                        marker,
                        fired: outcome.fired,
                        false_alarm_rate: false_alarms::rate(marker, n),
                        value: Some(outcome.value),
                        threshold: Some(outcome.threshold),
                    });
                }
            };
            let others = all_scores.without(&scores[school]);
            add(
                MarkerName::MeanInterval,
                others.and_then(|others| mean_interval::outcome(&scores[school], &others)),
            );
            add(
                MarkerName::ItemInterval,
                item_outcome(&maxima, &points[school], &all_points),
            );
            let own = Peer {
                mean: scores[school].mean().unwrap_or(f64::NAN),
                context: context[school],
            };
            add(
                MarkerName::ControlGroup,
                control_group::outcome(own, &peers.around(school)),
            );
            add(
                MarkerName::StateExamGap,
                exams[school].and_then(|(own, exam)| state_exam_gap::outcome(own, exam, typical)),
            );
            let mut rest = all_register;
            if let Some(matrix) = &registers[school] {
                for (sum, row) in rest.iter_mut().zip(matrix) {
                    sum.iter_mut()
                        .zip(row)
                        .for_each(|(sum, count)| *sum -= count);
                }
            }
            let mut histogram = vec![0_u32; prepared.max_score + 1];
            for &score in &prepared.score[prepared.schools[school].range.clone()] {
                histogram[usize::from(score)] += 1;
            }
            let inflated = inflated_results::outcome(
                &tables[school],
                &table_of(&Some(rest)),
                &histogram,
                &cuts,
            );
            add(
                MarkerName::InflatedResults,
                inflated.strongest().map(|part| Outcome {
                    fired: inflated.fired(),
                    ..part
                }),
            );
            results
        })
        .collect()
}

fn item_outcome(maxima: &[u8], own: &Points, all: &Points) -> Option<Outcome> {
    let rest: Vec<u64> = all
        .points
        .iter()
        .zip(&own.points)
        .map(|(all, own)| all - own)
        .collect();
    let school = Completion {
        points: &own.points,
        pupils: own.pupils,
    };
    let control = Completion {
        points: &rest,
        pupils: all.pupils - own.pupils,
    };
    item_interval::outcome(maxima, school, control).map(|items| items.outcome)
}

/// Only works with all items count, so that every item has the same pupils.
fn points_of(prepared: &Prepared, school: usize) -> Points {
    let mut points = Points {
        points: vec![0; prepared.item_count()],
        pupils: 0,
    };
    for work in prepared.schools[school].range.clone() {
        let answers = prepared.answers(work);
        if answers.iter().all(|&answer| answer != MISSING) {
            points
                .points
                .iter_mut()
                .zip(answers)
                .for_each(|(sum, &answer)| *sum += u64::from(answer));
            points.pupils += 1;
        }
    }
    points
}

/// A register table with these counts, by doubling: a country has millions of pupils in one field.
fn table_of(matrix: &Option<RegisterMatrix>) -> RegisterTable {
    let mut table = RegisterTable::default();
    for (work, row) in (2_u8..).zip(matrix.iter().flatten()) {
        for (register, &count) in (2_u8..).zip(row) {
            let mut power = RegisterTable::default();
            power.push(work, register);
            let mut left = count;
            while left > 0 {
                if left & 1 == 1 {
                    table.merge(&power);
                }
                left >>= 1;
                if left > 0 {
                    let copy = power;
                    power.merge(&copy);
                }
            }
        }
    }
    table
}

/// Schools in the order of their context, so that a control group is found without looking at all of them.
struct Neighbours {
    sorted: Vec<(usize, Peer)>,
    place: Vec<Option<usize>>,
}

fn neighbours(prepared: &Prepared, context: &[Option<f64>]) -> Neighbours {
    let mut sorted: Vec<(usize, Peer)> = (0..prepared.schools.len())
        .filter(|&school| prepared.schools[school].n() > 0 && context[school].is_some())
        .map(|school| {
            (
                school,
                Peer {
                    mean: prepared.mean_score(&prepared.schools[school]),
                    context: context[school],
                },
            )
        })
        .collect();
    let key = |peer: &Peer| peer.context.unwrap_or(f64::NAN);
    sorted.sort_by(|a, b| {
        key(&a.1)
            .total_cmp(&key(&b.1))
            .then(a.1.mean.total_cmp(&b.1.mean))
            .then(a.0.cmp(&b.0))
    });
    let mut place = vec![None; prepared.schools.len()];
    for (at, (school, _)) in sorted.iter().enumerate() {
        place[*school] = Some(at);
    }
    Neighbours { sorted, place }
}

impl Neighbours {
    /// At least the control group's worth of schools on each side, the school itself left out.
    fn around(&self, school: usize) -> Vec<Peer> {
        let Some(at) = self.place[school] else {
            return Vec::new();
        };
        let range = at.saturating_sub(GROUP_SIZE)..(at + GROUP_SIZE + 1).min(self.sorted.len());
        self.sorted[range]
            .iter()
            .filter(|(other, _)| *other != school)
            .map(|(_, peer)| *peer)
            .collect()
    }
}
