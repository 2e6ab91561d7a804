//! Maps by MapLibre GL JS, in a file that is loaded only when a map is opened.

use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::device;
use crate::text::{Language, matrix as texts};

#[wasm_bindgen]
extern "C" {
    /// Loads the module; set by the start of the site.
    #[wasm_bindgen(js_name = orientirGeo, catch)]
    fn load() -> Result<js_sys::Promise, JsValue>;

    /// The module, `frontend/assets/geo.js`.
    pub type GeoModule;
    /// Opens a map of schools; `chosen` hears of a school by its id.
    #[wasm_bindgen(method, catch)]
    pub async fn open(
        this: &GeoModule,
        element: &web_sys::Element,
        options: &JsValue,
        chosen: &JsValue,
    ) -> Result<JsValue, JsValue>;
    /// Opens a map on which points are placed; `changed` hears them as pairs of latitude and longitude.
    #[wasm_bindgen(method, catch)]
    pub async fn pick(
        this: &GeoModule,
        element: &web_sys::Element,
        options: &JsValue,
        changed: &JsValue,
    ) -> Result<JsValue, JsValue>;

    /// A map of schools.
    pub type SchoolMap;
    /// Draws other schools.
    #[wasm_bindgen(method)]
    pub fn show(this: &SchoolMap, schools: &JsValue);
    /// Marks a school and brings it into view; an empty id marks none.
    #[wasm_bindgen(method)]
    pub fn select(this: &SchoolMap, id: &str);
    /// Draws heat instead of points.
    #[wasm_bindgen(method)]
    pub fn heat(this: &SchoolMap, on: bool);
    /// Lets the map go.
    #[wasm_bindgen(method)]
    pub fn close(this: &SchoolMap);

    /// A map on which points are placed.
    pub type PointMap;
    /// Draws other points.
    #[wasm_bindgen(method)]
    pub fn set(this: &PointMap, points: &JsValue);
    /// Places a point in the middle of what is shown.
    #[wasm_bindgen(method)]
    pub fn add(this: &PointMap);
    /// Lets the map go.
    #[wasm_bindgen(method, js_name = close)]
    pub fn close_points(this: &PointMap);
}

/// The module of maps.
///
/// # Errors
/// When it cannot be loaded, as without a network.
pub async fn module() -> Result<GeoModule, JsValue> {
    let module = wasm_bindgen_futures::JsFuture::from(load()?).await?;
    Ok(module.unchecked_into())
}

/// What is plain data on both sides crosses as JSON.
pub fn to_js(value: &serde_json::Value) -> JsValue {
    js_sys::JSON::parse(&value.to_string()).unwrap_or(JsValue::NULL)
}

/// Options of every map: where the ground is, words of the controls, its name for readers, and those of one map.
pub fn options(language: Language, title: &str, own: serde_json::Value) -> JsValue {
    let mut options = json!({
        "ground": api::paths::GROUND,
        "still": device::reduced_motion(),
        "words": {
            "NavigationControl.ZoomIn": texts::zoom_in(language),
            "NavigationControl.ZoomOut": texts::zoom_out(language),
            "Map.Title": title,
            "ScaleControl.Meters": texts::metres(language),
            "ScaleControl.Kilometers": texts::kilometres(language),
        },
    });
    if let (Some(options), serde_json::Value::Object(own)) = (options.as_object_mut(), own) {
        options.extend(own);
    }
    to_js(&options)
}
