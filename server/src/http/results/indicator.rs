//! `/api/v1/indicators`: indicators of the quality programme with their targets, values by year and cards.

use std::collections::{BTreeMap, HashMap};

use api::paths;
use api::results::indicator::{
    IndicatorCard, IndicatorGroup, IndicatorUnit, IndicatorValue, Indicators, NewIndicatorValue,
};
use api::text::Text;
use axum::extract::State;
use serde_json::json;

use crate::auth::{Access, Permission};
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::day::year_of;
use crate::rules::results::indicators::{Computed, Indicator, catalogue, computed};

/// Longest evidence, characters.
const LONGEST: usize = 1_000;
/// Years back for which a value may be entered.
const YEARS_BACK: i32 = 15;

/// All indicators with their values.
#[utoipa::path(get, path = paths::INDICATORS, tag = "indicators",
    responses((status = 200, body = Indicators)))]
pub async fn list(
    State(state): State<AppState>,
    access: Access,
) -> Result<Json<Indicators>, Problem> {
    access.require_municipality(Permission::IndicatorRead)?;
    whole(&state, &access).await
}

/// Enters a value of a year. Repeating it with the same id changes nothing.
#[utoipa::path(post, path = paths::INDICATORS, tag = "indicators", request_body = NewIndicatorValue,
    responses((status = 200, body = Indicators), (status = 422, body = api::problem::Problem)))]
pub async fn enter(
    State(state): State<AppState>,
    access: Access,
    Json(new): Json<NewIndicatorValue>,
) -> Result<Json<Indicators>, Problem> {
    access.require_municipality(Permission::IndicatorUpdate)?;
    checked(&new, year_of(state.now_ms()))?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if write.enter_indicator(&new).await? {
        write
            .audit(
                Permission::IndicatorUpdate.as_str(),
                format!("indicator {}", new.indicator),
                json!({ "year": new.year, "value": new.value }),
            )
            .await?;
        write.commit().await?;
    } else {
        drop(write);
    }
    whole(&state, &access).await
}

async fn whole(state: &AppState, access: &Access) -> Result<Json<Indicators>, Problem> {
    let municipality = access.municipality;
    let catalogue = catalogue()?;
    let mut computed = computed(&state.store, municipality).await?;
    let mut entered: HashMap<String, Vec<IndicatorValue>> = HashMap::new();
    for ((indicator, _), value) in state.store.indicator_values(municipality).await? {
        entered.entry(indicator).or_default().push(value);
    }
    let mut cards: BTreeMap<String, Vec<IndicatorCard>> = BTreeMap::new();
    for indicator in catalogue.indicators {
        let values = values(&indicator, &mut computed, &mut entered);
        cards
            .entry(indicator.group.clone())
            .or_default()
            .push(card(indicator, values));
    }
    Ok(Json(Indicators {
        groups: catalogue
            .groups
            .into_iter()
            .map(|group| IndicatorGroup {
                indicators: cards.remove(&group.id).unwrap_or_default(),
                title: group.title,
            })
            .collect(),
        year: year_of(state.now_ms()),
        may_enter: access
            .require_municipality(Permission::IndicatorUpdate)
            .is_ok(),
    }))
}

fn values(
    indicator: &Indicator,
    computed: &mut HashMap<Computed, Vec<IndicatorValue>>,
    entered: &mut HashMap<String, Vec<IndicatorValue>>,
) -> Vec<IndicatorValue> {
    let found = match indicator.computed {
        Some(kind) => computed.remove(&kind),
        None => entered.remove(&indicator.id),
    };
    found.unwrap_or_default()
}

fn card(indicator: Indicator, values: Vec<IndicatorValue>) -> IndicatorCard {
    IndicatorCard {
        id: indicator.id,
        title: indicator.title,
        formula: indicator.formula,
        unit: indicator.unit,
        direction: indicator.direction,
        target: indicator.target,
        source: indicator.source,
        period: indicator.period,
        owner: indicator.owner,
        risk: indicator.risk,
        counter: indicator.counter,
        is_computed: indicator.computed.is_some(),
        values,
    }
}

fn checked(new: &NewIndicatorValue, year: i32) -> Result<(), Problem> {
    let wrong = |field: &str, code: &str, ru: String, en: String| {
        Err(Problem::invalid(field, code, Text::new(ru, en)))
    };
    let known = catalogue()?
        .indicators
        .into_iter()
        .find(|indicator| indicator.id == new.indicator);
    let Some(known) = known else {
        return wrong(
            "indicator",
            "indicator.unknown",
            format!("Показателя «{}» нет в каталоге.", new.indicator),
            format!(
                "There is no indicator “{}” in the catalogue.",
                new.indicator
            ),
        );
    };
    if known.computed.is_some() {
        return wrong(
            "indicator",
            "indicator.computed",
            "Этот показатель считается по данным: внести его вручную нельзя.".into(),
            "This indicator is reckoned from the data and cannot be entered.".into(),
        );
    }
    let first = year - YEARS_BACK;
    if !(first..=year).contains(&new.year) {
        return wrong(
            "year",
            "indicator.year",
            format!("Год — от {first} до {year}."),
            format!("The year is from {first} to {year}."),
        );
    }
    let most = match known.unit {
        IndicatorUnit::Percent => 100.0,
        IndicatorUnit::Count => 1e9,
    };
    if !(0.0..=most).contains(&new.value) {
        return wrong(
            "value",
            "indicator.value",
            format!("Значение — от 0 до {most}."),
            format!("The value is from 0 to {most}."),
        );
    }
    let length = new.evidence.trim().chars().count();
    if length == 0 || length > LONGEST {
        return wrong(
            "evidence",
            "indicator.evidence",
            "Напишите, откуда значение: документ, ссылка или опрос (до 1000 знаков).".into(),
            "Write where the value comes from: a document, a link or a survey (up to 1000 characters).".into(),
        );
    }
    Ok(())
}
