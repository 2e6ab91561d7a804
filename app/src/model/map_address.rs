//! What the address of the heat map holds: layer, order, filters, pins, and the open cell.

use api::id::OrganisationId;
use api::procedures::procedure::ProcedureKind;
use api::registry::organisation::Cluster;
use api::results::heat_map::CellState;
use api::results::layer::LayerKind;

use crate::matrix::arrange::{Grouping, Wish};
use crate::matrix::layer::LayerChoice;

/// Which cell is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellKey {
    /// School.
    pub organisation: OrganisationId,
    /// Subject code.
    pub subject: String,
    /// Grade level.
    pub grade: u8,
}

/// How the map is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MapView {
    /// The matrix.
    #[default]
    Matrix,
    /// One line a cell.
    List,
    /// Schools on the ground.
    Place,
}

/// Everything the address holds. Absent parts mean the usual view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MapAddress {
    /// Calendar year.
    pub year: Option<i32>,
    /// Kind of procedure.
    pub procedure: Option<ProcedureKind>,
    /// Layer.
    pub layer: LayerChoice,
    /// Earlier year to compare with.
    pub compare: Option<i32>,
    /// The open cell.
    pub cell: Option<CellKey>,
    /// Order and filters.
    pub wish: Wish,
    /// How the map is shown.
    pub view: MapView,
    /// The one state that stands out.
    pub only: Option<CellState>,
}

/// Kinds with their codes, in the order of the filter.
pub const PROCEDURES: [(ProcedureKind, &str); 7] = [
    (ProcedureKind::Vpr, "vpr"),
    (ProcedureKind::Oge, "oge"),
    (ProcedureKind::Ege, "ege"),
    (ProcedureKind::RegionalDiagnostic, "regional_diagnostic"),
    (ProcedureKind::MunicipalDiagnostic, "municipal_diagnostic"),
    (ProcedureKind::Olympiad, "olympiad"),
    (ProcedureKind::Study, "study"),
];

const STATES: [(CellState, &str); 5] = [
    (CellState::Signs, "signs"),
    (CellState::Attention, "attention"),
    (CellState::Calm, "calm"),
    (CellState::Insufficient, "insufficient"),
    (CellState::NoData, "no_data"),
];

const LAYERS: [(LayerChoice, &str); 6] = [
    (LayerChoice::State, "state"),
    (LayerChoice::Observation, "observation"),
    (LayerChoice::DayBoard, "day"),
    (LayerChoice::Computed(LayerKind::LowResults), "low_results"),
    (
        LayerChoice::Computed(LayerKind::SelfAssessment),
        "self_assessment",
    ),
    (LayerChoice::Computed(LayerKind::Indicators), "indicators"),
];

const GROUPINGS: [(Grouping, &str); 4] = [
    (Grouping::Cluster, "cluster"),
    (Grouping::Territory, "territory"),
    (Grouping::Trajectory, "trajectory"),
    (Grouping::Name, "name"),
];

const VIEWS: [(MapView, &str); 3] = [
    (MapView::Matrix, "matrix"),
    (MapView::List, "list"),
    (MapView::Place, "place"),
];

/// Groups of schools with their codes.
pub const CLUSTERS: [(Cluster, &str); 4] = [
    (Cluster::RuralSmall, "rural_small"),
    (Cluster::Rural, "rural"),
    (Cluster::Urban, "urban"),
    (Cluster::Advanced, "advanced"),
];

