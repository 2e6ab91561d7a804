//! `/api/v1/campaigns/…/results`: schools by domains, as data and as a workbook. By name, without totals.

use api::assessment::campaign::CampaignProgress;
use api::assessment::campaign_result::{
    CampaignResults, DomainCell, ResultDomain, ResultLevel, SchoolResult,
};
use api::forms::submission::ScoreSheet;
use api::id::CampaignId;
use api::paths;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use forms::Form;
use forms::form::Node;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use super::campaign::one;
use crate::auth::{Access, Permission, Reach};
use crate::http::download::{InLanguage, XLSX, attachment};
use crate::http::extract::{Json, Path, Query};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::rules::forms::fold::both;

/// Schools by domains in the caller's scope. A school's scores are there once its head has approved.
#[utoipa::path(get, path = paths::CAMPAIGN_RESULTS, tag = "campaigns",
    params(("campaign" = CampaignId, Path)),
    responses((status = 200, body = CampaignResults)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path(campaign): Path<CampaignId>,
) -> Result<Json<CampaignResults>, Problem> {
    let reach = access.require(Permission::CampaignRead)?;
    Ok(Json(results(&state, &access, &reach, campaign).await?))
}

/// The same as a workbook.
#[utoipa::path(get, path = paths::CAMPAIGN_WORKBOOK, tag = "campaigns",
    params(("campaign" = CampaignId, Path), ("language" = Option<String>, Query, description = "`ru` (default) or `en`")),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
pub async fn workbook(
    State(state): State<AppState>,
    access: Access,
    Path(campaign): Path<CampaignId>,
    Query(query): Query<InLanguage>,
) -> Result<Response, Problem> {
    let reach = access.require(Permission::CampaignRead)?;
    let results = results(&state, &access, &reach, campaign).await?;
    let bytes = sheet(&results, query).map_err(anyhow::Error::from)?;
    Ok(attachment(XLSX, "self-assessment.xlsx", bytes).into_response())
}

async fn results(
    state: &AppState,
    access: &Access,
    reach: &Reach,
    campaign: CampaignId,
) -> Result<CampaignResults, Problem> {
    let whole = one(state, access.municipality, reach, campaign).await?;
    let (document, _) = state
        .store
        .form_document(access.municipality, &whole.form[0], &whole.form[1])
        .await?
        .ok_or_else(Problem::not_found)?;
    let form: Form = serde_json::from_str(&document).map_err(anyhow::Error::from)?;
    let domains = domains(&form);
    let mut scores = state
        .store
        .campaign_scores(access.municipality, campaign)
        .await?;
    let schools = whole
        .schools
        .into_iter()
        .map(|school| {
            let score = scores
                .remove(&school.organisation)
                .filter(|_| school.progress == CampaignProgress::Approved);
            SchoolResult {
                organisation: school.organisation,
                name: school.name,
                progress: school.progress,
                submission: score.as_ref().and(school.submission),
                cells: score.map_or_else(Vec::new, |(now, before)| {
                    domains
                        .iter()
                        .map(|domain| cell(domain, &now, before.as_ref()))
                        .collect()
                }),
            }
        })
        .collect();
    Ok(CampaignResults {
        campaign,
        title: whole.title,
        levels: levels(&form),
        domains,
        schools,
    })
}

fn domains(form: &Form) -> Vec<ResultDomain> {
    form.walk()
        .filter_map(|walked| match walked.node {
            Node::Group(group) if group.section.is_some() => Some(ResultDomain {
                section: group.name.clone(),
                title: both(form, &group.label),
            }),
            _ => None,
        })
        .collect()
}

fn levels(form: &Form) -> Vec<ResultLevel> {
    let mut levels: Vec<ResultLevel> = form
        .scoring
        .iter()
        .flat_map(|scoring| &scoring.levels)
        .map(|level| ResultLevel {
            from: level.min,
            name: both(form, &level.label),
        })
        .collect();
    levels.sort_by(|a, b| a.from.total_cmp(&b.from));
    levels
}

fn cell(domain: &ResultDomain, now: &ScoreSheet, before: Option<&ScoreSheet>) -> DomainCell {
    let of = |sheet: &ScoreSheet| {
        sheet
            .sections
            .iter()
            .find(|section| section.section == domain.section)
            .cloned()
    };
    let own = of(now);
    DomainCell {
        section: domain.section.clone(),
        score: own.as_ref().and_then(|section| section.score),
        level: own.as_ref().and_then(|section| section.level.clone()),
        before: before.and_then(of).and_then(|section| section.score),
        unconfirmed: own.map_or(0, |section| section.unconfirmed),
    }
}

/// One sheet: schools by name, two columns a domain (now and last time).
fn sheet(results: &CampaignResults, query: InLanguage) -> Result<Vec<u8>, XlsxError> {
    let language = query.language;
    let word = |ru: &'static str, en: &'static str| query.pick(ru, en);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(word("Профили", "Profiles"))?;
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border_bottom(FormatBorder::Thin);
    let share = Format::new().set_num_format("0.00");
    let title = Format::new().set_bold().set_font_size(14);
    sheet.write_with_format(0, 0, results.title.in_language(language), &title)?;
    sheet.write(
        1,
        0,
        word(
            "Школы стоят по названию. Это не рейтинг: суммы и места не считаются.",
            "Schools stand by name. This is no rating: no totals and no places are computed.",
        ),
    )?;
    sheet.write_with_format(3, 0, word("Школа", "School"), &head)?;
    sheet.write_with_format(3, 1, word("Состояние", "State"), &head)?;
    let mut column: u16 = 2;
    for domain in &results.domains {
        let name = domain.title.in_language(language);
        sheet.write_with_format(3, column, name, &head)?;
        let before = format!("{name}, {}", word("прошлый раз", "last time"));
        sheet.write_with_format(3, column + 1, before, &head)?;
        column += 2;
    }
    sheet.set_column_width(0, 30)?;
    sheet.set_column_width(1, 18)?;
    for (row, school) in (4_u32..).zip(&results.schools) {
        sheet.write(row, 0, &school.name)?;
        sheet.write(row, 1, state_word(school.progress, query))?;
        let mut column: u16 = 2;
        for cell in &school.cells {
            if let Some(score) = cell.score {
                sheet.write_with_format(row, column, score, &share)?;
            }
            if let Some(before) = cell.before {
                sheet.write_with_format(row, column + 1, before, &share)?;
            }
            column += 2;
        }
    }
    sheet.set_freeze_panes(4, 1)?;
    workbook.save_to_buffer()
}

/// Where a school stands, for documents.
pub fn state_word(progress: CampaignProgress, query: InLanguage) -> &'static str {
    match progress {
        CampaignProgress::NotStarted => query.pick("не начата", "not begun"),
        CampaignProgress::Draft => query.pick("заполняют", "being filled in"),
        CampaignProgress::Returned => query.pick("возвращена", "given back"),
        CampaignProgress::Submitted => query.pick("у директора", "with the head"),
        CampaignProgress::Approved => query.pick("утверждена", "approved"),
    }
}
