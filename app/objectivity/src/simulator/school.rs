//! Honest schools: pupils, their answers, earlier results, register marks and attendance.

use super::Confounder;
use crate::math::Portable;
use crate::random::Random;

/// Item of the generalised partial credit model.
#[derive(Debug, Clone)]
pub(super) struct ItemTruth {
    pub(super) max: u8,
    slope: f64,
    steps: Vec<f64>,
    /// Mean step difficulty.
    pub(super) difficulty: f64,
}

impl ItemTruth {
    /// Twenty items, six of them worth two points, from easy to hard in random order.
    pub(super) fn draw_paper(random: &mut Random) -> Vec<Self> {
        let mut items: Vec<Self> = (0..20)
            .map(|index| {
                let difficulty = -1.8 + 3.6 * index as f64 / 19.0 + 0.25 * random.normal();
                let max = if index % 3 == 1 { 2 } else { 1 };
                let steps = if max == 2 {
                    let gap = 0.3 + 0.5 * random.unit();
                    vec![difficulty - gap, difficulty + gap]
                } else {
                    vec![difficulty]
                };
                Self {
                    max,
                    slope: (0.2 + 0.25 * random.normal()).exponential(),
                    steps,
                    difficulty,
                }
            })
            .collect();
        random.shuffle(&mut items);
        items
    }

    /// Points of a pupil of this ability.
    pub(super) fn answer(&self, random: &mut Random, ability: f64) -> u8 {
        let mut weights = [1.0, 0.0, 0.0];
        let mut total = 1.0;
        let mut exponent = 0.0;
        for (index, step) in self.steps.iter().enumerate() {
            exponent += self.slope * (ability - step);
            weights[index + 1] = exponent.exponential();
            total += weights[index + 1];
        }
        let mut pick = random.unit() * total;
        for (points, weight) in weights.iter().enumerate().take(usize::from(self.max)) {
            pick -= weight;
            if pick < 0.0 {
                return points as u8;
            }
        }
        self.max
    }
}

/// What stays with a school over years.
#[derive(Debug, Clone)]
pub(super) struct SchoolTruth {
    pub(super) size: usize,
    pub(super) context: f64,
    effect: f64,
    severity: f64,
    absence: f64,
    confounder: Option<Confounder>,
}

impl SchoolTruth {
    pub(super) fn draw(
        random: &mut Random,
        size: usize,
        confounder: Option<Confounder>,
        roughness: f64,
    ) -> Self {
        let context = random.normal();
        let mut effect = 0.30 * context + 0.30 * roughness * random.normal();
        let mut absence =
            (0.04 + 0.05 * random.unit() + 0.02 * roughness * random.normal()).clamp(0.0, 0.3);
        match confounder {
            Some(Confounder::Gymnasium) => effect += 0.9,
            Some(Confounder::MigrantIntake) => {
                effect -= 0.4;
                absence += 0.03;
            }
            _ => {}
        }
        Self {
            size,
            context,
            effect,
            severity: 0.30 * roughness * random.normal(),
            absence,
            confounder,
        }
    }
}

/// One pupil with a finished work.
#[derive(Debug, Clone)]
pub(super) struct Pupil {
    pub(super) class: usize,
    pub(super) ability: f64,
    pub(super) items: Vec<u8>,
    pub(super) register: u8,
    pub(super) prior: Option<f64>,
    pub(super) present: bool,
}

/// A school in one year.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    pub(super) enrolled: usize,
    pub(super) pupils: Vec<Pupil>,
}

/// Cuts near the 15th, 50th and 82nd percentile of the region.
pub(super) fn cuts(items: &[ItemTruth], random: &mut Random) -> [u16; 3] {
    let mut scores: Vec<u16> = (0..4000)
        .map(|_| {
            let ability = random.normal();
            items
                .iter()
                .map(|item| u16::from(item.answer(random, ability)))
                .sum()
        })
        .collect();
    scores.sort_unstable();
    let first = scores[600].max(2);
    let second = scores[2000].max(first + 2);
    let third = scores[3280].max(second + 2);
    [first, second, third]
}

/// Draws the honest works of one year.
pub(super) fn draw_school(
    random: &mut Random,
    school: &SchoolTruth,
    items: &[ItemTruth],
    year_index: usize,
    roughness: f64,
) -> Drawn {
    let year_effect = 0.15 * roughness * random.normal();
    let teacher = match school.confounder {
        Some(Confounder::NewTeacher) => 0.5 + 0.05 * year_index as f64,
        _ => 0.0,
    };
    let mut item_effects: Vec<f64> = items
        .iter()
        .map(|_| 0.25 * roughness * random.normal())
        .collect();
    match school.confounder {
        Some(Confounder::LateTopic) => {
            let first = random.below(items.len() - 3);
            item_effects[first..first + 3]
                .iter_mut()
                .for_each(|effect| *effect -= 1.3);
        }
        Some(Confounder::MigrantIntake) => {
            item_effects
                .iter_mut()
                .step_by(3)
                .for_each(|effect| *effect -= 0.5);
        }
        _ => {}
    }
    let classes = school.size.div_ceil(26);
    let mut pupils = Vec::with_capacity(school.size);
    let class_effects: Vec<(f64, Vec<f64>)> = (0..classes)
        .map(|_| {
            (
                0.10 * roughness * random.normal(),
                items.iter().map(|_| 0.15 * random.normal()).collect(),
            )
        })
        .collect();
    for index in 0..school.size {
        let class = index % classes;
        let before = school.effect + 0.88 * random.normal();
        let growth = year_effect + teacher + class_effects[class].0 + 0.35 * random.normal();
        let ability = before + growth;
        let answers = items
            .iter()
            .enumerate()
            .map(|(item, truth)| {
                truth.answer(
                    random,
                    ability + item_effects[item] + class_effects[class].1[item],
                )
            })
            .collect();
        let missing = if school.confounder == Some(Confounder::MigrantIntake) {
            0.35
        } else {
            0.06
        };
        let prior = (!random.chance(missing))
            .then(|| ((before + 0.45 * random.normal()) * 100.0).round() / 10.0);
        let seen =
            ability - 0.7 * (year_effect + teacher) + school.severity + 0.45 * random.normal();
        let register = if seen < -1.3 {
            2
        } else if seen < 0.0 {
            3
        } else if seen < 1.0 {
            4
        } else {
            5
        };
        let absence = school.absence * (-0.25 * ability).exponential();
        let present = !random.chance(absence.min(0.6));
        pupils.push(Pupil {
            class,
            ability,
            items: answers,
            register,
            prior,
            present,
        });
    }
    Drawn {
        enrolled: school.size,
        pupils,
    }
}
