//! Turns the frontend into a site: the program, styles, fonts, hashed names, shell, precompressed copies and the
//! list of files that a service worker may keep.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use sha2::{Digest, Sha256};

use crate::command::npm_ci;
use crate::program::{self, Program};
use crate::{toolchain, workspace};

/// Part of the program that an observer needs without a network.
const FIELD: &str = "sheet";

/// The service worker among the assets; written last, because it names the others.
const WORKER: &str = "sw.js";

/// How the wasm is built.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Profile {
    /// Fast to build, large: for working on the interface.
    Dev,
    /// Small: what users get.
    Optimised,
}

/// Arguments of `site`.
#[derive(Args)]
pub struct SiteArguments {
    /// How the wasm is built.
    #[arg(long, value_enum, default_value = "optimised")]
    profile: Profile,
}

/// Builds the site and prints the sizes.
pub fn site(arguments: &SiteArguments) -> anyhow::Result<()> {
    toolchain::check()?;
    let directory = build(arguments.profile)?;
    for name in ["wasm", "js", "css"] {
        for entry in std::fs::read_dir(directory.join("pkg"))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == name) {
                let size = |path: &Path| path.metadata().map_or(0, |metadata| metadata.len());
                let brotli = path.with_extension(format!("{name}.br"));
                println!(
                    "{}: {} bytes, brotli {} bytes",
                    path.file_name().unwrap_or_default().display(),
                    size(&path),
                    size(&brotli)
                );
            }
        }
    }
    Ok(())
}

/// Builds the site when any input changed; returns its directory.
pub fn build(profile: Profile) -> anyhow::Result<PathBuf> {
    let frontend = workspace::root().join("frontend");
    npm_ci(&frontend)?;
    let wasm = program::compile(profile)?;
    let output = workspace::site();
    let stamp = stamp(&wasm, profile)?;
    let stamp_file = output.join(".stamp");
    if std::fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp) {
        return Ok(output);
    }
    if output.exists() {
        std::fs::remove_dir_all(&output)?;
    }
    std::fs::create_dir_all(output.join("pkg"))?;
    let program = program::bind(&wasm, "site")?;
    if profile == Profile::Optimised {
        program::optimise(&program, &frontend)?;
    }
    assemble(
        &frontend,
        &program,
        &Output {
            directory: &output,
            profile,
        },
    )?;
    std::fs::write(stamp_file, stamp)?;
    Ok(output)
}

/// Hash over everything the site is made of besides this program's own code.
fn stamp(wasm: &Path, profile: Profile) -> anyhow::Result<String> {
    let mut hash = Sha256::new();
    hash.update([u8::from(profile == Profile::Optimised)]);
    hash.update(std::fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?);
    for file in inputs()? {
        hash.update(file.to_string_lossy().as_bytes());
        hash.update(std::fs::read(&file)?);
    }
    hash.update(include_bytes!("site.rs"));
    hash.update(include_bytes!("program.rs"));
    Ok(hex(&hash.finalize()))
}

fn inputs() -> anyhow::Result<Vec<PathBuf>> {
    let root = workspace::root();
    let mut files = vec![
        root.join("frontend/package-lock.json"),
        root.join("frontend/boot.js"),
    ];
    for directory in ["app/style", "frontend/assets"] {
        collect(&root.join(directory), &mut files)?;
    }
    files.sort();
    Ok(files)
}

