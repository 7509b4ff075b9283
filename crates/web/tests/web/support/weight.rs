//! What a text weighs over the wire.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

pub fn gzip(text: &str) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap().len()
}
