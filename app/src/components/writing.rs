//! Words being written to somebody: they stay until the server has them.

use leptos::prelude::*;
use uuid::Uuid;

/// A text that is sent as an entry of its own.
#[derive(Clone, Copy)]
pub struct Writing {
    /// What stands in the field.
    pub text: RwSignal<String>,
    /// What was sent and is not known to have come, and its id.
    sent: StoredValue<Option<(Uuid, String)>>,
}

impl Default for Writing {
    fn default() -> Self {
        Writing::new()
    }
}

impl Writing {
    /// Nothing is written yet.
    pub fn new() -> Self {
        Writing {
            text: RwSignal::new(String::new()),
            sent: StoredValue::new(None),
        }
    }

    /// The words as they stand, and their id: the same words sent again after a lost answer are the same entry.
    pub fn send(self) -> (Uuid, String) {
        let text = self.text.get_untracked();
        let before = self.sent.get_value().filter(|(_, sent)| *sent == text);
        let entry = before.unwrap_or_else(|| (Uuid::now_v7(), text));
        self.sent.set_value(Some(entry.clone()));
        entry
    }

    /// The server has what was sent; what was typed since then is not sent yet and stays.
    pub fn taken(self) {
        // The page may have been left meanwhile.
        let Some(Some((_, sent))) = self.sent.try_get_value() else {
            return;
        };
        self.sent.set_value(None);
        if self.text.with_untracked(|text| *text == sent) {
            self.text.set(String::new());
        }
    }
}
