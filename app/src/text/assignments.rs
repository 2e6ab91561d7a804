//! Texts of the pages `assignments`.

texts! {}
