//! Values of expressions, and hostile ones.

mod common;

use std::time::Duration;

use ceiba_forms::{Answers, Code, Item, Kind, check, evaluate, supported_functions};
use common::{calc, context, errors, form, item, value};

#[test]
fn values() {
    for (source, expected) in [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3 - -1", "10"),
        ("7 div 2", "3.5"),
        ("7 mod 4", "3"),
        ("0.1 + 0.2 = 0.3", "false"),
        ("'a' = 'a' and 1 < 2 or false()", "true"),
        ("'' + 1", ""),
        ("not('')", "true"),
        ("if(1 > 2, 'x', 'y')", "y"),
        ("coalesce('', 'b', 'c')", "b"),
        ("concat('a', 1, true())", "a1true"),
        ("substr('ñandú', 1, 3)", "an"),
        ("substr('hello', -3)", "llo"),
        ("substring-before('a-b', '-')", "a"),
        ("substring-after('a-b', '-')", "b"),
        ("translate('bar', 'abc', 'AB')", "BAr"),
        ("string-length('ñé')", "2"),
        ("normalize-space('  a   b ')", "a b"),
        ("contains('abc', 'b')", "true"),
        ("starts-with('abc', 'b')", "false"),
        ("ends-with('abc', 'c')", "true"),
        ("regex('AB-0001', '[A-Z]{2}-[0-9]{4}')", "true"),
        ("regex('xAB-0001', '[A-Z]{2}-[0-9]{4}')", "false"),
        ("round(2.345, 2)", "2.35"),
        ("int(-2.7)", "-2"),
        ("max(1, 5, 3) - min(4, 2)", "3"),
        ("pow(2, 10)", "1024"),
        ("selected('a b c', 'b')", "true"),
        ("selected('ab', 'b')", "false"),
        ("selected-at('a b c', 2)", "c"),
        ("selected-at('a b c', 9)", ""),
        ("count-selected(' a  b ')", "2"),
        ("checklist(1, 2, true(), 'x', '')", "true"),
        ("weighted-checklist(-1, 3, true(), 2, true(), 2)", "false"),
        ("boolean-from-string('1')", "true"),
        ("today()", "2026-11-23"),
        ("now()", "2026-11-23T10:00:00.000-06:00"),
        ("date(today() + 7)", "2026-11-30"),
        ("date('2026-02-31')", ""),
        ("'2026-11-24' > today()", "true"),
        ("'2026-11-23T09:00:00.000-06:00' < now()", "true"),
        ("format-date('2026-01-05', '%e/%n/%Y %b')", "5/1/2026 ene"),
        ("format-date-time('2026-01-05T07:08', '%H:%M')", "07:08"),
        ("decimal-date-time('1970-01-02T12:00')", "1.5"),
        ("int((today() - '2010-11-24') div 365.25)", "15"),
        ("count(instance('yn')/root/item)", "2"),
        ("instance('yn')/root/item[name = 'no']/label", "no"),
        ("instance('yn')/root/item[2]/name", "no"),
        ("jr:itext('yn-0')", "yes"),
        ("number('1e3')", "1000"),
        ("number('inf')", ""),
        ("- - 3", "3"),
        ("position()", "1"),
        ("random() < 1", "true"),
    ] {
        assert_eq!(value(source), expected, "{source}");
    }
}

#[test]
fn functions_are_those_of_the_inventory() {
    let names: Vec<&str> = supported_functions().collect();
    for core in [
        "string",
        "concat",
        "join",
        "string-length",
        "uuid",
        "if",
        "coalesce",
        "once",
        "true",
        "false",
        "not",
        "regex",
        "number",
        "int",
        "sum",
        "max",
        "min",
        "round",
        "count",
        "position",
        "instance",
        "current",
        "today",
        "now",
        "format-date",
        "selected",
        "selected-at",
        "count-selected",
        "jr:choice-name",
        "jr:itext",
    ] {
        assert!(names.contains(&core), "{core}");
    }
}

#[test]
fn repeats_point_to_their_own_copy() {
    let amount = item("amount", Kind::Integer);
    let double = calc("double", "${amount} * 2");
    let place = calc("place", "position(..)");
    let before = calc("before", "indexed-repeat(${amount}, ${r}, position(..) - 1)");
    let repeat = Item { children: vec![amount, double, place, before], ..item("r", Kind::Repeat) };
    let sum = calc("total", "concat(sum(${amount}), '/', count(${r}), '/', join('-', ${double}))");
    let form = form(vec![repeat, sum]);
    assert_eq!(check(&form), []);
    let mut answers = Answers::new();
    answers.give("r[1]/amount", "3");
    answers.give("r[2]/amount", "4");
    answers.set_copies("r", 3);
    let evaluation = evaluate(&form, &answers, &context());
    assert_eq!(errors(&evaluation), Vec::<String>::new());
    let value = |path: &str| evaluation.node(path).unwrap().value.clone();
    assert_eq!(value("r[2]/double"), "8");
    assert_eq!(value("r[2]/place"), "2");
    assert_eq!(value("r[2]/before"), "3");
    assert_eq!(value("total"), "7/3/6-8-");
}

