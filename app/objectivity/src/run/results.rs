//! What channels found, written out for people: thresholds with their sources, sentences, honest alternatives.

use crate::calibration::normal::upper_p;
use crate::cell::{ChannelName, ChannelResult, Family, Level, UsedThreshold};
use crate::channels::Evidence;
use crate::combination::alternatives::{
    ALTERNATIVES, ATTENDANCE, BUNCHING, LIKENESS, PROFILE, RESULT, SHAPE, family_ratio,
};
use crate::data::Source;
use crate::explanation;
use crate::math::Portable;
use crate::parameters::Parameters;
use crate::prepared::Prepared;

/// ln of the likelihood ratio of one channel by itself, for the way of inflating it tells.
fn channel_log_lr(channel: ChannelName, evidence: &Evidence) -> f64 {
    let alternative = ALTERNATIVES
        .iter()
        .find(|alternative| alternative.told_by == channel);
    let scale = alternative.map_or(ALTERNATIVES[2].direction[RESULT], |alternative| {
        alternative.direction[alternative.primary]
    });
    let family = match channel.family() {
        Family::Shape => SHAPE,
        Family::Boundary => BUNCHING,
        Family::Profile => PROFILE,
        Family::Likeness => LIKENESS,
        Family::Attendance => ATTENDANCE,
        Family::Result | Family::Procedure | Family::External => RESULT,
    };
    family_ratio(family, evidence.z, scale * evidence.power)
}

fn used(name: &str, value: f64, source: Source) -> UsedThreshold {
    UsedThreshold {
        name: name.to_owned(),
        value,
        source,
    }
}

pub(crate) fn channel_result(
    channel: ChannelName,
    evidence: &Evidence,
    parameters: &Parameters,
    prepared: &Prepared,
) -> ChannelResult {
    let p_value = upper_p(evidence.z);
    let mut thresholds = vec![
        used(
            "channel_p",
            parameters.channel_p.value,
            parameters.channel_p.source,
        ),
        used(
            "min_pupils",
            parameters.min_pupils.value,
            parameters.min_pupils.source,
        ),
    ];
    if channel == ChannelName::Bunching {
        let cuts = prepared.boundaries();
        let names = match prepared.cuts() {
            Some(_) => ["mark_3_from", "mark_4_from", "mark_5_from"].as_slice(),
            None => &[],
        };
        for (index, cut) in cuts.into_iter().enumerate() {
            let name = names.get(index).copied().unwrap_or("boundary");
            thresholds.push(used(name, cut as f64, prepared.paper.cuts_source));
        }
    }
    ChannelResult {
        channel,
        value: evidence.value,
        interval: evidence.interval,
        p_value,
        log_lr: channel_log_lr(channel, evidence),
        n: evidence.n as u32,
        expected: evidence.expected,
        level: evidence.level,
        speaks: p_value <= parameters.channel_p.value,
        thresholds,
        sentence: explanation::sentence(
            channel,
            evidence.value,
            evidence.interval,
            evidence.expected,
            evidence.n,
        ),
        alternative: explanation::alternative(channel),
        next_check: explanation::next_check(channel),
    }
}

/// ln likelihood ratio and p-value given to what observers saw.
///
/// # Source
/// Limits 0.80, 0.60 and 0.95: `instruments/objectivity_signals.yaml`, S8. The ratios are the platform's: a serious
/// breach is taken to be seven times, a breach three times as common where results are inflated.
pub(crate) fn observation_weight(index: f64, critical: u32, parameters: &Parameters) -> (f64, f64) {
    if index < parameters.observation_strong.value || critical >= 2 {
        (7.0_f64.logarithm(), 0.002)
    } else if index < parameters.observation_attention.value || critical == 1 {
        (3.0_f64.logarithm(), 0.01)
    } else if index >= parameters.observation_good.value {
        (-1.0, 0.9)
    } else {
        (0.0, 0.5)
    }
}

pub(crate) fn observation_result(
    value: f64,
    critical: u32,
    visits: u32,
    log_lr: f64,
    p_value: f64,
    parameters: &Parameters,
) -> ChannelResult {
    let channel = ChannelName::Observation;
    ChannelResult {
        channel,
        value,
        interval: [value, value],
        p_value,
        log_lr,
        n: visits,
        expected: 1.0,
        level: Level::L3,
        speaks: p_value <= parameters.channel_p.value,
        thresholds: vec![
            used(
                "observation_attention",
                parameters.observation_attention.value,
                parameters.observation_attention.source,
            ),
            used(
                "observation_strong",
                parameters.observation_strong.value,
                parameters.observation_strong.source,
            ),
            used(
                "critical_violations",
                f64::from(critical),
                Source::Municipal,
            ),
        ],
        sentence: explanation::sentence(channel, value, [value, value], 1.0, visits as usize),
        alternative: explanation::alternative(channel),
        next_check: explanation::next_check(channel),
    }
}

pub(crate) fn listing_result(source: Source) -> ChannelResult {
    let channel = ChannelName::ExternalList;
    ChannelResult {
        channel,
        value: 1.0,
        interval: [1.0, 1.0],
        p_value: 0.05,
        // Published lists name about one school in twenty and are right more often than not: a ratio of twenty.
        log_lr: 20.0_f64.logarithm(),
        n: 0,
        expected: 0.0,
        level: Level::L3,
        speaks: true,
        thresholds: vec![used("listed", 1.0, source)],
        sentence: explanation::sentence(channel, 1.0, [1.0, 1.0], 0.0, 0),
        alternative: explanation::alternative(channel),
        next_check: explanation::next_check(channel),
    }
}
