//! A type face inside a drawing: a rule `@font-face` that holds the file itself.

/// The address in a rule.
pub fn url_of(rule: &str) -> Option<&str> {
    Some(parts(rule)?.1)
}

/// The rule with the file in place of its address.
pub fn embedded(rule: &str, file: &[u8]) -> String {
    let Some((before, _, after)) = parts(rule) else {
        return String::new();
    };
    format!(
        "{before}url(data:font/woff2;base64,{}){after}",
        base64(file)
    )
}

/// A rule before its address, the address, and after it.
fn parts(rule: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = rule.split_once("url(")?;
    let (url, after) = rest.split_once(')')?;
    Some((before, url.trim_matches(['"', '\'']), after))
}

/// # Source
/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place > chunk.len() {
                '='
            } else {
                char::from(sign)
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The test vectors of RFC 4648, section 10.
    #[test]
    fn base64_has_its_published_values() {
        let texts = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
        let encoded = texts.map(|text| base64(text.as_bytes()));
        let published = [
            "", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy",
        ];
        assert_eq!(encoded, published);
    }

    #[test]
    fn a_rule_keeps_all_but_its_address() {
        let rule = r#"@font-face { font-family: "Golos Text"; src: url("/pkg/a.woff2") format("woff2"); }"#;
        assert_eq!(url_of(rule), Some("/pkg/a.woff2"));
        assert_eq!(
            embedded(rule, b"foo"),
            r#"@font-face { font-family: "Golos Text"; src: url(data:font/woff2;base64,Zm9v) format("woff2"); }"#
        );
        assert_eq!(url_of("@font-face { font-family: X }"), None);
    }
}
