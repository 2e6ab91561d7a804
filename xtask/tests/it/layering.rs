//! The arrows between our crates are the architecture; a new one is a decision, not an accident.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

type Arrows = BTreeMap<String, BTreeSet<String>>;

fn metadata() -> serde_json::Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir("..")
        .output()
        .expect("cargo metadata runs");
    serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON")
}

/// Dependencies between members of the workspace, without those for tests.
fn arrows() -> Arrows {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("packages");
    let name = |value: &serde_json::Value| value["name"].as_str().expect("name").to_owned();
    let members: BTreeSet<String> = packages.iter().map(name).collect();
    packages
        .iter()
        .map(|package| {
            let dependencies = package["dependencies"].as_array().expect("dependencies");
            let ours = dependencies
                .iter()
                .filter(|dependency| dependency["kind"].is_null())
                .map(name)
                .filter(|dependency| members.contains(dependency))
                .collect();
            (name(package), ours)
        })
        .collect()
}

fn allowed() -> Arrows {
    [
        ("compound", vec![]),
        ("forms", vec!["compound"]),
        ("objectivity", vec![]),
        ("roadmap", vec!["compound"]),
        ("sync", vec![]),
        ("api", vec!["forms", "sync"]),
        ("app", vec!["api", "forms", "sync"]),
        ("frontend", vec!["app"]),
        ("migrations", vec![]),
        (
            "server",
            vec![
                "api",
                "app",
                "forms",
                "migrations",
                "objectivity",
                "roadmap",
                "sync",
            ],
        ),
        ("xtask", vec![]),
        (
            "load",
            vec!["api", "forms", "objectivity", "server", "sync"],
        ),
    ]
    .into_iter()
    .map(|(from, to)| (from.to_owned(), to.into_iter().map(str::to_owned).collect()))
    .collect()
}

#[test]
fn crates_depend_only_along_the_drawn_arrows() {
    let allowed = allowed();
    for (from, to) in arrows() {
        let expected = allowed
            .get(&from)
            .unwrap_or_else(|| panic!("{from} is not on the drawing"));
        let extra: Vec<_> = to.difference(expected).collect();
        assert!(extra.is_empty(), "{from} may not depend on {extra:?}");
    }
}

#[test]
fn pure_crates_know_no_io_clock_randomness_or_async() {
    const IMPURE: [&str; 14] = [
        "tokio",
        "axum",
        "sea-orm",
        "reqwest",
        "web-sys",
        "js-sys",
        "gloo-net",
        "leptos",
        "futures",
        "async-trait",
        "getrandom",
        "time",
        "chrono",
        "tracing",
    ];
    for package in metadata()["packages"].as_array().expect("packages") {
        let name = package["name"].as_str().expect("name");
        if !["compound", "forms", "objectivity", "roadmap", "sync", "api"].contains(&name) {
            continue;
        }
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            let dependency_name = dependency["name"].as_str().expect("name");
            assert!(
                !dependency["kind"].is_null() || !IMPURE.contains(&dependency_name),
                "{name} is pure and may not depend on {dependency_name}"
            );
        }
    }
}
