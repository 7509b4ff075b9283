//! A person as the register reads her. Nobody says which word of a chosen name is a surname, or whether the date or
//! the age is right when they do not agree: each possibility is a reading, and the one that fits best counts.

use ceiba_linkage::{Row, is_no_name, is_particle};

use super::written::as_seen;
use super::{Core, Identity};
use crate::dates::Birth;

/// One reading; every field may be empty.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    given: String,
    surnames: String,
    nickname: String,
    sex: String,
    birth: String,
    age: String,
    place: String,
    document: String,
    phone: String,
    mother: String,
    seen: String,
}

impl Reading {
    pub(crate) fn row(&self) -> Row<'_> {
        Row {
            given_names: &self.given,
            surname1: &self.surnames,
            surname2: "",
            nickname: &self.nickname,
            sex: &self.sex,
            birth_date: &self.birth,
            age_years: &self.age,
            place: &self.place,
            nationality: "",
            document: &self.document,
            phone: &self.phone,
            mother: &self.mother,
            recorded_at: &self.seen,
            // Her language is shown side by side and not weighed: the model has never seen one.
            others: [""; 3],
        }
    }
}

/// Every reading of a person. Empty when she has no name, no birth and no number: nothing can be said of her.
pub(crate) fn of(core: &Core, identity: &Identity, sex: &str) -> Vec<Reading> {
    let text = |s: &str| as_seen(s).trim().to_owned();
    // Who was received without a name is called by a number: that is no name of hers.
    let name = |s: &str| Some(text(s)).filter(|name| !is_no_name(name)).unwrap_or_default();
    let [chosen, given, surnames] = [&core.chosen_name, &identity.given, &identity.surnames].map(|s| name(s));
    let base = Reading {
        // What an office wrote of a trans person elsewhere is never held against her: only these two are compared.
        sex: match sex {
            "Masculine" => "M",
            "Feminine" => "F",
            _ => "",
        }
        .to_owned(),
        // A P-code begins with its country; the register's with the department.
        place: identity.origin.trim_start_matches(|c: char| c.is_ascii_alphabetic()).to_owned(),
        document: text(&identity.document),
        phone: text(&identity.phone),
        mother: text(&identity.mother),
        ..Reading::default()
    };
    let mut all = Vec::new();
    let nameless = [&chosen, &given, &surnames].iter().all(|name| name.is_empty());
    let numbers = [&base.document, &base.phone, &base.mother].iter().any(|text| !text.is_empty());
    if nameless && !numbers && matches!(core.birth, Birth::Refused | Birth::Unknown) {
        return all;
    }
    for (given, surnames, nickname) in names(&chosen, &given, &surnames) {
        for (birth, age, seen) in births(&core.birth) {
            let names = Reading {
                given: given.clone(),
                surnames: surnames.clone(),
                nickname: nickname.clone(),
                ..base.clone()
            };
            all.push(Reading { birth, age, seen, ..names });
        }
    }
    all
}

/// Given names, surnames and nickname, as often as they can be read otherwise.
fn names(chosen: &str, given: &str, surnames: &str) -> Vec<(String, String, String)> {
    let words = with_particles(chosen);
    let within = |word: &String| given.split_whitespace().any(|name| name.eq_ignore_ascii_case(word));
    let same = words.iter().all(within);
    let mut all = Vec::new();
    if !given.is_empty() || !surnames.is_empty() {
        // What repeats a given name says nothing more.
        let nickname = if same { String::new() } else { chosen.to_owned() };
        all.push((given.to_owned(), surnames.to_owned(), nickname));
    }
    if words.is_empty() || same && !given.is_empty() {
        if all.is_empty() {
            all.push((String::new(), String::new(), String::new()));
        }
        return all;
    }
    if !surnames.is_empty() {
        all.push((chosen.to_owned(), surnames.to_owned(), String::new()));
        return all;
    }
    // Of three words and more the last is a surname, unless it is like *de los Ángeles*.
    let n = words.len();
    let only_given = n <= 2 || words[n - 1].contains(' ');
    let splits = (1..=MOST_GIVEN.min(n)).filter(|at| *at < n || only_given);
    all.extend(splits.map(|at| (words[..at].join(" "), words[at..].join(" "), String::new())));
    all
}

/// Nobody has more given names.
const MOST_GIVEN: usize = 3;

