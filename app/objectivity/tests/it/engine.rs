//! The engine as a whole: states for bad input, order, threads, levels of data.

use std::ops::ControlFlow;

use objectivity::cell::{ChannelName, Level, State};
use objectivity::data::{
    Enrolled, ExternalListing, InputProblem, ItemSpec, Observation, Paper, Procedure,
    SchoolContext, Source, Summary, Work,
};
use objectivity::parameters::Parameters;
use objectivity::random::Random;
use objectivity::region::Region;
use objectivity::run::{Run, Stream, analyze, analyze_with_progress};
use objectivity::simulator::{Kind, Plan, Simulated, Strength, simulate};

fn quick() -> Parameters {
    Parameters {
        replicates: 400,
        ..Parameters::default()
    }
}

fn procedure() -> Procedure {
    Procedure {
        year: 2026,
        subject: "math".to_owned(),
        grade: 5,
    }
}

fn paper(items: usize) -> Paper {
    Paper {
        items: (0..items)
            .map(|item| ItemSpec {
                code: item.to_string(),
                max: 1,
                difficulty: None,
            })
            .collect(),
        ..Paper::default()
    }
}

fn work(school: &str, items: Vec<Option<u8>>) -> Work {
    Work {
        year: 2026,
        subject: "math".to_owned(),
        grade: 5,
        school: school.to_owned(),
        items,
        ..Work::default()
    }
}

fn bytes(run: &Run) -> String {
    serde_json::to_string(run).unwrap()
}

fn small(seed: u64) -> Simulated {
    simulate(&Plan {
        schools: 40,
        years: 2,
        inflated: 0.2,
        ..Plan::honest(seed)
    })
}

/// The same region with works and contexts in another order.
fn shuffled(simulated: &Simulated, seed: u64) -> Region {
    let mut random = Random::new(seed);
    let mut region = Region::new();
    for (procedure, paper) in simulated.papers.iter().rev() {
        region.set_paper(procedure.clone(), paper.clone()).unwrap();
    }
    let mut works = simulated.works.clone();
    random.shuffle(&mut works);
    let mut contexts = simulated.contexts.clone();
    random.shuffle(&mut contexts);
    contexts
        .into_iter()
        .for_each(|context| region.add_context(context).unwrap());
    works.iter().for_each(|work| region.push(work).unwrap());
    region
}

#[test]
fn row_order_does_not_change_a_byte() {
    let simulated = small(1);
    let expected = bytes(&analyze(&simulated.region, &quick()));
    assert_eq!(
        expected,
        bytes(&analyze(&shuffled(&simulated, 2), &quick()))
    );
}

/// Works of a cohort in three years, pupils with codes that stay; grades grow with the years.
fn cohort(seed: u64) -> (Simulated, Vec<(Procedure, Paper)>, Vec<Work>) {
    let simulated = simulate(&Plan {
        schools: 40,
        years: 3,
        inflated: 0.2,
        ..Plan::honest(seed)
    });
    let grade = |year: i32| (year - 2024 + 5) as u8;
    let papers = simulated.papers.iter().map(|(procedure, paper)| {
        let procedure = Procedure {
            grade: grade(procedure.year),
            ..procedure.clone()
        };
        (procedure, paper.clone())
    });
    let works = simulated.works.iter().map(|work| Work {
        grade: grade(work.year),
        pupil: work.pupil.as_ref().map(|code| code[5..].to_owned()),
        prior_score: (work.year == 2024).then_some(work.prior_score).flatten(),
        ..work.clone()
    });
    let (papers, works) = (papers.collect(), works.collect());
    (simulated, papers, works)
}

#[test]
fn procedures_given_one_after_another_make_the_same_bytes() {
    let (simulated, papers, works) = cohort(8);
    let mut surroundings = Region::new();
    for context in &simulated.contexts {
        surroundings.add_context(context.clone()).unwrap();
    }
    let mut whole = surroundings.clone();
    for (procedure, paper) in &papers {
        whole.set_paper(procedure.clone(), paper.clone()).unwrap();
    }
    works.iter().for_each(|work| whole.push(work).unwrap());
    let mut stream = Stream::new(surroundings, quick());
    for (procedure, paper) in &papers {
        let region = stream.region();
        region.set_paper(procedure.clone(), paper.clone()).unwrap();
        for work in works.iter().filter(|work| work.year == procedure.year) {
            region.push(work).unwrap();
        }
        stream.judge();
        assert!(stream.region().works() <= works.len() * 9 / 10);
    }
    assert_eq!(stream.works(), works.len());
    assert!(matches!(
        stream.region().push(&works[works.len() - 1]),
        Err(InputProblem::AlreadyJudged { .. })
    ));
    assert_eq!(bytes(&stream.finish()), bytes(&analyze(&whole, &quick())));
}

