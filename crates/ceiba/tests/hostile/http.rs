//! 14, 20, 29 and 30: heads and bodies that are slow, endless, too large, or two requests in one.

use std::io::Write as _;

use super::server::{Server, read};

const HEAD: &str =
    "POST /aviso HTTP/1.1\r\nHost: ceiba.test\r\nContent-Type: application/x-www-form-urlencoded\r\n";

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("closed")
}

/// 29. A head, a body and a connection that never go on are ended, and others are served meanwhile.
#[test]
fn what_does_not_arrive_is_ended_and_others_are_served() {
    let server = Server::start();
    let mut head = server.connect();
    head.write_all(b"GET /entrar HTTP/1.1\r\nHost: ceib").unwrap();
    let mut body = server.connect();
    body.write_all(format!("{HEAD}Content-Length: 1000\r\n\r\nreporter=teacher&").as_bytes()).unwrap();
    let mut idle = server.connect();
    let mut kept = server.connect();
    kept.write_all(b"GET /entrar HTTP/1.1\r\nHost: ceiba.test\r\n\r\n").unwrap();
    assert!(server.still_serves());
    // Each read ends when the program closes the connection: the test waits for nothing else.
    assert!(matches!(status(&read(&mut head)), "408" | "closed"));
    let answer = read(&mut body);
    assert_eq!(status(&answer), "408", "{answer}");
    assert!(answer.contains("no se guard"), "no plain sentence: {answer}");
    assert_eq!(read(&mut idle), "");
    assert_eq!(status(&read(&mut kept)), "200");
    assert!(server.still_serves());
}

/// 29. More connections than there are places: whoever keeps us waiting longest goes, whoever asks is served at once.
#[test]
fn connections_without_end_keep_nobody_out() {
    let server = Server::start();
    let mut waiting = Vec::new();
    for _ in 0..400 {
        let mut stream = server.connect();
        // Some open a head, some a body; none of them goes on.
        let _ = stream.write_all(if waiting.len() % 2 == 0 { &b"GET / HT"[..] } else { HEAD.as_bytes() });
        waiting.push(stream);
        if waiting.len() % 50 == 0 {
            assert!(server.still_serves(), "after {} idle connections", waiting.len());
        }
    }
    assert_eq!(status(&read(&mut waiting[0])).replace("408", "closed"), "closed", "the first had to go");
    assert!(server.memory() < 400, "{} MiB", server.memory());
}

