//! Context passport: nine significant factors, the signed index, and groups of similar schools.
//!
//! # Source
//! Factors and directions: programme of the Nazarovo district, appendix 1 (F-03); rules of the index:
//! `instruments/school_swot_context.yaml`. A territory may replace both by its own findings.

use serde::Serialize;

/// A significant factor and its direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Factor {
    /// Id of the instrument, which is also the name of the column in a context file.
    pub id: &'static str,
    /// +1 when a larger share is more favourable, −1 otherwise.
    pub sign: i8,
    /// Label in Russian.
    pub label_ru: &'static str,
}

/// Factors of which a school needs at least this many for an index.
pub const MIN_FACTORS: usize = 7;

/// The nine significant factors in the order of the instrument.
pub const FACTORS: [Factor; 9] = [
    Factor {
        id: "CF-01",
        sign: -1,
        label_ru: "Дети из многодетных семей",
    },
    Factor {
        id: "CF-02",
        sign: -1,
        label_ru: "Русский язык не родной",
    },
    Factor {
        id: "CF-03",
        sign: 1,
        label_ru: "Высшее образование у одного родителя",
    },
    Factor {
        id: "CF-04",
        sign: 1,
        label_ru: "Высшее образование у обоих родителей",
    },
    Factor {
        id: "CF-05",
        sign: -1,
        label_ru: "Оба родителя без работы",
    },
    Factor {
        id: "CF-06",
        sign: -1,
        label_ru: "Родитель с инвалидностью",
    },
    Factor {
        id: "CF-07",
        sign: -1,
        label_ru: "Приёмные семьи и опека",
    },
    Factor {
        id: "CF-08",
        sign: -1,
        label_ru: "Семьи в социально опасном положении",
    },
    Factor {
        id: "CF-09",
        sign: -1,
        label_ru: "Учёт в комиссии по делам несовершеннолетних",
    },
];

/// Signed context index of every school: the mean over factors of sign × z(share), or `None` below seven factors.
///
/// Missing shares are left out, never replaced. A factor without spread, or known for fewer than three schools,
/// contributes nothing.
pub fn index(shares: &[[Option<f64>; 9]]) -> Vec<Option<f64>> {
    let moments: Vec<Option<(f64, f64)>> = (0..FACTORS.len())
        .map(|factor| {
            let known: Vec<f64> = shares
                .iter()
                .filter_map(|row| row[factor])
                .filter(|value| value.is_finite())
                .collect();
            if known.len() < 3 {
                return None;
            }
            let mean = known.iter().sum::<f64>() / known.len() as f64;
            let variance = known
                .iter()
                .map(|value| (value - mean).powi(2))
                .sum::<f64>()
                / (known.len() - 1) as f64;
            (variance > 0.0).then(|| (mean, variance.sqrt()))
        })
        .collect();
    shares
        .iter()
        .map(|row| {
            let given = row
                .iter()
                .flatten()
                .filter(|value| value.is_finite())
                .count();
            if given < MIN_FACTORS {
                return None;
            }
            let mut sum = 0.0;
            let mut used = 0_usize;
            for ((value, moment), factor) in row.iter().zip(&moments).zip(&FACTORS) {
                if let (Some(value), Some((mean, sd))) =
                    (value.filter(|value| value.is_finite()), moment)
                {
                    sum += f64::from(factor.sign) * (value - mean) / sd;
                    used += 1;
                }
            }
            (used > 0).then(|| sum / used as f64)
        })
        .collect()
}

/// Peer group of each school: tercile of the index crossed with whether the school is small.
///
/// A group with fewer than three schools is joined with the other size of the same tercile. Without an index there
/// is no group.
pub fn peer_groups(index: &[Option<f64>], small: &[bool]) -> Vec<Option<String>> {
    let mut known: Vec<f64> = index.iter().flatten().copied().collect();
    if known.len() < 3 {
        return vec![None; index.len()];
    }
    known.sort_by(f64::total_cmp);
    let low = known[known.len() / 3];
    let high = known[known.len() * 2 / 3];
    let tercile = |value: f64| {
        if value < low {
            1
        } else if value < high {
            2
        } else {
            3
        }
    };
    let mut sizes = [[0_usize; 2]; 3];
    for (value, &small) in index.iter().zip(small) {
        if let Some(value) = value {
            sizes[tercile(*value) - 1][usize::from(small)] += 1;
        }
    }
    index
        .iter()
        .zip(small)
        .map(|(value, &small)| {
            value.map(|value| {
                let group = tercile(value);
                if sizes[group - 1].iter().any(|&count| count < 3) {
                    format!("{group}")
                } else {
                    format!("{group}-{}", if small { "small" } else { "large" })
                }
            })
        })
        .collect()
}
