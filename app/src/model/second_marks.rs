//! Second marks as they are typed or pasted: a line a work, with its code and two scores.

use api::management::review::SecondMark;

/// Reads lines of code, first score, second score, parted by tabs, semicolons, commas or spaces. Blank lines and a
/// heading are passed over; lines that cannot be read are told by their numbers, from 1.
pub fn read(text: &str) -> (Vec<SecondMark>, Vec<usize>) {
    let mut marks = Vec::new();
    let mut unread = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        match mark(line) {
            Some(mark) => marks.push(mark),
            // A heading was pasted along with its columns.
            None if marks.is_empty() && unread.is_empty() && !has_digit(line) => {}
            None => unread.push(at + 1),
        }
    }
    (marks, unread)
}

fn has_digit(line: &str) -> bool {
    line.chars().any(|letter| letter.is_ascii_digit())
}

/// One sign parts the whole line, so that a half point is not taken for two scores. Between spaces the two scores stand
/// last, because a code may hold spaces.
fn mark(line: &str) -> Option<SecondMark> {
    let sign = ["\t", ";", ", "]
        .into_iter()
        .find(|sign| line.contains(sign));
    let fields: Vec<&str> = match sign {
        Some(sign) => line.split(sign).map(str::trim).collect(),
        None if !line.contains(char::is_whitespace) => line.split(',').collect(),
        None => line.split_whitespace().collect(),
    };
    let [code @ .., first, second] = fields.as_slice() else {
        return None;
    };
    if code.is_empty() || (sign.is_some() && code.len() > 1) || code[0].is_empty() {
        return None;
    }
    Some(SecondMark {
        code: code.join(" "),
        first: first.parse().ok()?,
        second: second.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(code: &str, first: u16, second: u16) -> SecondMark {
        SecondMark {
            code: code.into(),
            first,
            second,
        }
    }

    #[test]
    fn columns_of_a_spreadsheet_and_typed_lines_are_read_alike() {
        let wanted = vec![mark("50001", 8, 7), mark("А 12", 9, 9)];
        for text in [
            "50001\t8\t7\nА 12\t9\t9",
            "Код\tПервый\tВторой\n50001\t8\t7\n\nА 12\t9\t9\n",
            "50001; 8; 7\nА 12; 9; 9",
            "50001, 8, 7\r\nА 12 9 9",
            "50001,8,7\nА 12;9;9",
        ] {
            assert_eq!(read(text), (wanted.clone(), vec![]), "{text:?}");
        }
    }

    #[test]
    fn a_line_without_two_whole_numbers_is_told_by_its_number() {
        let (marks, unread) = read("50001 8 7\n50002 8\n50003 8 семь\n50004 8 7,5\n50005 1 -1");
        assert_eq!(marks, [mark("50001", 8, 7)]);
        assert_eq!(unread, [2, 3, 4, 5]);
        // A heading is one only before anything else.
        assert_eq!(read("50001 8 7\nитого").1, [2]);
        assert_eq!(read(""), (vec![], vec![]));
    }
}
