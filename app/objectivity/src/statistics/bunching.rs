//! Exact test for pupils lifted over a mark boundary (скопление на границе отметки).

use super::counterfactual::Window;
use super::intervals::share_interval;
use super::lattice::Lattice;
use super::tails::{binomial_lower_mid_p, normal_upper_quantile};
use crate::math::Portable;

/// Points taken on each side of a cut unless neighbouring cuts leave less room.
///
/// # Source
/// Platform: a marker rarely finds more than six missing points in one work. Boundaries of the Russian scales are
/// often closer, and then the windows are cut short.
pub const WINDOW_WIDTH: usize = 6;

/// Share of pupils one, two … points below the cut who are lifted under the alternative the weights are made for.
///
/// # Source
/// Platform: the fewer points are missing, the easier they are found; about as steep as the published histograms of the
/// Polish school-leaving exam fall off below the pass mark. It shapes the weights only; the level of the test does not
/// depend on it.
const LIFTED: [f64; WINDOW_WIDTH] = [0.95, 0.85, 0.6, 0.35, 0.2, 0.1];

/// Share of the lifted who land on the cut; of the rest the same share lands a point above, and so on.
///
/// # Source
/// Platform, as [`LIFTED`].
const LANDS: f64 = 0.4;

/// Scores of the alternative are rounded to this part of a unit of log-likelihood, so that the null distribution of
/// their sum is exact on a lattice.
const SCORE_UNIT: f64 = 0.25;

/// Above this number of pupils in one window the null distribution of the score is taken as normal.
const EXACT_UP_TO: u32 = 20_000;

/// Counts at one cut.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CutCount {
    /// Scores compared.
    pub window: Window,
    /// Pupils below the cut inside the window.
    pub below: u32,
    /// Pupils at or above the cut inside the window.
    pub above: u32,
    /// Expected share of the window's pupils below the cut, 0–1.
    pub expected_below: f64,
    /// Mid-p of "at most `below`" under the binomial with `expected_below`, 0–1.
    pub p_value: f64,
}

/// Result of the test over all cuts of one work or of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Bunching {
    /// Each cut, in increasing order.
    pub cuts: Vec<CutCount>,
    /// Pupils inside windows; the test's own sample size.
    pub pupils: u32,
    /// One-sided mid-p of the weighted score over all cuts, 0–1.
    pub p_value: f64,
    /// The same as a standard normal value; positive for a pile.
    pub z: f64,
    /// Log-likelihood ratio of "lifted with the default strength" against "not lifted", natural logarithm.
    pub log_likelihood_ratio: f64,
    /// Shift of `z` under the alternative the weights are made for: the standard deviation of the log-likelihood ratio
    /// among the pupils inside the windows.
    pub information: f64,
    /// Pupils missing below the cuts, beyond expectation; negative when there are more than expected.
    pub lifted: f64,
    /// Interval of `lifted` at 95 %.
    pub lifted_interval: (f64, f64),
}

/// One school's pupils in the windows, beside what was expected; made by [`WindowCounts::of`].
#[derive(Debug, Clone)]
pub struct WindowCounts {
    window: Window,
    counts: Vec<u32>,
    expected: Vec<f64>,
}

impl WindowCounts {
    /// Cuts the `windows` out of a school's `histogram` (pupils by raw score) and its tilted counterfactual.
    ///
    /// Windows in which the counterfactual has no mass on one side are left out: nothing can be said there. Scores
    /// above the end of either slice count as empty.
    #[must_use]
    pub fn of(histogram: &[u32], counterfactual: &[f64], windows: &[Window]) -> Vec<Self> {
        windows
            .iter()
            .filter_map(|window| {
                let range = window.start()..window.end();
                let counts = range
                    .clone()
                    .map(|s| histogram.get(s).copied().unwrap_or(0))
                    .collect();
                let mut expected: Vec<f64> = range
                    .map(|s| counterfactual.get(s).copied().unwrap_or(0.0))
                    .collect();
                let total: f64 = expected.iter().sum();
                let below: f64 = expected[..window.below].iter().sum();
                if !total.is_finite() || total <= 0.0 || below <= 0.0 || below >= total {
                    return None;
                }
                expected.iter_mut().for_each(|p| *p /= total);
                Some(Self {
                    window: *window,
                    counts,
                    expected,
                })
            })
            .collect()
    }

    fn pupils(&self) -> u32 {
        self.counts.iter().sum()
    }

    fn expected_below(&self) -> f64 {
        self.expected[..self.window.below].iter().sum()
    }

    /// Log-likelihood ratio of each score of the window: the nearer below, the likelier lifted; the nearer above, the
    /// likelier landed on.
    fn log_ratios(&self) -> Vec<f64> {
        let (below, above) = (self.window.below, self.window.above);
        let lift = |distance: usize| LIFTED.get(distance - 1).copied().unwrap_or(0.0);
        let landing = |step: usize| LANDS * crate::math::powi(1.0 - LANDS, step as u32);
        let landing_total: f64 = (0..above).map(landing).sum();
        let moved: f64 = (1..=below)
            .map(|distance| self.expected[below - distance] * lift(distance))
            .sum();
        let lower = (1..=below)
            .rev()
            .map(|distance| (1.0 - lift(distance)).logarithm());
        let upper = (0..above).map(|step| {
            let landed = moved * landing(step) / landing_total;
            // A score without honest mass (a comb's gap) can still be landed on; the cap keeps one pupil from deciding.
            (1.0 + landed / self.expected[below + step].max(1e-9))
                .logarithm()
                .min(3.0)
        });
        lower.chain(upper).collect()
    }
}