fn code<T: PartialEq + Copy>(codes: &[(T, &'static str)], value: T) -> Option<&'static str> {
    codes
        .iter()
        .find(|(other, _)| *other == value)
        .map(|(_, code)| *code)
}

fn by_code<T: Copy>(codes: &[(T, &'static str)], text: &str) -> Option<T> {
    codes
        .iter()
        .find(|(_, code)| *code == text)
        .map(|(value, _)| *value)
}

impl CellKey {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('~');
        let key = CellKey {
            organisation: parts.next()?.parse().ok()?,
            subject: parts.next().filter(|subject| is_plain(subject))?.to_owned(),
            grade: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(key)
    }
}

/// Codes go into addresses unescaped.
fn is_plain(subject: &str) -> bool {
    !subject.is_empty()
        && subject
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-')
}

/// Parts of a parameter that stand between tildes; those that cannot be read are left out.
fn many<T>(text: Option<String>, read: impl Fn(&str) -> Option<T>) -> Vec<T> {
    text.map(|text| text.split('~').filter_map(read).collect())
        .unwrap_or_default()
}

fn plain(text: &str) -> Option<String> {
    is_plain(text).then(|| text.to_owned())
}

impl MapAddress {
    /// Reads the parameters of an address; what cannot be read is left out.
    pub fn parse(parameter: impl Fn(&str) -> Option<String>) -> Self {
        let coded = |name: &str| parameter(name).unwrap_or_default();
        MapAddress {
            year: parameter("year").and_then(|year| year.parse().ok()),
            procedure: by_code(&PROCEDURES, &coded("procedure")),
            layer: by_code(&LAYERS, &coded("layer")).unwrap_or_default(),
            compare: parameter("compare").and_then(|year| year.parse().ok()),
            cell: parameter("cell").and_then(|cell| CellKey::parse(&cell)),
            wish: Wish {
                grouping: by_code(&GROUPINGS, &coded("order")).unwrap_or_default(),
                search: coded("find"),
                clusters: many(parameter("clusters"), |text| by_code(&CLUSTERS, text)),
                subjects: many(parameter("subjects"), plain),
                is_open_only: coded("questions") == "1",
                pinned: many(parameter("pin"), |text| text.parse().ok()),
                pinned_columns: many(parameter("pin_columns"), plain),
            },
            view: by_code(&VIEWS, &coded("view")).unwrap_or_default(),
            only: by_code(&STATES, &coded("only")),
        }
    }

    /// The query of the request for the map's data.
    pub fn data_query(&self) -> String {
        self.data_query_of(self.year)
    }

    /// The same for another year.
    pub fn data_query_of(&self, year: Option<i32>) -> String {
        query(vec![
            year.map(|year| format!("year={year}")),
            self.procedure
                .and_then(|kind| code(&PROCEDURES, kind))
                .map(|code| format!("procedure={code}")),
        ])
    }

    /// The whole address.
    pub fn path(&self) -> String {
        let unusual = |is_unusual: bool, name: &str, code: Option<&str>| {
            code.filter(|_| is_unusual)
                .map(|code| format!("{name}={code}"))
        };
        let list = |name: &str, parts: Vec<String>| {
            (!parts.is_empty()).then(|| format!("{name}={}", parts.join("~")))
        };
        let wish = &self.wish;
        let clusters = wish
            .clusters
            .iter()
            .filter_map(|cluster| code(&CLUSTERS, *cluster))
            .map(str::to_owned)
            .collect();
        let query = query(vec![
            self.year.map(|year| format!("year={year}")),
            self.procedure
                .and_then(|kind| code(&PROCEDURES, kind))
                .map(|code| format!("procedure={code}")),
            unusual(
                self.layer != LayerChoice::default(),
                "layer",
                code(&LAYERS, self.layer),
            ),
            self.compare.map(|year| format!("compare={year}")),
            unusual(
                wish.grouping != Grouping::default(),
                "order",
                code(&GROUPINGS, wish.grouping),
            ),
            (!wish.search.is_empty()).then(|| format!("find={}", escape(&wish.search))),
            list("clusters", clusters),
            list("subjects", wish.subjects.clone()),
            wish.is_open_only.then(|| "questions=1".to_owned()),
            list("pin", wish.pinned.iter().map(ToString::to_string).collect()),
            list("pin_columns", wish.pinned_columns.clone()),
            unusual(
                self.view != MapView::default(),
                "view",
                code(&VIEWS, self.view),
            ),
            self.only
                .and_then(|state| code(&STATES, state))
                .map(|code| format!("only={code}")),
            self.cell
                .as_ref()
                .map(|cell| format!("cell={}~{}~{}", cell.organisation, cell.subject, cell.grade)),
        ]);
        format!("{}{query}", api::work::MAP)
    }
}

/// Text as a value of a query.
///
/// # Source
/// RFC 3986, 2.1 and 2.3.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

fn query(parts: Vec<Option<String>>) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!("?{}", parts.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str) -> MapAddress {
        let query = path
            .split_once('?')
            .map_or("", |(_, query)| query)
            .to_owned();
        MapAddress::parse(move |name| {
            query
                .split('&')
                .filter_map(|part| part.split_once('='))
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.to_owned())
        })
    }

    fn school() -> OrganisationId {
        "0193aa00-0000-7000-8000-000000000005"
            .parse()
            .expect("a UUID")
    }

    #[test]
    fn an_address_reads_back_as_written() {
        let address = MapAddress {
            year: Some(2025),
            procedure: Some(ProcedureKind::RegionalDiagnostic),
            layer: LayerChoice::Computed(LayerKind::LowResults),
            compare: Some(2024),
            cell: Some(CellKey {
                organisation: school(),
                subject: "math".to_owned(),
                grade: 5,
            }),
            wish: Wish {
                grouping: Grouping::Territory,
                search: "lyceum-2".to_owned(),
                clusters: vec![Cluster::Rural, Cluster::Urban],
                subjects: vec!["math".to_owned(), "russian".to_owned()],
                is_open_only: true,
                pinned: vec![school()],
                pinned_columns: vec!["math-5".to_owned()],
            },
            view: MapView::List,
            only: Some(CellState::Signs),
        };
        assert_eq!(read(&address.path()), address);
    }

    #[test]
    fn the_usual_view_has_a_bare_address() {
        assert_eq!(MapAddress::default().path(), "/app/map");
        assert_eq!(read("/app/map"), MapAddress::default());
    }

    #[test]
    fn nonsense_in_an_address_is_left_out() {
        let address = read(
            "/app/map?year=soon&procedure=x&cell=1~2~3~4&only=guilty&view=globe&pin=1~2&subjects=a%20b&layer=all",
        );
        assert_eq!(address, MapAddress::default());
        assert_eq!(
            CellKey::parse("0193aa00-0000-7000-8000-000000000005~ma/th~5"),
            None
        );
    }

    #[test]
    fn what_people_typed_is_escaped() {
        let mut address = MapAddress::default();
        address.wish.search = "№ 2&x".to_owned();
        assert_eq!(address.path(), "/app/map?find=%E2%84%96%202%26x");
    }
}
