//! Backups: what the server writes only the directors read.

use ceiba_vault::{VaultError, backup};

#[test]
fn only_the_identity_opens_a_backup() {
    let directors = backup::generate_identity();
    assert!(directors.recipient.starts_with("age1") && directors.secret.starts_with("AGE-SECRET-KEY-1"));
    let written = backup::encrypt(&directors.recipient, b"everything").expect("encrypts");
    assert!(written.starts_with(b"age-encryption.org/v1\n"), "the ordinary tool reads it");
    assert!(!written.windows(10).any(|w| w == b"everything"));
    assert_eq!(backup::decrypt(&directors.secret, &written).expect("opens").as_slice(), b"everything");

    let others = backup::generate_identity();
    assert!(matches!(backup::decrypt(&others.secret, &written), Err(VaultError::WrongPassphrase)));
    let server = backup::decrypt(&directors.recipient, &written);
    assert!(matches!(server, Err(VaultError::BadParameters(_))), "the recipient does not decrypt");
}

#[test]
fn altered_and_cut_backups_are_refused() {
    let directors = backup::generate_identity();
    let written = backup::encrypt(&directors.recipient, &[7; 5000]).expect("encrypts");
    for end in [0, 10, 100, written.len() - 1] {
        assert!(backup::decrypt(&directors.secret, &written[..end]).is_err());
    }
    for place in (0..written.len()).step_by(97) {
        let mut altered = written.clone();
        altered[place] ^= 1;
        assert!(backup::decrypt(&directors.secret, &altered).is_err(), "byte {place}");
    }
}

#[test]
fn other_recipients_are_refused() {
    for recipient in [
        "",
        "age1",
        "age1xyz",
        "ssh-ed25519 AAAA",
        "age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t",
    ] {
        assert!(matches!(backup::encrypt(recipient, b""), Err(VaultError::BadParameters(_))), "{recipient}");
    }
}
