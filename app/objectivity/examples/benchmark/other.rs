//! A second generator, built otherwise on purpose: three-parameter items with guessing, testlets and graded items of up to
//! four points, 5–40 items, skewed abilities, heavy-tailed schools, ceilings, other scales of marks and of earlier
//! results, gaps in context, classes and enrolment, and inflation done by other hands. Nothing of the engine was fitted
//! to it.
//!
//! # Source
//! Birnbaum 1968 (three parameters), Samejima 1969 (graded response), Bradlow, Wainer and Wang 1999 (testlets).

use objectivity::data::{Enrolled, ItemSpec, Paper, Procedure, SchoolContext, Work};
use objectivity::random::{Random, seed_of};
use objectivity::region::Region;
use objectivity::simulator::{Confounder, Kind, Plan, Simulated, Strength, Truth};

struct Item {
    max: u8,
    slope: f64,
    guess: f64,
    /// Thresholds of 1, 2 … points.
    steps: Vec<f64>,
    testlet: usize,
}

/// What one region has in common.
struct Paperwork {
    items: Vec<Item>,
    testlets: usize,
    cuts: [u16; 3],
    /// Standard deviation of a pupil's luck with one testlet.
    testlet_spread: f64,
    mixture: bool,
    prior_reliability: f64,
    prior_missing: f64,
    prior_scale: (f64, f64),
    booklets: usize,
    class_size: usize,
    classes_known: bool,
    register_known: bool,
    enrolment_known: bool,
}

struct School {
    size: usize,
    context: f64,
    effect: f64,
    strictness: f64,
    absence: f64,
    confounder: Option<Confounder>,
}

#[derive(Clone)]
struct Pupil {
    class: usize,
    ability: f64,
    before: f64,
    answers: Vec<u8>,
    booklet: usize,
    present: bool,
}

/// Student's t with four degrees of freedom, scaled to unit variance.
fn heavy(random: &mut Random) -> f64 {
    let chi: f64 = (0..4).map(|_| random.normal().powi(2)).sum::<f64>() / 4.0;
    random.normal() / chi.max(1e-6).sqrt() / 2.0_f64.sqrt()
}

/// Gamma with shape four, centred and scaled: skewed to the right.
fn skewed(random: &mut Random) -> f64 {
    let sum: f64 = (0..4).map(|_| -(1.0 - random.unit()).ln()).sum();
    (sum - 4.0) / 2.0
}

fn draw_items(random: &mut Random, ceiling: f64) -> (Vec<Item>, usize) {
    let count = [5, 8, 12, 16, 25, 40][random.below(6)];
    let testlets = (count / 4).max(1);
    let choice = 0.6 * random.unit();
    let items = (0..count)
        .map(|index| {
            let max = match random.below(6) {
                0 if count < 30 => 4,
                1 => 3,
                2 => 2,
                _ => 1,
            };
            let place = 1.1 * random.normal() - ceiling;
            let mut steps: Vec<f64> = (0..max).map(|_| place + 0.8 * random.normal()).collect();
            steps.sort_by(f64::total_cmp);
            let guess = if max == 1 && random.chance(choice) {
                0.25
            } else {
                0.0
            };
            Item {
                max,
                slope: (0.35 * random.normal()).exp() * 1.2,
                guess,
                steps,
                testlet: index % testlets,
            }
        })
        .collect();
    (items, testlets)
}

fn answer(item: &Item, ability: f64, random: &mut Random) -> u8 {
    let luck = random.unit();
    let points = item
        .steps
        .iter()
        .filter(|&&step| luck < 1.0 / (1.0 + (-1.7 * item.slope * (ability - step)).exp()))
        .count() as u8;
    if points == 0 && random.chance(item.guess) {
        1
    } else {
        points
    }
}

fn total(answers: &[u8]) -> u16 {
    answers.iter().map(|&points| u16::from(points)).sum()
}

