//! A code for a camera as a picture of a paper: a PNG of one bit a point, without compression, and the element that shows it. Source: PNG (W3C,
//! third edition), 5 and 11; ECMA-376 part 1, 20.4.2.8.

use super::xml::{Element, RELATIONS};

/// A code for a camera.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// What it is, for whoever listens.
    pub says: String,
    /// Its modules, row by row: true is dark. The white around it is added.
    pub dark: Vec<Vec<bool>>,
}

/// Points of a module, and modules of white around it (ISO/IEC 18004).
const POINTS: usize = 8;
const WHITE: usize = 4;
/// The side on paper: 34 mm, of which 3 cm are the code. In English Metric Units, 36000 a millimetre.
const SIDE: &str = "1224000";

impl Code {
    /// The picture; none when there is no module, or so many that no camera reads them.
    pub(super) fn png(&self) -> Option<Vec<u8>> {
        let modules = self.dark.len();
        if !(1..=177).contains(&modules) {
            return None;
        }
        let side = (modules + 2 * WHITE) * POINTS;
        let mut rows = Vec::new();
        for y in 0..side {
            // No filter; a bit that is set is white.
            rows.push(0);
            let dark = |x: usize| {
                let at = |n: usize| (n / POINTS).checked_sub(WHITE);
                at(y).zip(at(x)).and_then(|(y, x)| self.dark.get(y)?.get(x)).copied().unwrap_or(false)
            };
            rows.extend(
                (0..side / 8)
                    .map(|byte| (0..8).fold(0, |bits: u8, bit| bits << 1 | u8::from(!dark(8 * byte + bit)))),
            );
        }
        let wide = u32::try_from(side).ok()?.to_be_bytes();
        let head = [&wide[..], &wide, &[1, 0, 0, 0, 0]].concat();
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        for (name, data) in [(b"IHDR", head), (b"IDAT", zlib(&rows)), (b"IEND", Vec::new())] {
            png.extend(u32::try_from(data.len()).ok()?.to_be_bytes());
            let chunk = [&name[..], &data].concat();
            png.extend(&chunk);
            png.extend(crc(&chunk).to_be_bytes());
        }
        Some(png)
    }

    /// What stands in a run for it: the picture of a relation, in the line.
    pub(super) fn drawing(&self, id: &str, number: usize) -> Element {
        const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006";
        let number = number.to_string();
        let named = |element: &str| {
            Element::new(element)
                .attr("id", &number)
                .attr("name", &format!("Code {number}"))
                .attr("descr", &self.says)
        };
        let blip = Element::new("a:blip").attr("xmlns:r", RELATIONS).attr("r:embed", id);
        let fill = Element::new("pic:blipFill")
            .child(blip)
            .child(Element::new("a:stretch").child(Element::new("a:fillRect")));
        let size = Element::new("a:ext").attr("cx", SIDE).attr("cy", SIDE);
        let place =
            Element::new("a:xfrm").child(Element::new("a:off").attr("x", "0").attr("y", "0")).child(size);
        let shape = Element::new("pic:spPr")
            .child(place)
            .child(Element::new("a:prstGeom").attr("prst", "rect").child(Element::new("a:avLst")));
        let picture = Element::new("pic:pic")
            .attr("xmlns:pic", &format!("{DRAWING}/picture"))
            .child(Element::new("pic:nvPicPr").child(named("pic:cNvPr")).child(Element::new("pic:cNvPicPr")))
            .child(fill)
            .child(shape);
        let data = Element::new("a:graphicData").attr("uri", &format!("{DRAWING}/picture")).child(picture);
        let line = Element::new("wp:inline")
            .attr("xmlns:wp", &format!("{DRAWING}/wordprocessingDrawing"))
            .child(Element::new("wp:extent").attr("cx", SIDE).attr("cy", SIDE))
            .child(named("wp:docPr"))
            .child(Element::new("a:graphic").attr("xmlns:a", &format!("{DRAWING}/main")).child(data));
        Element::new("w:drawing").child(line)
    }
}

/// Data as a zlib stream of stored blocks (RFC 1950, RFC 1951).
fn zlib(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = data.chunks(0xffff).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        out.push(u8::from(blocks.peek().is_none()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    let (a, b) = data.iter().fold((1u32, 0u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    out.extend((b << 16 | a).to_be_bytes());
    out
}

/// The checksum of a chunk (PNG, annex D).
fn crc(data: &[u8]) -> u32 {
    !data.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 })
    })
}

#[cfg(test)]
mod tests {
    use super::{Code, crc, zlib};

    #[test]
    fn checksums_are_those_of_the_standards() {
        assert_eq!(crc(b"123456789"), 0xcbf4_3926);
        assert_eq!(zlib(b"Wikipedia")[2 + 5 + 9..], 0x11e6_0398_u32.to_be_bytes());
    }

    #[test]
    fn a_code_has_white_around_it_and_no_code_is_no_picture() {
        let code = Code { says: String::new(), dark: vec![vec![true; 21]; 21] };
        let png = code.png().expect("is one");
        assert_eq!(png[16..24], [[0, 0, 0, 232], [0, 0, 0, 232]].concat()[..]);
        assert!(Code::default().png().is_none());
        assert!(Code { dark: vec![vec![true]; 900], ..Code::default() }.png().is_none());
    }
}
