//! A third generator, kept apart: a test set for choices made on the other two.
//!
//! Pupils master skills, items ask for one or two of them and are answered by slip and guess (no latent line, no Rasch); schools
//! lie in districts that share part of their level; sizes are log-normal; scores pile up at nothing and at everything; teachers
//! differ by skill, not by item; works break off at the end; absence comes in waves; earlier results are marks of several
//! works. Inflation is done by other hands once more.
//!
//! # Source
//! Deterministic inputs, noisy and: Junker and Sijtsma 2001; higher-order mastery: de la Torre and Douglas 2004.

use objectivity::data::{Enrolled, ItemSpec, Paper, Procedure, SchoolContext, Work};
use objectivity::math::{exp, ln};
use objectivity::random::{Random, seed_of};
use objectivity::region::Region;
use objectivity::simulator::{Confounder, Kind, Plan, Simulated, Strength, Truth};

use super::other::pick;

const SKILLS: usize = 6;

struct Item {
    max: u8,
    first: usize,
    second: Option<usize>,
    guess: f64,
    slip: f64,
}

struct Common {
    items: Vec<Item>,
    hardness: [f64; SKILLS],
    cuts: [u16; 3],
    break_off: f64,
    marks_before: usize,
    prior_missing: f64,
    wave: f64,
    districts: Vec<f64>,
    with_register: bool,
    class_size: usize,
}

struct School {
    size: usize,
    context: f64,
    level: f64,
    generous: f64,
    confounder: Option<Confounder>,
}

