//! The platform's own transcendental functions stay out of the engine: their last bit differs between processors.

use std::path::{Path, PathBuf};

#[path = "../../examples/fingerprint/main.rs"]
#[allow(dead_code)]
mod fingerprint;

/// Twenty regions in one number; `examples/fingerprint/compare.mjs` finds the same in WebAssembly. Changes with the engine: run
/// both, and raise the engine's version.
const EXPECTED: u64 = 0xD989_9F34_83BF_CE3F;

#[test]
fn twenty_regions_have_the_same_bytes_on_every_processor() {
    let found = fingerprint::fingerprint();
    assert_eq!(found, EXPECTED, "{found:#018X}");
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn no_source_calls_the_platforms_functions() {
    let forbidden = [
        ".exp()",
        ".exp2()",
        ".exp_m1()",
        ".ln()",
        ".ln_1p()",
        ".log(",
        ".log2()",
        ".log10()",
        ".powf(",
        ".sin()",
        ".cos()",
        ".tan()",
        ".sin_cos()",
        ".tanh()",
        ".sinh()",
        ".cosh()",
        ".atan()",
        ".cbrt()",
        ".hypot(",
        ".mul_add(",
    ];
    let mut files = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    assert!(files.len() > 50);
    let mut found = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            if forbidden.iter().any(|call| code.contains(call)) {
                found.push(format!("{}:{}: {line}", file.display(), number + 1));
            }
            // Squares are one multiplication everywhere; other whole powers may be multiplied in any order.
            if code.contains(".powi(") && !code.contains(".powi(2)") {
                found.push(format!("{}:{}: {line}", file.display(), number + 1));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