#[test]
fn number_of_threads_does_not_change_a_byte() {
    let simulated = small(3);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| bytes(&analyze(&simulated.region, &quick())))
    };
    assert_eq!(with(1), with(4));
}

#[test]
fn every_number_of_a_run_is_finite() {
    let run = bytes(&analyze(&small(5).region, &quick()));
    // A float that is not finite is written as null where the type has no Option.
    let back: Result<Run, _> = serde_json::from_str(&run);
    assert!(back.is_ok(), "{:?}", back.err());
}

#[test]
fn an_empty_region_has_no_cells() {
    assert!(analyze(&Region::new(), &quick()).cells.is_empty());
}

#[test]
fn one_school_and_one_pupil_are_insufficient() {
    let mut region = Region::new();
    region.set_paper(procedure(), paper(5)).unwrap();
    region.push(&work("a", vec![Some(1); 5])).unwrap();
    let run = analyze(&region, &quick());
    assert_eq!(run.cells.len(), 1);
    assert_eq!(run.cells[0].state, State::Insufficient);
    assert_eq!(run.cells[0].posterior, None);
    assert!(!run.cells[0].remarks.is_empty());
}

#[test]
fn constant_scores_are_insufficient_not_calm() {
    let mut region = Region::new();
    region.set_paper(procedure(), paper(5)).unwrap();
    for school in 0..30 {
        for _ in 0..20 {
            region
                .push(&work(&format!("s{school}"), vec![Some(1); 5]))
                .unwrap();
        }
    }
    for cell in analyze(&region, &quick()).cells {
        assert_eq!(cell.state, State::Insufficient);
        assert_eq!(cell.mean, Some(5.0));
    }
}

#[test]
fn all_items_missing_is_no_data_not_zero() {
    let mut region = Region::new();
    region.set_paper(procedure(), paper(5)).unwrap();
    for school in 0..30 {
        for _ in 0..10 {
            region
                .push(&work(&format!("s{school}"), vec![None; 5]))
                .unwrap();
        }
    }
    for cell in analyze(&region, &quick()).cells {
        assert_eq!((cell.state, cell.n, cell.mean), (State::NoData, 0, None));
    }
}

#[test]
fn an_enrolled_school_without_works_is_shown_as_no_data() {
    let mut simulated = small(7);
    let enrolled = Enrolled {
        subject: Some("math".to_owned()),
        grade: Some(5),
        pupils: 12,
    };
    let context = SchoolContext {
        year: 2026,
        school: "silent".to_owned(),
        enrolled: vec![enrolled],
        ..SchoolContext::default()
    };
    simulated.region.add_context(context).unwrap();
    let run = analyze(&simulated.region, &quick());
    let cell = run
        .cells
        .iter()
        .find(|cell| cell.school == "silent")
        .unwrap();
    assert_eq!(cell.state, State::NoData);
}

#[test]
fn impossible_input_is_named() {
    let mut region = Region::new();
    region.set_paper(procedure(), paper(2)).unwrap();
    let above = region.push(&work("a", vec![Some(2), Some(0)]));
    assert!(matches!(
        above,
        Err(InputProblem::PointsAboveMaximum {
            points: 2,
            max: 1,
            ..
        })
    ));
    assert!(matches!(
        region.push(&work("a", vec![Some(1)])),
        Err(InputProblem::ItemCount { found: 1, .. })
    ));
    assert!(matches!(
        region.push(&work(" ", vec![None, None])),
        Err(InputProblem::NoSchool)
    ));
    let mark = Work {
        mark: Some(6),
        ..work("a", vec![])
    };
    assert!(matches!(
        region.push(&mark),
        Err(InputProblem::MarkOutside { mark: 6, .. })
    ));
    let prior = Work {
        prior_score: Some(f64::NAN),
        ..work("a", vec![])
    };
    assert!(matches!(
        region.push(&prior),
        Err(InputProblem::NotFinite { .. })
    ));
    let score = Work {
        raw_score: Some(3),
        ..work("a", vec![])
    };
    assert!(matches!(
        region.push(&score),
        Err(InputProblem::ScoreAboveMaximum {
            score: 3,
            max: 2,
            ..
        })
    ));
    assert_eq!(region.works(), 0);
    let nan = SchoolContext {
        school: "a".to_owned(),
        context_index: Some(f64::NAN),
        ..SchoolContext::default()
    };
    assert!(matches!(
        region.add_context(nan),
        Err(InputProblem::NotFinite { .. })
    ));
    let contradictory = Paper {
        max_score: Some(9),
        ..paper(2)
    };
    let other = Procedure {
        grade: 6,
        ..procedure()
    };
    assert!(matches!(
        region.set_paper(other.clone(), contradictory),
        Err(InputProblem::ContradictoryMaximum {
            declared: 9,
            sum: 2
        })
    ));
    for cuts in [[0, 1, 2], [1, 1, 2], [2, 1, 3], [1, 2, 3]] {
        let wrong = Paper {
            cuts: Some(cuts),
            ..paper(2)
        };
        assert!(matches!(
            region.set_paper(other.clone(), wrong),
            Err(InputProblem::WrongCuts { .. })
        ));
    }
}

