-- Somebody who was trained, or trains: one row over all courses. Her name is sealed under a key of her own; codes stand in clear.
-- `merged_into` says that she was found to be another row; her places and marks stay where they were written, so that it can be undone.
CREATE TABLE trainee (
  id UUID PRIMARY KEY, code TEXT NOT NULL UNIQUE, audience TEXT NOT NULL, institution TEXT, post TEXT, partner_type TEXT,
  department TEXT, municipality TEXT, language TEXT, sex TEXT, body BYTEA NOT NULL, merged_into UUID, erased_at BIGINT,
  created_at BIGINT NOT NULL, created_by UUID NOT NULL, version BIGINT NOT NULL);
CREATE INDEX trainee_merged ON trainee (merged_into);

-- A course. `curriculum` and its version name data of a pack; `threshold` is the percent of minutes that completes it.
CREATE TABLE training_course (
  id UUID PRIMARY KEY, code TEXT NOT NULL UNIQUE, curriculum TEXT NOT NULL, curriculum_version BIGINT NOT NULL,
  mode TEXT NOT NULL, municipality TEXT NOT NULL, room TEXT NOT NULL, language TEXT NOT NULL, threshold BIGINT NOT NULL,
  from_day TEXT NOT NULL, to_day TEXT NOT NULL, state TEXT NOT NULL, created_at BIGINT NOT NULL, created_by UUID NOT NULL,
  closed_at BIGINT, closed_by UUID, version BIGINT NOT NULL);
CREATE INDEX training_course_days ON training_course (state, from_day);

-- Which institution was invited, with how many seats.
CREATE TABLE training_seat (
  course UUID NOT NULL REFERENCES training_course (id), institution TEXT NOT NULL, seats BIGINT NOT NULL CHECK (seats > 0),
  PRIMARY KEY (course, institution));

-- Who trains: somebody of the register, so that it can be told whether she was trained herself.
CREATE TABLE training_trainer (
  course UUID NOT NULL REFERENCES training_course (id), trainee UUID NOT NULL REFERENCES trainee (id),
  PRIMARY KEY (course, trainee));

-- A session; `starts` in minutes of its day.
CREATE TABLE training_session (
  id UUID PRIMARY KEY, course UUID NOT NULL REFERENCES training_course (id), n BIGINT NOT NULL, module TEXT NOT NULL,
  day TEXT NOT NULL, starts BIGINT NOT NULL, minutes BIGINT NOT NULL CHECK (minutes > 0), state TEXT NOT NULL,
  held_at BIGINT, held_by UUID, version BIGINT NOT NULL, UNIQUE (course, n));
CREATE INDEX training_session_day ON training_session (day);

-- A person has one place in a course. Institution and post as they were then: somebody who changes her post later does not change
-- what was counted.
CREATE TABLE training_place (
  course UUID NOT NULL REFERENCES training_course (id), trainee UUID NOT NULL REFERENCES trainee (id), institution TEXT,
  post TEXT, state TEXT NOT NULL, at BIGINT NOT NULL, by_account UUID NOT NULL, PRIMARY KEY (course, trainee));
CREATE INDEX training_place_trainee ON training_place (trainee);

-- Who was there. `how`: list, code, name, paper. One mark a person and session; a correction replaces it, and the ledger says so.
CREATE TABLE training_mark (
  session UUID NOT NULL REFERENCES training_session (id), trainee UUID NOT NULL REFERENCES trainee (id), mark TEXT NOT NULL,
  how TEXT NOT NULL, at BIGINT NOT NULL, by_account UUID NOT NULL, PRIMARY KEY (session, trainee));
CREATE INDEX training_mark_trainee ON training_mark (trainee);

-- What was counted: which fact stands for which session or course and whom. When it no longer holds, a second fact takes it back
-- and the row goes. `sign` is what would make it another fact.
CREATE TABLE training_counted (
  scope UUID NOT NULL, kind TEXT NOT NULL, trainee UUID NOT NULL, fact UUID NOT NULL, sign TEXT NOT NULL,
  PRIMARY KEY (scope, kind, trainee));

-- Somebody wrote her name behind the code on the wall, and nobody of the list fits. A person decides who she is; then it goes.
CREATE TABLE training_claim (
  id UUID PRIMARY KEY, session UUID NOT NULL REFERENCES training_session (id), token BYTEA NOT NULL UNIQUE,
  institution TEXT NOT NULL, body BYTEA NOT NULL, at BIGINT NOT NULL);
CREATE INDEX training_claim_session ON training_claim (session, at);

-- A printed sheet, and who stands in which of its rows. Rows without anybody are blank on paper and filled when it is typed.
CREATE TABLE training_sheet (
  id UUID PRIMARY KEY, code TEXT NOT NULL UNIQUE, session UUID NOT NULL REFERENCES training_session (id),
  rows BIGINT NOT NULL, at BIGINT NOT NULL, by_account UUID NOT NULL, typed_at BIGINT, typed_by UUID, version BIGINT NOT NULL);
CREATE INDEX training_sheet_session ON training_sheet (session);
CREATE TABLE training_sheet_row (
  sheet UUID NOT NULL REFERENCES training_sheet (id), n BIGINT NOT NULL, trainee UUID NOT NULL REFERENCES trainee (id),
  PRIMARY KEY (sheet, n), UNIQUE (sheet, trainee));

-- The photo of a sheet, sealed under the key of the sheet.
CREATE TABLE training_photo (
  sheet UUID PRIMARY KEY REFERENCES training_sheet (id), media TEXT NOT NULL, size BIGINT NOT NULL, content BYTEA NOT NULL,
  at BIGINT NOT NULL);