fn paperwork(random: &mut Random) -> Paperwork {
    let ceiling = [0.0, 0.0, 0.5, 1.1][random.below(4)];
    let (items, testlets) = draw_items(random, ceiling);
    let max: u16 = items.iter().map(|item| u16::from(item.max)).sum();
    // Either shares of the maximum or places in the distribution.
    let cuts = if random.chance(0.5) {
        let at = |share: f64| (f64::from(max) * share).ceil() as u16;
        [at(0.36), at(0.58), at(0.8)]
    } else {
        let mut scores: Vec<u16> = (0..2_000)
            .map(|_| {
                let ability = random.normal();
                items
                    .iter()
                    .map(|item| u16::from(answer(item, ability, random)))
                    .sum()
            })
            .collect();
        scores.sort_unstable();
        [scores[160], scores[700], scores[1_400]]
    };
    let three = cuts[0].clamp(1, max - 2);
    let four = cuts[1].clamp(three + 1, max - 1);
    let five = cuts[2].clamp(four + 1, max);
    Paperwork {
        items,
        testlets,
        cuts: [three, four, five],
        testlet_spread: 0.6 * random.unit(),
        mixture: random.chance(0.4),
        prior_reliability: 0.5 + 0.4 * random.unit(),
        prior_missing: [0.03, 0.15, 0.3][random.below(3)],
        prior_scale: [(3.6, 0.7), (60.0, 17.0), (500.0, 100.0)][random.below(3)],
        booklets: 1 + random.below(2),
        class_size: 14 + random.below(16),
        classes_known: random.chance(0.85),
        register_known: random.chance(0.85),
        enrolment_known: random.chance(0.9),
    }
}

fn draw_school(random: &mut Random, plan: &Plan, confounder: Option<Confounder>) -> School {
    let (low, high) = match random.unit() {
        pick if pick < 0.45 => (4, 12),
        pick if pick < 0.75 => (13, 30),
        _ => (31, 120),
    };
    let context = skewed(random);
    let mut effect = 0.25 * context.tanh() + 0.3 * plan.roughness * heavy(random);
    let mut absence = (0.03 + 0.04 * (-(1.0 - random.unit()).ln())).min(0.3);
    match confounder {
        Some(Confounder::Gymnasium) => effect += 1.1,
        Some(Confounder::MigrantIntake) => {
            effect -= 0.5;
            absence += 0.04;
        }
        _ => {}
    }
    School {
        size: low + random.below(high - low + 1),
        context,
        effect,
        strictness: 0.35 * heavy(random),
        absence,
        confounder,
    }
}

fn draw_pupils(random: &mut Random, plan: &Plan, school: &School, paper: &Paperwork) -> Vec<Pupil> {
    let year = 0.15 * plan.roughness * heavy(random)
        + if school.confounder == Some(Confounder::NewTeacher) {
            0.5
        } else {
            0.0
        };
    // Teaching emphasis: most items as elsewhere, a few quite otherwise.
    let mut emphasis: Vec<f64> = paper
        .items
        .iter()
        .map(|_| 0.25 * plan.roughness * heavy(random))
        .collect();
    let late = random.below(paper.testlets);
    for (shift, item) in emphasis.iter_mut().zip(&paper.items) {
        match school.confounder {
            Some(Confounder::LateTopic) if item.testlet == late => *shift -= 1.4,
            Some(Confounder::MigrantIntake) if item.testlet % 2 == 0 => *shift -= 0.4,
            _ => {}
        }
    }
    let classes = school.size.div_ceil(paper.class_size);
    let class_shift: Vec<f64> = (0..classes).map(|_| 0.15 * heavy(random)).collect();
    (0..school.size)
        .map(|index| {
            let own = if paper.mixture {
                if random.chance(0.2) {
                    1.3 + 0.5 * random.normal()
                } else {
                    -0.3 + 0.75 * random.normal()
                }
            } else {
                0.9 * skewed(random)
            };
            let before = school.effect + own;
            let class = index / paper.class_size;
            let ability = before + year + class_shift[class] + 0.35 * random.normal();
            let luck: Vec<f64> = (0..paper.testlets)
                .map(|_| paper.testlet_spread * random.normal())
                .collect();
            let answers = paper
                .items
                .iter()
                .zip(&emphasis)
                .map(|(item, shift)| answer(item, ability + shift + luck[item.testlet], random))
                .collect();
            let absent = (school.absence * (-0.3 * ability).exp()).min(0.6);
            Pupil {
                class,
                ability,
                before,
                answers,
                booklet: index % paper.booklets,
                present: !random.chance(absent),
            }
        })
        .collect()
}

pub(super) fn pick(strength: Strength, values: [f64; 3]) -> f64 {
    match strength {
        Strength::Weak => values[0],
        Strength::Medium => values[1],
        Strength::Strong => values[2],
    }
}

