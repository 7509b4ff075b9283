//! Forms from XLSForm: skip logic, calculation, validation. No I/O.
