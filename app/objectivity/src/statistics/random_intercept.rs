//! Random-intercept model of pupils in groups, fitted by maximum likelihood (двухуровневая модель).

use crate::math::Portable;
use nalgebra::{DMatrix, DVector};

/// Sums of one group, enough for the model: memory does not grow with pupils.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupSums {
    columns: usize,
    pupils: u64,
    x: Vec<f64>,
    xx: Vec<f64>,
    xy: Vec<f64>,
    y: f64,
    yy: f64,
    left_out: u64,
}

impl GroupSums {
    /// Empty sums of a group with `columns` design columns, the constant included.
    #[must_use]
    pub fn new(columns: usize) -> Self {
        Self {
            columns,
            pupils: 0,
            x: vec![0.0; columns],
            xx: vec![0.0; columns * columns],
            xy: vec![0.0; columns],
            y: 0.0,
            yy: 0.0,
            left_out: 0,
        }
    }

    /// Adds a pupil with design row `x` and outcome `y`; returns whether the pupil counts.
    ///
    /// A row of the wrong length or with a value that is not finite is only counted as left out.
    pub fn push(&mut self, x: &[f64], y: f64) -> bool {
        if x.len() != self.columns || !y.is_finite() || x.iter().any(|x| !x.is_finite()) {
            self.left_out += 1;
            return false;
        }
        self.pupils += 1;
        for (a, &xa) in x.iter().enumerate() {
            self.x[a] += xa;
            self.xy[a] += xa * y;
            for (b, &xb) in x.iter().enumerate() {
                self.xx[a * self.columns + b] += xa * xb;
            }
        }
        self.y += y;
        self.yy += y * y;
        true
    }

    /// Pupils that count.
    #[must_use]
    pub fn pupils(&self) -> u64 {
        self.pupils
    }

    /// Pupils left out.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.left_out
    }
}

/// Why the model could not be fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RandomInterceptError {
    /// One group cannot show a variance between groups.
    #[error("at least two groups with pupils are needed")]
    TooFewGroups,
    /// Not more pupils than parameters.
    #[error("there are not more pupils than parameters")]
    TooFewPupils,
    /// Columns are collinear or groups differ in their number.
    #[error("the design is collinear or differs between groups")]
    BadDesign,
    /// All outcomes lie on the line.
    #[error("the outcome has no variance around the line")]
    NoVariance,
}

/// Effect of a group with its conditional standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupEffect {
    /// Empirical-Bayes prediction of the group's intercept deviation, in units of the outcome.
    pub effect: f64,
    /// Standard deviation of the effect given the data, with the coefficients taken as known (as lme4 does).
    pub standard_error: f64,
}

/// y = x'β + u + e, u ~ N(0, group variance) per group, e ~ N(0, residual variance) per pupil.
#[derive(Debug, Clone, PartialEq)]
pub struct RandomIntercept {
    /// β in the order of the design's columns.
    pub coefficients: Vec<f64>,
    /// Variance between groups.
    pub group_variance: f64,
    /// Variance between pupils of a group.
    pub residual_variance: f64,
    /// Maximised log-likelihood.
    pub log_likelihood: f64,
    /// Effects in the order of the groups; a group without pupils has effect 0 with the full group variance.
    pub effects: Vec<GroupEffect>,
}

