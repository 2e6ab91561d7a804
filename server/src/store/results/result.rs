//! Papers and pupil-works.

use api::id::{ImportId, MunicipalityId, OrganisationId, ProcedureId};
use api::procedures::procedure::{ProcedureKind, ProcedureLevel};
use objectivity::data::{ItemSpec, Source};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend,
    EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
    Value, sea_query::Expr,
};
use uuid::Uuid;

use crate::store::entity::procedures::procedure;
use crate::store::entity::results::{paper, result};
use crate::store::name::{document, name_of, named};
use crate::store::{Store, StoreError, Write};

/// Marks a missing item in the stored bytes.
pub const MISSING_ITEM: u8 = u8::MAX;

/// A paper with the procedure it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredPaper {
    /// Id.
    pub id: Uuid,
    /// Procedure.
    pub procedure: ProcedureId,
    /// Kind of the procedure.
    pub kind: ProcedureKind,
    /// Calendar year.
    pub year: i32,
    /// Subject code.
    pub subject: String,
    /// Grade level.
    pub grade: u8,
    /// Items in the order of the stored bytes.
    pub items: Vec<ItemSpec>,
    /// Highest raw score.
    pub max_score: u16,
    /// Lowest raw scores of the marks 3, 4 and 5.
    pub cuts: Option<[u16; 3]>,
    /// Who set the cuts.
    pub cuts_source: Option<Source>,
}

/// A pupil-work to be stored, or as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredResult {
    /// Row in the file, 1-based.
    pub row: u32,
    /// School.
    pub organisation: OrganisationId,
    /// Class; empty when the file had none.
    pub class: String,
    /// Code from the school's own list; empty when the file had none.
    pub pupil: String,
    /// Booklet.
    pub booklet: Option<String>,
    /// One byte an item in the order of the paper; [`MISSING_ITEM`] is missing, a shorter row as well.
    pub items: Vec<u8>,
    /// Raw score.
    pub raw_score: Option<u16>,
    /// Mark for the work.
    pub mark: Option<u8>,
    /// Mark in the register.
    pub register_mark: Option<u8>,
    /// Earlier result of the same pupil.
    pub prior_score: Option<f64>,
}

/// Whose work it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PupilKey {
    /// School.
    pub organisation: OrganisationId,
    /// Class.
    pub class: String,
    /// Code from the school's own list.
    pub pupil: String,
}

/// Rows in one statement: 13 parameters each, far below the limits of both databases.
const ROWS_AT_ONCE: usize = 500;
const COLUMNS: &[&str] = &[
    "municipality_id",
    "import_id",
    "row_number",
    "paper_id",
    "organisation_id",
    "class",
    "pupil",
    "booklet",
    "items",
    "raw",
    "mark",
    "register_mark",
    "prior_score",
];

