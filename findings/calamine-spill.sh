#!/usr/bin/env bash
# calamine 0.38.0 (Rust): one cell with `#SPILL!`, which Excel 365 stores for a blocked dynamic array, and the whole
# sheet is gone: `worksheet_range` returns an error, because only the seven errors of Excel 2007 have names. A reader of
# cells gets the same error in place of the cell, without its position, but can go on after it.
# Seen: `range: Err(Unsupported cell error value '#SPILL!')`, then `cells: A1 error A3`.
# Exits 0 while that holds, 1 when it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 - <<'PY'
import zipfile
main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
pack = "http://schemas.openxmlformats.org/package/2006"
with zipfile.ZipFile("spill.xlsx", "w") as z:
    z.writestr("[Content_Types].xml", f'<Types xmlns="{pack}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>')
    z.writestr("_rels/.rels", f'<Relationships xmlns="{pack}/relationships"><Relationship Id="r1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
    z.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>')
    z.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{pack}/relationships"><Relationship Id="r1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
    z.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2" t="e"><f>B1:B9</f><v>#SPILL!</v></c></row><row r="3"><c r="A3"><v>3</v></c></row></sheetData></worksheet>')
PY
cargo init -q --name probe --vcs none .
cat >> Cargo.toml <<'TOML'
calamine = "=0.38.0"
TOML
cat > src/main.rs <<'RS'
use calamine::{Reader, Xlsx, open_workbook};
fn main() {
    let mut book: Xlsx<_> = open_workbook("spill.xlsx").expect("a workbook");
    match book.worksheet_range("S") {
        Ok(range) => println!("range: {} rows", range.height()),
        Err(error) => println!("range: Err({error})"),
    }
    let mut cells = book.worksheet_cells_reader("S").expect("a sheet");
    let mut seen = String::from("cells:");
    for _ in 0..9 {
        match cells.next_cell() {
            Ok(Some(cell)) => seen += &format!(" A{}", cell.get_position().0 + 1),
            Ok(None) => break,
            Err(_) => seen += " error",
        }
    }
    println!("{seen}");
}
RS
CARGO_TARGET_DIR="$folder/target" cargo run -q > out.txt
echo "calamine 0.38.0:"
cat out.txt
grep -qx "range: Err(Unsupported cell error value '#SPILL!')" out.txt && grep -qx "cells: A1 error A3" out.txt