/// 29. A head of 64 KB, a thousand lines of it, and HTTP/2 with its resets.
#[test]
fn heads_without_measure_are_refused() {
    let server = Server::start();
    let large = format!("GET /entrar HTTP/1.1\r\nHost: ceiba.test\r\nX-A: {}\r\n\r\n", "a".repeat(64 * 1024));
    assert_eq!(status(&server.say(large.as_bytes())), "431");
    let lines: String = (0..1000).map(|n| format!("X-{n}: a\r\n")).collect();
    let many = format!("GET /entrar HTTP/1.1\r\nHost: ceiba.test\r\n{lines}\r\n");
    assert_eq!(status(&server.say(many.as_bytes())), "431");
    let preface = server.say(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0");
    assert!(!preface.starts_with("HTTP/1.1 2"), "{preface}");
    // 14. An address of twenty thousand letters, and of sixty-six thousand.
    for (length, expected) in [(20_000, "404"), (66_000, "431")] {
        let long =
            format!("GET /{} HTTP/1.1\r\nHost: ceiba.test\r\nConnection: close\r\n\r\n", "a".repeat(length));
        let answer = server.say(long.as_bytes());
        assert!([expected, "414"].contains(&status(&answer)), "{length}: {}", status(&answer));
    }
    assert!(server.still_serves());
}

/// 30. Two lengths, a length and pieces, pieces alone: one request could be taken for two. None is answered as any.
#[test]
fn two_requests_in_one_are_refused() {
    let server = Server::start();
    let hidden = "0\r\n\r\nGET /entrar HTTP/1.1\r\nHost: ceiba.test\r\n\r\n";
    for (what, lines) in [
        ("length, then pieces", "Content-Length: 60\r\nTransfer-Encoding: chunked\r\n"),
        ("pieces, then length", "Transfer-Encoding: chunked\r\nContent-Length: 60\r\n"),
        ("pieces alone", "Transfer-Encoding: chunked\r\n"),
        ("pieces that are none", "Transfer-Encoding: xchunked\r\n"),
        ("pieces twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"),
        ("two lengths", "Content-Length: 5\r\nContent-Length: 60\r\n"),
        ("a length that is none", "Content-Length: 0x10\r\n"),
        ("a length below nothing", "Content-Length: -1\r\n"),
        ("a line that goes on", "Content-Length: 5\r\n Transfer-Encoding: chunked\r\n"),
    ] {
        let answer = server.say(format!("{HEAD}{lines}\r\n{hidden}").as_bytes());
        assert!(["400", "411"].contains(&status(&answer)), "{what}: {answer}");
        assert_eq!(
            answer.matches("HTTP/1.1 ").count(),
            1,
            "{what}: the hidden request was answered: {answer}"
        );
    }
    let pieces = server.say(format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n").as_bytes());
    assert_eq!(status(&pieces), "411");
    assert!(pieces.contains("No se guard"), "no plain sentence: {pieces}");
    assert!(server.still_serves());
}

/// 30. Names that are not this server's, and what a stranger says a proxy had said.
#[test]
fn names_of_others_are_refused_and_forwarded_ones_not_read() {
    let server = Server::start();
    let get = |lines: &str| {
        server.say(format!("GET /entrar HTTP/1.1\r\n{lines}Connection: close\r\n\r\n").as_bytes())
    };
    let ours = get("Host: ceiba.test\r\n");
    assert_eq!(status(&ours), "200");
    for bad in [
        "",
        "Host: evil.example\r\n",
        "Host: ceiba.test\r\nHost: evil.example\r\n",
        "Host: a b\r\n",
        "Host: ceiba.test@evil.example\r\n",
    ] {
        let answer = get(bad);
        assert!(["400", "421"].contains(&status(&answer)), "{bad:?}: {answer}");
    }
    let elsewhere = server
        .say(b"GET http://evil.example/entrar HTTP/1.1\r\nHost: ceiba.test\r\nConnection: close\r\n\r\n");
    assert_eq!(status(&elsewhere), "421");
    let lies = get(
        "Host: ceiba.test\r\nX-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nForwarded: for=1;host=evil.example\r\nX-Original-URL: /ajustes/cuentas\r\nX-HTTP-Method-Override: POST\r\n",
    );
    let page = |answer: &str| answer.split_once("\r\n\r\n").map(|(_, page)| page.to_owned());
    assert_eq!(page(&lies), page(&ours), "something a stranger wrote was believed");
    assert!(!lies.contains("evil.example") && !lies.to_lowercase().contains("strict-transport"));
}

/// 20. A body that is said to be larger than it is, smaller than it is, or five gigabytes.
#[test]
fn a_body_that_is_not_as_long_as_it_says_is_not_kept() {
    let server = Server::start();
    let form = "reporter=teacher&municipality=GT0920&signs=absent_days&since=days&certainty=saw&age_group=child&words=x&contact=&once=00000000-0000-0000-0000-000000000001";
    let send = |length: usize, body: &str| {
        server.say(format!("{HEAD}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}").as_bytes())
    };
    assert_eq!(status(&send(form.len() + 100, form)), "408", "more is waited for, and then no more");
    let cut = send(form.len() - 60, form);
    assert!(["400", "422"].contains(&status(&cut)), "{cut}");
    assert!(["408", "413"].contains(&status(&send(5_000_000_000, form))), "five gigabytes");
    let mut gone = server.connect();
    gone.write_all(
        format!("{HEAD}Content-Length: {}\r\n\r\n{}", form.len(), &form[..form.len() - 1]).as_bytes(),
    )
    .unwrap();
    drop(gone);
    let answer = send(form.len(), form);
    assert_eq!(status(&answer), "200", "the control: whole it is kept: {answer}");
}
