//! Diagnostics.
use objectivity::cell::*;
use objectivity::parameters::Parameters;
use objectivity::simulator::*;
use std::collections::BTreeMap;

fn bin(n: usize) -> usize {
    match n {
        0..=7 => 0,
        8..=12 => 1,
        13..=30 => 2,
        31..=60 => 3,
        _ => 4,
    }
}

fn main() {
    let reps: u64 = std::env::args()
        .nth(1)
        .and_then(|a| a.parse().ok())
        .unwrap_or(10);
    let mut h: BTreeMap<(ChannelName, usize), Vec<f64>> = BTreeMap::new();
    let mut comb: BTreeMap<usize, Vec<(f64, State, f64)>> = BTreeMap::new();
    let t = std::time::Instant::now();
    for seed in 0..reps {
        let sim = simulate(&Plan::honest(100 + seed));
        let run = objectivity::run::analyze(&sim.region, &Parameters::default());
        for c in &run.cells {
            for ch in &c.channels {
                h.entry((ch.channel, bin(c.n as usize)))
                    .or_default()
                    .push(ch.p_value);
            }
            if let Some(p) = c.p_value {
                comb.entry(bin(c.n as usize))
                    .or_default()
                    .push((p, c.state, c.posterior.unwrap()));
            }
        }
    }
    println!("honest: {:?} per region", t.elapsed() / reps as u32);
    for (k, v) in &h {
        let f = |a: f64| v.iter().filter(|p| **p <= a).count() as f64 / v.len() as f64;
        println!(
            "{:?} bin {} n={} p<=.05 {:.4} p<=.01 {:.4} .001 {:.4}",
            k.0,
            k.1,
            v.len(),
            f(0.05),
            f(0.01),
            f(0.001)
        );
    }
    let mut thr: BTreeMap<usize, f64> = BTreeMap::new();
    let mut thr5: BTreeMap<usize, f64> = BTreeMap::new();
    let mut honest: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for (k, v) in &comb {
        let f = |a: f64| v.iter().filter(|p| p.0 <= a).count() as f64 / v.len() as f64;
        let mut post: Vec<f64> = v.iter().map(|x| x.2).collect();
        post.sort_by(f64::total_cmp);
        thr.insert(*k, post[post.len() - 1 - post.len() / 100]);
        thr5.insert(*k, post[post.len() - 1 - post.len() / 20]);
        honest.insert(*k, post);
        println!(
            "comb bin {k}: p<=.05 {:.4} .01 {:.4} attention {:.4} signs {:.4}",
            f(0.05),
            f(0.01),
            v.iter().filter(|x| x.1 == State::Attention).count() as f64 / v.len() as f64,
            v.iter().filter(|x| x.1 == State::Signs).count() as f64 / v.len() as f64
        );
    }
    let mut out: BTreeMap<(Strength, Kind, usize), Vec<(f64, State, Option<ChannelName>)>> =
        BTreeMap::new();
    let mut zs: BTreeMap<(Strength, Kind, usize, ChannelName), Vec<f64>> = BTreeMap::new();
    let mut hon: BTreeMap<usize, Vec<State>> = BTreeMap::new();
    for strength in Strength::ALL {
        for seed in 0..reps {
            let plan = Plan {
                strengths: vec![strength],
                inflated: 0.15,
                ..Plan::honest(9000 + seed)
            };
            let sim = simulate(&plan);
            let run = objectivity::run::analyze(&sim.region, &Parameters::default());
            for c in &run.cells {
                let t = sim.truth.iter().find(|t| t.school == c.school).unwrap();
                let b = bin(t.enrolled);
                if let Some((k, s)) = t.inflation {
                    out.entry((s, k, b)).or_default().push((
                        c.posterior.unwrap_or(0.0),
                        c.state,
                        c.first_reason,
                    ));
                    for ch in &c.channels {
                        zs.entry((s, k, b, ch.channel))
                            .or_default()
                            .push(ch.p_value);
                    }
                } else {
                    hon.entry(b).or_default().push(c.state);
                }
            }
        }
    }
    for (k, v) in &out {
        let p1 = v.iter().filter(|x| x.0 > thr[&k.2]).count() as f64 / v.len() as f64;
        let p5 = v.iter().filter(|x| x.0 > thr5[&k.2]).count() as f64 / v.len() as f64;
        let hh = &honest[&k.2];
        let auc = v
            .iter()
            .map(|x| hh.partition_point(|y| *y < x.0) as f64 / hh.len() as f64)
            .sum::<f64>()
            / v.len() as f64;
        let fl: Vec<_> = v.iter().filter(|x| x.2.is_some()).collect();
        let ok = fl.iter().filter(|x| k.1.is_told_by(x.2.unwrap())).count() as f64
            / fl.len().max(1) as f64;
        let med: Vec<String> = zs
            .iter()
            .filter(|(q, _)| q.0 == k.0 && q.1 == k.1 && q.2 == k.2)
            .map(|(q, v)| {
                let mut v = v.clone();
                v.sort_by(f64::total_cmp);
                format!("{:?}:{:.4}", q.3, v[v.len() / 2])
            })
            .collect();
        println!(
            "{:?} {:?} bin{} n={} AUC {:.3} P1 {:.2} P5 {:.2} att {:.2} signs {:.2} reason {:.2} | {}",
            k.0,
            k.1,
            k.2,
            v.len(),
            auc,
            p1,
            p5,
            v.iter().filter(|x| x.1 == State::Attention).count() as f64 / v.len() as f64,
            v.iter().filter(|x| x.1 == State::Signs).count() as f64 / v.len() as f64,
            ok,
            med.join(" ")
        );
    }
    for s in Strength::ALL {
        for b in 0..5 {
            let vs: Vec<_> = out.iter().filter(|(k, _)| k.0 == s && k.2 == b).collect();
            let n: usize = vs.iter().map(|(_, v)| v.len()).sum();
            let p1 = vs
                .iter()
                .map(|(_, v)| v.iter().filter(|x| x.0 > thr[&b]).count())
                .sum::<usize>() as f64
                / n as f64;
            let p5 = vs
                .iter()
                .map(|(_, v)| v.iter().filter(|x| x.0 > thr5[&b]).count())
                .sum::<usize>() as f64
                / n as f64;
            let hh = &honest[&b];
            let auc = vs
                .iter()
                .flat_map(|(_, v)| v.iter())
                .map(|x| hh.partition_point(|y| *y < x.0) as f64 / hh.len() as f64)
                .sum::<f64>()
                / n as f64;
            println!("ALL {s:?} bin{b} AUC {auc:.3} P1 {p1:.2} P5 {p5:.2}");
        }
    }
    for (b, v) in &hon {
        println!(
            "honest among contaminated bin {b}: signs {:.4} att {:.4}",
            v.iter().filter(|s| **s == State::Signs).count() as f64 / v.len() as f64,
            v.iter().filter(|s| **s == State::Attention).count() as f64 / v.len() as f64
        );
    }
}
