//! A school as it is being entered, and what is wrong with it before it is sent.

use api::id::OrganisationId;
use api::registry::organisation::{Cluster, Organisation, OrganisationChange, OrganisationKind};
use leptos::prelude::*;

use crate::text::Wording;
use crate::text::number;
use crate::text::registry::organisation as words;

/// Grades that a school may teach.
pub const GRADES: std::ops::RangeInclusive<u8> = 1..=12;

/// A school as it is being entered.
#[derive(Clone, Copy)]
pub struct Draft {
    id: OrganisationId,
    history: StoredValue<Vec<OrganisationChange>>,
    pub code: RwSignal<String>,
    pub short_name: RwSignal<String>,
    pub name: RwSignal<String>,
    pub kind: RwSignal<OrganisationKind>,
    pub parent: RwSignal<Option<OrganisationId>>,
    pub grades: RwSignal<Vec<u8>>,
    pub pupils: RwSignal<String>,
    pub capacity: RwSignal<String>,
    pub settlement: RwSignal<String>,
    pub is_rural: RwSignal<bool>,
    pub is_small: RwSignal<bool>,
    pub cluster: RwSignal<Cluster>,
    pub latitude: RwSignal<String>,
    pub longitude: RwSignal<String>,
    pub change_kind: RwSignal<String>,
    pub change_date: RwSignal<String>,
    pub change_order: RwSignal<String>,
}

impl Draft {
    /// Nothing is entered yet.
    pub fn empty(id: OrganisationId) -> Self {
        Draft::of(&Organisation {
            id,
            code: String::new(),
            name: String::new(),
            short_name: String::new(),
            kind: OrganisationKind::SecondarySchool,
            cluster: Cluster::Rural,
            grades: (1..=11).collect(),
            small_school: false,
            rural: true,
            pupils: 0,
            capacity: None,
            settlement: String::new(),
            place: None,
            parent: None,
            history: Vec::new(),
        })
    }

    /// Begins with what is known.
    pub fn of(school: &Organisation) -> Self {
        let text = |text: &str| RwSignal::new(text.to_owned());
        let degrees = |at: usize| {
            let shown = school.place.map(|place| place[at].to_string());
            RwSignal::new(shown.unwrap_or_default())
        };
        Draft {
            id: school.id,
            history: StoredValue::new(school.history.clone()),
            code: text(&school.code),
            short_name: text(&school.short_name),
            name: text(&school.name),
            kind: RwSignal::new(school.kind),
            parent: RwSignal::new(school.parent),
            grades: RwSignal::new(school.grades.clone()),
            pupils: RwSignal::new(school.pupils.to_string()),
            capacity: RwSignal::new(
                school
                    .capacity
                    .map(|places| places.to_string())
                    .unwrap_or_default(),
            ),
            settlement: text(&school.settlement),
            is_rural: RwSignal::new(school.rural),
            is_small: RwSignal::new(school.small_school),
            cluster: RwSignal::new(school.cluster),
            latitude: degrees(0),
            longitude: degrees(1),
            change_kind: text(""),
            change_date: text(""),
            change_order: text(""),
        }
    }

    /// Takes a grade in or out.
    pub fn set_grade(self, grade: u8, is_taught: bool) {
        self.grades.update(|grades| {
            grades.retain(|other| *other != grade);
            if is_taught {
                grades.push(grade);
                grades.sort_unstable();
            }
        });
    }

    /// The school, or what is wrong.
    pub fn taken(self) -> Result<Organisation, Wording> {
        let typed = |text: RwSignal<String>| text.get_untracked().trim().to_owned();
        let pupils = count(&typed(self.pupils))?.unwrap_or_default();
        let place = match (
            number::typed(&typed(self.latitude)),
            number::typed(&typed(self.longitude)),
        ) {
            (Some(latitude), Some(longitude)) => Some([latitude, longitude]),
            _ if typed(self.latitude).is_empty() && typed(self.longitude).is_empty() => None,
            _ => return Err(words::place_wrong),
        };
        let mut history = self.history.get_value();
        let kind = typed(self.change_kind);
        if !kind.is_empty() {
            let date = typed(self.change_date);
            if date.is_empty() {
                return Err(words::date_missing);
            }
            history.push(OrganisationChange {
                date,
                kind,
                other: self.parent.get_untracked(),
                order_reference: Some(typed(self.change_order)).filter(|text| !text.is_empty()),
            });
        }
        Ok(Organisation {
            id: self.id,
            code: typed(self.code),
            name: typed(self.name),
            short_name: typed(self.short_name),
            kind: self.kind.get_untracked(),
            cluster: self.cluster.get_untracked(),
            grades: self.grades.get_untracked(),
            small_school: self.is_small.get_untracked(),
            rural: self.is_rural.get_untracked(),
            pupils,
            capacity: count(&typed(self.capacity))?,
            settlement: typed(self.settlement),
            place,
            parent: self.parent.get_untracked(),
            history,
        })
    }
}

/// A whole number as it is typed, spaces between thousands included; blank is none.
fn count(typed: &str) -> Result<Option<u32>, Wording> {
    let plain: String = typed.split_whitespace().collect();
    if plain.is_empty() {
        return Ok(None);
    }
    plain
        .parse()
        .map(Some)
        .map_err(|_| words::number_wrong as Wording)
}
