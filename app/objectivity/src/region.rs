//! The region: everything one run looks at, gathered in any order.

use std::collections::BTreeMap;

use crate::data::{
    EarlierEvidence, ExternalListing, InputProblem, Observation, Paper, Procedure, SchoolContext,
    StateExam, Summary, Work,
};

/// Marks a missing item, mark or code in the compact columns.
pub(crate) const MISSING: u8 = crate::statistics::response_model::MISSING;
pub(crate) const NO_SCORE: u16 = u16::MAX;
pub(crate) const NO_CODE: u32 = u32::MAX;

/// Strings kept once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    by_name: std::collections::HashMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    pub(crate) fn intern(&mut self, name: &str) -> u32 {
        if let Some(&id) = self.by_name.get(name) {
            return id;
        }
        let id = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.by_name.insert(name.to_owned(), id);
        id
    }

    pub(crate) fn name(&self, id: u32) -> &str {
        self.names.get(id as usize).map_or("", String::as_str)
    }
}

/// Works of one procedure in columns: about 24 bytes a work and one byte an item.
#[derive(Debug, Clone, Default)]
pub(crate) struct Works {
    pub(crate) paper: Paper,
    pub(crate) paper_given: bool,
    pub(crate) school: Vec<u32>,
    pub(crate) class: Vec<u32>,
    pub(crate) pupil: Vec<u32>,
    pub(crate) booklet: Vec<u32>,
    pub(crate) score: Vec<u16>,
    pub(crate) mark: Vec<u8>,
    pub(crate) register: Vec<u8>,
    pub(crate) prior: Vec<f32>,
    /// works × items, row by row.
    pub(crate) items: Vec<u8>,
    /// School, number of pupils, share of the maximum per item (NaN when blank), for schools without works.
    pub(crate) rates: Vec<(u32, u32, Vec<f64>)>,
    /// Cells are made; only what next year's cohort needs is left.
    pub(crate) judged: bool,
}

impl Works {
    pub(crate) fn len(&self) -> usize {
        self.school.len()
    }

    /// Keeps schools, pupils and scores, by which the cohort is met again, and lets the rest go.
    pub(crate) fn forget(&mut self) {
        *self = Self {
            paper: std::mem::take(&mut self.paper),
            paper_given: self.paper_given,
            school: std::mem::take(&mut self.school),
            pupil: std::mem::take(&mut self.pupil),
            score: std::mem::take(&mut self.score),
            judged: true,
            ..Self::default()
        };
        self.school.shrink_to_fit();
        self.pupil.shrink_to_fit();
        self.score.shrink_to_fit();
    }

    /// A work of which only the score or the mark is known.
    fn push_bare(&mut self, school: u32, score: u16, mark: u8) {
        self.school.push(school);
        self.class.push(NO_CODE);
        self.pupil.push(NO_CODE);
        self.booklet.push(NO_CODE);
        self.score.push(score);
        self.mark.push(mark);
        self.register.push(MISSING);
        self.prior.push(f32::NAN);
        let items = self.items.len() + self.paper.items.len();
        self.items.resize(items, MISSING);
    }
}

/// All data of a run. Fill it in any order, then call [`crate::run::analyze`].
#[derive(Debug, Clone, Default)]
pub struct Region {
    pub(crate) schools: Names,
    pub(crate) codes: Names,
    pub(crate) procedures: BTreeMap<Procedure, Works>,
    pub(crate) contexts: Vec<SchoolContext>,
    pub(crate) observations: Vec<Observation>,
    pub(crate) listings: Vec<ExternalListing>,
    pub(crate) exams: Vec<StateExam>,
    pub(crate) earlier: Vec<EarlierEvidence>,
    warnings: Vec<InputProblem>,
}

fn check_mark(school: &str, mark: Option<u8>) -> Result<u8, InputProblem> {
    match mark {
        None => Ok(MISSING),
        Some(mark @ 2..=5) => Ok(mark),
        Some(mark) => Err(InputProblem::MarkOutside {
            school: school.to_owned(),
            mark,
        }),
    }
}

fn finite(school: &str, field: &str, value: f64) -> Result<(), InputProblem> {
    if value.is_finite() {
        Ok(())
    } else {
        Err(InputProblem::NotFinite {
            school: school.to_owned(),
            field: field.to_owned(),
        })
    }
}

impl Region {
    /// An empty region.
    pub fn new() -> Self {
        Self::default()
    }

