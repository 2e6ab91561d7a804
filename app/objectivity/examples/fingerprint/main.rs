//! Fingerprints of whole runs, to compare processors.
//!
//! Built for WebAssembly this is a module with one function; `node app/objectivity/examples/fingerprint/compare.mjs` builds it,
//! runs it on twenty regions and compares with what `tests/it/reproducible.rs` has for the server.

use objectivity::parameters::Parameters;
use objectivity::run::analyze;
use objectivity::simulator::{Plan, simulate};

/// Regions that are compared.
pub const REGIONS: u64 = 20;

/// FNV-1a of the bytes of a run over a simulated region of 30 schools, a fifth of them inflated; each fourth has two years.
#[must_use]
pub fn of_region(seed: u64) -> u64 {
    let plan = Plan {
        schools: 30,
        years: if seed.is_multiple_of(4) { 2 } else { 1 },
        inflated: 0.2,
        ..Plan::honest(seed)
    };
    let parameters = Parameters {
        replicates: 200,
        ..Parameters::default()
    };
    let run = analyze(&simulate(&plan).region, &parameters);
    let bytes = serde_json::to_vec(&run).expect("a run is plain data");
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

/// All regions in one number.
#[allow(
    unsafe_code,
    reason = "the name under which JavaScript finds the function"
)]
#[unsafe(no_mangle)]
pub extern "C" fn fingerprint() -> u64 {
    (0..REGIONS).fold(0, |all, seed| all.rotate_left(7) ^ of_region(seed))
}
