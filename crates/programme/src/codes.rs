//! Codes that people say on the phone: random, short, with a check character, telling nothing.

use ceiba_store::Chance;

/// Digits and letters that cannot be taken for one another, 31 of them: a prime, so that one wrong
/// character or two swapped ones always change the check character.
const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKLMNPQRSTUVWXY";

/// A random code such as `C-7K3M9`: the prefix, four random characters and a check character. 923,521
/// codes each; the caller draws again when one is taken. Never initials, a date or a serial number.
#[must_use]
pub fn draw(chance: &Chance, prefix: char, length: usize) -> String {
    let values: Vec<usize> = (0..length).map(|_| chance.below(31) as usize).collect();
    let body: String = values.iter().chain([&check(&values)]).map(|v| char::from(ALPHABET[v % 31])).collect();
    format!("{prefix}-{body}")
}

/// Reads a code as typed: case, spaces and the hyphen do not matter. `None` when it cannot be one.
#[must_use]
pub fn read(typed: &str, prefix: char, length: usize) -> Option<String> {
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    let body = plain.strip_prefix(prefix)?;
    let values: Vec<usize> =
        body.bytes().map(|b| ALPHABET.iter().position(|a| *a == b)).collect::<Option<_>>()?;
    let (last, start) = values.split_last()?;
    (start.len() == length && check(start) == *last).then(|| format!("{prefix}-{body}"))
}

/// Weighted sum modulo 31 with weights 1, 2, 3…
fn check(values: &[usize]) -> usize {
    values.iter().enumerate().map(|(i, v)| (i + 1) * v).sum::<usize>() % 31
}

/// Whether something that looks like the code of a case or a person stands in a text; its check character may be wrong.
#[must_use]
pub fn stand_in(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').any(|word| {
        let word = word.to_uppercase();
        let body = word.strip_prefix("C-").or_else(|| word.strip_prefix("P-"));
        body.is_some_and(|b| b.len() == 5 && b.bytes().all(|c| ALPHABET.contains(&c)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = draw(&Chance::seeded([3; 32]), 'C', 4);
        assert_eq!(read(&code, 'C', 4), Some(code.clone()));
        assert_eq!(read(&code.to_lowercase().replace('-', " "), 'C', 4), Some(code.clone()));
        assert_eq!(read(&code, 'A', 4), None);
        assert_eq!(read("", 'C', 4), None);
        assert_eq!(read("C-ÑÑÑÑÑ", 'C', 4), None);
    }

    #[test]
    fn a_code_in_a_text_is_seen_and_words_are_not() {
        for text in ["Como C-7K3M9.", "(p-7k3m9)", "x, C-7K3M8; y"] {
            assert!(stand_in(text), "{text}");
        }
        for text in ["", "De la costa C-7K3", "c-", "Casas y caminos", "C-2026-Q3", "Q3 de 2026"] {
            assert!(!stand_in(text), "{text}");
        }
    }

    #[test]
    fn one_wrong_or_two_swapped_characters_are_noticed() {
        let chance = Chance::seeded([5; 32]);
        for _ in 0..200 {
            let code = draw(&chance, 'C', 4);
            let body: Vec<char> = code[2..].chars().collect();
            for i in 0..5 {
                for other in ALPHABET.iter().map(|b| char::from(*b)).filter(|c| *c != body[i]) {
                    let mut wrong = body.clone();
                    wrong[i] = other;
                    assert_eq!(read(&format!("C-{}", String::from_iter(wrong)), 'C', 4), None);
                }
            }
            for i in 0..3 {
                let mut wrong = body.clone();
                wrong.swap(i, i + 1);
                if wrong != body {
                    assert_eq!(read(&format!("C-{}", String::from_iter(wrong)), 'C', 4), None);
                }
            }
        }
    }
}
