-- Case files, who works on them, and what they hold.
CREATE TABLE case_file (
  id UUID PRIMARY KEY, code TEXT NOT NULL UNIQUE, person UUID NOT NULL REFERENCES person (id), state TEXT NOT NULL,
  phase TEXT NOT NULL, site TEXT NOT NULL, municipality TEXT NOT NULL, responsible UUID NOT NULL, risk TEXT NOT NULL,
  opened_at BIGINT NOT NULL, alert UUID, referred_by TEXT, previous UUID, closing TEXT, closed_at BIGINT, legal_hold BOOLEAN NOT NULL,
  version BIGINT NOT NULL);
CREATE INDEX case_person ON case_file (person);
CREATE INDEX case_responsible ON case_file (responsible, state);

-- Several people found at once: what the first calls need, in codes, and which cases became of it. Needs are codes with
-- spaces between.
CREATE TABLE found (
  id UUID PRIMARY KEY, at BIGINT NOT NULL, account UUID NOT NULL, alert UUID, place TEXT NOT NULL, municipality TEXT NOT NULL,
  found_by TEXT NOT NULL, language TEXT NOT NULL, interpreter TEXT NOT NULL);
CREATE TABLE found_person (
  found UUID NOT NULL REFERENCES found (id), n BIGINT NOT NULL, case_id UUID NOT NULL REFERENCES case_file (id), sex TEXT NOT NULL,
  age_band TEXT NOT NULL, needs TEXT NOT NULL, tonight TEXT NOT NULL, asked BOOLEAN NOT NULL, PRIMARY KEY (found, n));
CREATE UNIQUE INDEX found_case ON found_person (case_id);

CREATE TABLE care_team (
  case_id UUID NOT NULL REFERENCES case_file (id), account UUID NOT NULL REFERENCES account (id), function TEXT NOT NULL,
  since BIGINT NOT NULL, until BIGINT, PRIMARY KEY (case_id, account, since));
CREATE INDEX care_team_account ON care_team (account, until, since);

CREATE TABLE conflict_block (
  case_id UUID NOT NULL REFERENCES case_file (id), account UUID NOT NULL REFERENCES account (id), since BIGINT NOT NULL,
  set_by UUID NOT NULL, PRIMARY KEY (case_id, account));

CREATE TABLE break_glass (
  id UUID PRIMARY KEY, case_id UUID NOT NULL REFERENCES case_file (id), account UUID NOT NULL REFERENCES account (id),
  category TEXT NOT NULL, reason BYTEA NOT NULL, at BIGINT NOT NULL, until BIGINT NOT NULL, review_due BIGINT NOT NULL,
  reviewed_by UUID, reviewed_at BIGINT, verdict TEXT);
CREATE INDEX break_glass_account ON break_glass (account, case_id, until);

-- Everything a file holds is an entry: what lists and clocks need in clear, the rest sealed in `body`, which is bound
-- to the version at which it was sealed: a state that follows from something else moves without opening it.
CREATE TABLE entry (
  id UUID PRIMARY KEY, file UUID NOT NULL, kind TEXT NOT NULL, folder TEXT NOT NULL, compartment TEXT NOT NULL,
  state TEXT NOT NULL, code TEXT, other UUID, on_day TEXT, due_at BIGINT, owner UUID, author UUID NOT NULL,
  corrects UUID, created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL, body BYTEA NOT NULL, body_version BIGINT NOT NULL,
  version BIGINT NOT NULL);
CREATE INDEX entry_file ON entry (file, kind, created_at);
CREATE INDEX entry_file_state ON entry (file, kind, state, due_at);
CREATE INDEX entry_owner ON entry (owner, kind, state, due_at);
CREATE INDEX entry_kind ON entry (kind, state, due_at);

-- The former versions of every row that can change: sealed as they were, with who, when and why.
CREATE TABLE former (
  row UUID NOT NULL, version BIGINT NOT NULL, at BIGINT NOT NULL, changed_by UUID NOT NULL, why TEXT NOT NULL,
  plain TEXT NOT NULL, body BYTEA NOT NULL, body_version BIGINT NOT NULL, PRIMARY KEY (row, version));

