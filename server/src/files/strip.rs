//! Pictures without what their camera wrote beside the picture: place, time, device, author, thumbnails.

use super::kind::FileKind;

/// Marker of a JPEG that begins the picture's data.
const START_OF_SCAN: u8 = 0xda;
/// Marker that ends a JPEG.
const END_OF_IMAGE: u8 = 0xd9;
/// Tag of TIFF that says how the picture is to be turned.
const ORIENTATION: u16 = 0x0112;

/// The picture without its metadata; other kinds stay as they are. `None` when it is not built as its kind is.
/// How the picture is to be turned and its colours stay: without them it would look wrong.
///
/// # Source
/// JPEG (T.81) annex B; Exif 2.32 §4.5 (APP1) and §4.6.4 (orientation); ICC.1 annex B.4 (APP2); PNG §5.3 and
/// §11.3; RIFF container of WebP (`VP8X`, `EXIF`, `XMP `).
pub(super) fn strip(kind: FileKind, bytes: Vec<u8>) -> Option<Vec<u8>> {
    match kind {
        FileKind::Jpeg => jpeg(&bytes),
        FileKind::Png => png(&bytes),
        FileKind::Webp => webp(&bytes),
        _ => Some(bytes),
    }
}

fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..2)?.to_vec();
    let mut rest = bytes.get(2..)?;
    let mut turn = None;
    let mut is_headed = false;
    loop {
        let (marker, after) = next_marker(rest)?;
        rest = after;
        if marker == END_OF_IMAGE {
            // What follows (a second picture of some telephones) has metadata of its own.
            out.extend([0xff, END_OF_IMAGE]);
            return Some(out);
        }
        if matches!(marker, 0x01 | 0xd0..=0xd7) {
            out.extend([0xff, marker]);
            continue;
        }
        let length = usize::from(u16::from_be_bytes(rest.get(..2)?.try_into().ok()?));
        let segment = rest.get(..length).filter(|_| length >= 2)?;
        rest = &rest[length..];
        if marker == 0xe1 {
            turn = turn.or_else(|| orientation(&segment[2..]));
        }
        if !is_kept(marker, &segment[2..]) {
            continue;
        }
        // Behind the first segments of the file (APP0, colours), before its tables, as Exif asks.
        if !is_headed && !matches!(marker, 0xe0..=0xef) {
            is_headed = true;
            if let Some(turn) = turn.filter(|turn| (2..=8).contains(turn)) {
                out.extend(turned(turn));
            }
        }
        out.extend([0xff, marker]);
        out.extend(segment);
        if marker == START_OF_SCAN {
            let end = scan_end(rest)?;
            out.extend(&rest[..end]);
            rest = &rest[end..];
        }
    }
}

/// The next marker and what follows it; bytes of filling before it are passed over.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let (0xff, mut rest) = (*bytes.first()?, bytes.get(1..)?) else {
        return None;
    };
    while let [0xff, after @ ..] = rest {
        rest = after;
    }
    let (marker, rest) = rest.split_first()?;
    Some((*marker, rest))
}

/// Is a segment needed to draw the picture? JFIF, colours (ICC), Adobe's transform, and all that is no
/// application's or comment's.
fn is_kept(marker: u8, content: &[u8]) -> bool {
    match marker {
        0xe0 => content.starts_with(b"JFIF\0"),
        0xe2 => content.starts_with(b"ICC_PROFILE\0"),
        0xee => content.starts_with(b"Adobe"),
        0xe1..=0xef | 0xfe => false,
        _ => true,
    }
}

/// Where the entropy coded data ends: at the next marker that is neither a stuffed byte nor a restart.
fn scan_end(bytes: &[u8]) -> Option<usize> {
    bytes
        .windows(2)
        .position(|pair| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff))
}

