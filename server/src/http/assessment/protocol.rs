//! `/api/v1/campaigns/…/protocol.docx`: the protocol of the talk of a school and its expert.

use api::assessment::agreement::{
    Agreement, AgreementKind, AgreementSide, AgreementStage, ItemAgreement, KappaEstimate,
};
use api::id::{CampaignId, OrganisationId};
use api::paths;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::agreement::agreement;
use super::campaign::today;
use crate::auth::{Access, Permission};
use crate::document::{DOCX, Document, Table};
use crate::http::download::{InLanguage, attachment};
use crate::http::extract::{Path, Query};
use crate::http::problem::Problem;
use crate::http::state::AppState;

/// Disagreements, what was said, agreed levels beside both originals, and how far the two agree.
#[utoipa::path(get, path = paths::PROTOCOL, tag = "agreement",
    params(("campaign" = CampaignId, Path), ("organisation" = OrganisationId, Path),
        ("language" = Option<String>, Query, description = "`ru` (default) or `en`")),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (status = 409, body = api::problem::Problem)))]
pub async fn read(
    State(state): State<AppState>,
    access: Access,
    Path((campaign, organisation)): Path<(CampaignId, OrganisationId)>,
    Query(query): Query<InLanguage>,
) -> Result<Response, Problem> {
    access.require(Permission::AgreementRead)?;
    let permission = Permission::AgreementRead;
    let found = agreement(&state, &access, permission, campaign, organisation).await?;
    if !matches!(
        found.stage,
        AgreementStage::Dialogue | AgreementStage::Agreed
    ) {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "agreement.too_early",
            "Протокол составляют, когда самооценку утвердил директор, а эксперт передал свою оценку.",
            "The protocol is made when the head has approved the self-assessment and the expert has handed over.",
        ));
    }
    let date = today(&state, access.municipality).await?;
    let bytes = protocol(&found, &date, query).docx()?;
    Ok(attachment(DOCX, "protocol.docx", bytes).into_response())
}

fn protocol(found: &Agreement, date: &str, query: InLanguage) -> Document {
    let language = query.language;
    let title = query.pick(
        "Протокол согласования самооценки и экспертной оценки",
        "Protocol of agreement between self-assessment and expert assessment",
    );
    let mut document = Document::new(title, query.tag());
    document.heading(1, title);
    document.paragraph(found.title.in_language(language));
    let expert = found.expert_name.clone().unwrap_or_default();
    let date = query.date(date);
    document.paragraph(query.pick(
        format!(
            "Школа: {}\nЭксперт: {expert}\nДата: {date}",
            found.organisation_name
        ),
        format!(
            "School: {}\nExpert: {expert}\nDate: {date}",
            found.organisation_name
        ),
    ));
    let disputed: Vec<&ItemAgreement> = found.items.iter().filter(|item| item.disagrees).collect();
    let settled = disputed.iter().filter(|item| item.agreed.is_some()).count();
    document.heading(
        2,
        query.pick("Сходство оценок", "How far the assessments agree"),
    );
    document.table(domains(found, query));
    if let Some(kappa) = &found.kappa {
        let compared: u32 = found.domains.iter().map(|domain| domain.items).sum();
        document.paragraph(query.pick(
            format!(
                "Сопоставлено пунктов: {}, уровни равны: {}. {}",
                compared,
                kappa.equal,
                estimates(kappa.quadratic, kappa.linear, query)
            ),
            format!(
                "Items compared: {}, equal levels: {}. {}",
                compared,
                kappa.equal,
                estimates(kappa.quadratic, kappa.linear, query)
            ),
        ));
    }
    document.note(query.pick(
        "Сравниваются выбранные предложения; уровни без подтверждения отмечены. Каппа Коэна: 1 — полное совпадение, 0 — как при случайном выборе.",
        "The chosen sentences are compared; levels without evidence are marked. Cohen's kappa: 1 is complete agreement, 0 is what chance gives.",
    ));
    document.heading(2, query.pick("Расхождения", "Disagreements"));
    document.paragraph(query.pick(
        format!("Расхождений: {}, согласовано: {settled}.", disputed.len()),
        format!("Disagreements: {}, settled: {settled}.", disputed.len()),
    ));
    if !disputed.is_empty() {
        document.table(Table {
            widths: vec![5, 2, 2, 2, 3],
            head: [
                query.pick("Пункт", "Item"),
                query.pick("Школа", "School"),
                query.pick("Эксперт", "Expert"),
                query.pick("Согласовано", "Agreed"),
                query.pick("Подтверждение", "Evidence"),
            ]
            .map(str::to_owned)
            .to_vec(),
            rows: disputed.iter().map(|item| row(item, query)).collect(),
        });
    }
    for item in disputed.iter().filter(|item| !item.entries.is_empty()) {
        document.heading(
            2,
            format!("{} {}", item.item, item.label.in_language(language)),
        );
        for entry in &item.entries {
            document.point(entry_text(entry, query));
        }
    }
    document.heading(2, query.pick("Подписи", "Signatures"));
    document.paragraph(query.pick(
        "Директор школы ____________________________ /____________________/",
        "Head of the school ____________________________ /____________________/",
    ));
    document.paragraph(query.pick(
        format!("Эксперт ____________________________ /{expert}/"),
        format!("Expert ____________________________ /{expert}/"),
    ));
    document
}

