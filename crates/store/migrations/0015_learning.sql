-- A test of a course at one point in time: before, after, three and six months later. Whoever has the code may hand in a sheet while it
-- is open; the code is on the wall of the room.
CREATE TABLE test_round (
  id UUID PRIMARY KEY, course UUID NOT NULL REFERENCES training_course (id), test TEXT NOT NULL, version BIGINT NOT NULL,
  phase TEXT NOT NULL, code TEXT NOT NULL UNIQUE, state TEXT NOT NULL, opened_at BIGINT NOT NULL, opened_by UUID NOT NULL,
  UNIQUE (course, phase));

-- A sheet that was handed in: choices by the order of the items, `-` for none. `who` pairs the sheets of one person: a hash under the
-- office key of the mark that she chose herself, or of her row. `trainee` is empty when nobody is to know whose it is; then only the
-- day is kept, and no account.
CREATE TABLE test_sheet (
  id UUID PRIMARY KEY, round UUID NOT NULL REFERENCES test_round (id), who BYTEA NOT NULL, trainee UUID REFERENCES trainee (id),
  answers TEXT NOT NULL, applied TEXT NOT NULL, score BIGINT NOT NULL, how TEXT NOT NULL, day TEXT NOT NULL,
  shown BIGINT NOT NULL DEFAULT 0, UNIQUE (round, who));

-- What was shown of what a course taught: each time, from before to a later round, whose sheets, in all or only what they gained. What is shown
-- next is compared with it. Ids of sheets that were taken back stay.
CREATE TABLE test_shown (
  course UUID NOT NULL REFERENCES training_course (id), number BIGINT NOT NULL, phase TEXT NOT NULL, whole BIGINT NOT NULL, who BYTEA NOT NULL,
  before_sheet UUID NOT NULL, after_sheet UUID NOT NULL, PRIMARY KEY (course, number, phase, who));

-- A certificate. `name_mark` is a hash under the office key of the holder's name, so that a name can be compared and not read; `badge` is
-- the signed token, which names nobody. Of one person and course one is valid at a time.
CREATE TABLE certificate (
  id UUID PRIMARY KEY, code TEXT NOT NULL UNIQUE, course UUID NOT NULL REFERENCES training_course (id),
  trainee UUID NOT NULL REFERENCES trainee (id), institution TEXT, name_mark BYTEA, badge TEXT NOT NULL, day TEXT NOT NULL, state TEXT NOT NULL,
  reason TEXT, issued_at BIGINT NOT NULL, issued_by UUID NOT NULL, revoked_at BIGINT, revoked_by UUID, tries BIGINT NOT NULL,
  tries_day TEXT NOT NULL, version BIGINT NOT NULL);
CREATE UNIQUE INDEX certificate_valid ON certificate (course, trainee) WHERE state = 'valid';
CREATE INDEX certificate_state ON certificate (state);
