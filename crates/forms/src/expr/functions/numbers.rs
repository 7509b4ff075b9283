//! Functions on single numbers.

use crate::expr::eval::Machine;
use crate::expr::value::{Fail, Value};

impl<'f> Machine<'_, 'f> {
    pub(super) fn call_number(&mut self, name: &str, values: &[Value<'f>]) -> Result<Value<'f>, Fail> {
        let (a, b) = (self.arg_number(values, 0), self.arg_number(values, 1));
        let number = match name {
            "number" => a,
            "int" => a.trunc(),
            "abs" => a.abs(),
            "floor" => a.floor(),
            "ceiling" => a.ceil(),
            "sqrt" => a.sqrt(),
            "pow" => a.powf(b),
            "round" if values.len() < 2 => round(a, 0.0),
            "round" => round(a, b),
            _ => return Err(Fail::Broken),
        };
        Ok(Value::Number(number))
    }
}

/// Halves go up, as `XPath` has it, also below zero: `round(-2.5)` is `-2`.
fn round(number: f64, decimals: f64) -> f64 {
    if decimals.is_nan() {
        return f64::NAN;
    }
    let scale = 10f64.powi(decimals.clamp(-15.0, 15.0) as i32);
    let scaled = number * scale;
    // 1.005 is stored a little below; the nudge is far smaller than a written digit.
    (scaled + 0.5 + scaled.abs() * f64::EPSILON).floor() / scale
}

#[cfg(test)]
mod tests {
    use super::round;

    #[test]
    fn rounds_halves_up() {
        assert_eq!(round(2.5, 0.0), 3.0);
        assert_eq!(round(-2.5, 0.0), -2.0);
        assert_eq!(round(1.005, 2.0), 1.01);
        assert_eq!(round(1234.0, -2.0), 1200.0);
        assert!(round(1.0, f64::NAN).is_nan());
    }
}
