//! Opening forms. The synthetic workbooks are looked for where the tests find their cases.

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::path::PathBuf;

fn shared() -> PathBuf {
    std::env::var_os("ORIENTIR_SHARED")
        .map_or_else(|| PathBuf::from("../../../shared"), PathBuf::from)
}

fn import(criterion: &mut Criterion) {
    for questions in [500, 2_000, 5_000] {
        let path = shared().join(format!("cases/bench/selfassess_{questions}.xlsx"));
        let Ok(bytes) = std::fs::read(&path) else {
            println!("SKIPPED: {} is not there", path.display());
            continue;
        };
        criterion.bench_function(&format!("open_xlsx_{questions}"), |bencher| {
            bencher.iter(|| forms::file::open(black_box(&bytes), "selfassess.xlsx"));
        });
        let workbook = forms::workbook::read(&bytes).expect("the workbook was made for this");
        criterion.bench_function(&format!("import_cells_{questions}"), |bencher| {
            bencher.iter(|| {
                forms::xlsform::import(black_box(&workbook), &forms::xlsform::Options::default())
            });
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = import
}
criterion_main!(benches);
