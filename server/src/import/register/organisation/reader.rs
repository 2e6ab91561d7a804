//! One row after another: the school it tells of, and what is wrong with it.

use std::collections::{HashMap, HashSet};

use api::id::OrganisationId;
use api::registry::organisation::{Cluster, Organisation, OrganisationKind};
use api::registry::table_import::TableProblem;
use api::text::Text;
use uuid::Uuid;

use super::super::columns::{Field, plain};
use super::{FIELDS, value};

/// A school of one row; whose branch it is, is found once all rows are read.
pub(super) struct Draft {
    pub row: u32,
    pub school: Organisation,
    parent: Option<String>,
}

/// Reads rows against what the register knows.
pub(super) struct Reader<'known> {
    /// By code.
    pub known: HashMap<String, &'known Organisation>,
    pub problems: Vec<TableProblem>,
}

impl Reader<'_> {
    /// The school of one row; none when the row cannot be taken.
    pub fn draft(
        &mut self,
        row: u32,
        values: &HashMap<&str, &str>,
        codes: &mut HashMap<String, u32>,
    ) -> Option<Draft> {
        let Some(code) = values.get("code") else {
            self.needed(row, "code");
            return None;
        };
        if let Some(first) = codes.get(&plain(code)) {
            self.say(
                row,
                "code",
                "school.code_twice",
                Text::new(
                    format!("Тот же код, что в строке {first}: «{code}». У каждой школы свой; исправьте код или уберите повтор."),
                    format!("The same code as in row {first}: “{code}”. Each school has its own; mend the code or remove the repetition."),
                ),
            );
            return None;
        }
        codes.insert(plain(code), row);
        let before = self.known.get(&plain(code)).map(|one| (*one).clone());
        // Some lists say «филиал» where others say the kind, which the name tells then.
        let mut values = values.clone();
        let is_branch = values
            .get("kind")
            .is_some_and(|kind| value::is_branch(kind));
        if is_branch {
            values.remove("kind");
        }
        let has_parent = before
            .as_ref()
            .is_some_and(|school| school.parent.is_some());
        if is_branch && !has_parent && !values.contains_key("parent") {
            self.say(row, "parent", "school.branch_alone", branch_alone());
            return None;
        }
        let values = &values;
        let mut school = match before {
            Some(before) => before,
            None => self.new_school(row, code, values)?,
        };
        let is_fit = self.fill(row, &mut school, values);
        is_fit.then(|| Draft {
            row,
            parent: values.get("parent").map(|text| (*text).to_owned()),
            school,
        })
    }

    /// A school that the register does not know, with what follows from its name where the row does not say it.
    fn new_school(
        &mut self,
        row: u32,
        code: &str,
        values: &HashMap<&str, &str>,
    ) -> Option<Organisation> {
        let Some(short_name) = values.get("short_name") else {
            self.needed(row, "short_name");
            return None;
        };
        let name = values.get("name").copied().unwrap_or(short_name);
        let said = values.get("kind").copied();
        let told = said
            .and_then(value::kind)
            .or_else(|| value::kind(short_name))
            .or_else(|| value::kind(name));
        let Some(kind) = told else {
            self.say(
                row,
                "kind",
                "school.kind_unknown",
                Text::new(
                    format!("Не понять, какого вида «{short_name}». Впишите вид: СОШ, ООШ, НОШ, гимназия, лицей, детский сад или дополнительное образование."),
                    format!("It cannot be told what kind “{short_name}” is. Write the kind: secondary, basic, primary school, gymnasium, lyceum, preschool or extra education."),
                ),
            );
            return None;
        };
        let settlement = values.get("settlement").copied().unwrap_or_default();
        Some(Organisation {
            id: OrganisationId(Uuid::now_v7()),
            code: code.trim().to_owned(),
            name: name.to_owned(),
            short_name: (*short_name).to_owned(),
            kind,
            cluster: Cluster::Rural,
            grades: value::grades_of(kind),
            small_school: false,
            rural: value::is_village(settlement),
            pupils: 0,
            capacity: None,
            settlement: settlement.to_owned(),
            place: None,
            parent: None,
            history: Vec::new(),
        })
    }

    /// Takes over what the row says; false when something of it cannot be read.
    fn fill(&mut self, row: u32, school: &mut Organisation, values: &HashMap<&str, &str>) -> bool {
        let is_new = !self.known.contains_key(&plain(&school.code));
        let mut is_fit = true;
        let text = |key: &str| values.get(key).map(|text| (*text).to_owned());
        if let Some(name) = text("short_name") {
            school.short_name = name;
        }
        if let Some(name) = text("name") {
            school.name = name;
        }
        if let Some(settlement) = text("settlement") {
            school.settlement = settlement;
        }
        is_fit &= self.take(row, "kind", values, value::kind, &mut school.kind);
        is_fit &= self.take(row, "grades", values, value::grades, &mut school.grades);
        is_fit &= self.take(row, "rural", values, value::rural, &mut school.rural);
        is_fit &= self.take(row, "pupils", values, value::count, &mut school.pupils);
        is_fit &= self.take(
            row,
            "small_school",
            values,
            value::yes,
            &mut school.small_school,
        );
        let mut capacity = school.capacity.unwrap_or_default();
        if values.contains_key("capacity") {
            is_fit &= self.take(row, "capacity", values, value::count, &mut capacity);
            school.capacity = Some(capacity);
        }
        let [mut latitude, mut longitude] = school.place.unwrap_or_default();
        if values.contains_key("latitude") && values.contains_key("longitude") {
            is_fit &= self.take(row, "latitude", values, value::latitude, &mut latitude);
            is_fit &= self.take(row, "longitude", values, value::longitude, &mut longitude);
            school.place = Some([latitude, longitude]);
        }
        if values.contains_key("cluster") {
            is_fit &= self.take(row, "cluster", values, value::cluster, &mut school.cluster);
        } else if is_new {
            school.cluster = cluster_of(school);
        }
        is_fit
    }

    fn take<T>(
        &mut self,
        row: u32,
        key: &'static str,
        values: &HashMap<&str, &str>,
        read: fn(&str) -> Option<T>,
        into: &mut T,
    ) -> bool {
        let Some(cell) = values.get(key) else {
            return true;
        };
        match read(cell) {
            Some(value) => {
                *into = value;
                true
            }
            None => {
                self.say(row, key, "school.value", value::hint(key, cell));
                false
            }
        }
    }

    /// Finds whose branches the schools are; schools in an order in which each stands after the one it belongs to.
    pub fn placed(
        &mut self,
        drafts: &mut [Result<Draft, u32>],
        known: &[Organisation],
    ) -> Vec<Organisation> {
        let named: Vec<(Vec<String>, OrganisationId)> = drafts
            .iter()
            .flatten()
            .map(|draft| &draft.school)
            .chain(known)
            .map(|school| {
                (
                    vec![plain(&school.code), plain(&school.short_name)],
                    school.id,
                )
            })
            .collect();
        for place in drafts.iter_mut() {
            let Ok(draft) = place else { continue };
            let Some(wanted) = &draft.parent else {
                continue;
            };
            let found = named
                .iter()
                .find(|(names, _)| names.contains(&plain(wanted)))
                .map(|(_, id)| *id);
            let row = draft.row;
            match found {
                Some(parent) if parent != draft.school.id => draft.school.parent = Some(parent),
                Some(_) => {
                    self.say(row, "parent", "school.own_parent", own_parent());
                    *place = Err(row);
                }
                None => {
                    let text = unknown_parent(wanted);
                    self.say(row, "parent", "school.parent_unknown", text);
                    *place = Err(row);
                }
            }
        }
        self.break_circles(drafts, known);
        self.in_order(drafts, known)
    }

    /// Leaves out rows by which a school would come to belong to itself.
    fn break_circles(&mut self, drafts: &mut [Result<Draft, u32>], known: &[Organisation]) {
        let mut above: HashMap<OrganisationId, Option<OrganisationId>> =
            known.iter().map(|one| (one.id, one.parent)).collect();
        above.extend(
            drafts
                .iter()
                .flatten()
                .map(|one| (one.school.id, one.school.parent)),
        );
        for place in drafts.iter_mut() {
            let Ok(draft) = place else { continue };
            let mut next = draft.school.parent;
            let mut steps = 0;
            while let Some(parent) = next.filter(|_| steps <= above.len()) {
                if parent == draft.school.id {
                    break;
                }
                next = above.get(&parent).copied().flatten();
                steps += 1;
            }
            if next == Some(draft.school.id) {
                let (row, wanted) = (draft.row, draft.parent.clone().unwrap_or_default());
                self.say(
                    row,
                    "parent",
                    "school.parent_left_out",
                    parent_left_out(&wanted),
                );
                *place = Err(row);
            }
        }
    }

    fn in_order(
        &mut self,
        drafts: &mut [Result<Draft, u32>],
        known: &[Organisation],
    ) -> Vec<Organisation> {
        let mut stands: HashSet<OrganisationId> = known.iter().map(|one| one.id).collect();
        // A known school whose parent is new waits for it as a new one does.
        let mut done: HashSet<OrganisationId> = HashSet::new();
        let mut ordered: Vec<Organisation> = Vec::new();
        loop {
            let mut has_moved = false;
            for draft in drafts.iter().flatten() {
                let school = &draft.school;
                let is_ready = school.parent.is_none_or(|parent| stands.contains(&parent));
                if done.contains(&school.id) || !is_ready {
                    continue;
                }
                has_moved = true;
                done.insert(school.id);
                stands.insert(school.id);
                if known.iter().all(|before| before != school) {
                    ordered.push(school.clone());
                }
            }
            if !has_moved {
                break;
            }
        }
        // What is left belongs to a school that was left out, or to itself in a circle.
        for place in drafts.iter_mut() {
            let Ok(draft) = place else { continue };
            if !done.contains(&draft.school.id) {
                let (row, wanted) = (draft.row, draft.parent.clone().unwrap_or_default());
                self.say(
                    row,
                    "parent",
                    "school.parent_left_out",
                    parent_left_out(&wanted),
                );
                *place = Err(row);
            }
        }
        ordered
    }

    fn needed(&mut self, row: u32, key: &'static str) {
        let text = Text::new(
            "Эта клетка пуста, а без неё школу не внести. Заполните её в таблице.",
            "This cell is blank, and the school cannot be entered without it. Fill it in.",
        );
        self.say(row, key, "school.needed", text);
    }

    fn say(&mut self, row: u32, key: &'static str, code: &str, text: Text) {
        let field = FIELDS.iter().find(|field| field.key == key);
        self.problems.push(TableProblem {
            row: Some(row),
            field: field.map(Field::name),
            code: code.to_owned(),
            text,
        });
    }
}

