//! Any text as an XForm: an entry or a refusal.
#![no_main]

use forms::entry::EntryContext;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok((entry, _)) = forms::xform::open(text, EntryContext::default()) {
        let _ = entry.violations();
    }
});
