//! Which page an address belongs to.

/// Is `here` the page at `path` or one below it? Below the home page is nothing but itself.
pub fn belongs(here: &str, path: &str) -> bool {
    here == path
        || (path != api::work::HOME
            && here
                .strip_prefix(path)
                .is_some_and(|rest| rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_holds_what_lies_below_it_and_nothing_beside_it() {
        assert!(belongs("/app/map", "/app/map"));
        assert!(belongs("/app/map/table", "/app/map"));
        assert!(!belongs("/app/mapping", "/app/map"));
        assert!(!belongs("/app/map", api::work::HOME));
    }
}
