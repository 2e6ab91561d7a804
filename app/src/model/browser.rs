//! A browser and its system in two words, from what the browser says of itself.

/// Names of the browser and of the system, as far as they are known.
pub fn named(words: &str) -> Option<(&'static str, &'static str)> {
    Some((first(&BROWSERS, words)?, first(&SYSTEMS, words)?))
}

/// The first mark that is found wins: later ones are claimed by the earlier browsers as well.
const BROWSERS: [(&str, &str); 7] = [
    ("YaBrowser/", "Yandex Browser"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
    ("AppleWebKit/", "WebKit"),
];

const SYSTEMS: [(&str, &str); 6] = [
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
];

fn first(marks: &[(&str, &'static str)], words: &str) -> Option<&'static str> {
    let found = marks.iter().find(|(mark, _)| words.contains(mark));
    found.map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_browser_become_its_name_and_system() {
        let engine = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
        for (words, expected) in [
            (
                format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {engine}"),
                Some(("Chrome", "Windows")),
            ),
            (
                format!("Mozilla/5.0 (Linux; Android 14; K) {engine} YaBrowser/25.1"),
                Some(("Yandex Browser", "Android")),
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".into(),
                Some(("Firefox", "Linux")),
            ),
            ("curl/8.5".into(), None),
            (String::new(), None),
        ] {
            assert_eq!(named(&words), expected, "{words}");
        }
    }
}
