//! Results of the demo by an item-response model: honest schools differ by intake, year and teaching; a few are
//! inflated in known ways, so that everybody can see what the signs look like.
//!
//! # Source
//! Graded response model: Samejima 1969. Spreads are of the size found between honest schools in practice.

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::papers::DemoPaper;
use super::schools::{DemoSchool, SCHOOLS};

/// What was done to the results of one school in one work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inflation {
    /// Pupils just below a mark boundary are lifted over it.
    Border,
    /// Hard items are hinted at.
    Hints,
    /// Part of the works is written anew.
    Rewrite,
    /// Pupils of a class copy in groups.
    Copy,
    /// The weakest stay away.
    Absent,
}

/// A known inflation: school, work, years before the newest (0 = newest), kinds.
#[derive(Clone, Copy, Debug)]
pub struct KnownInflation {
    /// Index in [`SCHOOLS`].
    pub school: usize,
    /// Subject code.
    pub subject: &'static str,
    /// Grade level.
    pub grade: u8,
    /// How many years before the newest.
    pub years_ago: i32,
    /// What was done.
    pub kinds: &'static [Inflation],
}

const fn known(
    school: usize,
    subject: &'static str,
    grade: u8,
    years_ago: i32,
    kinds: &'static [Inflation],
) -> KnownInflation {
    KnownInflation {
        school,
        subject,
        grade,
        years_ago,
        kinds,
    }
}

/// Everything that was inflated; all other results are honest.
pub const INFLATED: &[KnownInflation] = &[
    // Сосновоборская ООШ: the example of the drill-down.
    known(4, "math", 5, 0, &[Inflation::Border, Inflation::Hints]),
    known(4, "math", 5, 1, &[Inflation::Border]),
    // СОШ № 4: hints on hard items in both works of grade 6.
    known(25, "russian", 6, 0, &[Inflation::Hints]),
    known(25, "math", 6, 0, &[Inflation::Hints, Inflation::Border]),
    // Полевская СОШ: rewritten works before the exam year; the exam does not confirm them.
    known(17, "math", 8, 0, &[Inflation::Rewrite]),
    known(17, "math", 8, 1, &[Inflation::Rewrite, Inflation::Border]),
    // Берёзовская СОШ: one class copies.
    known(13, "russian", 7, 0, &[Inflation::Copy]),
    // Лесногорская ООШ: a tiny school, over three years.
    known(3, "russian", 4, 0, &[Inflation::Border]),
    known(3, "russian", 4, 1, &[Inflation::Border]),
    known(3, "russian", 4, 2, &[Inflation::Border]),
    // Никольская СОШ: the weakest stay away.
    known(16, "math", 7, 0, &[Inflation::Absent]),
];

/// One pupil-work of the demo.
#[derive(Clone, Debug)]
pub struct DemoResult {
    /// Index in the papers.
    pub paper: usize,
    /// Calendar year.
    pub year: i32,
    /// Index in [`SCHOOLS`].
    pub school: usize,
    /// Class, `5А`.
    pub class: String,
    /// Code from the school's own list.
    pub pupil: String,
    /// Booklet.
    pub booklet: u8,
    /// Points per item.
    pub items: Vec<u8>,
    /// Raw score.
    pub raw_score: u16,
    /// Mark for the work.
    pub mark: u8,
    /// Mark in the register.
    pub register_mark: u8,
    /// Share of the maximum in the same subject a year before.
    pub prior_score: Option<f64>,
}

/// Results and enrolment of three years.
#[derive(Clone, Debug)]
pub struct DemoResults {
    /// Works in the order year, paper, school, class, pupil.
    pub works: Vec<DemoResult>,
    /// Pupils enrolled: `[year index][school][grade − 1]`, oldest year first.
    pub enrolled: [Vec<[u32; 11]>; 3],
}

/// A pupil, followed through the years.
struct Pupil {
    code: String,
    ability: f64,
    letter: char,
    /// Share of the maximum by subject in the last year written: Russian, mathematics.
    last: [Option<f64>; 2],
}

/// Standard normal deviate by Box and Muller.
fn normal(random: &mut impl Rng) -> f64 {
    let (one, two): (f64, f64) = (random.random::<f64>().max(1e-12), random.random());
    (-2.0 * one.ln()).sqrt() * (std::f64::consts::TAU * two).cos()
}

