//! What the address of the heat map holds: filters, order, and the open cell.

use api::heat_map::CellState;
use api::id::OrganisationId;
use api::procedure::ProcedureKind;

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

/// Everything the address holds. Absent parts mean the usual view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MapAddress {
    /// Calendar year.
    pub year: Option<i32>,
    /// Kind of procedure.
    pub procedure: Option<ProcedureKind>,
    /// The open cell.
    pub cell: Option<CellKey>,
    /// Rows by name instead of by group.
    pub is_by_name: bool,
    /// The list instead of the map.
    pub is_list: bool,
    /// The one state that stands out.
    pub only: Option<CellState>,
}

/// Kinds with their codes, in the order of the filter.
pub const PROCEDURES: [(ProcedureKind, &str); 6] = [
    (ProcedureKind::Vpr, "vpr"),
    (ProcedureKind::Oge, "oge"),
    (ProcedureKind::Ege, "ege"),
    (ProcedureKind::RegionalDiagnostic, "regional_diagnostic"),
    (ProcedureKind::MunicipalDiagnostic, "municipal_diagnostic"),
    (ProcedureKind::Olympiad, "olympiad"),
];

const STATES: [(CellState, &str); 5] = [
    (CellState::Signs, "signs"),
    (CellState::Attention, "attention"),
    (CellState::Calm, "calm"),
    (CellState::Insufficient, "insufficient"),
    (CellState::NoData, "no_data"),
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

/// Subject codes go into addresses unescaped.
fn is_plain(subject: &str) -> bool {
    !subject.is_empty()
        && subject
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-')
}

impl MapAddress {
    /// Reads the parameters of an address; what cannot be read is left out.
    pub fn parse(parameter: impl Fn(&str) -> Option<String>) -> Self {
        MapAddress {
            year: parameter("year").and_then(|year| year.parse().ok()),
            procedure: parameter("procedure").and_then(|kind| by_code(&PROCEDURES, &kind)),
            cell: parameter("cell").and_then(|cell| CellKey::parse(&cell)),
            is_by_name: parameter("order").as_deref() == Some("name"),
            is_list: parameter("view").as_deref() == Some("list"),
            only: parameter("only").and_then(|state| by_code(&STATES, &state)),
        }
    }

    /// The query of the request for the map's data.
    pub fn data_query(&self) -> String {
        query(vec![
            self.year.map(|year| format!("year={year}")),
            self.procedure
                .and_then(|kind| code(&PROCEDURES, kind))
                .map(|code| format!("procedure={code}")),
        ])
    }

    /// The whole address.
    pub fn path(&self) -> String {
        let query = query(vec![
            self.year.map(|year| format!("year={year}")),
            self.procedure
                .and_then(|kind| code(&PROCEDURES, kind))
                .map(|code| format!("procedure={code}")),
            self.is_by_name.then(|| "order=name".to_owned()),
            self.is_list.then(|| "view=list".to_owned()),
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

    #[test]
    fn an_address_reads_back_as_written() {
        let address = MapAddress {
            year: Some(2025),
            procedure: Some(ProcedureKind::RegionalDiagnostic),
            cell: Some(CellKey {
                organisation: "0193aa00-0000-7000-8000-000000000005"
                    .parse()
                    .expect("a UUID"),
                subject: "math".to_owned(),
                grade: 5,
            }),
            is_by_name: true,
            is_list: true,
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
        let address = read("/app/map?year=soon&procedure=x&cell=1~2~3~4&only=guilty&view=globe");
        assert_eq!(address, MapAddress::default());
        assert_eq!(
            CellKey::parse("0193aa00-0000-7000-8000-000000000005~ma/th~5"),
            None
        );
    }
}
