//! What a paper looks like, and what is in its file.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// Asks a program of `poppler-utils`.
pub fn run(program: &str, args: &[&str], input: &[u8]) -> Vec<u8> {
    let mut it =
        Command::new(program).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    it.stdin.take().unwrap().write_all(input).unwrap();
    let out = it.wait_with_output().unwrap();
    assert!(out.status.success(), "{program}");
    out.stdout
}

pub fn count(pdf: &[u8], what: &str) -> usize {
    pdf.windows(what.len()).filter(|w| *w == what.as_bytes()).count()
}

/// A picture as `pdftoppm -gray` gives it: width, height, points.
fn grey(file: &[u8]) -> (usize, usize, &[u8]) {
    let mut at = 0;
    let mut words = Vec::new();
    while words.len() < 4 {
        let end = at + file[at..].iter().position(u8::is_ascii_whitespace).unwrap();
        words.push(std::str::from_utf8(&file[at..end]).unwrap());
        at = end + 1;
    }
    assert_eq!((words[0], words[3]), ("P5", "255"));
    (words[1].parse().unwrap(), words[2].parse().unwrap(), &file[at..])
}

/// Compared with the picture that somebody looked at. Fonts are in the file, so only the edges of signs may differ between versions of
/// poppler: at 50 dots an inch one point in a hundred may differ by more than a quarter of the scale, and the mean by two of 255.
pub fn likeness(name: &str, pdf: &[u8]) {
    let picture = run("pdftoppm", &["-r", "50", "-gray", "-"], pdf);
    let kept = format!("{}/tests/pictures/{name}.pgm", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("CEIBA_NEW_PICTURE").is_some() {
        std::fs::write(&kept, &picture).unwrap();
    }
    let kept = std::fs::read(kept).unwrap();
    let (now, then) = (grey(&picture), grey(&kept));
    assert_eq!((now.0, now.1), (then.0, then.1), "the size of the page");
    let differ: Vec<u64> = now.2.iter().zip(then.2).map(|(a, b)| u64::from(a.abs_diff(*b))).collect();
    let far = differ.iter().filter(|d| **d > 64).count();
    let mean = differ.iter().sum::<u64>() as f64 / differ.len() as f64;
    assert!(
        far * 100 <= differ.len() && mean <= 2.0,
        "{far} of {} points, {mean:.2} in the mean",
        differ.len()
    );
}

/// That a paper is for a screen reader, with these tags, and names nobody and no day.
pub fn tagged(pdf: &[u8], tags: &[&str]) {
    for what in ["/StructTreeRoot", "/Lang(es)", "/DisplayDocTitle true", "pdfuaid:part"].iter().chain(tags) {
        assert!(count(pdf, what) > 0, "{what} is missing");
    }
    for secret in ["/Author", "/CreationDate"] {
        assert_eq!(count(pdf, secret), 0, "{secret}");
    }
}

/// Its words as they are read.
pub fn words(pdf: &[u8]) -> String {
    let text = String::from_utf8(run("pdftotext", &["-raw", "-", "-"], pdf)).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// That these stand in a text one after the other. Gives what comes after the last.
pub fn in_order<'t>(text: &'t str, all: &[&str]) -> &'t str {
    let mut rest = text;
    for what in all {
        assert!(rest.contains(what), "«{what}» does not stand where it should in: {text}");
        (_, rest) = rest.split_once(what).unwrap();
    }
    rest
}
