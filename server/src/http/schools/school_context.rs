//! Context passports: a school's years, all schools of a year, and the territory's own directions.

use std::collections::HashMap;

use api::id::OrganisationId;
use api::paths;
use api::registry::organisation::Organisation;
use api::schools::school_context::{
    ContextOverview, ContextRow, ContextYear, Factor, Passport, PutFinding, PutPassport,
    SchoolContext,
};
use api::text::Text;
use axum::extract::State;
use serde::Deserialize;

use super::school_change::school;
use crate::auth::{Access, Permission, Place, Reach};
use crate::http::check;
use crate::http::extract::{Json, Path, Query};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::day::year_of;
use crate::rules::schools::context;
use crate::rules::schools::context::{Placed, Reader, Shares, shares_of, shown};
use crate::store::{NewRecord, RecordKind, SchoolRecord};

/// Which year is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct YearQuery {
    /// The newest when absent.
    pub year: Option<i32>,
}

/// Context of all schools in scope in one year, by name. Counts below five are for the school alone.
#[utoipa::path(get, path = paths::CONTEXT, tag = "context",
    params(("year" = Option<i32>, Query)),
    responses((status = 200, body = ContextOverview)))]
pub async fn overview(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<YearQuery>,
) -> Result<Json<ContextOverview>, Problem> {
    let reach = access.require(Permission::ContextRead)?;
    let known = Known::load(&state, &access).await?;
    let years = known.years();
    let year = query
        .year
        .or(years.first().copied())
        .unwrap_or_else(|| year_of(state.now_ms()));
    let schools = known
        .schools
        .iter()
        .filter(|school| reach.covers(Place::organisation(school.id)))
        .map(|school| {
            let year = known.year(school, year, reader(&access, school.id));
            ContextRow {
                organisation: school.id,
                name: school.short_name.clone(),
                index: year.as_ref().and_then(|year| year.index),
                group: year.as_ref().and_then(|year| year.group.clone()),
                known: year.as_ref().map_or(0, |year| year.known),
                shares: year.map(|year| year.shares).unwrap_or_default(),
            }
        })
        .collect();
    Ok(Json(ContextOverview {
        year,
        years,
        schools,
        finding: state.store.context_finding(access.municipality).await?,
        factors: known.factors,
        may_find: access
            .require_municipality(Permission::FindingUpdate)
            .is_ok(),
    }))
}

/// Replaces the directions of factors by a finding of this territory: a new version with its reason.
#[utoipa::path(put, path = paths::CONTEXT_FINDING, tag = "context", request_body = PutFinding,
    responses((status = 200, body = ContextOverview)))]
pub async fn find(
    State(state): State<AppState>,
    access: Access,
    Json(put): Json<PutFinding>,
) -> Result<Json<ContextOverview>, Problem> {
    access.require_municipality(Permission::FindingUpdate)?;
    check::filled("reason", &put.reason)?;
    let factors = context::factors(None)?;
    if let Some(unknown) = put
        .directions
        .keys()
        .find(|id| factors.iter().all(|factor| factor.id != **id))
    {
        return Err(Problem::invalid(
            "directions",
            "context.factor",
            Text::new(
                format!("Фактора {unknown} в паспорте нет."),
                format!("The passport has no factor {unknown}."),
            ),
        ));
    }
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    if let Some(version) = write
        .add_finding(put.id, &put.directions, put.reason.trim())
        .await?
    {
        write
            .audit(
                Permission::FindingUpdate.as_str(),
                format!("municipality {}", access.municipality),
                serde_json::json!({ "version": version, "directions": put.directions }),
            )
            .await?;
        write.commit().await?;
    } else {
        drop(write);
    }
    overview(State(state), access, Query(YearQuery::default())).await
}

/// The context of a school over years.
#[utoipa::path(get, path = paths::SCHOOL_CONTEXT, tag = "context",
    params(("organisation" = OrganisationId, Path)),
    responses((status = 200, body = SchoolContext)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(organisation): Path<OrganisationId>,
) -> Result<Json<SchoolContext>, Problem> {
    let reach = access.require(Permission::ContextRead)?;
    let school = school(&state, &access, &reach, organisation).await?;
    whole(&state, &access, &school).await.map(Json)
}

/// Stores the passport of a year: a new version; the next run of the engine takes it.
#[utoipa::path(put, path = paths::SCHOOL_CONTEXT, tag = "context", request_body = PutPassport,
    params(("organisation" = OrganisationId, Path)),
    responses((status = 200, body = SchoolContext)))]
pub async fn update(
    State(state): State<AppState>,
    access: Access,
    Path(organisation): Path<OrganisationId>,
    Json(put): Json<PutPassport>,
) -> Result<Json<SchoolContext>, Problem> {
    let reach = access.require(Permission::ContextUpdate)?;
    let school = school(&state, &access, &reach, organisation).await?;
    checked(&put.passport)?;
    let mut write = state.store.write(access.author(), state.now_ms()).await?;
    let is_new = write
        .add_record(&NewRecord {
            operation: put.operation,
            organisation,
            kind: RecordKind::Context,
            year: put.passport.year,
            key: "passport".to_owned(),
            document: Some(&put.passport),
        })
        .await?;
    if is_new {
        write
            .put_shares(
                organisation,
                put.passport.year,
                &shares_of(&put.passport),
                put.passport.pupils,
            )
            .await?;
        write
            .audit(
                Permission::ContextUpdate.as_str(),
                format!("organisation {organisation}"),
                serde_json::json!({ "year": put.passport.year, "factors": put.passport.counts.len() }),
            )
            .await?;
        write.commit().await?;
    } else {
        drop(write);
    }
    whole(&state, &access, &school).await.map(Json)
}