/// Pupils of one grade of a school; explicit where the story needs it.
fn grade_size(school: usize, grade: u8, random: &mut impl Rng) -> usize {
    let demo: &DemoSchool = &SCHOOLS[school];
    if !demo.grades().contains(&grade) {
        return 0;
    }
    let mean = f64::from(demo.pupils) / f64::from(*demo.grades().end());
    let spread = 1.0 + 0.18 * normal(random).clamp(-2.0, 2.0);
    (mean * spread).round().max(2.0) as usize
}

/// Makes all results; `newest` is the last of the three years.
pub fn results(papers: &[DemoPaper], newest: i32, seed: u64) -> DemoResults {
    let mut made = DemoResults {
        works: Vec::new(),
        enrolled: std::array::from_fn(|_| vec![[0; 11]; SCHOOLS.len()]),
    };
    for school in 0..SCHOOLS.len() {
        // Each school has its own stream, so that a change to one does not move the others.
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(school as u64 + 1);
        one_school(papers, newest, school, seed, &mut random, &mut made);
    }
    made.works.sort_by_key(|work| (work.year, work.paper));
    made
}

fn one_school(
    papers: &[DemoPaper],
    newest: i32,
    school: usize,
    seed: u64,
    random: &mut ChaCha8Rng,
    made: &mut DemoResults,
) {
    let demo = &SCHOOLS[school];
    let effect = 0.28 * demo.conditions + 0.16 * normal(random);
    // Grades −1 … 11 of the oldest year, so that two more years can move up.
    let mut cohorts: Vec<Vec<Pupil>> = (-1..=11)
        .map(|grade: i32| {
            let size_grade = u8::try_from(grade.max(1)).unwrap_or(1);
            let size = if school == 4 && grade == 3 {
                23
            } else {
                grade_size(school, size_grade, random)
            };
            cohort(size, random)
        })
        .collect();
    for (year_index, year) in (newest - 2..=newest).enumerate() {
        if year_index > 0 {
            cohorts.rotate_right(1);
        }
        let year_effect = 0.1 * normal(random);
        for (paper_index, paper) in papers.iter().enumerate() {
            if !demo.grades().contains(&paper.grade) {
                continue;
            }
            let kinds = INFLATED
                .iter()
                .find(|known| {
                    known.school == school
                        && known.subject == paper.subject
                        && known.grade == paper.grade
                        && newest - known.years_ago == year
                        && paper.kind == api::procedures::procedure::ProcedureKind::Vpr
                })
                .map_or(&[][..], |known| known.kinds);
            let Some(pupils) = cohorts.get_mut(usize::from(paper.grade) + 1) else {
                continue;
            };
            let mut works = write(
                paper,
                paper_index,
                seed,
                effect + year_effect,
                pupils,
                kinds,
                random,
            );
            for work in &mut works {
                work.year = year;
                work.school = school;
            }
            made.works.append(&mut works);
        }
        for grade in demo.grades() {
            let size = cohorts.get(usize::from(grade) + 1).map_or(0, Vec::len);
            made.enrolled[year_index][school][usize::from(grade) - 1] = size as u32;
        }
    }
}

fn cohort(size: usize, random: &mut ChaCha8Rng) -> Vec<Pupil> {
    let classes = size.div_ceil(27).max(1);
    let mut codes: Vec<u32> = Vec::with_capacity(size);
    while codes.len() < size {
        let code = random.random_range(10_000..100_000);
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
        .into_iter()
        .enumerate()
        .map(|(index, code)| Pupil {
            code: code.to_string(),
            ability: normal(random),
            letter: ['А', 'Б', 'В', 'Г'][(index % classes).min(3)],
            last: [None, None],
        })
        .collect()
}

/// Difficulty and discrimination of an item, the same for every school and year.
fn item_parameters(paper: &DemoPaper, paper_index: usize, seed: u64) -> Vec<(f64, f64)> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(1_000 + paper_index as u64);
    let count = paper.items.len().max(1) as f64;
    (0..paper.items.len())
        .map(|index| {
            let place = index as f64 / count;
            let difficulty = -1.5 + 2.4 * place + 0.35 * normal(&mut random);
            (difficulty, 0.9 + 0.5 * random.random::<f64>())
        })
        .collect()
}

