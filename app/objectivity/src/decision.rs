//! How a run decided: budgets, cuts and operating curve of each size, and the run's doubts about itself.

use serde::{Deserialize, Serialize};

use crate::cell::Text;

/// One point of an operating curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct OperatingPoint {
    /// Share of honest schools that would be shown, 0–1.
    pub honest_share: f64,
    /// Share of inflated schools that would be shown, by the engine's own ways of inflating at half-normal strengths, 0–1.
    pub found_share: f64,
}

/// What was decided about the schools of one size in one procedure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SizeDecision {
    /// Calendar year of the procedure.
    pub year: i32,
    /// Subject code.
    pub subject: String,
    /// Grade.
    pub grade: u8,
    /// Fewest works of the size bin; smaller schools that are judged belong to the first bin.
    pub smallest: u32,
    /// Most works of the size bin; `None`: no limit.
    pub largest: Option<u32>,
    /// Schools judged.
    pub schools: u32,
    /// Of them shown as attention.
    pub attention: u32,
    /// Of them shown as signs.
    pub signs: u32,
    /// ln of the likelihood ratio from which the budget of attention is kept.
    pub attention_from: f64,
    /// The same for signs, where a second family supports them.
    pub signs_from: f64,
    /// Share of inflated schools shown as signs at the run's budget, as in [`OperatingPoint::found_share`].
    pub signs_found_share: f64,
    /// From the strictest budget to the widest.
    pub curve: Vec<OperatingPoint>,
}

/// Why a run speaks more quietly about one procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Honest schools vary more than their nulls: nothing is called signs.
    NullTooNarrow,
    /// More schools look inflated than the nulls were made for: the engine finds too little.
    ManyInflated,
    /// Works pile up at mark boundaries over the whole region: boundaries, marking or results are special.
    RegionPile,
    /// Earlier results hardly tell present ones: another scale, another paper or other pupils.
    PriorUnrelated,
}

/// A doubt of the run about one procedure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunDoubt {
    /// Calendar year of the procedure.
    pub year: i32,
    /// Subject code.
    pub subject: String,
    /// Grade.
    pub grade: u8,
    /// Which.
    pub doubt: Doubt,
    /// The number that gave rise to it.
    pub value: f64,
    /// Its limit.
    pub limit: f64,
    /// In words.
    pub text: Text,
}

impl Doubt {
    /// What it means and what was done.
    #[must_use]
    pub fn text(self) -> Text {
        let (ru, en) = match self {
            Self::NullTooNarrow => (
                "Честные школы различаются сильнее, чем предполагает расчёт: возможны разные варианты, шкалы или условия. «Признаки» по этой процедуре не ставятся, только «внимание».",
                "Honest schools differ more than the calculation assumes: booklets, scales or conditions may differ. Nothing in this procedure is called signs, only attention.",
            ),
            Self::ManyInflated => (
                "Необычных результатов слишком много, чтобы отличать их от обычных: расчёт находит не всех, сравнивайте с независимыми данными.",
                "There are too many unusual results to tell them from usual ones: the calculation misses some; compare with independent data.",
            ),
            Self::RegionPile => (
                "Скопление на порогах отметок видно по всему району: проверьте пороги и единую проверку, прежде чем говорить о школах.",
                "Works pile up at mark boundaries everywhere: check boundaries and common marking before speaking about schools.",
            ),
            Self::PriorUnrelated => (
                "Прежние результаты почти не связаны с нынешними: другая шкала, другая работа или другие ученики. Изменение к прежним результатам мало что значит.",
                "Earlier results hardly tell present ones: another scale, another paper or other pupils. The change from earlier results means little.",
            ),
        };
        Text {
            ru: ru.to_owned(),
            en: en.to_owned(),
        }
    }

    /// Whether signs are lowered to attention.
    #[must_use]
    pub fn lowers_signs(self) -> bool {
        matches!(self, Self::NullTooNarrow)
    }
}
