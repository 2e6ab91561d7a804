//! Texts of the pages `home`.

texts! {}
