//! Texts of the pages `cell`.

texts! {}
