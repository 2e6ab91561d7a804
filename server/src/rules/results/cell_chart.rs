//! Charts of a cell as they travel: the distribution of scores and the profile of the items.

use api::results::cell::{Histogram, ItemPoint};
use objectivity::cell::Cell;

use crate::import::check::difficulty_letter;
use crate::store::StoredPaper;

/// All three rows from 0 to the highest score.
pub fn histogram(cell: &Cell, region: &[u64], max_score: u16) -> Option<Histogram> {
    let chart = cell.charts.histogram.as_ref()?;
    let length = (usize::from(max_score) + 1)
        .max(chart.observed.len())
        .max(region.len());
    let all: u64 = region.iter().sum();
    let mut school = chart.observed.clone();
    school.resize(length, 0);
    let mut expected = chart.expected.clone();
    if !expected.is_empty() {
        expected.resize(length, 0.0);
    }
    let mut shares: Vec<f64> = region
        .iter()
        .map(|&count| count as f64 / all.max(1) as f64)
        .collect();
    shares.resize(length, 0.0);
    Some(Histogram {
        school,
        expected,
        region: shares,
        cuts: chart.cuts,
    })
}

/// Items of the paper with what the cell says of each.
pub fn items(cell: &Cell, paper: &StoredPaper) -> Vec<ItemPoint> {
    cell.charts
        .items
        .iter()
        .filter_map(|point| {
            let item = paper.items.iter().find(|item| item.code == point.code)?;
            Some(ItemPoint {
                code: point.code.clone(),
                max: item.max,
                difficulty: item
                    .difficulty
                    .map(|letter| difficulty_letter(letter).to_owned()),
                school: point.share,
                interval: point.interval,
                expected: point.expected,
                region: point.region,
            })
        })
        .collect()
}
