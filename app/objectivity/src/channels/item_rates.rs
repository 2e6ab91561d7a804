//! Item profile where only completion rates per item are known (level L1).
//!
//! Per item a line over schools gives the rate usual at a school's overall rate; the residuals enter with the weights of
//! [`crate::statistics::item_profile`], and the school's contrast lies in a robust funnel.

use crate::cell::Level;
use crate::channels::Evidence;
use crate::prepared::Prepared;
use crate::statistics::funnel::Funnel;
use crate::statistics::item_profile::{HARD_SHARE, raw_weight};

/// Rates of one school: pupils behind them and share of the maximum per item, NaN when blank.
pub(crate) struct Rates {
    pub(crate) pupils: u32,
    pub(crate) shares: Vec<f64>,
}

pub(crate) fn compute(
    prepared: &Prepared,
    rates: &[Option<Rates>],
) -> Option<Vec<Option<Evidence>>> {
    let items = prepared.item_count();
    let used: Vec<(usize, &Rates)> = rates
        .iter()
        .enumerate()
        .filter_map(|(school, rates)| Some((school, rates.as_ref()?)))
        .filter(|(_, rates)| rates.pupils > 0 && rates.shares.iter().all(|share| share.is_finite()))
        .collect();
    if items < 3 || used.len() < 8 {
        return None;
    }
    let maxima: Vec<f64> = prepared
        .paper
        .items
        .iter()
        .map(|item| f64::from(item.max))
        .collect();
    let full: f64 = maxima.iter().sum();
    let overall: Vec<f64> = used
        .iter()
        .map(|(_, rates)| {
            rates
                .shares
                .iter()
                .zip(&maxima)
                .map(|(share, max)| share * max)
                .sum::<f64>()
                / full
        })
        .collect();
    let pupils: f64 = used.iter().map(|(_, rates)| f64::from(rates.pupils)).sum();
    let weighted = |value: &dyn Fn(usize) -> f64| {
        (0..used.len())
            .map(|place| f64::from(used[place].1.pupils) * value(place))
            .sum::<f64>()
            / pupils
    };
    let centre = weighted(&|place| overall[place]);
    let square = weighted(&|place| (overall[place] - centre).powi(2)).max(1e-9);
    let lines: Vec<(f64, f64)> = (0..items)
        .map(|item| {
            let mean = weighted(&|place| used[place].1.shares[item]);
            let slope =
                weighted(&|place| (overall[place] - centre) * (used[place].1.shares[item] - mean))
                    / square;
            (mean, slope)
        })
        .collect();
    let variance = |item: usize| maxima[item] * (lines[item].0 * (1.0 - lines[item].0)).max(1e-3);
    let raw = |item: usize| raw_weight(lines[item].0);
    let typical = (0..items)
        .map(|item| raw(item) * variance(item))
        .sum::<f64>()
        / (0..items).map(variance).sum::<f64>();
    let mut order: Vec<usize> = (0..items).collect();
    order.sort_by(|&a, &b| lines[a].0.total_cmp(&lines[b].0).then(a.cmp(&b)));
    let hard = &order[..(items as f64 * HARD_SHARE).round() as usize];
    let rise: f64 = hard
        .iter()
        .map(|&item| maxima[item] * (raw(item) - typical) * (1.0 - lines[item].0))
        .sum();
    let noise: f64 = (0..items)
        .map(|item| maxima[item] * (raw(item) - typical).powi(2) * variance(item))
        .sum();
    let mut values = Vec::new();
    let mut variances = Vec::new();
    for (place, (_, rates)) in used.iter().enumerate() {
        let contrast = (0..items)
            .map(|item| {
                let usual = lines[item].0 + lines[item].1 * (overall[place] - centre);
                maxima[item] * (raw(item) - typical) * (rates.shares[item] - usual)
            })
            .sum::<f64>();
        values.push(contrast);
        variances.push(noise / f64::from(rates.pupils));
    }
    let covariates: Vec<Vec<f64>> = overall.iter().map(|share| vec![*share]).collect();
    let funnel = Funnel::fit(&values, &variances, &covariates)?;
    let mut evidence = vec![None; rates.len()];
    for (place, (school, rates)) in used.iter().enumerate() {
        let value = values[place] - funnel.expected(&covariates[place]);
        let half = 1.96 * variances[place].sqrt();
        evidence[*school] = Some(Evidence {
            value,
            interval: [value - half, value + half],
            z: funnel.z(values[place], variances[place], &covariates[place]),
            power: rise.max(0.0) / funnel.spread(variances[place]),
            n: rates.pupils as usize,
            expected: 0.0,
            level: Level::L1,
        });
    }
    Some(evidence)
}
