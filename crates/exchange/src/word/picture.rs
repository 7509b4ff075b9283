//! Pictures of a letterhead, without what they tell beside what is seen: who took or drew them, when, where, with which program. Nothing is
//! decoded; parts that say something are left out, and whatever stands behind the end.

/// The type of a picture, for its part.
pub(super) fn kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        _ => None,
    }
}

/// The picture without the rest; none when it is none of the three, or not whole.
pub(super) fn plain(bytes: &[u8]) -> Option<Vec<u8>> {
    match kind(bytes)? {
        "image/png" => png(bytes),
        "image/jpeg" => jpeg(bytes),
        _ => gif(bytes),
    }
}

/// Chunks that change what is seen.
const SEEN: [&[u8]; 12] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD",
    b"pHYs",
];

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..8)?.to_vec();
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?);
        let end = at.checked_add(12)?.checked_add(usize::try_from(length).ok()?)?;
        let (chunk, name) = (bytes.get(at..end)?, bytes.get(at + 4..at + 8)?);
        if SEEN.contains(&name) {
            out.extend_from_slice(chunk);
        }
        if name == b"IEND" {
            return Some(out);
        }
        at = end;
    }
}

fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..2)?.to_vec();
    let mut at = 2;
    loop {
        let (mark, kind) = (*bytes.get(at)?, *bytes.get(at + 1)?);
        match (mark, kind) {
            // A byte of filling before a mark.
            (0xff, 0xff) => {
                at += 1;
                continue;
            }
            (0xff, 0xd9) => {
                out.extend_from_slice(&[0xff, 0xd9]);
                return Some(out);
            }
            (0xff, _) => {}
            _ => return None,
        }
        let length = u16::from_be_bytes(bytes.get(at + 2..at + 4)?.try_into().ok()?);
        let end = at + 2 + usize::from(length.max(2));
        // Applications' own, but for the two that say how colours are meant; and remarks.
        let tells = matches!(kind, 0xe1..=0xed | 0xef | 0xfe);
        if !tells {
            out.extend_from_slice(bytes.get(at..end)?);
        }
        at = end;
        if kind == 0xda {
            // The picture itself, to the next mark that is no pause in it.
            let begins = at;
            while !matches!(bytes.get(at..at + 2)?, [0xff, k] if *k != 0 && !(0xd0..=0xd7).contains(k)) {
                at += 1;
            }
            out.extend_from_slice(&bytes[begins..at]);
        }
    }
}

fn gif(bytes: &[u8]) -> Option<Vec<u8>> {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + table(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    loop {
        let begins = at;
        let keep = match bytes.get(at..at + 2)? {
            [0x2c, _] => {
                at += 10 + table(*bytes.get(at + 9)?) + 1;
                true
            }
            // Of what is added, only how a picture is shown.
            [0x21, label] => {
                at += 2;
                *label == 0xf9
            }
            _ => return None,
        };
        loop {
            let length = usize::from(*bytes.get(at)?);
            at += 1 + length;
            if length == 0 {
                break;
            }
        }
        if keep {
            out.extend_from_slice(bytes.get(begins..at)?);
        }
        if *bytes.get(at)? == 0x3b {
            out.push(0x3b);
            return Some(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
        [&u32::try_from(data.len()).unwrap_or(0).to_be_bytes()[..], name, data, &[0; 4]].concat()
    }

    #[test]
    fn a_png_keeps_what_is_seen() {
        let head = b"\x89PNG\r\n\x1a\n".to_vec();
        let seen = [chunk(b"IHDR", &[1; 13]), chunk(b"IDAT", &[2; 9]), chunk(b"IEND", &[])];
        let told = [chunk(b"tEXt", b"Author\0Ana Ejemplo"), chunk(b"eXIf", b"place")];
        let all =
            [&head[..], &seen[0], &told[0], &seen[1], &told[1], &seen[2], b"MZ behind the end"].concat();
        assert_eq!(plain(&all), Some([&head[..], &seen.concat()].concat()));
        assert_eq!(plain(&all[..60]), None, "cut off");
    }

    #[test]
    fn a_jpeg_keeps_its_scans_and_loses_its_place() {
        let seen: [&[u8]; 4] = [
            b"\xff\xd8\xff\xe0\x00\x04JF",
            b"\xff\xda\x00\x03\x01\x10\xff\x00\x20\xff\xd3\x30",
            b"\xff\xc4\x00\x04\xff\xd9\xff\xda\x00\x02\x40",
            b"\xff\xd9",
        ];
        let told: [&[u8]; 2] = [b"\xff\xe1\x00\x08Exif!!", b"\xff\xfe\x00\x05Ana"];
        let all = [seen[0], told[0], seen[1], told[1], seen[2], seen[3], b"behind"].concat();
        assert_eq!(plain(&all), Some(seen.concat()));
        assert_eq!(plain(b"\xff\xd8\xff\xda\x00\x02abc"), None, "without an end");
    }

    #[test]
    fn a_gif_loses_remarks() {
        let seen: [&[u8]; 3] = [
            b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff",
            b"\x21\xf9\x04\0\0\0\0\0",
            b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3b",
        ];
        let told: [&[u8]; 2] = [b"\x21\xfe\x03Ana\0", b"\x21\xff\x03XMP\x04data\0"];
        let all = [seen[0], told[0], seen[1], told[1], seen[2], b"behind"].concat();
        assert_eq!(plain(&all), Some(seen.concat()));
        for end in 0..seen.concat().len() {
            assert!(plain(&seen.concat()[..end]).is_none(), "cut at {end}");
        }
    }
}
