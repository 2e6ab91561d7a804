//! Files that a browser saves: workbooks and documents, in the language asked for.

use api::text::Language;
use axum::http::{HeaderMap, HeaderValue, header};
use serde::Deserialize;

/// Media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Language of a file.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct InLanguage {
    /// `ru` or `en`.
    #[serde(default)]
    pub language: Language,
}

impl InLanguage {
    /// One of two texts.
    pub fn pick<T>(self, ru: T, en: T) -> T {
        match self.language {
            Language::Ru => ru,
            Language::En => en,
        }
    }

    /// Tag of the language for documents.
    pub fn tag(self) -> &'static str {
        self.pick("ru-RU", "en-GB")
    }

    /// A number with two places, as people of the language write it.
    pub fn decimal(self, value: f64) -> String {
        let text = format!("{value:.2}");
        self.pick(text.replace('.', ","), text)
    }

    /// A date `YYYY-MM-DD` as people of the language write it.
    pub fn date(self, iso: &str) -> String {
        let mut parts = iso.split('-');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(year), Some(month), Some(day)) => self.pick(
                format!("{day}.{month}.{year}"),
                format!("{day}/{month}/{year}"),
            ),
            _ => iso.to_owned(),
        }
    }
}

/// An answer that a browser saves under this name. The name is ours and plain ASCII.
pub fn attachment(
    media_type: &'static str,
    name: &'static str,
    bytes: Vec<u8>,
) -> (HeaderMap, Vec<u8>) {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    (headers, bytes)
}