-- Files that were attached: sealed in pieces, each with a key of its own.
CREATE TABLE attachment (
  entry UUID PRIMARY KEY REFERENCES entry (id), media TEXT NOT NULL, size BIGINT NOT NULL, hash BYTEA NOT NULL,
  content BYTEA NOT NULL);

CREATE TABLE form_version (
  form TEXT NOT NULL, version TEXT NOT NULL, state TEXT NOT NULL, hash TEXT NOT NULL, definition TEXT NOT NULL,
  at BIGINT NOT NULL, added_by UUID, decided_by UUID, PRIMARY KEY (form, version));

-- The directory of institutions outside: public, no person and no house of the programme. Lists are codes between spaces; a
-- unit is a line of name and phone; `document` is the HSDS service it was brought as, for what the page does not show.
CREATE TABLE institution (
  id UUID PRIMARY KEY, code TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL, municipality TEXT NOT NULL,
  phone TEXT NOT NULL, hours TEXT NOT NULL, services TEXT NOT NULL, languages TEXT NOT NULL,
  units TEXT NOT NULL DEFAULT '', coverage TEXT NOT NULL DEFAULT '', eligibility TEXT NOT NULL DEFAULT '',
  valid_from TEXT, valid_until TEXT, checked_on TEXT, checked_by UUID, state TEXT NOT NULL DEFAULT 'active',
  version BIGINT NOT NULL DEFAULT 1, document TEXT);
CREATE TABLE institution_former (
  institution UUID NOT NULL REFERENCES institution (id), version BIGINT NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL,
  by_account UUID NOT NULL, PRIMARY KEY (institution, version));

-- Who asked that a person be erased, on what basis, and what a second person decided. Codes only.
CREATE TABLE erasure_request (
  id UUID PRIMARY KEY, case_id UUID NOT NULL REFERENCES case_file (id), basis TEXT NOT NULL, asked_by UUID NOT NULL,
  asked_at BIGINT NOT NULL, state TEXT NOT NULL, decided_by UUID, decided_at BIGINT, why TEXT);
CREATE INDEX erasure_request_state ON erasure_request (state, asked_at);

-- What must be kept whatever is asked: set and lifted by the lawyer of the team, with a coded reason.
CREATE TABLE legal_hold (
  id UUID PRIMARY KEY, case_id UUID NOT NULL REFERENCES case_file (id), reason TEXT NOT NULL, set_by UUID NOT NULL,
  set_at BIGINT NOT NULL, lifted_by UUID, lifted_at BIGINT, why TEXT);
CREATE INDEX legal_hold_case ON legal_hold (case_id, lifted_at);

-- That something of a case came out: what kind, where it appeared, which days are looked at, and what a second person decided. Codes
-- only. `moved` and `damaged` count the values that got a new key, and those that could not.
CREATE TABLE leak (
  id UUID PRIMARY KEY, case_id UUID NOT NULL REFERENCES case_file (id), kind TEXT NOT NULL, place TEXT NOT NULL,
  noticed_on TEXT NOT NULL, from_day TEXT NOT NULL, to_day TEXT NOT NULL, asked_by UUID NOT NULL, asked_at BIGINT NOT NULL,
  state TEXT NOT NULL, decided_by UUID, decided_at BIGINT, why TEXT, packets BIGINT, moved BIGINT, damaged BIGINT);
CREATE INDEX leak_state ON leak (state, asked_at);
CREATE INDEX leak_case ON leak (case_id);
-- Codes that lead nowhere any more, as a keyed hash: nobody gets one of them again, and nothing says whose it was.
CREATE TABLE code_retired (token BYTEA PRIMARY KEY, at BIGINT NOT NULL);
-- Strongboxes whose older values wait for somebody who has their key to seal them under the newest.
CREATE TABLE key_due (subject UUID NOT NULL, compartment TEXT NOT NULL, PRIMARY KEY (subject, compartment));