#[test]
fn hostile_sources_are_refused() {
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
    for source in [
        deep("(", ")"),
        deep("not(", ")"),
        "(".repeat(65_536),
        "a[".repeat(30_000),
        format!("{}1", "if(1,".repeat(10_000)),
        "x".repeat(70_000),
        "'".repeat(65_535),
        "${".into(),
        "//a".into(),
        "a::b".into(),
        "\u{0}".into(),
    ] {
        let problems = fast(|| check(&form(vec![calc("c", &source)])));
        assert!(!problems.is_empty(), "{}", &source[..source.len().min(20)]);
    }
    // Long but flat is fine, and neither evaluation nor dropping needs a stack.
    assert_eq!(fast(|| value(&format!("{}1", "1+".repeat(32_000)))), "32001");
    assert_eq!(fast(|| value(&format!("{}1", "-".repeat(65_000)))), "1");
}

/// A generous bound on what the processor spent on it in a debug build: a busy machine makes it wait, not spend. The
/// release bound of 10 ms is for one expression.
fn fast<T>(work: impl FnOnce() -> T) -> T {
    let spent = || {
        let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap_or(0))
    };
    let before = spent();
    let result = work();
    assert!(spent() - before < Duration::from_secs(2), "{:?}", spent() - before);
    result
}

#[test]
fn growth_stops() {
    let mut items = vec![calc("c0", "'xxxxxxxxxxxxxxxx'")];
    for i in 1..200 {
        items.push(calc(&format!("c{i}"), &format!("concat(${{c{0}}}, ${{c{0}}})", i - 1)));
    }
    let form = form(items);
    assert_eq!(check(&form), []);
    let evaluation = fast(|| evaluate(&form, &Answers::new(), &context()));
    assert!(errors(&evaluation)[0].contains("calculation cannot be evaluated"));
    assert!(evaluation.nodes.iter().all(|n| n.value.len() <= 1 << 20));
    assert!(evaluation.nodes.iter().map(|n| n.value.len()).sum::<usize>() <= 8 << 20);
}

#[test]
fn evil_patterns_are_linear() {
    let text = Item { constraint: Some("regex(., '(a+)+$')".into()), ..item("t", Kind::Text) };
    let form = form(vec![text]);
    let mut answers = Answers::new();
    answers.give("t", format!("{}!", "a".repeat(50_000)));
    let evaluation = fast(|| evaluate(&form, &answers, &context()));
    assert_eq!(errors(&evaluation), ["/data/t: constraint"]);
    // Unambiguous to a person, hard for an automaton: still no more than a moment.
    let hard = common::form(vec![item("t", Kind::Text), calc("c", "regex(${t}, '(.*a.{0,60}b){2}.*')")]);
    assert_eq!(check(&hard), []);
    answers.give("t", "ab".repeat(25_000));
    fast(|| evaluate(&hard, &answers, &context()));
    for usual in [r"\w{1,10}", "[A-Za-zÁÉÍÓÚÑáéíóúñ ]{2,80}", r"\d{4} \d{5} \d{4}", r"\+?[0-9 ]{8,15}"]
    {
        let usual = common::form(vec![calc("c", &format!("regex('x', '{usual}')"))]);
        assert_eq!(check(&usual), []);
    }
    let big = common::form(vec![calc("c", "regex('x', '((\\w{50}){50}){50}')")]);
    assert_eq!(check(&big)[0].code, Code::BadRegex);
}

#[test]
fn long_chains_and_cycles_need_no_stack() {
    let mut items = vec![calc("c0", "1")];
    for i in 1..1999 {
        items.push(calc(&format!("c{i}"), &format!("${{c{}}} + 1", i - 1)));
    }
    items.reverse();
    let form = form(items);
    assert_eq!(check(&form), []);
    let evaluation = evaluate(&form, &Answers::new(), &context());
    assert_eq!(evaluation.node("c1998").unwrap().value, "1999");
    // Never published, but evaluation must end all the same.
    let circle = common::form(vec![calc("a", "${b} + 1"), calc("b", "${a} + 1"), calc("c", "${b}")]);
    assert_eq!(check(&circle)[0].args[0].1, "a, b");
    let evaluation = evaluate(&circle, &Answers::new(), &context());
    assert_eq!(errors(&evaluation)[0], "/data/a: calculation cannot be evaluated: it waits for itself");
}
