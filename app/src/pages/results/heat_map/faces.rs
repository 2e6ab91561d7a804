//! The page's type face inside a drawing that leaves the page: rules `@font-face` that hold the files themselves.

use gloo_net::http::Request;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::matrix::face::{embedded, url_of};

/// The faces of the page with their files inside. Where one cannot be had, it is left out, and the drawing takes what
/// its reader's machine has.
pub async fn faces() -> String {
    let mut faces = String::new();
    for rule in rules() {
        let Some(url) = url_of(&rule) else {
            continue;
        };
        match file(url).await {
            Ok(file) => faces.push_str(&embedded(&rule, &file)),
            Err(error) => leptos::logging::warn!("the type face does not come: {error}"),
        }
    }
    faces
}

/// Texts of the rules `@font-face` of the page's own style sheets.
fn rules() -> Vec<String> {
    let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).unwrap_or_default();
    // A sheet of another origin does not tell its rules.
    let list = |of: JsValue| match of.is_object() {
        true => js_sys::Array::from(&of).to_vec(),
        false => Vec::new(),
    };
    let mut rules = Vec::new();
    for sheet in list(get(&document(), "styleSheets")) {
        for rule in list(get(&sheet, "cssRules")) {
            let text = get(&rule, "cssText").as_string().unwrap_or_default();
            if text.starts_with("@font-face") {
                rules.push(text);
            }
        }
    }
    rules
}

async fn file(url: &str) -> Result<Vec<u8>, gloo_net::Error> {
    Request::get(url).send().await?.binary().await
}
