//! A cell parted into its executors.

use super::ExecutorKind;
use super::kind::{POSITIONS, is_abbreviation, is_person, starts};
use crate::text::{collapsed, plain};

/// Parts a cell at its signs: slashes, semicolons, commas outside of brackets and quotes, new lines.
pub(super) fn part(cell: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut depth = 0_u32;
    for line in lines(cell) {
        for sign in line.chars() {
            match sign {
                '(' | '«' | '“' | '„' => depth += 1,
                ')' | '»' | '”' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if matches!(sign, '/' | ';' | ',' | '\\') && depth == 0 {
                pieces.push(String::new());
            } else if let Some(piece) = pieces.last_mut() {
                piece.push(sign);
            }
        }
        depth = 0;
        pieces.push(String::new());
    }
    let pieces: Vec<String> = pieces
        .iter()
        .map(|piece| trimmed(piece))
        .filter(|piece| !piece.is_empty())
        .collect();
    titles(pieces, cell)
}

/// Lines of a cell, those of one name joined again.
fn lines(cell: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in cell.split('\n') {
        let line = collapsed(line);
        let goes_on = lines.last().is_some_and(|last| goes_on(last, &line));
        match lines.last_mut() {
            Some(last) if goes_on => {
                last.push(' ');
                last.push_str(&line);
            }
            _ => lines.push(line),
        }
    }
    lines
}

/// Does a line only end the name that the line above began?
fn goes_on(above: &str, line: &str) -> bool {
    if above.ends_with([',', ';', '/']) {
        return false;
    }
    let first: String = plain(line)
        .chars()
        .take_while(|sign| sign.is_alphanumeric())
        .collect();
    let begins_small = line.chars().next().is_some_and(char::is_lowercase);
    let word = line.split_whitespace().next().unwrap_or_default();
    // «общего образования» ends a name, «методический кабинет» begins one.
    let is_nominative = ["ый", "ий", "ая", "яя", "ое", "ые", "ие"]
        .iter()
        .any(|ending| word.ends_with(ending));
    let begins_name = begins_small
        && (starts(&first, POSITIONS) || BODY_NOMINATIVE.contains(&word) || is_nominative);
    let is_bare = collapsed(above).split(' ').count() == 1
        && ExecutorKind::of(above) == ExecutorKind::Position
        && is_abbreviation(line);
    (begins_small && !begins_name) || is_bare || line.starts_with(['(', '«'])
}

/// Bodies as they begin a name of their own, never as a part of another («отдел информации управления»).
const BODY_NOMINATIVE: [&str; 9] = [
    "управление",
    "отдел",
    "комитет",
    "центр",
    "комиссия",
    "группа",
    "совет",
    "школы",
    "администрация",
];

fn trimmed(piece: &str) -> String {
    let piece = collapsed(piece);
    let piece = piece.trim_start_matches(|sign: char| {
        matches!(sign, '-' | '–' | '—' | '•' | '·' | '*' | '.') || sign.is_whitespace()
    });
    let mut piece = piece.trim_end();
    // The point of «и др.» and of initials belongs to the word.
    while piece.ends_with('.') && !piece.ends_with("др.") && !is_person(piece) {
        piece = piece[..piece.len() - 1].trim_end();
    }
    piece.to_owned()
}

/// «Заместитель главы района, руководитель управления …» is one office-holder with two posts.
fn titles(pieces: Vec<String>, cell: &str) -> Vec<String> {
    let cell = collapsed(cell);
    let mut joined: Vec<String> = Vec::new();
    for piece in pieces {
        let is_second = joined.last().is_some_and(|first| {
            is_first_title(first)
                && is_second_title(&piece)
                && cell.contains(&format!("{first}, {piece}"))
        });
        match joined.last_mut() {
            Some(first) if is_second => {
                first.push_str(", ");
                first.push_str(&piece);
            }
            _ => joined.push(piece),
        }
    }
    joined
}

fn is_first_title(name: &str) -> bool {
    let name = plain(name);
    name.starts_with("заместитель главы")
        || name.starts_with("зам. главы")
        || name.starts_with("первый заместитель главы")
}

fn is_second_title(name: &str) -> bool {
    let name = plain(name);
    let heads = [
        "начальник",
        "руководитель",
        "председатель",
        "директор",
        "заведующ",
    ];
    let offices = ["управлени", "отдела образования", "комитет", "департамент"];
    starts(&name, &heads) && offices.iter().any(|office| name.contains(office))
}
