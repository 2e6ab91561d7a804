use crate::form::Edit;

/// A workbook as plain cells: what every file format comes down to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workbook {
    /// The sheets in their order.
    pub sheets: Vec<Sheet>,
}

/// A sheet: rows of trimmed texts, blank cells empty; row 0 is the header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Name on the tab.
    pub name: String,
    /// Rows of cells; rows may differ in length.
    pub rows: Vec<Vec<String>>,
}

impl Workbook {
    /// The sheet of that name, letter case aside.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets
            .iter()
            .find(|sheet| sheet.name.to_lowercase() == name)
    }

    /// Applies one edit; an edit of a sheet that does not exist creates it when it sets something.
    pub fn apply(&mut self, edit: &Edit) {
        match edit {
            Edit::SetCell {
                sheet,
                row,
                column,
                value,
            } => {
                self.sheet_mut(sheet)
                    .set(*row as usize, *column as usize, value);
            }
            Edit::SetColumn {
                sheet,
                row,
                header,
                value,
            } => {
                let sheet = self.sheet_mut(sheet);
                let column = sheet.column_or_new(header);
                sheet.set(*row as usize, column, value);
            }
            Edit::ClearRow { sheet, row } => {
                if let Some(row) = self.sheet_mut(sheet).rows.get_mut(*row as usize) {
                    row.clear();
                }
            }
            Edit::ClearColumn { sheet, column } => {
                for row in &mut self.sheet_mut(sheet).rows {
                    if let Some(cell) = row.get_mut(*column as usize) {
                        cell.clear();
                    }
                }
            }
            Edit::AppendRow { sheet, cells } => {
                let sheet = self.sheet_mut(sheet);
                let row = sheet.rows.len().max(1);
                for (header, value) in cells {
                    let column = sheet.column_or_new(header);
                    sheet.set(row, column, value);
                }
            }
            Edit::RenameSheet { sheet, name } => self.sheet_mut(sheet).name.clone_from(name),
        }
    }

    fn sheet_mut(&mut self, name: &str) -> &mut Sheet {
        let at = self
            .sheets
            .iter()
            .position(|sheet| sheet.name == name)
            .unwrap_or_else(|| {
                self.sheets.push(Sheet {
                    name: name.to_owned(),
                    rows: vec![Vec::new()],
                });
                self.sheets.len() - 1
            });
        &mut self.sheets[at]
    }
}

impl Sheet {
    /// Text of a cell; empty outside the sheet.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows
            .get(row)
            .and_then(|row| row.get(column))
            .map_or("", String::as_str)
    }

    fn set(&mut self, row: usize, column: usize, value: &str) {
        if self.rows.len() <= row {
            self.rows.resize(row + 1, Vec::new());
        }
        let cells = &mut self.rows[row];
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        value.clone_into(&mut cells[column]);
    }

    /// Column whose header matches, letter case and blanks aside; a new last column when there is none.
    fn column_or_new(&mut self, header: &str) -> usize {
        let wanted = super::words::snake(header);
        let headers = self.rows.first().map(Vec::as_slice).unwrap_or_default();
        if let Some(column) = headers
            .iter()
            .position(|other| super::words::snake(other) == wanted)
        {
            return column;
        }
        let column = headers
            .iter()
            .rposition(|other| !other.is_empty())
            .map_or(0, |last| last + 1);
        self.set(0, column, header);
        column
    }
}