impl Store {
    /// All papers, by year, kind, subject and grade.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn papers(
        &self,
        municipality: MunicipalityId,
    ) -> Result<Vec<StoredPaper>, StoreError> {
        papers(&self.reader, municipality.0).await
    }

    /// All results of a paper, by school and row.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn results(
        &self,
        municipality: MunicipalityId,
        paper: Uuid,
    ) -> Result<Vec<StoredResult>, StoreError> {
        let rows = result::Entity::find()
            .filter(result::Column::MunicipalityId.eq(municipality.0))
            .filter(result::Column::SupersededBy.is_null())
            .filter(result::Column::PaperId.eq(paper))
            .order_by_asc(result::Column::OrganisationId)
            .all(&self.reader)
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| StoredResult {
                row: row.row_number.unsigned_abs(),
                organisation: OrganisationId(row.organisation_id),
                class: row.class,
                pupil: row.pupil,
                booklet: row.booklet,
                items: row.items,
                raw_score: row.raw.and_then(|raw| u16::try_from(raw).ok()),
                mark: row.mark.and_then(|mark| u8::try_from(mark).ok()),
                register_mark: row.register_mark.and_then(|mark| u8::try_from(mark).ok()),
                prior_score: row.prior_score,
            })
            .collect())
    }

    /// Pupils of these schools with a work in force in this paper.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn pupils(
        &self,
        municipality: MunicipalityId,
        paper: Uuid,
        schools: &[OrganisationId],
    ) -> Result<Vec<PupilKey>, StoreError> {
        let rows: Vec<(Uuid, String, String)> = result::Entity::find()
            .select_only()
            .column(result::Column::OrganisationId)
            .column(result::Column::Class)
            .column(result::Column::Pupil)
            .filter(result::Column::MunicipalityId.eq(municipality.0))
            .filter(result::Column::SupersededBy.is_null())
            .filter(result::Column::PaperId.eq(paper))
            .filter(result::Column::Pupil.ne(""))
            .into_tuple()
            .all(&self.reader)
            .await?;
        Ok(rows
            .into_iter()
            .map(|(organisation, class, pupil)| PupilKey {
                organisation: OrganisationId(organisation),
                class,
                pupil,
            })
            .filter(|pupil| schools.contains(&pupil.organisation))
            .collect())
    }

    /// Pupil-works per paper and school.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn result_counts(
        &self,
        municipality: MunicipalityId,
    ) -> Result<Vec<(Uuid, OrganisationId, u64)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Count {
            paper_id: Uuid,
            organisation_id: Uuid,
            works: i64,
        }
        let rows = result::Entity::find()
            .select_only()
            .column(result::Column::PaperId)
            .column(result::Column::OrganisationId)
            .column_as(result::Column::RowNumber.count(), "works")
            .filter(result::Column::MunicipalityId.eq(municipality.0))
            .filter(result::Column::SupersededBy.is_null())
            .group_by(result::Column::PaperId)
            .group_by(result::Column::OrganisationId)
            .into_model::<Count>()
            .all(&self.reader)
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let works = row.works.unsigned_abs();
                (row.paper_id, OrganisationId(row.organisation_id), works)
            })
            .collect())
    }

    /// Pupils of the municipality by raw score of a paper, index = score.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn score_counts(
        &self,
        municipality: MunicipalityId,
        paper: Uuid,
    ) -> Result<Vec<u64>, StoreError> {
        #[derive(FromQueryResult)]
        struct Count {
            raw: i32,
            works: i64,
        }
        let rows = result::Entity::find()
            .select_only()
            .column(result::Column::Raw)
            .column_as(result::Column::RowNumber.count(), "works")
            .filter(result::Column::MunicipalityId.eq(municipality.0))
            .filter(result::Column::SupersededBy.is_null())
            .filter(result::Column::PaperId.eq(paper))
            .filter(result::Column::Raw.is_not_null())
            .group_by(result::Column::Raw)
            .into_model::<Count>()
            .all(&self.reader)
            .await?;
        let mut counts = Vec::new();
        for row in rows {
            let Ok(score) = usize::try_from(row.raw) else {
                continue;
            };
            if counts.len() <= score {
                counts.resize(score + 1, 0);
            }
            counts[score] = row.works.unsigned_abs();
        }
        Ok(counts)
    }

    /// Pupils of the municipality by mark for the work: 2, 3, 4, 5.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn mark_totals(
        &self,
        municipality: MunicipalityId,
        paper: Uuid,
    ) -> Result<[u32; 4], StoreError> {
        #[derive(FromQueryResult)]
        struct Count {
            mark: i32,
            works: i64,
        }
        let rows = result::Entity::find()
            .select_only()
            .column(result::Column::Mark)
            .column_as(result::Column::RowNumber.count(), "works")
            .filter(result::Column::MunicipalityId.eq(municipality.0))
            .filter(result::Column::SupersededBy.is_null())
            .filter(result::Column::PaperId.eq(paper))
            .filter(result::Column::Mark.is_in([2, 3, 4, 5]))
            .group_by(result::Column::Mark)
            .into_model::<Count>()
            .all(&self.reader)
            .await?;
        let mut totals = [0; 4];
        for row in rows {
            if let Some(total) = usize::try_from(row.mark - 2)
                .ok()
                .and_then(|at| totals.get_mut(at))
            {
                *total = u32::try_from(row.works).unwrap_or(u32::MAX);
            }
        }
        Ok(totals)
    }

    /// Pupils of the municipality by mark for the work and mark in the register.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn mark_counts(
        &self,
        municipality: MunicipalityId,
        paper: Uuid,
    ) -> Result<Vec<(u8, u8, u64)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Count {
            mark: i32,
            register_mark: i32,
            works: i64,
        }
        let rows = result::Entity::find()
            .select_only()
            .column(result::Column::Mark)
            .column(result::Column::RegisterMark)
            .column_as(result::Column::RowNumber.count(), "works")
            .filter(result::Column::MunicipalityId.eq(municipality.0))
            .filter(result::Column::SupersededBy.is_null())
            .filter(result::Column::PaperId.eq(paper))
            .filter(result::Column::Mark.is_not_null())
            .filter(result::Column::RegisterMark.is_not_null())
            .group_by(result::Column::Mark)
            .group_by(result::Column::RegisterMark)
            .into_model::<Count>()
            .all(&self.reader)
            .await?;
        Ok(rows
            .into_iter()
            .filter_map(|row| {
                Some((
                    u8::try_from(row.mark).ok()?,
                    u8::try_from(row.register_mark).ok()?,
                    row.works.unsigned_abs(),
                ))
            })
            .collect())
    }
}

