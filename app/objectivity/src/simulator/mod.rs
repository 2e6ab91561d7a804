//! Simulated regions with known truth, for the benchmark and for tests.
//!
//! Item responses follow a generalised partial credit model; schools differ honestly in level (partly explained by
//! context), by year, by item and in attendance. Inflation of five kinds and three strengths is then put on top of
//! the honest works. Nothing of this module is used when real data are analysed.
//!
//! # Source
//! Muraki 1992, "A generalized partial credit model", Applied Psychological Measurement 16(2).

mod inflate;
mod school;

pub use inflate::{Kind, Strength};

use crate::data::{Enrolled, ItemSpec, Paper, Procedure, SchoolContext, Work};
use crate::random::{Random, seed_of};
use crate::region::Region;
use school::{ItemTruth, SchoolTruth, draw_school};

/// An honest reason for unusual results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confounder {
    /// A strong new teacher: everybody gains this year.
    NewTeacher,
    /// Selected intake whose context index does not show it.
    Gymnasium,
    /// A topic not yet taught: a few items fail.
    LateTopic,
    /// Pupils whose home language is another, often without an earlier result.
    MigrantIntake,
}

impl Confounder {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::NewTeacher,
        Self::Gymnasium,
        Self::LateTopic,
        Self::MigrantIntake,
    ];
}

/// What to simulate.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Seed of the region.
    pub seed: u64,
    /// Number of schools.
    pub schools: usize,
    /// Years of the panel, one procedure each.
    pub years: usize,
    /// Share of schools inflated.
    pub inflated: f64,
    /// Kinds to inject, taken in turn.
    pub kinds: Vec<Kind>,
    /// Strengths to inject, taken in turn.
    pub strengths: Vec<Strength>,
    /// Share of honest schools with a confounder.
    pub confounded: f64,
    /// Spread of all honest variation relative to the reference plan, for checks under another generator.
    pub roughness: f64,
}

impl Plan {
    /// 300 honest schools in one year.
    pub fn honest(seed: u64) -> Self {
        Self {
            seed,
            schools: 300,
            years: 1,
            inflated: 0.0,
            kinds: Kind::ALL.to_vec(),
            strengths: Strength::ALL.to_vec(),
            confounded: 0.0,
            roughness: 1.0,
        }
    }
}

/// What is true about one simulated school.
#[derive(Debug, Clone)]
pub struct Truth {
    /// School code.
    pub school: String,
    /// Pupils enrolled in the last year.
    pub enrolled: usize,
    /// Injected inflation.
    pub inflation: Option<(Kind, Strength)>,
    /// Honest confounder.
    pub confounder: Option<Confounder>,
}

/// A simulated region with its truth, schools in the order of `truth`.
#[derive(Debug, Clone)]
pub struct Simulated {
    /// Ready for the engine.
    pub region: Region,
    /// Works of all years, for baselines.
    pub works: Vec<Work>,
    /// Contexts of all years.
    pub contexts: Vec<SchoolContext>,
    /// Paper of each year.
    pub papers: Vec<(Procedure, Paper)>,
    /// Truth by school.
    pub truth: Vec<Truth>,
}

/// Draws the size of a school: 45 % with 4–12 pupils, 30 % with 13–30, 25 % with 31–120.
fn draw_size(random: &mut Random) -> usize {
    let pick = random.unit();
    let (low, high) = if pick < 0.45 {
        (4, 12)
    } else if pick < 0.75 {
        (13, 30)
    } else {
        (31, 120)
    };
    low + random.below(high - low + 1)
}

/// Simulates a region.
pub fn simulate(plan: &Plan) -> Simulated {
    let mut region = Region::new();
    let mut all_works = Vec::new();
    let mut all_contexts = Vec::new();
    let mut papers = Vec::new();
    let mut random = Random::new(seed_of(&[plan.seed, 1]));
    let mut truth = Vec::new();
    let mut schools: Vec<SchoolTruth> = Vec::new();
    let mut injected = 0_usize;
    for number in 0..plan.schools {
        let size = draw_size(&mut random);
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
        schools.push(SchoolTruth::draw(
            &mut random,
            size,
            confounder,
            plan.roughness,
        ));
        truth.push(Truth {
            school: format!("s{number:03}"),
            enrolled: size,
            inflation,
            confounder,
        });
    }
    for year_index in 0..plan.years {
        let mut random = Random::new(seed_of(&[plan.seed, 2, year_index as u64]));
        let items = ItemTruth::draw_paper(&mut random);
        let year = 2026 - plan.years as i32 + 1 + year_index as i32;
        let procedure = Procedure {
            year,
            subject: "math".to_owned(),
            grade: 5,
        };
        let cuts = school::cuts(&items, &mut random);
        let paper = Paper {
            items: items
                .iter()
                .enumerate()
                .map(|(index, item)| ItemSpec {
                    code: (index + 1).to_string(),
                    max: item.max,
                    difficulty: None,
                })
                .collect(),
            cuts: Some(cuts),
            ..Paper::default()
        };
        region
            .set_paper(procedure.clone(), paper.clone())
            .expect("a simulated paper is valid");
        papers.push((procedure.clone(), paper));
        for (number, (school, truth)) in schools.iter().zip(&truth).enumerate() {
            let mut random =
                Random::new(seed_of(&[plan.seed, 3, year_index as u64, number as u64]));
            let mut drawn = draw_school(&mut random, school, &items, year_index, plan.roughness);
            if let Some((kind, strength)) = truth.inflation {
                inflate::apply(&mut random, &mut drawn, &items, cuts, kind, strength);
            }
            let context = SchoolContext {
                year,
                school: truth.school.clone(),
                enrolled: vec![Enrolled {
                    subject: Some(procedure.subject.clone()),
                    grade: Some(procedure.grade),
                    pupils: drawn.enrolled as u32,
                }],
                context_index: Some((school.context * 1000.0).round() / 1000.0),
                ..SchoolContext::default()
            };
            region
                .add_context(context.clone())
                .expect("a simulated context is valid");
            all_contexts.push(context);
            for (index, pupil) in drawn
                .pupils
                .iter()
                .filter(|pupil| pupil.present)
                .enumerate()
            {
                let raw: u16 = pupil.items.iter().map(|&points| u16::from(points)).sum();
                let work = Work {
                    year,
                    subject: procedure.subject.clone(),
                    grade: procedure.grade,
                    school: truth.school.clone(),
                    class: Some(format!("5{}", char::from(b'a' + pupil.class as u8))),
                    pupil: Some(format!("{year}-{index}")),
                    booklet: None,
                    items: pupil.items.iter().map(|&points| Some(points)).collect(),
                    raw_score: Some(raw),
                    mark: Some(2 + cuts.iter().filter(|&&cut| raw >= cut).count() as u8),
                    register_mark: Some(pupil.register),
                    prior_score: pupil.prior,
                };
                region.push(&work).expect("a simulated work is valid");
                all_works.push(work);
            }
        }
    }
    Simulated {
        region,
        works: all_works,
        contexts: all_contexts,
        papers,
        truth,
    }
}
