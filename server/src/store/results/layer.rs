//! Figures for layers of the heat map, aggregated by the database.

use api::id::{MunicipalityId, OrganisationId};
use objectivity::statistics::score_sums::ScoreSums;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::store::entity::results::result;
use crate::store::{Store, StoreError};

/// Works of a school by mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SchoolMarks {
    /// Paper.
    pub paper: Uuid,
    /// School.
    pub organisation: OrganisationId,
    /// Mark, 2–5.
    pub mark: u8,
    /// Works.
    pub works: u64,
}

/// Works of a school by mark and by the mark of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkPair {
    /// Paper.
    pub paper: Uuid,
    /// School.
    pub organisation: OrganisationId,
    /// Mark for the work, 2–5.
    pub mark: u8,
    /// Mark of the register, 2–5.
    pub register_mark: u8,
    /// Works.
    pub works: u64,
}

impl Store {
    /// Works of papers by school and mark; works without a mark are left out.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn school_marks(
        &self,
        municipality: MunicipalityId,
        papers: &[Uuid],
    ) -> Result<Vec<SchoolMarks>, StoreError> {
        #[derive(FromQueryResult)]
        struct Count {
            paper_id: Uuid,
            organisation_id: Uuid,
            mark: i32,
            works: i64,
        }
        if papers.is_empty() {
            return Ok(Vec::new());
        }
        let rows = result::Entity::find()
            .select_only()
            .column(result::Column::PaperId)
            .column(result::Column::OrganisationId)
            .column(result::Column::Mark)
            .column_as(result::Column::RowNumber.count(), "works")
            .filter(result::Column::MunicipalityId.eq(municipality.0))
            .filter(result::Column::SupersededBy.is_null())
            .filter(result::Column::PaperId.is_in(papers.iter().copied()))
            .filter(result::Column::Mark.is_not_null())
            .group_by(result::Column::PaperId)
            .group_by(result::Column::OrganisationId)
            .group_by(result::Column::Mark)
            .into_model::<Count>()
            .all(&self.reader)
            .await?;
        Ok(rows
            .into_iter()
            .filter_map(|row| {
                Some(SchoolMarks {
                    paper: row.paper_id,
                    organisation: OrganisationId(row.organisation_id),
                    mark: u8::try_from(row.mark).ok()?,
                    works: row.works.unsigned_abs(),
                })
            })
            .collect())
    }

    /// Sums of raw scores of papers by school; works without a raw score are left out.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn school_sums(
        &self,
        municipality: MunicipalityId,
        papers: &[Uuid],
    ) -> Result<Vec<(Uuid, OrganisationId, ScoreSums)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Sums {
            paper_id: Uuid,
            organisation_id: Uuid,
            works: i64,
            total: i64,
            squares: i64,
        }
        if papers.is_empty() {
            return Ok(Vec::new());
        }
        let raw = || Expr::col(result::Column::Raw);
        let rows = result::Entity::find()
            .select_only()
            .column(result::Column::PaperId)
            .column(result::Column::OrganisationId)
            .column_as(result::Column::Raw.count(), "works")
            .column_as(result::Column::Raw.sum(), "total")
            .column_as(Expr::expr(raw().mul(raw())).sum(), "squares")
            .filter(result::Column::MunicipalityId.eq(municipality.0))
            .filter(result::Column::SupersededBy.is_null())
            .filter(result::Column::PaperId.is_in(papers.iter().copied()))
            .filter(result::Column::Raw.is_not_null())
            .group_by(result::Column::PaperId)
            .group_by(result::Column::OrganisationId)
            .into_model::<Sums>()
            .all(&self.reader)
            .await?;
        Ok(rows
            .into_iter()
            .filter_map(|row| {
                let [works, total, squares] =
                    [row.works, row.total, row.squares].map(i64::unsigned_abs);
                let sums = ScoreSums::of_sums(works, total, squares)?;
                Some((row.paper_id, OrganisationId(row.organisation_id), sums))
            })
            .collect())
    }

    /// Works of papers by school, mark and mark of the register; works without one of both are left out.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn mark_pairs(
        &self,
        municipality: MunicipalityId,
        papers: &[Uuid],
    ) -> Result<Vec<MarkPair>, StoreError> {
        #[derive(FromQueryResult)]
        struct Count {
            paper_id: Uuid,
            organisation_id: Uuid,
            mark: i32,
            register_mark: i32,
            works: i64,
        }
        if papers.is_empty() {
            return Ok(Vec::new());
        }
        let rows = result::Entity::find()
            .select_only()
            .column(result::Column::PaperId)
            .column(result::Column::OrganisationId)
            .column(result::Column::Mark)
            .column(result::Column::RegisterMark)
            .column_as(result::Column::RowNumber.count(), "works")
            .filter(result::Column::MunicipalityId.eq(municipality.0))
            .filter(result::Column::SupersededBy.is_null())
            .filter(result::Column::PaperId.is_in(papers.iter().copied()))
            .filter(result::Column::Mark.is_not_null())
            .filter(result::Column::RegisterMark.is_not_null())
            .group_by(result::Column::PaperId)
            .group_by(result::Column::OrganisationId)
            .group_by(result::Column::Mark)
            .group_by(result::Column::RegisterMark)
            .into_model::<Count>()
            .all(&self.reader)
            .await?;
        Ok(rows
            .into_iter()
            .filter_map(|row| {
                Some(MarkPair {
                    paper: row.paper_id,
                    organisation: OrganisationId(row.organisation_id),
                    mark: u8::try_from(row.mark).ok()?,
                    register_mark: u8::try_from(row.register_mark).ok()?,
                    works: row.works.unsigned_abs(),
                })
            })
            .collect())
    }
}
