//! Which items a school does better or worse than pupils with the same total score (профиль заданий).

use nalgebra::{DMatrix, DVector};

use super::item_sums::{RegionSums, SchoolSums};
use super::robust_regression::{Estimate, root_of_decreasing, winsorised_second_moment};
use super::tails::{chi_squared_upper, normal_upper_quantile};

/// Neighbouring total scores are joined until a stratum has this many pupils.
///
/// # Source
/// Platform: below about 30 the variance of an item inside a stratum is too uncertain to divide by.
const LEAST_PER_STRATUM: u64 = 30;

/// Complete works below which a territory has no baseline.
pub const LEAST_PUPILS: u64 = 100;

/// Squared residuals are winsorised here when honest variation is estimated.
const WINSOR: f64 = 1.5;

struct Stratum {
    pupils: f64,
    mean_total: f64,
    /// Mean points per item at `mean_total`.
    mean: DVector<f64>,
    /// Change of the mean per point of the total; zero in a stratum of one total.
    slope: DVector<f64>,
    /// Covariance of the items given the total.
    covariance: DMatrix<f64>,
}

/// What pupils of a territory do on each item, given their total score.
pub struct ItemBaseline {
    maxima: Vec<u8>,
    strata: Vec<Stratum>,
    stratum_of: Vec<usize>,
    facility: Vec<f64>,
    contrast: Vec<f64>,
}

impl ItemBaseline {
    /// Finishes a territory's sums. `None` below [`LEAST_PUPILS`] complete works or for fewer than two items.
    #[must_use]
    pub fn of(sums: &RegionSums) -> Option<Self> {
        let maxima = sums.maxima();
        let pupils: u64 = sums.histogram().iter().sum();
        if pupils < LEAST_PUPILS || maxima.len() < 2 {
            return None;
        }
        let mut stratum_of = vec![0; sums.histogram().len()];
        let mut strata = Vec::new();
        for totals in joined_totals(sums.histogram()) {
            for slot in &mut stratum_of[totals.clone()] {
                *slot = strata.len();
            }
            strata.push(stratum(sums, totals));
        }
        let facility: Vec<f64> = (0..maxima.len())
            .map(|item| {
                let points: u64 = (0..sums.histogram().len())
                    .map(|total| sums.points(total)[item])
                    .sum();
                points as f64 / (pupils as f64 * f64::from(maxima[item].max(1)))
            })
            .collect();
        let contrast = hard_minus_easy(&facility, maxima);
        Some(Self {
            maxima: maxima.to_vec(),
            strata,
            stratum_of,
            facility,
            contrast,
        })
    }

    /// Share of the maximum reached on each item in the territory, 0–1; lower is harder.
    #[must_use]
    pub fn facility(&self) -> &[f64] {
        &self.facility
    }

    /// Profile of one school of the same paper. `None` for another paper or no complete work.
    ///
    /// Residuals are points beyond the expectation given the pupils' totals. The school is itself part of the
    /// baseline, which pulls its residuals in; the variance allows for that, so z is standard normal when pupils differ
    /// by their totals only. Honest schools differ a little more: see [`HonestVariation`].
    ///
    /// # Source
    /// Conditional item residuals as in the standardisation approach to differential item functioning (Dorans and
    /// Kulick 1986, J. Educ. Meas. 23), with the exact conditional covariance instead of an independent one.
    #[must_use]
    pub fn profile(&self, school: &SchoolSums) -> Option<ItemProfile> {
        let pupils = school.pupils();
        if school.maxima() != self.maxima || pupils == 0 {
            return None;
        }
        let n = f64::from(pupils);
        let mut expected = DVector::<f64>::zeros(self.maxima.len());
        let mut by_stratum = vec![0.0; self.strata.len()];
        for (total, &count) in school
            .histogram()
            .iter()
            .enumerate()
            .filter(|&(_, &count)| count > 0)
        {
            let index = self.stratum_of[total];
            let stratum = &self.strata[index];
            by_stratum[index] += f64::from(count);
            expected += (&stratum.mean + &stratum.slope * (total as f64 - stratum.mean_total))
                * f64::from(count);
        }
        let mut covariance = DMatrix::<f64>::zeros(self.maxima.len(), self.maxima.len());
        for (stratum, count) in self.strata.iter().zip(&by_stratum) {
            // The school's own pupils are part of the stratum's mean.
            let weight = count * (1.0 - count / stratum.pupils.max(*count));
            if weight > 0.0 {
                covariance += &stratum.covariance * weight;
            }
        }
        let residual = DVector::from_iterator(
            expected.len(),
            school
                .points()
                .iter()
                .zip(expected.iter())
                .map(|(&o, e)| o as f64 - e),
        );
        let z = (0..residual.len())
            .map(|item| {
                let variance = covariance[(item, item)];
                (variance > 1e-9 * n).then(|| residual[item] / variance.sqrt())
            })
            .collect();
        let shares = residual
            .iter()
            .zip(&self.maxima)
            .map(|(residual, &max)| residual / (n * f64::from(max.max(1))))
            .collect();
        let mut profile = ItemProfile {
            pupils,
            residual_shares: shares,
            z,
            contrast: None,
            residual,
            covariance,
        };
        profile.contrast = profile.weighted(&self.contrast);
        Some(profile)
    }
}

