//! One record against many: what its words are like is looked up once, then each comparison is a few look-ups.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::local::Local;
use super::twice::{BOTH, Twice};
use super::{LOCAL_AT_MOST, LOCAL_SURNAME, Pattern, birth, fact, family, given};
use crate::record::asked::Asked;
use crate::record::coded::{Coded, Told, slot};
use crate::record::coder::Coder;
use crate::record::digits::{near, near_phones};
use crate::words::class::{EXACT, SOUND};
use crate::words::{Alike, MISSING};

/// Bits that the class of a slot takes in the table.
const BITS: usize = 3;

/// The bits of both given names, and of both surnames.
const GIVEN: u32 = BOTH << (BITS * slot::GIVEN1);
const SURNAMES: u32 = BOTH << (BITS * slot::SURNAME1);

/// A record in focus.
pub(crate) struct Lens<'c> {
    coder: &'c Coder,
    of: Coded,
    told: Told,
    /// By word: its class with each of the words in focus, three bits a slot.
    like: Vec<u32>,
    /// By slot: the words that are like the one in focus.
    touched: [Cow<'c, [Alike]>; slot::ALL],
    rarity: [f32; slot::ALL],
    /// How rare the given names and the surnames are that another has as well: neither, the first, the second, both.
    rare_given: [f32; 4],
    rare_surnames: [f32; 4],
    /// The same of how much less surnames say in a department where they are common.
    here: [f32; 4],
    twice: &'static Twice,
    local: Local,
    place: f32,
    sex: f32,
    /// The level of a shared nation.
    nation: u8,
    /// What name the nickname is, and both given names; see [`Vocabulary::name`](crate::words::Vocabulary::name).
    called: u32,
    given: [u32; 2],
    /// How the given names sound, run together; made when it is first asked for.
    together: OnceCell<String>,
}

/// Of so many surnames it is kept what they say where they are, where many records come into focus: what the processor has
/// at hand.
const LOCAL: usize = 1 << 12;

impl<'c> Lens<'c> {
    pub(crate) fn new(coder: &'c Coder) -> Self {
        Self::keeping(LOCAL, coder)
    }

    fn keeping(local: usize, coder: &'c Coder) -> Self {
        Self {
            coder,
            of: Coded::default(),
            told: Told::default(),
            like: vec![0; coder.words.len()],
            touched: Default::default(),
            rarity: [0.0; slot::ALL],
            rare_given: [0.0; 4],
            rare_surnames: [0.0; 4],
            here: [0.0; 4],
            twice: Twice::get(),
            local: Local::keeping(local),
            place: 0.0,
            sex: 0.0,
            nation: 0,
            called: 0,
            given: [0; 2],
            together: OnceCell::new(),
        }
    }

    /// One with a question in focus.
    pub(crate) fn on(asked: &Asked<'c>) -> Self {
        let mut lens = Self::keeping(1, asked.coder);
        lens.take(asked);
        lens
    }

    /// Takes a record of the coder into focus.
    pub(crate) fn focus(&mut self, record: Coded) {
        self.take(&Asked::known(self.coder, record));
    }

    fn take(&mut self, asked: &Asked<'c>) {
        let (of, coder) = (&asked.coded, self.coder);
        for (at, touched) in self.touched.iter_mut().enumerate() {
            // Records come in the order of their names: most often only some words are others.
            if of.words[at] == self.of.words[at] {
                continue;
            }
            for alike in &**touched {
                self.like[alike.word() as usize] &= !(7 << (BITS * at));
            }
            *touched = if of.words[at] == MISSING { Cow::default() } else { asked.like(of.words[at]) };
            for alike in &**touched {
                self.like[alike.word() as usize] |= u32::from(alike.class()) << (BITS * at);
            }
            self.rarity[at] = coder.rarity(asked.as_common(of.words[at]), at) / 10.0;
        }
        let both = |[one, other]: [f32; 2]| [0.0, one, other, one + other];
        let rare = |at: usize| both([self.rarity[at], self.rarity[at + 1]]);
        (self.rare_given, self.rare_surnames) = (rare(slot::GIVEN1), rare(slot::SURNAME1));
        let here = [slot::SURNAME1, slot::SURNAME2];
        self.here = both(here.map(|at| self.local.says(coder, asked.as_common(of.words[at]), of.department)));
        self.place = coder.share(&coder.by_place, of.place.into()) / 10.0;
        self.nation = if coder.is_common_nation(of.nation) { 1 } else { 3 };
        let name = |word: u32| coder.words.name(asked.as_common(word));
        (self.called, self.given) =
            (name(of.nickname), [name(of.words[slot::GIVEN1]), name(of.words[slot::GIVEN2])]);
        self.together.take();
        if !asked.is_known() {
            self.together = run_together(of, |word| asked.heard(word)).into();
        }
        (self.of, self.told) = (*of, of.told());
        self.sex = coder.share(&coder.by_sex, self.told.sex.into()) / 10.0;
    }

