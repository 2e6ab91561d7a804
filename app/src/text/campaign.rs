//! Texts of the pages `campaign`.

texts! {}
