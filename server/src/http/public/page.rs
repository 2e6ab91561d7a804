//! The public pages: aggregates only, rendered on the server, no sign-in and no script.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use api::paths;
use api::procedures::event::EventState;
use api::procedures::procedure::ProcedureKind;
use api::text::Language;
use app::model::campaign::Tally;
use app::public::{
    CalendarEntry, Frame, FrontData, Group, MarkCounts, MarkerRates, MethodologyData,
    PublishedDocument, ResultsData, Work, WorkAggregate, calendar, documents, front, methodology,
    open_data, protect, purpose, results,
};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use objectivity::cell::{MarkerName, UsedThreshold};
use objectivity::markers::false_alarms;
use objectivity::parameters::{Parameters, Threshold};
use serde::Deserialize;
use tokio::sync::Mutex;

use super::observer as public_observer;
use crate::auth::Reach;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::import::subject;
use crate::rules::reference;
use crate::rules::results::cell_text;
use crate::store::{EventFilter, StoreError};

/// How long the front page's figures are kept: a crowd costs the database one look.
const KEPT: Duration = Duration::from_secs(30);

#[derive(Clone)]
pub(in crate::http) struct Public {
    pub(in crate::http) state: AppState,
    css: Arc<str>,
    figures: Arc<Mutex<Option<(Instant, FrontData)>>>,
}

#[derive(Deserialize)]
pub(in crate::http) struct Asked {
    lang: Option<Language>,
}

/// Routes of the public pages; `css` is the address of the style sheet.
pub fn router(state: AppState, css: &str) -> Router {
    let public = Public {
        state,
        css: css.into(),
        figures: Arc::default(),
    };
    Router::new()
        .route(paths::PUBLIC_FRONT, get(show_front))
        .route(paths::PUBLIC_METHODOLOGY, get(show_methodology))
        .route(paths::PUBLIC_PURPOSE, get(show_purpose))
        .route(
            paths::PUBLIC_OBSERVERS,
            get(public_observer::show)
                .post(public_observer::apply)
                .layer(DefaultBodyLimit::max(public_observer::BODY_BYTES)),
        )
        .route(paths::PUBLIC_CERTIFICATES, get(public_observer::check))
        .route(paths::PUBLIC_RESULTS, get(show_results))
        .route(paths::PUBLIC_RESULTS_CSV, get(save_results))
        .route(paths::PUBLIC_CALENDAR, get(show_calendar))
        .route(paths::PUBLIC_DOCUMENTS, get(show_documents))
        .with_state(public)
}

