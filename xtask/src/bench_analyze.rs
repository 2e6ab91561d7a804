//! `cargo xtask bench analyze`: the engine on files from ten thousand to two million works, beside pandas and Polars.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::bail;
use clap::Args;

use crate::command::{command, step};
use crate::{build, workspace};

/// Works of the files.
const WORKS: [usize; 4] = [10_000, 100_000, 500_000, 2_000_000];
/// Items of a work; every fourth gives two points.
const ITEMS: usize = 20;
/// Pupils of a school in one procedure.
const PUPILS: usize = 100;
/// Procedures of a file.
const PROCEDURES: usize = 20;

/// The same computation, as far as it is one; says in its heading what it leaves out.
const BESIDE: &str = include_str!("bench_analyze.py");

/// Limits of the measurement.
#[derive(Args)]
pub struct Limits {
    /// Works of the largest file.
    #[arg(long, default_value_t = 2_000_000)]
    most: usize,
}

/// Prints the table.
pub fn bench(limits: &Limits) -> anyhow::Result<()> {
    let binary = build::server(true)?;
    let directory = workspace::target().join("bench-analyze");
    std::fs::create_dir_all(&directory)?;
    let python = python(&directory)?;
    let script = directory.join("beside.py");
    std::fs::write(&script, BESIDE)?;
    println!(
        "| works | schools × procedures | orientir analyze | pandas | polars |\n|---|---|---|---|---|"
    );
    for works in WORKS.into_iter().filter(|works| *works <= limits.most) {
        let file = directory.join("works.csv");
        let schools = write_file(&file, works)?;
        let engine = engine(&binary, &file)?;
        let beside = ["pandas", "polars"].map(|name| match &python {
            Some(python) => beside(python, &script, name, &file),
            None => "not measured: no python3".to_owned(),
        });
        let [pandas, polars] = beside;
        println!("| {works} | {schools} × {PROCEDURES} | {engine} | {pandas} | {polars} |");
        std::fs::remove_file(&file)?;
    }
    println!(
        "\norientir analyze: reads and checks the file, all channels, bootstrap nulls, states, markers, explanations, JSON.\n\
         pandas, polars: read the file; per school mean, funnel z with moment over-dispersion, binomial z of every item. No more."
    );
    Ok(())
}

/// The engine's own last line: times and peak memory.
fn engine(binary: &Path, file: &Path) -> anyhow::Result<String> {
    let started = Instant::now();
    let output = Command::new(binary)
        .arg("analyze")
        .arg(file)
        .stdout(Stdio::null())
        .output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!("orientir analyze failed: {told}");
    }
    let peak = told
        .rsplit("peak memory ")
        .next()
        .unwrap_or_default()
        .trim();
    let read = told
        .rsplit("read in ")
        .next()
        .and_then(|rest| rest.split(',').next())
        .unwrap_or_default();
    let seconds = started.elapsed().as_secs_f64();
    Ok(format!("{seconds:.1} s (reading {read}), {peak}"))
}

/// A library's time and peak memory, or why there is none.
fn beside(python: &Path, script: &Path, name: &str, file: &Path) -> String {
    let output = Command::new(python)
        .arg(script)
        .arg(name)
        .arg(file)
        .output();
    match output {
        Ok(output) if output.status.success() => {
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            let parts: Vec<&str> = text.trim().split('\t').collect();
            match parts.as_slice() {
                [_, seconds, peak, _, tests] => format!("{seconds} s, {peak} MB, {tests} tests"),
                _ => "unreadable answer".to_owned(),
            }
        }
        Ok(output) => {
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            format!("failed: {}", told.lines().last().unwrap_or_default())
        }
        Err(error) => format!("failed: {error}"),
    }
}

/// A virtual environment with pandas and Polars, made when it is absent; none without `python3`.
fn python(directory: &Path) -> anyhow::Result<Option<PathBuf>> {
    let environment = directory.join("venv");
    let python = environment.join("bin").join("python");
    let ready = Command::new(&python)
        .args(["-c", "import pandas, polars"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if ready {
        return Ok(Some(python));
    }
    if !crate::command::exists("python3") {
        println!("python3 is not installed: the table has no pandas and no Polars");
        return Ok(None);
    }
    step(
        "python environment",
        command("python3").args(["-m", "venv"]).arg(&environment),
    )?;
    step(
        "pandas and polars",
        command(environment.join("bin").join("pip"))
            .args(["install", "--quiet", "--disable-pip-version-check"])
            .args(["pandas", "polars"]),
    )?;
    Ok(Some(python))
}

/// Writes works of plausible schools in the batch format; returns the number of schools.
fn write_file(path: &Path, works: usize) -> anyhow::Result<usize> {
    let schools = (works / PUPILS / PROCEDURES).max(5);
    let mut output = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let most = |item: usize| 1 + usize::from(item.is_multiple_of(4));
    write!(
        output,
        "year,subject,grade,school,class,pupil,booklet,raw_score,mark,register_mark,prior_score"
    )?;
    for item in 0..ITEMS {
        write!(output, ",item:{}:{}", item + 1, most(item))?;
    }
    writeln!(output)?;
    let mut random = Random(1);
    for procedure in 0..PROCEDURES {
        for school in 0..schools {
            let effect = 0.5 * random.centred();
            for pupil in 0..PUPILS {
                let ability = effect + 1.7 * random.centred();
                let register = (3.5 + ability).clamp(2.0, 5.0) as u8;
                let prior = 50.0 + 10.0 * (ability + random.centred());
                write!(
                    output,
                    "2026,subject{procedure},5,s{school:05},5-{},{pupil},,,,{register},{prior:.0}",
                    pupil / 25
                )?;
                for item in 0..ITEMS {
                    let logit = ability - 0.2 * (item as f64 - 10.0);
                    let chance = 1.0 / (1.0 + (-logit).exp());
                    let points = (0..most(item)).filter(|_| random.unit() < chance).count();
                    write!(output, ",{points}")?;
                }
                writeln!(output)?;
            }
        }
    }
    output.flush()?;
    Ok(schools)
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same file each time.
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Sum of four uniform values around zero; standard deviation 0.58.
    fn centred(&mut self) -> f64 {
        (0..4).map(|_| self.unit() - 0.5).sum()
    }
}
