//! Similarity: works of one room that agree more than equal totals and common teaching explain.
//!
//! For each ordered pair of one room the likelihood ratio of "b took each answer from a with probability κ" against
//! "b answered alone": Π over items of 1 − κ + κ·[same]/P(points of b). P is that of pupils of the same total, tilted
//! by the school's own item residuals, because common teaching makes classmates alike. A pupil's evidence is the mean
//! over sources; a room's is the sum over pupils. Its null is bootstrapped per room size from works of different
//! schools, with the same tilt estimated from them.
//!
//! # Source
//! Answer-copying model: Frary, Tideman and Watts 1977; Wollack 1997 (ω) and van der Linden and Sotaridona 2006 (GBT)
//! condition on ability in the same way. The mixture over sources is ours.

use rayon::prelude::*;

use crate::calibration::normal::upper_p;
use crate::calibration::null_table::NullTable;
use crate::cell::{Level, SimilarPair};
use crate::channels::Evidence;
use crate::channels::item_model::{ItemModel, is_complete};
use crate::combination::alternatives::log_factor;
use crate::prepared::Prepared;
use crate::random::{Random, seed_of};
use crate::region::{MISSING, NO_CODE, Names};

/// Chance that a copier takes an answer.
const KAPPA: f64 = 0.55;
/// Share of pupils who may have copied.
const RHO: f64 = 0.3;
/// Precision of honest school-by-item shifts in logits: 1/0.3².
const SHIFT_PRECISION: f64 = 11.0;
/// Rooms beyond this are no rooms; without class codes a larger school is not compared.
const MAX_ROOM: usize = 45;
/// Room sizes of the bootstrap.
const ROOMS: [usize; 12] = [2, 3, 4, 5, 6, 8, 11, 15, 20, 26, 34, 45];

struct Room<'a> {
    answers: Vec<&'a [u8]>,
    totals: Vec<usize>,
    booklets: Vec<u32>,
}

/// School-by-item shift in logits, shrunk.
fn shifts(room: &Room<'_>, model: &ItemModel, items: usize) -> Vec<f64> {
    (0..items)
        .map(|item| {
            let (mut sum, mut information) = (0.0, SHIFT_PRECISION);
            for (answers, &total) in room.answers.iter().zip(&room.totals) {
                if answers[item] != MISSING {
                    sum += f64::from(answers[item]) - model.mean(total, item);
                    information += model.variance(total, item);
                }
            }
            sum / information
        })
        .collect()
}

/// ln(1 − κ + κ/P) for the answer each pupil gave: pupils × items.
fn match_gains(room: &Room<'_>, model: &ItemModel, shift: &[f64]) -> Vec<f64> {
    let items = shift.len();
    let tilt: Vec<Vec<f64>> = shift
        .iter()
        .map(|shift| {
            (0..16)
                .map(|points| (shift * f64::from(points)).exp())
                .collect()
        })
        .collect();
    let mut gains = Vec::with_capacity(room.answers.len() * items);
    for (answers, &total) in room.answers.iter().zip(&room.totals) {
        for (item, &points) in answers.iter().enumerate() {
            if points == MISSING {
                gains.push(f64::NAN);
                continue;
            }
            let row = model.probability(total, item);
            let weight = |points: usize| {
                f64::from(row[points]) * tilt[item].get(points).copied().unwrap_or(1.0)
            };
            let whole: f64 = (0..row.len()).map(weight).sum();
            let chance = (weight(usize::from(points)) / whole).max(1e-4);
            gains.push((1.0 - KAPPA + KAPPA / chance).ln());
        }
    }
    gains
}

/// Evidence of a room: Σ over pupils of ln(1 − ρ + ρ·mean over sources of the pair's likelihood ratio).
fn room_statistic(room: &Room<'_>, gains: &[f64], items: usize) -> f64 {
    let miss = (1.0 - KAPPA).ln();
    let count = room.answers.len();
    let mut statistic = 0.0;
    for copier in 0..count {
        let (mut sum, mut sources) = (0.0, 0_usize);
        for source in 0..count {
            if source == copier || room.booklets[source] != room.booklets[copier] {
                continue;
            }
            let mut log_ratio = 0.0;
            for item in 0..items {
                let (mine, other) = (room.answers[copier][item], room.answers[source][item]);
                if mine != MISSING && other != MISSING {
                    log_ratio += if mine == other {
                        gains[copier * items + item]
                    } else {
                        miss
                    };
                }
            }
            sum += log_ratio.min(60.0).exp();
            sources += 1;
        }
        if sources > 0 {
            statistic += (1.0 - RHO + RHO * sum / sources as f64).ln();
        }
    }
    statistic
}

