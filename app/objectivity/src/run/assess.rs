//! One procedure: every channel for every school.

use std::collections::BTreeMap;

use crate::cell::{
    Cell, ChannelName, ChannelResult, Charts, Explanation, FunnelPoint, HistogramChart, Level,
    State, Text,
};
use crate::channels::item_rates::{self, Rates};
use crate::channels::{
    Evidence, bunching, change, cohort, confirmation, item_profile, level, participation,
    register_gap, selection, shrunk, similarity, spread,
};
use crate::combination::alternatives::{
    ATTENDANCE, BUNCHING, FAMILIES, HEIGHT, LIKENESS, PROFILE, RESULT, SHAPE, Shown,
};
use crate::combination::families::{combine, correlation};
use crate::data::Procedure;
use crate::parameters::Parameters;
use crate::prepared::Prepared;
use crate::region::{MISSING, Region, Works};
use crate::run::places::Places;
use crate::run::results::{channel_result, listing_result, observation_result, observation_weight};
use crate::run::{links, markers};
use crate::statistics::response_model::ResponseModel;

/// A cell without its state, and what the combination needs.
pub(crate) struct Draft {
    pub(crate) cell: Cell,
    pub(crate) shown: Shown,
    /// The same before honest tails are allowed for, to name the way of inflating.
    pub(crate) plain: Shown,
    /// The result family rests on the level alone.
    pub(crate) level_only: bool,
    pub(crate) level_z: f64,
    pub(crate) observation_log_lr: f64,
    pub(crate) observation_p: Option<f64>,
    pub(crate) good_observation: bool,
    pub(crate) listed: bool,
    pub(crate) enough: bool,
    /// Correlation of scores with earlier results inside schools over the procedure; `None` where too few have one.
    pub(crate) prior_correlation: Option<f64>,
}

/// Channels that rest on the same scores, in the order they enter the family.
const RESULT_CHANNELS: [ChannelName; 4] = [
    ChannelName::Change,
    ChannelName::RegisterGap,
    ChannelName::Confirmation,
    ChannelName::Level,
];

