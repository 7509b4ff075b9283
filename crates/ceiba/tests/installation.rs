//! The command line as an operator uses it: found, serve, back up, restore, verify; and a thief with the
//! stolen data folder.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use ceiba_vault::OfficeKey;
use tempfile::TempDir;

const PASSPHRASE: &str = "cuatro palabras que nadie adivina";
const PASSWORD: &str = "otra frase larga de verdad";

/// An installation in folders of its own.
struct Place {
    home: TempDir,
    said: String,
}

impl Place {
    fn found() -> Self {
        let home = tempfile::tempdir().unwrap();
        write_config(home.path(), "data", "ceiba.toml", 0);
        std::fs::write(home.path().join("passphrase"), PASSPHRASE).unwrap();
        let mut place = Self { home, said: String::new() };
        let out = place.run(&["init", "--from-stdin"], &format!("{PASSPHRASE}\n{PASSWORD}\n"));
        place.said = String::from_utf8(out.stdout).unwrap();
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn try_run(&self, args: &[&str], typed: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ceiba"))
            .args(args)
            .current_dir(self.home.path())
            .env("CEIBA_LOG", "warn")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    fn run(&self, args: &[&str], typed: &str) -> Output {
        let out = self.try_run(args, typed);
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        out
    }

    fn add_user(&self) {
        let args = [
            "user",
            "add",
            "lucia",
            "Lucía Centinela",
            "--role",
            "social_worker",
            "--site",
            "K1",
            "--from-stdin",
        ];
        self.run(&args, &format!("{PASSWORD}\n"));
    }
}

fn write_config(home: &Path, data: &str, name: &str, port: u16) {
    let text = format!(
        "data = \"{data}\"\nlock = \"office.lock\"\npassphrase_file = \"passphrase\"\nlisten = \"127.0.0.1:{port}\"\ntls = false\n"
    );
    std::fs::write(home.join(name), text).unwrap();
}

/// A running server; killed when the test is over.
struct Server(Child, u16);

impl Server {
    fn start(place: &Place) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ceiba"))
            .args(["serve"])
            .current_dir(place.home.path())
            .env("CEIBA_LOG", "info")
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let port = lines
            .find_map(|line| {
                let plain: String =
                    line.unwrap().chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect();
                let at = plain.split("127.0.0.1:").nth(1)?;
                at.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
            })
            .unwrap();
        Self(child, port)
    }

    fn post(&self, path: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.1)).unwrap();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// All bytes below a folder.
fn bytes(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(bytes(&path)) } else { all.extend(std::fs::read(path).unwrap()) }
    }
    all
}

/// The attacker: she has every file, knows the program, and looks for words and for the key itself.
struct Thief {
    loot: Vec<u8>,
    fingerprint: String,
}

impl Thief {
    fn finds_words(&self, words: &str) -> bool {
        let utf16: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [words.as_bytes(), &utf16].iter().any(|w| self.loot.windows(w.len()).any(|part| part == *w))
    }

    /// Tries every 32 bytes in a row as the office key. The database names the key's fingerprint, which lets
    /// her check each guess cheaply; windows that cannot be random are left out to save time.
    fn finds_key(&self) -> bool {
        self.loot.windows(32).any(|w| {
            let mut seen = [false; 256];
            w.iter().for_each(|b| seen[usize::from(*b)] = true);
            let distinct = seen.iter().filter(|s| **s).count();
            distinct > 20
                && w.try_into().is_ok_and(|key| OfficeKey::from_bytes(key).fingerprint() == self.fingerprint)
        })
    }
}

#[test]
fn a_stolen_data_folder_opens_nothing() {
    let place = Place::found();
    place.add_user();
    let server = Server::start(&place);
    let report = "reporter=teacher&municipality=GT0920&signs=absent_days&since=days&certainty=saw&age_group=adolescent&words=canario+en+la+mina&contact=&once=00000000-0000-4000-8000-000000000007";
    assert!(server.post("/aviso", report).contains("200 OK"));
    // The disk of the running server, write-ahead log and all.
    let loot = bytes(&place.path("data"));
    drop(server);
    let lock = std::fs::read(place.path("office.lock")).unwrap();
    let office = ceiba_vault::unlock_office(&lock, PASSPHRASE).unwrap();
    let thief = Thief { loot, fingerprint: office.fingerprint() };
    assert!(thief.finds_words(&office.fingerprint()), "she does find what stands in clear");
    for secret in ["Centinela", "lucia", "canario en la mina", PASSPHRASE, PASSWORD] {
        assert!(!thief.finds_words(secret), "{secret} is readable");
    }
    assert!(!thief.finds_key());
    // With the lock as well she still needs the passphrase.
    assert!(ceiba_vault::unlock_office(&lock, "cuatro palabras que nadie adivinó").is_err());
}

/// The control: a key that lies in the folder is found by this very attacker.
#[test]
fn the_thief_would_find_a_key_that_lies_about() {
    let key: [u8; 32] = std::array::from_fn(|n| (n * 37 + 11) as u8);
    let mut loot = vec![7; 5000];
    loot.splice(1234..1234, key);
    let thief = Thief { loot, fingerprint: OfficeKey::from_bytes(key).fingerprint() };
    assert!(thief.finds_key());
}

