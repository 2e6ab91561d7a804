//! Pictures that a document can hold: JPEG and PNG, with their sizes read from their heads.

/// A picture with its size.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The file.
    pub bytes: Vec<u8>,
    /// Ending of its name: `jpg` or `png`.
    pub ending: &'static str,
    /// Width and height, pixels.
    pub size: [u32; 2],
}

impl Picture {
    /// Reads the size of a picture; none for what is no JPEG and no PNG, or broken.
    pub fn of(bytes: Vec<u8>) -> Option<Self> {
        let (ending, size) = match png_size(&bytes) {
            Some(size) => ("png", size),
            None => ("jpg", jpeg_size(&bytes)?),
        };
        let is_drawn = size.iter().all(|side| (1..=20_000).contains(side));
        is_drawn.then_some(Picture {
            bytes,
            ending,
            size,
        })
    }
}

/// # Source
/// W3C, Portable Network Graphics (third edition), 5.2 and 11.2.1: signature, then `IHDR`.
fn png_size(bytes: &[u8]) -> Option<[u32; 2]> {
    let head = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    if head.get(4..8)? != b"IHDR" {
        return None;
    }
    let number = |at: usize| Some(u32::from_be_bytes(head.get(at..at + 4)?.try_into().ok()?));
    Some([number(8)?, number(12)?])
}

/// # Source
/// ITU-T T.81, annex B: segments up to the first frame header.
fn jpeg_size(bytes: &[u8]) -> Option<[u32; 2]> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    loop {
        while rest.first() == Some(&0xff) && rest.get(1) == Some(&0xff) {
            rest = &rest[1..];
        }
        let (&[0xff, marker], after) = rest.split_first_chunk()? else {
            return None;
        };
        let length = usize::from(u16::from_be_bytes(*after.first_chunk()?));
        let segment = after.get(2..length)?;
        // C4, C8 and CC are tables, an extension and a condition, not frames.
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            let number = |at: usize| {
                let pair: [u8; 2] = segment.get(at..at + 2)?.try_into().ok()?;
                Some(u32::from(u16::from_be_bytes(pair)))
            };
            return Some([number(3)?, number(1)?]);
        }
        rest = after.get(length..)?;
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The head of a JPEG: an APP0 segment, then a baseline frame of this size.
    pub(crate) fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let mut bytes = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08".to_vec();
        bytes.extend(height.to_be_bytes());
        bytes.extend(width.to_be_bytes());
        bytes.extend(b"\x01\x01\x11\x00\xff\xd9");
        bytes
    }

    #[test]
    fn sizes_are_read_from_the_heads() {
        let found = Picture::of(jpeg(1_600, 900)).expect("a JPEG");
        assert_eq!((found.ending, found.size), ("jpg", [1_600, 900]));
        let mut png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR".to_vec();
        png.extend(600_u32.to_be_bytes());
        png.extend(400_u32.to_be_bytes());
        let found = Picture::of(png).expect("a PNG");
        assert_eq!((found.ending, found.size), ("png", [600, 400]));
        assert_eq!(Picture::of(b"GIF89a".to_vec()), None);
        assert_eq!(Picture::of(jpeg(0, 5)), None);
    }

    proptest! {
        #[test]
        fn whatever_is_sent_is_read_or_refused(
            head in prop::sample::select(vec![&b"\xff\xd8"[..], &b"\x89PNG\r\n\x1a\n"[..], &b""[..]]),
            rest in prop::collection::vec(any::<u8>(), 0..64),
        ) {
            let bytes: Vec<u8> = head.iter().copied().chain(rest).collect();
            // It ends and does not panic; what it finds is a size that can be drawn.
            if let Some(picture) = Picture::of(bytes) {
                prop_assert!(picture.size.iter().all(|side| (1..=20_000).contains(side)));
            }
        }
    }
}
