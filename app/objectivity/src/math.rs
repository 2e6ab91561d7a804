//! Transcendental functions with the same bits on every processor.
//!
//! `f64::exp` and its kin are those of the platform's C library, whose last bit differs between a server, another server
//! with or without fused multiply–add, and WebAssembly. A cell on the edge would then be calm here and need attention there.
//! Here all of them come from `libm`, which is compiled from one source everywhere; square roots and the four operations are
//! exact by IEEE 754. `tests/it/reproducible.rs` keeps the platform's functions out of this crate, and the example
//! `fingerprint` compares the bytes of whole runs.

/// The same as methods of a number, under names that the platform's own do not bear.
pub trait Portable {
    /// eˣ.
    fn exponential(self) -> f64;
    /// eˣ − 1.
    fn exponential_m1(self) -> f64;
    /// Natural logarithm.
    fn logarithm(self) -> f64;
    /// ln(1 + x).
    fn logarithm_1p(self) -> f64;
    /// Cube root.
    fn cube_root(self) -> f64;
}

impl Portable for f64 {
    fn exponential(self) -> f64 {
        exp(self)
    }
    fn exponential_m1(self) -> f64 {
        libm::expm1(self)
    }
    fn logarithm(self) -> f64 {
        ln(self)
    }
    fn logarithm_1p(self) -> f64 {
        ln_1p(self)
    }
    fn cube_root(self) -> f64 {
        libm::cbrt(self)
    }
}

/// eˣ.
#[must_use]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// Natural logarithm.
#[must_use]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// ln(1 + x).
#[must_use]
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// Cosine and sine of an angle in radians, as (sine, cosine).
#[must_use]
pub fn sin_cos(x: f64) -> (f64, f64) {
    libm::sincos(x)
}

/// x raised to y.
#[must_use]
pub fn powf(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// x raised to a whole power, by repeated squaring: the compiler's own may be reordered.
#[must_use]
pub fn powi(x: f64, y: u32) -> f64 {
    let (mut result, mut square, mut left) = (1.0, x, y);
    while left > 0 {
        if left & 1 == 1 {
            result *= square;
        }
        square *= square;
        left >>= 1;
    }
    result
}

/// 1 − erf(x).
#[must_use]
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// ln |Γ(x)|.
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// The z that a standard normal value stays below with probability p, 0 < p < 1.
///
/// # Source
/// Wichura 1988, Applied Statistics 37, algorithm AS 241 (PPND16).
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    const A: [f64; 8] = [
        3.387_132_872_796_366_5,
        1.331_416_678_917_843_8e2,
        1.971_590_950_306_551_3e3,
        1.373_169_376_550_946_2e4,
        4.592_195_393_154_987e4,
        6.726_577_092_700_87e4,
        3.343_057_558_358_813e4,
        2.509_080_928_730_122_7e3,
    ];
    const B: [f64; 8] = [
        1.0,
        4.231_333_070_160_091e1,
        6.871_870_074_920_579e2,
        5.394_196_021_424_751e3,
        2.121_379_430_158_659_7e4,
        3.930_789_580_009_271e4,
        2.872_908_573_572_194_3e4,
        5.226_495_278_852_854e3,
    ];
    const C: [f64; 8] = [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        2.417_807_251_774_506e-1,
        2.272_384_498_926_918_4e-2,
        7.745_450_142_783_414e-4,
    ];
    const D: [f64; 8] = [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        6.897_673_349_851e-1,
        1.481_039_764_274_800_8e-1,
        1.519_866_656_361_645_7e-2,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ];
    const E: [f64; 8] = [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        2.965_605_718_285_048_7e-1,
        2.653_218_952_657_612_4e-2,
        1.242_660_947_388_078_4e-3,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ];
    const F: [f64; 8] = [
        1.0,
        5.998_322_065_558_88e-1,
        1.369_298_809_227_358e-1,
        1.487_536_129_085_061_5e-2,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_7e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ];
    let ratio = |r: f64, top: &[f64; 8], bottom: &[f64; 8]| {
        let along = |row: &[f64; 8]| row.iter().rev().fold(0.0, |sum, value| sum * r + value);
        along(top) / along(bottom)
    };
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(0.180_625 - q * q, &A, &B);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = (-ln(tail)).sqrt();
    let z = if r <= 5.0 {
        ratio(r - 1.6, &C, &D)
    } else {
        ratio(r - 5.0, &E, &F)
    };
    if q < 0.0 { -z } else { z }
}

/// Regularised incomplete beta function I_x(a, b).
///
/// # Source
/// Continued fraction DLMF 8.17.22, evaluated by Lentz's method; the symmetry 8.17.4 keeps it fast.
#[must_use]
pub fn beta_regularised(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_regularised(b, a, 1.0 - x);
    }
    let front = exp(ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * ln(x) + b * ln_1p(-x)) / a;
    let away = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let (mut c, mut d) = (1.0, 1.0 / away(1.0 - (a + b) * x / (a + 1.0)));
    let mut fraction = d;
    for step in 1..2_000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        fraction *= d * c;
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        let change = d * c;
        fraction *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    front * fraction
}

/// Regularised upper incomplete gamma function Q(a, x).
///
/// # Source
/// Series DLMF 8.11.4 below a + 1, continued fraction 8.9.2 above.
#[must_use]
pub fn gamma_upper_regularised(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    let front = exp(a * ln(x) - x - ln_gamma(a));
    if x < a + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
        while term > 1e-17 * sum {
            n += 1.0;
            term *= x / n;
            sum += term;
        }
        return 1.0 - front * sum;
    }
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (1e300, 1.0 / b);
    let mut fraction = d;
    for step in 1..10_000 {
        let n = f64::from(step);
        let numerator = -n * (n - a);
        b += 2.0;
        d = 1.0 / (numerator * d + b);
        c = b + numerator / c;
        let change = d * c;
        fraction *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    front * fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_and_tails_undo_each_other() {
        for p in [1e-15, 1e-6, 0.01, 0.075, 0.3, 0.5, 0.9, 0.999] {
            let z = normal_quantile(p);
            let back = 0.5 * erfc(-z / std::f64::consts::SQRT_2);
            assert!((back / p - 1.0).abs() < 1e-12, "{p}: {z} {back}");
        }
    }

    #[test]
    fn incomplete_functions_match_closed_forms() {
        // I_x(a, b) of whole numbers is a binomial tail.
        let tail: f64 = [(36.0, 7, 2), (9.0, 8, 1), (1.0, 9, 0)]
            .iter()
            .map(|&(ways, hits, rest)| ways * powi(0.6, hits) * powi(0.4, rest))
            .sum();
        assert!((beta_regularised(7.0, 3.0, 0.6) - tail).abs() < 1e-14);
        // Q(n, x) of whole n is a Poisson tail.
        let poisson: f64 = exp(-4.0) * (1.0 + 4.0 + 8.0);
        assert!((gamma_upper_regularised(3.0, 4.0) - poisson).abs() < 1e-14);
        assert!((gamma_upper_regularised(3.0, 1.0) - exp(-1.0) * 2.5).abs() < 1e-14);
    }
}