/// How the picture is to be turned, 1–8, from an Exif segment.
fn orientation(content: &[u8]) -> Option<u16> {
    let tiff = content.strip_prefix(b"Exif\0\0")?;
    let is_little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little {
            u16::from_le_bytes(pair)
        } else {
            u16::from_be_bytes(pair)
        })
    };
    let four: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let start = if is_little {
        u32::from_le_bytes(four)
    } else {
        u32::from_be_bytes(four)
    };
    let start = usize::try_from(start).ok()?;
    let count = usize::from(short(start)?);
    (0..count)
        .map(|index| start + 2 + 12 * index)
        .find(|at| short(*at) == Some(ORIENTATION))
        .and_then(|at| short(at + 8))
}

/// A segment that says how the picture is to be turned, and nothing else.
fn turned(turn: u16) -> Vec<u8> {
    let mut tiff = b"Exif\0\0MM\0*\0\0\0\x08\0\x01".to_vec();
    tiff.extend(ORIENTATION.to_be_bytes());
    tiff.extend([0, 3, 0, 0, 0, 1]);
    tiff.extend(turn.to_be_bytes());
    tiff.extend([0; 6]);
    let length = u16::try_from(tiff.len() + 2).unwrap_or(u16::MAX);
    let mut segment = vec![0xff, 0xe1];
    segment.extend(length.to_be_bytes());
    segment.extend(tiff);
    segment
}

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..8)?.to_vec();
    let mut rest = bytes.get(8..)?;
    loop {
        let length = u32::from_be_bytes(rest.get(..4)?.try_into().ok()?);
        let whole = usize::try_from(length).ok()?.checked_add(12)?;
        let chunk = rest.get(..whole)?;
        let name = &chunk[4..8];
        if !matches!(name, b"tEXt" | b"zTXt" | b"iTXt" | b"eXIf" | b"tIME") {
            out.extend(chunk);
        }
        if name == b"IEND" {
            return Some(out);
        }
        rest = &rest[whole..];
    }
}

/// Bits of `VP8X` that say that Exif and XMP follow.
const WEBP_METADATA: u8 = 0x08 | 0x04;

fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..12)?.to_vec();
    let size = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?);
    let end = usize::try_from(size).ok()?.checked_add(8)?;
    let mut rest = bytes.get(12..end)?;
    while !rest.is_empty() {
        let length = u32::from_le_bytes(rest.get(4..8)?.try_into().ok()?);
        let length = usize::try_from(length).ok()?;
        // Chunks begin at even places.
        let whole = length.checked_add(8)?.checked_add(length % 2)?;
        let chunk = rest.get(..whole)?;
        rest = &rest[whole..];
        match &chunk[..4] {
            b"EXIF" | b"XMP " => {}
            b"VP8X" if length > 0 => {
                let flags = out.len() + 8;
                out.extend(chunk);
                out[flags] &= !WEBP_METADATA;
            }
            _ => out.extend(chunk),
        }
    }
    let size = u32::try_from(out.len() - 8).ok()?;
    out[4..8].copy_from_slice(&size.to_le_bytes());
    Some(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLACE: &[u8] = b"55.75 N 37.61 E";

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).expect("a short segment");
        let mut bytes = vec![0xff, marker];
        bytes.extend(length.to_be_bytes());
        bytes.extend(content);
        bytes
    }

    fn exif(turn: u16) -> Vec<u8> {
        let mut content = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
        content.extend([0x10, 0x01, 2, 0, 4, 0, 0, 0, b'C', b'a', b'm', 0]);
        content.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0]);
        content.extend(turn.to_le_bytes());
        content.extend([0; 6]);
        content.extend(PLACE);
        content
    }

    fn picture(before: &[Vec<u8>], data: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8];
        bytes.extend(segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"));
        bytes.extend(before.concat());
        bytes.extend(segment(0xdb, &[0; 65]));
        bytes.extend(segment(0xda, &[1, 1, 0, 0, 63, 0]));
        bytes.extend(data);
        bytes.extend([0xff, 0xd9]);
        bytes
    }

    fn holds(bytes: &[u8], what: &[u8]) -> bool {
        bytes.windows(what.len()).any(|window| window == what)
    }

    #[test]
    fn a_photo_loses_place_and_comment_and_keeps_how_it_is_turned() {
        let data = [1, 2, 0xff, 0, 3, 0xff, 0xd0, 4];
        let telephone = picture(&[segment(0xe1, &exif(6)), segment(0xfe, PLACE)], &data);
        let stripped = strip(FileKind::Jpeg, telephone).expect("a picture");
        assert!(!holds(&stripped, PLACE) && !holds(&stripped, b"Cam"));
        assert!(holds(&stripped, &data));
        assert_eq!(stripped, picture(&[turned(6)], &data));
        assert_eq!(orientation(&turned(6)[4..]), Some(6));
    }

    #[test]
    fn a_second_picture_behind_the_first_goes() {
        let mut telephone = picture(&[], &[1, 2, 3]);
        telephone.extend(picture(&[segment(0xe1, &exif(1))], &[9]));
        let stripped = strip(FileKind::Jpeg, telephone);
        assert_eq!(stripped, Some(picture(&[], &[1, 2, 3])));
    }

    #[test]
    fn texts_and_times_of_a_png_go() {
        let chunk = |name: &[u8], content: &[u8]| {
            let length = u32::try_from(content.len()).expect("short");
            [&length.to_be_bytes()[..], name, content, &[0; 4]].concat()
        };
        let head = b"\x89PNG\r\n\x1a\n".to_vec();
        let with = [
            head.clone(),
            chunk(b"IHDR", &[0; 13]),
            chunk(b"tEXt", PLACE),
            chunk(b"eXIf", PLACE),
            chunk(b"IDAT", b"pixels"),
            chunk(b"IEND", b""),
            PLACE.to_vec(),
        ];
        let without = [
            head,
            chunk(b"IHDR", &[0; 13]),
            chunk(b"IDAT", b"pixels"),
            chunk(b"IEND", b""),
        ];
        let stripped = strip(FileKind::Png, with.concat());
        assert_eq!(stripped, Some(without.concat()));
    }

    #[test]
    fn a_webp_says_no_more_that_metadata_follow() {
        let chunk = |name: &[u8], content: &[u8]| {
            let length = u32::try_from(content.len()).expect("short");
            let filling = vec![0; content.len() % 2];
            [name, &length.to_le_bytes(), content, &filling].concat()
        };
        let file = |flags: u8, chunks: &[Vec<u8>]| {
            let mut wide = [0; 10];
            wide[0] = flags;
            let body = [&b"WEBP"[..], &chunk(b"VP8X", &wide), &chunks.concat()].concat();
            let length = u32::try_from(body.len()).expect("short");
            [b"RIFF", &length.to_le_bytes()[..], &body].concat()
        };
        let pixels = chunk(b"VP8 ", b"odd");
        let with = file(
            0x2c,
            &[pixels.clone(), chunk(b"EXIF", PLACE), chunk(b"XMP ", PLACE)],
        );
        assert_eq!(strip(FileKind::Webp, with), Some(file(0x20, &[pixels])));
    }

    #[test]
    fn a_picture_that_breaks_off_is_none() {
        let whole = picture(&[segment(0xe1, &exif(3))], &[1, 2, 3]);
        for length in 0..whole.len() {
            assert_eq!(strip(FileKind::Jpeg, whole[..length].to_vec()), None);
        }
    }

    proptest! {
        #[test]
        fn stripping_twice_is_stripping_once(
            turn in 0..10_u16,
            contents in proptest::collection::vec((0xe0..=0xfe_u8, proptest::collection::vec(any::<u8>(), 0..40)), 0..6),
            data in proptest::collection::vec(0..0xff_u8, 0..60),
        ) {
            let mut before = vec![segment(0xe1, &exif(turn))];
            before.extend(contents.iter().map(|(marker, content)| segment(*marker, content)));
            let once = strip(FileKind::Jpeg, picture(&before, &data)).expect("a picture");
            prop_assert!(!holds(&once, PLACE));
            prop_assert_eq!(strip(FileKind::Jpeg, once.clone()), Some(once));
        }

        #[test]
        fn nothing_that_is_sent_stops_it(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            for kind in [FileKind::Jpeg, FileKind::Png, FileKind::Webp] {
                drop(strip(kind, bytes.clone()));
            }
        }
    }
}
