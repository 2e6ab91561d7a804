//! Any bytes as a file: a form with problems or a refusal, and a form that opens.
#![no_main]

use std::sync::Arc;

use forms::entry::{EntryContext, FormEntry};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(cells) = forms::workbook::read(bytes) else {
        return;
    };
    let opened = forms::file::inspect(&cells, "fuzz.xlsx");
    let _ = forms::xform::write(&opened.form);
    let (entry, _) = FormEntry::open(Arc::new(opened.form), EntryContext::default());
    let _ = entry.violations();
});
