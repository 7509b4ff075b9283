//! The program as it is run, with limits of seconds and few connections.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

const PASSPHRASE: &str = "cuatro palabras que nadie adivina";
const PASSWORD: &str = "otra frase larga de verdad";

/// Short, so that a test waits a second where an attacker waits longer.
pub const LIMITS: &str = "hosts = [\"ceiba.test\", \"[::1]:80\"]\n[limits]\nhead_seconds = 1\nform_seconds = 1\nupload_seconds = 1\nconnections = 8\n";

/// Runs a command of the program in a folder.
pub fn run(home: &Path, args: &[&str], typed: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_ceiba"))
        .args(args)
        .current_dir(home)
        .env("CEIBA_LOG", "warn")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// A folder with a configuration.
pub fn configured(more: &str) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let text = format!(
        "data = \"data\"\nlock = \"office.lock\"\npassphrase_file = \"passphrase\"\nlisten = \"127.0.0.1:0\"\ntls = false\n{more}"
    );
    std::fs::write(home.path().join("ceiba.toml"), text).unwrap();
    std::fs::write(home.path().join("passphrase"), PASSPHRASE).unwrap();
    home
}

/// A founded installation.
pub fn founded(more: &str) -> TempDir {
    let home = configured(more);
    let out = run(home.path(), &["init", "--from-stdin"], &format!("{PASSPHRASE}\n{PASSWORD}\n"));
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    home
}

/// The running program; killed when the test is over.
pub struct Server {
    child: Child,
    port: u16,
    _home: TempDir,
}

impl Server {
    /// Starts it.
    pub fn start() -> Self {
        let home = founded(LIMITS);
        let mut child = Command::new(env!("CARGO_BIN_EXE_ceiba"))
            .arg("serve")
            .current_dir(home.path())
            .env("CEIBA_LOG", "info")
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let port = lines.find_map(|line| {
            let plain: String = line.unwrap().chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect();
            let at = plain.split("127.0.0.1:").nth(1)?;
            at.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
        });
        // What it still has to say is read, or it would stop at a full pipe.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self { child, port: port.unwrap(), _home: home }
    }

    /// A connection on which nothing was said yet.
    pub fn connect(&self) -> TcpStream {
        TcpStream::connect(("127.0.0.1", self.port)).unwrap()
    }

    /// Sends bytes and reads until the program closes the connection.
    pub fn say(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        // It may have been closed before all of it was said: what it answered still counts.
        let _ = stream.write_all(bytes);
        read(&mut stream)
    }

    /// The first page, as everybody else gets it meanwhile.
    pub fn still_serves(&self) -> bool {
        self.say(b"GET /entrar HTTP/1.1\r\nHost: ceiba.test\r\nConnection: close\r\n\r\n")
            .starts_with("HTTP/1.1 200")
    }

    /// How much memory it holds, in MiB.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
        line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
    }
}

/// All that comes until the other side closes.
pub fn read(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
