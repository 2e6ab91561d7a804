//! Who carries a line out: the words of a cell as separate executors.

mod kind;
mod part;

use std::collections::HashSet;

use crate::text::plain;
use part::part;

/// An executor (исполнитель) of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Executor {
    /// In the document's words.
    pub name: String,
    /// What it is.
    pub kind: ExecutorKind,
}

/// What an executor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExecutorKind {
    /// A post (должность).
    Position,
    /// An office, a commission, a centre.
    Body,
    /// All organisations of a kind: each reports into the line.
    All(Organisations),
    /// A person by name.
    Person,
    /// Not known.
    Other,
}

/// Which organisations are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Organisations {
    /// All that teach (ОО, ОУ).
    Educational,
    /// Schools.
    Schools,
    /// Kindergartens.
    Kindergartens,
    /// Additional education.
    Additional,
}

/// Executors of all cells of a roadmap: bodies that stand side by side without a sign are parted where other cells
/// name them apart.
pub fn executors(cells: &[String]) -> Vec<Vec<Executor>> {
    let parted: Vec<Vec<String>> = cells.iter().map(|cell| part(cell)).collect();
    let mut known: HashSet<String> = HashSet::new();
    for name in parted.iter().flatten() {
        known.insert(plain(name));
    }
    parted
        .into_iter()
        .map(|names| {
            names
                .into_iter()
                .flat_map(|name| apart(&name, &known))
                .map(|name| Executor {
                    kind: ExecutorKind::of(&name),
                    name,
                })
                .collect()
        })
        .collect()
}

/// Executors that one text names, apart from any roadmap: what somebody writes into a line by hand.
pub fn named(text: &str) -> Vec<Executor> {
    executors(&[text.to_owned()]).pop().unwrap_or_default()
}

/// Parts «Управление образования ЦМР «Мир Лабь»» where both are known from elsewhere.
fn apart(name: &str, known: &HashSet<String>) -> Vec<String> {
    let words: Vec<&str> = name.split(' ').collect();
    for at in (1..words.len()).rev() {
        let (first, rest) = (words[..at].join(" "), words[at..].join(" "));
        let rest = rest.strip_prefix("и ").unwrap_or(&rest).to_owned();
        let is_known = |name: &str| known.contains(&plain(name));
        let is_whole = is_known(&rest) || !rest.starts_with(char::is_lowercase);
        let is_apart = is_known(&first)
            && ExecutorKind::of(&first).is_body()
            && ExecutorKind::of(&rest) != ExecutorKind::Other
            && is_whole;
        if is_apart && (is_known(&rest) || apart(&rest, known).len() > 1) {
            let mut names = vec![first];
            names.extend(apart(&rest, known));
            return names;
        }
    }
    vec![name.to_owned()]
}

#[cfg(test)]
mod tests {
    use super::{ExecutorKind, Organisations, executors};

    fn names(cells: &[&str]) -> Vec<Vec<String>> {
        let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        executors(&cells)
            .into_iter()
            .map(|all| all.into_iter().map(|executor| executor.name).collect())
            .collect()
    }

    fn one(cell: &str) -> Vec<String> {
        names(&[cell]).remove(0)
    }

    #[test]
    fn signs_part_executors() {
        assert_eq!(
            one("Управление образования /ИМЦ"),
            ["Управление образования", "ИМЦ"]
        );
        assert_eq!(
            one("ИМЦ; руководители ОУ, специалисты"),
            ["ИМЦ", "руководители ОУ", "специалисты"]
        );
        assert_eq!(
            one("МКУ «Центр оценки, анализа и развития», ОО."),
            ["МКУ «Центр оценки, анализа и развития»", "ОО"]
        );
        assert_eq!(
            one("- отдел образования\n- школы"),
            ["отдел образования", "школы"]
        );
    }

    #[test]
    fn a_name_over_two_lines_is_one() {
        assert_eq!(
            one("Начальник отдела\nобщего образования\nметодист ИМЦ"),
            ["Начальник отдела общего образования", "методист ИМЦ"]
        );
        assert_eq!(one("Руководители\nОУ"), ["Руководители ОУ"]);
        assert_eq!(one("ИМЦ\nОО"), ["ИМЦ", "ОО"]);
        assert_eq!(
            one("Отдел образования\nметодический кабинет"),
            ["Отдел образования", "методический кабинет"]
        );
    }

    #[test]
    fn two_posts_of_one_holder_stay_together() {
        assert_eq!(
            one("Заместитель главы района, руководитель управления образования"),
            ["Заместитель главы района, руководитель управления образования"]
        );
        assert_eq!(
            one("Начальник отдела кадров, начальник отдела информации"),
            ["Начальник отдела кадров", "начальник отдела информации"]
        );
    }

    #[test]
    fn bodies_side_by_side_are_parted_when_others_name_them() {
        let all = names(&[
            "Управление образования ИМЦ",
            "Управление образования/ИМЦ",
            "Методист ИМЦ",
        ]);
        assert_eq!(all[0], ["Управление образования", "ИМЦ"]);
        assert_eq!(all[2], ["Методист ИМЦ"]);
        assert_eq!(
            one("Управление образования ИМЦ"),
            ["Управление образования ИМЦ"]
        );
    }

    #[test]
    fn kinds_are_told() {
        let kind = ExecutorKind::of;
        assert_eq!(
            kind("Руководители ОУ"),
            ExecutorKind::All(Organisations::Educational)
        );
        assert_eq!(
            kind("директора школ"),
            ExecutorKind::All(Organisations::Schools)
        );
        assert_eq!(kind("ОО"), ExecutorKind::All(Organisations::Educational));
        assert_eq!(kind("Муниципальный координатор"), ExecutorKind::Position);
        assert_eq!(kind("муниципальная рабочая группа"), ExecutorKind::Body);
        assert_eq!(kind("Управление образования"), ExecutorKind::Body);
        assert_eq!(kind("ИМЦ"), ExecutorKind::Body);
        assert_eq!(kind("Петрова А.В."), ExecutorKind::Person);
        assert_eq!(kind("МБОУ СОШ № 3"), ExecutorKind::Body);
    }
}
