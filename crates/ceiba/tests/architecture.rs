//! No sender goes around the door, no count around its gate: what can reach the outside, what queues a message and what makes a `Passed` stand in one
//! named place each. Read from the sources, so that a new one cannot come in unseen.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What may stand where. The first is looked for in every line of code; comments and tests do not count.
const PLACES: &[(&str, &[&str])] = &[
    // The senders and what they are made of.
    ("lettre::", &["ceiba/src/send/smtp.rs"]),
    ("hyper::client", &["ceiba/src/send/sms.rs"]),
    ("hyper_util::client", &[]),
    ("tokio_rustls", &["ceiba/src/send/sms.rs"]),
    ("rustls_native_certs", &["ceiba/src/send/sms.rs"]),
    ("TcpStream::connect", &["ceiba/src/send/sms.rs"]),
    ("UdpSocket", &[]),
    ("UnixStream", &[]),
    ("process::Command", &[]),
    // Who calls a sender, and with what.
    (".carry(", &["programme/src/contact/outbox/post.rs"]),
    ("Letter {", &["programme/src/contact/outbox.rs", "programme/src/contact/outbox/post.rs"]),
    ("impl Carrier for", &["ceiba/src/send.rs"]),
    // Who queues.
    ("INSERT INTO message ", &["programme/src/contact/outbox.rs"]),
    (
        "outbox::queue(",
        &[
            "programme/src/contact/staff.rs",
            "programme/src/contact/wake.rs",
            "programme/src/justice/reminders.rs",
        ],
    ),
    // What passed.
    ("Passed(To::", &["programme/src/contact/door.rs"]),
    ("struct Passed(", &["programme/src/contact/door.rs"]),
    ("To::Staff {", &["programme/src/contact/door.rs"]),
    // Her rules are opened in the name of the office by the door only.
    (
        "office_read",
        &["programme/src/contact/door.rs", "programme/src/contact/feared.rs", "programme/src/entries.rs"],
    ),
    // An answer that left before is read back by one, who vouches that it passed; nobody asks around the attack.
    (
        "SafeAnswer::again(",
        &["disclosure/src/differencing.rs", "programme/src/releases.rs", "programme/src/releases/answer.rs"],
    ),
    ("unguarded(", &["disclosure/src/differencing.rs"]),
    // What is shown without a gate is no people.
    ("count_of_things(", &["disclosure/src/cell.rs", "programme/src/results/things.rs"]),
];

/// Letters to institutions: paper that somebody hands over. They do not pass the door (docs/adr/0021), because nothing sends them and
/// nothing in them says how she is reached. What would change that is named in [`NOT_IN_LETTERS`].
const LETTERS: [&str; 7] = [
    "programme/src/partners/recall.rs",
    "programme/src/partners/conferences/minutes.rs",
    "programme/src/cases/search.rs",
    "web/src/partners/recall.rs",
    "web/src/partners/conferences/minutes.rs",
    "web/src/cases/search_letter.rs",
    "web/src/justice/letter.rs",
];
const NOT_IN_LETTERS: [&str; 8] =
    ["contact::", "door::", "outbox", "Carrier", "carry(", "phone", "mailto", "tel:"];

/// Packages that speak with the outside, and the one crate that may name them.
const SPEAKERS: [&str; 12] = [
    "lettre",
    "tokio-rustls",
    "rustls",
    "rustls-native-certs",
    "reqwest",
    "ureq",
    "isahc",
    "curl",
    "attohttpc",
    "minreq",
    "native-tls",
    "openssl",
];

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Every source of the programme by its path below `crates`.
fn sources() -> Vec<(String, String)> {
    let root = crates();
    let mut paths = Vec::new();
    for krate in std::fs::read_dir(&root).unwrap() {
        files(&krate.unwrap().path().join("src"), &mut paths);
    }
    let name = |p: &Path| p.strip_prefix(&root).unwrap().display().to_string().replace('\\', "/");
    paths.iter().map(|p| (name(p), std::fs::read_to_string(p).unwrap())).collect()
}

