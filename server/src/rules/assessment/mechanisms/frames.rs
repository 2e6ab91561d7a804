//! The nine systems seen through other lists of directions.

use std::collections::BTreeMap;

use anyhow::Context;
use api::assessment::mechanism::{MappedFrame, MappedRow, MatrixRow, Step};
use api::text::Text;
use serde::Deserialize;

const SOURCE: &str = include_str!("../../../../instruments/mechanism_frames.yaml");

#[derive(Deserialize)]
struct Source {
    frames: Vec<Frame>,
}

#[derive(Deserialize)]
struct Frame {
    id: String,
    from: String,
    title: Text,
    note: Text,
    directions: Vec<Direction>,
}

#[derive(Deserialize)]
struct Direction {
    code: String,
    title: Text,
    sources: Vec<String>,
}

/// The rows of `form` through every list that has a mapping from it.
///
/// # Errors
/// When the shipped mapping cannot be read, which a test excludes.
pub(super) fn frames(
    form: &str,
    steps: &[Step],
    rows: &[MatrixRow],
) -> anyhow::Result<Vec<MappedFrame>> {
    let source: Source = serde_yaml_ng::from_str(SOURCE).context("mechanism_frames.yaml")?;
    let by_id: BTreeMap<&str, &MatrixRow> = rows.iter().map(|row| (row.id.as_str(), row)).collect();
    Ok(source
        .frames
        .into_iter()
        .filter(|frame| frame.from == form)
        .map(|frame| MappedFrame {
            id: frame.id,
            title: frame.title,
            note: frame.note,
            rows: frame
                .directions
                .into_iter()
                .map(|direction| {
                    let sources: Vec<&MatrixRow> = direction
                        .sources
                        .iter()
                        .filter_map(|id| by_id.get(id.as_str()).copied())
                        .collect();
                    let is_whole = sources.len() == direction.sources.len() && !sources.is_empty();
                    let mean = |values: Vec<Option<f64>>| {
                        let known: Vec<f64> = values.iter().copied().flatten().collect();
                        (is_whole && known.len() == values.len())
                            .then(|| known.iter().sum::<f64>() / known.len() as f64)
                    };
                    MappedRow {
                        code: direction.code,
                        title: direction.title,
                        sources: sources.iter().map(|row| row.code.clone()).collect(),
                        steps: (0..steps.len())
                            .map(|step| {
                                let level = |row: &&MatrixRow| row.cells.get(step)?.settled;
                                mean(
                                    sources
                                        .iter()
                                        .map(|row| level(row).map(f64::from))
                                        .collect(),
                                )
                            })
                            .collect(),
                        score: mean(sources.iter().map(|row| row.scores.settled).collect()),
                    }
                })
                .collect(),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_mapping_names_every_system_exactly_once() {
        let source: Source = serde_yaml_ng::from_str(SOURCE).expect("readable");
        let mut named: Vec<&str> = source.frames[0]
            .directions
            .iter()
            .flat_map(|direction| direction.sources.iter().map(String::as_str))
            .collect();
        named.sort_unstable();
        let mut all = [
            "prep",
            "low",
            "talent",
            "career",
            "objectivity",
            "heads",
            "cpd",
            "method",
            "upbringing",
        ];
        all.sort_unstable();
        assert_eq!(named, all);
        assert_eq!(source.frames[0].directions.len(), 8);
    }
}