impl RandomIntercept {
    /// Fits the model to group sums by maximum likelihood (not REML).
    ///
    /// The likelihood is profiled over the ratio of the two variances, so one number is searched and the sums are exact;
    /// cost of a step is groups × columns². A boundary estimate of zero group variance is a result, not an error.
    ///
    /// # Errors
    /// See [`RandomInterceptError`].
    ///
    /// # Source
    /// Laird and Ware (1982), Biometrics 38; profiling as in Bates et al. (2015), J. Stat. Softw. 67(1), section 3.
    pub fn fit(groups: &[GroupSums]) -> Result<Self, RandomInterceptError> {
        let filled: Vec<&GroupSums> = groups.iter().filter(|group| group.pupils > 0).collect();
        if filled.len() < 2 {
            return Err(RandomInterceptError::TooFewGroups);
        }
        let columns = filled[0].columns;
        if columns == 0 || filled.iter().any(|group| group.columns != columns) {
            return Err(RandomInterceptError::BadDesign);
        }
        let pupils: u64 = filled.iter().map(|group| group.pupils).sum();
        if pupils <= columns as u64 + 1 {
            return Err(RandomInterceptError::TooFewPupils);
        }
        let profile = |ratio: f64| Profile::at(&filled, columns, pupils as f64, ratio);
        let at_zero = profile(0.0).ok_or(RandomInterceptError::BadDesign)?;
        if at_zero.residual_variance
            <= 1e-14
                * (filled.iter().map(|group| group.yy).sum::<f64>() / pupils as f64).max(1e-300)
        {
            return Err(RandomInterceptError::NoVariance);
        }
        let ratio =
            best_ratio(|ratio| profile(ratio).map_or(f64::NEG_INFINITY, |p| p.log_likelihood));
        let best = profile(ratio).ok_or(RandomInterceptError::BadDesign)?;
        let group_variance = ratio * best.residual_variance;
        let effects = groups
            .iter()
            .map(|group| {
                let n = group.pupils as f64;
                let residual = if group.pupils == 0 {
                    0.0
                } else {
                    group.y
                        - group
                            .x
                            .iter()
                            .zip(best.beta.iter())
                            .map(|(x, b)| x * b)
                            .sum::<f64>()
                };
                GroupEffect {
                    effect: ratio * residual / (1.0 + n * ratio),
                    standard_error: (group_variance / (1.0 + n * ratio)).sqrt(),
                }
            })
            .collect();
        Ok(Self {
            coefficients: best.beta.iter().copied().collect(),
            group_variance,
            residual_variance: best.residual_variance,
            log_likelihood: best.log_likelihood,
            effects,
        })
    }

    /// Share of the variance that lies between groups, 0–1.
    #[must_use]
    pub fn intraclass_correlation(&self) -> f64 {
        self.group_variance / (self.group_variance + self.residual_variance)
    }
}

struct Profile {
    beta: DVector<f64>,
    residual_variance: f64,
    log_likelihood: f64,
}

impl Profile {
    fn at(groups: &[&GroupSums], columns: usize, pupils: f64, ratio: f64) -> Option<Self> {
        let mut information = DMatrix::<f64>::zeros(columns, columns);
        let mut right = DVector::<f64>::zeros(columns);
        let (mut square, mut determinant) = (0.0, 0.0);
        for group in groups {
            let n = group.pupils as f64;
            let pull = ratio / (1.0 + n * ratio);
            for a in 0..columns {
                right[a] += group.xy[a] - pull * group.x[a] * group.y;
                for b in 0..columns {
                    information[(a, b)] +=
                        group.xx[a * columns + b] - pull * group.x[a] * group.x[b];
                }
            }
            square += group.yy - pull * group.y * group.y;
            determinant += (n * ratio).logarithm_1p();
        }
        let scale: Vec<f64> = (0..columns)
            .map(|a| information[(a, a)].max(0.0).sqrt())
            .collect();
        if scale.iter().any(|&s| s <= 0.0 || !s.is_finite()) {
            return None;
        }
        let scaled = DMatrix::from_fn(columns, columns, |a, b| {
            information[(a, b)] / (scale[a] * scale[b])
        });
        let factor = scaled.cholesky()?;
        if factor.l().diagonal().iter().any(|&d| d < 1e-7) {
            return None;
        }
        let scaled_right = DVector::from_fn(columns, |a, _| right[a] / scale[a]);
        let solved = factor.solve(&scaled_right);
        let beta = DVector::from_fn(columns, |a, _| solved[a] / scale[a]);
        let residual_variance = ((square - beta.dot(&right)) / pupils).max(0.0);
        let log_likelihood = -0.5
            * (pupils
                * ((2.0 * std::f64::consts::PI * residual_variance.max(1e-300)).logarithm() + 1.0)
                + determinant);
        Some(Self {
            beta,
            residual_variance,
            log_likelihood,
        })
    }
}

