//! What the demo's people have recorded: documents, mechanisms, change logs, context, SWOT and risks. All invented.

use std::collections::BTreeMap;

use anyhow::Context;
use api::assessment::evidence::{EvidenceSource, NewEvidence};
use api::assessment::mechanism::{AnswerCell, AssessmentState, OpenAssessment, Side};
use api::id::{
    AssessmentId, DocumentId, EntryId, EvidenceId, MunicipalityId, OrganisationId, PersonId,
    SchoolChangeId, SupportId, SwotItemId,
};
use api::management::support::{Effect, Executor, NewStep, NewSupport, Step, SupportState};
use api::papers::document::NewDocument;
use api::schools::school_change::{ActionKind, ChangeAction, ChangeState, SchoolChange};
use api::schools::school_context::Passport;
use api::schools::school_profile::{Quadrant, RiskMark, SwotItem};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use time::Date;
use uuid::Uuid;

use super::results::context_factors;
use super::schools::SCHOOLS;
use crate::rules::day::iso;
use crate::rules::management::support::after;
use crate::rules::schools::change::windows;
use crate::rules::schools::context::shares_of;
use crate::store::{Author, EvidenceOwner, NewForm, NewRecord, RecordKind, Store, Write};

/// Where the records go.
pub struct Place<'a> {
    /// Store.
    pub store: &'a Store,
    /// Municipality.
    pub municipality: MunicipalityId,
    /// Now.
    pub now_ms: i64,
    /// Today there.
    pub today: Date,
    /// Seed of the demo.
    pub seed: u64,
    /// Schools in the order of [`SCHOOLS`].
    pub schools: &'a [OrganisationId],
    /// Their heads.
    pub heads: &'a [PersonId],
    /// The manager.
    pub manager: PersonId,
    /// The expert.
    pub expert: PersonId,
}

const DAY_MS: i64 = 24 * 3_600_000;

/// Makes all records.
///
/// # Errors
/// Those of the store.
pub async fn fill(place: &Place<'_>, forms: &[NewForm]) -> anyhow::Result<()> {
    let mut maker = Maker {
        place,
        random: ChaCha8Rng::seed_from_u64(place.seed ^ 0x5ec0),
        made: 0,
    };
    let documents = maker.documents().await?;
    maker.mechanisms(forms, &documents).await?;
    maker.contexts().await?;
    maker.changes().await?;
    maker.profiles().await?;
    maker.supports().await?;
    maker.programme(&documents).await
}

/// Makes records, with ids that are the same for the same seed and day.
pub(super) struct Maker<'a> {
    /// Where.
    pub(super) place: &'a Place<'a>,
    random: ChaCha8Rng,
    made: u64,
}

