//! Result of a cohort given its own earlier result (изменение той же когорты).

use super::tails::student_two_sided;

/// A cohort's two results.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CohortPoint {
    /// Mean of the earlier assessment, any scale common to the territory.
    pub before: f64,
    /// Mean of the later assessment, any scale common to the territory.
    pub after: f64,
    /// Pupils behind `before`.
    pub pupils_before: u32,
    /// Pupils behind `after`.
    pub pupils_after: u32,
}

impl CohortPoint {
    fn weight(&self) -> f64 {
        f64::from(self.pupils_before) + f64::from(self.pupils_after)
    }

    fn usable(&self) -> bool {
        self.before.is_finite()
            && self.after.is_finite()
            && self.pupils_before > 0
            && self.pupils_after > 0
    }
}

/// Weighted straight line of later on earlier means.
///
/// It is not robust: a third of inflated cohorts tilts it. The engine therefore lays the studentised residuals into a
/// robust funnel once more, with the earlier mean as a covariate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CohortRegression {
    /// Expected later mean at an earlier mean of 0.
    pub intercept: f64,
    /// Later points per earlier point.
    pub slope: f64,
    /// Residual variance of a cohort of weight 1 (one pupil in one of the two years).
    pub unit_variance: f64,
    /// Cohorts used.
    pub cohorts: usize,
    weight: f64,
    mean_before: f64,
    spread: f64,
}

/// A cohort against the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CohortResidual {
    /// Expected later mean.
    pub expected: f64,
    /// Residual in units of the later scale.
    pub residual: f64,
    /// Residual over its own standard deviation, with the variance from all cohorts.
    pub standardised: f64,
    /// The same with the variance from the other cohorts only.
    pub studentised: f64,
    /// Two-sided tail of `studentised` under Student's t with min(n₁, n₂) − 1 degrees of freedom. `None` for a cohort of
    /// one pupil.
    pub p_value: Option<f64>,
}

impl CohortRegression {
    /// Fits the line by least squares with weights n₁ + n₂; unusable points are left out.
    ///
    /// `None` below four usable cohorts or when all earlier means are equal.
    ///
    /// # Source
    /// Atlanta Journal-Constitution, "Cheating our children" (2012): weighted regression by state, year, grade and
    /// subject.
    #[must_use]
    pub fn fit(points: &[CohortPoint]) -> Option<Self> {
        let usable: Vec<&CohortPoint> = points.iter().filter(|point| point.usable()).collect();
        if usable.len() < 4 {
            return None;
        }
        let weight: f64 = usable.iter().map(|point| point.weight()).sum();
        let mean = |value: &dyn Fn(&CohortPoint) -> f64| -> f64 {
            usable
                .iter()
                .map(|point| point.weight() * value(point))
                .sum::<f64>()
                / weight
        };
        let mean_before = mean(&|point| point.before);
        let mean_after = mean(&|point| point.after);
        let spread = mean(&|point| (point.before - mean_before).powi(2)) * weight;
        if spread <= 1e-12 * weight * (1.0 + mean_before * mean_before) {
            return None;
        }
        let slope = mean(&|point| (point.before - mean_before) * (point.after - mean_after))
            * weight
            / spread;
        let intercept = mean_after - slope * mean_before;
        let squares =
            mean(&|point| (point.after - intercept - slope * point.before).powi(2)) * weight;
        let unit_variance = squares / (usable.len() as f64 - 2.0);
        Some(Self {
            intercept,
            slope,
            unit_variance,
            cohorts: usable.len(),
            weight,
            mean_before,
            spread,
        })
    }

    /// Residual of a cohort that took part in the fit. `None` for an unusable point or when the others leave no variance.
    ///
    /// # Source
    /// Externally studentised residual: Belsley, Kuh and Welsch (1980), eq. 2.26. Degrees of freedom of the p-value as in
    /// the newspaper's published data.
    #[must_use]
    pub fn residual(&self, point: &CohortPoint) -> Option<CohortResidual> {
        if !point.usable() {
            return None;
        }
        let expected = self.intercept + self.slope * point.before;
        let residual = point.after - expected;
        let leverage = self.leverage(point.before) * point.weight();
        let freedom = self.cohorts as f64 - 2.0;
        let variance = self.unit_variance / point.weight() * (1.0 - leverage);
        if variance.is_nan() || variance <= 0.0 || freedom <= 1.0 {
            return None;
        }
        let standardised = residual / variance.sqrt();
        let others = freedom - standardised * standardised;
        if others <= 0.0 {
            return None;
        }
        let studentised = standardised * ((freedom - 1.0) / others).sqrt();
        Some(CohortResidual {
            expected,
            residual,
            standardised,
            studentised,
            p_value: p_value(studentised, point),
        })
    }

    /// Expected later mean and the variance with which a new cohort of this size scatters around it: chance of the cohort
    /// plus uncertainty of the line. `None` for a point without pupils or a mean that is not finite.
    #[must_use]
    pub fn predict(
        &self,
        before: f64,
        pupils_before: u32,
        pupils_after: u32,
    ) -> Option<(f64, f64)> {
        let weight = f64::from(pupils_before) + f64::from(pupils_after);
        if !before.is_finite() || pupils_before == 0 || pupils_after == 0 {
            return None;
        }
        Some((
            self.intercept + self.slope * before,
            self.unit_variance * (1.0 / weight + self.leverage(before)),
        ))
    }

    fn leverage(&self, before: f64) -> f64 {
        1.0 / self.weight + (before - self.mean_before).powi(2) / self.spread
    }
}

/// Two-sided p-value of a studentised residual: 2·(1 − T(|t|)) with min(n₁, n₂) − 1 degrees of freedom. `None` for a
/// cohort of one pupil.
#[must_use]
pub fn p_value(studentised: f64, point: &CohortPoint) -> Option<f64> {
    let pupils = point.pupils_before.min(point.pupils_after);
    student_two_sided(studentised.abs(), f64::from(pupils) - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(before: f64, after: f64) -> CohortPoint {
        CohortPoint {
            before,
            after,
            pupils_before: 20,
            pupils_after: 20,
        }
    }

    #[test]
    fn a_jump_is_outside_its_predictive_variance() {
        let mut points: Vec<CohortPoint> = (0..40)
            .map(|i| {
                point(
                    f64::from(i),
                    3.0 + 0.9 * f64::from(i) + f64::from(i % 5) - 2.0,
                )
            })
            .collect();
        let line = CohortRegression::fit(&points).unwrap();
        let (expected, variance) = line.predict(20.0, 20, 20).unwrap();
        assert!((expected - 21.0).abs() < 0.2 && (1.0..3.0).contains(&variance));
        points[7].after += 12.0;
        let line = CohortRegression::fit(&points).unwrap();
        assert!(line.residual(&points[7]).unwrap().p_value.unwrap() < 0.001);
    }

    #[test]
    fn degenerate_points_give_no_line() {
        assert!(CohortRegression::fit(&[point(1.0, 2.0); 10]).is_none());
        assert!(CohortRegression::fit(&[point(f64::NAN, 2.0); 10]).is_none());
        assert!(
            p_value(
                2.0,
                &CohortPoint {
                    before: 1.0,
                    after: 1.0,
                    pupils_before: 1,
                    pupils_after: 9
                }
            )
            .is_none()
        );
    }
}
