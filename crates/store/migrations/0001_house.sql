-- The house itself: installation, keys, accounts, ledger, facts, jobs.
CREATE TABLE installation (
  id UUID PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, office_fingerprint TEXT NOT NULL,
  quorum_public BYTEA NOT NULL, quorum_ab BYTEA NOT NULL, quorum_ac BYTEA NOT NULL, quorum_bc BYTEA NOT NULL,
  office_deposit BYTEA NOT NULL, backup_recipient TEXT, created_at BIGINT NOT NULL);

-- To whom a compartment's key is wrapped. Kept out of data backups: erasing a person deletes her rows here.
CREATE TABLE key_slot (
  subject UUID NOT NULL, compartment TEXT NOT NULL, generation BIGINT NOT NULL, recipient_kind TEXT NOT NULL,
  recipient UUID NOT NULL, body BYTEA NOT NULL, created_at BIGINT NOT NULL,
  PRIMARY KEY (subject, compartment, generation, recipient));

-- What was erased, by whom and on what basis; applied again after every restore.
CREATE TABLE erasure (
  subject UUID PRIMARY KEY, at BIGINT NOT NULL, asked_by UUID NOT NULL, approved_by UUID NOT NULL, basis TEXT NOT NULL);

CREATE TABLE site (code TEXT PRIMARY KEY, kind TEXT NOT NULL, municipality TEXT NOT NULL);

CREATE TABLE account (
  id UUID PRIMARY KEY, username_token BYTEA NOT NULL UNIQUE, role TEXT NOT NULL, site TEXT, language TEXT NOT NULL,
  active BOOLEAN NOT NULL, who BYTEA NOT NULL, password TEXT NOT NULL, totp BYTEA, totp_step BIGINT NOT NULL,
  public_key BYTEA NOT NULL, secret_key BYTEA NOT NULL,
  person UUID, created_at BIGINT NOT NULL, version BIGINT NOT NULL);

-- Wrong tries by the blind index of what was typed: names that exist and names that do not are braked alike.
CREATE TABLE sign_in_try (
  token BYTEA PRIMARY KEY, failures BIGINT NOT NULL, wait_until BIGINT NOT NULL, at BIGINT NOT NULL);

CREATE TABLE session (
  id UUID PRIMARY KEY, token BYTEA NOT NULL UNIQUE, account UUID NOT NULL REFERENCES account (id), csrf BYTEA NOT NULL,
  created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, locked BOOLEAN NOT NULL,
  ended_at BIGINT, device TEXT NOT NULL);
CREATE INDEX session_account ON session (account, ended_at);

-- A form that was sent while the session was locked: kept sealed, given back after the password.
CREATE TABLE draft (
  id UUID PRIMARY KEY, account UUID NOT NULL REFERENCES account (id), path TEXT NOT NULL, at BIGINT NOT NULL,
  body BYTEA NOT NULL);

-- Forms carry a one-time number; the same number again gets the first answer again.
CREATE TABLE once (token UUID PRIMARY KEY, account UUID, at BIGINT NOT NULL, answer TEXT NOT NULL);

CREATE TABLE ledger_entry (
  seq BIGINT PRIMARY KEY, at BIGINT NOT NULL, actor UUID NOT NULL, action TEXT NOT NULL, kind TEXT NOT NULL,
  resource UUID NOT NULL, detail BYTEA NOT NULL, leaf BYTEA NOT NULL, root BYTEA NOT NULL, tag BYTEA NOT NULL);
CREATE INDEX ledger_resource ON ledger_entry (resource, seq);
CREATE TABLE ledger_head (id BIGINT PRIMARY KEY, frontier BYTEA NOT NULL);
CREATE TABLE ledger_signed (size BIGINT PRIMARY KEY, at BIGINT NOT NULL, text TEXT NOT NULL);

-- `entered` is the size of the ledger when the unit of work began that added it: whoever reads as of a position sees the same
-- facts for ever.
CREATE TABLE fact (
  id UUID PRIMARY KEY, kind TEXT NOT NULL, at BIGINT NOT NULL, day TEXT NOT NULL, code TEXT, outcome TEXT, site TEXT,
  municipality TEXT, sex TEXT, age_band TEXT, subject BYTEA, minutes BIGINT, amount BIGINT NOT NULL, entered BIGINT NOT NULL, backs UUID);
-- Whole: a report reads a kind in one go and never touches the table.
CREATE INDEX fact_kind ON fact (
  kind, day, entered, code, outcome, site, municipality, sex, age_band, subject, minutes, amount, at, id, backs);
-- What another fact took back is taken back once.
CREATE UNIQUE INDEX fact_backs ON fact (backs) WHERE backs IS NOT NULL;
CREATE INDEX fact_subject ON fact (subject, at);

-- What else a fact can be divided by: codes of dimensions that few kinds have (institution, post, course, language).
CREATE TABLE fact_dim (
  fact UUID NOT NULL REFERENCES fact (id), dim TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (fact, dim, value));

CREATE TABLE job (
  id UUID PRIMARY KEY, kind TEXT NOT NULL, resource UUID NOT NULL, due_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0, claimed_until BIGINT, done_at BIGINT);
CREATE INDEX job_due ON job (done_at, due_at);
CREATE INDEX job_resource ON job (resource);

-- What somebody should know: a kind and what it is about, never words. One of a kind about one thing for each person.
CREATE TABLE notice (
  id UUID PRIMARY KEY, account UUID NOT NULL REFERENCES account (id), kind TEXT NOT NULL, about UUID NOT NULL,
  at BIGINT NOT NULL, seen_at BIGINT, UNIQUE (account, kind, about));
CREATE INDEX notice_account ON notice (account, seen_at);
