-- Economic support and staff effort. Movements of money are added and never changed: a line's balance is their sum.
-- kind: granted, committed, released, paid, returned; cents are whole and positive; entry is the support it belongs to.
CREATE TABLE money (
  id UUID PRIMARY KEY, at BIGINT NOT NULL, line TEXT NOT NULL, kind TEXT NOT NULL, cents BIGINT NOT NULL CHECK (cents > 0),
  entry UUID, account UUID NOT NULL);
CREATE INDEX money_line ON money (line, kind);
CREATE INDEX money_entry ON money (entry);

-- Hours of staff by service. A correction is another row with the difference.
CREATE TABLE effort (
  id UUID PRIMARY KEY, at BIGINT NOT NULL, account UUID NOT NULL, day TEXT NOT NULL, service TEXT NOT NULL, site TEXT,
  minutes BIGINT NOT NULL);
CREATE INDEX effort_account ON effort (account, day);

-- A person has one place (or one turn on the list) in a service, and one mark for each day of it.
CREATE UNIQUE INDEX entry_enrolled ON entry (file, code) WHERE kind = 'enrolment' AND state IN ('in', 'waiting');
CREATE UNIQUE INDEX entry_attended ON entry (file, code, on_day) WHERE kind = 'attendance';
CREATE INDEX entry_code ON entry (kind, code, state);