/// Highest point of the profile over ratio = r²: a coarse scan against local maxima, then golden section.
fn best_ratio(likelihood: impl Fn(f64) -> f64) -> f64 {
    let at = |root: f64| likelihood(root * root);
    let grid: Vec<f64> = std::iter::once(0.0)
        .chain((-40..=40).map(|k| crate::math::powf(10.0, f64::from(k) / 10.0)))
        .collect();
    let values: Vec<f64> = grid.iter().map(|&root| at(root)).collect();
    let best = (0..grid.len()).fold(0, |best, k| if values[k] > values[best] { k } else { best });
    let (mut low, mut high) = (
        grid[best.saturating_sub(1)],
        grid[(best + 1).min(grid.len() - 1)],
    );
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut a, mut b) = (high - golden * (high - low), low + golden * (high - low));
    let (mut at_a, mut at_b) = (at(a), at(b));
    for _ in 0..120 {
        if at_a < at_b {
            (low, a, at_a) = (a, b, at_b);
            b = low + golden * (high - low);
            at_b = at(b);
        } else {
            (high, b, at_b) = (b, a, at_a);
            a = high - golden * (high - low);
            at_a = at(a);
        }
        if high - low <= 1e-10 * high {
            break;
        }
    }
    let root = 0.5 * (low + high);
    // A gain below rounding of the likelihood is the boundary.
    if at(root) - at(0.0) <= 1e-12 * (1.0 + at(0.0).abs()) {
        0.0
    } else {
        root * root
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(values: &[f64]) -> GroupSums {
        let mut sums = GroupSums::new(1);
        for &value in values {
            sums.push(&[1.0], value);
        }
        sums
    }

    // Balanced one-way layout: the maximum is (mean square between − mean square within) / n with the ML divisor.
    #[test]
    fn balanced_layout_has_its_closed_form() {
        let fit =
            RandomIntercept::fit(&[group(&[1.0, 3.0]), group(&[5.0, 9.0]), group(&[4.0, 8.0])])
                .unwrap();
        let within = (2.0 + 8.0 + 8.0) / 3.0;
        let means = [2.0, 7.0, 6.0];
        let between = 2.0 * means.iter().map(|m| (m - 5.0_f64).powi(2)).sum::<f64>() / 3.0;
        assert!((fit.coefficients[0] - 5.0).abs() < 1e-9);
        assert!((fit.residual_variance - within).abs() < 1e-6, "{fit:?}");
        assert!(
            (fit.group_variance - (between - within) / 2.0).abs() < 1e-6,
            "{fit:?}"
        );
    }

    #[test]
    fn equal_groups_have_no_group_variance() {
        let fit =
            RandomIntercept::fit(&[group(&[1.0, 3.0]), group(&[3.0, 1.0]), group(&[0.0, 4.0])])
                .unwrap();
        assert_eq!(fit.group_variance, 0.0);
        assert!(fit.effects.iter().all(|effect| effect.effect == 0.0));
    }

    #[test]
    fn degenerate_input_is_named() {
        use RandomInterceptError::{BadDesign, NoVariance, TooFewGroups, TooFewPupils};
        assert_eq!(
            RandomIntercept::fit(&[group(&[1.0, 2.0])]),
            Err(TooFewGroups)
        );
        assert_eq!(
            RandomIntercept::fit(&[group(&[1.0]), group(&[2.0])]),
            Err(TooFewPupils)
        );
        assert_eq!(
            RandomIntercept::fit(&[group(&[2.0; 4]), group(&[2.0; 4])]),
            Err(NoVariance)
        );
        let mut twice = GroupSums::new(2);
        for value in [1.0, 2.0, 3.0] {
            twice.push(&[1.0, 1.0], value);
        }
        assert_eq!(
            RandomIntercept::fit(&[twice.clone(), twice]),
            Err(BadDesign)
        );
        let mut broken = GroupSums::new(1);
        assert!(!broken.push(&[1.0], f64::NAN) && broken.left_out() == 1);
    }
}
