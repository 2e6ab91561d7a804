//! The lines of the matrix in the document. They are kept by hand: a step of the scroll takes away what went out of
//! sight and adds what came, and touches nothing that stayed.

use std::ops::Range;

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::grid::View;
use crate::language::use_language;
use crate::matrix::arrange::Line;
use crate::matrix::data::Place;
use crate::matrix::draw;
use crate::text::Language;

/// What stands in the document.
#[derive(Default)]
struct Drawn {
    /// Of which drawing; another one shares nothing with it.
    version: u64,
    lines: Range<usize>,
    columns: Range<usize>,
}

/// Keeps the lines of the window in the body of the matrix.
pub(super) fn keep_rows(
    view: View,
    body: NodeRef<Div>,
    lines: Memo<Range<usize>>,
    columns: Memo<Range<usize>>,
) {
    let language = use_language();
    let version = Memo::new(move |before: Option<&u64>| {
        view.state.structure.track();
        view.arrangement.track();
        view.lines.track();
        language.track();
        before.map_or(1, |before| before + 1)
    });
    Effect::new(move |drawn: Option<Drawn>| {
        let mut drawn = drawn.unwrap_or_default();
        let wanted = Drawn {
            version: version.get(),
            lines: lines.get(),
            columns: columns.get(),
        };
        let Some(body) = body.get() else {
            return drawn;
        };
        let rows = Rows {
            view,
            language: language.get_untracked(),
            body: &body,
        };
        rows.show(&mut drawn, &wanted);
        drop(std::mem::replace(&mut drawn, wanted));
        drawn
    });
}

/// Marks the line that is pointed at, also when it is drawn anew.
pub(super) fn keep_pointed(
    view: View,
    body: NodeRef<Div>,
    lines: Memo<Range<usize>>,
    pointed: RwSignal<Option<Place>>,
) {
    let row = Memo::new(move |_| pointed.get().map(|place| place.row));
    Effect::new(move |before: Option<Option<Element>>| {
        let class = |line: &Element, is_on| {
            // A class name without spaces is never refused.
            drop(line.class_list().toggle_with_force("pointed", is_on));
        };
        if let Some(line) = before.flatten() {
            class(&line, false);
        }
        let lines = lines.get();
        let at = view.arrangement.with(|one| one.line_of(row.get()?))?;
        let line = body.get()?.children().item(index(at, &lines)?)?;
        class(&line, true);
        Some(line)
    });
}

fn index(at: usize, lines: &Range<usize>) -> Option<u32> {
    lines
        .contains(&at)
        .then(|| u32::try_from(at - lines.start).ok())?
}

/// The body while it is being brought up to date.
struct Rows<'a> {
    view: View,
    language: Language,
    body: &'a HtmlElement,
}

impl Rows<'_> {
    /// From what is drawn to what is wanted.
    fn show(&self, drawn: &mut Drawn, wanted: &Drawn) {
        let (old, new) = (&drawn.lines, &wanted.lines);
        let stays = old.start.max(new.start)..old.end.min(new.end);
        if drawn.version != wanted.version || stays.is_empty() {
            self.body
                .set_inner_html(&self.markup(new.clone(), &wanted.columns));
            self.place(new.clone(), new.start, &wanted.columns);
            return;
        }
        for _ in old.start..stays.start {
            remove(self.body.first_element_child());
        }
        for _ in stays.end..old.end {
            remove(self.body.last_element_child());
        }
        if drawn.columns != wanted.columns {
            for at in stays.clone() {
                let line = self.body.children().item((at - stays.start) as u32);
                self.move_columns(line, at, &drawn.columns, &wanted.columns);
            }
        }
        for (edge, came) in [
            ("afterbegin", new.start..stays.start),
            ("beforeend", stays.end..new.end),
        ] {
            if !came.is_empty() {
                insert(self.body, edge, &self.markup(came, &wanted.columns));
            }
        }
        self.place(new.start..stays.start, new.start, &wanted.columns);
        self.place(stays.end..new.end, new.start, &wanted.columns);
    }

    fn markup(&self, lines: Range<usize>, columns: &Range<usize>) -> String {
        self.view.draw(self.language, |view| {
            let mut html = String::new();
            for at in lines {
                draw::line(&mut html, view, at, columns);
            }
            html
        })
    }

    /// Puts lines that came where they belong; `first` is the line of the first element.
    fn place(&self, lines: Range<usize>, first: usize, columns: &Range<usize>) {
        let start = self.view.start_of(columns.start);
        let children = self.body.children();
        for at in lines {
            let Some(line) = children.item((at - first) as u32) else {
                continue;
            };
            let top = self.view.lines.with_untracked(|lines| lines.start(at));
            style(&line, "top", &format!("{top}px"));
            if let Some(run) = run_of(&line) {
                style(&run, "padding-inline-start", &start);
            }
        }
    }

    /// Takes columns away and adds others, so that those that stay keep their place.
    fn move_columns(
        &self,
        line: Option<Element>,
        at: usize,
        old: &Range<usize>,
        new: &Range<usize>,
    ) {
        let row = self
            .view
            .arrangement
            .with_untracked(|one| match one.lines.get(at) {
                Some(Line::Row(row)) => Some(*row),
                _ => None,
            });
        let (Some(row), Some(run)) = (row, line.as_ref().and_then(run_of)) else {
            return;
        };
        let cells = |columns: Range<usize>| {
            self.view.draw(self.language, |view| {
                let mut html = String::new();
                draw::cells(&mut html, view, row, columns);
                html
            })
        };
        let stays = old.start.max(new.start)..old.end.min(new.end);
        if stays.is_empty() {
            run.set_inner_html(&cells(new.clone()));
        } else {
            for _ in old.start..stays.start {
                remove(run.first_element_child());
            }
            for _ in stays.end..old.end {
                remove(run.last_element_child());
            }
            for (edge, came) in [
                ("afterbegin", new.start..stays.start),
                ("beforeend", stays.end..new.end),
            ] {
                if !came.is_empty() {
                    insert(&run, edge, &cells(came));
                }
            }
        }
        style(&run, "padding-inline-start", &self.view.start_of(new.start));
    }
}

/// The cells of a line that are not pinned; absent for titles.
fn run_of(line: &Element) -> Option<Element> {
    let run = line.last_element_child()?;
    run.class_list().contains("matrix-run").then_some(run)
}

fn remove(element: Option<Element>) {
    if let Some(element) = element {
        element.remove();
    }
}

fn insert(into: &Element, edge: &str, html: &str) {
    // Refused only where an element has no parent, and inside it has one.
    drop(into.insert_adjacent_html(edge, html));
}

fn style(element: &Element, name: &str, value: &str) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // A known property with a length is never refused.
        drop(element.style().set_property(name, value));
    }
}
