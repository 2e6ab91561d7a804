//! Texts of the pages `run`.

texts! {}