    /// The class of a word with the word in focus of a slot.
    fn class(&self, word: u32, at: usize) -> u8 {
        (self.like[word as usize] >> (BITS * at) & 7) as u8
    }

    /// Whether a record with these given names and surnames is worth comparing: when both are alike, or else
    /// when `near` says so, which is told whether one of them is.
    pub(crate) fn may_be(&self, names: &[u32; 4], near: impl Fn(bool) -> bool) -> bool {
        let like = |word: u32| self.like[word as usize];
        let given = (like(names[0]) | like(names[1])) & GIVEN != 0;
        let surname = (like(names[2]) | like(names[3])) & SURNAMES != 0;
        // Who is asked without a name is like everybody.
        let given = given || self.of.words[slot::GIVEN1] == MISSING || names[0] == MISSING;
        let surname = surname || self.of.words[slot::SURNAME1] == MISSING || names[2] == MISSING;
        given && surname || near(given || surname)
    }

    /// Compares with another record of the same coder.
    pub(crate) fn compare(&self, other: &Coded) -> Pattern {
        let (mut pattern, told) = (Pattern::default(), other.told());
        self.given(other, &mut pattern);
        self.family(other, self.told.married || told.married, &mut pattern);
        let (of, levels) = (&self.of, &mut pattern.levels);
        levels[fact::BIRTH] = birth::level(&self.told.born, &told.born);
        let known = |a: u64, b: u64| a != 0 && b != 0;
        let same_department = of.department == other.department && of.department != 0;
        if known(of.place.into(), other.place.into()) {
            levels[fact::PLACE] = if of.place == other.place { 1 } else { 3 - u8::from(same_department) };
            pattern.slopes[3] = if of.place == other.place { self.place } else { 0.0 };
            // What a surname loses where it is common is never more than the place itself tells; see `monotone`.
            if of.place == other.place {
                pattern.slopes[LOCAL_SURNAME] =
                    pattern.slopes[LOCAL_SURNAME].max(-LOCAL_AT_MOST * self.place);
            }
        }
        if known(of.phone.into(), other.phone.into()) {
            levels[fact::PHONE] = number(of.phone, other.phone, near_phones);
        }
        if known(self.told.sex.into(), told.sex.into()) {
            levels[fact::SEX] = if self.told.sex == told.sex { 1 } else { 2 };
            pattern.slopes[6] = if self.told.sex == told.sex { self.sex } else { 0.0 };
        }
        if known(of.nation.into(), other.nation.into()) {
            levels[fact::NATION] = if of.nation == other.nation { self.nation } else { 2 };
        }
        if known(of.document, other.document) {
            let level = number(of.document, other.document, near);
            let unsound = level == 3 && (self.told.unsound || told.unsound);
            levels[fact::DOCUMENT] = level + u8::from(unsound);
        }
        levels[fact::NICKNAME] = self.nickname(other);
        for n in 0..3 {
            let at = slot::OTHER + n;
            if of.words[at] != MISSING && other.words[at] != MISSING {
                let class = self.class(other.words[at], at);
                levels[fact::OTHER + n] = if class >= SOUND { 1 } else { 3 - u8::from(class > 0) };
                pattern.slopes[5] += if class >= SOUND { self.rarity[at] } else { 0.0 };
            }
        }
        pattern
    }

    fn given(&self, other: &Coded, pattern: &mut Pattern) {
        let (first, second) = (other.words[slot::GIVEN1], other.words[slot::GIVEN2]);
        if self.of.words[slot::GIVEN1] == MISSING || first == MISSING {
            return;
        }
        let seconds = (self.of.words[slot::GIVEN2] != MISSING, second != MISSING);
        let classes = |word: u32| self.like[word as usize] >> (BITS * slot::GIVEN1);
        let told = self.twice.given(classes(first), classes(second), seconds);
        pattern.levels[fact::GIVEN] = told.level();
        pattern.slopes[0] = self.rare_given[told.shared()];
    }

