//! Similarity of the works of one room, when common teaching already makes classmates alike (сходство работ).
//!
//! For each ordered pair of one room the likelihood ratio of "b took each answer from a with probability κ" against
//! "b answered alone": Π over items of 1 − κ + κ·[same]/P(points of b). P is that of pupils of the same total, tilted
//! by the room's own item residuals, because common teaching makes classmates alike. A pupil's evidence is the mean
//! over sources; a room's is the sum over pupils.
//!
//! # Source
//! Answer-copying model: Frary, Tideman and Watts 1977; Wollack 1997 (ω) and van der Linden and Sotaridona 2006 (GBT)
//! condition on ability in the same way. The mixture over sources is ours. Single pairs are judged by
//! [`super::pair_similarity`].

use super::pair_similarity::{PairSimilarity, SharedItem, pair};
use super::response_model::{MISSING, ResponseModel};
use crate::math::Portable;

/// Chance that a copier takes an answer.
const KAPPA: f64 = 0.55;
/// Share of pupils who may have copied.
const RHO: f64 = 0.3;
/// Variance of the usual room-by-item shift, in logits²: teaching emphasis of 0.3.
const SHIFT_VARIANCE: f64 = 0.09;
/// Degrees of freedom of the prior of shifts. Its tails are Student's, because a topic not yet taught shifts a whole room
/// far, while usual shifts are to stay small, or copying would be explained away.
const SHIFT_FREEDOM: f64 = 3.0;
/// Newton steps of a shift.
const SHIFT_STEPS: usize = 4;

/// Works of one room.
#[derive(Debug, Clone)]
pub struct Room<'a> {
    /// Points per item, [`MISSING`] where blank.
    pub answers: Vec<&'a [u8]>,
    /// Total scores.
    pub totals: Vec<usize>,
    /// Booklets; only works of one booklet are compared.
    pub booklets: Vec<u32>,
}

/// The room's own shift of each item in logits, shrunk to none.
fn shifts(room: &Room<'_>, model: &ResponseModel) -> Vec<f64> {
    (0..model.items())
        .map(|item| {
            let mut shift = 0.0_f64;
            for step in 0..SHIFT_STEPS {
                let precision =
                    (SHIFT_FREEDOM + 1.0) / (SHIFT_FREEDOM * SHIFT_VARIANCE + shift * shift);
                let (mut sum, mut information) = (-precision * shift, precision);
                let factor = shift.exponential();
                for (answers, &total) in room.answers.iter().zip(&room.totals) {
                    if answers[item] != MISSING {
                        let (mean, variance) = match step {
                            0 => (model.mean(total, item), model.variance(total, item)),
                            _ => tilted_moments(model.probability(total, item), factor),
                        };
                        sum += f64::from(answers[item]) - mean;
                        information += variance;
                    }
                }
                let move_by = (sum / information).clamp(-1.0, 1.0);
                shift += move_by;
                if move_by.abs() < 0.02 {
                    break;
                }
            }
            shift
        })
        .collect()
}

/// Mean and variance of points with probabilities proportional to p·factor^points.
fn tilted_moments(probabilities: &[f32], factor: f64) -> (f64, f64) {
    let (mut whole, mut first, mut second, mut power) = (0.0, 0.0, 0.0, 1.0);
    for (points, &p) in probabilities.iter().enumerate() {
        let (points, weight) = (points as f64, f64::from(p) * power);
        power *= factor;
        whole += weight;
        first += weight * points;
        second += weight * points * points;
    }
    let mean = first / whole;
    (mean, (second / whole - mean * mean).max(0.0))
}

/// ln(1 − κ + κ/P) for the answer each pupil gave: pupils × items.
fn match_gains(room: &Room<'_>, model: &ResponseModel, shift: &[f64]) -> Vec<f64> {
    let items = shift.len();
    let tilt: Vec<Vec<f64>> = shift
        .iter()
        .map(|shift| {
            let factor = shift.exponential();
            std::iter::successors(Some(1.0), |power| Some(power * factor))
                .take(16)
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
            gains.push((1.0 - KAPPA + KAPPA / chance).logarithm());
        }
    }
    gains
}

/// Items compared at a time.
const LANES: usize = 8;

