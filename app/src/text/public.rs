//! Texts of the pages `public`.

texts! {}
