//! Words that are not used for or to a person, with what to write instead.
//!
//! Source: the tone rules of this project. Both languages are looked for in every text whose language
//! is not known.

/// (word without accents, instead).
const SPANISH: &[(&str, &str)] = &[
    ("victima", "Use her chosen name, or «la persona»."),
    ("victimas", "Use «las personas»."),
    ("rescatada", "Say what was done, and by whom."),
    ("rescatado", "Say what was done, and by whom."),
    ("rescatar", "Say what will be done, and by whom."),
    ("rescate", "Say what was done, and by whom."),
    ("prostituta", "Name the person, not what was done to her."),
    ("prostitutas", "Name the persons, not what was done to them."),
    ("menor", "Use «niña», «niño» or «adolescente»."),
    ("menores", "Use «niñas, niños y adolescentes»."),
    ("fuga", "Use «salida no planificada»."),
    ("evasion", "Use «salida no planificada»."),
    ("mentira", "Say what differs, without judging."),
    ("mentiras", "Say what differs, without judging."),
    ("confeso", "Use «dijo»."),
    ("caso perdido", "Say what is needed next."),
    ("rehabilitar", "Use «acompañar»."),
    ("no coopero", "Say what she preferred."),
];

const ENGLISH: &[(&str, &str)] = &[
    ("victim", "Use her chosen name, or «the person»."),
    ("victims", "Use «the persons»."),
    ("rescue", "Say what was done, and by whom."),
    ("rescued", "Say what was done, and by whom."),
    ("prostitute", "Name the person, not what was done to her."),
    ("prostitutes", "Name the persons, not what was done to them."),
    ("runaway", "Use «unplanned exit»."),
    ("non-compliant", "Say what she preferred."),
    ("alleged story", "Use «what she said»."),
    ("lie", "Say what differs, without judging."),
    ("lies", "Say what differs, without judging."),
    ("confessed", "Use «said»."),
];

/// Banned words in a text. `language` is a name such as `Español (es)`.
pub(super) fn banned(text: &str, language: &str) -> Vec<(&'static str, &'static str)> {
    let plain = plain(text);
    let lower = language.to_lowercase();
    let (spanish, english) = (lower.contains("(es"), lower.contains("(en"));
    let lists = [(SPANISH, spanish || !english), (ENGLISH, english || !spanish)];
    lists
        .into_iter()
        .filter(|(_, used)| *used)
        .flat_map(|(list, _)| list.iter().copied())
        .filter(|(word, _)| plain.contains(&format!(" {word} ")))
        .collect()
}

/// Lower case, without accents and quoted terms, words between single blanks.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::from(" ");
    let mut quoted = 0usize;
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '«' => quoted += 1,
            '»' => quoted = quoted.saturating_sub(1),
            _ if quoted > 0 => {}
            'á' => out.push('a'),
            'é' => out.push('e'),
            'í' => out.push('i'),
            'ó' => out.push('o'),
            'ú' | 'ü' => out.push('u'),
            c if c.is_alphanumeric() || c == '-' => out.push(c),
            _ if out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_by_language() {
        assert_eq!(banned("¿La VÍCTIMA habló?", "Español (es)").len(), 1);
        assert_eq!(banned("Ley «víctimas de trata»", "Español (es)").len(), 0);
        assert_eq!(banned("She does not believe", "English (en)").len(), 0);
        assert_eq!(banned("A lie", "English (en)").len(), 1);
        assert_eq!(banned("El no cooperó. Rescue", "default").len(), 2);
    }
}
