//! The four methods the engine is compared with, each as a score per school: higher is more suspicious.

use std::collections::BTreeMap;

use objectivity::data::{SchoolContext, Work};

/// What every baseline needs of one school.
struct Summary {
    n: f64,
    mean: f64,
    sd: f64,
    homogeneity: f64,
    blank: f64,
    context: f64,
    prior: Option<(f64, f64)>,
}

/// Scores of all baselines by school code.
pub struct Scores {
    pub interval: BTreeMap<String, f64>,
    pub fuzzy: BTreeMap<String, f64>,
    pub context: BTreeMap<String, f64>,
    pub cohort: BTreeMap<String, f64>,
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn sd(values: &[f64]) -> f64 {
    let centre = mean(values);
    (values
        .iter()
        .map(|value| (value - centre).powi(2))
        .sum::<f64>()
        / (values.len().max(2) - 1) as f64)
        .sqrt()
}

fn summaries(works: &[&Work], contexts: &[&SchoolContext]) -> BTreeMap<String, Summary> {
    let context: BTreeMap<&str, f64> = contexts
        .iter()
        .filter_map(|context| Some((context.school.as_str(), context.context_index?)))
        .collect();
    let mut groups: BTreeMap<&str, Vec<&Work>> = BTreeMap::new();
    for work in works {
        groups.entry(work.school.as_str()).or_default().push(work);
    }
    groups
        .into_iter()
        .map(|(school, works)| {
            let scores: Vec<f64> = works
                .iter()
                .filter_map(|work| work.raw_score.map(f64::from))
                .collect();
            let items = works.iter().map(|work| work.items.len()).max().unwrap_or(0);
            // Gini homogeneity of answers, averaged over items: 1 when all pupils give the same answer.
            let homogeneity = (0..items)
                .map(|item| {
                    let mut counts = [0.0_f64; 16];
                    let mut whole = 0.0;
                    for points in works
                        .iter()
                        .filter_map(|work| work.items.get(item).copied().flatten())
                    {
                        counts[usize::from(points).min(15)] += 1.0;
                        whole += 1.0;
                    }
                    if whole > 0.0 {
                        counts.iter().map(|count| (count / whole).powi(2)).sum()
                    } else {
                        0.0
                    }
                })
                .sum::<f64>()
                / items.max(1) as f64;
            let answers = works.iter().flat_map(|work| work.items.iter());
            let blank = answers.clone().filter(|points| points.is_none()).count() as f64
                / answers.count().max(1) as f64;
            let with_prior: Vec<(f64, f64)> = works
                .iter()
                .filter_map(|work| Some((work.prior_score?, f64::from(work.raw_score?))))
                .collect();
            let prior = (!with_prior.is_empty()).then(|| {
                (
                    mean(&with_prior.iter().map(|pair| pair.0).collect::<Vec<_>>()),
                    mean(&with_prior.iter().map(|pair| pair.1).collect::<Vec<_>>()),
                )
            });
            let summary = Summary {
                n: scores.len() as f64,
                mean: mean(&scores),
                sd: sd(&scores),
                homogeneity,
                blank,
                context: context.get(school).copied().unwrap_or(0.0),
                prior,
            };
            (school.to_owned(), summary)
        })
        .collect()
}

/// Baseline scores of one procedure.
pub fn score(works: &[&Work], contexts: &[&SchoolContext]) -> Scores {
    let schools = summaries(works, contexts);
    let all: Vec<f64> = works
        .iter()
        .filter_map(|work| work.raw_score.map(f64::from))
        .collect();
    let (centre, spread) = (mean(&all), sd(&all));
    let interval = schools
        .iter()
        .map(|(school, s)| {
            let own = if s.n > 2.0 && s.sd > 0.0 {
                s.sd
            } else {
                spread
            };
            (school.clone(), (s.mean - centre) / (own / s.n.sqrt()))
        })
        .collect();
    let within = (schools
        .values()
        .map(|s| s.sd * s.sd * (s.n - 1.0))
        .sum::<f64>()
        / schools
            .values()
            .map(|s| (s.n - 1.0).max(0.0))
            .sum::<f64>()
            .max(1.0))
    .max(1e-9);
    let context = funnel(&schools, within, |s| Some((s.context, s.mean)));
    let cohort = funnel(&schools, within * 0.5, |s| s.prior);
    Scores {
        interval,
        fuzzy: fuzzy(&schools),
        context,
        cohort,
    }
}

/// Least-squares line over schools, then (y − ŷ)/√(σ²/n + τ²) with the moment estimate of τ² (Spiegelhalter 2005).
fn funnel(
    schools: &BTreeMap<String, Summary>,
    within: f64,
    pair: impl Fn(&Summary) -> Option<(f64, f64)>,
) -> BTreeMap<String, f64> {
    let rows: Vec<(&String, f64, f64, f64)> = schools
        .iter()
        .filter_map(|(school, s)| pair(s).map(|(x, y)| (school, x, y, s.n)))
        .collect();
    let x = mean(&rows.iter().map(|row| row.1).collect::<Vec<_>>());
    let y = mean(&rows.iter().map(|row| row.2).collect::<Vec<_>>());
    let sxx: f64 = rows.iter().map(|row| (row.1 - x).powi(2)).sum();
    let sxy: f64 = rows.iter().map(|row| (row.1 - x) * (row.2 - y)).sum();
    let slope = if sxx > 0.0 { sxy / sxx } else { 0.0 };
    let residual = |row: &(&String, f64, f64, f64)| row.2 - y - slope * (row.1 - x);
    let tau2 = (rows
        .iter()
        .map(|row| residual(row).powi(2) - within / row.3)
        .sum::<f64>()
        / rows.len() as f64)
        .max(0.0);
    rows.iter()
        .map(|row| {
            (
                row.0.clone(),
                residual(row) / (within / row.3 + tau2).sqrt(),
            )
        })
        .collect()
}

/// Fuzzy clustering of classes on two principal components of mean, spread, homogeneity and blanks.
///
/// Source: Quintano, Castellano, Longobardi 2009, as described by later papers (the original was not at hand): fuzzy
/// k-means, and a class counts by its membership in the cluster with high mean and small spread.
fn fuzzy(schools: &BTreeMap<String, Summary>) -> BTreeMap<String, f64> {
    let names: Vec<&String> = schools.keys().collect();
    let raw: Vec<[f64; 4]> = schools
        .values()
        .map(|s| [s.mean, s.sd, s.homogeneity, s.blank])
        .collect();
    let count = raw.len();
    let mut standard = vec![[0.0; 4]; count];
    for column in 0..4 {
        let values: Vec<f64> = raw.iter().map(|row| row[column]).collect();
        let (centre, spread) = (mean(&values), sd(&values));
        for (row, value) in standard.iter_mut().zip(&values) {
            row[column] = if spread > 1e-12 {
                (value - centre) / spread
            } else {
                0.0
            };
        }
    }
    let covariance = nalgebra::DMatrix::from_fn(4, 4, |a, b| {
        standard.iter().map(|row| row[a] * row[b]).sum::<f64>() / count as f64
    });
    let eigen = covariance.symmetric_eigen();
    let mut order: Vec<usize> = (0..4).collect();
    order.sort_by(|&a, &b| eigen.eigenvalues[b].total_cmp(&eigen.eigenvalues[a]));
    let points: Vec<[f64; 2]> = standard
        .iter()
        .map(|row| {
            let along = |axis: usize| {
                (0..4)
                    .map(|k| row[k] * eigen.eigenvectors[(k, order[axis])])
                    .sum::<f64>()
            };
            [along(0), along(1)]
        })
        .collect();
    let clusters = 6.min(count);
    let mut centres: Vec<[f64; 2]> = (0..clusters)
        .map(|cluster| points[cluster * count / clusters])
        .collect();
    let membership = |centres: &[[f64; 2]], point: &[f64; 2]| -> Vec<f64> {
        let weights: Vec<f64> = centres
            .iter()
            .map(|centre| {
                let square = (point[0] - centre[0]).powi(2) + (point[1] - centre[1]).powi(2);
                1.0 / square.max(1e-9)
            })
            .collect();
        let whole: f64 = weights.iter().sum();
        weights.into_iter().map(|weight| weight / whole).collect()
    };
    for _ in 0..100 {
        let shares: Vec<Vec<f64>> = points
            .iter()
            .map(|point| membership(&centres, point))
            .collect();
        for (cluster, centre) in centres.iter_mut().enumerate() {
            let (mut sum, mut weight) = ([0.0; 2], 0.0);
            for (point, share) in points.iter().zip(&shares) {
                let power = share[cluster] * share[cluster];
                sum[0] += power * point[0];
                sum[1] += power * point[1];
                weight += power;
            }
            *centre = [sum[0] / weight, sum[1] / weight];
        }
    }
    let shares: Vec<Vec<f64>> = points
        .iter()
        .map(|point| membership(&centres, point))
        .collect();
    let outlier = (0..clusters)
        .max_by(|&a, &b| {
            let level = |cluster: usize| {
                let weight: f64 = shares.iter().map(|share| share[cluster]).sum();
                shares
                    .iter()
                    .zip(&standard)
                    .map(|(share, row)| share[cluster] * (row[0] - row[1] + row[2]))
                    .sum::<f64>()
                    / weight.max(1e-12)
            };
            level(a).total_cmp(&level(b))
        })
        .unwrap_or(0);
    names
        .into_iter()
        .cloned()
        .zip(shares.into_iter().map(|share| share[outlier]))
        .collect()
}
