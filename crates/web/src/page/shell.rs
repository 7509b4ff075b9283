//! What surrounds a page for somebody who is signed in: top bar, demonstration line, foot.

use maud::{Markup, html};

use super::Place;
use crate::Words;
use crate::look::{Icon, icon};
use crate::parts::typed;

/// Who is signed in, and what she has.
#[derive(Clone, Debug)]
pub struct Shell {
    /// The name colleagues know her by; links to her account.
    pub who: String,
    /// Her places, in order. Empty for a reporter, an institution or a survivor: then there is no navigation.
    pub places: Vec<Place>,
    /// The token of her session for the lock button.
    pub csrf: String,
    /// How many notices she has not seen: a line on every page says so.
    pub notices: i64,
    /// Whether everything is invented, which a line under the top bar then says on every page.
    pub demo: bool,
}

pub(super) fn top(w: &Words, shell: Option<&Shell>, here: &str) -> Markup {
    let other = w.lang().other();
    html! {
        div class="top" {
            span class="brand" { (w.t("shell-name")) }
            @if let Some(shell) = shell { (who(w, shell)) }
            a href={ "/idioma/" (other.code()) "?volver=" (encoded(here)) } lang=(other.code()) hreflang=(other.code()) {
                (other.name())
            }
            @if let Some(shell) = shell {
                form method="post" action="/bloquear" {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    button class="button" { (icon(Icon::Lock)) " " (w.t("shell-lock")) }
                }
            }
        }
        @if let Some(shell) = shell.filter(|shell| shell.notices > 0 && here != "/recados") {
            p class="demo" { a href="/recados" { (w.with("shell-notices", &[("n", shell.notices.into())])) } }
        }
        @if shell.is_some_and(|shell| shell.demo) { p class="demo" { (w.t("shell-demo")) } }
    }
}

/// On phones the account is down here: the top bar has no room for a name.
pub(super) fn foot(w: &Words, shell: Option<&Shell>) -> Markup {
    html! {
        footer class="foot quiet" {
            a href="/ayuda" { (w.t("shell-help")) }
            @if let Some(shell) = shell { (who(w, shell)) }
        }
    }
}

fn who(w: &Words, shell: &Shell) -> Markup {
    html! { a class="who" href="/cuenta" { (w.t("shell-account")) " " (typed(&shell.who)) } }
}

/// A path inside a query. Anything that is not a path of this site becomes `/`.
fn encoded(path: &str) -> String {
    if !path.starts_with('/') || path.starts_with("//") {
        return "/".to_owned();
    }
    let keep = |b: u8| b.is_ascii_alphanumeric() || b"/-_.~".contains(&b);
    path.bytes().map(|b| if keep(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_paths_of_this_site_come_back() {
        assert_eq!(super::encoded("/casos/c-2041/plan"), "/casos/c-2041/plan");
        assert_eq!(super::encoded("/a b?c=\"é"), "/a%20b%3Fc%3D%22%C3%A9");
        assert_eq!(super::encoded("//evil.example"), "/");
        assert_eq!(super::encoded("https://evil.example"), "/");
    }
}
