//! Parameters of a run: every threshold with who set it.

use serde::{Deserialize, Serialize};

use crate::data::Source;

/// A number people may argue about, with who set it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Threshold {
    /// Value in the unit of the field that holds it.
    pub value: f64,
    /// Who set it.
    pub source: Source,
}

impl Threshold {
    /// A threshold proposed by this platform.
    pub const fn platform(value: f64) -> Self {
        Self {
            value,
            source: Source::Platform,
        }
    }
}

/// Everything a run depends on besides the data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Parameters {
    /// Seed of the bootstrap that calibrates the channels.
    pub seed: u64,
    /// Share of school results taken to be inflated before the data are seen.
    pub prior: Threshold,
    /// Pupils below which a cell is «данных недостаточно».
    pub min_pupils: Threshold,
    /// A channel speaks when its calibrated p-value is at most this.
    pub channel_p: Threshold,
    /// Signs need a second family: what is left without the strongest one must have at most this p-value.
    pub support_p: Threshold,
    /// Budget of attention: the share of honest schools of a size bin that may be shown at all.
    pub attention_p: Threshold,
    /// Budget of signs: the share of honest schools of a size bin that may be shown as signs.
    pub signs_p: Threshold,
    /// Attention only when the local false-discovery rate is at most this: with 0.95 to look at nineteen honest schools is
    /// taken to cost as much as to pass over an inflated one.
    pub attention_local_fdr: Threshold,
    /// Signs only when the local false-discovery rate is at most this: with 0.5 both errors cost the same.
    pub signs_local_fdr: Threshold,
    /// Compliance index of observation below which the channel speaks.
    pub observation_attention: Threshold,
    /// Compliance index below which, or with two critical violations, observation speaks strongly.
    pub observation_strong: Threshold,
    /// Compliance index from which a high result reads «возможно, подлинный успех».
    pub observation_good: Threshold,
    /// Replicates of each size bin in the bootstrap.
    pub replicates: u32,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            seed: 20_260_420,
            prior: Threshold::platform(0.04),
            min_pupils: Threshold::platform(4.0),
            channel_p: Threshold::platform(0.01),
            support_p: Threshold::platform(0.1),
            attention_p: Threshold::platform(0.01),
            signs_p: Threshold::platform(0.001),
            attention_local_fdr: Threshold::platform(0.95),
            signs_local_fdr: Threshold::platform(0.5),
            observation_attention: Threshold::platform(0.80),
            observation_strong: Threshold::platform(0.60),
            observation_good: Threshold::platform(0.95),
            replicates: 4000,
        }
    }
}