impl Maker<'_> {
    /// The next id, the same for the same seed and day.
    pub(super) fn id(&mut self) -> Uuid {
        let mut random = [0; 10];
        self.random.fill_bytes(&mut random);
        self.made += 1;
        let now_ms = self.place.now_ms;
        let day_ms = u64::try_from(now_ms - now_ms.rem_euclid(DAY_MS)).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(day_ms + 500_000 + self.made, &random).into_uuid()
    }

    /// A change by this person so many days ago.
    pub(super) async fn write(&self, person: PersonId, days: i64) -> anyhow::Result<Write> {
        let author = Author {
            municipality: self.place.municipality,
            person: Some(person),
        };
        let at_ms = self.place.now_ms - days * DAY_MS;
        Ok(self.place.store.write(author, at_ms).await?)
    }

    /// Orders and regulations of the district, and one order of each of some schools.
    async fn documents(&mut self) -> anyhow::Result<Vec<DocumentId>> {
        const DISTRICT: [(&str, &str, &str); 8] = [
            (
                "regulation",
                "Положение о муниципальной системе оценки качества",
                "31",
            ),
            (
                "order",
                "Об обеспечении объективности процедур оценки",
                "118",
            ),
            ("regulation", "Программа повышения объективности", "7"),
            ("protocol", "Протокол заседания рабочей группы", "3"),
            ("analytic_note", "Справка об объективности процедур", "12"),
            ("recommendations", "Рекомендации школам по итогам ВПР", "5"),
            (
                "roadmap",
                "Дорожная карта работы со школами с низкими результатами",
                "64",
            ),
            ("decision", "Решение о методической помощи школам", "9"),
        ];
        let year = self.place.today.year();
        let mut made = Vec::new();
        let mut write = self.write(self.place.manager, 60).await?;
        for (index, (kind, title, number)) in DISTRICT.into_iter().enumerate() {
            let id = DocumentId(self.id());
            write
                .add_document(&NewDocument {
                    id,
                    organisation: None,
                    kind: kind.to_owned(),
                    title: format!("{title} (вымышлено)"),
                    number: Some(number.to_owned()),
                    date: Some(format!("{}-{:02}-15", year - 1, 9 + index % 3)),
                    link: Some(format!("https://district.example/documents/{number}")),
                    file: None,
                    owner: Some("руководитель управления образования".to_owned()),
                })
                .await?;
            made.push(id);
        }
        for index in [0, 4, 7, 13, 23, 24, 29] {
            let id = DocumentId(self.id());
            write
                .add_document(&NewDocument {
                    id,
                    organisation: Some(self.place.schools[index]),
                    kind: "order".to_owned(),
                    title: "О порядке проведения и проверки работ (вымышлено)".to_owned(),
                    number: Some((14 + index).to_string()),
                    date: Some(format!("{year}-01-12")),
                    link: None,
                    file: None,
                    owner: Some("заместитель директора".to_owned()),
                })
                .await?;
        }
        audit(&mut write, "document.update", "documents").await?;
        write.commit().await?;
        Ok(made)
    }

    /// Last year's assessment, concluded, and this year's, nearly filled in.
    async fn mechanisms(
        &mut self,
        forms: &[NewForm],
        documents: &[DocumentId],
    ) -> anyhow::Result<()> {
        let form = forms
            .iter()
            .find(|form| form.purpose == "mechanisms")
            .context("the criteria of mechanisms are not shipped")?;
        let read: forms::Form = serde_json::from_str(&form.document)?;
        let cells: Vec<String> = read
            .walk()
            .filter_map(|walked| match walked.node {
                forms::form::Node::Question(question) if question.companion.is_none() => {
                    Some(question.name.clone())
                }
                _ => None,
            })
            .collect();
        let year = self.place.today.year();
        let before = self
            .assessment(year - 1, &cells, documents, 365, cells.len())
            .await?;
        let mut write = self.write(self.place.expert, 340).await?;
        for (index, cell) in cells.iter().enumerate() {
            // The expert sees most cells as the district does, and a few one level lower.
            let own = level(index, 0);
            let judged = if index % 9 == 4 {
                own.saturating_sub(1)
            } else {
                own
            };
            let comment = (judged != own).then(|| "Документ есть, применения не видно".to_owned());
            self.answer(
                &mut write,
                before,
                cell,
                Side::Expert,
                Some(judged),
                comment,
            )
            .await?;
        }
        write.commit().await?;
        let mut write = self.write(self.place.manager, 330).await?;
        for (index, cell) in cells.iter().enumerate() {
            let own = level(index, 0);
            if index % 9 == 4 && own > 0 {
                let agreed = (index % 2 == 0).then_some(own - 1);
                let comment = agreed
                    .is_none()
                    .then(|| "Применение подтверждают протоколы, приложим".to_owned());
                self.answer(&mut write, before, cell, Side::Agreed, agreed, comment)
                    .await?;
            }
        }
        write
            .set_assessment_state(before, AssessmentState::Submitted)
            .await?;
        write
            .set_assessment_state(before, AssessmentState::Concluded)
            .await?;
        audit(&mut write, "mechanism.submit", "assessment").await?;
        write.commit().await?;
        // Two cells are left to whoever tries the demo.
        self.assessment(year, &cells, documents, 20, cells.len() - 2)
            .await?;
        Ok(())
    }

    async fn assessment(
        &mut self,
        year: i32,
        cells: &[String],
        documents: &[DocumentId],
        days: i64,
        filled: usize,
    ) -> anyhow::Result<AssessmentId> {
        let new = OpenAssessment {
            id: AssessmentId(self.id()),
            year,
        };
        let growth = u8::from(days < 100);
        let mut write = self.write(self.place.manager, days).await?;
        let (id, _) = write
            .open_assessment(&new)
            .await?
            .context("the criteria of mechanisms are not published")?;
        for (index, cell) in cells.iter().enumerate().take(filled) {
            let level = level(index, growth);
            self.answer(&mut write, id, cell, Side::Own, Some(level), None)
                .await?;
            if level >= 2 && index % 4 != 3 {
                let document = documents[index % documents.len()];
                let new = NewEvidence {
                    id: EvidenceId(self.id()),
                    item: cell.clone(),
                    title: "Документ района (вымышлено)".to_owned(),
                    source: EvidenceSource::Document { document },
                    reused_from: None,
                };
                write
                    .add_evidence(EvidenceOwner::Assessment(id), &new)
                    .await?;
            }
        }
        audit(&mut write, "mechanism.update", "assessment").await?;
        write.commit().await?;
        Ok(id)
    }

    async fn answer(
        &mut self,
        write: &mut Write,
        assessment: AssessmentId,
        cell: &str,
        side: Side,
        level: Option<u8>,
        comment: Option<String>,
    ) -> anyhow::Result<()> {
        let answer = AnswerCell {
            id: self.id(),
            level,
            comment,
        };
        write.answer_cell(assessment, cell, side, &answer).await?;
        Ok(())
    }

    /// Passports of this year: most are whole, a few have gaps, a few are missing.
    async fn contexts(&mut self) -> anyhow::Result<()> {
        let year = self.place.today.year();
        for (index, school) in SCHOOLS.iter().enumerate() {
            if index % 9 == 5 {
                continue;
            }
            let shares = context_factors(index, self.place.seed);
            let count = |share: f64| (share * f64::from(school.pupils) / 100.0).round() as u32;
            let mut counts: BTreeMap<String, u32> = shares
                .iter()
                .enumerate()
                .map(|(at, share)| (format!("CF-{:02}", at + 1), count(*share)))
                .collect();
            if index % 10 == 2 {
                // Three gaps: no index, and the page says why.
                for gap in ["CF-06", "CF-08", "CF-09"] {
                    counts.remove(gap);
                }
            }
            counts.insert("CF-11".to_owned(), count(21.0));
            let passport = Passport {
                year,
                pupils: school.pupils,
                date: format!("{year}-01-15"),
                source: "social_passport".to_owned(),
                small_school: school.is_small(),
                rural: school.is_rural(),
                counts,
            };
            let organisation = self.place.schools[index];
            let mut write = self.write(self.place.heads[index], 30).await?;
            write
                .add_record(&NewRecord {
                    operation: self.id(),
                    organisation,
                    kind: RecordKind::Context,
                    year,
                    key: "passport".to_owned(),
                    document: Some(&passport),
                })
                .await?;
            write
                .put_shares(organisation, year, &shares_of(&passport), passport.pupils)
                .await?;
            audit(&mut write, "context.update", "organisation").await?;
            write.commit().await?;
        }
        Ok(())
    }

    /// Logs of most schools, with reports of the windows that are over.
    async fn changes(&mut self) -> anyhow::Result<()> {
        const CHANGES: [(&str, &str, f64, f64, &str, &str); 4] = [
            (
                "Критерии текущих отметок по математике",
                "доля учеников, подтвердивших отметку на ВПР",
                61.0,
                75.0,
                "Приказ о единых критериях",
                "Занятие о согласовании подходов к проверке",
            ),
            (
                "Разбор результатов внешних работ",
                "доля параллелей, где результаты разобраны с причинами",
                40.0,
                100.0,
                "Разбор внесён в план контроля",
                "Помощь методиста в анализе заданий",
            ),
            (
                "Переход из 4 в 5 класс",
                "доля учеников 5 класса на базовом уровне",
                68.0,
                80.0,
                "Взаимные посещения уроков по графику",
                "Общие образцы работ с разобранными баллами",
            ),
            (
                "Подготовка проверяющих",
                "доля учителей, прошедших курс об оценивании",
                25.0,
                60.0,
                "Распределение проверяющих приказом",
                "Курс об оценивании и обратной связи",
            ),
        ];
        let begins = crate::rules::day::school_year(self.place.today);
        for index in 0..SCHOOLS.len() {
            if index % 6 == 5 {
                continue;
            }
            let organisation = self.place.schools[index];
            let mut write = self.write(self.place.heads[index], 40).await?;
            let mut own = Vec::new();
            for (object, indicator, baseline, target, administrative, supporting) in
                CHANGES.into_iter().skip(index % 3).take(1 + index % 3)
            {
                let shift = f64::from(self.random.random_range(0_u32..9));
                let is_done = index % 4 == 0 && own.is_empty();
                let actual = if is_done {
                    target
                } else {
                    (baseline + shift).min(target)
                };
                let action = |kind: ActionKind, text: &str, done: bool| ChangeAction {
                    kind,
                    text: text.to_owned(),
                    done,
                };
                let change = SchoolChange {
                    id: SchoolChangeId(self.id()),
                    object: object.to_owned(),
                    indicator: indicator.to_owned(),
                    unit: "%".to_owned(),
                    baseline: Some(baseline),
                    target: Some(target),
                    actual: Some(actual),
                    actions: vec![
                        action(ActionKind::Administrative, administrative, true),
                        action(ActionKind::Supporting, supporting, is_done),
                    ],
                    starts: Some(format!("{begins}-09-01")),
                    ends: Some(format!("{}-05-31", begins + 1)),
                    effect: if is_done {
                        "Показатель вырос до цели, порядок закреплён положением".to_owned()
                    } else {
                        String::new()
                    },
                    state: if is_done {
                        ChangeState::Done
                    } else {
                        ChangeState::Running
                    },
                };
                write
                    .add_record(&NewRecord {
                        operation: self.id(),
                        organisation,
                        kind: RecordKind::Change,
                        year: 0,
                        key: change.id.to_string(),
                        document: Some(&change),
                    })
                    .await?;
                own.push(change);
            }
            for (number, window) in windows(self.place.today).into_iter().enumerate() {
                let is_over = window.closes < self.place.today;
                if is_over && (index + number) % 5 != 4 {
                    let id = self.id();
                    write
                        .freeze_report(id, organisation, &window.key(), 1, None, &own)
                        .await?;
                }
            }
            audit(&mut write, "change.update", "organisation").await?;
            write.commit().await?;
        }
        Ok(())
    }

    /// SWOT sheets and risks of some schools.
    async fn profiles(&mut self) -> anyhow::Result<()> {
        const ITEMS: [(Quadrant, &str, &str, u8, &[&str]); 6] = [
            (
                Quadrant::Strength,
                "Учителя начальных классов вместе проверяют работы",
                "протоколы методобъединения",
                2,
                &[],
            ),
            (
                Quadrant::Strength,
                "Результаты по русскому языку растут второй год",
                "ВПР за два года",
                3,
                &[],
            ),
            (
                Quadrant::Weakness,
                "Отметки по математике выше результатов внешних работ",
                "сравнение с журналом",
                3,
                &["SM-02", "SM-03"],
            ),
            (
                Quadrant::Weakness,
                "Результаты разбирают без причин",
                "справки за год",
                2,
                &["SM-09"],
            ),
            (
                Quadrant::Opportunity,
                "Соседняя школа готова к взаимной проверке",
                "договор",
                2,
                &["SM-07"],
            ),
            (
                Quadrant::Threat,
                "Учитель физики уходит на пенсию",
                "штатное расписание",
                2,
                &[],
            ),
        ];
        const RISKS: [(&str, u8, Option<u8>, &[&str]); 6] = [
            ("RP-02", 2, Some(2), &[]),
            ("RP-05", 3, Some(1), &["SM-02", "SM-03"]),
            ("RP-06", 2, Some(1), &["SM-18"]),
            ("RP-08", 0, None, &[]),
            ("RP-11", 2, Some(2), &["SM-09"]),
            ("RP-14", 1, Some(1), &["SM-10"]),
        ];
        let year = self.place.today.year();
        let ids = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<_>>();
        for index in [0, 4, 12, 13, 18, 24, 25, 29] {
            let organisation = self.place.schools[index];
            let mut write = self.write(self.place.heads[index], 25).await?;
            for (quadrant, text, evidence, importance, measures) in
                ITEMS.into_iter().skip(index % 2)
            {
                let item = SwotItem {
                    id: SwotItemId(self.id()),
                    quadrant,
                    text: text.to_owned(),
                    evidence: evidence.to_owned(),
                    importance,
                    measures: ids(measures),
                };
                write
                    .add_record(&NewRecord {
                        operation: self.id(),
                        organisation,
                        kind: RecordKind::Swot,
                        year,
                        key: item.id.to_string(),
                        document: Some(&item),
                    })
                    .await?;
            }
            for (factor, significance, manageability, measures) in RISKS {
                let mark = RiskMark {
                    factor: factor.to_owned(),
                    significance,
                    manageability,
                    note: String::new(),
                    measures: ids(measures),
                };
                write
                    .add_record(&NewRecord {
                        operation: self.id(),
                        organisation,
                        kind: RecordKind::Risk,
                        year,
                        key: factor.to_owned(),
                        document: Some(&mark),
                    })
                    .await?;
            }
            audit(&mut write, "profile.update", "organisation").await?;
            write.commit().await?;
        }
        Ok(())
    }
}

