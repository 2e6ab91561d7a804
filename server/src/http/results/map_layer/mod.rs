//! `/api/v1/heat-map-layer`: other figures over the rows of the heat map.
//!
//! A layer is one implementation of [`MapLayer`] and one entry of [`layers`]; the page offers what the
//! list names, so a new layer needs no change of the interface.

mod indicators;
mod low_results;
mod self_assessment;

use api::paths;
use api::registry::organisation::{Organisation, OrganisationKind};
use api::results::layer::{Layer, LayerCell, LayerColumn, LayerKind, LayerQuery, LayerRow};
use axum::extract::State;

use crate::auth::{Access, Permission, Reach};
use crate::http::extract::{Json, Query};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::store::{Store, StoreError};

/// What a layer may read, and for whom.
struct Asked<'a> {
    store: &'a Store,
    access: &'a Access,
    query: &'a LayerQuery,
    /// Schools within the caller's reach, by cluster and name.
    schools: &'a [Organisation],
}

/// Columns of a layer, with the values of each school in the order of [`Asked::schools`].
#[derive(Default)]
struct Figures {
    columns: Vec<LayerColumn>,
    rows: Vec<Vec<Option<LayerCell>>>,
}

/// A layer of the heat map.
#[async_trait::async_trait]
trait MapLayer: Send + Sync {
    /// Which one it is.
    fn kind(&self) -> LayerKind;

    /// Where the classes of colour begin.
    fn bounds(&self) -> Vec<f64>;

    /// The figures of the schools asked for.
    async fn figures(&self, asked: Asked<'_>) -> Result<Figures, StoreError>;
}

/// Below this many works a share says nothing of a school, even to those who work with it; the public pages
/// want more.
const SMALLEST: u64 = 5;

/// All layers, in the order of the page.
fn layers() -> [&'static dyn MapLayer; 3] {
    [
        &low_results::LowResults,
        &self_assessment::SelfAssessment,
        &indicators::Indicators,
    ]
}

/// The layers that can be asked for.
#[utoipa::path(get, path = paths::HEAT_MAP_LAYERS, tag = "heat map",
    responses((status = 200, body = Vec<LayerKind>)))]
pub async fn list(access: Access) -> Result<Json<Vec<LayerKind>>, Problem> {
    access.require(Permission::HeatMapRead)?;
    Ok(Json(layers().map(MapLayer::kind).to_vec()))
}

/// One layer, in the caller's scope: a school sees its own row.
#[utoipa::path(get, path = paths::HEAT_MAP_LAYER, tag = "heat map", params(
        ("layer" = LayerKind, Query, description = "Which layer"),
        ("year" = i32, Query, description = "Calendar year"),
        ("procedure" = api::procedures::procedure::ProcedureKind, Query, description = "Kind of procedure")),
    responses((status = 200, body = Layer)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<LayerQuery>,
) -> Result<Json<Layer>, Problem> {
    let reach = access.require(Permission::HeatMapRead)?;
    let layer = layers()
        .into_iter()
        .find(|layer| layer.kind() == query.layer)
        .ok_or_else(Problem::not_found)?;
    let schools = schools(&state.store, &access, &reach).await?;
    let figures = layer
        .figures(Asked {
            store: &state.store,
            access: &access,
            query: &query,
            schools: &schools,
        })
        .await?;
    Ok(Json(Layer {
        layer: query.layer,
        year: query.year,
        bounds: layer.bounds(),
        columns: figures.columns,
        rows: schools
            .iter()
            .zip(figures.rows)
            .map(|(school, cells)| LayerRow {
                organisation: school.id,
                cells,
            })
            .collect(),
    }))
}

/// The rows of the map: schools by cluster and name, never by value.
async fn schools(
    store: &Store,
    access: &Access,
    reach: &Reach,
) -> Result<Vec<Organisation>, StoreError> {
    let mut schools = store.organisations(access.municipality, reach).await?;
    schools.retain(|school| {
        !matches!(
            school.kind,
            OrganisationKind::Preschool | OrganisationKind::ExtraEducation
        )
    });
    schools.sort_by(|one, other| {
        (one.cluster, &one.short_name, one.id).cmp(&(other.cluster, &other.short_name, other.id))
    });
    Ok(schools)
}
