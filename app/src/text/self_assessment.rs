//! Texts of the pages `self_assessment`.

texts! {}
