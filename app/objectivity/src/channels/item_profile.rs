//! Item profile: hard items solved better and easy ones worse than by pupils of the same total score.
//!
//! The weighted residual of each work is [`item_profile::of_work`]. The school's mean lies in a robust funnel whose τ² is
//! the honest school-by-item variation (teaching emphasis).

use rayon::prelude::*;

use crate::calibration::by_size::BySize;
use crate::calibration::null_table::{NullTable, sizes_up_to};
use crate::cell::{ItemPoint, Level};
use crate::channels::{Evidence, moments, within_variance};
use crate::prepared::Prepared;
use crate::random::{Random, seed_of};
use crate::region::MISSING;
use crate::statistics::funnel::Funnel;
use crate::statistics::item_profile;
use crate::statistics::response_model::ResponseModel;

/// Works a school needs before they tell how works lie around their school.
const LEAST_WORKS: usize = 4;
/// Such works without which no null is drawn.
const LEAST_POOL: usize = 30;

pub(crate) struct Profiles {
    pub(crate) evidence: Vec<Option<Evidence>>,
    /// z before honest tails are allowed for: which way of inflating a school shows does not depend on them.
    pub(crate) plain: Vec<Option<f64>>,
}

pub(crate) fn compute(
    prepared: &Prepared,
    model: &ResponseModel,
    replicates: usize,
    seed: u64,
) -> Option<Profiles> {
    let maxima: Vec<u8> = prepared.paper.items.iter().map(|item| item.max).collect();
    let hard = item_profile::hardest(model.difficulty());
    let statistics: Vec<Option<(f64, f64)>> = (0..prepared.score.len())
        .into_par_iter()
        .map(|work| {
            let total = usize::from(prepared.score[work]);
            item_profile::of_work(model, &maxima, &hard, total, prepared.answers(work))
                .map(|profile| (profile.value, profile.rise))
        })
        .collect();
    let value_of = |work: usize| statistics[work].map_or(f64::NAN, |pair| pair.0);
    let within = within_variance(
        prepared.schools.iter().map(|school| school.range.clone()),
        value_of,
    )?;
    let full = prepared.max_score.max(1) as f64;
    let mut used = Vec::new();
    let (mut values, mut variances, mut covariates, mut rises) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (index, school) in prepared.schools.iter().enumerate() {
        let known: Vec<(f64, f64)> = school
            .range
            .clone()
            .filter_map(|work| statistics[work])
            .collect();
        if known.len() < 2 {
            continue;
        }
        let count = known.len() as f64;
        used.push((index, known.len()));
        values.push(known.iter().map(|pair| pair.0).sum::<f64>() / count);
        rises.push(known.iter().map(|pair| pair.1).sum::<f64>() / count);
        variances.push(within / count);
        let share = prepared.mean_score(school) / full;
        covariates.push(vec![share, share * share]);
    }
    let funnel = Funnel::fit(&values, &variances, &covariates)?;
    let bend = bend(prepared, model, funnel.tau2);
    let pool = pooled(prepared, &statistics);
    if pool.len() < LEAST_POOL {
        return None;
    }
    let spread = funnel.tau2.sqrt();
    // Works of different schools with one honest emphasis: a few pupils on a short paper are far from normal.
    let largest = used.iter().map(|&(_, count)| count).max().unwrap_or(0);
    let table = NullTable::build(sizes_up_to(largest), replicates, |size, replicate| {
        let mut random = Random::new(seed_of(&[seed, 13, size as u64, replicate as u64]));
        let emphasis = random.student();
        let school = spread * (emphasis + bend / 6.0 * (emphasis * emphasis - 1.0));
        let works: f64 = (0..size).map(|_| pool[random.below(pool.len())]).sum();
        (school + works / size as f64) / funnel.spread(within / size as f64)
    });
    let scaled: Vec<f64> = (0..used.len())
        .map(|place| {
            (values[place] - funnel.expected(&covariates[place])) / funnel.spread(variances[place])
        })
        .collect();
    let plain: Vec<(usize, f64)> = used
        .iter()
        .zip(&scaled)
        .map(|(&(_, count), &scaled)| (count, table.z(count, scaled)))
        .collect();
    let tails = BySize::fit(&plain);
    let mut evidence = vec![None; prepared.schools.len()];
    let mut untouched = vec![None; prepared.schools.len()];
    for (place, &(index, count)) in used.iter().enumerate() {
        untouched[index] = Some(scaled[place]);
        let value = values[place] - funnel.expected(&covariates[place]);
        let half = 1.96 * variances[place].sqrt();
        evidence[index] = Some(Evidence {
            value,
            interval: [value - half, value + half],
            z: tails.z(count, plain[place].1),
            power: rises[place].max(0.0) / funnel.spread(variances[place]),
            n: count,
            expected: 0.0,
            level: Level::L2,
        });
    }
    Some(Profiles {
        evidence,
        plain: untouched,
    })
}

