//! Encoding of a table in text, decided once for the whole file by its mark or by its letters.
//!
//! `№` in Windows-1251 together with a letter is valid UTF-8 for an Arabic letter, so validity alone decides nothing.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, DecoderResult, Encoding};

/// Bytes from the first letter beyond ASCII on that are looked at.
const SAMPLE: usize = 64 * 1024;

/// What the reader of a table says when the letters fit no encoding.
#[derive(Debug, thiserror::Error)]
pub enum EncodingError {
    /// No encoding makes words of the letters.
    #[error("the encoding cannot be told")]
    Unknown,
    /// Later bytes contradict the decision.
    #[error("the encoding changes inside the file")]
    Mixed,
}

fn failure(error: EncodingError) -> io::Error {
    io::Error::other(error)
}

/// Bytes of a file in whatever encoding, read as UTF-8.
pub struct Decoded<Inner> {
    inner: Inner,
    raw: Vec<u8>,
    decoder: Option<Decoder>,
    encoding: Option<&'static Encoding>,
    out: Vec<u8>,
    given: usize,
    at_end: bool,
}

impl<Inner: Read> Decoded<Inner> {
    /// Nothing is read yet.
    pub fn new(inner: Inner) -> Decoded<Inner> {
        Decoded {
            inner,
            raw: Vec::new(),
            decoder: None,
            encoding: None,
            out: Vec::new(),
            given: 0,
            at_end: false,
        }
    }

