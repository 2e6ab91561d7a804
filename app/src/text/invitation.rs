//! Texts of the pages `invitation`.

texts! {}