impl Public {
    /// A choice in the address wins over the browser's languages; Russian is the default.
    pub(in crate::http) fn frame(&self, asked: &Asked, headers: &HeaderMap) -> Frame {
        let browser = || {
            let accepted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
            let first = accepted.split(',').next()?.trim().to_ascii_lowercase();
            first.starts_with("en").then_some(Language::En)
        };
        Frame {
            language: asked.lang.or_else(browser).unwrap_or_default(),
            css: self.css.to_string(),
            is_demo: self.state.config.demo,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    async fn figures(&self) -> Result<FrontData, StoreError> {
        let mut kept = self.figures.lock().await;
        if let Some((at, data)) = &*kept
            && at.elapsed() < KEPT
        {
            return Ok(data.clone());
        }
        let data = gather(&self.state).await?;
        *kept = Some((Instant::now(), data.clone()));
        Ok(data)
    }
}

async fn show_front(
    State(public): State<Public>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    match public.figures().await {
        Ok(data) => page(front(&public.frame(&asked, &headers), &data)),
        Err(error) => Problem::from(error).into_response(),
    }
}

async fn show_methodology(
    State(public): State<Public>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    page(methodology(&public.frame(&asked, &headers), &method()))
}

async fn show_purpose(
    State(public): State<Public>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    page(purpose(&public.frame(&asked, &headers)))
}

/// Which results are asked for; the newest when nothing is said.
#[derive(Deserialize)]
struct AskedResults {
    procedure: Option<ProcedureKind>,
    year: Option<i32>,
}

async fn show_results(
    State(public): State<Public>,
    Query(asked): Query<Asked>,
    Query(wanted): Query<AskedResults>,
    headers: HeaderMap,
) -> Response {
    match gather_results(&public.state, &wanted).await {
        Ok(data) => page(results(&public.frame(&asked, &headers), &data)),
        Err(error) => Problem::from(error).into_response(),
    }
}

async fn save_results(
    State(public): State<Public>,
    Query(wanted): Query<AskedResults>,
) -> Response {
    match gather_results(&public.state, &wanted).await {
        Ok(data) => (
            [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (
                    header::CONTENT_DISPOSITION,
                    "attachment; filename=\"results.csv\"",
                ),
                (header::CACHE_CONTROL, "public, max-age=30"),
            ],
            open_data(&data),
        )
            .into_response(),
        Err(error) => Problem::from(error).into_response(),
    }
}

async fn show_calendar(
    State(public): State<Public>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let gathered = async {
        let store = &public.state.store;
        let Some(municipality) = store.municipalities().await?.into_iter().next() else {
            return Ok(Vec::new());
        };
        let mut procedures = store.procedures(municipality.id).await?;
        procedures.sort_by(|one, other| one.window.cmp(&other.window));
        Ok::<_, StoreError>(
            procedures
                .into_iter()
                .map(|procedure| CalendarEntry {
                    title: procedure.title,
                    window: procedure.window,
                })
                .collect(),
        )
    };
    match gathered.await {
        Ok(entries) => page(calendar(&public.frame(&asked, &headers), &entries)),
        Err(error) => Problem::from(error).into_response(),
    }
}

async fn show_documents(
    State(public): State<Public>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    match published(&public.state).await {
        Ok(found) => page(documents(&public.frame(&asked, &headers), &found)),
        Err(error) => Problem::from(error).into_response(),
    }
}

/// Documents of the municipality itself that stand in the register with an address; never those of schools, and
/// never who answers for one. Kinds stand in the order of the reference, the newest document first.
async fn published(state: &AppState) -> anyhow::Result<Vec<PublishedDocument>> {
    let Some(municipality) = state.store.municipalities().await?.into_iter().next() else {
        return Ok(Vec::new());
    };
    let found = state.store.published_documents(municipality.id).await?;
    let mut published = Vec::with_capacity(found.len());
    for kind in reference::document_kinds()? {
        let of_kind = found.iter().filter(|document| document.kind == kind.id);
        published.extend(of_kind.filter_map(|document| {
            Some(PublishedDocument {
                kind: kind.name.clone(),
                title: document.title.clone(),
                number: document.number.clone(),
                date: document.date.clone(),
                link: document.link.clone()?,
            })
        }));
    }
    Ok(published)
}

/// Counts of one procedure and year over the first municipality; the page hides small groups.
async fn gather_results(
    state: &AppState,
    wanted: &AskedResults,
) -> Result<ResultsData, StoreError> {
    let store = &state.store;
    let Some(municipality) = store.municipalities().await?.into_iter().next() else {
        return Ok(ResultsData {
            municipality: api::text::Text::new("Муниципалитет", "Municipality"),
            procedures: Vec::new(),
            shown: None,
            works: Vec::new(),
        });
    };
    let mut counts: BTreeMap<_, [u64; 2]> = BTreeMap::new();
    for (paper, _, works) in store.result_counts(municipality.id).await? {
        let [schools, pupils] = counts.entry(paper).or_default();
        *schools += 1;
        *pupils += works;
    }
    let mut papers = store.papers(municipality.id).await?;
    papers.retain(|paper| counts.contains_key(&paper.id));
    let held: BTreeSet<_> = papers
        .iter()
        .map(|paper| (paper.kind, paper.year))
        .collect();
    let mut procedures: Vec<_> = held.into_iter().collect();
    procedures.sort_by_key(|(kind, year)| (std::cmp::Reverse(*year), *kind));
    let shown = procedures.iter().copied().find(|(kind, year)| {
        wanted.procedure.is_none_or(|wanted| wanted == *kind)
            && wanted.year.is_none_or(|wanted| wanted == *year)
    });
    papers.retain(|paper| Some((paper.kind, paper.year)) == shown);
    papers.sort_by_key(|paper| (subject::order(&paper.subject), paper.grade));
    let count = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    let mut works = Vec::with_capacity(papers.len());
    for paper in papers {
        let [schools, pupils] = counts.get(&paper.id).copied().unwrap_or_default();
        let marks = MarkCounts(store.mark_totals(municipality.id, paper.id).await?);
        let name = subject::name(&paper.subject);
        works.push(Work {
            aggregate: WorkAggregate::new(name, paper.grade, count(schools), count(pupils), marks),
            group: Group {
                pupils: count(pupils),
                schools: count(schools),
            },
            subject: paper.subject,
            grade: paper.grade,
        });
    }
    Ok(ResultsData {
        municipality: municipality.name,
        procedures,
        shown,
        works,
    })
}

fn page(html: String) -> Response {
    (
        [
            (header::CACHE_CONTROL, "public, max-age=30"),
            (header::VARY, "accept-language"),
        ],
        Html(html),
    )
        .into_response()
}

/// Counts over the first municipality of the installation; small groups are dropped by `WorkAggregate`.
async fn gather(state: &AppState) -> Result<FrontData, StoreError> {
    let store = &state.store;
    let Some(municipality) = store.municipalities().await?.into_iter().next() else {
        return Ok(FrontData {
            municipality: api::text::Text::new("Муниципалитет", "Municipality"),
            procedure: None,
            schools: 0,
            works: 0,
            observed: None,
            assessed: None,
            aggregates: Vec::new(),
        });
    };
    let mut counts: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (paper, organisation, works) in store.result_counts(municipality.id).await? {
        counts.entry(paper).or_default().push((organisation, works));
    }
    let mut papers = store.papers(municipality.id).await?;
    papers.retain(|paper| counts.contains_key(&paper.id));
    let newest = papers
        .iter()
        .filter(|paper| paper.kind == ProcedureKind::Vpr)
        .chain(&papers)
        .map(|paper| (paper.kind, paper.year))
        .max_by_key(|(kind, year)| (*kind == ProcedureKind::Vpr, *year));
    papers.retain(|paper| Some((paper.kind, paper.year)) == newest);
    papers.sort_by_key(|paper| (subject::order(&paper.subject), paper.grade));
    let mut schools = BTreeSet::new();
    let mut total = 0;
    let mut works = Vec::new();
    for paper in &papers {
        let rows = &counts[&paper.id];
        schools.extend(rows.iter().map(|(organisation, _)| *organisation));
        let pupils: u64 = rows.iter().map(|(_, works)| works).sum();
        total += pupils;
        let group = Group {
            pupils: u32::try_from(pupils).unwrap_or(u32::MAX),
            schools: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        };
        works.push(Work {
            subject: paper.subject.clone(),
            grade: paper.grade,
            group,
            aggregate: WorkAggregate::new(
                subject::name(&paper.subject),
                paper.grade,
                group.schools,
                group.pupils,
                MarkCounts(store.mark_totals(municipality.id, paper.id).await?),
            ),
        });
    }
    let aggregates = protect(&works);
    let everything = Reach::Municipality;
    let nobody = api::id::PersonId(uuid::Uuid::nil());
    let events = store
        .events(
            municipality.id,
            &everything,
            nobody,
            &EventFilter::default(),
        )
        .await?;
    let done = events
        .iter()
        .filter(|event| event.state == EventState::Done)
        .count();
    let campaigns = store.campaigns(municipality.id, &everything, None).await?;
    let assessed = campaigns
        .first()
        .map(|campaign| Tally::of(campaign.schools.iter().map(|school| school.progress)));
    Ok(FrontData {
        municipality: municipality.name,
        procedure: newest,
        schools: u32::try_from(schools.len()).unwrap_or(u32::MAX),
        works: total,
        observed: (!events.is_empty()).then(|| done as f64 / events.len() as f64),
        assessed,
        aggregates,
    })
}

/// Thresholds in force and the measured false alarms of the documents' markers.
fn method() -> MethodologyData {
    let parameters = Parameters::default();
    let used = |name: &str, threshold: &Threshold| {
        cell_text::threshold(&UsedThreshold {
            name: name.to_owned(),
            value: threshold.value,
            source: threshold.source,
        })
    };
    let sizes = false_alarms::SIZE_BINS;
    let size = |(low, high): (u32, u32)| {
        if high == u32::MAX {
            format!("{low}+")
        } else {
            format!("{low}–{high}")
        }
    };
    MethodologyData {
        engine_version: objectivity::run::ENGINE_VERSION.to_owned(),
        thresholds: vec![
            used("prior", &parameters.prior),
            used("min_pupils", &parameters.min_pupils),
            used("channel_p", &parameters.channel_p),
            used("support_p", &parameters.support_p),
            used("attention_p", &parameters.attention_p),
            used("signs_p", &parameters.signs_p),
            used("signs_local_fdr", &parameters.signs_local_fdr),
            used("observation_attention", &parameters.observation_attention),
            used("observation_strong", &parameters.observation_strong),
            used("observation_good", &parameters.observation_good),
        ],
        markers: [
            MarkerName::MeanInterval,
            MarkerName::ItemInterval,
            MarkerName::ControlGroup,
            MarkerName::StateExamGap,
            MarkerName::InflatedResults,
        ]
        .map(|marker| MarkerRates {
            name: cell_text::marker_name(marker),
            rates: sizes
                .map(|bin| (size(bin), false_alarms::rate(marker, bin.0)))
                .to_vec(),
        })
        .to_vec(),
    }
}