    fn fill(&mut self, size: usize) -> io::Result<()> {
        let mut chunk = [0_u8; 16 * 1024];
        while self.raw.len() < size && !self.at_end {
            match self.inner.read(&mut chunk) {
                Ok(0) => self.at_end = true,
                Ok(count) => self.raw.extend_from_slice(&chunk[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Decodes some more; the output stays empty at the end only.
    fn more(&mut self) -> io::Result<()> {
        self.out.clear();
        self.given = 0;
        self.fill(SAMPLE)?;
        if self.encoding.is_none() {
            self.decide()?;
            if self.encoding.is_none() {
                // ASCII so far: it is the same in every encoding.
                self.out.append(&mut self.raw);
                return Ok(());
            }
        }
        let Some(decoder) = &mut self.decoder else {
            return Ok(());
        };
        let length = decoder
            .max_utf8_buffer_length(self.raw.len())
            .unwrap_or(self.raw.len() * 3 + 16);
        self.out.resize(length, 0);
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(&self.raw, &mut self.out, self.at_end);
        self.out.truncate(written);
        self.raw.drain(..read);
        match result {
            DecoderResult::Malformed(..) => Err(failure(EncodingError::Mixed)),
            DecoderResult::InputEmpty | DecoderResult::OutputFull => Ok(()),
        }
    }

    fn decide(&mut self) -> io::Result<()> {
        if let Some((encoding, mark)) = Encoding::for_bom(&self.raw) {
            self.raw.drain(..mark);
            self.choose(encoding);
            return Ok(());
        }
        if let Some(wide) = wide(&self.raw) {
            self.choose(wide);
            return Ok(());
        }
        let Some(first) = self.raw.iter().position(|byte| !byte.is_ascii()) else {
            return Ok(());
        };
        self.fill(first + SAMPLE)?;
        let sample = &self.raw[first..self.raw.len().min(first + SAMPLE)];
        match guess(sample) {
            Some(encoding) => {
                self.choose(encoding);
                Ok(())
            }
            None => Err(failure(EncodingError::Unknown)),
        }
    }

    fn choose(&mut self, encoding: &'static Encoding) {
        self.encoding = Some(encoding);
        self.decoder = Some(encoding.new_decoder_without_bom_handling());
    }
}

impl<Inner: Read> Read for Decoded<Inner> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.out.len() {
            if self.at_end && self.raw.is_empty() {
                return Ok(0);
            }
            self.more()?;
            if self.out.is_empty() && self.at_end {
                return Ok(0);
            }
        }
        let count = buffer.len().min(self.out.len() - self.given);
        buffer[..count].copy_from_slice(&self.out[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

/// UTF-16 without a mark: every second byte of digits and separators is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(512) & !1];
    let zeros = |offset: usize| {
        sample
            .iter()
            .skip(offset)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let many = sample.len() / 8;
    if sample.len() < 8 {
        None
    } else if odd > many && even == 0 {
        Some(encoding_rs::UTF_16LE)
    } else if even > many && odd == 0 {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

/// The encoding in which the letters make Russian words; none where no one does clearly.
pub fn guess(sample: &[u8]) -> Option<&'static Encoding> {
    let candidates = [
        encoding_rs::UTF_8,
        encoding_rs::WINDOWS_1251,
        encoding_rs::IBM866,
        encoding_rs::KOI8_R,
    ];
    let mut best: Option<(&'static Encoding, f64)> = None;
    for encoding in candidates {
        let Some(score) = score(encoding, sample) else {
            continue;
        };
        // The earlier encoding is the usual one: a later one must be clearly better.
        if best.is_none_or(|(_, least)| score > least + 0.2) {
            best = Some((encoding, score));
        }
    }
    best.filter(|(_, score)| *score > 0.0)
        .map(|(encoding, _)| encoding)
}

/// Mean of what the letters beyond ASCII say, at most 1.
fn score(encoding: &'static Encoding, sample: &[u8]) -> Option<f64> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length(sample.len())?);
    let (result, _, malformed) = decoder.decode_to_string(sample, &mut text, false);
    if malformed || result == CoderResult::OutputFull {
        return None;
    }
    let (mut sum, mut count) = (0.0, 0_u32);
    let mut before: Option<char> = None;
    for letter in text.chars() {
        if !letter.is_ascii() {
            count += 1;
            sum += worth(letter, before);
        }
        before = Some(letter);
    }
    // A letter that the sample cut in two says nothing.
    (count > 0).then(|| sum / f64::from(count))
}

fn worth(letter: char, before: Option<char>) -> f64 {
    let is_russian = |letter: char| matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё');
    match letter {
        // A capital behind a small letter stands in no word.
        'А'..='Я' | 'Ё'
            if before.is_some_and(|before| is_russian(before) && before.is_lowercase()) =>
        {
            -2.0
        }
        // A letter of a class stands behind its number and is a capital.
        'а'..='я' | 'ё' if before.is_some_and(|before| before.is_ascii_digit()) => 0.3,
        // These begin no word.
        'ъ' | 'ь' | 'ы' if before.is_none_or(|before| !before.is_alphabetic()) => -1.0,
        'а'..='я' | 'А'..='Я' => 1.0,
        'ё' | 'Ё' => 0.7,
        '№' | '«' | '»' | '—' | '–' | '\u{a0}' | '…' | '“' | '”' | '’' | '−' => {
            0.7
        }
        letter if letter.is_alphabetic() && (letter as u32) < 0x250 => 0.0,
        _ => -3.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<String, String> {
        let mut text = String::new();
        Decoded::new(bytes)
            .read_to_string(&mut text)
            .map(|_| text)
            .map_err(|error| error.to_string())
    }

    const WORDS: &str = "Код участника;Класс;Ш№5\r\n1;5А;Ш№5\r\n";

    #[test]
    fn the_file_decides_and_not_the_cell() {
        for encoding in [
            encoding_rs::WINDOWS_1251,
            encoding_rs::KOI8_R,
            encoding_rs::IBM866,
            encoding_rs::UTF_8,
        ] {
            let words = if encoding == encoding_rs::KOI8_R {
                WORDS.replace('№', "-")
            } else {
                WORDS.to_owned()
            };
            let (bytes, _, lost) = encoding.encode(&words);
            assert!(!lost, "{}", encoding.name());
            assert_eq!(
                read(&bytes).as_deref(),
                Ok(words.as_str()),
                "{}",
                encoding.name()
            );
        }
    }

    #[test]
    fn a_number_sign_alone_is_no_arabic_letter() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("school;class\nШ№5;5\n");
        assert_eq!(read(&bytes).as_deref(), Ok("school;class\nШ№5;5\n"));
    }

    #[test]
    fn wide_text_is_read_with_and_without_its_mark() {
        for mark in ["\u{feff}", ""] {
            let text = format!("{mark}{WORDS}");
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(read(&little).as_deref(), Ok(WORDS));
            assert_eq!(read(&big).as_deref(), Ok(WORDS));
        }
    }

    #[test]
    fn letters_of_no_encoding_and_mixed_ones_are_refused() {
        assert!(read(&[b'a', 0xb0, 0xb1, 0xb2, 0x3b, 0xfd, 0xfe, 0x0a]).is_err());
        let mut mixed = "Класс;".repeat(20_000).into_bytes();
        let (tail, _, _) = encoding_rs::WINDOWS_1251.encode("Математика");
        mixed.extend_from_slice(&tail);
        assert!(read(&mixed).is_err());
    }
}