/// One school writes one work.
fn write(
    paper: &DemoPaper,
    paper_index: usize,
    seed: u64,
    effect: f64,
    pupils: &mut [Pupil],
    kinds: &[Inflation],
    random: &mut ChaCha8Rng,
) -> Vec<DemoResult> {
    let parameters = item_parameters(paper, paper_index, seed);
    let teaching: Vec<f64> = parameters.iter().map(|_| 0.18 * normal(random)).collect();
    let subject = match paper.subject {
        "russian" => Some(0),
        "math" => Some(1),
        _ => None,
    };
    let work_effect = effect + 0.12 * normal(random);
    let mut works = Vec::with_capacity(pupils.len());
    let mut abilities = Vec::with_capacity(pupils.len());
    for pupil in pupils.iter() {
        let away = random.random::<f64>();
        let absent = if kinds.contains(&Inflation::Absent) && pupil.ability < -0.35 {
            away < 0.8
        } else {
            away < 0.06
        };
        let ability = 0.85 * pupil.ability + 0.5 * normal(random) + work_effect;
        if absent {
            continue;
        }
        let items: Vec<u8> = paper
            .items
            .iter()
            .zip(&parameters)
            .zip(&teaching)
            .map(|((item, &(difficulty, slope)), &taught)| {
                points(item.max, slope * (ability + taught - difficulty), random)
            })
            .collect();
        let raw_score = if items.is_empty() {
            exam_score(paper.max_score, ability, random)
        } else {
            items.iter().map(|&points| u16::from(points)).sum()
        };
        abilities.push(ability);
        works.push(DemoResult {
            paper: paper_index,
            year: 0,
            school: 0,
            class: format!("{}{}", paper.grade, pupil.letter),
            pupil: pupil.code.clone(),
            booklet: random.random_range(1..=2),
            items,
            raw_score,
            mark: 0,
            register_mark: 0,
            prior_score: subject.and_then(|subject| pupil.last[subject]),
        });
    }
    // The register knows the pupil, not the work: it is written before anything is inflated.
    for (work, ability) in works.iter_mut().zip(&abilities) {
        let honest = mark(paper, work.raw_score);
        work.register_mark = register_mark(honest, *ability, random);
    }
    for kind in kinds {
        inflate(*kind, paper, &parameters, &mut works, random);
    }
    for work in &mut works {
        if !work.items.is_empty() {
            work.raw_score = work.items.iter().map(|&points| u16::from(points)).sum();
        }
        work.mark = mark(paper, work.raw_score);
    }
    if let Some(subject) = subject {
        for pupil in pupils.iter_mut() {
            let own = works.iter().find(|work| work.pupil == pupil.code);
            let share = own.map(|work| {
                let share = f64::from(work.raw_score) / f64::from(paper.max_score);
                (share * 1_000.0).round() / 1_000.0
            });
            pupil.last[subject] = share.or(pupil.last[subject]);
        }
    }
    works
}

/// Points by the graded response model: each further point is harder by half a unit.
fn points(max: u8, logit: f64, random: &mut impl Rng) -> u8 {
    let draw: f64 = random.random();
    (1..=max)
        .take_while(|step| {
            let logit = logit - 0.5 * f64::from(step - 1) + 0.25 * f64::from(max - 1);
            draw < 1.0 / (1.0 + (-1.7 * logit).exp())
        })
        .count() as u8
}

fn exam_score(max_score: u16, ability: f64, random: &mut impl Rng) -> u16 {
    let share = 1.0 / (1.0 + (-0.75 * (ability + 0.35 + 0.35 * normal(random))).exp());
    (share * f64::from(max_score)).round() as u16
}

fn mark(paper: &DemoPaper, raw_score: u16) -> u8 {
    2 + paper.cuts.iter().filter(|&&cut| raw_score >= cut).count() as u8
}

/// About two thirds equal to the work, a quarter above it, the rest below.
fn register_mark(honest: u8, ability: f64, random: &mut impl Rng) -> u8 {
    let draw: f64 = random.random();
    let shift = if draw < 0.24 - 0.03 * ability.clamp(-2.0, 2.0) {
        1
    } else if draw > 0.91 {
        -1
    } else {
        0
    };
    (i16::from(honest) + shift).clamp(3, 5) as u8
}

