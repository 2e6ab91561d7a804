//! The change log as a workbook, out and in. What was written out is read back the same.

use api::id::{OrganisationId, SchoolChangeId};
use api::schools::school_change::{
    ActionKind, ChangeAction, ChangeState, RowProblem, SchoolChange,
};
use api::text::{Language, Text};
use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook, XlsxError};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::change::{MOST_CHANGES, faults};

/// A column of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Object,
    Indicator,
    Unit,
    Baseline,
    Target,
    Actual,
    Administrative,
    Supporting,
    Starts,
    Ends,
    Effect,
    State,
    Id,
}

/// Columns with their headings in Russian and English, and their widths.
const COLUMNS: [(Column, &str, &str, f64); 13] = [
    (Column::Object, "Объект изменений", "Object of change", 36.0),
    (Column::Indicator, "Показатель", "Indicator", 36.0),
    (Column::Unit, "Единица", "Unit", 10.0),
    (Column::Baseline, "Исходное значение", "Baseline", 12.0),
    (Column::Target, "Целевое значение", "Target", 12.0),
    (Column::Actual, "Сейчас", "Now", 12.0),
    (
        Column::Administrative,
        "Административные действия",
        "Administrative actions",
        40.0,
    ),
    (
        Column::Supporting,
        "Поддерживающие действия",
        "Supporting actions",
        40.0,
    ),
    (Column::Starts, "Начало", "Start", 12.0),
    (Column::Ends, "Окончание", "End", 12.0),
    (Column::Effect, "Эффект", "Effect", 40.0),
    (Column::State, "Состояние", "State", 16.0),
    (Column::Id, "Номер записи", "Record id", 38.0),
];

const STATES: [(ChangeState, &str, &str); 4] = [
    (ChangeState::Planned, "запланировано", "planned"),
    (ChangeState::Running, "идёт", "under way"),
    (ChangeState::Done, "эффект проверен", "effect checked"),
    (ChangeState::Dropped, "оставлено", "given up"),
];

/// Mark of an action that is done.
const DONE: char = '✓';

