//! Texts of the pages `sign_in`.

texts! {}
