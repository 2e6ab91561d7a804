//! Five kinds of inflation at three strengths, put on honest works.

use super::school::{Drawn, ItemTruth, Pupil};
use crate::cell::ChannelName;
use crate::random::Random;

/// How results were inflated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Pupils just below a mark boundary are lifted over it.
    Border,
    /// Everybody is helped on hard items.
    Hints,
    /// Part of the works is rewritten.
    Rewrite,
    /// Groups copy from one pupil.
    Copy,
    /// The weakest are kept away.
    Absent,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Border,
        Self::Hints,
        Self::Rewrite,
        Self::Copy,
        Self::Absent,
    ];

    /// Name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Border => "border",
            Self::Hints => "hints",
            Self::Rewrite => "rewrite",
            Self::Copy => "copy",
            Self::Absent => "absent",
        }
    }

    /// Whether a channel named first tells this kind.
    pub fn is_told_by(self, channel: ChannelName) -> bool {
        match self {
            Self::Border => channel == ChannelName::Bunching,
            Self::Hints => channel == ChannelName::ItemProfile,
            Self::Rewrite => matches!(
                channel,
                ChannelName::Change | ChannelName::RegisterGap | ChannelName::Level
            ),
            Self::Copy => channel == ChannelName::Similarity,
            Self::Absent => channel == ChannelName::Participation,
        }
    }
}

/// How much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Hardly visible.
    Weak,
    /// The level the targets are about.
    Medium,
    /// Gross.
    Strong,
}

impl Strength {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Weak, Self::Medium, Self::Strong];

    /// Name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Medium => "medium",
            Self::Strong => "strong",
        }
    }

    const fn pick(self, weak: f64, medium: f64, strong: f64) -> f64 {
        match self {
            Self::Weak => weak,
            Self::Medium => medium,
            Self::Strong => strong,
        }
    }
}

fn score(pupil: &Pupil) -> u16 {
    pupil.items.iter().map(|&points| u16::from(points)).sum()
}

pub(super) fn apply(
    random: &mut Random,
    drawn: &mut Drawn,
    items: &[ItemTruth],
    cuts: [u16; 3],
    kind: Kind,
    strength: Strength,
) {
    match kind {
        Kind::Border => border(random, drawn, items, cuts, strength),
        Kind::Hints => hints(random, drawn, items, strength),
        Kind::Rewrite => rewrite(random, drawn, items, strength),
        Kind::Copy => copy(random, drawn, strength),
        Kind::Absent => absent(random, drawn, strength),
    }
}

/// Pupils one, two or three points below a cut get the missing points on random items.
fn border(
    random: &mut Random,
    drawn: &mut Drawn,
    items: &[ItemTruth],
    cuts: [u16; 3],
    strength: Strength,
) {
    let window = strength.pick(2.0, 3.0, 4.0) as u16;
    let share = strength.pick(0.5, 0.75, 0.95);
    for pupil in &mut drawn.pupils {
        let now = score(pupil);
        let Some(&cut) = cuts.iter().find(|&&cut| now < cut && now + window >= cut) else {
            continue;
        };
        if !random.chance(share) {
            continue;
        }
        let mut missing = cut - now;
        let mut order: Vec<usize> = (0..items.len()).collect();
        random.shuffle(&mut order);
        for item in order {
            if missing > 0 && pupil.items[item] < items[item].max {
                pupil.items[item] += 1;
                missing -= 1;
            }
        }
    }
}

/// The hardest 40 % of items are told to everybody; a share of failed ones becomes right.
fn hints(random: &mut Random, drawn: &mut Drawn, items: &[ItemTruth], strength: Strength) {
    let share = strength.pick(0.20, 0.42, 0.65);
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|&a, &b| items[b].difficulty.total_cmp(&items[a].difficulty));
    for pupil in &mut drawn.pupils {
        for &item in &order[..items.len() * 2 / 5] {
            if pupil.items[item] < items[item].max && random.chance(share) {
                pupil.items[item] = items[item].max;
            }
        }
    }
}

/// A share of the works, weaker ones first, gets most failed items corrected.
fn rewrite(random: &mut Random, drawn: &mut Drawn, items: &[ItemTruth], strength: Strength) {
    let share = strength.pick(0.20, 0.42, 0.60);
    let mut order: Vec<usize> = (0..drawn.pupils.len()).collect();
    order.sort_by(|&a, &b| {
        let key = |index: usize| f64::from(score(&drawn.pupils[index]));
        key(a).total_cmp(&key(b))
    });
    // The weaker two thirds are candidates: a good work needs no rewriting.
    let mut candidates = order[..(order.len() * 2 / 3).max(1)].to_vec();
    random.shuffle(&mut candidates);
    let count = ((drawn.pupils.len() as f64 * share).round() as usize).clamp(1, candidates.len());
    for &index in &candidates[..count] {
        for (item, truth) in items.iter().enumerate() {
            if drawn.pupils[index].items[item] < truth.max && random.chance(0.5) {
                drawn.pupils[index].items[item] = truth.max;
            }
        }
    }
}

/// Groups of up to five in one class take a share of the answers of the group's best.
fn copy(random: &mut Random, drawn: &mut Drawn, strength: Strength) {
    let part = strength.pick(0.40, 0.70, 0.90);
    let share = strength.pick(0.50, 0.70, 0.85);
    let classes = drawn
        .pupils
        .iter()
        .map(|pupil| pupil.class)
        .max()
        .unwrap_or(0)
        + 1;
    for class in 0..classes {
        let mut room: Vec<usize> = (0..drawn.pupils.len())
            .filter(|&index| drawn.pupils[index].class == class && drawn.pupils[index].present)
            .collect();
        random.shuffle(&mut room);
        let copying = ((room.len() as f64 * part).round() as usize)
            .max(2)
            .min(room.len());
        for group in room[..copying].chunks(5) {
            let Some(&source) = group
                .iter()
                .max_by(|&&a, &&b| drawn.pupils[a].ability.total_cmp(&drawn.pupils[b].ability))
            else {
                continue;
            };
            let answers = drawn.pupils[source].items.clone();
            for &index in group.iter().filter(|&&index| index != source) {
                for (own, &other) in drawn.pupils[index].items.iter_mut().zip(&answers) {
                    if random.chance(share) {
                        *own = other;
                    }
                }
            }
        }
    }
}

/// A share of the enrolled, weakest first with some noise, does not sit.
fn absent(random: &mut Random, drawn: &mut Drawn, strength: Strength) {
    let share = strength.pick(0.12, 0.27, 0.40);
    let mut order: Vec<(f64, usize)> = drawn
        .pupils
        .iter()
        .enumerate()
        .map(|(index, pupil)| (pupil.ability + 0.3 * random.normal(), index))
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let count = ((drawn.pupils.len() as f64 * share).round() as usize).max(1);
    for &(_, index) in order.iter().take(count) {
        drawn.pupils[index].present = false;
    }
}