/// Tests whether pupils were lifted over the cuts of `windows`, which may come from several works of one school.
///
/// Given the number of pupils inside each window their scores are, under the null, drawn from the counterfactual; so the
/// sum of the scores' weights has an exact distribution by convolution, whatever the school's level and size. With
/// equal weights on each side this is the binomial test of L given L + H; the weights add the order inside a side.
/// `None` when no pupil is inside a window.
///
/// # Source
/// Conditional discrete test: Frandsen, "Party bias in union representation elections: testing for manipulation in the
/// regression discontinuity design when the running variable is discrete" (2017), Adv. Econometrics 38, known to us
/// through its description; counterfactual mass as Dee, Dobbie, Jacob and Rockoff (2019), AEJ Applied 11(3).
/// Convolution over cuts and the weights are ours.
#[must_use]
pub fn test(windows: &[WindowCounts]) -> Option<Bunching> {
    let pupils: u32 = windows.iter().map(WindowCounts::pupils).sum();
    if pupils == 0 {
        return None;
    }
    let p_value = weighted_mid_p(windows);
    let (mut log_likelihood_ratio, mut variance) = (0.0, 0.0);
    let mut expected_below = 0.0;
    let mut cuts = Vec::with_capacity(windows.len());
    for window in windows {
        let total = window.pupils();
        let below: u32 = window.counts[..window.window.below].iter().sum();
        let share = window.expected_below();
        expected_below += share * f64::from(total);
        let ratios = window.log_ratios();
        let moment = |power: u32| {
            let values = ratios.iter().zip(&window.expected);
            values
                .map(|(ratio, p)| p * crate::math::powi(*ratio, power))
                .sum::<f64>()
        };
        variance += f64::from(total) * (moment(2) - moment(1).powi(2)).max(0.0);
        log_likelihood_ratio += ratios
            .iter()
            .zip(&window.counts)
            .map(|(ratio, &count)| ratio * f64::from(count))
            .sum::<f64>();
        cuts.push(CutCount {
            window: window.window,
            below,
            above: total - below,
            expected_below: share,
            p_value: binomial_lower_mid_p(below, total, share),
        });
    }
    let below: u32 = cuts.iter().map(|cut| cut.below).sum();
    let lifted = expected_below - f64::from(below);
    let n = f64::from(pupils);
    let share = share_interval(f64::from(below), n, 0.95)?;
    Some(Bunching {
        pupils,
        p_value,
        z: normal_upper_quantile(p_value),
        log_likelihood_ratio,
        information: variance.sqrt(),
        lifted,
        lifted_interval: (
            expected_below - n * share.high,
            expected_below - n * share.low,
        ),
        cuts,
    })
}

fn weighted_mid_p(windows: &[WindowCounts]) -> f64 {
    let mut observed = 0_i64;
    let mut null = Lattice::at(0);
    let (mut mean, mut variance, mut exact) = (0.0, 0.0, true);
    for window in windows {
        let pupils = window.pupils();
        let scores: Vec<i64> = window
            .log_ratios()
            .iter()
            .map(|ratio| (ratio / SCORE_UNIT).round() as i64)
            .collect();
        observed += scores
            .iter()
            .zip(&window.counts)
            .map(|(score, &count)| score * i64::from(count))
            .sum::<i64>();
        let first: f64 = scores
            .iter()
            .zip(&window.expected)
            .map(|(&score, p)| score as f64 * p)
            .sum();
        let second: f64 = scores
            .iter()
            .zip(&window.expected)
            .map(|(&score, p)| (score * score) as f64 * p)
            .sum();
        mean += first * f64::from(pupils);
        variance += (second - first * first) * f64::from(pupils);
        if pupils > EXACT_UP_TO {
            exact = false;
        } else if exact {
            let one = Lattice::of(scores.iter().copied().zip(window.expected.iter().copied()));
            null = null.plus(&one.times(pupils));
        }
    }
    if !exact {
        return super::tails::normal_upper((observed as f64 - mean) / variance.max(1e-12).sqrt());
    }
    0.5 * (null.at_least(observed) + null.at_least(observed + 1))
}

#[cfg(test)]
mod tests {
    use super::super::counterfactual::windows;
    use super::*;

    fn flat(histogram: &[u32]) -> Option<Bunching> {
        let counterfactual = vec![1.0 / histogram.len() as f64; histogram.len()];
        test(&WindowCounts::of(
            histogram,
            &counterfactual,
            &windows(&[10], histogram.len() - 1, 3),
        ))
    }

    #[test]
    fn empty_windows_give_no_result() {
        assert!(flat(&[0; 20]).is_none());
        let mut outside = [0; 20];
        outside[2] = 30;
        assert!(flat(&outside).is_none());
    }

    #[test]
    fn a_gap_below_the_cut_is_significant_and_its_mirror_is_not() {
        let mut pile = [2; 20];
        pile[7..10].fill(0);
        pile[10] = 8;
        let found = flat(&pile).unwrap();
        assert!(
            found.p_value < 1e-3 && found.z > 3.0 && found.lifted > 4.0,
            "{found:?}"
        );
        let mut mirror = [2; 20];
        mirror[10..13].fill(0);
        mirror[9] = 8;
        assert!(flat(&mirror).unwrap().p_value > 0.99);
    }

    #[test]
    fn two_pupils_cannot_be_significant_alone() {
        let mut few = [0; 20];
        few[10] = 2;
        assert!(flat(&few).unwrap().p_value > 0.01);
    }
}
