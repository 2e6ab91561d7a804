//! What is known about schools besides their works, found by school and year.

use std::collections::{BTreeMap, HashMap};

use crate::context;
use crate::data::{ExternalListing, Observation, Procedure, SchoolContext, StateExam};
use crate::region::Region;

/// Schools of one year below which contexts of three years are pooled.
const POOL_BELOW: usize = 20;

pub(crate) struct Places<'a> {
    contexts: HashMap<(&'a str, i32), SchoolContext>,
    index: HashMap<(&'a str, i32), f64>,
    observations: HashMap<(&'a str, i32), Vec<&'a Observation>>,
    listings: HashMap<(&'a str, i32), Vec<&'a ExternalListing>>,
    exams: HashMap<(&'a str, &'a Procedure), &'a StateExam>,
}

/// Joins two passports of one school and year. Where both give a number the larger one stays, so that the result does
/// not depend on which came first.
fn merge(kept: &mut SchoolContext, other: &SchoolContext) {
    let larger = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => Some(a.max(b)),
        (a, b) => a.or(b),
    };
    kept.enrolled.extend(other.enrolled.iter().cloned());
    kept.context_index = larger(kept.context_index, other.context_index);
    for (kept, other) in kept.factors.iter_mut().zip(other.factors) {
        *kept = larger(*kept, other);
    }
    kept.advanced_profile |= other.advanced_profile;
}

impl<'a> Places<'a> {
    pub(crate) fn new(region: &'a Region) -> Self {
        let mut contexts: HashMap<(&str, i32), SchoolContext> = HashMap::new();
        for context in &region.contexts {
            contexts
                .entry((context.school.trim(), context.year))
                .and_modify(|kept| merge(kept, context))
                .or_insert_with(|| context.clone());
        }
        let mut by_year: BTreeMap<i32, Vec<(&str, &SchoolContext)>> = BTreeMap::new();
        for (&(school, year), context) in &contexts {
            by_year.entry(year).or_default().push((school, context));
        }
        by_year
            .values_mut()
            .for_each(|year| year.sort_by(|a, b| a.0.cmp(b.0)));
        let mut index = HashMap::new();
        for (&year, own) in &by_year {
            let mut pool = own.clone();
            if own.len() < POOL_BELOW {
                for other in [year - 1, year - 2] {
                    pool.extend(by_year.get(&other).into_iter().flatten());
                }
            }
            let shares: Vec<[Option<f64>; 9]> =
                pool.iter().map(|(_, context)| context.factors).collect();
            let computed = context::index(&shares);
            for (&(school, context), computed) in own.iter().zip(computed) {
                if let Some(value) = context.context_index.or(computed) {
                    index.insert((school, year), value);
                }
            }
        }
        let mut observations: HashMap<_, Vec<_>> = HashMap::new();
        for observation in &region.observations {
            observations
                .entry((observation.school.trim(), observation.year))
                .or_default()
                .push(observation);
        }
        let mut listings: HashMap<_, Vec<_>> = HashMap::new();
        for listing in &region.listings {
            listings
                .entry((listing.school.trim(), listing.year))
                .or_default()
                .push(listing);
        }
        observations.values_mut().for_each(|list| {
            list.sort_by(|a, b| a.index.total_cmp(&b.index).then(a.visits.cmp(&b.visits)));
        });
        let mut ordered: Vec<&StateExam> = region.exams.iter().collect();
        ordered.sort_by(|a, b| a.n.cmp(&b.n).then(a.mean.total_cmp(&b.mean)));
        let exams = ordered
            .into_iter()
            .map(|exam| ((exam.school.trim(), &exam.procedure), exam))
            .collect();
        Self {
            contexts,
            index,
            observations,
            listings,
            exams,
        }
    }

    pub(crate) fn index(&self, school: &str, year: i32) -> Option<f64> {
        self.index.get(&(school, year)).copied()
    }

    /// Enrolment for a procedure: the entry that names most of subject and grade wins.
    pub(crate) fn enrolled(&self, school: &str, procedure: &Procedure) -> Option<u32> {
        self.contexts
            .get(&(school, procedure.year))?
            .enrolled
            .iter()
            .filter(|entry| {
                entry
                    .subject
                    .as_ref()
                    .is_none_or(|subject| *subject == procedure.subject)
            })
            .filter(|entry| entry.grade.is_none_or(|grade| grade == procedure.grade))
            .max_by_key(|entry| {
                (
                    2 * u8::from(entry.grade.is_some()) + u8::from(entry.subject.is_some()),
                    entry.pupils,
                )
            })
            .map(|entry| entry.pupils)
    }

    /// Schools whose passport names this subject and grade.
    pub(crate) fn expected_schools(&self, procedure: &Procedure) -> Vec<&'a str> {
        let mut schools: Vec<&str> = self
            .contexts
            .iter()
            .filter(|((_, year), context)| {
                *year == procedure.year
                    && context.enrolled.iter().any(|entry| {
                        entry.subject.as_ref() == Some(&procedure.subject)
                            && entry.grade == Some(procedure.grade)
                            && entry.pupils > 0
                    })
            })
            .map(|((school, _), _)| *school)
            .collect();
        schools.sort_unstable();
        schools
    }

    /// Mean index, violations and visits over observations that concern the procedure.
    pub(crate) fn observation(
        &self,
        school: &str,
        procedure: &Procedure,
    ) -> Option<(f64, u32, u32)> {
        let mut weighted = 0.0;
        let (mut visits, mut critical) = (0_u32, 0_u32);
        for observation in self.observations.get(&(school, procedure.year))? {
            if observation
                .subject
                .as_ref()
                .is_none_or(|subject| *subject == procedure.subject)
                && observation
                    .grade
                    .is_none_or(|grade| grade == procedure.grade)
            {
                let weight = observation.visits.max(1);
                weighted += f64::from(weight) * observation.index;
                visits += weight;
                critical += observation.critical_violations;
            }
        }
        (visits > 0).then(|| (weighted / f64::from(visits), critical, visits))
    }

    pub(crate) fn listing(
        &self,
        school: &str,
        procedure: &Procedure,
    ) -> Option<&'a ExternalListing> {
        self.listings
            .get(&(school, procedure.year))?
            .iter()
            .filter(|listing| {
                listing
                    .subject
                    .as_ref()
                    .is_none_or(|subject| *subject == procedure.subject)
            })
            .filter(|listing| listing.grade.is_none_or(|grade| grade == procedure.grade))
            .min_by(|a, b| (&a.name, a.source).cmp(&(&b.name, b.source)))
            .copied()
    }

    pub(crate) fn exam(&self, school: &str, procedure: &Procedure) -> Option<&'a StateExam> {
        self.exams.get(&(school, procedure)).copied()
    }
}