    /// Declares the paper of a procedure. Must precede its works when they have items.
    ///
    /// # Errors
    /// Wrong cuts, a declared maximum that contradicts the items, or a second different paper.
    pub fn set_paper(&mut self, procedure: Procedure, paper: Paper) -> Result<(), InputProblem> {
        let sum: u16 = paper.items.iter().map(|item| u16::from(item.max)).sum();
        if let Some(declared) = paper.max_score
            && !paper.items.is_empty()
            && declared != sum
        {
            return Err(InputProblem::ContradictoryMaximum { declared, sum });
        }
        let max = paper.max_score.unwrap_or(if paper.items.is_empty() {
            u16::MAX
        } else {
            sum
        });
        let boundaries = &paper.boundaries;
        if boundaries.first() == Some(&0)
            || boundaries.windows(2).any(|pair| pair[0] >= pair[1])
            || boundaries.last().is_some_and(|&last| last > max)
        {
            return Err(InputProblem::WrongBoundaries {
                boundaries: boundaries.clone(),
                max,
            });
        }
        if let Some(cuts) = paper.cuts
            && (cuts[0] == 0 || cuts[0] >= cuts[1] || cuts[1] >= cuts[2] || cuts[2] > max)
        {
            return Err(InputProblem::WrongCuts { cuts, max });
        }
        let works = self.procedures.entry(procedure.clone()).or_default();
        if (works.paper_given || works.len() > 0) && works.paper != paper {
            return Err(InputProblem::SecondPaper { procedure });
        }
        works.paper = paper;
        works.paper_given = true;
        Ok(())
    }

    /// Adds one work. A work without items, score and mark counts as a pupil who did not sit.
    ///
    /// # Errors
    /// What is wrong with the work; the region is unchanged then.
    pub fn push(&mut self, work: &Work) -> Result<(), InputProblem> {
        if work.school.trim().is_empty() {
            return Err(InputProblem::NoSchool);
        }
        let school = work.school.as_str();
        let mark = check_mark(school, work.mark)?;
        let register = check_mark(school, work.register_mark)?;
        if let Some(prior) = work.prior_score {
            finite(school, "prior_score", prior)?;
        }
        let works = self.procedures.entry(work.procedure()).or_default();
        if works.judged {
            return Err(InputProblem::AlreadyJudged {
                school: school.to_owned(),
            });
        }
        let expected = works.paper.items.len();
        if work.items.len() != expected && !work.items.is_empty() {
            return Err(InputProblem::ItemCount {
                school: school.to_owned(),
                found: work.items.len(),
                expected,
            });
        }
        let mut sum = 0_u16;
        let mut answered = 0_usize;
        for (item, points) in works.paper.items.iter().zip(&work.items) {
            if let Some(points) = *points {
                if points > item.max {
                    return Err(InputProblem::PointsAboveMaximum {
                        school: school.to_owned(),
                        item: item.code.clone(),
                        points,
                        max: item.max,
                    });
                }
                sum += u16::from(points);
                answered += 1;
            }
        }
        let max = works.paper.max_score.unwrap_or_else(|| {
            if works.paper.items.is_empty() {
                NO_SCORE - 1
            } else {
                works
                    .paper
                    .items
                    .iter()
                    .map(|item| u16::from(item.max))
                    .sum()
            }
        });
        if let Some(score) = work.raw_score
            && score > max
        {
            return Err(InputProblem::ScoreAboveMaximum {
                school: school.to_owned(),
                score,
                max,
            });
        }
        if let Some(score) = work.raw_score
            && answered == expected
            && expected > 0
            && score != sum
        {
            self.warnings.push(InputProblem::ScoreNotSum {
                school: school.to_owned(),
                score,
                sum,
            });
        }
        let score = work
            .raw_score
            .or((answered > 0).then_some(sum))
            .unwrap_or(NO_SCORE);
        let code = |codes: &mut Names, value: &Option<String>| match value.as_deref().map(str::trim)
        {
            None | Some("") => NO_CODE,
            Some(value) => codes.intern(value),
        };
        works.school.push(self.schools.intern(school.trim()));
        works.class.push(code(&mut self.codes, &work.class));
        works.pupil.push(code(&mut self.codes, &work.pupil));
        works.booklet.push(code(&mut self.codes, &work.booklet));
        works.score.push(score);
        works.mark.push(mark);
        works.register.push(register);
        works
            .prior
            .push(work.prior_score.map_or(f32::NAN, |prior| prior as f32));
        for index in 0..expected {
            works
                .items
                .push(work.items.get(index).copied().flatten().unwrap_or(MISSING));
        }
        Ok(())
    }