fn collect(directory: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(directory)
        .with_context(|| format!("cannot read {}", directory.display()))?
    {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Where files go, and whether compressing them pays.
struct Output<'a> {
    directory: &'a Path,
    profile: Profile,
}

/// Writes every file under its hashed name, then the shell that names them.
fn assemble(frontend: &Path, program: &Program, output: &Output) -> anyhow::Result<()> {
    let root = workspace::root();
    let mut names = BTreeMap::new();
    let parts = output.put_program(program, &mut names)?;

    let fonts = frontend.join("node_modules/@fontsource-variable/golos-text/files");
    for subset in ["cyrillic", "latin"] {
        let font = std::fs::read(fonts.join(format!("golos-text-{subset}-wght-normal.woff2")))
            .context("the type face is missing: `npm ci` in frontend/ brings it")?;
        names.insert(
            subset,
            output.put(&format!("golos-{subset}"), "woff2", &font)?,
        );
    }
    let mut sheets = Vec::new();
    collect(&root.join("app/style"), &mut sheets)?;
    sheets.sort();
    let mut style = String::new();
    for sheet in sheets
        .iter()
        .filter(|sheet| sheet.extension().is_some_and(|e| e == "css"))
    {
        style.push_str(&std::fs::read_to_string(sheet)?);
        style.push('\n');
    }
    for subset in ["cyrillic", "latin"] {
        style = style.replace(
            &format!("{{{subset}.woff2}}"),
            &format!("/pkg/{}", names[subset]),
        );
    }
    names.insert("css", output.put("orientir", "css", style.as_bytes())?);

    vendor_map(frontend, output, &mut names)?;
    let boot = fill(&std::fs::read_to_string(frontend.join("boot.js"))?, &names)
        .replace("{parts}", &serde_json::to_string(&parts)?);
    names.insert("boot", output.put("boot", "js", boot.as_bytes())?);

    let assets = frontend.join("assets");
    let mut files = Vec::new();
    collect(&assets, &mut files)?;
    // What work without a network needs, with the hash of its content: what every visit loads, and the part an
    // observer fills a sheet with. Other parts are kept once somebody has opened them.
    let mut kept = Vec::new();
    let field = parts
        .get(FIELD)
        .context("the part of observers is missing")?;
    let common = names.iter().filter(|(key, _)| !is_map(key));
    for path in common
        .map(|(_, name)| format!("/pkg/{name}"))
        .chain(field.clone())
    {
        let content = std::fs::read(output.directory.join(&path[1..]))?;
        let hash = hex(&Sha256::digest(content));
        kept.push((path, hash));
    }
    for file in files {
        let relative = file.strip_prefix(&assets)?;
        if relative == Path::new(WORKER) {
            continue;
        }
        let mut content = std::fs::read(&file)?;
        if relative
            .extension()
            .is_some_and(|extension| extension == "html" || extension == "js")
        {
            content = fill(&String::from_utf8(content)?, &names).into_bytes();
        }
        output.write(relative, &content)?;
        // The map of schools needs the network anyway.
        if relative == Path::new("geo.js") {
            continue;
        }
        let path = relative.to_string_lossy().replace('\\', "/");
        kept.push((format!("/{path}"), hex(&Sha256::digest(&content))));
    }
    kept.sort();
    kept.dedup();
    let worker = std::fs::read_to_string(assets.join(WORKER))?;
    output.write(
        Path::new(WORKER),
        service_worker(&worker, &kept)?.as_bytes(),
    )?;
    let manifest = serde_json::json!({ "css": format!("/pkg/{}", names["css"]) });
    output.write(
        Path::new("site.json"),
        serde_json::to_string_pretty(&manifest)?.as_bytes(),
    )
}

/// Writes version and files into the service worker. The version follows from the files alone, so the same
/// site is the same version wherever it was built.
fn service_worker(template: &str, kept: &[(String, String)]) -> anyhow::Result<String> {
    let files = serde_json::to_string_pretty(kept)?;
    let version = hex(&Sha256::digest(files.as_bytes()));
    Ok(template
        .replace("{version}", &version[..12])
        .replace("{files}", &files))
}

/// Does a file belong to the map of schools alone?
fn is_map(key: &str) -> bool {
    key.starts_with("maplibre") || key == "pmtiles"
}

/// MapLibre GL JS, its worker and PMTiles as files of our own; the sheet of the map is small and joins ours.
fn vendor_map(
    frontend: &Path,
    output: &Output,
    names: &mut BTreeMap<&str, String>,
) -> anyhow::Result<()> {
    let modules = frontend.join("node_modules");
    let read = |name: &str| {
        std::fs::read_to_string(modules.join(name))
            .with_context(|| format!("{name} is missing: `npm ci` in frontend/ brings it"))
    };
    let without_map = |text: String| match text.rfind("//# sourceMappingURL=") {
        Some(at) => text[..at].to_owned(),
        None => text,
    };
    for (key, file) in [
        ("maplibre", "maplibre-gl/dist/maplibre-gl.mjs"),
        ("maplibre_worker", "maplibre-gl/dist/maplibre-gl-worker.mjs"),
    ] {
        let text = without_map(read(file)?);
        names.insert(key, output.put(key, "js", text.as_bytes())?);
    }
    // The package's bundle sets a variable; a module hands its parts on.
    let tiles = without_map(read("pmtiles/dist/pmtiles.js")?)
        + "\nexport const { Protocol, PMTiles } = pmtiles;\n";
    names.insert("pmtiles", output.put("pmtiles", "js", tiles.as_bytes())?);
    let sheet = read("maplibre-gl/dist/maplibre-gl.css")?;
    names.insert(
        "maplibre_css",
        output.put("maplibre", "css", sheet.as_bytes())?,
    );
    Ok(())
}

fn fill(template: &str, names: &BTreeMap<&str, String>) -> String {
    names.iter().fold(template.to_owned(), |text, (key, name)| {
        text.replace(&format!("{{{key}}}"), &format!("/pkg/{name}"))
    })
}

impl Output<'_> {
    /// Writes the program; returns the addresses of each part's files.
    fn put_program(
        &self,
        program: &Program,
        names: &mut BTreeMap<&str, String>,
    ) -> anyhow::Result<BTreeMap<String, Vec<String>>> {
        names.insert(
            "wasm",
            self.put("orientir", "wasm", &std::fs::read(program.main())?)?,
        );
        let mut files = BTreeMap::new();
        for stem in program.stems() {
            let name = self.put(
                &format!("orientir-{stem}"),
                "wasm",
                &std::fs::read(program.part(stem))?,
            )?;
            files.insert(stem, name);
        }
        let read = |name| std::fs::read_to_string(program.script(name));
        let mut loader = read(program::LOADER)?;
        for (stem, name) in &files {
            loader = loader.replace(&format!("\"./{stem}.wasm\""), &format!("\"./{name}\""));
        }
        // The scripts import each other, so one hash of both stands in both names.
        let script = read(program::SCRIPT)?;
        let hash = hex(&Sha256::digest(format!("{script}{loader}")));
        let name = |stem: &str| format!("{stem}-{}.js", &hash[..12]);
        let rename = |text: &str, old: &str, new: &str| {
            text.replace(&format!("from \"{old}\""), &format!("from \"./{new}\""))
                .replace(&format!("from '{old}'"), &format!("from './{new}'"))
        };
        let (script_name, loader_name) = (name("orientir"), name("orientir-parts"));
        let script = rename(&script, program::LOADER, &loader_name);
        let loader = rename(&loader, program::SCRIPT, &script_name);
        self.write(&Path::new("pkg").join(&script_name), script.as_bytes())?;
        self.write(&Path::new("pkg").join(&loader_name), loader.as_bytes())?;
        names.insert("js", script_name);
        names.insert("parts-js", loader_name);
        let addresses = |stems: &Vec<String>| {
            stems
                .iter()
                .map(|stem| format!("/pkg/{}", files[stem.as_str()]))
                .collect()
        };
        Ok(program
            .parts
            .iter()
            .map(|(part, stems)| (part.clone(), addresses(stems)))
            .collect())
    }

    /// Writes `pkg/NAME-HASH.EXTENSION` and returns that name.
    fn put(&self, name: &str, extension: &str, content: &[u8]) -> anyhow::Result<String> {
        let hash = hex(&Sha256::digest(content));
        let name = format!("{name}-{}.{extension}", &hash[..12]);
        self.write(&Path::new("pkg").join(&name), content)?;
        Ok(name)
    }

    /// Writes a file and, where it pays, its compressed copies.
    fn write(&self, relative: &Path, content: &[u8]) -> anyhow::Result<()> {
        let path = &self.directory.join(relative);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, content)?;
        let extension = path
            .extension()
            .and_then(|extension| extension.to_str())
            .unwrap_or_default();
        if self.profile == Profile::Dev
            || content.len() < 1_000
            || !["wasm", "js", "css", "html", "svg", "json"].contains(&extension)
        {
            return Ok(());
        }
        let beside = |suffix: &str| path.with_extension(format!("{extension}.{suffix}"));
        let mut brotli = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams {
            quality: 11,
            lgwin: 22,
            ..Default::default()
        };
        brotli::BrotliCompress(&mut &content[..], &mut brotli, &parameters)?;
        std::fs::write(beside("br"), brotli)?;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(content)?;
        std::fs::write(beside("gz"), gzip.finish()?)?;
        Ok(())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worker_names_every_file_and_a_version_that_follows_from_them() {
        let kept = vec![("/app.html".to_owned(), "ab".to_owned())];
        let template = "const VERSION = \"{version}\"; const FILES = {files};";
        let worker = service_worker(template, &kept).expect("plain values");
        assert!(worker.contains("\"/app.html\""), "{worker}");
        assert!(!worker.contains('{'), "{worker}");
        let other = vec![("/app.html".to_owned(), "cd".to_owned())];
        let changed = service_worker(template, &other).expect("plain values");
        assert_ne!(worker, changed);
    }
}
