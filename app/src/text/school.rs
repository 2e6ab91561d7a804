//! Texts of the pages `school`.

texts! {}
