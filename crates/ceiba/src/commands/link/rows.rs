//! The rows of a CSV of any office: its encoding, the sign between its columns, and what cannot be read, named by its lines and left
//! out.

use std::fmt;
use std::fs::File;
use std::io::{BufReader, Cursor, Read};
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use csv::{ByteRecord, StringRecord};
use encoding_rs::{Encoding, UTF_8};

/// How CSVs are written.
#[derive(clap::Args, Clone, Copy, Debug)]
pub struct Written {
    /// The encoding of the files read: utf-8, or windows-1252 as older programs write it.
    #[arg(long, value_name = "NAME", default_value = "utf-8", value_parser = encoding)]
    encoding: &'static Encoding,
    /// The sign between columns of the files read; tab for a tabulator.
    #[arg(long, value_name = "SIGN", default_value = ",", value_parser = delimiter)]
    delimiter: u8,
}

fn encoding(name: &str) -> Result<&'static Encoding, String> {
    Encoding::for_label(name.as_bytes()).ok_or_else(|| "such as utf-8, windows-1252, utf-16le".to_owned())
}

fn delimiter(sign: &str) -> Result<u8, String> {
    match sign.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [sign] if sign.is_ascii_punctuation() && *sign != b'"' || *sign == b'\t' => Ok(*sign),
        _ => Err("one sign is expected, such as ; or tab".to_owned()),
    }
}

impl Default for Written {
    fn default() -> Self {
        Self { encoding: UTF_8, delimiter: b',' }
    }
}

/// The lines of a file on which a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lines {
    first: u64,
    last: u64,
}

impl fmt::Display for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { first, last } = self;
        if first == last { write!(f, "line {first}") } else { write!(f, "lines {first}–{last}") }
    }
}

/// How many rows a file gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows that were taken.
    pub taken: usize,
    /// Rows that were left out.
    pub left_out: usize,
    /// The lines on which those stood.
    lines: u64,
}

/// So many bad rows are named one by one; then only their number is.
const NAMED: usize = 1000;
/// No row of people has so many lines, and no field so many bytes: a quotation mark is open.
const MOST_LINES: u64 = 50;
const MOST_BYTES: usize = 10_000;

/// A file, its heading read.
pub struct Rows {
    name: String,
    reader: csv::Reader<Lined<Box<dyn Read>>>,
    heading: StringRecord,
    tally: Tally,
}

