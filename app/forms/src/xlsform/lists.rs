use std::collections::HashMap;

use crate::form::ChoiceList;

/// Choice lists by name, in order of first row.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    lists: Vec<ChoiceList>,
    index: HashMap<String, usize>,
}

impl Lists {
    pub fn get(&self, name: &str) -> Option<&ChoiceList> {
        self.index.get(name).map(|at| &self.lists[*at])
    }

    pub fn get_mut(&mut self, name: &str) -> Option<&mut ChoiceList> {
        self.index.get(name).map(|at| &mut self.lists[*at])
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.lists.iter().map(|list| list.name.as_str())
    }

    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    pub fn into_lists(self) -> Vec<ChoiceList> {
        self.lists
    }

    /// The list of that name, made when it is new.
    pub fn list(&mut self, name: &str) -> &mut ChoiceList {
        let at = *self.index.entry(name.to_owned()).or_insert_with(|| {
            self.lists.push(ChoiceList {
                name: name.to_owned(),
                choices: Vec::new(),
            });
            self.lists.len() - 1
        });
        &mut self.lists[at]
    }
}
