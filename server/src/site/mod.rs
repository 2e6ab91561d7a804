//! The built site: static files from memory, precompressed, and the shell of the work area.
//!
//! A district's whole site is a few megabytes, so it is read once at start. Files under `/pkg/` carry
//! a hash in their names and are immutable; everything else is revalidated by its ETag.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// A file with its compressed copies.
struct File {
    content_type: &'static str,
    etag: HeaderValue,
    immutable: bool,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

/// The built site in memory.
pub struct Site {
    files: BTreeMap<String, File>,
    /// Address of the style sheet, for pages rendered on the server.
    pub stylesheet: String,
}

impl Site {
    /// Reads a directory written by `cargo xtask site`.
    ///
    /// # Errors
    /// When the directory or its list `site.json` cannot be read.
    pub fn load(directory: &Path) -> anyhow::Result<Site> {
        let missing = || {
            format!(
                "cannot read the site in {}: build it with `cargo xtask site`, or name another directory with --site",
                directory.display()
            )
        };
        let manifest = std::fs::read(directory.join("site.json")).with_context(missing)?;
        let manifest: serde_json::Value =
            serde_json::from_slice(&manifest).with_context(missing)?;
        let stylesheet = manifest["css"].as_str().with_context(missing)?.to_owned();
        let mut files = BTreeMap::new();
        collect(directory, directory, &mut files).with_context(missing)?;
        Ok(Site { files, stylesheet })
    }

    /// A site without files, for tests of the API.
    pub fn empty() -> Site {
        Site {
            files: BTreeMap::new(),
            stylesheet: "/pkg/orientir.css".to_owned(),
        }
    }

    /// Serves the files; everything unknown is a plain 404.
    pub fn router(self) -> Router {
        Router::new().fallback(serve).with_state(Arc::new(self))
    }

    fn find(&self, path: &str) -> Option<&File> {
        if path == "/app" || path.starts_with("/app/") {
            return self.files.get("/app.html");
        }
        self.files.get(path)
    }
}

async fn serve(State(site): State<Arc<Site>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    match site.find(request.uri().path()) {
        Some(file) => file.respond(request.headers()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

impl File {
    fn respond(&self, request: &HeaderMap) -> Response {
        let accepts = |encoding: &str| {
            request
                .get(header::ACCEPT_ENCODING)
                .and_then(|value| value.to_str().ok())
                .is_some_and(|value| {
                    value
                        .split(',')
                        .any(|part| part.trim().starts_with(encoding))
                })
        };
        let mut headers = HeaderMap::new();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(self.content_type),
        );
        headers.insert(header::ETAG, self.etag.clone());
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static(if self.immutable {
                "public, max-age=31536000, immutable"
            } else {
                "no-cache"
            }),
        );
        if request.get(header::IF_NONE_MATCH) == Some(&self.etag) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        let (encoding, body) = match (&self.brotli, &self.gzip) {
            (Some(body), _) if accepts("br") => (Some("br"), body),
            (_, Some(body)) if accepts("gzip") => (Some("gzip"), body),
            _ => (None, &self.plain),
        };
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        (headers, body.clone()).into_response()
    }
}

fn collect(
    root: &Path,
    directory: &Path,
    files: &mut BTreeMap<String, File>,
) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
            continue;
        }
        let relative = path
            .strip_prefix(root)?
            .to_string_lossy()
            .replace('\\', "/");
        let Some(content_type) = content_type(&relative) else {
            continue;
        };
        let plain = std::fs::read(&path)?;
        let beside = |suffix: &str| -> Option<Bytes> {
            let mut name = path.clone().into_os_string();
            name.push(suffix);
            std::fs::read(name).ok().map(Bytes::from)
        };
        let hash: String = Sha256::digest(&plain)[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let file = File {
            content_type,
            etag: HeaderValue::from_str(&format!("\"{hash}\""))?,
            immutable: relative.starts_with("pkg/"),
            brotli: beside(".br"),
            gzip: beside(".gz"),
            plain: Bytes::from(plain),
        };
        files.insert(format!("/{relative}"), file);
    }
    Ok(())
}

/// `None` for what is not served under its own name: compressed copies and build notes.
fn content_type(path: &str) -> Option<&'static str> {
    let extension = path.rsplit_once('.')?.1;
    Some(match extension {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json",
        _ => return None,
    })
}