fn inflate(
    kind: Inflation,
    paper: &DemoPaper,
    parameters: &[(f64, f64)],
    works: &mut [DemoResult],
    random: &mut ChaCha8Rng,
) {
    let hard: Vec<usize> = {
        let mut order: Vec<usize> = (0..parameters.len()).collect();
        order.sort_by(|&one, &other| parameters[other].0.total_cmp(&parameters[one].0));
        order
    };
    match kind {
        Inflation::Border => {
            for work in works.iter_mut() {
                let raw: u16 = work.items.iter().map(|&points| u16::from(points)).sum();
                let Some(cut) = paper.cuts.iter().find(|&&cut| raw < cut && cut - raw <= 3) else {
                    continue;
                };
                if random.random::<f64>() < 0.85 {
                    lift(work, paper, *cut - raw, random);
                }
            }
        }
        Inflation::Hints => {
            for work in works.iter_mut() {
                for &item in hard.iter().take(hard.len() / 4 + 1) {
                    if random.random::<f64>() < 0.75 {
                        work.items[item] = paper.items[item].max;
                    }
                }
            }
        }
        Inflation::Rewrite => {
            for work in works.iter_mut() {
                if random.random::<f64>() < 0.55 {
                    for (points, item) in work.items.iter_mut().zip(&paper.items) {
                        if random.random::<f64>() < 0.8 {
                            *points = item.max;
                        }
                    }
                }
            }
        }
        Inflation::Copy => {
            let Some(class) = works.first().map(|work| work.class.clone()) else {
                return;
            };
            let members: Vec<usize> = (0..works.len())
                .filter(|&index| works[index].class == class)
                .collect();
            for group in members.chunks(5) {
                // The group copies from its best pupil, with a slip here and there.
                let Some(&source) = group.iter().max_by_key(|&&index| {
                    works[index]
                        .items
                        .iter()
                        .map(|&points| u32::from(points))
                        .sum::<u32>()
                }) else {
                    continue;
                };
                let copied = works[source].items.clone();
                for &index in group {
                    for (points, &copy) in works[index].items.iter_mut().zip(&copied) {
                        if random.random::<f64>() < 0.9 {
                            *points = copy;
                        }
                    }
                }
            }
        }
        // Done before the work was written: who stays away has no work.
        Inflation::Absent => {}
    }
}

/// Adds exactly the missing points, where there is room.
fn lift(work: &mut DemoResult, paper: &DemoPaper, missing: u16, random: &mut impl Rng) {
    let mut missing = missing;
    let mut places: Vec<usize> = (0..work.items.len()).collect();
    while missing > 0 && !places.is_empty() {
        let chosen = random.random_range(0..places.len());
        let item = places[chosen];
        if work.items[item] < paper.items[item].max {
            work.items[item] += 1;
            missing -= 1;
        } else {
            places.swap_remove(chosen);
        }
    }
}

/// Shares of the nine context factors of a school in percent, by its conditions.
pub fn context_factors(school: usize, seed: u64) -> [f64; 9] {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(2_000 + school as u64);
    let conditions = SCHOOLS[school].conditions;
    // Typical share, and how much one unit of favourable conditions changes it.
    let typical: [(f64, f64); 9] = [
        (24.0, -4.0),
        (6.0, -2.0),
        (28.0, 3.0),
        (17.0, 7.0),
        (5.0, -2.2),
        (3.0, -0.8),
        (4.0, -1.3),
        (3.5, -1.4),
        (2.5, -1.1),
    ];
    typical.map(|(share, slope)| {
        let share = share + slope * conditions + 0.15 * share * normal(&mut random);
        (share.clamp(0.0, 95.0) * 10.0).round() / 10.0
    })
}

#[cfg(test)]
mod tests {
    use super::super::papers::papers;
    use super::*;

    #[test]
    fn same_seed_same_results() {
        let papers = papers();
        let one = results(&papers, 2026, 7);
        let other = results(&papers, 2026, 7);
        assert_eq!(one.works.len(), other.works.len());
        assert!(
            one.works
                .iter()
                .zip(&other.works)
                .all(|(one, other)| one.items == other.items
                    && one.pupil == other.pupil
                    && one.register_mark == other.register_mark)
        );
    }

    #[test]
    fn the_district_has_the_promised_size() {
        let papers = papers();
        let made = results(&papers, 2026, 7);
        let pupils: u32 = made.enrolled[2].iter().flatten().sum();
        assert!((5_400..6_600).contains(&pupils), "{pupils} pupils");
        let vpr = made
            .works
            .iter()
            .filter(|work| work.year == 2026 && papers[work.paper].grade < 9)
            .count();
        assert!((5_000..6_800).contains(&vpr), "{vpr} works");
    }

    #[test]
    fn every_work_fits_its_paper() {
        let papers = papers();
        for work in results(&papers, 2026, 7).works {
            let paper = &papers[work.paper];
            assert!(work.raw_score <= paper.max_score);
            assert!(
                work.items
                    .iter()
                    .zip(&paper.items)
                    .all(|(points, item)| *points <= item.max)
            );
            assert!(paper.cuts[2] <= paper.max_score);
            assert_eq!(work.mark, mark(paper, work.raw_score));
        }
    }
}