fn inflate(
    random: &mut Random,
    pupils: &mut [Pupil],
    paper: &Paperwork,
    kind: Kind,
    strength: Strength,
) {
    let facility: Vec<f64> = (0..paper.items.len())
        .map(|item| {
            let sum: f64 = pupils
                .iter()
                .map(|pupil| f64::from(pupil.answers[item]))
                .sum();
            sum / f64::from(paper.items[item].max)
        })
        .collect();
    let mut hardest: Vec<usize> = (0..paper.items.len()).collect();
    hardest.sort_by(|&a, &b| facility[a].total_cmp(&facility[b]));
    match kind {
        // The nearer the boundary, the likelier a marker finds the points, on whatever item is nearly done.
        Kind::Border => {
            let base = pick(strength, [0.55, 0.85, 0.97]);
            for pupil in pupils.iter_mut() {
                let now = total(&pupil.answers);
                let Some(&cut) = paper.cuts.iter().find(|&&cut| cut > now) else {
                    continue;
                };
                let missing = cut - now;
                if missing > 4 || !random.chance(base.powi(i32::from(missing))) {
                    continue;
                }
                for _ in 0..missing {
                    let open: Vec<usize> = (0..paper.items.len())
                        .filter(|&item| pupil.answers[item] < paper.items[item].max)
                        .collect();
                    if !open.is_empty() {
                        pupil.answers[open[random.below(open.len())]] += 1;
                    }
                }
            }
        }
        // Some of the harder half are solved on the board; who listens gets them.
        Kind::Hints => {
            let told = (paper.items.len() / 3).max(2);
            let share = pick(strength, [0.25, 0.5, 0.8]);
            let mut half = hardest[..paper.items.len().div_ceil(2)].to_vec();
            random.shuffle(&mut half);
            for pupil in pupils.iter_mut() {
                for &item in half.iter().take(told) {
                    if random.chance(share) {
                        pupil.answers[item] = paper.items[item].max;
                    }
                }
            }
        }
        // Works written anew by somebody who knows more.
        Kind::Rewrite => {
            let share = pick(strength, [0.2, 0.45, 0.7]);
            for pupil in pupils.iter_mut() {
                if random.chance(share) {
                    let better: Vec<u8> = paper
                        .items
                        .iter()
                        .map(|item| answer(item, pupil.ability + 1.6, random))
                        .collect();
                    for (own, better) in pupil.answers.iter_mut().zip(better) {
                        *own = (*own).max(better);
                    }
                }
            }
        }
        // Chains of neighbours, each from the one before.
        Kind::Copy => {
            let part = pick(strength, [0.35, 0.65, 0.9]);
            let share = pick(strength, [0.5, 0.7, 0.85]);
            for place in 1..pupils.len() {
                let (before, rest) = pupils.split_at_mut(place);
                let (left, own) = (&before[place - 1], &mut rest[0]);
                if left.class != own.class || place % 4 == 0 || !random.chance(part) {
                    continue;
                }
                for (own, &other) in own.answers.iter_mut().zip(&left.answers) {
                    if random.chance(share) {
                        *own = other;
                    }
                }
                own.booklet = left.booklet;
            }
        }
        // The lowest by their earlier results stay at home.
        Kind::Absent => {
            let share = pick(strength, [0.12, 0.28, 0.42]);
            let mut order: Vec<usize> = (0..pupils.len()).collect();
            order.sort_by(|&a, &b| pupils[a].before.total_cmp(&pupils[b].before));
            let count = ((pupils.len() as f64 * share).round() as usize).max(1);
            for &pupil in &order[..count] {
                pupils[pupil].present = false;
            }
        }
    }
}