pub(crate) fn assess(
    region: &Region,
    places: &Places<'_>,
    procedure: &Procedure,
    works: &Works,
    parameters: &Parameters,
) -> Vec<Draft> {
    let mut prepared = Prepared::new(works, &region.schools, &region.codes);
    links::fill(&mut prepared, region, procedure);
    let prepared = prepared;
    let seed = crate::random::seed_of(&[
        parameters.seed,
        procedure.year as u64,
        u64::from(procedure.grade),
        procedure.subject.bytes().fold(0, |hash: u64, byte| {
            hash.wrapping_mul(131).wrapping_add(u64::from(byte))
        }),
    ]);
    let schools = prepared.schools.len();
    let context: Vec<Option<f64>> = prepared
        .schools
        .iter()
        .map(|school| places.index(&school.name, procedure.year))
        .collect();
    let small: Vec<bool> = prepared
        .schools
        .iter()
        .map(|school| school.n() <= 12)
        .collect();
    let peers = crate::context::peer_groups(&context, &small);
    let replicates = parameters.replicates.clamp(200, 20_000) as usize;

    let levels = level::compute(&prepared, &context);
    let changes = change::compute(&prepared, &context, replicates / 4, seed)
        .or_else(|| cohort::compute(region, &prepared, procedure, &context));
    let shrunk_means = shrunk::means(&prepared, &context, levels.as_ref());
    let registers = register_gap::compute(&prepared, &context);
    let spreads = spread::compute(&prepared);
    let exams: Vec<Option<(f64, u32)>> = prepared
        .schools
        .iter()
        .map(|school| {
            places
                .exam(&school.name, procedure)
                .map(|exam| (exam.mean, exam.n))
        })
        .collect();
    let confirmations = levels
        .as_ref()
        .and_then(|levels| confirmation::compute(&prepared, levels, &context, &exams));
    let mut overfull = vec![false; schools];
    let attendance: Vec<Option<(usize, usize)>> = prepared
        .schools
        .iter()
        .enumerate()
        .map(
            |(index, school)| match places.enrolled(&school.name, procedure) {
                Some(enrolled) if (enrolled as usize) < school.n() => {
                    overfull[index] = true;
                    None
                }
                Some(enrolled) => Some((enrolled as usize - school.n(), enrolled as usize)),
                None if school.unwritten > 0 => {
                    Some((school.unwritten, school.n() + school.unwritten))
                }
                None => None,
            },
        )
        .collect();
    let selections = selection::compute(
        &prepared,
        &context,
        &attendance,
        (replicates / 10).max(200),
        seed,
    );
    let participations: Vec<Option<Evidence>> = participation::compute(&attendance)
        .into_iter()
        .zip(selections)
        .map(|(counted, selected)| Some(participation::with_selection(counted?, selected)))
        .collect();
    let bunchings = bunching::compute(&prepared);
    let maxima: Vec<u8> = prepared.paper.items.iter().map(|item| item.max).collect();
    let answered = (0..prepared.score.len())
        .map(|work| (usize::from(prepared.score[work]), prepared.answers(work)));
    let model = ResponseModel::fit(&maxima, prepared.max_score, answered);
    let profiles = model
        .as_ref()
        .and_then(|model| item_profile::compute(&prepared, model, replicates / 2, seed));
    let rates = rates_of(region, works, &prepared);
    let by_rates = item_rates::compute(&prepared, &rates);
    let similarities = model
        .as_ref()
        .and_then(|model| similarity::compute(&prepared, model, (replicates / 10).max(200), seed));

    let none = || vec![None; schools];
    let plain_profile = profiles
        .as_ref()
        .map_or_else(|| vec![None; schools], |found| found.plain.clone());
    let plain_likeness = similarities
        .as_ref()
        .map_or_else(|| vec![None; schools], |found| found.plain.clone());
    let mut found: BTreeMap<ChannelName, Vec<Option<Evidence>>> = BTreeMap::new();
    found.insert(
        ChannelName::Level,
        levels
            .as_ref()
            .map_or_else(none, |levels| levels.evidence.clone()),
    );
    found.insert(
        ChannelName::Change,
        changes
            .as_ref()
            .map_or_else(none, |changes| changes.evidence.clone()),
    );
    found.insert(ChannelName::RegisterGap, registers.evidence);
    found.insert(ChannelName::Spread, spreads.unwrap_or_else(none));
    found.insert(
        ChannelName::Confirmation,
        confirmations.unwrap_or_else(none),
    );
    found.insert(ChannelName::Participation, participations);
    found.insert(
        ChannelName::Bunching,
        bunchings.as_ref().map_or_else(none, |b| b.evidence.clone()),
    );
    found.insert(
        ChannelName::ItemProfile,
        profiles
            .map(|profiles| profiles.evidence)
            .or(by_rates)
            .unwrap_or_else(none),
    );
    found.insert(
        ChannelName::Similarity,
        similarities.map_or_else(none, |similarities| similarities.evidence),
    );

    let z = |channel: ChannelName, school: usize| {
        found[&channel][school].as_ref().map(|evidence| evidence.z)
    };
    let mut correlations = [[0.0; RESULT_CHANNELS.len()]; RESULT_CHANNELS.len()];
    for a in 0..RESULT_CHANNELS.len() {
        for b in 0..RESULT_CHANNELS.len() {
            if a != b {
                let pairs = (0..schools).filter_map(|school| {
                    Some((
                        z(RESULT_CHANNELS[a], school)?,
                        z(RESULT_CHANNELS[b], school)?,
                    ))
                });
                // Two views of the same scores are taken to share half their noise until the region shows otherwise.
                correlations[a][b] = if schools < 20 {
                    0.5
                } else {
                    correlation(pairs)
                };
            }
        }
    }

    let prior_correlation = prior_correlation(&prepared);
    let mut fired = markers::apply(&prepared, &context, &registers.matrices, places, procedure);
    let mut drafts: Vec<Draft> = Vec::with_capacity(schools);
    for (index, school) in prepared.schools.iter().enumerate() {
        let n = school.n();
        let enrolled = attendance[index].map_or(n, |(_, enrolled)| enrolled);
        // A school emptied by absence is judged by who was enrolled, though its state stays "insufficient".
        let enough =
            levels.is_some() && n >= 2 && n.max(enrolled) as f64 >= parameters.min_pupils.value;
        let evidence = |channel: ChannelName| found[&channel][index].as_ref();
        let mut shown: Shown = [None; FAMILIES];
        let mut level_only = false;
        if enough {
            let mut members: Vec<usize> = (0..RESULT_CHANNELS.len())
                .filter(|&member| evidence(RESULT_CHANNELS[member]).is_some())
                .collect();
            // Given earlier results the level adds only what selection of the intake adds, and that is honest.
            let covered = evidence(ChannelName::Change).is_some_and(|change| change.n * 2 >= n);
            if covered {
                members.retain(|&member| RESULT_CHANNELS[member] != ChannelName::Level);
            }
            level_only = members.len() == 1 && RESULT_CHANNELS[members[0]] == ChannelName::Level;
            let values: Vec<(f64, f64)> = members
                .iter()
                .filter_map(|&member| evidence(RESULT_CHANNELS[member]).map(|e| (e.z, e.power)))
                .collect();
            shown[RESULT] = combine(&values, &|a, b| correlations[members[a]][members[b]]);
            let pair = |channel: ChannelName| {
                evidence(channel).map(|evidence| (evidence.z, evidence.power))
            };
            shown[BUNCHING] = pair(ChannelName::Bunching);
            shown[PROFILE] = pair(ChannelName::ItemProfile);
            shown[LIKENESS] = pair(ChannelName::Similarity);
            shown[ATTENDANCE] = pair(ChannelName::Participation);
            shown[SHAPE] = pair(ChannelName::Spread);
            if covered {
                shown[HEIGHT] = pair(ChannelName::Level);
            }
        }
        let mut plain = shown;
        for (family, z) in [
            (PROFILE, plain_profile[index]),
            (LIKENESS, plain_likeness[index]),
        ] {
            if let (Some(shown), Some(z)) = (&mut plain[family], z) {
                shown.0 = z;
            }
        }
        let mut channels: Vec<ChannelResult> = Vec::new();
        if enough {
            for (&channel, list) in &found {
                if let Some(evidence) = &list[index] {
                    channels.push(channel_result(channel, evidence, parameters, &prepared));
                }
            }
        }
        let mut remarks = Vec::new();
        if overfull[index] {
            remarks.push(Text {
                ru: "Работ больше, чем числится учеников: доля участия не считается, проверьте паспорт школы.".to_owned(),
                en: "More works than enrolled pupils: participation is not computed, check the school's passport.".to_owned(),
            });
        }
        if n > 0 && levels.is_none() {
            remarks.push(Text {
                ru: "В процедуре слишком мало школ или у всех одинаковые баллы: сравнивать не с чем.".to_owned(),
                en: "Too few schools in the procedure, or all scores equal: there is nothing to compare with.".to_owned(),
            });
        }
        if paper_cuts_unusable(&prepared) {
            remarks.push(Text {
                ru: "Границы отметок не подходят к максимальному баллу и не использованы."
                    .to_owned(),
                en: "The mark boundaries do not fit the maximum score and were not used."
                    .to_owned(),
            });
        }
        let mean = (n > 0).then(|| prepared.mean_score(school));
        let shrunk_mean = shrunk_means[index];
        let mut charts = Charts::default();
        if let (Some(levels), Some(own)) = (&levels, evidence(ChannelName::Level)) {
            let variance = levels.within / n as f64;
            let spread = (variance + levels.tau2).sqrt();
            charts.funnel = Some(FunnelPoint {
                expected: own.expected,
                standard_error: variance.sqrt(),
                between_schools: levels.tau2.sqrt(),
                limits_95: [own.expected - 1.96 * spread, own.expected + 1.96 * spread],
                limits_998: [own.expected - 3.09 * spread, own.expected + 3.09 * spread],
            });
        }
        if n > 0 {
            let mut observed = vec![0_u32; prepared.max_score + 1];
            for &score in &prepared.score[school.range.clone()] {
                observed[usize::from(score)] += 1;
            }
            let expected = bunchings
                .as_ref()
                .and_then(|bunchings| bunchings.expected[index].clone())
                .unwrap_or_default();
            charts.histogram = Some(HistogramChart {
                observed,
                expected,
                cuts: prepared.cuts(),
            });
        }
        if enough && let Some(model) = &model {
            charts.items = item_profile::points(&prepared, model, index);
            if evidence(ChannelName::Similarity).is_some_and(|evidence| evidence.z > 1.6) {
                charts.pairs = similarity::pairs(&prepared, model, index, &region.codes);
            }
        }
        charts.marks = marks_of(&prepared, index);
        charts.register = registers.matrices[index];
        charts.cohort = changes
            .as_ref()
            .and_then(|changes| changes.cohorts[index].clone());
        let observation = places.observation(&school.name, procedure);
        let (observation_log_lr, observation_p) = match observation {
            Some((value, critical, visits)) => {
                let (log_lr, p) = observation_weight(value, critical, parameters);
                channels.push(observation_result(
                    value, critical, visits, log_lr, p, parameters,
                ));
                (log_lr, Some(p))
            }
            None => (0.0, None),
        };
        let listing = places.listing(&school.name, procedure);
        if let Some(listing) = listing {
            channels.push(listing_result(listing.source));
        }
        channels.sort_by_key(|channel| channel.channel);
        let depth = if rates[index].is_some() {
            Level::L1
        } else if prepared.has_items() && charts_have_items(&prepared, index) {
            Level::L2
        } else {
            Level::L0
        };
        let level = channels
            .iter()
            .map(|channel| channel.level)
            .max()
            .unwrap_or(depth)
            .max(depth);
        drafts.push(Draft {
            cell: Cell {
                year: procedure.year,
                subject: procedure.subject.clone(),
                grade: procedure.grade,
                school: school.name.clone(),
                n: n as u32,
                level,
                state: if n == 0 {
                    State::NoData
                } else {
                    State::Insufficient
                },
                posterior: None,
                local_fdr: None,
                mean,
                shrunk_mean,
                first_reason: None,
                channels,
                markers: std::mem::take(&mut fired[index]),
                log_lr: 0.0,
                earlier_log_lr: 0.0,
                p_value: None,
                q_value: None,
                context_index: context[index],
                peer_group: peers[index].clone(),
                remarks,
                charts,
                explanation: Explanation::default(),
            },
            shown,
            plain,
            level_only,
            level_z: evidence(ChannelName::Level).map_or(0.0, |evidence| evidence.z),
            observation_log_lr,
            observation_p,
            good_observation: observation.is_some_and(|(value, critical, _)| {
                critical == 0 && value >= parameters.observation_good.value
            }),
            listed: listing.is_some(),
            enough,
            prior_correlation,
        });
    }
    add_schools_without_works(&mut drafts, places, procedure);
    drafts
}

