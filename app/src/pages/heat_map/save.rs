//! What can be taken away: the figures as CSV or workbook, the drawing as SVG or PNG, paper.

use leptos::prelude::*;

use super::Address;
use super::state::MapState;
use crate::components::{Glyph, Icon};
use crate::device;
use crate::language::{say, use_language};
use crate::matrix::arrange::Arrangement;
use crate::matrix::data::Matrix;
use crate::matrix::picture::{self, Field};
use crate::model::{csv, xlsx};
use crate::text::{Language, common, matrix as words, number};

#[derive(Clone, Copy)]
enum Kind {
    Csv,
    Xlsx,
    Svg,
    Png,
}

/// The menu of exports. They hold what is shown: layer, filters, order and comparison.
#[component]
pub fn Save(state: MapState, address: Address) -> impl IntoView {
    let language = use_language();
    let save = move |kind: Kind| {
        let language = language.get_untracked();
        let wish = address.now.with_untracked(|address| address.wish.clone());
        let (name, caption) = names(state, language);
        state.matrix.with_value(|matrix| {
            write(
                kind,
                matrix,
                &Arrangement::of(matrix, &wish),
                language,
                (&name, &caption),
            );
        });
    };
    let item = move |kind: Kind, name: fn(Language) -> &'static str| {
        view! {
            <button type="button" class="button small" on:click=move |_| save(kind)>
                {say(name)}
            </button>
        }
    };
    view! {
        <details class="matrix-filter">
            <summary class="button">
                <Icon glyph=Glyph::Download />
                {say(words::save)}
            </summary>
            <div class="matrix-filter-body menu">
                {item(Kind::Csv, words::save_csv)} {item(Kind::Xlsx, words::save_xlsx)}
                {item(Kind::Svg, words::save_svg)} {item(Kind::Png, words::save_png)}
                <button
                    type="button"
                    class="button small"
                    on:click=move |_| {
                        // Where printing is forbidden, the browser says so itself.
                        drop(window().print());
                    }
                >
                    {say(words::print)}
                </button>
            </div>
        </details>
    }
}

/// Name of the file, and the caption of the drawing.
fn names(state: MapState, language: Language) -> (String, String) {
    let layer = super::layer_title(language, state.layer.get_untracked());
    state.head.with_untracked(|head| match head {
        Some(head) => {
            let name = words::file_name(language, layer, head.year);
            let procedure = common::procedure(language, head.procedure);
            let caption = format!("{layer}: {procedure}, {}", head.year);
            (name, caption)
        }
        None => (layer.to_owned(), layer.to_owned()),
    })
}

fn write(
    kind: Kind,
    matrix: &Matrix,
    arrangement: &Arrangement,
    language: Language,
    (name, caption): (&str, &str),
) {
    match kind {
        Kind::Csv => {
            let (header, rows) = picture::table(matrix, arrangement, language);
            let rows: Vec<Vec<String>> = rows
                .into_iter()
                .map(|row| row.into_iter().map(|field| text(field, language)).collect())
                .collect();
            device::save_file(&format!("{name}.csv"), &csv::file(&header, &rows));
        }
        Kind::Xlsx => {
            const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            let (header, rows) = picture::table(matrix, arrangement, language);
            let bytes = xlsx::file(name, &header, &rows);
            device::save_bytes(&format!("{name}.xlsx"), XLSX, &bytes);
        }
        Kind::Svg => {
            let svg = picture::svg(matrix, arrangement, language, caption);
            device::save_bytes(&format!("{name}.svg"), "image/svg+xml", svg.as_bytes());
        }
        Kind::Png => {
            let svg = picture::svg(matrix, arrangement, language, caption);
            device::save_png(format!("{name}.png"), &svg);
        }
    }
}

fn text(field: Field, language: Language) -> String {
    match field {
        Field::Text(text) => text,
        Field::Number(value) if value.fract() == 0.0 => format!("{value:.0}"),
        Field::Number(value) => number::decimal(language, value, 1),
    }
}
