//! Budgets, operating curves and doubts of a run.

use objectivity::cell::State;
use objectivity::decision::Doubt;
use objectivity::markers::false_alarms::SIZE_BINS;
use objectivity::parameters::{Parameters, Threshold};
use objectivity::region::Region;
use objectivity::run::{Run, analyze};
use objectivity::simulator::{Confounder, Kind, Plan, Simulated, Strength, simulate};

fn parameters() -> Parameters {
    Parameters {
        replicates: 1_000,
        ..Parameters::default()
    }
}

fn shown(state: State) -> bool {
    matches!(state, State::Attention | State::Signs)
}

/// Regions of 300 honest schools.
const REGIONS: u64 = 5;
/// Most of the 1,500 schools that may be shown at a budget of 1 %: fifteen are expected, and three standard errors more.
const MOST_SHOWN: usize = 26;
/// Most in one size bin, as a share; bins have 120 to 450 schools.
const MOST_IN_BIN: f64 = 0.03;

#[test]
fn honest_regions_keep_their_budgets_in_every_size() {
    let (mut all, mut signs) = (0, 0);
    let mut bins = [(0_u32, 0_u32); 5];
    for seed in 0..REGIONS {
        for cell in analyze(&simulate(&Plan::honest(900 + seed)).region, &parameters()).cells {
            let bin = SIZE_BINS
                .iter()
                .position(|&(_, high)| cell.n <= high)
                .unwrap();
            bins[bin].0 += 1;
            bins[bin].1 += u32::from(shown(cell.state));
            all += usize::from(shown(cell.state));
            signs += usize::from(cell.state == State::Signs);
        }
    }
    println!("shown {all}, signs {signs}, by size {bins:?}");
    assert!(all <= MOST_SHOWN && signs <= 3, "{all} {signs}");
    for (schools, found) in bins {
        assert!(
            f64::from(found) <= MOST_IN_BIN * f64::from(schools) + 1.0,
            "{bins:?}"
        );
    }
}

#[test]
fn honest_reasons_are_hardly_ever_shown() {
    let (mut schools, mut found) = (0, 0);
    for seed in 0..REGIONS {
        let simulated = simulate(&Plan {
            confounded: 0.4,
            ..Plan::honest(950 + seed)
        });
        let run = analyze(&simulated.region, &parameters());
        for truth in simulated
            .truth
            .iter()
            .filter(|truth| truth.confounder.is_some())
        {
            let cell = run
                .cells
                .iter()
                .find(|cell| cell.school == truth.school)
                .unwrap();
            schools += 1;
            found += usize::from(shown(cell.state));
            if truth.confounder != Some(Confounder::NewTeacher) {
                assert_ne!(cell.state, State::Signs, "{truth:?}");
            }
        }
    }
    println!("{found} of {schools} confounded schools shown");
    // Two in a hundred, and two standard errors more.
    assert!(
        found as f64 <= 0.032 * f64::from(schools),
        "{found} of {schools}"
    );
}

fn inflated(share: f64, kinds: Vec<Kind>, strength: Strength, seed: u64) -> Simulated {
    simulate(&Plan {
        schools: 150,
        inflated: share,
        kinds,
        strengths: vec![strength],
        ..Plan::honest(seed)
    })
}

#[test]
fn a_smaller_budget_shows_a_part_of_what_a_larger_one_shows() {
    let simulated = inflated(0.2, Kind::ALL.to_vec(), Strength::Medium, 31);
    let with = |attention: f64, signs: f64| {
        analyze(
            &simulated.region,
            &Parameters {
                attention_p: Threshold::platform(attention),
                signs_p: Threshold::platform(signs),
                ..parameters()
            },
        )
    };
    let (strict, wide) = (with(0.002, 0.0005), with(0.05, 0.01));
    let count = |run: &Run| run.cells.iter().filter(|cell| shown(cell.state)).count();
    assert!(count(&strict) < count(&wide));
    for (strict, wide) in strict.cells.iter().zip(&wide.cells) {
        assert!(
            !shown(strict.state) || shown(wide.state),
            "{}",
            strict.school
        );
        assert!(strict.state != State::Signs || wide.state == State::Signs);
    }
}