/// Works with an earlier result below which nothing is said about it.
const LEAST_PRIORS: usize = 200;

/// Correlation of score and earlier result inside schools.
fn prior_correlation(prepared: &Prepared) -> Option<f64> {
    let (mut xx, mut yy, mut xy, mut count) = (0.0, 0.0, 0.0, 0_usize);
    for school in &prepared.schools {
        let own: Vec<(f64, f64)> = school
            .range
            .clone()
            .filter(|&work| prepared.prior[work].is_finite())
            .map(|work| (prepared.prior[work], f64::from(prepared.score[work])))
            .collect();
        let size = own.len().max(1) as f64;
        let mean_x = own.iter().map(|pair| pair.0).sum::<f64>() / size;
        let mean_y = own.iter().map(|pair| pair.1).sum::<f64>() / size;
        for (x, y) in own.iter().map(|pair| (pair.0 - mean_x, pair.1 - mean_y)) {
            xx += x * x;
            yy += y * y;
            xy += x * y;
        }
        count += own.len();
    }
    (count >= LEAST_PRIORS && xx > 0.0 && yy > 0.0).then(|| xy / (xx * yy).sqrt())
}

/// Rates of schools that sent no items of their own.
fn rates_of(region: &Region, works: &Works, prepared: &Prepared) -> Vec<Option<Rates>> {
    let mut by_school: BTreeMap<&str, (u32, &Vec<f64>)> = BTreeMap::new();
    for (school, pupils, shares) in &works.rates {
        by_school.insert(region.schools.name(*school), (*pupils, shares));
    }
    prepared
        .schools
        .iter()
        .map(|school| {
            let &(pupils, shares) = by_school.get(school.name.as_str())?;
            Some(Rates {
                pupils,
                shares: shares.clone(),
            })
        })
        .collect()
}

