//! Legendre polynomials on [−1, 1]: the smooth part of every log-linear fit, well conditioned at any degree used here.

/// Values of the polynomials of order 0 to `degree` at the place of `index` among `count` equally spaced points.
///
/// # Source
/// Bonnet's recursion, Abramowitz and Stegun 22.7.10.
pub(crate) fn values(index: usize, count: usize, degree: usize) -> Vec<f64> {
    let x = 2.0 * index as f64 / (count.max(2) - 1) as f64 - 1.0;
    let mut values = vec![1.0, x];
    for order in 1..degree {
        let k = order as f64;
        values.push(((2.0 * k + 1.0) * x * values[order] - k * values[order - 1]) / (k + 1.0));
    }
    values.truncate(degree + 1);
    values
}

#[cfg(test)]
mod tests {
    #[test]
    fn polynomials_are_one_at_the_right_end_and_alternate_at_the_left() {
        assert_eq!(super::values(10, 11, 4), [1.0; 5]);
        assert_eq!(super::values(0, 11, 4), [1.0, -1.0, 1.0, -1.0, 1.0]);
        assert_eq!(super::values(3, 7, 0), [1.0]);
    }
}
