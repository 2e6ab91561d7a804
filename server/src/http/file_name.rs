//! The name of a file that a request brings.

use api::results::import::FILE_NAME_HEADER;
use axum::http::{HeaderMap, header};

/// Longest file name that is kept, characters.
const MAX_NAME: usize = 200;

/// The name without a path and without control characters.
pub(in crate::http) fn file_name(headers: &HeaderMap) -> String {
    let encoded = headers
        .get(FILE_NAME_HEADER)
        .map_or(&b""[..], header::HeaderValue::as_bytes);
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut index = 0;
    while index < encoded.len() {
        let hex = encoded
            .get(index + 1..index + 3)
            .filter(|_| encoded[index] == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match hex {
            Some(byte) => {
                bytes.push(byte);
                index += 3;
            }
            None => {
                bytes.push(encoded[index]);
                index += 1;
            }
        }
    }
    let name = String::from_utf8_lossy(&bytes);
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name
        .chars()
        .filter(|letter| !letter.is_control())
        .take(MAX_NAME)
        .collect();
    if name.trim().is_empty() {
        "файл".to_owned()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_file_name_loses_its_path_and_its_encoding() {
        let named = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(FILE_NAME_HEADER, HeaderValue::from_static(value));
            file_name(&headers)
        };
        assert_eq!(named("%D0%A41%20math.xlsx"), "Ф1 math.xlsx");
        assert_eq!(named("..%2F..%2Fetc%2Fpasswd"), "passwd");
        assert_eq!(named("100%"), "100%");
        assert_eq!(named("%0A"), "файл");
        assert_eq!(file_name(&HeaderMap::new()), "файл");
    }
}