/// Levels of the demo: later steps of the cycle are weaker, as in most districts, and grow a little.
fn level(cell: usize, growth: u8) -> u8 {
    let (mechanism, step) = (cell / 8, cell % 8);
    let base = 3_usize.saturating_sub(step / 3) + usize::from(mechanism % 4 == 0);
    let lowered = base.saturating_sub(usize::from((mechanism * 5 + step * 3).is_multiple_of(4)));
    let grown = lowered + usize::from(growth > 0 && (mechanism + step) % 5 == 2);
    u8::try_from(grown.min(3)).unwrap_or(3)
}

/// A measure agreed with a school of the demo, and how far it has come.
struct Agreed {
    school: usize,
    measure: &'static str,
    level: u8,
    reason: &'static str,
    due_days: i64,
    steps: &'static [Step],
}

impl Maker<'_> {
    /// Measures agreed with three schools: one looked at, one done, one under way.
    async fn supports(&mut self) -> anyhow::Result<()> {
        const AGREED: [Agreed; 3] = [
            Agreed {
                school: 0,
                measure: "SM-02",
                level: 1,
                reason: "Отметки в журнале выше, чем за работу: сверить подходы к проверке",
                due_days: -20,
                steps: &[Step::Begin, Step::Finish, Step::Check],
            },
            Agreed {
                school: 4,
                measure: "SM-09",
                level: 1,
                reason: "Задания на проценты решены хуже, чем у похожих школ",
                due_days: -3,
                steps: &[Step::Begin, Step::Finish],
            },
            Agreed {
                school: 25,
                measure: "SM-13",
                level: 2,
                reason: "Новая команда просит сопровождения до конца года",
                due_days: 160,
                steps: &[Step::Begin],
            },
        ];
        for agreed in AGREED {
            let mut write = self.write(self.place.manager, 60).await?;
            let new = NewSupport {
                id: SupportId(self.id()),
                organisation: self.place.schools[agreed.school],
                measure: agreed.measure.to_owned(),
                cell: None,
                reason: agreed.reason.to_owned(),
                executor: Executor::MethodicalService,
                due: iso(self.place.today + time::Duration::days(agreed.due_days)),
                exception: None,
            };
            write.agree_support(&new, agreed.level).await?;
            audit(&mut write, "support.create", "support").await?;
            write.commit().await?;
            let mut state = SupportState::Planned;
            for (days, step) in [50, 30, 10].into_iter().zip(agreed.steps) {
                state = after(state, *step).context("the demo's steps follow each other")?;
                let is_check = *step == Step::Check;
                let mut write = self.write(self.place.manager, days).await?;
                let step = NewStep {
                    id: EntryId(self.id()),
                    step: *step,
                    effect: is_check.then_some(Effect::Partly),
                    content: match step {
                        Step::Begin => String::new(),
                        Step::Check => "В следующей работе разница с журналом меньше".to_owned(),
                        _ => "Занятие прошло, образцы разобраны".to_owned(),
                    },
                };
                write.step_support(new.id, &step, state).await?;
                audit(&mut write, "support.update", "support").await?;
                write.commit().await?;
            }
        }
        Ok(())
    }
}

/// An entry of the log that says it is of the demo.
pub(super) async fn audit(write: &mut Write, action: &str, object: &str) -> anyhow::Result<()> {
    let details = serde_json::json!({ "demo": true });
    write.audit(action, object.to_owned(), details).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demos_levels_are_levels_and_grow() {
        let sum = |growth| {
            (0..72)
                .map(|cell| u32::from(level(cell, growth)))
                .sum::<u32>()
        };
        assert!((0..72).all(|cell| level(cell, 1) <= 3));
        assert!(sum(1) > sum(0));
    }
}
