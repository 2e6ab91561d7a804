//! Texts of the pages `checklist`.

texts! {}
