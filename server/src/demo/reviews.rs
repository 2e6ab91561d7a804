//! Reviews of the demo, from its own cells: one at the recheck, one that waits for the school, one just opened. What
//! people say in them is invented.

use anyhow::Context;
use api::access::session::Role;
use api::id::{EntryId, PersonId, ReviewId, SupportId};
use api::management::review::{
    CommissionMember, EntryFacts, NewReview, RecheckPlan, RecheckWay, ReviewAct, ReviewStage, Side,
};
use api::management::support::{Executor, NewStep, NewSupport, Step, SupportCell, SupportState};
use api::procedures::procedure::ProcedureKind;
use api::results::heat_map::CellState;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use time::Duration;
use uuid::Uuid;

use super::records::Place;
use crate::rules::day::iso;
use crate::rules::management::review::{grounds, usual_due};
use crate::store::{Author, CellColumn, NewReviewEntry, StoredCell, Write};

const DAY_MS: i64 = 24 * 3_600_000;

/// Schools whose cells stay without a review: the first to be looked at, one too small for a commission, and one left
/// to whoever tries the demo.
const LEFT_ALONE: [usize; 3] = [0, 3, 13];

/// Opens the reviews and takes their steps.
///
/// # Errors
/// Those of the store.
pub async fn fill(place: &Place<'_>, analyst: PersonId) -> anyhow::Result<()> {
    let run = place
        .store
        .current_run(place.municipality)
        .await?
        .context("the demo has a run")?;
    let year = place.today.year();
    let mut cells = place
        .store
        .cells(place.municipality, run.id, ProcedureKind::Vpr, year)
        .await?;
    cells.retain(|cell| cell.state == CellState::Signs);
    let index_of = |cell: &StoredCell| {
        let mut schools = place.schools.iter();
        schools.position(|school| *school == cell.organisation)
    };
    cells.sort_by_key(|cell| (index_of(cell), cell.subject.clone(), cell.grade));
    cells.dedup_by_key(|cell| cell.organisation);
    cells.retain(|cell| index_of(cell).is_some_and(|index| !LEFT_ALONE.contains(&index)));
    let mut maker = Maker {
        place,
        analyst,
        random: ChaCha8Rng::seed_from_u64(place.seed ^ 0x0e71e),
        made: 0,
    };
    for (cell, stage) in cells.iter().zip([
        ReviewStage::Recheck,
        ReviewStage::Explanation,
        ReviewStage::Analysis,
    ]) {
        let head = index_of(cell).and_then(|index| place.heads.get(index));
        let head = *head.context("a school of the demo has a head")?;
        maker.review(cell, head, stage).await?;
    }
    Ok(())
}

struct Maker<'a> {
    place: &'a Place<'a>,
    analyst: PersonId,
    random: ChaCha8Rng,
    made: u64,
}

