//! The browser's program: compiled, divided into parts that are loaded when they are needed, bound and made small.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, anyhow, bail};

use crate::command::{cargo, step};
use crate::site::Profile;
use crate::workspace;

/// Script that starts the program; the scripts name each other so.
pub const SCRIPT: &str = "./orientir.js";
/// Script that loads parts.
pub const LOADER: &str = "./parts.js";

/// Files made small at once.
const WORKERS: usize = 2;

/// A program as wasm-bindgen leaves it, in a directory of its own.
pub struct Program {
    directory: PathBuf,
    /// Name of a part to the stems of its files, those it shares with others first.
    pub parts: BTreeMap<String, Vec<String>>,
}

impl Program {
    /// What every visit loads.
    pub fn main(&self) -> PathBuf {
        self.directory.join("orientir_bg.wasm")
    }

    /// A file of a part.
    pub fn part(&self, stem: &str) -> PathBuf {
        self.directory.join(format!("{stem}.wasm"))
    }

    /// A script, by the name the scripts use.
    pub fn script(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// Stems of the files of all parts.
    pub fn stems(&self) -> BTreeSet<&str> {
        self.parts.values().flatten().map(String::as_str).collect()
    }
}

/// Compiles the work area; returns the file that the linker wrote.
pub fn compile(profile: Profile) -> anyhow::Result<PathBuf> {
    let (name, directory) = match profile {
        Profile::Dev => ("dev", "debug"),
        Profile::Optimised => ("wasm", "wasm"),
    };
    let mut build = cargo(&[
        "build",
        "-p",
        "frontend",
        "--bin",
        "frontend",
        "--target",
        "wasm32-unknown-unknown",
        "--profile",
        name,
    ]);
    if profile == Profile::Optimised {
        // One type for all views instead of one for each nesting: a smaller program, compiled faster.
        build.env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            "--cfg erase_components",
        );
    }
    step("build the wasm", &mut build)?;
    Ok(workspace::target()
        .join("wasm32-unknown-unknown")
        .join(directory)
        .join("frontend.wasm"))
}

/// Builds the storage contract for the browser; returns its directory.
pub fn contract() -> anyhow::Result<PathBuf> {
    let mut build = cargo(&[
        "build",
        "-p",
        "frontend",
        "--example",
        "contract",
        "--features",
        "contract",
        "--target",
        "wasm32-unknown-unknown",
    ]);
    step("build the storage contract", &mut build)?;
    let wasm = workspace::target().join("wasm32-unknown-unknown/debug/examples/contract.wasm");
    Ok(bind(&wasm, "contract")?.directory)
}

/// Divides what the linker wrote and binds the main part to the browser. A part imports from the main one by
/// names of the linker, so those stay.
pub fn bind(wasm: &Path, name: &str) -> anyhow::Result<Program> {
    let directory = workspace::root().join("target").join("bindgen").join(name);
    if directory.exists() {
        std::fs::remove_dir_all(&directory)?;
    }
    std::fs::create_dir_all(&directory)?;
    let input = std::fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let main = directory.join("main.wasm");
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = &directory;
    options.main_out_path = &main;
    options.link_name = LOADER;
    options.main_module = SCRIPT;
    let divided = wasm_split_cli_support::transform(options)
        .map_err(|report| anyhow!("the program cannot be divided: {report:?}"))?;
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(&main)
        .out_name("orientir")
        .web(true)
        .context("wasm-bindgen refuses the web target")?
        .typescript(false)
        .keep_lld_exports(true)
        .demangle(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&directory)
        .context("wasm-bindgen failed")?;
    Ok(Program {
        directory,
        parts: divided.prefetch_map.into_iter().collect(),
    })
}

/// Makes every file of a program small, several at once.
pub fn optimise(program: &Program, frontend: &Path) -> anyhow::Result<()> {
    let tool = frontend.join("node_modules/binaryen/bin/wasm-opt");
    if !tool.exists() {
        bail!("wasm-opt is missing: `npm ci` in frontend/ brings it");
    }
    let parts = program.stems().into_iter().map(|stem| program.part(stem));
    // The main one takes longest, so it begins first.
    let files: Vec<PathBuf> = [program.main()].into_iter().chain(parts).collect();
    println!("── wasm-opt, {} files", files.len());
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            shrink(&tool, file)?;
        }
        anyhow::Ok(())
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().expect("a worker does not panic"))
    })
}

/// Never `--all-features`: it emits imports that browsers refuse.
fn shrink(tool: &Path, wasm: &Path) -> anyhow::Result<()> {
    let output = Command::new("node")
        .arg(tool)
        .args([
            "-Oz",
            "--strip-debug",
            "--strip-producers",
            "--enable-bulk-memory",
            "--enable-nontrapping-float-to-int",
            "--enable-sign-ext",
            "--enable-mutable-globals",
            "--enable-reference-types",
            "--enable-multivalue",
        ])
        .arg(wasm)
        .arg("-o")
        .arg(wasm)
        .output()
        .context("wasm-opt does not start")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("wasm-opt failed on {}: {said}", wasm.display());
    }
    Ok(())
}
