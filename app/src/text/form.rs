//! Texts of the pages `form`.

texts! {}
