//! `/ground/…`: what lies under the map of schools — borders and, where the operator has one, a basemap.
//!
//! Borders of municipalities and catchments are no secret, so no session is asked for. The basemap is one
//! PMTiles file of the operator's own, read by byte ranges; no tile comes from a foreign host.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncSeekExt};

/// Longest range answered at once, bytes; a tile is far smaller.
const LONGEST: u64 = 8 * 1024 * 1024;
/// Invented borders of the demo district.
const DEMO: &str = include_str!("../../demo/territories.geojson");

#[derive(Clone)]
struct Ground {
    /// Borders as GeoJSON and whether there is a basemap, ready to be sent.
    description: Arc<str>,
    basemap: Option<Arc<PathBuf>>,
}

/// Routes of the ground. `directory` holds `territories.geojson` and, if there is one, `basemap.pmtiles`.
///
/// # Errors
/// When the borders are no GeoJSON.
pub fn router(directory: Option<&Path>, is_demo: bool) -> anyhow::Result<Router> {
    let file = |name: &str| directory.map(|directory| directory.join(name));
    let territories = match file("territories.geojson").filter(|path| path.exists()) {
        Some(path) => std::fs::read_to_string(&path)
            .map_err(|error| anyhow::anyhow!("cannot read {}: {error}", path.display()))?,
        None if is_demo => DEMO.to_owned(),
        None => r#"{"type":"FeatureCollection","features":[]}"#.to_owned(),
    };
    let territories = read(&territories)?;
    let basemap = file("basemap.pmtiles").filter(|path| path.exists());
    let description = json!({
        "territories": territories,
        "basemap": basemap.is_some().then_some(api::paths::GROUND_BASEMAP),
    });
    let ground = Ground {
        description: description.to_string().into(),
        basemap: basemap.map(Arc::new),
    };
    Ok(Router::new()
        .route(api::paths::GROUND, get(describe))
        .route(api::paths::GROUND_BASEMAP, get(tiles))
        .with_state(ground))
}

/// Borders must be a collection of features; what they contain is the operator's.
fn read(text: &str) -> anyhow::Result<Value> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| anyhow::anyhow!("territories.geojson is no JSON: {error}"))?;
    let is_collection =
        value["type"] == "FeatureCollection" && value["features"].as_array().is_some();
    anyhow::ensure!(
        is_collection,
        "territories.geojson must be a GeoJSON FeatureCollection (WGS 84, longitude first)"
    );
    Ok(value)
}

async fn describe(State(ground): State<Ground>) -> Response {
    (
        [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "public, max-age=300"),
        ],
        ground.description.to_string(),
    )
        .into_response()
}

async fn tiles(State(ground): State<Ground>, headers: HeaderMap) -> Response {
    let Some(path) = ground.basemap else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let asked = headers
        .get(header::RANGE)
        .and_then(|range| range.to_str().ok())
        .and_then(range);
    match part(&path, asked).await {
        Ok(Some((bytes, content_range))) => {
            let mut response = (StatusCode::PARTIAL_CONTENT, bytes).into_response();
            let headers = response.headers_mut();
            headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/vnd.pmtiles"),
            );
            headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
            headers.insert(
                header::CACHE_CONTROL,
                HeaderValue::from_static("public, max-age=86400"),
            );
            if let Ok(value) = HeaderValue::from_str(&content_range) {
                headers.insert(header::CONTENT_RANGE, value);
            }
            response
        }
        Ok(None) => StatusCode::RANGE_NOT_SATISFIABLE.into_response(),
        Err(error) => {
            tracing::error!(%error, "cannot read the basemap");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// First and last byte of `bytes=FIRST-LAST`; other forms are not used by tiles.
fn range(text: &str) -> Option<(u64, u64)> {
    let (first, last) = text.strip_prefix("bytes=")?.split_once('-')?;
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (first <= last).then_some((first, last))
}

/// A stretch of the file with its `Content-Range`; `None` when it lies outside or was not asked for.
async fn part(
    path: &Path,
    asked: Option<(u64, u64)>,
) -> std::io::Result<Option<(Vec<u8>, String)>> {
    let mut file = tokio::fs::File::open(path).await?;
    let length = file.metadata().await?.len();
    let Some((first, last)) = asked.filter(|(first, _)| *first < length) else {
        return Ok(None);
    };
    let last = last.min(length - 1).min(first + LONGEST - 1);
    file.seek(std::io::SeekFrom::Start(first)).await?;
    let mut bytes = Vec::new();
    file.take(last - first + 1).read_to_end(&mut bytes).await?;
    Ok(Some((bytes, format!("bytes {first}-{last}/{length}"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_has_borders_and_nonsense_is_refused() {
        let demo = read(DEMO).expect("GeoJSON");
        assert!(demo["features"].as_array().is_some_and(|all| all.len() > 3));
        assert!(read("{}").is_err());
        assert!(read("no").is_err());
    }

    #[test]
    fn only_whole_ranges_are_read() {
        assert_eq!(range("bytes=0-511"), Some((0, 511)));
        for text in ["bytes=5-", "bytes=-5", "bytes=9-1", "0-5", "bytes=a-b"] {
            assert_eq!(range(text), None, "{text}");
        }
    }

    #[tokio::test]
    async fn a_range_is_cut_to_the_file() {
        let path = std::env::temp_dir().join(format!("{}.pmtiles", uuid::Uuid::now_v7()));
        std::fs::write(&path, b"0123456789").expect("writing");
        let (bytes, range) = part(&path, Some((4, 100)))
            .await
            .expect("reading")
            .expect("inside");
        assert_eq!(
            (bytes.as_slice(), range.as_str()),
            (&b"456789"[..], "bytes 4-9/10")
        );
        assert_eq!(part(&path, Some((10, 11))).await.expect("reading"), None);
        std::fs::remove_file(&path).expect("removing");
    }
}