    /// Adds aggregated results of a school without pupils' works.
    ///
    /// # Errors
    /// A histogram longer than the paper allows, or rates outside 0–1.
    pub fn push_summary(&mut self, summary: Summary) -> Result<(), InputProblem> {
        let school = summary.school.as_str();
        if school.trim().is_empty() {
            return Err(InputProblem::NoSchool);
        }
        let works = self
            .procedures
            .entry(summary.procedure.clone())
            .or_default();
        if works.judged {
            return Err(InputProblem::AlreadyJudged {
                school: school.to_owned(),
            });
        }
        if let Some(rates) = &summary.item_rates {
            if rates.len() != works.paper.items.len() {
                return Err(InputProblem::ItemCount {
                    school: school.to_owned(),
                    found: rates.len(),
                    expected: works.paper.items.len(),
                });
            }
            for &rate in rates.iter().flatten() {
                finite(school, "item rate", rate)?;
                if !(0.0..=1.0).contains(&rate) {
                    return Err(InputProblem::OutOfRange {
                        school: school.to_owned(),
                        field: "item rate".to_owned(),
                        value: rate,
                        low: 0.0,
                        high: 1.0,
                    });
                }
            }
        }
        let sum: u16 = works
            .paper
            .items
            .iter()
            .map(|item| u16::from(item.max))
            .sum();
        let max = works
            .paper
            .max_score
            .or((sum > 0).then_some(sum))
            .unwrap_or(NO_SCORE - 1);
        if let Some(histogram) = &summary.histogram
            && histogram
                .iter()
                .skip(usize::from(max) + 1)
                .any(|&count| count > 0)
        {
            return Err(InputProblem::ScoreAboveMaximum {
                school: school.to_owned(),
                score: (histogram.len() - 1).min(usize::from(u16::MAX)) as u16,
                max,
            });
        }
        let id = self.schools.intern(school.trim());
        let mut pupils = 0_u32;
        if let Some(histogram) = &summary.histogram {
            for (score, &count) in histogram.iter().enumerate() {
                for _ in 0..count {
                    works.push_bare(id, score as u16, MISSING);
                }
                pupils += count;
            }
        } else if let Some(marks) = &summary.marks {
            for (mark, &count) in (2_u8..).zip(marks) {
                for _ in 0..count {
                    works.push_bare(id, NO_SCORE, mark);
                }
                pupils += count;
            }
        }
        if let Some(rates) = &summary.item_rates {
            works.rates.push((
                id,
                pupils,
                rates.iter().map(|rate| rate.unwrap_or(f64::NAN)).collect(),
            ));
        }
        Ok(())
    }

    /// Adds the context passport of a school and year; a later one for the same school and year replaces it.
    ///
    /// # Errors
    /// A number that is not finite, or a share outside 0–100.
    pub fn add_context(&mut self, context: SchoolContext) -> Result<(), InputProblem> {
        let school = context.school.as_str();
        if school.trim().is_empty() {
            return Err(InputProblem::NoSchool);
        }
        if let Some(index) = context.context_index {
            finite(school, "context_index", index)?;
        }
        for (factor, value) in crate::context::FACTORS.iter().zip(context.factors) {
            if let Some(value) = value {
                finite(school, factor.id, value)?;
                if !(0.0..=100.0).contains(&value) {
                    return Err(InputProblem::OutOfRange {
                        school: school.to_owned(),
                        field: factor.id.to_owned(),
                        value,
                        low: 0.0,
                        high: 100.0,
                    });
                }
            }
        }
        self.contexts.push(context);
        Ok(())
    }

    /// Adds what observers saw.
    ///
    /// # Errors
    /// An index outside 0–1.
    pub fn add_observation(&mut self, observation: Observation) -> Result<(), InputProblem> {
        finite(&observation.school, "observation index", observation.index)?;
        if !(0.0..=1.0).contains(&observation.index) {
            return Err(InputProblem::OutOfRange {
                school: observation.school.clone(),
                field: "observation index".to_owned(),
                value: observation.index,
                low: 0.0,
                high: 1.0,
            });
        }
        self.observations.push(observation);
        Ok(())
    }

    /// Adds a line of an external list.
    pub fn add_listing(&mut self, listing: ExternalListing) {
        self.listings.push(listing);
    }

    /// Adds the state-exam result of a cohort.
    ///
    /// # Errors
    /// A mean that is not finite.
    pub fn add_state_exam(&mut self, exam: StateExam) -> Result<(), InputProblem> {
        finite(&exam.school, "state exam mean", exam.mean)?;
        self.exams.push(exam);
        Ok(())
    }

    /// Adds evidence kept from an earlier run.
    ///
    /// # Errors
    /// A likelihood ratio that is not finite.
    pub fn add_earlier(&mut self, evidence: EarlierEvidence) -> Result<(), InputProblem> {
        finite(&evidence.school, "earlier log_lr", evidence.log_lr)?;
        self.earlier.push(evidence);
        Ok(())
    }

    /// Problems that did not stop the work from being taken.
    pub fn warnings(&self) -> &[InputProblem] {
        &self.warnings
    }

    /// Number of works taken.
    pub fn works(&self) -> usize {
        self.procedures.values().map(Works::len).sum()
    }

    /// The procedures of the region, in order.
    pub fn procedures(&self) -> impl Iterator<Item = &Procedure> {
        self.procedures.keys()
    }
}