fn whole_statistic(room: &Room<'_>, model: &ItemModel, items: usize) -> f64 {
    let shift = shifts(room, model, items);
    let gains = match_gains(room, model, &shift);
    room_statistic(room, &gains, items)
}

pub(crate) struct Similarities {
    pub(crate) evidence: Vec<Option<Evidence>>,
}

fn room_of<'a>(prepared: &'a Prepared, works: &[usize]) -> Room<'a> {
    Room {
        answers: works.iter().map(|&work| prepared.answers(work)).collect(),
        totals: works
            .iter()
            .map(|&work| usize::from(prepared.score[work]))
            .collect(),
        booklets: works.iter().map(|&work| prepared.booklet[work]).collect(),
    }
}

pub(crate) fn compute(
    prepared: &Prepared,
    model: &ItemModel,
    replicates: usize,
    seed: u64,
) -> Option<Similarities> {
    let items = prepared.item_count();
    let complete: Vec<usize> = (0..prepared.score.len())
        .filter(|&work| is_complete(prepared.answers(work)))
        .collect();
    if complete.len() < 60 {
        return None;
    }
    let table = NullTable::build(&ROOMS, replicates, |size, replicate| {
        let mut random = Random::new(seed_of(&[seed, 21, size as u64, replicate as u64]));
        let works: Vec<usize> = (0..size)
            .map(|_| complete[random.below(complete.len())])
            .collect();
        let mut room = room_of(prepared, &works);
        room.booklets.iter_mut().for_each(|booklet| *booklet = 0);
        whole_statistic(&room, model, items)
    });
    let per_school: Vec<Vec<(usize, f64)>> = prepared
        .schools
        .par_iter()
        .map(|school| {
            school
                .rooms
                .iter()
                .filter_map(|(_, range)| {
                    let works: Vec<usize> = range
                        .clone()
                        .filter(|&work| is_complete(prepared.answers(work)))
                        .collect();
                    if works.len() < 2 || works.len() > MAX_ROOM {
                        return None;
                    }
                    Some((
                        works.len(),
                        table.z(
                            works.len(),
                            whole_statistic(&room_of(prepared, &works), model, items),
                        ),
                    ))
                })
                .collect()
        })
        .collect();
    // Common teaching leaves some likeness that the tilt cannot see, and a class is more even than works drawn from the
    // whole region. Centre and upper half-width of the rooms themselves measure both; copying only widens them.
    let rooms: Vec<(usize, f64)> = per_school.iter().flatten().copied().collect();
    let empirical = RoomNull::fit(&rooms);
    let joined = NullTable::build(&[1, 2, 3, 4, 5, 6, 8, 12], 4000, |count, replicate| {
        let mut random = Random::new(seed_of(&[seed, 22, count as u64, replicate as u64]));
        join_rooms(&(0..count).map(|_| random.normal()).collect::<Vec<f64>>())
    });
    let evidence = per_school
        .iter()
        .map(|rooms| {
            if rooms.is_empty() {
                return None;
            }
            let adjusted: Vec<f64> = rooms
                .iter()
                .map(|&(size, z)| empirical.z(size, z))
                .collect();
            let n: usize = rooms.iter().map(|room| room.0).sum();
            let count = adjusted.len() as f64;
            let z = if adjusted.len() == 1 {
                adjusted[0]
            } else {
                joined.z(adjusted.len(), join_rooms(&adjusted))
            };
            let value = adjusted.iter().sum::<f64>() / count;
            Some(Evidence {
                value,
                interval: [value - 1.96 / count.sqrt(), value + 1.96 / count.sqrt()],
                z,
                power: (n as f64).sqrt(),
                n,
                expected: 0.0,
                level: Level::L2,
            })
        })
        .collect();
    Some(Similarities { evidence })
}

/// One room or all of them: the mean of both likelihood ratios.
fn join_rooms(rooms: &[f64]) -> f64 {
    let count = rooms.len() as f64;
    let ratios: Vec<f64> = rooms
        .iter()
        .map(|z| log_factor(*z, 2.0) - count.ln())
        .collect();
    let single = log_sum(&ratios);
    log_sum(&[
        single,
        log_factor(rooms.iter().sum::<f64>() / count.sqrt(), 2.0),
    ])
}

fn log_sum(values: &[f64]) -> f64 {
    let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    top + values
        .iter()
        .map(|value| (value - top).exp())
        .sum::<f64>()
        .ln()
}

/// Centre and upper half-width of rooms by size.
struct RoomNull {
    /// Largest size of a group, centre, width.
    groups: Vec<(usize, f64, f64)>,
}

