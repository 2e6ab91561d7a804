//! Texts of cells: what is the same to a reader is made the same to the program.

/// Without tags, invisible signs and double spaces; paragraphs stay apart as lines.
pub fn clean(text: &str) -> String {
    let visible: String = without_tags(text)
        .chars()
        .filter_map(|sign| match sign {
            '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' | '\u{fffc}' => None,
            '\u{2011}' => Some('-'),
            '\r' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            sign if sign != '\n' && (sign.is_whitespace() || sign.is_control()) => Some(' '),
            sign => Some(sign),
        })
        .collect();
    visible
        .split('\n')
        .map(collapsed)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// On one line.
pub fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lower case, `ё` as `е`, one kind of dash: for comparing, never for showing.
pub fn plain(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|sign| match sign {
            'ё' => 'е',
            '–' | '—' | '‒' | '−' | '‑' | '―' | '\u{ad}' => '-',
            '\u{a0}' | '\u{202f}' | '\u{2009}' | '\n' | '\t' => ' ',
            sign => sign,
        })
        .collect()
}

/// Tables copied from a site carry its tags; they separate words and mean nothing else.
fn without_tags(text: &str) -> String {
    if !text.contains('<') && !text.contains('&') {
        return text.to_owned();
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        kept.push_str(before);
        let is_tag = tag[1..].starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '/');
        match tag.find('>') {
            Some(end) if is_tag => {
                kept.push(if breaks(&tag[1..end]) { '\n' } else { ' ' });
                rest = &tag[end + 1..];
            }
            _ => {
                kept.push('<');
                rest = &tag[1..];
            }
        }
    }
    kept.push_str(rest);
    [
        ("&nbsp;", " "),
        ("&quot;", "\""),
        ("&laquo;", "«"),
        ("&raquo;", "»"),
        ("&ndash;", "–"),
        ("&mdash;", "—"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .into_iter()
    .fold(kept, |text, (entity, sign)| text.replace(entity, sign))
}

fn breaks(tag: &str) -> bool {
    let name = tag
        .trim_start_matches('/')
        .split(|sign: char| !sign.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    matches!(
        name.as_str(),
        "p" | "br" | "li" | "div" | "ul" | "ol" | "tr"
    )
}

#[cfg(test)]
mod tests {
    use super::{clean, collapsed, plain};

    #[test]
    fn tags_of_a_site_separate_words_and_vanish() {
        assert_eq!(
            collapsed(&clean("<p>январь&nbsp;2023</p> <ul style=\"a\"> - и")),
            "январь 2023 - и"
        );
        assert_eq!(clean("5 < 7"), "5 < 7");
    }

    #[test]
    fn invisible_signs_vanish_and_dashes_become_one() {
        assert_eq!(clean("ме\u{ad}ра\u{a0}1\u{2011}я"), "мера 1-я");
        assert_eq!(plain("Ёлка — Июль"), "елка - июль");
    }
}