async fn papers(
    connection: &impl ConnectionTrait,
    municipality: Uuid,
) -> Result<Vec<StoredPaper>, StoreError> {
    let procedures: std::collections::HashMap<Uuid, ProcedureKind> = procedure::Entity::find()
        .filter(procedure::Column::MunicipalityId.eq(municipality))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| Ok((row.id, named(&row.kind)?)))
        .collect::<Result<_, StoreError>>()?;
    let mut papers = Vec::new();
    for row in paper::Entity::find()
        .filter(paper::Column::MunicipalityId.eq(municipality))
        .order_by_asc(paper::Column::Year)
        .order_by_asc(paper::Column::Subject)
        .order_by_asc(paper::Column::Grade)
        .order_by_asc(paper::Column::Id)
        .all(connection)
        .await?
    {
        let kind = procedures
            .get(&row.procedure_id)
            .copied()
            .ok_or_else(|| StoreError::Meaning(format!("paper {} has no procedure", row.id)))?;
        papers.push(StoredPaper {
            id: row.id,
            procedure: ProcedureId(row.procedure_id),
            kind,
            year: row.year,
            subject: row.subject,
            grade: u8::try_from(row.grade)
                .map_err(|_| StoreError::Meaning(format!("grade {}", row.grade)))?,
            items: document(&row.items)?,
            max_score: u16::try_from(row.max_score).unwrap_or_default(),
            cuts: row.cuts.as_deref().map(document).transpose()?,
            cuts_source: row.cuts_source.as_deref().map(named).transpose()?,
        });
    }
    Ok(papers)
}

