-- People: codes and states in clear, everything that names sealed.
CREATE TABLE person (
  id UUID PRIMARY KEY, code TEXT NOT NULL UNIQUE, sex TEXT NOT NULL, core BYTEA NOT NULL, identity BYTEA,
  created_at BIGINT NOT NULL, created_by UUID NOT NULL, erased_at BIGINT, version BIGINT NOT NULL);

-- Exact look-up of documents and phones. No pieces of names are ever stored (security.md 3.5).
CREATE TABLE blind_index (
  field TEXT NOT NULL, token BYTEA NOT NULL, person UUID NOT NULL REFERENCES person (id),
  PRIMARY KEY (field, token, person));
CREATE INDEX blind_person ON blind_index (person);