/// Pupils by mark: as given, or by the cuts for works without one.
fn marks_of(prepared: &Prepared, school: usize) -> Option<[u32; 4]> {
    let mut marks = [0; 4];
    for work in prepared.schools[school].range.clone() {
        let place = match (prepared.mark[work], prepared.cuts()) {
            (MISSING, None) => continue,
            (MISSING, Some(cuts)) => cuts
                .iter()
                .filter(|&&cut| prepared.score[work] >= cut)
                .count(),
            (mark, _) => usize::from(mark.clamp(2, 5) - 2),
        };
        marks[place] += 1;
    }
    (marks.iter().sum::<u32>() > 0).then_some(marks)
}

fn paper_cuts_unusable(prepared: &Prepared) -> bool {
    prepared.paper.cuts.is_some() && prepared.cuts().is_none()
}

fn charts_have_items(prepared: &Prepared, school: usize) -> bool {
    prepared.schools[school].range.clone().any(|work| {
        prepared
            .answers(work)
            .iter()
            .any(|&points| points != MISSING)
    })
}

/// Schools whose passport says they take part but sent nothing: a state, not silence.
fn add_schools_without_works(drafts: &mut Vec<Draft>, places: &Places<'_>, procedure: &Procedure) {
    let present: std::collections::BTreeSet<String> = drafts
        .iter()
        .map(|draft| draft.cell.school.clone())
        .collect();
    for school in places.expected_schools(procedure) {
        if present.contains(school) {
            continue;
        }
        drafts.push(Draft {
            cell: Cell {
                year: procedure.year,
                subject: procedure.subject.clone(),
                grade: procedure.grade,
                school: school.to_owned(),
                n: 0,
                level: Level::L0,
                state: State::NoData,
                posterior: None,
                local_fdr: None,
                mean: None,
                shrunk_mean: None,
                first_reason: None,
                channels: Vec::new(),
                markers: Vec::new(),
                log_lr: 0.0,
                earlier_log_lr: 0.0,
                p_value: None,
                q_value: None,
                context_index: places.index(school, procedure.year),
                peer_group: None,
                remarks: Vec::new(),
                charts: Charts::default(),
                explanation: Explanation::default(),
            },
            shown: [None; FAMILIES],
            plain: [None; FAMILIES],
            level_only: false,
            level_z: 0.0,
            observation_log_lr: 0.0,
            observation_p: None,
            good_observation: false,
            listed: places.listing(school, procedure).is_some(),
            enough: false,
            prior_correlation: None,
        });
    }
    drafts.sort_by(|a, b| a.cell.school.cmp(&b.cell.school));
}