async fn whole(
    state: &AppState,
    access: &Access,
    school: &Organisation,
) -> Result<SchoolContext, Problem> {
    let known = Known::load(state, access).await?;
    let mut years: Vec<i32> = known
        .shares
        .iter()
        .filter(|row| row.organisation == school.id)
        .map(|row| row.year)
        .collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    Ok(SchoolContext {
        organisation: school.id,
        organisation_name: school.short_name.clone(),
        years: years
            .into_iter()
            .filter_map(|year| known.year(school, year, reader(access, school.id)))
            .collect(),
        factors: known.factors,
        note: context::note()?,
        may_change: access
            .require(Permission::ContextUpdate)
            .is_ok_and(|reach| reach.covers(Place::organisation(school.id))),
    })
}

/// Whoever works in the school sees its small counts.
fn reader(access: &Access, organisation: OrganisationId) -> Reader {
    match access.require(Permission::ContextRead) {
        Ok(Reach::Parts { organisations, .. }) if organisations.contains(&organisation) => {
            Reader::School
        }
        _ => Reader::Other,
    }
}

/// Everything known of the context of all schools.
pub(in crate::http) struct Known {
    pub schools: Vec<Organisation>,
    pub factors: Vec<Factor>,
    shares: Vec<Shares>,
    placed: HashMap<(OrganisationId, i32), Placed>,
    passports: Vec<SchoolRecord>,
}

impl Known {
    pub async fn load(state: &AppState, access: &Access) -> Result<Self, Problem> {
        let municipality = access.municipality;
        let store = &state.store;
        let schools = store
            .organisations(municipality, &Reach::Municipality)
            .await?;
        let finding = store.context_finding(municipality).await?;
        let factors = context::factors(finding.as_ref())?;
        let shares = store.context_shares(municipality).await?;
        let small = schools
            .iter()
            .map(|school| (school.id, school.small_school))
            .collect();
        Ok(Known {
            placed: context::place(&shares, &factors, &small),
            passports: store
                .records(municipality, RecordKind::Context, None)
                .await?,
            schools,
            factors,
            shares,
        })
    }

    fn years(&self) -> Vec<i32> {
        let mut years: Vec<i32> = self.shares.iter().map(|row| row.year).collect();
        years.sort_unstable_by(|a, b| b.cmp(a));
        years.dedup();
        years
    }

    /// The newest year of a school, in short.
    pub fn newest(
        &self,
        school: &Organisation,
    ) -> Option<api::schools::school_profile::ContextSummary> {
        let year = self
            .shares
            .iter()
            .filter(|row| row.organisation == school.id)
            .map(|row| row.year)
            .max()?;
        let placed = self.placed.get(&(school.id, year))?;
        Some(api::schools::school_profile::ContextSummary {
            year,
            index: placed.index,
            group: placed.group.clone(),
            known: placed.known,
        })
    }

    fn year(&self, school: &Organisation, year: i32, reader: Reader) -> Option<ContextYear> {
        let row = self
            .shares
            .iter()
            .find(|row| row.organisation == school.id && row.year == year)?;
        let record = self
            .passports
            .iter()
            .find(|record| record.organisation == school.id && record.year == year);
        let passport: Option<Passport> =
            record.and_then(|record| serde_json::from_str(&record.document).ok());
        let pupils = passport
            .as_ref()
            .map_or(school.pupils, |passport| passport.pupils);
        let placed = self.placed.get(&(school.id, year));
        Some(ContextYear {
            year,
            shares: self
                .factors
                .iter()
                .map(|factor| shown(row.shares.get(&factor.id).copied(), pupils, reader))
                .collect(),
            index: placed.and_then(|placed| placed.index),
            group: placed.and_then(|placed| placed.group.clone()),
            group_size: placed.map_or(0, |placed| placed.group_size),
            known: placed.map_or(0, |placed| placed.known),
            person_name: record.and_then(|record| record.person_name.clone()),
            at_ms: record.map(|record| record.at_ms),
            passport: passport.filter(|_| reader == Reader::School),
        })
    }
}

const SOURCES: [&str; 4] = ["social_passport", "parents_survey", "register", "estimate"];

fn checked(passport: &Passport) -> Result<(), Problem> {
    check::year("year", passport.year)?;
    check::date("date", &passport.date)?;
    if passport.pupils == 0 || passport.pupils > 20_000 {
        return Err(Problem::invalid(
            "pupils",
            "context.pupils",
            Text::new(
                "Число учеников школы — от 1 до 20 000.",
                "The number of pupils is from 1 to 20,000.",
            ),
        ));
    }
    if !SOURCES.contains(&passport.source.as_str()) {
        return Err(Problem::invalid(
            "source",
            "context.source",
            Text::new(
                "Выберите, откуда данные: социальный паспорт, опрос родителей, учётная система или экспертная оценка.",
                "Choose where the figures come from: social passport, survey of parents, register or estimate.",
            ),
        ));
    }
    let factors = context::factors(None)?;
    for (id, count) in &passport.counts {
        let Some(factor) = factors.iter().find(|factor| factor.id == *id) else {
            return Err(Problem::invalid(
                "counts",
                "context.factor",
                Text::new(
                    format!("Фактора {id} в паспорте нет."),
                    format!("The passport has no factor {id}."),
                ),
            ));
        };
        if *count > passport.pupils {
            return Err(Problem::invalid(
                id,
                "context.count",
                Text::new(
                    format!(
                        "«{}»: {count} больше, чем учеников в школе ({}).",
                        factor.label.ru, passport.pupils
                    ),
                    format!(
                        "“{}”: {count} is more than the pupils of the school ({}).",
                        factor.label.en, passport.pupils
                    ),
                ),
            ));
        }
    }
    Ok(())
}