/// Simulates a region by the second generator.
pub fn simulate(plan: &Plan) -> Simulated {
    let mut random = Random::new(seed_of(&[plan.seed, 91]));
    let mut injected = 0_usize;
    let mut schools = Vec::new();
    let mut truth = Vec::new();
    for number in 0..plan.schools {
        let inflation = random.chance(plan.inflated).then(|| {
            injected += 1;
            let kind = plan.kinds[injected % plan.kinds.len()];
            let strength = plan.strengths[(injected / plan.kinds.len()) % plan.strengths.len()];
            (kind, strength)
        });
        let confounder = (inflation.is_none() && random.chance(plan.confounded))
            .then(|| Confounder::ALL[random.below(Confounder::ALL.len())]);
        let school = draw_school(&mut random, plan, confounder);
        truth.push(Truth {
            school: format!("t{number:03}"),
            enrolled: school.size,
            inflation,
            confounder,
        });
        schools.push(school);
    }
    let mut simulated = Simulated {
        region: Region::new(),
        works: Vec::new(),
        contexts: Vec::new(),
        papers: Vec::new(),
        truth,
    };
    let mut common = Random::new(seed_of(&[plan.seed, 92]));
    let mut known = paperwork(&mut common);
    for year_index in 0..plan.years {
        if year_index > 0 {
            let next = paperwork(&mut common);
            known = Paperwork {
                prior_scale: known.prior_scale,
                classes_known: known.classes_known,
                register_known: known.register_known,
                enrolment_known: known.enrolment_known,
                ..next
            };
        }
        let year = 2026 - plan.years as i32 + 1 + year_index as i32;
        add_year(plan, &schools, &known, year, &mut simulated);
    }
    simulated
}

fn add_year(
    plan: &Plan,
    schools: &[School],
    known: &Paperwork,
    year: i32,
    simulated: &mut Simulated,
) {
    let procedure = Procedure {
        year,
        subject: "other".to_owned(),
        grade: 7,
    };
    let paper = Paper {
        items: known
            .items
            .iter()
            .enumerate()
            .map(|(index, item)| ItemSpec {
                code: format!("i{index}"),
                max: item.max,
                difficulty: None,
            })
            .collect(),
        cuts: Some(known.cuts),
        ..Paper::default()
    };
    simulated
        .region
        .set_paper(procedure.clone(), paper.clone())
        .expect("a simulated paper is valid");
    simulated.papers.push((procedure.clone(), paper));
    for (number, school) in schools.iter().enumerate() {
        let mut random = Random::new(seed_of(&[plan.seed, 93, year as u64, number as u64]));
        let mut pupils = draw_pupils(&mut random, plan, school, known);
        if let Some((kind, strength)) = simulated.truth[number].inflation {
            inflate(&mut random, &mut pupils, known, kind, strength);
        }
        let name = simulated.truth[number].school.clone();
        let seen = school.context + 0.6 * random.normal();
        let context = SchoolContext {
            year,
            school: name.clone(),
            enrolled: if known.enrolment_known {
                vec![Enrolled {
                    subject: None,
                    grade: Some(procedure.grade),
                    pupils: school.size as u32,
                }]
            } else {
                Vec::new()
            },
            context_index: (!random.chance(0.15)).then_some(seen),
            ..SchoolContext::default()
        };
        simulated
            .region
            .add_context(context.clone())
            .expect("a simulated context is valid");
        simulated.contexts.push(context);
        for (index, pupil) in pupils.iter().enumerate().filter(|(_, pupil)| pupil.present) {
            let raw = total(&pupil.answers);
            let reliability = known.prior_reliability;
            let earlier = reliability * pupil.before
                + (1.0 - reliability * reliability).sqrt() * 0.7 * random.normal();
            let judged = pupil.ability + school.strictness + 0.5 * random.normal();
            let register = match judged {
                judged if judged < -1.4 => 2,
                judged if judged < -0.1 => 3,
                judged if judged < 0.9 => 4,
                _ => 5,
            };
            let work = Work {
                year,
                subject: procedure.subject.clone(),
                grade: procedure.grade,
                school: name.clone(),
                class: known
                    .classes_known
                    .then(|| format!("7-{}", pupil.class + 1)),
                pupil: Some(format!("{year}{index:03}")),
                booklet: (known.booklets > 1).then(|| pupil.booklet.to_string()),
                items: pupil.answers.iter().map(|&points| Some(points)).collect(),
                raw_score: Some(raw),
                mark: Some(2 + known.cuts.iter().filter(|&&cut| raw >= cut).count() as u8),
                register_mark: known.register_known.then_some(register),
                prior_score: (!random.chance(known.prior_missing))
                    .then(|| (known.prior_scale.0 + known.prior_scale.1 * earlier).round()),
            };
            simulated
                .region
                .push(&work)
                .expect("a simulated work is valid");
            simulated.works.push(work);
        }
    }
}