/// Residuals of one school.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemProfile {
    /// Complete works.
    pub pupils: u32,
    /// Residual per item as a share of the item's maximum, −1 to 1.
    pub residual_shares: Vec<f64>,
    /// Residual per item in conditional standard deviations; `None` where the totals leave the item no freedom.
    pub z: Vec<Option<f64>>,
    /// Mean residual of the harder half of the items minus that of the easier half.
    pub contrast: Option<Contrast>,
    residual: DVector<f64>,
    covariance: DMatrix<f64>,
}

/// A weighted sum of item residuals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// Value in shares of the maximum.
    pub value: f64,
    /// Conditional standard error, without honest variation between schools.
    pub standard_error: f64,
    /// `value / standard_error`.
    pub z: f64,
}

impl Contrast {
    /// The contrast as a value with its sampling variance, for a funnel over the schools of the territory: the funnel's
    /// over-dispersion is the honest variation of teaching, its centre absorbs what inflated schools did to the baseline.
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        Estimate {
            value: self.value,
            variance: self.standard_error * self.standard_error,
        }
    }
}

impl ItemProfile {
    /// Sum of item residual points per pupil with the given weight per item. `None` for a wrong number of weights or
    /// when the totals leave no freedom.
    #[must_use]
    pub fn weighted(&self, weights: &[f64]) -> Option<Contrast> {
        if weights.len() != self.residual.len() {
            return None;
        }
        let weights = DVector::from_column_slice(weights);
        let n = f64::from(self.pupils);
        let variance = (&self.covariance * &weights).dot(&weights) / (n * n);
        let value = weights.dot(&self.residual) / n;
        (variance > 1e-14).then(|| Contrast {
            value,
            standard_error: variance.sqrt(),
            z: value / variance.sqrt(),
        })
    }

    /// Σ z² over items and its upper tail, each z² first divided by the honest `1 + c·n` of its item.
    ///
    /// Items of one pupil share the total and so are dependent; the sum is compared with a scaled chi-squared of the
    /// same mean and variance (Satterthwaite 1946). `None` without any item or with variations of another paper.
    #[must_use]
    pub fn misfit(&self, honest: &[HonestVariation]) -> Option<Misfit> {
        if honest.len() != self.z.len() {
            return None;
        }
        let free: Vec<usize> = (0..self.z.len())
            .filter(|&item| self.z[item].is_some())
            .collect();
        if free.is_empty() {
            return None;
        }
        let deflation = |item: usize| honest[item].deflation(self.pupils);
        let sum: f64 = free
            .iter()
            .filter_map(|&item| self.z[item].map(|z| z * z / deflation(item)))
            .sum();
        let mut squares = 0.0;
        for &a in &free {
            for &b in &free {
                let product = self.covariance[(a, a)] * self.covariance[(b, b)];
                let correlation = self.covariance[(a, b)] / product.sqrt();
                // Honest variation is taken as independent between items.
                let diluted = if a == b {
                    1.0
                } else {
                    correlation / (deflation(a) * deflation(b)).sqrt()
                };
                squares += diluted * diluted;
            }
        }
        let scale = squares / free.len() as f64;
        let degrees = free.len() as f64 / scale;
        let p_value = chi_squared_upper(sum / scale, degrees)?;
        Some(Misfit {
            sum,
            items: free.len(),
            p_value,
            z: normal_upper_quantile(p_value),
        })
    }
}

