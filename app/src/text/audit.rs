//! Texts of the pages `audit`.

texts! {}