/// Evidence of a room: Σ over pupils of ln(1 − ρ + ρ·mean over sources of the pair's likelihood ratio).
///
/// ln of a pair's ratio is Σ over items of [same]·(gain − miss) plus `miss` for each item that both have; rows are padded to
/// whole lanes so that the compiler can compare several items at once. The order of additions is fixed.
fn room_statistic(room: &Room<'_>, gains: &[f64], items: usize) -> f64 {
    let miss = (1.0 - KAPPA).logarithm();
    let count = room.answers.len();
    let width = items.div_ceil(LANES) * LANES;
    let mut points = vec![f32::NAN; count * width];
    let mut extra = vec![0.0_f32; count * width];
    for (work, answers) in room.answers.iter().enumerate() {
        for (item, &given) in answers.iter().enumerate().filter(|pair| *pair.1 != MISSING) {
            // NaN equals nothing, so a blank never matches.
            points[work * width + item] = f32::from(given);
            extra[work * width + item] = (gains[work * items + item] - miss) as f32;
        }
    }
    let blanks: Vec<usize> = room
        .answers
        .iter()
        .map(|answers| answers.iter().filter(|&&given| given == MISSING).count())
        .collect();
    let mut statistic = 0.0;
    for copier in 0..count {
        let mine = &points[copier * width..(copier + 1) * width];
        let gained = &extra[copier * width..(copier + 1) * width];
        let (mut sum, mut sources) = (0.0, 0_usize);
        for source in 0..count {
            if source == copier || room.booklets[source] != room.booklets[copier] {
                continue;
            }
            let other = &points[source * width..(source + 1) * width];
            let both = if blanks[copier] + blanks[source] == 0 {
                items
            } else {
                let pairs = room.answers[copier].iter().zip(room.answers[source]);
                pairs
                    .filter(|(a, b)| **a != MISSING && **b != MISSING)
                    .count()
            };
            let log_ratio = both as f64 * miss + f64::from(matched(mine, other, gained));
            sum += log_ratio.min(60.0).exponential();
            sources += 1;
        }
        if sources > 0 {
            statistic += (1.0 - RHO + RHO * sum / sources as f64).logarithm();
        }
    }
    statistic
}

/// Σ of `gained` over the items where `mine` and `other` are the same.
fn matched(mine: &[f32], other: &[f32], gained: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; LANES];
    for ((mine, other), gained) in mine
        .chunks_exact(LANES)
        .zip(other.chunks_exact(LANES))
        .zip(gained.chunks_exact(LANES))
    {
        for lane in 0..LANES {
            lanes[lane] += if mine[lane] == other[lane] {
                gained[lane]
            } else {
                0.0
            };
        }
    }
    lanes.iter().sum()
}

/// The statistic of a room; larger when works resemble each other beyond totals and common teaching. Its null depends on
/// the room's size and must be simulated. Cost: pupils² × items.
#[must_use]
pub fn statistic(room: &Room<'_>, model: &ResponseModel) -> f64 {
    let shift = shifts(room, model);
    let gains = match_gains(room, model, &shift);
    room_statistic(room, &gains, model.items())
}

/// ω, GBT and the counts of two works of a room at the room's own item levels. `None` when booklets differ or no item
/// can differ.
#[must_use]
pub fn compare(
    room: &Room<'_>,
    model: &ResponseModel,
    maxima: &[u8],
    first: usize,
    second: usize,
) -> Option<PairSimilarity> {
    if room.booklets[first] != room.booklets[second] {
        return None;
    }
    pair(&shared(room, model, maxima, first, second))
}

