//! `xpath`: expression cases.

use std::collections::BTreeMap;
use std::error::Error;

use forms::expression::{Document, Environment, Evaluator, Object, Zone, check, parse};
use serde_json::Value;

use crate::Tally;
use crate::xml::{Node, XmlDocument};

/// 2026-02-10T15:30:45.123Z, the clock of every case.
const NOW_MS: i64 = 1_770_737_445_123;
/// America/Phoenix keeps UTC-7 all year.
const PHOENIX: Zone = Zone::fixed(-420);

pub fn run(path: &str) -> Result<Tally, Box<dyn Error>> {
    let cases: Value = serde_json::from_slice(&std::fs::read(path)?)?;
    let documents: BTreeMap<&str, &str> = cases["documents"]
        .as_array()
        .ok_or("no documents")?
        .iter()
        .filter_map(|document| Some((document["id"].as_str()?, document["xml"].as_str()?)))
        .collect();
    let mut tally = Tally::default();
    let mut apart: BTreeMap<&str, Tally> = BTreeMap::new();
    for case in cases["cases"].as_array().ok_or("no cases")? {
        let beyond = case["tier"]
            .as_str()
            .is_some_and(|tier| tier.starts_with('X'));
        let disputed = case["libxml2"].as_str() == Some("differs");
        let group = if beyond {
            Some("beyond the ODK specification")
        } else if disputed {
            Some("disputed")
        } else {
            None
        };
        let xml = documents
            .get(case["doc"].as_str().unwrap_or_default())
            .ok_or("case without document")?;
        let outcome = check_case(case, xml);
        if let Err(message) = &outcome {
            let mark = group.map_or(String::new(), |group| format!(" ({group}, not counted)"));
            println!(
                "FAILED{mark} {}: {} — {message}",
                case["id"].as_str().unwrap_or_default(),
                case["expression"].as_str().unwrap_or_default()
            );
        }
        let counted = match group {
            Some(group) => apart.entry(group).or_default(),
            None => &mut tally,
        };
        match outcome {
            Ok(()) => counted.passed += 1,
            Err(_) => counted.failed += 1,
        }
    }
    for (group, tally) in &apart {
        println!("{group}: {} passed, {} failed", tally.passed, tally.failed);
    }
    Ok(tally)
}

fn check_case(case: &Value, xml: &str) -> Result<(), String> {
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..Default::default()
    };
    let xml = xml.trim_start();
    let tree = roxmltree::Document::parse_with_options(xml, options)
        .map_err(|error| format!("document: {error}"))?;
    let mut document = XmlDocument {
        tree: &tree,
        root: None,
        namespaces: case["ns"]
            .as_object()
            .map(|map| {
                map.iter()
                    .filter_map(|(prefix, uri)| Some((prefix.clone(), uri.as_str()?.to_owned())))
                    .collect()
            })
            .unwrap_or_default(),
        language: case["lang"].as_str().map(str::to_owned),
    };
    if let Some(root) = case["root"].as_str() {
        document.root = Some(document.at(root).ok_or("no such root")?);
    }
    let context = document
        .at(case["context"].as_str().unwrap_or("/"))
        .ok_or("no such context")?;
    let environment = Environment {
        now_ms: NOW_MS,
        zone: match case["timezone"].as_str() {
            Some("GMT" | "any") => Zone::UTC,
            _ => PHOENIX,
        },
        seed: 1,
    };
    let evaluator = Evaluator::new(&document, &environment);
    let expect = &case["expect"];
    let kind = expect["kind"].as_str().unwrap_or_default();
    let source = case["expression"].as_str().unwrap_or_default();
    let parsed = parse(source);
    if let Ok(expr) = &parsed {
        let printed = expr.to_string();
        match parse(&printed) {
            Ok(again) if again == *expr => {}
            _ => return Err(format!("printed as {printed}, which reads differently")),
        }
    }
    let result = parsed.map_err(|error| error.to_string()).and_then(|expr| {
        let result = evaluator
            .evaluate(&expr, context)
            .map_err(|error| error.to_string());
        // An error the static check does not see is still an error; the other way round is a bug.
        if result.is_ok() && kind == "error" && !check(&expr).is_empty() {
            return Err("static check".into());
        }
        result
    });
    if kind == "error" {
        return match result {
            Err(_) => Ok(()),
            Ok(object) => Err(format!("expected an error, got {object:?}")),
        };
    }
    let object = result?;
    compare(&document, &evaluator, &object, expect, kind)
}