impl Rows {
    /// Opens a file.
    pub fn open(path: &Path, written: Written) -> anyhow::Result<Self> {
        let name = path.display().to_string();
        let text = text(path, written.encoding).with_context(|| name.clone())?;
        let lined = Lined { inner: text, last: b'\n', ended: false };
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).delimiter(written.delimiter).from_reader(lined);
        let heading = reader.byte_headers().with_context(|| name.clone())?.clone();
        let heading = StringRecord::from_byte_record(heading)
            .map_err(|_| anyhow!("{name}: the heading is not UTF-8{}", other_encoding()))?;
        Ok(Self { name, reader, heading, tally: Tally::default() })
    }

    /// The names of its columns.
    pub const fn heading(&self) -> &StringRecord {
        &self.heading
    }

    /// Where a column stands that must be there.
    pub fn place(&self, column: &str) -> anyhow::Result<usize> {
        let at = self.heading.iter().position(|name| name.trim() == column);
        at.ok_or_else(|| self.wrong(&anyhow!("there is no column «{column}»")))
    }

    /// What is wrong with the heading, with a hint when the sign between columns is another.
    pub fn wrong(&self, error: &anyhow::Error) -> anyhow::Error {
        let one = if self.heading.len() == 1 { self.heading.get(0) } else { None };
        let sign = [';', '\t', '|', ','].into_iter().find(|sign| one.is_some_and(|one| one.contains(*sign)));
        let hint = match sign {
            Some('\t') => "; the heading has tabulators: --delimiter tab".to_owned(),
            Some(sign) => format!("; the heading has «{sign}» between its columns: --delimiter \"{sign}\""),
            None => String::new(),
        };
        anyhow!("{}: {error:#}{hint}", self.name)
    }

    /// Hands each row on that can be read. What `take` says is wrong with one is told with its lines.
    pub fn each(
        mut self,
        mut take: impl FnMut(&StringRecord, Lines) -> Result<(), &'static str>,
    ) -> anyhow::Result<Tally> {
        let mut bytes = ByteRecord::new();
        while self.reader.read_byte_record(&mut bytes).with_context(|| self.name.clone())? {
            // Empty lines before a row are passed over, and behind it stands a line break.
            let (from, last) =
                (bytes.position().map_or(1, csv::Position::line), self.reader.position().line() - 1);
            let lines = Lines { first: last.saturating_sub(breaks(&bytes)).max(from), last };
            let why = match StringRecord::from_byte_record(std::mem::take(&mut bytes)) {
                Ok(record) => {
                    let why = self.unfit(&record, lines);
                    let why = why.or_else(|| take(&record, lines).err().map(str::to_owned));
                    bytes = record.into_byte_record();
                    why
                }
                Err(error) => {
                    bytes = error.into_byte_record();
                    Some(format!("it is not UTF-8{}", other_encoding()))
                }
            };
            match why {
                Some(why) => self.leave_out(lines, &why),
                None => self.tally.taken += 1,
            }
        }
        if self.tally.left_out > 0 {
            let Tally { left_out, lines, .. } = self.tally;
            let lines = if lines == left_out as u64 { String::new() } else { format!(" ({lines} lines)") };
            eprintln!("{}: {left_out} rows left out{lines}", self.name);
        }
        Ok(self.tally)
    }

    /// What is wrong with a row before anybody looks at what it says.
    fn unfit(&self, record: &StringRecord, lines: Lines) -> Option<String> {
        let open = "a quotation mark may be open in the first of them, and what follows is lost with it";
        let several = if lines.first == lines.last { String::new() } else { format!("; {open}") };
        if record.len() != self.heading.len() {
            return Some(format!("{} columns instead of {}{several}", record.len(), self.heading.len()));
        }
        if lines.last - lines.first >= MOST_LINES {
            return Some(format!("it is of {} lines{several}", lines.last - lines.first + 1));
        }
        let longest = record.iter().map(str::len).max().unwrap_or(0);
        (longest > MOST_BYTES).then(|| format!("a field has {longest} bytes{several}"))
    }

    fn leave_out(&mut self, lines: Lines, why: &str) {
        self.tally.left_out += 1;
        self.tally.lines += lines.last - lines.first + 1;
        match self.tally.left_out {
            ..=NAMED => eprintln!("{}, {lines}, left out: {why}", self.name),
            n if n == NAMED + 1 => {
                eprintln!("{}: more rows are left out; their number comes at the end", self.name)
            }
            _ => {}
        }
    }
}

/// The line breaks within the fields of a row.
fn breaks(record: &ByteRecord) -> u64 {
    record.iter().flatten().filter(|b| **b == b'\n').count() as u64
}

/// A text whose lines all end with one line feed, also the last: so that the number of a line can be told.
struct Lined<R> {
    inner: R,
    last: u8,
    ended: bool,
}

impl<R: Read> Read for Lined<R> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        while !self.ended {
            let n = self.inner.read(buf)?;
            if n == 0 && !buf.is_empty() {
                self.ended = true;
                if self.last == b'\n' || self.last == b'\r' {
                    break;
                }
                buf[0] = b'\n';
                return Ok(1);
            }
            let mut kept = 0;
            for at in 0..n {
                let (byte, before) = (buf[at], std::mem::replace(&mut self.last, buf[at]));
                if (before, byte) != (b'\r', b'\n') {
                    buf[kept] = if byte == b'\r' { b'\n' } else { byte };
                    kept += 1;
                }
            }
            if kept > 0 || buf.is_empty() {
                return Ok(kept);
            }
        }
        Ok(0)
    }
}

/// What may be tried when something is not UTF-8.
const fn other_encoding() -> &'static str {
    "; a file of an older Excel is read with --encoding windows-1252"
}