#[test]
fn cuts_above_every_score_seen_do_not_stop_the_run() {
    let mut region = Region::new();
    region
        .set_paper(
            procedure(),
            Paper {
                cuts: Some([100, 200, 300]),
                ..Paper::default()
            },
        )
        .unwrap();
    for school in 0..12 {
        for score in 0..9_u16 {
            region
                .push(&Work {
                    raw_score: Some(score),
                    ..work(&format!("s{school}"), vec![])
                })
                .unwrap();
        }
    }
    let run = analyze(&region, &quick());
    assert!(run.cells.iter().all(|cell| {
        !cell
            .channels
            .iter()
            .any(|c| c.channel == ChannelName::Bunching)
    }));
    assert!(run.cells.iter().all(|cell| !cell.remarks.is_empty()));
}

#[test]
fn histograms_alone_give_level_zero() {
    let simulated = small(11);
    let mut region = Region::new();
    let (procedure, paper) = simulated.papers[1].clone();
    let bare = Paper {
        items: Vec::new(),
        max_score: Some(40),
        ..paper
    };
    region.set_paper(procedure.clone(), bare).unwrap();
    let mut histograms: std::collections::BTreeMap<&str, Vec<u32>> = Default::default();
    for work in simulated.works.iter().filter(|work| work.year == 2026) {
        let histogram = histograms
            .entry(&work.school)
            .or_insert_with(|| vec![0; 41]);
        histogram[usize::from(work.raw_score.unwrap())] += 1;
    }
    for (school, histogram) in histograms {
        let summary = Summary {
            procedure: procedure.clone(),
            school: school.to_owned(),
            histogram: Some(histogram),
            marks: None,
            item_rates: None,
        };
        region.push_summary(summary).unwrap();
    }
    let run = analyze(&region, &quick());
    assert!(!run.cells.is_empty());
    for cell in &run.cells {
        assert_eq!(cell.level, Level::L0);
        assert!(cell.channels.iter().all(|channel| matches!(
            channel.channel,
            ChannelName::Level | ChannelName::Bunching | ChannelName::Spread
        )));
        assert_ne!(cell.state, State::Signs);
    }
}

#[test]
fn marks_alone_give_a_mean_mark() {
    let mut region = Region::new();
    for school in 0..20_u32 {
        let marks = [1 + school % 3, 8, 7 + school % 2, 2];
        let summary = Summary {
            procedure: procedure(),
            school: format!("s{school}"),
            histogram: None,
            marks: Some(marks),
            item_rates: None,
        };
        region.push_summary(summary).unwrap();
    }
    for cell in analyze(&region, &quick()).cells {
        let mean = cell.mean.unwrap();
        assert!((2.0..=5.0).contains(&mean), "{mean}");
        assert_eq!(cell.level, Level::L0);
    }
}

#[test]
fn an_external_list_alone_means_signs() {
    let mut simulated = small(13);
    let school = simulated.truth[0].school.clone();
    simulated.region.add_listing(ExternalListing {
        year: 2026,
        school: school.clone(),
        subject: None,
        grade: None,
        source: Source::Federal,
        name: "list".to_owned(),
    });
    let run = analyze(&simulated.region, &quick());
    let cell = run
        .cells
        .iter()
        .find(|cell| cell.school == school && cell.year == 2026)
        .unwrap();
    assert_eq!(cell.state, State::Signs);
}

