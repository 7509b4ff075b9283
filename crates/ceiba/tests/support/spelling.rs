//! Looking for words in bytes, however they are written there.

use base64::Engine as _;
use regex::bytes::Regex;

/// A word as it may be written: as it is, in wide letters, as hexadecimal digits, and in base 64 wherever it begins.
fn spellings(word: &str) -> Vec<Vec<u8>> {
    let wide = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hex: String = word.bytes().map(|b| format!("{b:02x}")).collect();
    let mut all = vec![word.as_bytes().to_vec(), wide, hex.into_bytes()];
    for shift in 0..3 {
        let shifted = [&vec![0; shift][..], word.as_bytes()].concat();
        let text = base64::engine::general_purpose::STANDARD.encode(shifted);
        all.push(text.as_bytes()[if shift == 0 { 0 } else { 4 }..text.len() - 4].to_vec());
    }
    all
}

/// One look at the bytes for all words in all spellings.
pub fn any_of(words: &[String]) -> Regex {
    let spelt = words.iter().flat_map(|word| spellings(word));
    let one = |spelling: Vec<u8>| spelling.iter().map(|b| format!("\\x{b:02x}")).collect::<String>();
    Regex::new(&format!("(?-u:{})", spelt.map(one).collect::<Vec<_>>().join("|"))).unwrap()
}
