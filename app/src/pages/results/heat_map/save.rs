//! What can be taken away: the figures as CSV or workbook, the drawing as SVG or PNG, paper.

use leptos::prelude::*;

use super::Address;
use super::faces::faces;
use super::state::MapState;
use crate::components::popover::use_popover;
use crate::components::{Glyph, Icon};
use crate::device;
use crate::language::{say, use_language};
use crate::matrix::arrange::{Arrangement, Wish};
use crate::matrix::data::Matrix;
use crate::matrix::legend;
use crate::matrix::picture::{self, Frame};
use crate::model::{csv, xlsx};
use crate::text::{Language, common, matrix as words};

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
        match kind {
            Kind::Csv | Kind::Xlsx => state.matrix.with_value(|matrix| {
                write(
                    kind,
                    matrix,
                    &Arrangement::of(matrix, &wish),
                    language,
                    &name,
                );
            }),
            Kind::Svg | Kind::Png => {
                leptos::task::spawn_local(async move {
                    let faces = faces().await;
                    let svg = drawing(state, &wish, language, &caption, &faces);
                    match kind {
                        Kind::Png => device::save_png(format!("{name}.png"), &svg),
                        _ => device::save_bytes(
                            &format!("{name}.svg"),
                            "image/svg+xml",
                            svg.as_bytes(),
                        ),
                    }
                });
            }
        }
    };
    let popover = use_popover();
    let item = move |kind: Kind, name: fn(Language) -> &'static str| {
        view! {
            <button type="button" class="button small" on:click=move |_| save(kind)>
                {say(name)}
            </button>
        }
    };
    view! {
        <details class="matrix-filter" node_ref=popover>
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

/// What is shown as a drawing with its legend.
fn drawing(state: MapState, wish: &Wish, language: Language, caption: &str, faces: &str) -> String {
    let (layer, is_comparing) = (state.layer.get_untracked(), state.comparing.get_untracked());
    let legend = state
        .bounds
        .with_untracked(|bounds| legend::entries(language, layer, is_comparing, bounds));
    let frame = Frame {
        caption,
        figures: legend::figures(language, layer, is_comparing),
        legend: &legend,
        faces,
    };
    state
        .matrix
        .with_value(|matrix| picture::svg(matrix, &Arrangement::of(matrix, wish), language, frame))
}

fn write(kind: Kind, matrix: &Matrix, arrangement: &Arrangement, language: Language, name: &str) {
    let (header, rows) = picture::table(matrix, arrangement, language);
    if let Kind::Csv = kind {
        let text = csv::table(language, &header, &rows);
        device::save_file(&format!("{name}.csv"), &text);
    } else {
        const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        let bytes = xlsx::file(name, &header, &rows);
        device::save_bytes(&format!("{name}.xlsx"), XLSX, &bytes);
    }
}