/// A file's text as UTF-8. One of another encoding is read whole.
fn text(path: &Path, encoding: &'static Encoding) -> anyhow::Result<Box<dyn Read>> {
    let mut file = BufReader::new(File::open(path)?);
    if encoding == UTF_8 {
        let begins = std::io::BufRead::fill_buf(&mut file)?;
        if begins.starts_with(&[0xff, 0xfe]) || begins.starts_with(&[0xfe, 0xff]) {
            bail!("it is UTF-16: --encoding utf-16le");
        }
        return Ok(Box::new(file));
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let (text, _, unread) = encoding.decode(&bytes);
    if unread {
        bail!("it is not {}", encoding.name());
    }
    Ok(Box::new(Cursor::new(text.into_owned().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a file gives: its rows with their lines, or what is wrong.
    fn read(bytes: &[u8], written: Written) -> Result<(Vec<String>, usize), String> {
        let file = tempfile::NamedTempFile::new().map_err(|e| e.to_string())?;
        std::fs::write(file.path(), bytes).map_err(|e| e.to_string())?;
        let mut all = Vec::new();
        let rows = Rows::open(file.path(), written).map_err(|e| format!("{e:#}"))?;
        let name = rows.place("name").map_err(|e| format!("{e:#}"))?;
        let tally = rows.each(|row, lines| {
            if row[name].is_empty() {
                return Err("no name");
            }
            all.push(format!("{lines}: {}", &row[name]));
            Ok(())
        });
        Ok((all, tally.map_err(|e| format!("{e:#}"))?.left_out))
    }

    #[test]
    fn rows_come_as_offices_write_them() {
        let semicolon = Written { delimiter: b';', ..Written::default() };
        let tab = Written { delimiter: b'\t', ..Written::default() };
        let latin =
            |name| Written { encoding: Encoding::for_label(name).unwrap_or(UTF_8), ..Written::default() };
        let huge = format!("id,name\n1,{}\n2,Ana\n", "a".repeat(20_000));
        let many = format!("id,name\n1,\"A{}\"\n2,Ana\n", "\n".repeat(60));
        let cases: Vec<(&[u8], Written, &[&str], usize)> = vec![
            (b"\xef\xbb\xbfname,id\nAna,1\n", Written::default(), &["line 2: Ana"], 0),
            (b"id,name\r\n1,Ana\r\n\r\n2,Eva\r\n", Written::default(), &["line 2: Ana", "line 4: Eva"], 0),
            (
                b"id,name\n1,\"Ana\nMar\xc3\xada\"\n2,Eva",
                Written::default(),
                &["lines 2–3: Ana\nMaría", "line 4: Eva"],
                0,
            ),
            (b"id;name\n1;Ana, Eva\n", semicolon, &["line 2: Ana, Eva"], 0),
            (b"id\tname\n1\tAna\n", tab, &["line 2: Ana"], 0),
            (b"id,name\n1,Nu\xf1ez\n", latin(b"windows-1252"), &["line 2: Nuñez"], 0),
            (b"\xff\xfei\0d\0,\0n\0a\0m\0e\0\n\x001\0,\0A\0\n\0", latin(b"utf-16le"), &["line 2: A"], 0),
            (b"id,name\n1,Nu\xf1ez\n2,Eva\n", Written::default(), &["line 3: Eva"], 1),
            (b"id,name\n1,\n2,Eva,3\n3,Ada\n", Written::default(), &["line 4: Ada"], 2),
            (b"id,name\n\n1,\"Ana,x\n2,Eva\n3,Ada\",x", Written::default(), &[], 1),
            (b"id,name\r1,Ana\r2,Eva", Written::default(), &["line 2: Ana", "line 3: Eva"], 0),
            (huge.as_bytes(), Written::default(), &["line 3: Ana"], 1),
            (many.as_bytes(), Written::default(), &["line 63: Ana"], 1),
            (b"id,name\n", Written::default(), &[], 0),
        ];
        for (bytes, written, expected, left_out) in cases {
            let expected = expected.iter().map(|&row| row.to_owned()).collect();
            assert_eq!(read(bytes, written), Ok((expected, left_out)), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn what_is_wrong_with_a_file_says_what_to_do() {
        let cases: [(&[u8], &str); 5] = [
            (b"id;name\n1;Ana\n", "--delimiter \";\""),
            (b"id\tname\n", "--delimiter tab"),
            (b"id,nombre\n", "there is no column «name»"),
            (b"id,a\xf1o\n", "--encoding windows-1252"),
            (b"\xff\xfei\0d\0", "--encoding utf-16le"),
        ];
        for (bytes, hint) in cases {
            let told = read(bytes, Written::default());
            assert!(told.as_ref().is_err_and(|told| told.contains(hint)), "{hint}: {told:?}");
        }
        for bad in ["", ";;", "ñ", "\"", "a"] {
            assert!(delimiter(bad).is_err(), "{bad}");
        }
        assert!(encoding("nothing").is_err());
    }
}
