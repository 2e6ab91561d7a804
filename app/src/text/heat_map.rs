//! Texts of the pages `heat_map`.

texts! {}