#[test]
fn a_run_tells_how_it_decided() {
    let run = analyze(
        &inflated(0.2, Kind::ALL.to_vec(), Strength::Medium, 37).region,
        &parameters(),
    );
    let judged = run
        .cells
        .iter()
        .filter(|cell| cell.posterior.is_some())
        .count();
    let schools: u32 = run.decisions.iter().map(|decision| decision.schools).sum();
    assert_eq!(schools as usize, judged);
    for decision in &run.decisions {
        let of = |state: State| {
            let cells = run.cells.iter().filter(|cell| {
                cell.posterior.is_some()
                    && cell.state == state
                    && decision.largest.is_none_or(|largest| cell.n <= largest)
                    && (cell.n >= decision.smallest || decision.smallest == SIZE_BINS[0].0)
            });
            cells.count() as u32
        };
        assert_eq!(
            (decision.attention, decision.signs),
            (of(State::Attention), of(State::Signs))
        );
        assert!(decision.curve.windows(2).all(|pair| {
            pair[0].honest_share < pair[1].honest_share
                && pair[0].found_share <= pair[1].found_share
        }));
        let at_budget = decision
            .curve
            .iter()
            .find(|point| point.honest_share >= 0.01)
            .unwrap();
        assert!(at_budget.found_share > 0.05, "{decision:?}");
        // Whoever is shown lies above the cut.
        for cell in run.cells.iter().filter(|cell| shown(cell.state)) {
            let inside = cell.n >= decision.smallest
                && decision.largest.is_none_or(|largest| cell.n <= largest);
            assert!(
                !inside
                    || cell.log_lr + cell.earlier_log_lr >= decision.attention_from - 1e-6
                    || cell.state == State::Signs
            );
        }
    }
}

/// The same works with earlier results dealt out anew.
fn with_priors_dealt(simulated: &Simulated) -> Region {
    let mut region = Region::new();
    for (procedure, paper) in &simulated.papers {
        region.set_paper(procedure.clone(), paper.clone()).unwrap();
    }
    let count = simulated.works.len();
    for (place, work) in simulated.works.iter().enumerate() {
        let mut work = work.clone();
        work.prior_score = simulated.works[(place * 7_919 + 13) % count].prior_score;
        region.push(&work).unwrap();
    }
    region
}

#[test]
fn a_run_doubts_itself_where_its_assumptions_fail() {
    let has = |run: &Run, doubt: Doubt| run.doubts.iter().any(|found| found.doubt == doubt);
    let honest = simulate(&Plan {
        schools: 150,
        ..Plan::honest(41)
    });
    let run = analyze(&honest.region, &parameters());
    assert!(run.doubts.is_empty(), "{:?}", run.doubts);
    let dealt = analyze(&with_priors_dealt(&honest), &parameters());
    assert!(has(&dealt, Doubt::PriorUnrelated), "{:?}", dealt.doubts);
    let piled = inflated(0.9, vec![Kind::Border], Strength::Strong, 43);
    let run = analyze(&piled.region, &parameters());
    assert!(has(&run, Doubt::RegionPile), "{:?}", run.doubts);
    let many = inflated(0.5, vec![Kind::Hints, Kind::Border], Strength::Strong, 47);
    let run = analyze(&many.region, &parameters());
    assert!(
        has(&run, Doubt::ManyInflated) || has(&run, Doubt::RegionPile),
        "{:?}",
        run.doubts
    );
    for doubt in &run.doubts {
        assert!(doubt.value.is_finite() && !doubt.text.ru.is_empty() && !doubt.text.en.is_empty());
    }
}

#[test]
fn half_of_a_region_inflated_troubles_no_honest_school() {
    let (mut honest, mut signs, mut found) = (0, 0, 0);
    for (seed, share) in [(53, 0.3), (59, 0.5)] {
        let simulated = inflated(share, Kind::ALL.to_vec(), Strength::Strong, seed);
        let run = analyze(&simulated.region, &parameters());
        for truth in simulated
            .truth
            .iter()
            .filter(|truth| truth.inflation.is_none())
        {
            let cell = run
                .cells
                .iter()
                .find(|cell| cell.school == truth.school)
                .unwrap();
            honest += 1;
            signs += usize::from(cell.state == State::Signs);
            found += usize::from(shown(cell.state));
        }
    }
    println!("{found} of {honest} honest schools shown, {signs} signs");
    assert!(
        honest > 100 && signs == 0 && found <= 3,
        "{found} {signs} of {honest}"
    );
}
