//! Cells on standard output: one JSON object a line, or a table to read.

use std::collections::BTreeMap;
use std::io::{self, Write};

use objectivity::cell::{Cell, ChannelName, Level, MarkerName, State};
use serde::Serialize;

/// Output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// One JSON object a line.
    Jsonl,
    /// A table.
    Table,
}

/// A line of the batch interface: its names and their order are fixed.
#[derive(Serialize)]
struct Line<'cell> {
    year: i32,
    subject: &'cell str,
    grade: u8,
    school: &'cell str,
    n: u32,
    level: Level,
    state: State,
    posterior: Option<f64>,
    local_fdr: Option<f64>,
    mean: Option<f64>,
    shrunk_mean: Option<f64>,
    first_reason: Option<ChannelName>,
    channels: Vec<ChannelLine>,
    markers: Vec<MarkerLine>,
}

#[derive(Serialize)]
struct ChannelLine {
    channel: ChannelName,
    value: f64,
    interval: [f64; 2],
    p_value: f64,
    log_lr: f64,
    n: u32,
}

#[derive(Serialize)]
struct MarkerLine {
    marker: MarkerName,
    fired: bool,
    false_alarm_rate: f64,
}

impl<'cell> From<&'cell Cell> for Line<'cell> {
    fn from(cell: &'cell Cell) -> Self {
        Line {
            year: cell.year,
            subject: &cell.subject,
            grade: cell.grade,
            school: &cell.school,
            n: cell.n,
            level: cell.level,
            state: cell.state,
            posterior: cell.posterior,
            local_fdr: cell.local_fdr,
            mean: cell.mean,
            shrunk_mean: cell.shrunk_mean,
            first_reason: cell.first_reason,
            channels: cell
                .channels
                .iter()
                .map(|channel| ChannelLine {
                    channel: channel.channel,
                    value: channel.value,
                    interval: channel.interval,
                    p_value: channel.p_value,
                    log_lr: channel.log_lr,
                    n: channel.n,
                })
                .collect(),
            markers: cell
                .markers
                .iter()
                .map(|marker| MarkerLine {
                    marker: marker.marker,
                    fired: marker.fired,
                    false_alarm_rate: marker.false_alarm_rate,
                })
                .collect(),
        }
    }
}

/// Writes the cells in their order.
pub fn write(mut output: impl Write, cells: &[Cell], format: Format) -> io::Result<()> {
    match format {
        Format::Jsonl => {
            for cell in cells {
                serde_json::to_writer(&mut output, &Line::from(cell))?;
                output.write_all(b"\n")?;
            }
        }
        Format::Table => table(&mut output, cells)?,
    }
    output.flush()
}

const HEADER: [&str; 12] = [
    "year",
    "subject",
    "grade",
    "school",
    "n",
    "level",
    "state",
    "posterior",
    "local_fdr",
    "mean",
    "shrunk",
    "first reason",
];

fn table(output: &mut impl Write, cells: &[Cell]) -> io::Result<()> {
    let rows: Vec<[String; 12]> = cells.iter().map(row).collect();
    let mut widths = HEADER.map(|header| header.chars().count());
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut line = |cells: &[String; 12]| {
        let mut text = String::new();
        for (index, (cell, width)) in cells.iter().zip(widths).enumerate() {
            // Words stand left, numbers right.
            let word = matches!(index, 1 | 3 | 5 | 6 | 11);
            let padding = " ".repeat(width - cell.chars().count());
            if !word {
                text.push_str(&padding);
            }
            text.push_str(cell);
            if word {
                text.push_str(&padding);
            }
            text.push_str("  ");
        }
        writeln!(output, "{}", text.trim_end())
    };
    line(&HEADER.map(str::to_owned))?;
    for row in &rows {
        line(row)?;
    }
    let mut states: BTreeMap<State, usize> = BTreeMap::new();
    for cell in cells {
        *states.entry(cell.state).or_default() += 1;
    }
    let counts: Vec<String> = states
        .iter()
        .map(|(state, count)| format!("{} {count}", word(state)))
        .collect();
    writeln!(output, "\n{} cells: {}", cells.len(), counts.join(", "))
}

fn row(cell: &Cell) -> [String; 12] {
    let number = |value: Option<f64>, digits: usize| {
        value.map_or_else(|| "—".to_owned(), |value| format!("{value:.digits$}"))
    };
    [
        cell.year.to_string(),
        cell.subject.clone(),
        cell.grade.to_string(),
        cell.school.clone(),
        cell.n.to_string(),
        word(&cell.level),
        word(&cell.state),
        number(cell.posterior, 3),
        number(cell.local_fdr, 3),
        number(cell.mean, 2),
        number(cell.shrunk_mean, 2),
        cell.first_reason
            .as_ref()
            .map_or_else(|| "—".to_owned(), word),
    ]
}

/// The word an enum has in JSON, so that both formats say the same.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
