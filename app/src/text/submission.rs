//! Texts of the pages `submission`.

texts! {}