#[test]
fn good_observation_with_high_results_reads_as_possible_success() {
    let mut simulated = small(17);
    let run = analyze(&simulated.region, &quick());
    let high = run
        .cells
        .iter()
        .filter(|cell| cell.year == 2026 && cell.n >= 4)
        .max_by(|a, b| {
            let z = |cell: &&objectivity::cell::Cell| {
                cell.channels
                    .iter()
                    .find(|c| c.channel == ChannelName::Level)
                    .map_or(1.0, |c| c.p_value)
            };
            z(b).total_cmp(&z(a))
        })
        .unwrap()
        .school
        .clone();
    let observation = Observation {
        year: 2026,
        school: high.clone(),
        subject: None,
        grade: None,
        index: 0.98,
        critical_violations: 0,
        visits: 2,
    };
    simulated.region.add_observation(observation).unwrap();
    let run = analyze(&simulated.region, &quick());
    let cell = run
        .cells
        .iter()
        .find(|cell| cell.school == high && cell.year == 2026)
        .unwrap();
    assert!(
        cell.explanation
            .summary
            .ru
            .contains("возможно, подлинный успех"),
        "{:?}",
        cell.explanation
    );
}

#[test]
fn strong_inflation_is_found_and_named() {
    let plan = Plan {
        schools: 120,
        inflated: 0.1,
        kinds: vec![Kind::Hints],
        strengths: vec![Strength::Strong],
        ..Plan::honest(19)
    };
    let simulated = simulate(&plan);
    let run = analyze(&simulated.region, &quick());
    let mut named = 0;
    let mut flagged = 0;
    for truth in simulated
        .truth
        .iter()
        .filter(|truth| truth.inflation.is_some() && truth.enrolled >= 13)
    {
        let cell = run
            .cells
            .iter()
            .find(|cell| cell.school == truth.school)
            .unwrap();
        flagged += usize::from(matches!(cell.state, State::Attention | State::Signs));
        named += usize::from(cell.first_reason == Some(ChannelName::ItemProfile));
    }
    assert!(
        flagged > 0 && named * 10 >= flagged * 7,
        "{named} of {flagged}"
    );
}

#[test]
fn a_cancelled_run_says_so() {
    let stopped = analyze_with_progress(&small(23).region, &quick(), &|_| ControlFlow::Break(()));
    assert!(stopped.is_err());
}

#[test]
fn a_cell_is_written_with_the_names_of_the_batch_interface() {
    let run = analyze(&small(29).region, &quick());
    let cell = run
        .cells
        .iter()
        .find(|cell| cell.posterior.is_some())
        .unwrap();
    let json = serde_json::to_value(cell).unwrap();
    for key in [
        "year",
        "subject",
        "grade",
        "school",
        "n",
        "level",
        "state",
        "posterior",
        "local_fdr",
        "mean",
        "shrunk_mean",
        "first_reason",
        "channels",
        "markers",
    ] {
        assert!(json.get(key).is_some(), "{key}");
    }
    for key in ["channel", "value", "interval", "p_value", "log_lr", "n"] {
        assert!(json["channels"][0].get(key).is_some(), "{key}");
    }
    for key in ["marker", "fired", "false_alarm_rate"] {
        assert!(json["markers"][0].get(key).is_some(), "{key}");
    }
    assert_eq!(json["level"], "L3");
}

/// Works of two years whose pupils keep their code; `linked` shuffles nothing, otherwise codes are running numbers.
fn two_years(linked: bool) -> Region {
    let mut random = Random::new(31);
    let mut region = Region::new();
    for school in 0..20 {
        let abilities: Vec<f64> = (0..15).map(|_| random.normal()).collect();
        for (year, grade) in [(2025, 4), (2026, 5)] {
            for (index, ability) in abilities.iter().enumerate() {
                let pupil = if linked || year == 2025 {
                    index
                } else {
                    random.below(1000)
                };
                let score = (20.0 + 5.0 * ability + 2.0 * random.normal()).clamp(0.0, 40.0) as u16;
                let work = Work {
                    year,
                    grade,
                    pupil: Some(pupil.to_string()),
                    raw_score: Some(score),
                    ..work(&format!("s{school}"), vec![])
                };
                region.push(&work).unwrap();
            }
        }
    }
    region
}

#[test]
fn pupils_are_followed_by_their_codes_only_where_codes_are_pupils() {
    let with_change = |region: &Region| {
        analyze(region, &quick())
            .cells
            .iter()
            .filter(|cell| {
                cell.year == 2026
                    && cell
                        .channels
                        .iter()
                        .any(|c| c.channel == ChannelName::Change)
            })
            .count()
    };
    assert_eq!(with_change(&two_years(true)), 20);
    // Where codes are running numbers, the cohort as a whole is followed: all its pupils, the mean of the year before.
    let region = two_years(false);
    assert_eq!(with_change(&region), 20);
    for cell in analyze(&region, &quick())
        .cells
        .iter()
        .filter(|cell| cell.year == 2026)
    {
        let cohort = cell.charts.cohort.as_ref().unwrap();
        assert_eq!((cohort.n, Some(cohort.mean)), (cell.n, cell.mean));
    }
}
