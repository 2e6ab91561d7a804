//! Similarity: works of one room that agree more than equal totals and common teaching explain.
//!
//! The statistic is [`room_similarity::statistic`]. Its null is bootstrapped per room size from works of different
//! schools, with the same tilt estimated from them, and then centred and widened to the rooms of the region themselves:
//! common teaching leaves some likeness that the tilt cannot see.

use crate::math::Portable;
use rayon::prelude::*;

use crate::calibration::by_size::{self, BySize};
use crate::calibration::null_table::NullTable;
use crate::cell::{Level, SimilarPair};
use crate::channels::Evidence;
use crate::combination::alternatives::log_factor;
use crate::prepared::Prepared;
use crate::random::{Random, seed_of};
use crate::region::{NO_CODE, Names};
use crate::statistics::pair_similarity::corrected_for_pairs;
use crate::statistics::response_model::{ResponseModel, is_complete};
use crate::statistics::room_similarity::{self, Room};

/// Rooms beyond this are no rooms; without class codes a larger school is not compared.
const MAX_ROOM: usize = 45;
/// Room sizes of the bootstrap.
const ROOMS: [usize; 12] = [2, 3, 4, 5, 6, 8, 11, 15, 20, 26, 34, 45];
/// Rooms are centred and widened by themselves; the joined value of a school may then lie closer than a standard normal.
const NARROWEST: f64 = 0.65;
/// Pairs are shown when their p-value, corrected for the pairs of the room, is at most this.
const SHOWN_P: f64 = 0.05;

pub(crate) struct Similarities {
    pub(crate) evidence: Vec<Option<Evidence>>,
    /// z before honest tails are allowed for.
    pub(crate) plain: Vec<Option<f64>>,
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
    model: &ResponseModel,
    replicates: usize,
    seed: u64,
) -> Option<Similarities> {
    let complete: Vec<usize> = (0..prepared.score.len())
        .filter(|&work| is_complete(prepared.answers(work)))
        .collect();
    if complete.len() < 60 {
        return None;
    }
    let largest = prepared
        .schools
        .iter()
        .flat_map(|school| &school.rooms)
        .map(|(_, range)| range.len())
        .filter(|&size| size <= MAX_ROOM)
        .max()
        .unwrap_or(0);
    let needed = ROOMS.iter().position(|&size| size >= largest);
    let sizes = &ROOMS[..needed.map_or(ROOMS.len(), |place| place + 1)];
    let table = NullTable::build(sizes, replicates, |size, replicate| {
        let mut random = Random::new(seed_of(&[seed, 21, size as u64, replicate as u64]));
        let works: Vec<usize> = (0..size)
            .map(|_| complete[random.below(complete.len())])
            .collect();
        let mut room = room_of(prepared, &works);
        room.booklets.iter_mut().for_each(|booklet| *booklet = 0);
        room_similarity::statistic(&room, model)
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
                            room_similarity::statistic(&room_of(prepared, &works), model),
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
    let plain: Vec<Option<(usize, usize, f64, f64)>> = per_school
        .iter()
        .map(|rooms| {
            let adjusted: Vec<f64> = rooms
                .iter()
                .map(|&(size, z)| empirical.z(size, z))
                .collect();
            let n: usize = rooms.iter().map(|room| room.0).sum();
            let value = adjusted.iter().sum::<f64>() / adjusted.len().max(1) as f64;
            let z = match adjusted.as_slice() {
                [] => return None,
                [only] => *only,
                several => joined.z(several.len(), join_rooms(several)),
            };
            Some((n, adjusted.len(), value, z))
        })
        .collect();
    // Rooms of one school share its teaching, so schools of several rooms vary more than their rooms tell.
    let known: Vec<(usize, f64)> = plain
        .iter()
        .flatten()
        .map(|found| (found.0, found.3))
        .collect();
    let tails = BySize::fit_from(&known, NARROWEST);
    let untouched = plain
        .iter()
        .map(|found| found.map(|found| found.3))
        .collect();
    let evidence = plain
        .into_iter()
        .map(|found| {
            let (n, rooms, value, z) = found?;
            let half = 1.96 / (rooms as f64).sqrt();
            Some(Evidence {
                value,
                interval: [value - half, value + half],
                z: tails.z(n, z),
                power: (n as f64).sqrt(),
                n,
                expected: 0.0,
                level: Level::L2,
            })
        })
        .collect();
    Some(Similarities {
        evidence,
        plain: untouched,
    })
}

/// One room or all of them: the mean of both likelihood ratios.
fn join_rooms(rooms: &[f64]) -> f64 {
    let count = rooms.len() as f64;
    let ratios: Vec<f64> = rooms
        .iter()
        .map(|z| log_factor(*z, 2.0) - count.logarithm())
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
        .map(|value| (value - top).exponential())
        .sum::<f64>()
        .logarithm()
}

/// Centre and upper half-width of rooms by size.
struct RoomNull {
    /// Largest size of a group, centre, width.
    groups: Vec<(usize, f64, f64)>,
}

impl RoomNull {
    /// Groups of at least 80 rooms by size; below 40 rooms in all nothing is corrected.
    fn fit(rooms: &[(usize, f64)]) -> Self {
        let mut groups = Vec::new();
        if rooms.len() >= 40 {
            for group in by_size::groups(rooms, 80, 8) {
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
    model: &ResponseModel,
    school: usize,
    codes: &Names,
) -> Vec<SimilarPair> {
    let maxima: Vec<u8> = prepared.paper.items.iter().map(|item| item.max).collect();
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
        let number_of_pairs = (works.len() * (works.len() - 1) / 2) as u64;
        let label = |place: usize| match prepared.pupil[works[place]] {
            NO_CODE => format!("№ {}", place + 1),
            code => codes.name(code).to_owned(),
        };
        for first in 0..works.len() {
            for second in first + 1..works.len() {
                let Some(pair) = room_similarity::compare(&room, model, &maxima, first, second)
                else {
                    continue;
                };
                let p_value = corrected_for_pairs(pair.gbt_p, number_of_pairs);
                if p_value > SHOWN_P {
                    continue;
                }
                found.push(SimilarPair {
                    class: name.clone().unwrap_or_default(),
                    first: label(first),
                    second: label(second),
                    same: pair.matches,
                    same_wrong: pair.identical_wrong,
                    items: pair.items as u32,
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