/// Σ z² of a school's item residuals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Misfit {
    /// Σ z² / (1 + c·n); about `items` in an honest school.
    pub sum: f64,
    /// Items with some freedom.
    pub items: usize,
    /// Upper tail probability.
    pub p_value: f64,
    /// The same as a standard normal value.
    pub z: f64,
}

/// Honest variation of schools on one residual: E z² = 1 + c·n, because teaching emphasis moves a whole school and so
/// grows with n while chance does not.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct HonestVariation {
    /// c ≥ 0, per pupil.
    pub per_pupil: f64,
}

impl HonestVariation {
    /// Estimates c from the schools of a territory, given each school's pupils and z.
    ///
    /// Solves Σ min(z²/(1 + c·n), 1.5²) = its expectation, so that a school with strange items counts at most a little.
    /// No variation below 5 schools: nothing can be learned then, and the caller's level must come from elsewhere.
    ///
    /// # Source
    /// The winsorised moment equation of Spiegelhalter (2005), section 4, with a multiplier that grows with n; ours.
    #[must_use]
    pub fn estimate(schools: &[(u32, f64)]) -> Self {
        let usable: Vec<(f64, f64)> = schools
            .iter()
            .filter(|(n, z)| *n > 0 && z.is_finite())
            .map(|&(n, z)| (f64::from(n), z * z))
            .collect();
        if usable.len() < 5 {
            return Self::default();
        }
        let c = WINSOR;
        let moment = winsorised_second_moment(c);
        let target = moment * usable.len() as f64;
        let per_pupil = root_of_decreasing(|slope| {
            usable
                .iter()
                .map(|(n, z2)| (z2 / (1.0 + slope * n)).min(c * c))
                .sum::<f64>()
                - target
        });
        Self { per_pupil }
    }

    /// One variation per item from the schools' profiles, each pulled half-way to the common one when there are about
    /// 50 schools, less with more.
    #[must_use]
    pub fn of_items(profiles: &[ItemProfile]) -> Vec<Self> {
        let items = profiles.first().map_or(0, |profile| profile.z.len());
        let of = |item: usize| {
            profiles
                .iter()
                .filter_map(move |p| Some((p.pupils, (*p.z.get(item)?)?)))
        };
        let pooled: Vec<(u32, f64)> = (0..items).flat_map(of).collect();
        let common = Self::estimate(&pooled).per_pupil;
        let own = profiles.len() as f64 / (profiles.len() as f64 + 50.0);
        (0..items)
            .map(|item| {
                let schools: Vec<(u32, f64)> = of(item).collect();
                Self {
                    per_pupil: own * Self::estimate(&schools).per_pupil + (1.0 - own) * common,
                }
            })
            .collect()
    }

    /// Factor by which z² of a school with `pupils` is honestly larger than chance.
    #[must_use]
    pub fn deflation(&self, pupils: u32) -> f64 {
        1.0 + self.per_pupil * f64::from(pupils)
    }

    /// z of a school with `pupils`, divided by the square root of the deflation.
    #[must_use]
    pub fn deflated(&self, z: f64, pupils: u32) -> f64 {
        z / self.deflation(pupils).sqrt()
    }
}

/// Ranges of totals with at least [`LEAST_PER_STRATUM`] pupils each; a poor last range joins its neighbour.
fn joined_totals(histogram: &[u64]) -> Vec<std::ops::Range<usize>> {
    let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
    let (mut start, mut pupils) = (0, 0);
    for (total, count) in histogram.iter().enumerate() {
        pupils += count;
        if pupils >= LEAST_PER_STRATUM {
            ranges.push(start..total + 1);
            (start, pupils) = (total + 1, 0);
        }
    }
    match ranges.last_mut() {
        Some(last) if start < histogram.len() => last.end = histogram.len(),
        Some(_) => {}
        None => ranges.push(0..histogram.len()),
    }
    ranges
}

