//! ω, GBT and M4 of all 1,770 pairs against the R package aberrance 0.3.0: `detect_as(c("OMG_S", "GBT_S", "M4_S"), psi, x)`
//! with θ by maximum likelihood in [−4, 4]; responses from the R package LNIRT.

use objectivity::statistics::pair_similarity::{SharedItem, TwoParameterItem, ability, m4, pair};

use crate::reference::{number, table};

const TOLERANCE: f64 = 1e-6;

/// How far ω moves because R's optimiser stops early; see [`ability_as_r_stops`].
const OPTIMISER_TOLERANCE: f64 = 5e-5;

/// Maximum-likelihood ability as R's `optimize` leaves it: Brent's local minimisation (1973, ch. 5) stopped at its
/// default tolerance, the fourth root of the machine epsilon. That is up to 3e-5 away from the maximum, more than the
/// agreement asked for, so the formulas are compared at the same θ and θ itself with its own tolerance.
fn ability_as_r_stops(items: &[TwoParameterItem], work: &[bool]) -> f64 {
    let cost = |theta: f64| -> f64 {
        -items
            .iter()
            .zip(work)
            .map(|(item, &right)| {
                if right {
                    item.correct(theta).ln()
                } else {
                    (1.0 - item.correct(theta)).ln()
                }
            })
            .sum::<f64>()
    };
    let golden = (3.0 - 5.0_f64.sqrt()) * 0.5;
    let relative = f64::EPSILON.sqrt();
    let tolerance = f64::EPSILON.powf(0.25) / 3.0;
    let (mut a, mut b) = (-4.0_f64, 4.0_f64);
    let mut x = a + golden * (b - a);
    let (mut v, mut w) = (x, x);
    let mut fx = cost(x);
    let (mut fv, mut fw) = (fx, fx);
    let (mut step, mut before) = (0.0_f64, 0.0_f64);
    loop {
        let middle = 0.5 * (a + b);
        let near = relative * x.abs() + tolerance;
        if (x - middle).abs() <= 2.0 * near - 0.5 * (b - a) {
            return x;
        }
        let (mut p, mut q, mut r) = (0.0, 0.0, 0.0);
        if before.abs() > near {
            r = (x - w) * (fx - fv);
            q = (x - v) * (fx - fw);
            p = (x - v) * q - (x - w) * r;
            q = 2.0 * (q - r);
            if q > 0.0 {
                p = -p;
            } else {
                q = -q;
            }
            (r, before) = (before, step);
        }
        if p.abs() >= (0.5 * q * r).abs() || p <= q * (a - x) || p >= q * (b - x) {
            before = if x < middle { b - x } else { a - x };
            step = golden * before;
        } else {
            step = p / q;
            let u = x + step;
            if u - a < 2.0 * near || b - u < 2.0 * near {
                step = if x >= middle { -near } else { near };
            }
        }
        let u = x + if step.abs() >= near {
            step
        } else {
            near.copysign(step)
        };
        let fu = cost(u);
        if fu <= fx {
            if u < x {
                b = x
            } else {
                a = x
            }
            (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu);
        } else {
            if u < x {
                a = u
            } else {
                b = u
            }
            if fu <= fw || w == x {
                (v, fv, w, fw) = (w, fw, u, fu);
            } else if fu <= fv || v == x || v == w {
                (v, fv) = (u, fu);
            }
        }
    }
}

#[test]
fn all_pairs_match_aberrance() {
    let (Some(parameters), Some(scored), Some(expected)) = (
        table("similarity_60_2pl_params.csv"),
        table("similarity_60_scored.csv"),
        table("similarity_60_aberrance.csv"),
    ) else {
        return;
    };
    let items: Vec<TwoParameterItem> = parameters
        .iter()
        .map(|row| TwoParameterItem {
            discrimination: number(row, "a").unwrap(),
            difficulty: number(row, "b").unwrap(),
        })
        .collect();
    let works: Vec<Vec<bool>> = scored
        .iter()
        .map(|row| {
            (1..=items.len())
                .map(|i| number(row, &format!("i{i}")).unwrap() == 1.0)
                .collect()
        })
        .collect();
    let abilities: Vec<f64> = works
        .iter()
        .map(|work| ability_as_r_stops(&items, work))
        .collect();
    for (work, stopped) in works.iter().zip(&abilities) {
        let exact = ability(&items, &work.iter().map(|&x| Some(x)).collect::<Vec<_>>()).unwrap();
        assert!(
            (exact - stopped).abs() < OPTIMISER_TOLERANCE,
            "{exact} {stopped}"
        );
    }
    let mut worst = [0.0_f64; 4];
    for row in &expected {
        let (left, right) = row["pair"].split_once('-').unwrap();
        let (left, right): (usize, usize) = (
            left.parse::<usize>().unwrap() - 1,
            right.parse::<usize>().unwrap() - 1,
        );
        let shared: Vec<SharedItem> = items
            .iter()
            .enumerate()
            .map(|(i, item)| {
                let (p, q) = (
                    item.correct(abilities[left]),
                    item.correct(abilities[right]),
                );
                SharedItem {
                    both_full: works[left][i] && works[right][i],
                    both_same_below: !works[left][i] && !works[right][i],
                    full: p * q,
                    same_below: (1.0 - p) * (1.0 - q),
                }
            })
            .collect();
        let found = pair(&shared).unwrap();
        let values = [found.omega, found.omega_p, found.gbt_p, m4(&shared)];
        for (k, column) in ["OMG_S", "p.OMG_S", "p.GBT_S", "p.M4_S"]
            .into_iter()
            .enumerate()
        {
            worst[k] = worst[k].max((values[k] - number(row, column).unwrap()).abs());
        }
    }
    println!(
        "{} pairs, largest differences ω, p(ω), GBT, M4: {worst:?}",
        expected.len()
    );
    assert_eq!(expected.len(), 1_770);
    assert!(
        worst.iter().all(|&difference| difference < TOLERANCE),
        "{worst:?}"
    );
}