fn compare(
    document: &XmlDocument<'_>,
    evaluator: &Evaluator<'_, XmlDocument<'_>>,
    object: &Object<Node>,
    expect: &Value,
    kind: &str,
) -> Result<(), String> {
    let value = &expect["value"];
    let agree = |agree: bool, actual: String| {
        if agree {
            Ok(())
        } else {
            Err(format!("expected {kind} {value}, got {actual}"))
        }
    };
    match kind {
        "string" => {
            let actual = evaluator.to_text(object);
            agree(Some(actual.as_str()) == value.as_str(), actual)
        }
        "boolean" => {
            let actual = evaluator.to_boolean(object);
            agree(Some(actual) == value.as_bool(), actual.to_string())
        }
        "number" | "number-rounded" => {
            let mut actual = evaluator.to_number(object);
            if let Some(factor) = expect["factor"].as_f64() {
                actual = (actual * factor).round() / factor;
            }
            let expected = match value.as_str() {
                Some("NaN") => f64::NAN,
                Some("Infinity") => f64::INFINITY,
                Some("-Infinity") => f64::NEG_INFINITY,
                Some("-0") => -0.0,
                _ => value.as_f64().ok_or("no number expected")?,
            };
            let tolerance = expect["abs_tolerance"].as_f64().unwrap_or(0.0);
            let same = (actual.is_nan() && expected.is_nan())
                || actual == expected
                || (actual - expected).abs() <= tolerance.max(expected.abs() * 1e-14);
            let sign = expected != 0.0
                || actual.is_sign_negative() == expected.is_sign_negative()
                // A zero is written `0` in most cases whichever its sign.
                || value.as_str() != Some("-0");
            agree(same && sign, format!("{actual:?}"))
        }
        "nodeset" | "nodeset-unordered" => {
            let Object::Nodes(nodes) = object else {
                return Err(format!("expected nodes, got {object:?}"));
            };
            let expected: Vec<Option<Node>> = value
                .as_array()
                .ok_or("no list expected")?
                .iter()
                .map(|path| document.at(path.as_str().unwrap_or_default()))
                .collect();
            let actual: Vec<Option<Node>> = nodes.iter().copied().map(Some).collect();
            let same = if kind == "nodeset" {
                actual == expected
            } else {
                actual.len() == expected.len() && actual.iter().all(|n| expected.contains(n))
            };
            agree(same, format!("{nodes:?}"))
        }
        "node" => {
            let Object::Nodes(nodes) = object else {
                return Err(format!("expected nodes, got {object:?}"));
            };
            let expected = value.as_str().map(|path| document.at(path));
            let actual = nodes.first().copied();
            agree(
                actual == expected.flatten() && (expected.is_none() == actual.is_none()),
                format!("{nodes:?}"),
            )
        }
        "date" => {
            let actual = evaluator.to_text(object);
            let expected = value.as_str().unwrap_or_default();
            agree(actual.get(..10) == Some(expected), actual)
        }
        "string-regex" => {
            let actual = evaluator.to_text(object);
            let regex = regex_lite::Regex::new(value.as_str().unwrap_or_default())
                .map_err(|error| error.to_string())?;
            agree(regex.is_match(&actual), actual)
        }
        "string-length" => {
            let actual = evaluator.to_text(object).chars().count();
            agree(value.as_u64() == Some(actual as u64), actual.to_string())
        }
        other => Err(format!(
            "unknown kind {other} for {}",
            document.local_name(Node::Tree(document.tree.root().id()))
        )),
    }
}
