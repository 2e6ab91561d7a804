//! Posterior and local false-discovery rate.
//!
//! # Source
//! Efron, Tibshirani, Storey, Tusher 2001 for the local fdr as a posterior under the mixture; the share of inflated
//! schools by EM (Dempster, Laird, Rubin 1977) with the prior counted as 25 schools.

use crate::math::Portable;

/// Schools the prior counts for when the region's share is estimated.
const PRIOR_SCHOOLS: f64 = 25.0;

/// Posterior probability from a log-likelihood ratio.
pub(crate) fn posterior(prior: f64, log_lr: f64) -> f64 {
    let prior = prior.clamp(1e-6, 1.0 - 1e-6);
    let log_odds = (prior / (1.0 - prior)).logarithm() + log_lr;
    1.0 / (1.0 + (-log_odds).exponential())
}

/// Share of inflated schools of one procedure.
pub(crate) fn estimated_share(prior: f64, log_lrs: &[f64]) -> f64 {
    let mut share = prior;
    for _ in 0..100 {
        let sum: f64 = log_lrs.iter().map(|&log_lr| posterior(share, log_lr)).sum();
        let next = ((sum + PRIOR_SCHOOLS * prior) / (log_lrs.len() as f64 + PRIOR_SCHOOLS))
            .clamp(0.002, 0.5);
        if (next - share).abs() < 1e-9 {
            break;
        }
        share = next;
    }
    share
}

/// Local false-discovery rate.
pub(crate) fn local_fdr(share: f64, log_lr: f64) -> f64 {
    1.0 - posterior(share, log_lr)
}