impl RoomNull {
    /// Groups of at least 80 rooms by size; below 40 rooms in all nothing is corrected.
    fn fit(rooms: &[(usize, f64)]) -> Self {
        let mut sorted = rooms.to_vec();
        sorted.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mut groups = Vec::new();
        if sorted.len() >= 40 {
            let number = (sorted.len() / 80).clamp(1, 8);
            for group in sorted.chunks(sorted.len().div_ceil(number)) {
                let mut z: Vec<f64> = group.iter().map(|room| room.1).collect();
                z.sort_by(f64::total_cmp);
                let at = |share: f64| z[((z.len() - 1) as f64 * share).round() as usize];
                // Upper quartile against the median; a floor keeps a lucky group from sharpening itself.
                let width = ((at(0.75) - at(0.5)) / 0.6745).clamp(0.6, 4.0);
                groups.push((group[group.len() - 1].0, at(0.5), width));
            }
        }
        Self { groups }
    }

    fn z(&self, size: usize, z: f64) -> f64 {
        match self
            .groups
            .iter()
            .find(|group| size <= group.0)
            .or(self.groups.last())
        {
            Some(&(_, centre, width)) => (z - centre) / width,
            None => z,
        }
    }
}

/// The most similar pairs of a school, corrected for the number of pairs of their room.
pub(crate) fn pairs(
    prepared: &Prepared,
    model: &ItemModel,
    school: usize,
    codes: &Names,
) -> Vec<SimilarPair> {
    let items = prepared.item_count();
    let mut found = Vec::new();
    for (name, range) in &prepared.schools[school].rooms {
        let works: Vec<usize> = range
            .clone()
            .filter(|&work| is_complete(prepared.answers(work)))
            .collect();
        if works.len() < 2 || works.len() > MAX_ROOM {
            continue;
        }
        let room = room_of(prepared, &works);
        let shift = shifts(&room, model, items);
        let number_of_pairs = (works.len() * (works.len() - 1) / 2) as f64;
        for first in 0..works.len() {
            for second in first + 1..works.len() {
                if room.booklets[first] != room.booklets[second] {
                    continue;
                }
                let pair = compare(prepared, &room, model, &shift, first, second);
                let p_value = (upper_p(pair.z) * number_of_pairs).min(1.0);
                if p_value > 0.05 {
                    continue;
                }
                let label = |place: usize| {
                    let code = prepared.pupil[works[place]];
                    if code == NO_CODE {
                        format!("№ {}", place + 1)
                    } else {
                        codes.name(code).to_owned()
                    }
                };
                found.push(SimilarPair {
                    class: name.clone().unwrap_or_default(),
                    first: label(first),
                    second: label(second),
                    same: pair.same,
                    same_wrong: pair.same_wrong,
                    items: pair.items,
                    expected: pair.expected,
                    p_value,
                });
            }
        }
    }
    found.sort_by(|a, b| {
        a.p_value
            .total_cmp(&b.p_value)
            .then_with(|| (&a.class, &a.first, &a.second).cmp(&(&b.class, &b.first, &b.second)))
    });
    found.truncate(10);
    found
}

struct Compared {
    same: u32,
    same_wrong: u32,
    items: u32,
    expected: f64,
    z: f64,
}

/// Number of equal answers against its expectation when both answer alone; normal with continuity correction.
fn compare(
    prepared: &Prepared,
    room: &Room<'_>,
    model: &ItemModel,
    shift: &[f64],
    first: usize,
    second: usize,
) -> Compared {
    let (mut same, mut same_wrong, mut items, mut expected, mut variance) = (0, 0, 0, 0.0, 0.0);
    for (item, &shift) in shift.iter().enumerate() {
        let (a, b) = (room.answers[first][item], room.answers[second][item]);
        if a == MISSING || b == MISSING {
            continue;
        }
        let max = prepared.paper.items[item].max;
        items += 1;
        if a == b {
            same += 1;
            same_wrong += u32::from(a < max);
        }
        let tilted = |total: usize| {
            let row = model.probability(total, item);
            let weights: Vec<f64> = row
                .iter()
                .enumerate()
                .map(|(points, &p)| f64::from(p) * (shift * points as f64).exp())
                .collect();
            let whole: f64 = weights.iter().sum();
            weights
                .into_iter()
                .map(move |weight| weight / whole)
                .collect::<Vec<f64>>()
        };
        let chance: f64 = tilted(room.totals[first])
            .iter()
            .zip(tilted(room.totals[second]))
            .map(|(a, b)| a * b)
            .sum();
        expected += chance;
        variance += chance * (1.0 - chance);
    }
    let z = (f64::from(same) - expected - 0.5) / variance.max(0.05).sqrt();
    Compared {
        same,
        same_wrong,
        items,
        expected,
        z,
    }
}
