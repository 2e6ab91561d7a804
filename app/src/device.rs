//! What this browser remembers and knows: language, appearance, clock, storage.

use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use crate::text::Language;

const LANGUAGE_KEY: &str = "orientir.language";
const THEME_KEY: &str = "orientir.theme";

/// Appearance of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the operating system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// High contrast.
    Contrast,
}

impl Theme {
    /// All, in the order of the menu.
    pub const ALL: [Theme; 4] = [Theme::System, Theme::Light, Theme::Dark, Theme::Contrast];

    /// Value of the attribute `data-theme`.
    pub fn code(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Contrast => "contrast",
        }
    }
}

/// A value remembered by this browser; absent when there is none or storage is forbidden.
pub fn remembered(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Remembers a value; where storage is forbidden, nothing happens.
pub fn remember(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A full or forbidden storage costs only the memory of a preference.
        drop(storage.set_item(key, value));
    }
}

/// Forgets a value.
pub fn forget(key: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // Removing what is not there is no error.
        drop(storage.remove_item(key));
    }
}

/// The language chosen here before, else the browser's.
pub fn language() -> Language {
    match remembered(LANGUAGE_KEY).as_deref() {
        Some("ru") => Language::Ru,
        Some("en") => Language::En,
        _ => match window().navigator().language() {
            Some(tag) if tag.starts_with("ru") => Language::Ru,
            Some(tag) if tag.starts_with("en") => Language::En,
            // Schools whose browser speaks another language still read Russian.
            _ => Language::Ru,
        },
    }
}

/// Has a language been chosen on this device?
pub fn has_chosen_language() -> bool {
    remembered(LANGUAGE_KEY).is_some()
}

/// Remembers a chosen language.
pub fn remember_language(language: Language) {
    remember(LANGUAGE_KEY, language_tag(language));
}

/// The tag for `lang`.
pub fn language_tag(language: Language) -> &'static str {
    match language {
        Language::Ru => "ru",
        Language::En => "en",
    }
}

/// The appearance chosen here before.
pub fn theme() -> Theme {
    let code = remembered(THEME_KEY).unwrap_or_default();
    Theme::ALL
        .into_iter()
        .find(|theme| theme.code() == code)
        .unwrap_or_default()
}

/// Remembers and applies an appearance.
pub fn apply_theme(theme: Theme) {
    remember(THEME_KEY, theme.code());
    set_root_attribute("data-theme", theme.code());
}

/// Sets an attribute of the root element.
pub fn set_root_attribute(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        // The names used here are valid, so the browser has no reason to refuse.
        drop(root.set_attribute(name, value));
    }
}

/// Now by the device's clock, milliseconds since 1970 UTC.
pub fn now_ms() -> i64 {
    js_sys::Date::now() as i64
}

/// Waits.
pub async fn pause(span: std::time::Duration) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        // Calling a promise's own function does not fail.
        set_timeout(move || drop(resolve.call0(&JsValue::NULL)), span);
    });
    drop(wasm_bindgen_futures::JsFuture::from(promise).await);
}

/// Minutes east of UTC by the device; the browser counts westwards.
pub fn zone_minutes() -> i16 {
    -js_sys::Date::new_0().get_timezone_offset() as i16
}

/// An instant as the local time of the device: hours, minutes, seconds.
pub fn clock(at_ms: i64) -> String {
    let date = local(at_ms);
    format!(
        "{:02}:{:02}:{:02}",
        date.get_hours(),
        date.get_minutes(),
        date.get_seconds()
    )
}

/// An instant as hours and minutes of the device.
pub fn hour_minute(at_ms: i64) -> String {
    let date = local(at_ms);
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// The local calendar date of an instant, `YYYY-MM-DD`.
pub fn iso_date(at_ms: i64) -> String {
    let date = local(at_ms);
    format!(
        "{:04}-{:02}-{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date()
    )
}

/// Date and time of an instant for people.
pub fn date_time(language: Language, at_ms: i64) -> String {
    let date = crate::text::number::date(language, &iso_date(at_ms));
    format!("{date}, {}", hour_minute(at_ms))
}

fn local(at_ms: i64) -> js_sys::Date {
    js_sys::Date::new(&JsValue::from_f64(at_ms as f64))
}

/// Does the device ask for less motion?
pub fn reduced_motion() -> bool {
    window()
        .match_media("(prefers-reduced-motion: reduce)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}

/// Hands a text to the browser as a file; where the browser refuses, nothing happens.
pub fn save_file(name: &str, text: &str) {
    save_bytes(name, "text/csv;charset=utf-8", text.as_bytes());
}

/// Hands bytes to the browser as a file of a media type; where the browser refuses, nothing happens.
pub fn save_bytes(name: &str, media_type: &str, bytes: &[u8]) {
    if let Err(error) = blob(media_type, bytes).and_then(|blob| save_blob(name, &blob)) {
        leptos::logging::warn!("cannot save the file: {error:?}");
    }
}

fn blob(media_type: &str, bytes: &[u8]) -> Result<web_sys::Blob, JsValue> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options)
}

fn save_blob(name: &str, blob: &web_sys::Blob) -> Result<(), JsValue> {
    let url = web_sys::Url::create_object_url_with_blob(blob)?;
    let link: web_sys::HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&url)
}

/// Paints an SVG drawing twice as large and hands it over as a PNG; where the browser refuses, nothing
/// happens.
pub fn save_png(name: String, svg: &str) {
    let attempt = || -> Result<(), JsValue> {
        let url =
            web_sys::Url::create_object_url_with_blob(&blob("image/svg+xml", svg.as_bytes())?)?;
        let image = web_sys::HtmlImageElement::new()?;
        let painted = image.clone();
        let source = url.clone();
        let loaded = Closure::once_into_js(move || {
            if let Err(error) = paint(&painted, name) {
                leptos::logging::warn!("cannot paint the picture: {error:?}");
            }
            // An address that was made is one that can be let go.
            drop(web_sys::Url::revoke_object_url(&source));
        });
        image.set_onload(Some(loaded.unchecked_ref()));
        image.set_src(&url);
        Ok(())
    };
    if let Err(error) = attempt() {
        leptos::logging::warn!("cannot draw the picture: {error:?}");
    }
}

fn paint(image: &web_sys::HtmlImageElement, name: String) -> Result<(), JsValue> {
    /// Enough for print at the size of the screen.
    const SCALE: u32 = 2;
    let canvas: web_sys::HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    canvas.set_width(image.natural_width() * SCALE);
    canvas.set_height(image.natural_height() * SCALE);
    let context: web_sys::CanvasRenderingContext2d = canvas
        .get_context("2d")?
        .ok_or(JsValue::NULL)?
        .unchecked_into();
    context.draw_image_with_html_image_element_and_dw_and_dh(
        image,
        0.0,
        0.0,
        f64::from(canvas.width()),
        f64::from(canvas.height()),
    )?;
    let done = Closure::once_into_js(move |blob: Option<web_sys::Blob>| {
        if let Some(Err(error)) = blob.map(|blob| save_blob(&name, &blob)) {
            leptos::logging::warn!("cannot save the picture: {error:?}");
        }
    });
    canvas.to_blob(done.unchecked_ref())
}