struct Pupil {
    class: usize,
    seat: usize,
    ability: f64,
    points: Vec<u8>,
    written: usize,
    register: u8,
    before: Option<f64>,
    present: bool,
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

/// Laplace with unit variance: sharper in the middle and heavier outside than a normal.
fn laplace(random: &mut Random) -> f64 {
    let u = random.unit() - 0.5;
    -u.signum() * ln(1.0 - 2.0 * u.abs().min(0.499_999)) / std::f64::consts::SQRT_2
}

fn answer(item: &Item, mastered: &[bool; SKILLS], random: &mut Random) -> u8 {
    let knows = mastered[item.first] && item.second.is_none_or(|skill| mastered[skill]);
    let half = mastered[item.first] || item.second.is_some_and(|skill| mastered[skill]);
    let chance = match (knows, half) {
        (true, _) => 1.0 - item.slip,
        (false, true) => item.guess + 0.15,
        (false, false) => item.guess,
    };
    (0..item.max).filter(|_| random.chance(chance)).count() as u8
}

fn mastery(
    ability: f64,
    common: &Common,
    shift: &[f64; SKILLS],
    random: &mut Random,
) -> [bool; SKILLS] {
    std::array::from_fn(|skill| {
        random.chance(logistic(
            1.6 * (ability + shift[skill] - common.hardness[skill]),
        ))
    })
}

fn sum(points: &[u8]) -> u16 {
    points.iter().map(|&points| u16::from(points)).sum()
}

fn common(random: &mut Random) -> Common {
    let count = 8 + random.below(20);
    let items: Vec<Item> = (0..count)
        .map(|index| Item {
            max: [1, 1, 1, 2, 2, 3][random.below(6)],
            first: index % SKILLS,
            second: random.chance(0.4).then(|| random.below(SKILLS)),
            guess: 0.05 + 0.2 * random.unit(),
            slip: 0.05 + 0.15 * random.unit(),
        })
        .collect();
    let hardness = std::array::from_fn(|_| 0.9 * random.normal() - 0.1);
    let mut common = Common {
        items,
        hardness,
        cuts: [1, 2, 3],
        break_off: 0.15 * random.unit(),
        marks_before: 2 + random.below(6),
        prior_missing: 0.02 + 0.2 * random.unit(),
        wave: 0.05 + 0.15 * random.unit(),
        districts: (0..12).map(|_| 0.2 * random.normal()).collect(),
        with_register: random.chance(0.8),
        class_size: 18 + random.below(11),
    };
    let mut scores: Vec<u16> = (0..3_000)
        .map(|_| {
            let mastered = mastery(random.normal(), &common, &[0.0; SKILLS], random);
            common
                .items
                .iter()
                .map(|item| u16::from(answer(item, &mastered, random)))
                .sum()
        })
        .collect();
    scores.sort_unstable();
    let max: u16 = common.items.iter().map(|item| u16::from(item.max)).sum();
    let three = scores[360].clamp(2, max - 2);
    let four = scores[1_350].clamp(three + 1, max - 1);
    let five = scores[2_350].clamp(four + 1, max);
    common.cuts = [three, four, five];
    common
}

fn draw_school(
    random: &mut Random,
    plan: &Plan,
    number: usize,
    common: &Common,
    confounder: Option<Confounder>,
) -> School {
    let size = (exp(2.75 + 0.95 * random.normal()).round() as usize).clamp(4, 130);
    let context = 0.8 * random.normal() + 0.6 * common.districts[number % 12] / 0.2;
    let mut level =
        common.districts[number % 12] + 0.22 * context + 0.28 * plan.roughness * laplace(random);
    match confounder {
        Some(Confounder::Gymnasium) => level += 1.0,
        Some(Confounder::MigrantIntake) => level -= 0.5,
        _ => {}
    }
    School {
        size,
        context,
        level,
        generous: 0.35 * laplace(random),
        confounder,
    }
}

fn draw_pupils(random: &mut Random, plan: &Plan, school: &School, common: &Common) -> Vec<Pupil> {
    let teacher = if school.confounder == Some(Confounder::NewTeacher) {
        0.55
    } else {
        0.0
    };
    let growth = 0.16 * plan.roughness * laplace(random) + teacher;
    let mut taught: [f64; SKILLS] = std::array::from_fn(|_| 0.3 * plan.roughness * laplace(random));
    match school.confounder {
        Some(Confounder::LateTopic) => taught[random.below(SKILLS)] -= 2.0,
        Some(Confounder::MigrantIntake) => taught[0] -= 0.8,
        _ => {}
    }
    // Most days a few are ill, some weeks many.
    let ill = if random.chance(common.wave) {
        0.05 + 0.12 * random.unit()
    } else {
        0.05
    };
    let classes = school.size.div_ceil(common.class_size);
    let by_class: Vec<(f64, [f64; SKILLS])> = (0..classes)
        .map(|_| {
            (
                0.12 * random.normal(),
                std::array::from_fn(|_| 0.15 * random.normal()),
            )
        })
        .collect();
    (0..school.size)
        .map(|seat| {
            let class = seat * classes / school.size;
            let own = school.level + 0.85 * random.normal();
            let ability = own + growth + by_class[class].0 + 0.3 * laplace(random);
            let shift = std::array::from_fn(|skill| taught[skill] + by_class[class].1[skill]);
            let mastered = mastery(ability, common, &shift, random);
            let mut points: Vec<u8> = common
                .items
                .iter()
                .map(|item| answer(item, &mastered, random))
                .collect();
            let count = points.len();
            let written = if random.chance(common.break_off * logistic(-ability)) {
                count - random.below(count / 4 + 1)
            } else {
                count
            };
            points[written..].fill(0);
            let mark = |random: &mut Random, level: f64| -> u8 {
                let seen = level + school.generous + 0.6 * random.normal();
                match seen {
                    seen if seen < -1.5 => 2,
                    seen if seen < -0.2 => 3,
                    seen if seen < 0.9 => 4,
                    _ => 5,
                }
            };
            let register = mark(random, 0.5 * (own + ability));
            let before = (!random.chance(common.prior_missing)).then(|| {
                let sum: f64 = (0..common.marks_before)
                    .map(|_| {
                        ((own + 0.7 * random.normal()) * 4.0 + 10.0)
                            .round()
                            .clamp(0.0, 20.0)
                    })
                    .sum();
                (sum / common.marks_before as f64 * 10.0).round() / 10.0
            });
            let missing = ill * (1.0 + 0.5 * logistic(-2.0 * ability));
            Pupil {
                class,
                seat,
                ability,
                points,
                written,
                register,
                before,
                present: !random.chance(missing),
            }
        })
        .collect()
}

fn inflate(
    random: &mut Random,
    pupils: &mut [Pupil],
    common: &Common,
    kind: Kind,
    strength: Strength,
) {
    let items = &common.items;
    match kind {
        // Second looks at works that miss a mark by little; points come on the last items first.
        Kind::Border => {
            let reach = pick(strength, [2.0, 2.0, 3.0]) as u16;
            let share = pick(strength, [0.45, 0.75, 0.95]);
            for pupil in pupils.iter_mut() {
                let now = sum(&pupil.points);
                let Some(&cut) = common
                    .cuts
                    .iter()
                    .find(|&&cut| now < cut && now + reach >= cut)
                else {
                    continue;
                };
                if !random.chance(share) {
                    continue;
                }
                let mut missing = cut - now;
                for item in (0..items.len()).rev() {
                    while missing > 0 && pupil.points[item] < items[item].max && random.chance(0.7)
                    {
                        pupil.points[item] += 1;
                        missing -= 1;
                    }
                }
            }
        }
        // One class after another is told some answers, mostly to what asks for two skills.
        Kind::Hints => {
            let share = pick(strength, [0.22, 0.45, 0.7]);
            let told: Vec<usize> = (0..items.len())
                .filter(|&item| {
                    random.chance(if items[item].second.is_some() {
                        0.65
                    } else {
                        0.15
                    })
                })
                .collect();
            for pupil in pupils.iter_mut() {
                for &item in &told {
                    if random.chance(share) {
                        pupil.points[item] = items[item].max;
                    }
                }
            }
        }
        // Works of those with low marks in the register are corrected by a grown-up, most of what is wrong.
        Kind::Rewrite => {
            let share = pick(strength, [0.22, 0.42, 0.65]);
            for pupil in pupils.iter_mut() {
                let chance = if pupil.register <= 3 { 1.25 } else { 0.75 } * share;
                if random.chance(chance) {
                    for (points, item) in pupil.points.iter_mut().zip(items) {
                        if *points < item.max && random.chance(0.55) {
                            *points = item.max;
                        }
                    }
                }
            }
        }
        // Rows of three, the strongest gives a run of items.
        Kind::Copy => {
            let part = pick(strength, [0.35, 0.65, 0.9]);
            let share = pick(strength, [0.45, 0.7, 0.9]);
            for row in 0..pupils.len().div_ceil(3) {
                if !random.chance(part) {
                    continue;
                }
                let seats: Vec<usize> = (0..pupils.len())
                    .filter(|&place| pupils[place].seat / 3 == row && pupils[place].present)
                    .collect();
                let Some(&best) = seats
                    .iter()
                    .max_by(|&&a, &&b| pupils[a].ability.total_cmp(&pupils[b].ability))
                else {
                    continue;
                };
                let (source, class) = (pupils[best].points.clone(), pupils[best].class);
                let length = (items.len() as f64 * share).round() as usize;
                for &place in seats.iter().filter(|&&place| place != best) {
                    if pupils[place].class != class {
                        continue;
                    }
                    let start = random.below(items.len() - length + 1);
                    pupils[place].points[start..start + length]
                        .copy_from_slice(&source[start..start + length]);
                }
            }
        }
        // Those whose marks in the register promise a two are asked to stay at home.
        Kind::Absent => {
            let share = pick(strength, [0.12, 0.27, 0.4]);
            let mut order: Vec<(f64, usize)> = pupils
                .iter()
                .enumerate()
                .map(|(place, pupil)| {
                    (
                        f64::from(pupil.register) + 0.6 * pupil.ability + 0.4 * random.normal(),
                        place,
                    )
                })
                .collect();
            order.sort_by(|a, b| a.0.total_cmp(&b.0));
            let count = ((pupils.len() as f64 * share).round() as usize).max(1);
            for &(_, place) in &order[..count] {
                pupils[place].present = false;
            }
        }
    }
}

/// Simulates a region by the third generator.
pub fn simulate(plan: &Plan) -> Simulated {
    let mut random = Random::new(seed_of(&[plan.seed, 191]));
    let mut shared = common(&mut random);
    let mut injected = 0_usize;
    let mut simulated = Simulated {
        region: Region::new(),
        works: Vec::new(),
        contexts: Vec::new(),
        papers: Vec::new(),
        truth: Vec::new(),
    };
    let schools: Vec<School> = (0..plan.schools)
        .map(|number| {
            let inflation = random.chance(plan.inflated).then(|| {
                injected += 1;
                let kind = plan.kinds[injected % plan.kinds.len()];
                (
                    kind,
                    plan.strengths[(injected / plan.kinds.len()) % plan.strengths.len()],
                )
            });
            let confounder = (inflation.is_none() && random.chance(plan.confounded))
                .then(|| Confounder::ALL[random.below(Confounder::ALL.len())]);
            let school = draw_school(&mut random, plan, number, &shared, confounder);
            simulated.truth.push(Truth {
                school: format!("u{number:03}"),
                enrolled: school.size,
                inflation,
                confounder,
            });
            school
        })
        .collect();
    for back in (0..plan.years).rev() {
        if back + 1 < plan.years {
            let districts = std::mem::take(&mut shared.districts);
            shared = Common {
                districts,
                ..common(&mut random)
            };
        }
        add_year(plan, &schools, &shared, 2026 - back as i32, &mut simulated);
    }
    simulated
}

fn add_year(
    plan: &Plan,
    schools: &[School],
    shared: &Common,
    year: i32,
    simulated: &mut Simulated,
) {
    let procedure = Procedure {
        year,
        subject: "third".to_owned(),
        grade: 6,
    };
    let items = shared
        .items
        .iter()
        .enumerate()
        .map(|(index, item)| ItemSpec {
            code: format!("{}", index + 1),
            max: item.max,
            difficulty: None,
        });
    let paper = Paper {
        items: items.collect(),
        cuts: Some(shared.cuts),
        ..Paper::default()
    };
    simulated
        .region
        .set_paper(procedure.clone(), paper.clone())
        .expect("a simulated paper is valid");
    simulated.papers.push((procedure.clone(), paper));
    for (number, school) in schools.iter().enumerate() {
        let mut random = Random::new(seed_of(&[plan.seed, 193, year as u64, number as u64]));
        let mut pupils = draw_pupils(&mut random, plan, school, shared);
        if let Some((kind, strength)) = simulated.truth[number].inflation {
            inflate(&mut random, &mut pupils, shared, kind, strength);
        }
        let name = simulated.truth[number].school.clone();
        let context = SchoolContext {
            year,
            school: name.clone(),
            enrolled: vec![Enrolled {
                subject: Some(procedure.subject.clone()),
                grade: Some(procedure.grade),
                pupils: school.size as u32,
            }],
            context_index: Some(school.context + 0.4 * random.normal()),
            ..SchoolContext::default()
        };
        simulated
            .region
            .add_context(context.clone())
            .expect("a simulated context is valid");
        simulated.contexts.push(context);
        for (index, pupil) in pupils.iter().enumerate().filter(|(_, pupil)| pupil.present) {
            let raw = sum(&pupil.points);
            let blank = |item: usize| item >= pupil.written && pupil.points[item] == 0;
            let work = Work {
                year,
                subject: procedure.subject.clone(),
                grade: procedure.grade,
                school: name.clone(),
                class: Some(format!("6{}", pupil.class)),
                pupil: Some(format!("{year}/{index}")),
                booklet: None,
                items: (0..pupil.points.len())
                    .map(|item| (!blank(item) || random.chance(0.5)).then_some(pupil.points[item]))
                    .collect(),
                raw_score: Some(raw),
                mark: Some(2 + shared.cuts.iter().filter(|&&cut| raw >= cut).count() as u8),
                register_mark: shared.with_register.then_some(pupil.register),
                prior_score: pupil.before,
            };
            simulated
                .region
                .push(&work)
                .expect("a simulated work is valid");
            simulated.works.push(work);
        }
    }
}
