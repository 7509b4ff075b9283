//! SQLite and PostgreSQL behind one layer, and the unit of work.