#[test]
fn a_backup_comes_back_and_a_tampered_ledger_is_named() {
    let place = Place::found();
    place.add_user();
    place.run(&["backup", "--to", "backups"], "");
    let identity = place.said.split_whitespace().find(|w| w.starts_with("AGE-SECRET-KEY-")).unwrap();
    std::fs::write(place.path("identity"), identity).unwrap();
    let file = |kind: &str| {
        let all = std::fs::read_dir(place.path("backups")).unwrap().map(|e| e.unwrap().path());
        all.into_iter().find(|p| p.to_string_lossy().contains(kind)).unwrap().display().to_string()
    };
    let (data, keys) = (file("ceiba-data"), file("ceiba-keys"));
    for sealed in [&data, &keys] {
        let raw = std::fs::read(sealed).unwrap();
        assert!(!raw.windows(5).any(|w| w == b"entry") && raw.starts_with(b"age-encryption.org"));
    }
    write_config(place.home.path(), "data2", "two.toml", 0);
    let swapped =
        ["restore", "--config", "two.toml", "--data", &keys, "--keys", &data, "--identity", "identity"];
    assert!(!place.try_run(&swapped, "").status.success(), "swapped files are refused");
    place.run(
        &["restore", "--config", "two.toml", "--data", &data, "--keys", &keys, "--identity", "identity"],
        "",
    );
    let verify = place.run(&["audit", "--config", "two.toml", "verify"], "");
    assert!(String::from_utf8_lossy(&verify.stdout).contains("nothing was edited"));
    let list = place.run(&["user", "--config", "two.toml", "list"], "");
    assert!(String::from_utf8_lossy(&list.stdout).contains("Lucía Centinela"));
    let head = place.run(&["audit", "--config", "two.toml", "head"], "").stdout;
    std::fs::write(place.path("head.txt"), head).unwrap();

    for (change, name) in [
        ("UPDATE ledger_entry SET at = at + 1 WHERE seq = 1", "entry 1 was edited"),
        ("UPDATE ledger_entry SET at = at - 1 WHERE seq = 1", ""),
        ("DELETE FROM ledger_entry WHERE seq = 2", "entry 2 was removed"),
    ] {
        tokio::runtime::Runtime::new().unwrap().block_on(sql(&place.path("data2"), change));
        let out = place.try_run(&["audit", "--config", "two.toml", "verify", "--head", "head.txt"], "");
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.success(), name.is_empty(), "{change}: {said}");
        assert!(said.contains(name), "{change}: {said}");
    }
}

async fn sql(folder: &Path, text: &'static str) {
    let db = ceiba_store::Db::sqlite(folder).await.unwrap();
    let mut tx = db.write().await.unwrap();
    tx.sql(text).run().await.unwrap();
    tx.commit().await.unwrap();
    db.close().await;
}

#[test]
fn a_lost_lock_is_made_anew_by_two_directors_and_a_passphrase_is_changed() {
    const FRESH: &str = "otras cuatro palabras muy largas";
    let place = Place::found();
    let codes: Vec<&str> = place
        .said
        .lines()
        .filter(|l| l.contains("Recovery code"))
        .filter_map(|l| l.rsplit(' ').next())
        .collect();
    assert_eq!(codes.len(), 3);
    std::fs::remove_file(place.path("office.lock")).unwrap();
    let recover = ["recover", "--from-stdin", "office"];
    let alone = place.try_run(&recover, &format!("{0}\n{0}\n{FRESH}\n", codes[1]));
    assert!(String::from_utf8_lossy(&alone.stderr).contains("two different directors"));
    assert!(!place.path("office.lock").exists(), "one director alone makes no lock");
    place.run(&recover, &format!("{}\n{}\n{FRESH}\n", codes[2], codes[0]));
    std::fs::write(place.path("passphrase"), FRESH).unwrap();
    place.run(&["audit", "verify"], "");

    let short = place.try_run(&["passphrase", "--from-stdin"], "corta\n");
    assert!(String::from_utf8_lossy(&short.stderr).contains("at least 16"));
    place.run(&["passphrase", "--from-stdin"], &format!("{PASSPHRASE}\n"));
    assert!(!place.try_run(&["user", "list"], "").status.success(), "the former passphrase opens nothing");
    std::fs::write(place.path("passphrase"), PASSPHRASE).unwrap();
    place.run(&["user", "list"], "");
}

#[test]
fn wrong_passphrases_and_demonstrations_are_refused_in_words() {
    let place = Place::found();
    let again = place.try_run(&["init", "--from-stdin"], &format!("{PASSPHRASE}\n{PASSWORD}\n"));
    assert!(String::from_utf8_lossy(&again.stderr).contains("is there already"));
    std::fs::write(place.path("passphrase"), "no es esta frase").unwrap();
    let wrong = place.try_run(&["user", "list"], "");
    assert!(!wrong.status.success());
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("does not open this lock"));
    std::fs::write(place.path("passphrase"), PASSPHRASE).unwrap();
    tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(sql(&place.path("data"), "UPDATE installation SET kind = 'demo'"));
    let demo = place.try_run(&["serve"], "");
    assert!(!demo.status.success());
    assert!(String::from_utf8_lossy(&demo.stderr).contains("demonstration"));
    // A lock inside the data folder, or one that is too cheap to guess, is refused too.
    let inside = "data = \"data\"\nlock = \"data/office.lock\"\n";
    std::fs::write(place.path("inside.toml"), inside).unwrap();
    let refused = place.try_run(&["doctor", "--config", "inside.toml"], "");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("inside the data folder"));
}