fn stratum(sums: &RegionSums, totals: std::ops::Range<usize>) -> Stratum {
    let items = sums.maxima().len();
    let pupils: f64 = sums.histogram()[totals.clone()]
        .iter()
        .map(|&n| n as f64)
        .sum();
    let n = pupils.max(1.0);
    let mean_total = totals
        .clone()
        .map(|total| total as f64 * sums.histogram()[total] as f64)
        .sum::<f64>()
        / n;
    let mut mean = DVector::<f64>::zeros(items);
    let mut with_total = DVector::<f64>::zeros(items);
    let mut second = DMatrix::<f64>::zeros(items, items);
    let mut total_spread = 0.0;
    for total in totals {
        let distance = total as f64 - mean_total;
        total_spread += distance * distance * sums.histogram()[total] as f64 / n;
        for (item, &points) in sums.points(total).iter().enumerate() {
            mean[item] += points as f64 / n;
            with_total[item] += points as f64 * distance / n;
        }
        let mut products = sums.products(total).iter();
        for a in 0..items {
            for (b, &product) in (a..items).zip(&mut products) {
                second[(a, b)] += product as f64 / n;
            }
        }
    }
    let slope = if total_spread > 1e-12 {
        &with_total / total_spread
    } else {
        DVector::<f64>::zeros(items)
    };
    let mut covariance = DMatrix::<f64>::zeros(items, items);
    // Unbiased: the mean (and the slope) are estimated from the same pupils.
    let correction = n / (n - if total_spread > 1e-12 { 2.0 } else { 1.0 }).max(1.0);
    for a in 0..items {
        for b in a..items {
            let value = (second[(a, b)] - mean[a] * mean[b] - slope[a] * slope[b] * total_spread)
                * correction;
            covariance[(a, b)] = value;
            covariance[(b, a)] = value;
        }
    }
    Stratum {
        pupils,
        mean_total,
        mean,
        slope,
        covariance,
    }
}