    fn family(&self, other: &Coded, married: bool, pattern: &mut Pattern) {
        let (of, first, second) = (&self.of, other.words[slot::SURNAME1], other.words[slot::SURNAME2]);
        if of.words[slot::SURNAME1] != MISSING && first != MISSING {
            let seconds = (of.words[slot::SURNAME2] != MISSING, second != MISSING);
            let classes = |word: u32| self.like[word as usize] >> (BITS * slot::SURNAME1);
            let told = self.twice.surnames(classes(first), classes(second), seconds, married);
            let mut level = told.level();
            if level == family::FIRST_OTHER_UNKNOWN && self.mother_has_the_second(other) {
                level = family::MOTHER_HAS_THE_SECOND;
            }
            let given = pattern.levels[fact::GIVEN];
            if level >= family::CROSSED && given >= given::CROSSED && self.exchanged(other) {
                level = family::FOR_NAMES;
                pattern.levels[fact::GIVEN] = given::FOR_SURNAMES;
            }
            pattern.levels[fact::SURNAMES] = level;
            pattern.slopes[1] = self.rare_surnames[told.shared()];
            let here = of.department == other.department;
            pattern.slopes[LOCAL_SURNAME] = if here { self.here[told.in_place()] } else { 0.0 };
            if pattern.of_one_family() && self.ran_together(other, pattern.levels[fact::GIVEN]) {
                pattern.levels[fact::GIVEN] = given::BOTH;
                pattern.slopes[0] = self.rarity_of_two(other);
            }
        }
        if of.words[slot::MOTHER] != MISSING && other.words[slot::MOTHER] != MISSING {
            let name = self.class(other.words[slot::MOTHER], slot::MOTHER);
            pattern.levels[fact::MOTHER] = family::mother(name, self.mothers_surname(other));
            pattern.slopes[2] = if name >= SOUND { self.rarity[slot::MOTHER] } else { 0.0 };
        }
    }

    /// One wrote *Mariaelena* where the other has two names. Asked only where surnames agree: to read the words of everybody
    /// whose given names differ takes longer than all the rest.
    fn ran_together(&self, other: &Coded, level: u8) -> bool {
        let single = |record: &Coded| record.words[slot::GIVEN2] == MISSING;
        if !matches!(level, given::PARTLY_NEAR | given::DIFFER) || single(&self.of) == single(other) {
            return false;
        }
        let heard = |word: u32| self.coder.words.heard(word);
        *self.together.get_or_init(|| run_together(&self.of, heard)) == run_together(other, heard)
    }

    /// How rare two given names are that the other, or the one in focus, wrote as one.
    fn rarity_of_two(&self, other: &Coded) -> f32 {
        if self.of.words[slot::GIVEN2] != MISSING {
            return self.rare_given[3];
        }
        [slot::GIVEN1, slot::GIVEN2].map(|at| self.coder.rarity(other.words[at], at) / 10.0).iter().sum()
    }

    /// The best class of the mothers' surnames; `None` when one has none.
    fn mothers_surname(&self, other: &Coded) -> Option<u8> {
        let last = slot::MOTHER_SURNAME2;
        if self.of.words[last] == MISSING || other.words[last] == MISSING {
            return None;
        }
        let of = [slot::MOTHER_SURNAME1, last];
        of.iter().flat_map(|at| of.map(|word| self.class(other.words[word], *at))).max()
    }

    /// One has no second surname, and her mother's is the other's.
    fn mother_has_the_second(&self, other: &Coded) -> bool {
        let mothers = [slot::MOTHER_SURNAME1, slot::MOTHER_SURNAME2];
        match (self.of.words[slot::SURNAME2], other.words[slot::SURNAME2]) {
            (MISSING, second) => mothers.iter().any(|at| self.class(second, *at) >= SOUND),
            (_, MISSING) => mothers.iter().any(|at| self.class(other.words[*at], slot::SURNAME2) >= SOUND),
            _ => false,
        }
    }

    /// The given name is the other's surname, and the reverse.
    fn exchanged(&self, other: &Coded) -> bool {
        self.class(other.words[slot::SURNAME1], slot::GIVEN1) >= SOUND
            && self.class(other.words[slot::GIVEN1], slot::SURNAME1) >= SOUND
    }

    /// Nicknames are heard and written down by others: *Mari* is *Mary*, and *Chayo* is Rosario.
    fn nickname(&self, other: &Coded) -> u8 {
        let (one, two) = (self.of.nickname, other.nickname);
        let name = |word: u32| self.coder.words.name(word);
        let among = |called: u32, given: [u32; 2]| called != 0 && given.contains(&called);
        match () {
            () if one == MISSING && two == MISSING => 0,
            () if self.called != 0 && self.called == name(two) => 1,
            () if among(self.called, [name(other.words[slot::GIVEN1]), name(other.words[slot::GIVEN2])]) => 3,
            () if among(name(two), self.given) => 3,
            () if one != MISSING && two != MISSING => 2,
            () => 0,
        }
    }
}

/// How the given names of a record sound, without a gap.
fn run_together<'w>(record: &Coded, heard: impl Fn(u32) -> &'w str) -> String {
    [slot::GIVEN1, slot::GIVEN2].map(|at| heard(record.words[at])).concat()
}

/// The level of two numbers.
fn number<N: Copy + PartialEq>(one: N, other: N, near: impl Fn(N, N) -> bool) -> u8 {
    match () {
        () if one == other => 1,
        () if near(one, other) => 2,
        () => 3,
    }
}

const _: () = assert!(EXACT < 1 << BITS && slot::ALL * BITS <= 32);
