//! Assessment against the state exam of the same cohort (подтверждение на ГИА).

use super::robust_regression::{Estimate, RobustRegression};

/// A school's two results, each on any scale common to the territory.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Confirmation {
    /// Mean of the assessment with its sampling variance.
    pub assessment: Estimate,
    /// Mean of the state exam with its sampling variance.
    pub exam: Estimate,
    /// Context index; higher is more favourable. `None`: judged without context.
    pub context: Option<f64>,
}

/// How far each school's assessment stands above what its state exam and context confirm, in standard deviations of an
/// honest school; in the order of the schools. Positive: not confirmed. `None` for a school without finite numbers.
///
/// Both results become z-scores inside the territory by median and deviation; the assessment is regressed robustly on
/// the exam and the context. The exam is itself measured with error: its sampling variance, times the squared slope, is
/// added to the school's. Context is used when at least ten schools have it; a school without it then counts as average.
/// `None` altogether below the number of schools a regression needs.
///
/// # Source
/// Requirement D-05 of the programme (level of one procedure against state exams with context); the regression form is
/// the platform's.
#[must_use]
pub fn unconfirmed(schools: &[Confirmation]) -> Option<Vec<Option<f64>>> {
    let assessment = standardised(schools.iter().map(|school| school.assessment).collect())?;
    let exam = standardised(schools.iter().map(|school| school.exam).collect())?;
    let contexts: Vec<f64> = schools
        .iter()
        .filter_map(|school| school.context)
        .filter(|c| c.is_finite())
        .collect();
    let with_context = contexts.len() >= 10;
    let average = super::robust_regression::median(&contexts);
    let mut design = Vec::new();
    for (school, exam) in schools.iter().zip(&exam) {
        design.extend([1.0, exam.value]);
        if with_context {
            design.push(school.context.filter(|c| c.is_finite()).unwrap_or(average));
        }
    }
    let columns = 2 + usize::from(with_context);
    let first = RobustRegression::fit(&design, columns, &assessment)?;
    let slope = first.coefficients[1];
    let both: Vec<Estimate> = assessment
        .iter()
        .zip(&exam)
        .map(|(a, e)| Estimate {
            value: a.value,
            variance: a.variance + slope * slope * e.variance,
        })
        .collect();
    let fit = RobustRegression::fit(&design, columns, &both)?;
    Some(
        design
            .chunks(columns)
            .zip(&both)
            .map(|(row, estimate)| fit.z(row, *estimate))
            .collect(),
    )
}

/// Values in deviations from the median of the territory.
fn standardised(estimates: Vec<Estimate>) -> Option<Vec<Estimate>> {
    let values: Vec<f64> = estimates
        .iter()
        .map(|e| e.value)
        .filter(|v| v.is_finite())
        .collect();
    let centre = super::robust_regression::median(&values);
    let distances: Vec<f64> = values.iter().map(|v| (v - centre).abs()).collect();
    let scale = 1.4826 * super::robust_regression::median(&distances);
    if scale.is_nan() || scale <= 0.0 {
        return None;
    }
    Some(
        estimates
            .into_iter()
            .map(|e| Estimate {
                value: (e.value - centre) / scale,
                variance: e.variance / (scale * scale),
            })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::tails::normal_upper_quantile;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    fn schools(inflated: usize) -> Vec<Confirmation> {
        let mut random = ChaCha8Rng::seed_from_u64(8);
        let mut normal = || normal_upper_quantile(random.random_range(1e-12..1.0));
        (0..120)
            .map(|i| {
                let context = normal();
                let level = 0.5 * context + 0.4 * normal();
                let lift = if i < inflated { 1.5 } else { 0.0 };
                Confirmation {
                    assessment: Estimate {
                        value: 20.0 + 5.0 * (level + 0.2 * normal() + lift),
                        variance: 1.0,
                    },
                    exam: Estimate {
                        value: 60.0 + 12.0 * (level + 0.2 * normal()),
                        variance: 5.8,
                    },
                    context: (i % 7 != 0).then_some(context),
                }
            })
            .collect()
    }

    #[test]
    fn inflated_assessments_are_not_confirmed() {
        let z = unconfirmed(&schools(12)).unwrap();
        let mean = z[..12].iter().flatten().sum::<f64>() / 12.0;
        let honest = z[12..].iter().flatten().filter(|&&z| z > 2.326).count();
        println!("mean z of inflated {mean:.1}, honest above 2.33: {honest} of 108");
        assert!(mean > 2.5 && honest <= 3);
    }

    #[test]
    fn missing_numbers_leave_a_gap_and_constants_no_answer() {
        let mut some = schools(0);
        some[3].exam.value = f64::NAN;
        assert!(unconfirmed(&some).unwrap()[3].is_none());
        let constant = Confirmation {
            assessment: Estimate {
                value: 1.0,
                variance: 0.1,
            },
            exam: Estimate {
                value: 1.0,
                variance: 0.1,
            },
            context: None,
        };
        assert!(unconfirmed(&[constant; 30]).is_none());
    }
}
