//! D-04: the school stands above a control group of schools with a similar context.

use super::Outcome;
use crate::statistics::median::median;

/// Schools of the control group.
///
/// # Source
/// Platform; enough for a median deviation, few enough to be similar.
pub const GROUP_SIZE: usize = 15;

/// Fewest schools a group may have.
const LEAST_GROUP: usize = 5;

/// Robust standard deviations above the group's median.
///
/// # Source
/// Platform (signal S3, attention); the programme (7.3) gives no number.
const THRESHOLD: f64 = 2.0;

/// A school's mean and context index.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Peer {
    /// Mean result on any scale common to the schools.
    pub mean: f64,
    /// Context index on any scale; `None` is not compared.
    pub context: Option<f64>,
}

/// Deviations (median absolute deviation, normal-consistent) of the school above the median of the [`GROUP_SIZE`] schools
/// nearest in context, the school itself not among `others`.
///
/// `None` when the school has no context, fewer than five others have one, or the group does not vary.
///
/// # Source
/// Programme of the Labinsk district, 7.3 (requirement D-04).
#[must_use]
pub fn outcome(school: Peer, others: &[Peer]) -> Option<Outcome> {
    let own = school.context.filter(|context| context.is_finite())?;
    let mut near: Vec<(f64, f64)> = others
        .iter()
        .filter(|peer| peer.mean.is_finite())
        .filter_map(|peer| {
            Some((
                (peer.context.filter(|c| c.is_finite())? - own).abs(),
                peer.mean,
            ))
        })
        .collect();
    // Ties in distance are broken by the mean, so that the group does not depend on the order of schools.
    near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    near.truncate(GROUP_SIZE);
    if near.len() < LEAST_GROUP || !school.mean.is_finite() {
        return None;
    }
    let means: Vec<f64> = near.iter().map(|&(_, mean)| mean).collect();
    let centre = median(&means);
    let distances: Vec<f64> = means.iter().map(|mean| (mean - centre).abs()).collect();
    let deviation = 1.4826 * median(&distances);
    (deviation > 0.0).then(|| Outcome::above((school.mean - centre) / deviation, THRESHOLD))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_near_contexts_are_compared() {
        let mut others: Vec<Peer> = (0..20)
            .map(|i| Peer {
                mean: 10.0 + f64::from(i % 5),
                context: Some(f64::from(i) / 100.0),
            })
            .collect();
        others.extend((0..20).map(|i| Peer {
            mean: 30.0 + f64::from(i % 3),
            context: Some(5.0),
        }));
        let found = outcome(
            Peer {
                mean: 30.0,
                context: Some(0.1),
            },
            &others,
        )
        .unwrap();
        assert!(found.fired && found.value > 5.0);
        assert!(
            !outcome(
                Peer {
                    mean: 30.0,
                    context: Some(5.1)
                },
                &others
            )
            .unwrap()
            .fired
        );
    }

    #[test]
    fn no_context_no_variation_or_no_group_gives_no_answer() {
        let equal = [Peer {
            mean: 1.0,
            context: Some(0.0),
        }; 9];
        assert!(
            outcome(
                Peer {
                    mean: 2.0,
                    context: Some(0.0)
                },
                &equal
            )
            .is_none()
        );
        assert!(
            outcome(
                Peer {
                    mean: 2.0,
                    context: None
                },
                &equal
            )
            .is_none()
        );
        assert!(
            outcome(
                Peer {
                    mean: 2.0,
                    context: Some(f64::NAN)
                },
                &equal
            )
            .is_none()
        );
        assert!(
            outcome(
                Peer {
                    mean: 2.0,
                    context: Some(0.0)
                },
                &equal[..3]
            )
            .is_none()
        );
    }
}