/// What two works have in common item by item, with the chances of independent works; blank items are left out.
#[must_use]
pub fn shared(
    room: &Room<'_>,
    model: &ResponseModel,
    maxima: &[u8],
    first: usize,
    second: usize,
) -> Vec<SharedItem> {
    let shift = shifts(room, model);
    let tilted = |total: usize, item: usize| {
        let row = model.probability(total, item);
        let weights: Vec<f64> = (0_u32..)
            .zip(row)
            .map(|(points, &p)| f64::from(p) * (shift[item] * f64::from(points)).exponential())
            .collect();
        let whole: f64 = weights.iter().sum();
        weights
            .into_iter()
            .map(|weight| weight / whole)
            .collect::<Vec<f64>>()
    };
    (0..model.items())
        .filter_map(|item| {
            let (a, b) = (room.answers[first][item], room.answers[second][item]);
            if a == MISSING || b == MISSING {
                return None;
            }
            let top = usize::from(maxima[item]);
            let (p, q) = (
                tilted(room.totals[first], item),
                tilted(room.totals[second], item),
            );
            Some(SharedItem {
                both_full: a == b && usize::from(a) == top,
                both_same_below: a == b && usize::from(a) != top,
                full: p[top] * q[top],
                same_below: (0..top).map(|points| p[points] * q[points]).sum(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    const ITEMS: usize = 16;

    fn work(random: &mut Random, level: f64, shifts: &[f64]) -> Vec<u8> {
        let ability = level + random.normal();
        shifts
            .iter()
            .enumerate()
            .map(|(item, shift)| {
                let logit = ability - (item as f64 - 7.5) / 4.0 + shift;
                u8::from(random.chance(1.0 / (1.0 + (-logit).exponential())))
            })
            .collect()
    }

    fn class(random: &mut Random, pupils: usize) -> Vec<Vec<u8>> {
        let shifts: Vec<f64> = (0..ITEMS).map(|_| 0.3 * random.normal()).collect();
        let level = 0.5 * random.normal();
        (0..pupils).map(|_| work(random, level, &shifts)).collect()
    }

    fn total(work: &[u8]) -> usize {
        let known = work.iter().filter(|&&points| points != MISSING);
        known.map(|&points| usize::from(points)).sum()
    }

    fn room(works: &[Vec<u8>]) -> Room<'_> {
        Room {
            answers: works.iter().map(Vec::as_slice).collect(),
            totals: works.iter().map(|work| total(work)).collect(),
            booklets: vec![0; works.len()],
        }
    }

    fn model(random: &mut Random) -> ResponseModel {
        let works: Vec<Vec<u8>> = (0..150).flat_map(|_| class(random, 20)).collect();
        let rows = works.iter().map(|work| (total(work), work.as_slice()));
        ResponseModel::fit(&[1; ITEMS], ITEMS, rows).unwrap()
    }

    fn copied(works: &mut [Vec<u8>], random: &mut Random) {
        let source = works[0].clone();
        for copier in &mut works[1..5] {
            for (own, &other) in copier.iter_mut().zip(&source) {
                if random.chance(0.8) {
                    *own = other;
                }
            }
        }
    }

    #[test]
    fn copying_by_four_of_twenty_stands_out_of_honest_rooms() {
        let mut random = Random::new(2);
        let model = model(&mut random);
        let mut honest: Vec<f64> = (0..300)
            .map(|_| statistic(&room(&class(&mut random, 20)), &model))
            .collect();
        honest.sort_by(f64::total_cmp);
        let found = (0..40)
            .filter(|_| {
                let mut works = class(&mut random, 20);
                copied(&mut works, &mut random);
                statistic(&room(&works), &model) > honest[296]
            })
            .count();
        println!("copying of 80 % by four of twenty: {found} of 40 found at 1 %");
        assert!(found >= 18, "{found}");
    }

    #[test]
    fn order_of_works_changes_nothing_but_rounding() {
        let mut random = Random::new(3);
        let model = model(&mut random);
        let mut works = class(&mut random, 12);
        let before = statistic(&room(&works), &model);
        works.reverse();
        assert!((statistic(&room(&works), &model) - before).abs() < 1e-9);
    }

    #[test]
    fn other_booklets_and_blank_items_are_not_compared() {
        let mut random = Random::new(5);
        let model = model(&mut random);
        let mut works = class(&mut random, 6);
        works[1] = works[0].clone();
        works[1][3] = MISSING;
        let mut compared = room(&works);
        let same = compare(&compared, &model, &[1; ITEMS], 0, 1).unwrap();
        assert_eq!((same.items, same.matches as usize), (ITEMS - 1, ITEMS - 1));
        assert!(same.gbt_p < 0.05 && same.omega > 1.5, "{same:?}");
        compared.booklets[1] = 7;
        assert!(compare(&compared, &model, &[1; ITEMS], 0, 1).is_none());
    }
}