/// Values of works around their school's mean, blown up for the estimated mean.
fn pooled(prepared: &Prepared, statistics: &[Option<(f64, f64)>]) -> Vec<f64> {
    let mut pool = Vec::new();
    for school in &prepared.schools {
        let known: Vec<f64> = school
            .range
            .clone()
            .filter_map(|work| statistics[work].map(|pair| pair.0))
            .collect();
        if known.len() >= LEAST_WORKS {
            let count = known.len() as f64;
            let mean = known.iter().sum::<f64>() / count;
            let factor = (count / (count - 1.0)).sqrt();
            pool.extend(known.iter().map(|value| (value - mean) * factor));
        }
    }
    pool
}

/// Skewness of the school-by-item part among honest schools: a shift δ of an item in logits moves its points by
/// V(δ + s δ²/2), which is convex for hard items, so symmetric teaching emphasis makes a skewed statistic.
fn bend(prepared: &Prepared, model: &ResponseModel, tau2: f64) -> f64 {
    let mut histogram = vec![0.0_f64; prepared.max_score + 1];
    prepared
        .score
        .iter()
        .for_each(|&score| histogram[usize::from(score)] += 1.0);
    let maxima: Vec<u8> = prepared.paper.items.iter().map(|item| item.max).collect();
    let centres: Vec<f64> = (0..histogram.len())
        .map(|total| item_profile::typical_weight(model, &maxima, total))
        .collect();
    let (mut squares, mut cubes) = (0.0, 0.0);
    for item in 0..prepared.item_count() {
        let max = f64::from(prepared.paper.items[item].max).max(1.0);
        let (mut slope, mut bend) = (0.0, 0.0);
        for (total, works) in histogram.iter().enumerate() {
            let (mean, variance) = (model.mean(total, item) / max, model.variance(total, item));
            slope += works * (item_profile::raw_weight(mean) - centres[total]) * variance;
            bend += works * (1.0 - 2.0 * mean);
        }
        slope /= prepared.score.len() as f64;
        bend /= prepared.score.len() as f64;
        squares += slope * slope;
        cubes += slope * slope * slope * bend;
    }
    if squares <= 0.0 || tau2 <= 0.0 {
        return 0.0;
    }
    // Third moment 3 (τ²/Σa²)² Σ a³ s over τ³.
    (3.0 * (tau2 / squares).powi(2) * cubes / (tau2 * tau2.sqrt())).clamp(-1.5, 1.5)
}

/// Items of one school from hard to easy.
pub(crate) fn points(prepared: &Prepared, model: &ResponseModel, school: usize) -> Vec<ItemPoint> {
    let school = &prepared.schools[school];
    let mut order: Vec<usize> = (0..prepared.item_count())
        .filter(|&item| model.difficulty()[item].is_finite())
        .collect();
    order.sort_by(|&a, &b| {
        model.difficulty()[a]
            .total_cmp(&model.difficulty()[b])
            .then(a.cmp(&b))
    });
    order
        .into_iter()
        .filter_map(|item| {
            let max = f64::from(prepared.paper.items[item].max).max(1.0);
            let known: Vec<usize> = school
                .range
                .clone()
                .filter(|&work| prepared.answers(work)[item] != MISSING)
                .collect();
            if known.is_empty() {
                return None;
            }
            let count = known.len() as f64;
            let shares = known
                .iter()
                .map(|&work| f64::from(prepared.answers(work)[item]) / max);
            let share = shares.clone().sum::<f64>() / count;
            let expected = known
                .iter()
                .map(|&work| model.mean(usize::from(prepared.score[work]), item) / max)
                .sum::<f64>()
                / count;
            // Wilson's interval; for items of several points its variance is scaled to the observed one.
            let binomial = (share * (1.0 - share)).max(1e-9);
            let ratio = if max > 1.0 {
                moments(shares).map_or(1.0, |(_, variance)| (variance / binomial).clamp(0.2, 1.0))
            } else {
                1.0
            };
            let effective = count / ratio;
            let z2 = 1.96_f64 * 1.96;
            let centre = (share + z2 / (2.0 * effective)) / (1.0 + z2 / effective);
            let half = 1.96 / (1.0 + z2 / effective)
                * (share * (1.0 - share) / effective + z2 / (4.0 * effective * effective)).sqrt();
            Some(ItemPoint {
                code: prepared.paper.items[item].code.clone(),
                share,
                interval: [(centre - half).max(0.0), (centre + half).min(1.0)],
                expected,
                region: model.difficulty()[item],
                n: known.len() as u32,
            })
        })
        .collect()
}
