//! An order that follows from a seed.

use sha2::Digest as _;

/// Shuffles with the inside-out Fisher–Yates algorithm and the Park–Miller generator.
///
/// # Source
/// ODK XForms Specification, `randomize()`; Park and Miller 1988, multiplier 16807.
pub(crate) fn shuffle<T: Clone>(items: &mut Vec<T>, seed: i64) {
    const MODULUS: i64 = 2_147_483_647;
    let mut state = seed % MODULUS;
    if state <= 0 {
        state += MODULUS - 1;
    }
    let source = std::mem::take(items);
    for (i, item) in source.into_iter().enumerate() {
        state = state * 16_807 % MODULUS;
        let share = (state - 1) as f64 / (MODULUS - 1) as f64;
        let j = ((share * (i + 1) as f64) as usize).min(i);
        items.push(item.clone());
        if j != i {
            items[i] = items[j].clone();
            items[j] = item;
        }
    }
}

/// The seed that a value gives: the whole part of a number, else the first eight bytes of its SHA-256, as in JavaRosa.
pub(crate) fn seed_of(number: f64, text: &str) -> i64 {
    if number.is_finite() {
        return number.trunc() as i64;
    }
    sha2::Sha256::digest(text.as_bytes())
        .iter()
        .take(8)
        .fold(0, |bits, byte| bits << 8 | i64::from(*byte))
}
