//! Any text as an expression: parsed or refused, and printed so that it parses to the same.
#![no_main]

use forms::expression::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(tree) = parse(text) {
        let printed = tree.to_string();
        let again = parse(&printed).expect("what is printed parses");
        assert_eq!(again.to_string(), printed);
    }
});
