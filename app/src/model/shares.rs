//! Parts of a whole in whole per cent that add up, and counts of parts that give nobody away.

/// A part in whole per cent, as it may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WholePercent {
    /// None of them, all of them, or a rounded number between.
    Number(u32),
    /// Some, but less than half a per cent.
    Below1,
    /// Nearly all, but not all.
    Above99,
}

impl std::fmt::Display for WholePercent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            WholePercent::Number(number) => write!(f, "{number}"),
            WholePercent::Below1 => f.write_str("<1"),
            WholePercent::Above99 => f.write_str(">99"),
        }
    }
}

/// Parts in whole per cent whose sum is 100: what rounding down leaves goes to the largest remainders. Nothing when
/// there is nobody.
///
/// # Source
/// The method of the largest remainder (Hamilton); of equal remainders the larger part, then the later one, gets it.
pub fn whole_percents<const N: usize>(counts: [u32; N]) -> Option<[WholePercent; N]> {
    let all: u64 = counts.iter().copied().map(u64::from).sum();
    if all == 0 {
        return None;
    }
    let hundred = counts.map(|count| u64::from(count) * 100);
    let mut percents = hundred.map(|part| part / all);
    let mut order: Vec<usize> = (0..N).collect();
    order.sort_by_key(|at| std::cmp::Reverse((hundred[*at] % all, counts[*at], *at)));
    let left = 100 - percents.iter().sum::<u64>();
    for at in order.into_iter().take(usize::try_from(left).unwrap_or(N)) {
        percents[at] += 1;
    }
    let mut at = 0;
    Some(percents.map(|percent| {
        let count = u64::from(counts[at]);
        at += 1;
        match percent {
            0 if count > 0 => WholePercent::Below1,
            100 if count < all => WholePercent::Above99,
            percent => WholePercent::Number(u32::try_from(percent).unwrap_or(100)),
        }
    }))
}

/// Counts without those that are small, and without as many others as it takes that the hidden ones do not follow from
/// the sum, which is known. Nought tells of nobody and stays.
pub fn safe_counts<const N: usize>(counts: [u32; N], smallest: u32) -> [Option<u32>; N] {
    let mut hidden = counts.map(|count| count > 0 && count < smallest);
    if hidden.contains(&true) {
        loop {
            let sum: u32 = (0..N).filter(|at| hidden[*at]).map(|at| counts[at]).sum();
            let is_alone = hidden.iter().filter(|hidden| **hidden).count() < 2;
            if !is_alone && sum >= smallest {
                break;
            }
            let next = (0..N)
                .filter(|at| !hidden[*at] && counts[*at] > 0)
                .min_by_key(|at| counts[*at]);
            let Some(next) = next else { break };
            hidden[next] = true;
        }
    }
    let mut at = 0;
    counts.map(|count| {
        at += 1;
        (!hidden[at - 1]).then_some(count)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(counts: [u32; 4]) -> String {
        let percents = whole_percents(counts).expect("somebody");
        percents.map(|percent| percent.to_string()).join(" ")
    }

    #[test]
    fn one_of_many_is_less_than_one_per_cent_and_the_rest_adds_up() {
        assert_eq!(shown([1, 499, 500, 500]), "<1 33 33 34");
        assert_eq!(shown([1, 0, 0, 1_499]), "<1 0 0 >99");
        assert_eq!(shown([1, 1, 1, 0]), "33 33 34 0");
        assert_eq!(shown([0, 0, 0, 7]), "0 0 0 100");
        assert_eq!(whole_percents([0; 4]), None);
    }

    #[test]
    fn a_small_count_is_hidden_with_another() {
        assert_eq!(
            safe_counts([1, 499, 500, 500], 10),
            [None, None, Some(500), Some(500)]
        );
        assert_eq!(safe_counts([3, 4, 500, 0], 10), [None, None, None, Some(0)]);
        assert_eq!(
            safe_counts([10, 0, 20, 30], 10),
            [Some(10), Some(0), Some(20), Some(30)]
        );
        assert_eq!(
            safe_counts([0, 0, 0, 3], 10),
            [Some(0), Some(0), Some(0), None]
        );
    }

    proptest! {
        #[test]
        fn percents_add_up_and_stay_within_one_of_the_truth(
            counts in prop::array::uniform4(0_u32..3_000),
        ) {
            prop_assume!(counts.iter().sum::<u32>() > 0);
            let all = f64::from(counts.iter().sum::<u32>());
            let percents = whole_percents(counts).expect("somebody");
            let number = |percent: &WholePercent| match percent {
                WholePercent::Number(number) => *number,
                WholePercent::Below1 => 0,
                WholePercent::Above99 => 100,
            };
            prop_assert_eq!(percents.iter().map(number).sum::<u32>(), 100);
            for (percent, count) in percents.iter().zip(counts) {
                let truth = f64::from(count) / all * 100.0;
                prop_assert!((f64::from(number(percent)) - truth).abs() < 1.0);
                prop_assert_eq!(*percent == WholePercent::Number(0), count == 0);
            }
        }

        /// What is hidden is at least two counts whose sum is no small group, or all that there is.
        #[test]
        fn what_is_hidden_does_not_follow_from_the_rest(
            counts in prop::array::uniform4(0_u32..60),
        ) {
            let shown = safe_counts(counts, 10);
            let hidden: Vec<u32> = shown
                .iter()
                .zip(counts)
                .filter(|(shown, _)| shown.is_none())
                .map(|(_, count)| count)
                .collect();
            let is_all = shown.iter().flatten().all(|count| *count == 0);
            let sum: u32 = hidden.iter().sum();
            prop_assert!(hidden.is_empty() || is_all || hidden.len() > 1 && sum >= 10);
            prop_assert!(shown.iter().flatten().all(|count| *count == 0 || *count >= 10));
        }
    }
}
