//! 40: configurations that would open what must stay shut.

use super::server::{configured, founded, run};

/// 40. There is no switch for what must not be switched: each is refused by name, before anything is opened.
#[test]
fn a_configuration_cannot_open_what_must_stay_shut() {
    for (line, named) in [
        ("export_location = true", "export_location"),
        ("retention_days = 0", "retention_days"),
        ("retention_years = 100", "retention_years"),
        ("mail_server = \"attacker.tld\"", "mail_server"),
        ("webhook = \"http://10.0.0.1/\"", "webhook"),
        ("policies = \"permit(principal, action, resource);\"", "policies"),
        ("roles = [\"everything\"]", "roles"),
        ("country = \"../../etc\"", "../../etc"),
        ("pack = \"nobody\"", "nobody"),
        ("[limits]\nconnections = 0", "limits"),
        ("[limits]\nhead_seconds = 0", "limits"),
        ("[limits]\nforever = true", "forever"),
    ] {
        let home = configured(&format!("{line}\n"));
        let typed = "cuatro palabras que nadie adivina\notra frase larga de verdad\n";
        let out = run(home.path(), &["init", "--from-stdin"], typed);
        let said = String::from_utf8_lossy(&out.stderr);
        assert!(!out.status.success() && said.contains(named), "{line}: {said}");
        assert!(!home.path().join("office.lock").exists(), "{line}: it was founded all the same");
    }
}

/// 40. The role «everything» is none, and no role of the pack is it.
#[test]
fn nobody_is_everything() {
    let home = founded("");
    let args = ["user", "add", "omar", "Omar", "--role", "everything", "--from-stdin"];
    let out = run(home.path(), &args, "otra frase larga de verdad\n");
    let said = String::from_utf8_lossy(&out.stderr);
    assert!(!out.status.success() && said.to_lowercase().contains("role"), "{said}");
    let list = run(home.path(), &["user", "list"], "");
    assert!(!String::from_utf8_lossy(&list.stdout).contains("omar"), "he has an account");
}
