//! The monitoring calendar (календарь мониторинга): what returns every year, and who does it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::session::Role;
use crate::text::Text;

/// The calendar of a school year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Calendar {
    /// Year in which the school year begins.
    pub year: i32,
    /// The month of today, `2026-11`.
    pub today: String,
    /// Months from September to August.
    pub months: Vec<CalendarMonth>,
    /// What must be known of the dates.
    pub note: Text,
}

/// A month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CalendarMonth {
    /// `2026-11`.
    pub month: String,
    /// What falls into it.
    pub items: Vec<CalendarItem>,
}

/// Something that returns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CalendarItem {
    /// Stable id: `MC-01`.
    pub id: String,
    /// Title.
    pub title: Text,
    /// How often.
    pub frequency: Text,
    /// Who does it.
    pub responsible: Vec<Text>,
    /// Is the caller among them?
    pub is_own: bool,
    /// What comes out, by name.
    pub output: Vec<Text>,
    /// Document and place it comes from; absent for a proposal of the platform.
    pub source: Option<String>,
    /// Where to do it, an address of the work area.
    pub href: Option<String>,
    /// Week of the month, where one is fixed.
    pub week: Option<u8>,
}

/// Who does what, as roles of the product.
pub const RESPONSIBLE: &[(&str, &[Role])] = &[
    ("manager", &[Role::Manager]),
    ("coordinator", &[Role::Coordinator]),
    ("methodist", &[Role::Methodist]),
    ("analyst", &[Role::Analyst]),
    ("school_coordinator", &[Role::SchoolCoordinator]),
    ("school_team", &[Role::SchoolTeam, Role::SchoolHead]),
    ("observer", &[Role::Observer]),
    ("expert", &[Role::Expert]),
    ("working_group", &[Role::Manager, Role::Coordinator]),
    ("public", &[]),
];