/// Code without its comments.
fn code(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// What stands where it must not, and what does not stand where it is expected.
fn faults(sources: &[(String, String)]) -> Vec<String> {
    let mut faults = Vec::new();
    for (what, places) in PLACES {
        let found: BTreeSet<&str> = sources
            .iter()
            .filter(|(_, text)| code(text).contains(what))
            .map(|(name, _)| name.as_str())
            .collect();
        let expected: BTreeSet<&str> = places.iter().copied().collect();
        faults.extend(found.difference(&expected).map(|name| format!("«{what}» stands in {name}")));
        faults.extend(expected.difference(&found).map(|name| format!("«{what}» is not in {name} any more")));
    }
    faults
}

#[test]
fn no_sender_goes_around_the_door() {
    let sources = sources();
    assert!(sources.len() > 200, "{} sources", sources.len());
    assert_eq!(faults(&sources), Vec::<String>::new());
}

/// The control: each of these would be seen.
#[test]
fn whoever_goes_around_is_named() {
    for (name, line) in [
        ("web/src/clinic/no_show.rs", "use lettre::Message;"),
        ("programme/src/jobs.rs", "let sql = \"INSERT INTO message (id) VALUES ($1)\";"),
        ("programme/src/justice/hearings.rs", "let passed = Passed(To::Her { id, rule });"),
        ("web/src/reach.rs", "outbox::queue(&mut work, &passed).await?;"),
        ("programme/src/notices.rs", "carrier.carry(&letter).await"),
        ("ceiba/src/office.rs", "std::process::Command::new(\"sendmail\")"),
        ("web/src/board.rs", "let answer = SafeAnswer::again(past);"),
        ("programme/src/results/answers.rs", "let answer = unguarded(&question, &exact, threshold);"),
        ("web/src/data.rs", "let sessions = count_of_things(groups);"),
        ("programme/src/clinic/no_show.rs", "let stream = TcpStream::connect(host).await?;"),
    ] {
        let mut all = sources();
        let source = all.iter_mut().find(|(n, _)| n == name).unwrap();
        source.1.push_str(&format!("\nfn around() {{ {line} }}\n"));
        let found = faults(&all);
        assert!(found.iter().any(|f| f.ends_with(&format!("in {name}"))), "{line}: {found:?}");
    }
}

/// The field of `Passed` is private, and so is what a letter is made of.
#[test]
fn what_passed_cannot_be_made_elsewhere() {
    let sources = sources();
    let of = |name: &str| code(&sources.iter().find(|(n, _)| n == name).unwrap().1);
    let door = of("programme/src/contact/door.rs");
    assert!(door.contains("pub struct Passed(To);") && door.contains("\nenum To {"));
    assert!(!door.contains("Deserialize)]\npub struct Passed") && !door.contains("for Passed"));
    assert!(of("programme/src/contact/outbox.rs").contains("\n    passed: Passed,\n"));
}

#[test]
fn one_crate_names_what_speaks_with_the_outside() {
    for krate in std::fs::read_dir(crates()).unwrap() {
        let folder = krate.unwrap().path();
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let named = |s: &&str| manifest.lines().any(|l| l.split(['.', ' ', '=']).next() == Some(*s));
        let found: Vec<_> = SPEAKERS.iter().filter(|s| named(s)).collect();
        assert!(found.is_empty() || folder.ends_with("ceiba"), "{}: {found:?}", folder.display());
    }
}

#[test]
fn letters_to_institutions_are_paper_and_hold_no_way_to_her() {
    let sources = sources();
    let faults = |sources: &[(String, String)]| {
        let mut faults = Vec::new();
        for letter in LETTERS {
            let text = code(&sources.iter().find(|(name, _)| name == letter).unwrap().1);
            let found = NOT_IN_LETTERS.iter().filter(|what| text.contains(**what));
            faults.extend(found.map(|what| format!("«{what}» stands in {letter}")));
        }
        faults
    };
    assert_eq!(faults(&sources), Vec::<String>::new());
    // The control: a letter that would go by a wire, or tell her number.
    for (name, line) in
        [(LETTERS[0], "outbox::queue(&mut work, &passed)"), (LETTERS[3], "let to = identity.phone;")]
    {
        let mut all = sources.clone();
        all.iter_mut().find(|(n, _)| n == name).unwrap().1.push_str(line);
        assert_eq!(faults(&all).len(), 1, "{line}");
    }
}

#[test]
fn no_file_of_tests_is_left_out() {
    // Where one binary holds many files they are named by hand, and one that is not would never run.
    for crate_ in ["programme", "web"] {
        let folder = crates().join(crate_).join("tests");
        let main = std::fs::read_to_string(folder.join("main.rs")).unwrap();
        let named: BTreeSet<&str> =
            main.lines().filter_map(|l| l.strip_prefix("mod ")?.strip_suffix(';')).collect();
        let mut files = 0;
        for entry in std::fs::read_dir(&folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if let Some(stem) = name.strip_suffix(".rs").filter(|stem| *stem != "main") {
                assert!(named.contains(stem), "{crate_}/tests/main.rs does not name {stem}");
                files += 1;
            }
        }
        assert!(files > 5 && files == named.len(), "{crate_}: {files} files, {} named", named.len());
    }
}