impl Maker<'_> {
    /// The next id, the same for the same seed and day.
    fn id(&mut self) -> Uuid {
        let mut random = [0; 10];
        self.random.fill_bytes(&mut random);
        self.made += 1;
        let now_ms = self.place.now_ms;
        let day_ms = u64::try_from(now_ms - now_ms.rem_euclid(DAY_MS)).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(day_ms + 800_000 + self.made, &random).into_uuid()
    }

    fn at_ms(&self, days: i64) -> i64 {
        self.place.now_ms - days * DAY_MS
    }

    fn day(&self, days: i64) -> String {
        iso(self.place.today + Duration::days(days))
    }

    async fn write(&self, person: PersonId, days: i64) -> anyhow::Result<Write> {
        let author = Author {
            municipality: self.place.municipality,
            person: Some(person),
        };
        Ok(self.place.store.write(author, self.at_ms(days)).await?)
    }

    async fn review(
        &mut self,
        cell: &StoredCell,
        head: PersonId,
        stage: ReviewStage,
    ) -> anyhow::Result<()> {
        let opened = match stage {
            ReviewStage::Recheck => 40,
            ReviewStage::Explanation => 12,
            _ => 2,
        };
        let id = ReviewId(self.id());
        self.open(id, cell, opened).await?;
        if stage == ReviewStage::Analysis {
            return Ok(());
        }
        let facts = EntryFacts {
            due: Some(self.day(10 - (opened - 6))),
            ..EntryFacts::default()
        };
        self.step(
            (id, self.analyst, Role::Analyst, opened - 6),
            (ReviewAct::Analyse, ReviewStage::Explanation),
            "Сигналы указывают на проверку работ. Сама проверка не наблюдалась: просим рассказать, как она шла.",
            &facts,
        )
        .await?;
        if stage == ReviewStage::Explanation {
            return Ok(());
        }
        let due = usual_due(ReviewStage::Recheck, self.place.today - Duration::days(26));
        let facts = EntryFacts {
            due: due.map(iso),
            ..EntryFacts::default()
        };
        self.step(
            (id, head, Role::SchoolHead, 26),
            (ReviewAct::Explain, ReviewStage::Recheck),
            "Спорные работы проверяли вдвоём и решали в пользу ученика. Похожие задания повторяли перед работой.",
            &facts,
        )
        .await?;
        let member = |position: &str| CommissionMember {
            position: position.to_owned(),
            has_no_interest: true,
        };
        let facts = EntryFacts {
            due: Some(self.day(10)),
            recheck: Some(RecheckPlan {
                way: RecheckWay::Commission,
                order_number: "118".to_owned(),
                order_date: self.day(-20),
                members: vec![
                    member("методист муниципальной службы"),
                    member("учитель гимназии, председатель"),
                    member("учитель лицея"),
                ],
                what: "работы у границ отметок, без имён и отметок (вымышлено)".to_owned(),
            }),
            ..EntryFacts::default()
        };
        self.step(
            (id, self.place.manager, Role::Manager, 20),
            (ReviewAct::PlanRecheck, ReviewStage::Recheck),
            "",
            &facts,
        )
        .await?;
        self.measures(cell).await
    }

    async fn open(&mut self, id: ReviewId, cell: &StoredCell, days: i64) -> anyhow::Result<()> {
        let store = self.place.store;
        let municipality = self.place.municipality;
        let run = store.current_run(municipality).await?;
        let run = run.context("the demo has a run")?;
        let papers = store.papers(municipality).await?;
        let paper = papers
            .iter()
            .find(|paper| {
                (paper.kind, paper.year, paper.grade) == (cell.kind, cell.year, cell.grade)
                    && paper.subject == cell.subject
            })
            .context("a cell has its paper")?;
        let column = CellColumn {
            kind: cell.kind,
            year: cell.year,
            subject: cell.subject.as_str(),
            grade: cell.grade,
        };
        let details = store.cell_details(municipality, run.id, column).await?;
        let (_, own) = details
            .iter()
            .find(|(school, _)| *school == cell.organisation)
            .context("a cell has its detail")?;
        let region = store.score_counts(municipality, paper.id).await?;
        let mut grounds = grounds(&run, paper, own, &region);
        // The demo is computed at once; in it the run came before the review.
        grounds.computed_ms = self.at_ms(days) - 3_600_000;
        let new = NewReview {
            id,
            organisation: cell.organisation,
            cell: key(cell),
        };
        let due = self.day(7 - days);
        let mut write = self.write(self.analyst, days).await?;
        write
            .open_review(&new, &grounds, Some(&due), Role::Analyst)
            .await?;
        audit(&mut write, "review.create").await?;
        write.commit().await?;
        Ok(())
    }

    async fn step(
        &mut self,
        (id, person, role, days): (ReviewId, PersonId, Role, i64),
        (act, stage): (ReviewAct, ReviewStage),
        content: &str,
        facts: &EntryFacts,
    ) -> anyhow::Result<()> {
        let side = match role {
            Role::SchoolHead => Side::School,
            _ => Side::Office,
        };
        let entry = NewReviewEntry {
            id: EntryId(self.id()),
            act,
            side,
            role,
            content,
            facts,
        };
        let mut write = self.write(person, days).await?;
        write
            .step_review(id, &entry, stage, facts.due.as_deref(), None)
            .await?;
        audit(&mut write, "review.update").await?;
        write.commit().await?;
        Ok(())
    }

    /// Help begins while the recheck goes on: one measure is done, one lies ahead.
    async fn measures(&mut self, cell: &StoredCell) -> anyhow::Result<()> {
        for (measure, reason, due, is_done) in [
            (
                "SM-01",
                "Разобрать вместе с командой школы, что видно в данных",
                -9,
                true,
            ),
            ("SM-02", "Согласовать подходы к проверке работ", 14, false),
        ] {
            let new = NewSupport {
                id: SupportId(self.id()),
                organisation: cell.organisation,
                measure: measure.to_owned(),
                cell: Some(key(cell)),
                reason: reason.to_owned(),
                executor: Executor::MethodicalService,
                due: self.day(due),
                exception: None,
            };
            let mut write = self.write(self.place.manager, 18).await?;
            write.agree_support(&new, 1).await?;
            audit(&mut write, "support.create").await?;
            write.commit().await?;
            if is_done {
                let step = NewStep {
                    id: EntryId(self.id()),
                    step: Step::Finish,
                    effect: None,
                    content: "Разговор прошёл, команда увидела свои данные".to_owned(),
                };
                let mut write = self.write(self.place.manager, 9).await?;
                write
                    .step_support(new.id, &step, SupportState::Done)
                    .await?;
                audit(&mut write, "support.update").await?;
                write.commit().await?;
            }
        }
        Ok(())
    }
}

fn key(cell: &StoredCell) -> SupportCell {
    SupportCell {
        year: cell.year,
        subject: cell.subject.clone(),
        grade: cell.grade,
    }
}

async fn audit(write: &mut Write, action: &str) -> anyhow::Result<()> {
    let details = serde_json::json!({ "demo": true });
    write.audit(action, "review".to_owned(), details).await?;
    Ok(())
}