impl Write {
    /// All papers as this change sees them.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn papers(&self) -> Result<Vec<StoredPaper>, StoreError> {
        papers(&self.transaction, self.municipality).await
    }

    /// The procedure of this kind and year; made when there is none.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn procedure_for(
        &mut self,
        kind: ProcedureKind,
        year: i32,
    ) -> Result<ProcedureId, StoreError> {
        let known = procedure::Entity::find()
            .filter(procedure::Column::MunicipalityId.eq(self.municipality))
            .filter(procedure::Column::Kind.eq(name_of(&kind)?))
            .filter(procedure::Column::Year.eq(year))
            .order_by_asc(procedure::Column::Opens)
            .order_by_asc(procedure::Column::Id)
            .one(&self.transaction)
            .await?;
        if let Some(known) = known {
            return Ok(ProcedureId(known.id));
        }
        let (level, ru, en) = match kind {
            ProcedureKind::Vpr => (
                ProcedureLevel::Federal,
                "Всероссийские проверочные работы",
                "All-Russian test works",
            ),
            ProcedureKind::Oge => (
                ProcedureLevel::Federal,
                "Основной государственный экзамен",
                "State exam after grade 9",
            ),
            ProcedureKind::Ege => (
                ProcedureLevel::Federal,
                "Единый государственный экзамен",
                "State exam after grade 11",
            ),
            ProcedureKind::RegionalDiagnostic => (
                ProcedureLevel::Regional,
                "Краевые диагностические работы",
                "Regional diagnostic works",
            ),
            ProcedureKind::MunicipalDiagnostic => (
                ProcedureLevel::Municipal,
                "Муниципальные диагностические работы",
                "Municipal diagnostic works",
            ),
            ProcedureKind::Olympiad => (
                ProcedureLevel::Municipal,
                "Олимпиада школьников",
                "Olympiad",
            ),
            ProcedureKind::Study => (
                ProcedureLevel::Municipal,
                "Исследование качества образования",
                "Study of the quality of education",
            ),
        };
        let id = Uuid::now_v7();
        procedure::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(id),
            kind: Set(name_of(&kind)?),
            level: Set(name_of(&level)?),
            title_ru: Set(format!("{ru} {year}")),
            title_en: Set(format!("{en} {year}")),
            year: Set(year),
            opens: Set(format!("{year}-01-01")),
            closes: Set(format!("{year}-12-31")),
            entry: Set(String::new()),
            subjects: Set("[]".to_owned()),
            grades: Set("[]".to_owned()),
            checklist: Set(None),
        }
        .insert(&self.transaction)
        .await?;
        Ok(ProcedureId(id))
    }

    /// Stores a new paper.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn add_paper(&mut self, new: &StoredPaper) -> Result<(), StoreError> {
        self.paper_row(new)?.insert(&self.transaction).await?;
        Ok(())
    }

    /// Stores the items, maximum and scale of a known paper. Items may only be added at the end: stored results
    /// count on their order.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn update_paper(&mut self, known: &StoredPaper) -> Result<(), StoreError> {
        self.paper_row(known)?.update(&self.transaction).await?;
        Ok(())
    }

    fn paper_row(&self, paper: &StoredPaper) -> Result<paper::ActiveModel, StoreError> {
        Ok(paper::ActiveModel {
            municipality_id: Set(self.municipality),
            id: Set(paper.id),
            procedure_id: Set(paper.procedure.0),
            year: Set(paper.year),
            subject: Set(paper.subject.clone()),
            grade: Set(i32::from(paper.grade)),
            items: Set(serde_json::to_string(&paper.items)?),
            max_score: Set(i32::from(paper.max_score)),
            cuts: Set(paper
                .cuts
                .map(|cuts| serde_json::to_string(&cuts))
                .transpose()?),
            cuts_source: Set(paper
                .cuts_source
                .map(|source| name_of(&source))
                .transpose()?),
        })
    }

    /// Stores results of one paper in bulk.
    ///
    /// # Errors
    /// `Duplicate` when a row of the import is there already.
    pub async fn add_results(
        &mut self,
        import: ImportId,
        paper: Uuid,
        results: &[StoredResult],
    ) -> Result<(), StoreError> {
        for chunk in results.chunks(ROWS_AT_ONCE) {
            let backend = self.transaction.get_database_backend();
            let sql = insert_sql(backend, chunk.len());
            let mut values: Vec<Value> = Vec::with_capacity(chunk.len() * COLUMNS.len());
            for row in chunk {
                values.extend([
                    self.municipality.into(),
                    import.0.into(),
                    Value::Int(i32::try_from(row.row).ok()),
                    paper.into(),
                    row.organisation.0.into(),
                    row.class.clone().into(),
                    row.pupil.clone().into(),
                    row.booklet.clone().into(),
                    row.items.clone().into(),
                    Value::Int(row.raw_score.map(i32::from)),
                    Value::Int(row.mark.map(i32::from)),
                    Value::Int(row.register_mark.map(i32::from)),
                    Value::Double(row.prior_score),
                ]);
            }
            self.transaction
                .execute_raw(Statement::from_sql_and_values(backend, sql, values))
                .await?;
        }
        Ok(())
    }

    /// Rows in force of a paper in these schools.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn rows_in_force(
        &self,
        paper: Uuid,
        schools: &[OrganisationId],
    ) -> Result<u64, StoreError> {
        let found = result::Entity::find()
            .filter(self.in_force(paper, schools))
            .count(&self.transaction)
            .await?;
        Ok(found)
    }

    /// Lets an import take the place of the rows in force of a paper in these schools; returns how many there were.
    /// They stay stored, so that undoing the import brings them back.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn supersede(
        &mut self,
        import: ImportId,
        paper: Uuid,
        schools: &[OrganisationId],
    ) -> Result<u64, StoreError> {
        let done = result::Entity::update_many()
            .col_expr(result::Column::SupersededBy, Expr::value(import.0))
            .filter(self.in_force(paper, schools))
            .exec(&self.transaction)
            .await?;
        Ok(done.rows_affected)
    }

    fn in_force(&self, paper: Uuid, schools: &[OrganisationId]) -> Condition {
        Condition::all()
            .add(result::Column::MunicipalityId.eq(self.municipality))
            .add(result::Column::PaperId.eq(paper))
            .add(result::Column::OrganisationId.is_in(schools.iter().map(|school| school.0)))
            .add(result::Column::SupersededBy.is_null())
    }

    /// Rows in force of a paper that are those of the same pupils as the new ones.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn pupils_in_force(
        &self,
        paper: Uuid,
        schools: &[OrganisationId],
        new: &[StoredResult],
    ) -> Result<Vec<(Uuid, i32)>, StoreError> {
        let pupils: std::collections::HashSet<(Uuid, &str, &str)> = new
            .iter()
            .filter(|row| !row.pupil.is_empty())
            .map(|row| (row.organisation.0, row.class.as_str(), row.pupil.as_str()))
            .collect();
        let rows: Vec<(Uuid, i32, Uuid, String, String)> = result::Entity::find()
            .select_only()
            .column(result::Column::ImportId)
            .column(result::Column::RowNumber)
            .column(result::Column::OrganisationId)
            .column(result::Column::Class)
            .column(result::Column::Pupil)
            .filter(self.in_force(paper, schools))
            .into_tuple()
            .all(&self.transaction)
            .await?;
        Ok(rows
            .into_iter()
            .filter(|(_, _, school, class, pupil)| {
                pupils.contains(&(*school, class.as_str(), pupil.as_str()))
            })
            .map(|(import, row, ..)| (import, row))
            .collect())
    }

    /// Lets an import take the place of the rows in force of the same pupils; returns how many there were.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn supersede_pupils(
        &mut self,
        import: ImportId,
        paper: Uuid,
        schools: &[OrganisationId],
        new: &[StoredResult],
    ) -> Result<u64, StoreError> {
        let mut earlier: std::collections::BTreeMap<Uuid, Vec<i32>> =
            std::collections::BTreeMap::new();
        for (import, row) in self.pupils_in_force(paper, schools, new).await? {
            earlier.entry(import).or_default().push(row);
        }
        let mut superseded = 0;
        for (other, rows) in earlier {
            for rows in rows.chunks(ROWS_AT_ONCE) {
                let done = result::Entity::update_many()
                    .col_expr(result::Column::SupersededBy, Expr::value(import.0))
                    .filter(result::Column::MunicipalityId.eq(self.municipality))
                    .filter(result::Column::ImportId.eq(other))
                    .filter(result::Column::RowNumber.is_in(rows.iter().copied()))
                    .exec(&self.transaction)
                    .await?;
                superseded += done.rows_affected;
            }
        }
        Ok(superseded)
    }

    /// Removes all results of an import and brings back those whose place it had taken; returns how many it had.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn remove_results(&mut self, import: ImportId) -> Result<u64, StoreError> {
        // Where a third import has taken the place of this one, it takes the place of what stood before as well.
        let backend = self.transaction.get_database_backend();
        // Of several rows the pupil's own decides, and a row that nothing has replaced before one that something has.
        let later = "FROM result AS later WHERE later.municipality_id = result.municipality_id \
             AND later.import_id = result.superseded_by AND later.paper_id = result.paper_id \
             AND later.organisation_id = result.organisation_id";
        let own = "AND later.class = result.class AND later.pupil = result.pupil";
        let sql = format!(
            "UPDATE result SET superseded_by = CASE \
             WHEN EXISTS (SELECT 1 {later} {own} AND later.superseded_by IS NULL) THEN NULL \
             WHEN EXISTS (SELECT 1 {later} {own}) THEN (SELECT later.superseded_by {later} {own} LIMIT 1) \
             WHEN EXISTS (SELECT 1 {later} AND later.superseded_by IS NULL) THEN NULL \
             ELSE (SELECT later.superseded_by {later} LIMIT 1) END \
             WHERE municipality_id = $1 AND superseded_by = $2"
        );
        self.transaction
            .execute_raw(Statement::from_sql_and_values(
                backend,
                sql,
                [self.municipality.into(), import.0.into()],
            ))
            .await?;
        let done = result::Entity::delete_many()
            .filter(result::Column::MunicipalityId.eq(self.municipality))
            .filter(result::Column::ImportId.eq(import.0))
            .exec(&self.transaction)
            .await?;
        Ok(done.rows_affected)
    }
}

/// `INSERT` of so many rows. The text depends on the number only, so the database prepares it once.
fn insert_sql(backend: DbBackend, rows: usize) -> String {
    use std::fmt::Write as _;
    let mut sql = format!("INSERT INTO result ({}) VALUES ", COLUMNS.join(","));
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ",(" });
        for column in 0..COLUMNS.len() {
            let comma = if column == 0 { "" } else { "," };
            let _ = match backend {
                DbBackend::Postgres => {
                    write!(sql, "{comma}${}", row * COLUMNS.len() + column + 1)
                }
                _ => write!(sql, "{comma}?"),
            };
        }
        sql.push(')');
    }
    sql
}