/// The words of a name, particles with the word that they belong to: *María*, *de los Ángeles*.
fn with_particles(name: &str) -> Vec<String> {
    let (mut words, mut open) = (Vec::<String>::new(), false);
    for word in name.split_whitespace() {
        match words.last_mut().filter(|_| open) {
            Some(last) => last.extend([" ", word]),
            None => words.push(word.to_owned()),
        }
        open = is_particle(&word.to_lowercase());
    }
    words
}

/// A date, or an age with the day on which it was so.
fn births(birth: &Birth) -> Vec<(String, String, String)> {
    let date = |text: String| vec![(text, String::new(), String::new())];
    match birth {
        Birth::Day { day } => date(day.to_string()),
        Birth::Month { year, month } => date(format!("{year:04}-{month:02}")),
        Birth::Year { year } => date(format!("{year:04}")),
        Birth::About { years, on } => vec![(String::new(), years.to_string(), on.to_string())],
        // Until somebody finds out, either may be true.
        Birth::Disputed { date, age } => [births(date), births(age)].concat(),
        Birth::Refused | Birth::Unknown => date(String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(chosen: &str, given: &str, surnames: &str) -> Vec<String> {
        let all = names(chosen, given, surnames);
        all.into_iter().map(|(given, surnames, nickname)| format!("{given}|{surnames}|{nickname}")).collect()
    }

    #[test]
    fn a_name_is_read_in_every_way_it_may_be_meant() {
        assert_eq!(read("Luz", "", ""), ["Luz||"]);
        assert_eq!(read("Mary Cux", "", ""), ["Mary|Cux|", "Mary Cux||"]);
        assert_eq!(read("María Elena Cux", "", ""), ["María|Elena Cux|", "María Elena|Cux|"]);
        assert_eq!(
            read("Ana Cux Ixcoy de Morales", "", ""),
            ["Ana|Cux Ixcoy de Morales|", "Ana Cux|Ixcoy de Morales|", "Ana Cux Ixcoy|de Morales|",]
        );
        assert_eq!(read("María de los Ángeles", "", ""), ["María|de los Ángeles|", "María de los Ángeles||"]);
        assert_eq!(read("María del Carmen Cux", "", ""), ["María|del Carmen Cux|", "María del Carmen|Cux|"]);
        assert_eq!(read("Ana DE LEÓN", "", ""), ["Ana|DE LEÓN|", "Ana DE LEÓN||"]);
        assert_eq!(read("de la", "", ""), ["de la||"]);
        assert_eq!(read("María", "María Elena", "Cux Ixcoy"), ["María Elena|Cux Ixcoy|"]);
        assert_eq!(read("Luna", "José", "Cux"), ["José|Cux|Luna", "Luna|Cux|"]);
        assert_eq!(read("", "", ""), ["||"]);
    }

    #[test]
    fn whoever_was_received_without_a_name_has_none() {
        let read = |chosen: &str, given: &str| {
            let core =
                Core { chosen_name: chosen.into(), birth: Birth::Year { year: 2010 }, ..Core::default() };
            of(&core, &Identity { given: given.into(), ..Identity::default() }, "Feminine")
        };
        assert!(read("Persona 1", "") == read("", "NN") && read("Niña 2", "") == read("", ""));
        assert!(read("Persona 1", "Ana") == read("", "Ana"), "until she says her name");
        let unknown = Core { chosen_name: "Persona 1".into(), ..Core::default() };
        assert!(of(&unknown, &Identity::default(), "Feminine").is_empty(), "nothing is known of her");
    }

    #[test]
    fn every_kind_of_birth_is_read() {
        let day = |text: &str| text.parse::<jiff::civil::Date>().unwrap_or_default();
        let date = Birth::Day { day: day("2010-03-07") };
        let age = Birth::About { years: 12, on: day("2026-02-01") };
        let both = Birth::Disputed { date: Box::new(date.clone()), age: Box::new(age.clone()) };
        let (a, b) = (("2010-03-07", "", ""), ("", "12", "2026-02-01"));
        for (birth, expected) in [
            (date, vec![a]),
            (age, vec![b]),
            (both, vec![a, b]),
            (Birth::Month { year: 2010, month: 3 }, vec![("2010-03", "", "")]),
            (Birth::Year { year: 2010 }, vec![("2010", "", "")]),
            (Birth::Unknown, vec![("", "", "")]),
            (Birth::Refused, vec![("", "", "")]),
        ] {
            let read = births(&birth);
            let read: Vec<_> = read.iter().map(|(a, b, c)| (&**a, &**b, &**c)).collect();
            assert_eq!(read, expected);
        }
    }
}
