-- «Have we met?»: links lie beside the records, and no record is touched by one. `state` is `proposed`, `one` (the same
-- person) or `two`. `one` has the lower id. `evidence` and `settle` are codes of the linkage crate between spaces; the two
-- versions are those of the people when it was looked at, so that what was decided is not proposed again unless one changed.
CREATE TABLE person_link (
  id UUID PRIMARY KEY, one UUID NOT NULL REFERENCES person (id), other UUID NOT NULL REFERENCES person (id),
  state TEXT NOT NULL, per_mille BIGINT NOT NULL, evidence TEXT NOT NULL, settle TEXT NOT NULL,
  one_version BIGINT NOT NULL, other_version BIGINT NOT NULL, proposed_at BIGINT NOT NULL, put_off_at BIGINT,
  decided_by UUID, decided_at BIGINT, version BIGINT NOT NULL, UNIQUE (one, other));
CREATE INDEX person_link_other ON person_link (other);
CREATE INDEX person_link_state ON person_link (state, per_mille);

-- At which version the register was asked about a person: whoever changed since is asked about at night.
CREATE TABLE link_seen (person UUID PRIMARY KEY REFERENCES person (id), version BIGINT NOT NULL);

-- Since which position of the ledger a pseudonym is counted as another one (none: as itself again): a report is counted as of its
-- position, and comes out the same whatever was found out since. Rows are added, never changed.
CREATE TABLE subject_joined (
  subject BYTEA NOT NULL, entered BIGINT NOT NULL, as_subject BYTEA, PRIMARY KEY (subject, entered));

-- Pseudonyms of one person as it stands now, for statements: facts are never rewritten, whoever counts people joins this.
CREATE TABLE subject_same (subject BYTEA PRIMARY KEY, as_subject BYTEA NOT NULL);
CREATE INDEX subject_same_as ON subject_same (as_subject);
CREATE VIEW fact_person AS
  SELECT f.id, f.kind, f.at, f.day, f.code, f.outcome, f.site, f.municipality, f.sex, f.age_band,
    COALESCE(s.as_subject, f.subject) AS subject, f.minutes, f.amount
  FROM fact f LEFT JOIN subject_same s ON s.subject = f.subject;