/// Weights on points per pupil: harder half positive, easier half negative, each in shares of the maximum. The middle
/// of an odd number of items has no weight; ties keep the paper's order.
fn hard_minus_easy(facility: &[f64], maxima: &[u8]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..facility.len()).collect();
    order.sort_by(|&a, &b| facility[a].total_cmp(&facility[b]).then(a.cmp(&b)));
    let half = facility.len() / 2;
    let mut weights = vec![0.0; facility.len()];
    for (rank, &item) in order.iter().enumerate() {
        let unit = 1.0 / (half as f64 * f64::from(maxima[item].max(1)));
        if rank < half {
            weights[item] = unit;
        } else if rank >= facility.len() - half {
            weights[item] = -unit;
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::funnel::Funnel;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    const MAXIMA: [u8; 12] = [1, 1, 1, 1, 2, 1, 1, 2, 1, 1, 2, 1];

    /// 200 schools of 5–50 pupils; `emphasis` is the standard deviation of honest school × item shifts in logits;
    /// the first `hinted` schools get hints on the four hardest items.
    fn region(emphasis: f64, hinted: usize, seed: u64) -> (RegionSums, Vec<SchoolSums>) {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut region = RegionSums::new(&MAXIMA);
        let mut schools = Vec::new();
        for index in 0..200 {
            let mut school = SchoolSums::new(&MAXIMA);
            let mut normal = || normal_upper_quantile(random.random_range(1e-12..1.0));
            let level = 0.5 * normal();
            let shifts: Vec<f64> = MAXIMA.iter().map(|_| emphasis * normal()).collect();
            for _ in 0..[5, 12, 25, 50][index % 4] {
                let mut normal = || normal_upper_quantile(random.random_range(1e-12..1.0));
                let ability = level + normal();
                let work: Vec<Option<u8>> = MAXIMA
                    .iter()
                    .enumerate()
                    .map(|(item, &max)| {
                        let hint = if index < hinted && item >= 8 {
                            1.2
                        } else {
                            0.0
                        };
                        let logit = ability - (item as f64 - 5.5) / 3.0 + shifts[item] + hint;
                        let share = 1.0 / (1.0 + (-logit).exp());
                        Some((0..max).filter(|_| random.random_bool(share)).count() as u8)
                    })
                    .collect();
                region.push(&work);
                school.push(&work);
            }
            schools.push(school);
        }
        (region, schools)
    }

    fn profiles(region: &RegionSums, schools: &[SchoolSums]) -> Vec<ItemProfile> {
        let baseline = ItemBaseline::of(region).unwrap();
        schools
            .iter()
            .map(|school| baseline.profile(school).unwrap())
            .collect()
    }

    #[test]
    fn residual_points_of_a_school_sum_to_zero() {
        let (region, schools) = region(0.3, 0, 1);
        for profile in profiles(&region, &schools) {
            assert!(
                profile.residual.sum().abs() < 0.35,
                "{}",
                profile.residual.sum()
            );
        }
    }

    #[test]
    fn z_is_standard_normal_when_only_ability_differs() {
        let mut squares = 0.0;
        let mut count = 0.0;
        let mut misfits = 0;
        for seed in 0..10 {
            let (region, schools) = region(0.0, 0, 10 + seed);
            for profile in profiles(&region, &schools) {
                for z in profile.z.iter().flatten() {
                    squares += z * z;
                    count += 1.0;
                }
                let none = vec![HonestVariation::default(); MAXIMA.len()];
                misfits += usize::from(profile.misfit(&none).unwrap().p_value < 0.05);
            }
        }
        assert!(
            (squares / count - 1.0_f64).abs() < 0.02,
            "mean z² {}",
            squares / count
        );
        let rate = misfits as f64 / 2_000.0;
        assert!((0.03..=0.065).contains(&rate), "misfit below 5 %: {rate}");
    }

    #[test]
    fn honest_emphasis_is_deflated_at_every_size() {
        let mut alarms = [0; 4];
        for seed in 0..20 {
            let (region, schools) = region(0.4, 0, 50 + seed);
            let profiles = profiles(&region, &schools);
            let honest = HonestVariation::of_items(&profiles);
            for (index, profile) in profiles.iter().enumerate() {
                alarms[index % 4] += usize::from(profile.misfit(&honest).unwrap().p_value < 0.05);
            }
        }
        println!("misfit below 5 % at 5, 12, 25, 50 pupils: {alarms:?} of 1000");
        assert!(alarms.iter().all(|&alarms| alarms < 80), "{alarms:?}");
    }

    #[test]
    fn hints_on_hard_items_raise_the_contrast() {
        let (region, schools) = region(0.2, 30, 7);
        let contrasts: Vec<Estimate> = profiles(&region, &schools)
            .iter()
            .map(|p| p.contrast.unwrap().estimate())
            .collect();
        let funnel = Funnel::fit(&contrasts).unwrap();
        let z: Vec<f64> = contrasts
            .iter()
            .map(|contrast| funnel.z(*contrast).unwrap())
            .collect();
        let large: Vec<f64> = (0..30).filter(|i| i % 4 >= 2).map(|i| z[i]).collect();
        let mean = large.iter().sum::<f64>() / large.len() as f64;
        let false_alarms = z[30..].iter().filter(|&&z| z > 2.326).count();
        println!(
            "contrast: mean z of hinted schools {mean:.2}, {false_alarms} of 170 honest above 2.33"
        );
        assert!(mean > 1.5 && false_alarms <= 6);
    }

    #[test]
    fn another_paper_or_an_empty_school_has_no_profile() {
        let (region, _) = region(0.0, 0, 3);
        let baseline = ItemBaseline::of(&region).unwrap();
        assert!(baseline.profile(&SchoolSums::new(&MAXIMA)).is_none());
        assert!(baseline.profile(&SchoolSums::new(&[1, 1])).is_none());
        assert!(ItemBaseline::of(&RegionSums::new(&MAXIMA)).is_none());
    }

    #[test]
    fn constant_works_leave_no_freedom() {
        let mut region = RegionSums::new(&[1, 1, 2]);
        let mut school = SchoolSums::new(&[1, 1, 2]);
        for _ in 0..150 {
            region.push(&[Some(1), Some(1), Some(2)]);
        }
        school.push(&[Some(1), Some(1), Some(2)]);
        let profile = ItemBaseline::of(&region).unwrap().profile(&school).unwrap();
        assert!(profile.z.iter().all(Option::is_none) && profile.contrast.is_none());
        assert!(profile.misfit(&[HonestVariation::default(); 3]).is_none());
    }
}