/// Writes the log. Texts are written as texts, so none of them is ever taken for a formula.
///
/// # Errors
/// When a text does not fit a cell.
pub fn write(changes: &[SchoolChange], language: Language) -> Result<Vec<u8>, XlsxError> {
    let say = |ru: &'static str, en: &'static str| match language {
        Language::Ru => ru,
        Language::En => en,
    };
    let mut workbook = Workbook::new();
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_background_color(Color::RGB(0x00E6_EDF7));
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let sheet = workbook.add_worksheet();
    sheet.set_name(say("Изменения", "Changes"))?;
    for (column, (_, ru, en, width)) in COLUMNS.iter().enumerate() {
        sheet.write_with_format(0, column as u16, say(ru, en), &head)?;
        sheet.set_column_width(column as u16, *width)?;
    }
    for (index, change) in changes.iter().enumerate() {
        for (column, (kind, ..)) in COLUMNS.iter().enumerate() {
            let (row, column) = (index as u32 + 1, column as u16);
            match kind {
                Column::Baseline | Column::Target | Column::Actual => {
                    let value = match kind {
                        Column::Baseline => change.baseline,
                        Column::Target => change.target,
                        _ => change.actual,
                    };
                    if let Some(value) = value {
                        sheet.write_with_format(row, column, value, &wrap)?;
                    }
                }
                _ => {
                    sheet.write_with_format(row, column, text(change, *kind, language), &wrap)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    workbook.save_to_buffer()
}

fn text(change: &SchoolChange, column: Column, language: Language) -> String {
    let actions = |kind: ActionKind| {
        change
            .actions
            .iter()
            .filter(|action| action.kind == kind)
            .map(|action| {
                if action.done {
                    format!("{DONE} {}", action.text)
                } else {
                    action.text.clone()
                }
            })
            .collect::<Vec<_>>()
            .join("\n")
    };
    match column {
        Column::Object => change.object.clone(),
        Column::Indicator => change.indicator.clone(),
        Column::Unit => change.unit.clone(),
        Column::Administrative => actions(ActionKind::Administrative),
        Column::Supporting => actions(ActionKind::Supporting),
        Column::Starts => change.starts.clone().unwrap_or_default(),
        Column::Ends => change.ends.clone().unwrap_or_default(),
        Column::Effect => change.effect.clone(),
        Column::State => STATES
            .iter()
            .find(|(state, ..)| *state == change.state)
            .map(|(_, ru, en)| match language {
                Language::Ru => *ru,
                Language::En => *en,
            })
            .unwrap_or_default()
            .to_owned(),
        Column::Id => change.id.to_string(),
        Column::Baseline | Column::Target | Column::Actual => String::new(),
    }
}

/// Reads a log: the changes, and what is wrong. With problems nothing is to be stored.
pub fn read(bytes: &[u8], organisation: OrganisationId) -> (Vec<SchoolChange>, Vec<RowProblem>) {
    let workbook = match forms::workbook::read(bytes) {
        Ok(workbook) => workbook,
        Err(_) => {
            return (
                Vec::new(),
                vec![whole(
                    "Файл не читается как таблица. Сохраните его как XLSX и выберите ещё раз.",
                    "The file cannot be read as a workbook. Save it as XLSX and choose it again.",
                )],
            );
        }
    };
    for sheet in &workbook.sheets {
        if let Some((head, columns)) = header(&sheet.rows) {
            return rows(&sheet.rows, head, &columns, organisation);
        }
    }
    (
        Vec::new(),
        vec![whole(
            "В файле нет строки с заголовками «Объект изменений» и «Показатель». Выгрузите журнал и заполните его столбцы.",
            "The file has no row with the headings “Object of change” and “Indicator”. Export the log and fill in its columns.",
        )],
    )
}

/// The row of headings: it may stand below a title.
fn header(rows: &[Vec<String>]) -> Option<(usize, Vec<(usize, Column)>)> {
    rows.iter().take(30).enumerate().find_map(|(at, row)| {
        let found: Vec<(usize, Column)> = row
            .iter()
            .enumerate()
            .filter_map(|(index, cell)| {
                let cell = cell.trim().to_lowercase();
                let known = COLUMNS
                    .iter()
                    .find(|(_, ru, en, _)| ru.to_lowercase() == cell || en.to_lowercase() == cell);
                known.map(|(column, ..)| (index, *column))
            })
            .collect();
        let has = |wanted: Column| found.iter().any(|(_, column)| *column == wanted);
        (has(Column::Object) && has(Column::Indicator)).then_some((at, found))
    })
}

fn rows(
    rows: &[Vec<String>],
    head: usize,
    columns: &[(usize, Column)],
    organisation: OrganisationId,
) -> (Vec<SchoolChange>, Vec<RowProblem>) {
    let mut changes: Vec<SchoolChange> = Vec::new();
    let mut problems = Vec::new();
    for (at, row) in rows.iter().enumerate().skip(head + 1) {
        let cell = |wanted: Column| {
            columns
                .iter()
                .find(|(_, column)| *column == wanted)
                .and_then(|(index, _)| row.get(*index))
                .map_or("", |cell| cell.trim())
        };
        if columns
            .iter()
            .all(|(index, _)| row.get(*index).is_none_or(|cell| cell.trim().is_empty()))
        {
            continue;
        }
        let number = u32::try_from(at + 1).ok();
        let mut fault = |column: Column, ru: String, en: String| {
            problems.push(RowProblem {
                row: number,
                column: heading(column),
                text: Text::new(ru, en),
            });
        };
        let mut value = |column: Column| {
            let text = cell(column);
            if text.is_empty() {
                return None;
            }
            let read = number_of(text);
            if read.is_none() {
                fault(
                    column,
                    format!("«{text}» — не число. Оставьте только число, например 42,5."),
                    format!("“{text}” is no number. Leave the number alone, for example 42.5."),
                );
            }
            read
        };
        let (baseline, target, actual) = (
            value(Column::Baseline),
            value(Column::Target),
            value(Column::Actual),
        );
        let mut day = |column: Column| {
            let text = cell(column);
            if text.is_empty() {
                return None;
            }
            let read = date_of(text);
            if read.is_none() {
                fault(
                    column,
                    format!("«{text}» — не дата. Запишите её как 01.09.2026."),
                    format!("“{text}” is no date. Write it as 2026-09-01."),
                );
            }
            read
        };
        let (starts, ends) = (day(Column::Starts), day(Column::Ends));
        let state_text = cell(Column::State).to_lowercase();
        let state = STATES
            .iter()
            .find(|(_, ru, en)| state_text == *ru || state_text == *en)
            .map(|(state, ..)| *state);
        if state.is_none() && !state_text.is_empty() {
            fault(
                Column::State,
                format!(
                    "Состояние «{state_text}» не известно. Бывает: запланировано, идёт, эффект проверен, оставлено."
                ),
                format!(
                    "The state “{state_text}” is not known. There are: planned, under way, effect checked, given up."
                ),
            );
        }
        let (object, indicator) = (cell(Column::Object), cell(Column::Indicator));
        let id_text = cell(Column::Id);
        let id = if id_text.is_empty() {
            Some(made_id(organisation, object, indicator))
        } else {
            id_text.parse().ok()
        };
        if id.is_none() {
            fault(
                Column::Id,
                format!("Номер записи «{id_text}» испорчен. Очистите ячейку: номер появится сам."),
                format!(
                    "The record id “{id_text}” is damaged. Clear the cell: the id is made anew."
                ),
            );
        }
        let mut actions = lines(cell(Column::Administrative), ActionKind::Administrative);
        actions.extend(lines(cell(Column::Supporting), ActionKind::Supporting));
        let change = SchoolChange {
            id: id.unwrap_or(SchoolChangeId(Uuid::nil())),
            object: object.to_owned(),
            indicator: indicator.to_owned(),
            unit: cell(Column::Unit).to_owned(),
            baseline,
            target,
            actual,
            actions,
            starts,
            ends,
            effect: cell(Column::Effect).to_owned(),
            state: state.unwrap_or_default(),
        };
        for (field, text) in faults(&change) {
            problems.push(RowProblem {
                row: number,
                column: column_of(field).and_then(heading),
                text,
            });
        }
        if changes.iter().any(|other| other.id == change.id) {
            problems.push(RowProblem {
                row: number,
                column: heading(Column::Id),
                text: Text::new(
                    "Эта запись стоит в файле дважды. Оставьте одну строку или очистите номер у второй и измените показатель.",
                    "This record stands in the file twice. Keep one row, or clear the id of the other and change its indicator.",
                ),
            });
        }
        changes.push(change);
    }
    if changes.len() > MOST_CHANGES {
        problems.push(whole(
            "В файле больше 200 изменений. Оставьте те, над которыми школа работает.",
            "The file holds more than 200 changes. Keep those the school works on.",
        ));
    }
    if changes.is_empty() && problems.is_empty() {
        problems.push(whole(
            "Под заголовками нет ни одной строки.",
            "There is no row under the headings.",
        ));
    }
    (changes, problems)
}

fn heading(column: Column) -> Option<String> {
    COLUMNS
        .iter()
        .find(|(one, ..)| *one == column)
        .map(|(_, ru, ..)| (*ru).to_owned())
}

fn column_of(field: &str) -> Option<Column> {
    Some(match field {
        "object" => Column::Object,
        "indicator" => Column::Indicator,
        "unit" => Column::Unit,
        "baseline" => Column::Baseline,
        "target" => Column::Target,
        "actual" => Column::Actual,
        "ends" => Column::Ends,
        "effect" => Column::Effect,
        _ => return None,
    })
}

fn lines(cell: &str, kind: ActionKind) -> Vec<ChangeAction> {
    cell.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let done = line.strip_prefix(DONE);
            ChangeAction {
                kind,
                text: done.unwrap_or(line).trim().to_owned(),
                done: done.is_some(),
            }
        })
        .collect()
}

/// A number with a decimal point or comma, per cent sign and spaces aside.
fn number_of(text: &str) -> Option<f64> {
    let plain: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '%')
        .map(|letter| match letter {
            ',' => '.',
            '\u{2212}' => '-',
            other => other,
        })
        .collect();
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}

/// `2026-09-01…` or `01.09.2026`, as `YYYY-MM-DD`.
fn date_of(text: &str) -> Option<String> {
    let format = time::macros::format_description!("[year]-[month]-[day]");
    let iso = match text.split('.').collect::<Vec<_>>().as_slice() {
        [day, month, year] => format!(
            "{:0>4}-{:0>2}-{:0>2}",
            year.trim(),
            month.trim(),
            day.trim()
        ),
        _ => text.get(..10)?.to_owned(),
    };
    time::Date::parse(&iso, &format).ok().map(|_| iso)
}

/// The id of a row without one: the same row brought twice stays one record.
fn made_id(organisation: OrganisationId, object: &str, indicator: &str) -> SchoolChangeId {
    let digest = Sha256::digest(format!("{organisation}\n{object}\n{indicator}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    SchoolChangeId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

fn whole(ru: &str, en: &str) -> RowProblem {
    RowProblem {
        row: None,
        column: None,
        text: Text::new(ru, en),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SCHOOL: OrganisationId = OrganisationId(Uuid::from_u128(7));

    fn words() -> impl Strategy<Value = String> {
        "[А-Яа-я0-9=+@-][А-Яа-я0-9 ,.«»=+@-]{0,30}[А-Яа-я0-9]"
    }

    fn change() -> impl Strategy<Value = SchoolChange> {
        (
            any::<u128>(),
            words(),
            words(),
            proptest::option::of(-1e6_f64..1e6),
            proptest::collection::vec((any::<bool>(), words(), any::<bool>()), 0..5),
            0_usize..4,
        )
            .prop_map(
                |(id, object, indicator, value, actions, state)| SchoolChange {
                    id: SchoolChangeId(Uuid::from_u128(id)),
                    object,
                    indicator,
                    unit: "%".into(),
                    baseline: value,
                    target: value,
                    actual: None,
                    actions: {
                        let mut actions: Vec<ChangeAction> = actions
                            .into_iter()
                            .map(|(supporting, text, done)| ChangeAction {
                                kind: if supporting {
                                    ActionKind::Supporting
                                } else {
                                    ActionKind::Administrative
                                },
                                text,
                                done,
                            })
                            .collect();
                        // The sheet has one column a kind.
                        actions.sort_by_key(|action| action.kind == ActionKind::Supporting);
                        actions
                    },
                    starts: Some("2026-09-01".into()),
                    ends: Some("2027-05-31".into()),
                    effect: "видно".into(),
                    state: STATES[state].0,
                },
            )
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]
        #[test]
        fn what_is_written_is_read_back_the_same(
            changes in proptest::collection::vec(change(), 1..6),
            english in any::<bool>(),
        ) {
            let mut changes = changes;
            changes.sort_by_key(|change| change.id);
            changes.dedup_by_key(|change| change.id);
            let language = if english { Language::En } else { Language::Ru };
            let bytes = write(&changes, language).expect("a workbook");
            let (read, problems) = read(&bytes, SCHOOL);
            prop_assert_eq!(problems, vec![]);
            prop_assert_eq!(read, changes);
        }
    }

    #[test]
    fn a_sheet_typed_by_hand_is_understood() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let lines: [&[&str]; 3] = [
            &["Журнал школы"],
            &[
                "Объект изменений",
                "Показатель",
                "Исходное значение",
                "Начало",
                "Поддерживающие действия",
            ],
            &[
                "Отметки по математике",
                "доля подтвердивших",
                "61,5 %",
                "1.9.2026",
                "✓ курс",
            ],
        ];
        for (line, cells) in (0..).zip(lines) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write(line, column, *cell).expect("a cell");
            }
        }
        let bytes = book.save_to_buffer().expect("a workbook");
        let (changes, problems) = read(&bytes, SCHOOL);
        assert_eq!(problems, vec![]);
        assert_eq!(changes[0].baseline, Some(61.5));
        assert_eq!(changes[0].starts.as_deref(), Some("2026-09-01"));
        assert!(changes[0].actions[0].done);
        let (again, _) = read(&bytes, SCHOOL);
        assert_eq!(again[0].id, changes[0].id);
    }

    #[test]
    fn what_is_wrong_is_named_by_row_and_column() {
        let csv = "Объект изменений;Показатель;Целевое значение\nОтметки;доля;много\n;доля;5\n";
        let (_, problems) = read(csv.as_bytes(), SCHOOL);
        let places: Vec<_> = problems
            .iter()
            .map(|problem| (problem.row, problem.column.as_deref()))
            .collect();
        assert_eq!(
            places,
            [
                (Some(2), Some("Целевое значение")),
                (Some(3), Some("Объект изменений"))
            ]
        );
        assert!(read(b"\x00\x01", SCHOOL).1[0].row.is_none());
    }
}
