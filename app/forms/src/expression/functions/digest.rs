//! Message digests and Base64.

use sha2::Digest as _;

use super::{Call, Document, Object, Outcome};

pub(super) fn call<D: Document>(call: &Call<'_, '_, D>, name: &str) -> Outcome<D> {
    if name == "base64-decode" {
        let bytes = base64_decode(&call.text(0)?);
        return Ok(Object::Text(String::from_utf8_lossy(&bytes).into_owned()));
    }
    let source = call.text(0)?;
    let algorithm = call.text(1)?;
    let encoding = if call.has(2) {
        call.text(2)?
    } else {
        "base64".into()
    };
    let source = source.as_bytes();
    let bytes = match algorithm.to_ascii_uppercase().as_str() {
        "MD5" => md5::Md5::digest(source).to_vec(),
        "SHA-1" => sha1::Sha1::digest(source).to_vec(),
        "SHA-256" => sha2::Sha256::digest(source).to_vec(),
        "SHA-384" => sha2::Sha384::digest(source).to_vec(),
        "SHA-512" => sha2::Sha512::digest(source).to_vec(),
        _ => {
            return call.evaluator.fail(
                call.span,
                format!("“{algorithm}” is no digest: use MD5, SHA-1, SHA-256, SHA-384 or SHA-512."),
            );
        }
    };
    match encoding.to_ascii_lowercase().as_str() {
        "hex" => Ok(Object::Text(
            bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        )),
        "base64" => Ok(Object::Text(base64_encode(&bytes))),
        _ => call.evaluator.fail(
            call.span,
            format!("“{encoding}” is no encoding: use hex or base64."),
        ),
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64_encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            if i <= chunk.len() {
                text.push(char::from(ALPHABET[(bits >> (18 - 6 * i) & 63) as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

/// Characters outside the alphabet are skipped, as browsers and Java's MIME decoder do.
fn base64_decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for c in text.bytes().filter(|c| *c != b'=') {
        let c = match c {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        };
        let Some(value) = ALPHABET.iter().position(|other| *other == c) else {
            continue;
        };
        bits = bits << 6 | value as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    bytes
}
