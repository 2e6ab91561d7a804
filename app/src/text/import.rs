//! Texts of the pages `import`.

texts! {}
