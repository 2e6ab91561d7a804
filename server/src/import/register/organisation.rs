//! Rows of a list of schools: what each says, and what is wrong with it.

mod reader;
mod value;

use std::collections::HashMap;

use api::id::OrganisationId;
use api::registry::organisation::{Cluster, Organisation, OrganisationKind};
use api::registry::table_import::{RowEffect, TableProblem};
use api::text::{Language, Text};
use uuid::Uuid;

use self::reader::{Draft, Reader};
use super::columns::{Field, plain};
use super::table::Table;

macro_rules! field {
    ($key:literal, $ru:literal, $en:literal, $needed:literal, $($word:literal),* $(,)?) => {
        Field { key: $key, ru: $ru, en: $en, is_needed: $needed, words: &[$($word),*] }
    };
}

/// What a column of a list of schools can be; the order is that of the template.
pub const FIELDS: [Field; 14] = [
    field!("code", "Код", "Code", true, "код", "логин", "login", "code"),
    field!(
        "short_name",
        "Краткое название",
        "Short name",
        true,
        "краткое",
        "наименование кратко",
        "сокращенное",
        "школа",
        "short name"
    ),
    field!(
        "name",
        "Полное название",
        "Full name",
        false,
        "полное",
        "наименование",
        "название",
        "full name",
        "name"
    ),
    field!("kind", "Вид", "Kind", false, "вид", "тип", "kind", "type"),
    field!(
        "grades",
        "Классы",
        "Grades",
        false,
        "классы",
        "параллели",
        "grades"
    ),
    field!(
        "settlement",
        "Населённый пункт",
        "Settlement",
        false,
        "населенный пункт",
        "нас пункт",
        "settlement"
    ),
    field!(
        "rural",
        "Сельская",
        "Rural",
        false,
        "сельская",
        "местность",
        "село город",
        "rural"
    ),
    field!(
        "pupils",
        "Учеников",
        "Pupils",
        false,
        "учеников",
        "контингент",
        "количество учеников",
        "количество обучающихся",
        "численность",
        "обучающихся",
        "pupils"
    ),
    field!(
        "capacity",
        "Мест",
        "Capacity",
        false,
        "мест",
        "мощность",
        "проектная",
        "capacity"
    ),
    field!(
        "small_school",
        "Малокомплектная",
        "Joint classes",
        false,
        "малокомплектная",
        "мкш",
        "joint classes"
    ),
    field!(
        "parent",
        "Головная школа",
        "Branch of",
        false,
        "головная",
        "филиал",
        "базовая школа",
        "branch of",
        "parent"
    ),
    field!(
        "cluster",
        "Группа",
        "Group",
        false,
        "группа",
        "кластер",
        "group"
    ),
    field!(
        "latitude",
        "Широта",
        "Latitude",
        false,
        "широта",
        "latitude"
    ),
    field!(
        "longitude",
        "Долгота",
        "Longitude",
        false,
        "долгота",
        "longitude"
    ),
];

/// What a list brings.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Each filled row with what becomes of it.
    pub effects: Vec<(u32, RowEffect)>,
    /// Schools as they will be, new and changed ones; a branch stands after the school it belongs to.
    pub schools: Vec<Organisation>,
    /// What is wrong.
    pub problems: Vec<TableProblem>,
}