/// The comparable schools of one that nobody has put into a group.
fn cluster_of(school: &Organisation) -> Cluster {
    match school.kind {
        OrganisationKind::Gymnasium | OrganisationKind::Lyceum => Cluster::Advanced,
        _ if school.rural && school.pupils <= 100 => Cluster::RuralSmall,
        _ if school.rural => Cluster::Rural,
        _ => Cluster::Urban,
    }
}

fn branch_alone() -> Text {
    Text::new(
        "Это филиал, а чей — не сказано. Впишите код или краткое название головной школы.",
        "This is a branch, and whose is not said. Write the code or the short name of its parent school.",
    )
}

fn own_parent() -> Text {
    Text::new(
        "Школа записана филиалом самой себя. Укажите головную школу или оставьте клетку пустой.",
        "The school is entered as a branch of itself. Name the parent school or leave the cell blank.",
    )
}

fn unknown_parent(wanted: &str) -> Text {
    Text::new(
        format!(
            "Головной школы «{wanted}» нет ни в этом файле, ни в реестре. Впишите её код или краткое название, как в её строке."
        ),
        format!(
            "The parent school “{wanted}” is neither in this file nor in the register. Write its code or short name as in its row."
        ),
    )
}

fn parent_left_out(wanted: &str) -> Text {
    Text::new(
        format!(
            "Головная школа «{wanted}» сама не принята или записана филиалом этой. Исправьте её строку."
        ),
        format!(
            "The parent school “{wanted}” is itself left out, or entered as a branch of this one. Mend its row."
        ),
    )
}