fn domains(found: &Agreement, query: InLanguage) -> Table {
    let shown = |share: Option<f64>| share.map_or_else(|| "—".to_owned(), |one| query.decimal(one));
    Table {
        widths: vec![5, 2, 2, 2],
        head: [
            query.pick("Область", "Domain"),
            query.pick("Школа", "School"),
            query.pick("Эксперт", "Expert"),
            query.pick("Расхождений", "Disagreements"),
        ]
        .map(str::to_owned)
        .to_vec(),
        rows: found
            .domains
            .iter()
            .map(|domain| {
                vec![
                    domain.title.in_language(query.language).to_owned(),
                    shown(domain.school),
                    shown(domain.expert),
                    query.pick(
                        format!("{} из {}", domain.disagreements, domain.items),
                        format!("{} of {}", domain.disagreements, domain.items),
                    ),
                ]
            })
            .collect(),
    }
}

fn estimates(
    quadratic: Option<KappaEstimate>,
    linear: Option<KappaEstimate>,
    query: InLanguage,
) -> String {
    let shown = |estimate: Option<KappaEstimate>| {
        estimate.map_or_else(
            || "—".to_owned(),
            |one| {
                let value = query.decimal(one.value);
                match one.interval {
                    Some(bounds) => {
                        let [low, high] = bounds.map(|bound| query.decimal(bound));
                        format!("{value} [{low}; {high}]")
                    }
                    None => value,
                }
            },
        )
    };
    let has_interval = [quadratic, linear]
        .iter()
        .flatten()
        .any(|one| one.interval.is_some());
    let brackets = if has_interval {
        query.pick("в скобках интервал 95 %", "95 % interval in brackets")
    } else {
        query.pick(
            "пунктов мало, интервал не вычисляется",
            "too few items for an interval",
        )
    };
    let (quadratic, linear) = (shown(quadratic), shown(linear));
    query.pick(
        format!("Взвешенная каппа: квадратичные веса {quadratic}, линейные {linear} ({brackets})."),
        format!("Weighted kappa: quadratic weights {quadratic}, linear {linear} ({brackets})."),
    )
}

fn row(item: &ItemAgreement, query: InLanguage) -> Vec<String> {
    let level = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), |one| format!("{one}"));
    let school = match (item.school, item.school_counted) {
        (Some(given), Some(counted)) if given > counted => query.pick(
            format!("{given} (не подтверждено)"),
            format!("{given} (not confirmed)"),
        ),
        (given, _) => level(given),
    };
    vec![
        format!("{} {}", item.item, item.label.in_language(query.language)),
        school,
        level(item.expert),
        level(item.agreed),
        verification(item.verification.as_deref(), query).to_owned(),
    ]
}

fn verification(status: Option<&str>, query: InLanguage) -> &'static str {
    match status {
        Some("confirmed") => query.pick("подтверждено", "confirmed"),
        Some("partly") => query.pick("подтверждено частично", "partly confirmed"),
        Some("not_confirmed") => query.pick("не подтверждено", "not confirmed"),
        Some("no_evidence") => query.pick("данных недостаточно", "insufficient evidence"),
        _ => "—",
    }
}

fn entry_text(entry: &api::assessment::agreement::AgreementEntry, query: InLanguage) -> String {
    let side = match entry.side {
        AgreementSide::School => query.pick("школа", "school"),
        AgreementSide::Expert => query.pick("эксперт", "expert"),
    };
    let value = entry
        .value
        .map_or_else(String::new, |value| value.to_string());
    let act = match entry.kind {
        AgreementKind::Remark => String::new(),
        AgreementKind::Proposal => query.pick(
            format!("предлагает уровень {value}. "),
            format!("proposes level {value}. "),
        ),
        AgreementKind::Acceptance => query.pick(
            format!("принимает уровень {value}. "),
            format!("accepts level {value}. "),
        ),
        AgreementKind::Verification => query.pick(
            format!(
                "о подтверждении: {}. ",
                verification(entry.status.as_deref(), query)
            ),
            format!(
                "on the evidence: {}. ",
                verification(entry.status.as_deref(), query)
            ),
        ),
    };
    format!("{} ({side}): {act}{}", entry.name, entry.body)
        .trim_end()
        .to_owned()
}