/// Reads the rows against what the register knows. Blank cells leave what is known as it is.
pub fn plan(table: &Table, chosen: &[Option<&'static str>], known: &[Organisation]) -> Plan {
    let mut reader = Reader {
        known: known.iter().map(|one| (plain(&one.code), one)).collect(),
        problems: Vec::new(),
    };
    let mut codes: HashMap<String, u32> = HashMap::new();
    let mut drafts: Vec<Result<Draft, u32>> = Vec::new();
    for (row, cells) in &table.rows {
        let values: HashMap<&str, &str> = chosen
            .iter()
            .zip(cells)
            .filter_map(|(field, cell)| Some(((*field)?, cell.as_str())))
            .filter(|(_, cell)| !cell.is_empty())
            .collect();
        drafts.push(reader.draft(*row, &values, &mut codes).ok_or(*row));
    }
    let schools = reader.placed(&mut drafts, known);
    let effect = |draft: &Result<Draft, u32>| match draft {
        Err(row) => (*row, RowEffect::LeftOut),
        Ok(draft) => (draft.row, effect_of(draft, known)),
    };
    Plan {
        effects: drafts.iter().map(effect).collect(),
        schools,
        problems: reader.problems,
    }
}

fn effect_of(draft: &Draft, known: &[Organisation]) -> RowEffect {
    match known.iter().find(|one| one.id == draft.school.id) {
        None => RowEffect::New,
        Some(before) if *before == draft.school => RowEffect::Same,
        Some(_) => RowEffect::Changed,
    }
}

/// Name of a kind as the export says it and the import reads it.
pub fn names_of_kind(kind: OrganisationKind) -> Text {
    let found = value::KINDS.iter().find(|(other, ..)| *other == kind);
    let (_, ru, en) = found.expect("every kind has a name");
    Text::new(*ru, *en)
}

/// Name of a group as the export says it and the import reads it.
pub fn names_of_cluster(cluster: Cluster) -> Text {
    let found = value::CLUSTERS.iter().find(|(other, ..)| *other == cluster);
    let (_, ru, en) = found.expect("every group has a name");
    Text::new(*ru, *en)
}

/// Two schools of no district, the second a branch of the first: rows of the template.
pub fn examples(language: Language) -> Vec<Organisation> {
    let say = |ru: &str, en: &str| Text::new(ru, en).in_language(language).to_owned();
    let school = |number: u128, ru: &str, en: &str, kind, pupils, parent| Organisation {
        id: OrganisationId(Uuid::from_u128(number)),
        code: format!("sch00000{number}"),
        name: say(ru, en),
        short_name: say(ru, en),
        kind,
        cluster: Cluster::RuralSmall,
        grades: value::grades_of(kind),
        small_school: true,
        rural: true,
        pupils,
        capacity: Some(pupils + 20),
        settlement: say("с. Пример", "Example"),
        place: None,
        parent,
        history: Vec::new(),
    };
    let first = school(
        1,
        "Примерная СОШ",
        "Example secondary school",
        OrganisationKind::SecondarySchool,
        96,
        None,
    );
    let branch = school(
        2,
        "Примерная НОШ, филиал",
        "Example primary school, branch",
        OrganisationKind::PrimarySchool,
        18,
        Some(first.id),
    );
    vec![first, branch]
}

#[cfg(test)]
mod tests {
    use super::super::{columns, table};
    use super::*;

    fn of(csv: &str, known: &[Organisation]) -> Plan {
        let table = table::read(csv.as_bytes(), &FIELDS).expect("a table");
        let chosen = columns::guessed(&table.headers, &FIELDS, &[]);
        plan(&table, &chosen, known)
    }

    fn codes(plan: &Plan) -> Vec<(u32, &str)> {
        let told = |one: &TableProblem| one.row.unwrap_or_default();
        plan.problems
            .iter()
            .map(|one| (told(one), one.code.as_str()))
            .collect()
    }

    #[test]
    fn list_of_an_office_becomes_schools_and_brought_again_says_what_is_known() {
        let csv = "Логин ОО;Наименование кратко;Тип;Нас. пункт;Контингент;МКШ;Филиал\n\
            sch2;Ключевская НОШ;НОШ;д. Ключи;18;да;sch1\n\
            sch1;Заречная СОШ;СОШ;г. Заречный;1 043;нет;\n";
        let first = of(csv, &[]);
        assert_eq!(codes(&first), []);
        let names: Vec<&str> = first
            .schools
            .iter()
            .map(|one| one.short_name.as_str())
            .collect();
        assert_eq!(
            names,
            ["Заречная СОШ", "Ключевская НОШ"],
            "the parent stands first"
        );
        let branch = &first.schools[1];
        assert_eq!(branch.parent, Some(first.schools[0].id));
        assert_eq!(
            (branch.cluster, branch.grades.len(), branch.pupils),
            (Cluster::RuralSmall, 4, 18)
        );
        let again = of(csv, &first.schools);
        assert_eq!(again.schools, []);
        assert!(
            again
                .effects
                .iter()
                .all(|(_, effect)| *effect == RowEffect::Same)
        );
    }

    #[test]
    fn rows_that_cannot_be_taken_are_left_out_each_with_a_sentence() {
        let csv = "Код;Краткое название;Вид;Учеников;Головная школа\n\
            a;Первая;СОШ;около 20;\n\
            b;Вторая;СОШ;10;\n\
            B ;Вторая снова;СОШ;10;\n\
            c;Третья;СОШ;10;c\n\
            d;Четвёртая;СОШ;10;Нигде\n\
            e;Пятая;;10;\n\
            ;Шестая;СОШ;10;\n\
            g;Седьмая;СОШ;10;h\n\
            h;Восьмая;СОШ;10;g\n\
            i;Девятая НОШ;филиал;10;\n";
        let plan = of(csv, &[]);
        assert_eq!(
            codes(&plan),
            [
                (2, "school.value"),
                (4, "school.code_twice"),
                (7, "school.kind_unknown"),
                (8, "school.needed"),
                (11, "school.branch_alone"),
                (5, "school.own_parent"),
                (6, "school.parent_unknown"),
                (9, "school.parent_left_out"),
                (10, "school.parent_left_out"),
            ]
        );
        assert!(plan.problems[0].text.ru.contains("около 20"));
        assert!(plan.problems[1].text.ru.contains("строке 3"));
        assert_eq!(plan.schools.len(), 1);
        let left_out = plan
            .effects
            .iter()
            .filter(|(_, effect)| *effect == RowEffect::LeftOut);
        assert_eq!(left_out.count(), 9);
    }

    #[test]
    fn blank_cell_leaves_what_is_known() {
        let known = of("Код;Краткое название;Вид;Учеников\na;Первая;СОШ;10\n", &[]).schools;
        let plan = of("Код;Краткое название;Учеников;Мест\na;;;300\n", &known);
        assert_eq!(plan.effects, [(2, RowEffect::Changed)]);
        assert_eq!(
            (plan.schools[0].pupils, plan.schools[0].capacity),
            (10, Some(300))
        );
        assert_eq!(plan.schools[0].id, known[0].id);
    }
}
