//! The sound of a word, as Guatemalan clerks hear it.

/// A key that is the same for spellings that sound alike: *Cux* and *Kux*, *Velásquez* and *Belazques*,
/// *Yat* and *Llat*. Takes a word from [`normalise`](crate::normalise()). Letters of other scripts stay.
///
/// Groups: b v · s z, c before e and i · k q, c and qu · g before a, o, u · j, g before e and i · y ll i ·
/// x sh ch · tz ts s · h and glottal marks are silent · ph f · n ñ · w gu hu before a vowel. Doubled sounds count once.
pub(crate) fn fold(word: &str) -> String {
    let letters: Vec<char> = word.chars().filter(|c| *c != '\'').collect();
    let mut key = String::with_capacity(word.len());
    let mut at = 0;
    while let Some(&c) = letters.get(at) {
        let next = letters.get(at + 1).copied();
        let after = letters.get(at + 2).copied();
        let (sound, length) = sound(c, next, after);
        if let Some(sound) = sound.filter(|sound| !key.ends_with(*sound)) {
            key.push(sound);
        }
        at += length;
    }
    key
}

/// The sound at a letter, and how many letters it takes. An *x* is heard as *sh*, and one who has no *sh* writes *ch*.
fn sound(c: char, next: Option<char>, after: Option<char>) -> (Option<char>, usize) {
    let soft = |c: Option<char>| matches!(c, Some('e' | 'i' | 'y'));
    let vowel = |c: Option<char>| matches!(c, Some('a' | 'e' | 'i' | 'o' | 'u'));
    match (c, next) {
        ('c' | 's', Some('h')) => (Some('x'), 2),
        ('p', Some('h')) => (Some('f'), 2),
        ('t', Some('z' | 's')) => (Some('s'), 2),
        ('l', Some('l')) => (Some('i'), 2),
        ('q', Some('u')) if soft(after) => (Some('k'), 2),
        ('g', Some('u')) if soft(after) => (Some('g'), 2),
        ('h' | 'g', Some('u')) if vowel(after) => (Some('w'), 2),
        ('c', Some('k' | 'q')) => (Some('k'), 2),
        ('c' | 'g', _) if soft(next) => (Some(if c == 'c' { 's' } else { 'j' }), 1),
        ('c' | 'q' | 'k', _) => (Some('k'), 1),
        ('v', _) => (Some('b'), 1),
        ('z', _) => (Some('s'), 1),
        ('y', _) => (Some('i'), 1),
        ('h', _) => (None, 1),
        _ => (Some(c), 1),
    }
}

/// The consonants of a key, at most six: what is left when vowels were heard wrongly. Empty for keys
/// with fewer than two.
pub(crate) fn skeleton(key: &str) -> String {
    let consonant = |c: &char| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'w');
    let bones: String = key.chars().filter(consonant).take(6).collect();
    if bones.chars().count() < 2 { String::new() } else { bones }
}

#[cfg(test)]
mod tests {
    use super::{fold, skeleton};

    #[test]
    fn spellings_that_sound_alike() {
        for (one, other) in [
            ("cux", "kux"),
            ("cux", "k'ush"),
            ("velasquez", "belazkes"),
            ("gimenez", "jimenes"),
            ("yat", "llat"),
            ("hernandez", "ernandes"),
            ("quiej", "kiej"),
            ("q'eqchi'", "kekchi"),
            ("guerra", "gguera"),
            ("ixcoy", "ishcoi"),
            ("ixcoy", "ichcoy"),
            ("josefa", "joseffa"),
            ("mary", "mari"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        assert_eq!(fold("guerra"), "gera");
        assert_ne!(fold("chavez"), fold("cabes"));
        assert_ne!(fold("tum"), fold("tun"));
        assert_eq!(fold("'"), "");
        assert_eq!(fold("مريم"), "مريم");
    }

    #[test]
    fn skeletons() {
        assert_eq!(skeleton(&fold("ixcoy")), "xk");
        assert_eq!(skeleton("ana"), "");
    }
}
