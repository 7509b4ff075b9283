-- The Municipal Protection Office: what it writes of itself belongs to the file of the office.
CREATE TABLE office_file (id UUID PRIMARY KEY, site TEXT NOT NULL UNIQUE);

-- Somebody who came to it, or about whom it calls: a file and a key of her own, so that she can be forgotten alone. What links
-- her to an alert of the municipality or to a case stands here; who she is and what she came for are sealed entries of the file.
CREATE TABLE office_person (
  id UUID PRIMARY KEY, office UUID NOT NULL REFERENCES office_file (id), at BIGINT NOT NULL, alert UUID, case_id UUID,
  version BIGINT NOT NULL);
CREATE INDEX office_person_office ON office_person (office, at);
CREATE INDEX office_person_alert ON office_person (alert);
CREATE INDEX office_person_case ON office_person (case_id);

-- Somebody leaves a post and somebody comes. One at a time for whoever leaves.
CREATE TABLE handover (
  id UUID PRIMARY KEY, leaver UUID NOT NULL REFERENCES account (id), successor UUID NOT NULL REFERENCES account (id),
  state TEXT NOT NULL, begun_by UUID NOT NULL, begun_at BIGINT NOT NULL, approved_by UUID, approved_at BIGINT,
  closed_by UUID, closed_at BIGINT, version BIGINT NOT NULL);
CREATE UNIQUE INDEX handover_open ON handover (leaver) WHERE state <> 'closed';

-- What was open, to whom it goes, and whether it has moved. `kind` says in which table `item` is.
CREATE TABLE handover_item (
  handover UUID NOT NULL REFERENCES handover (id), kind TEXT NOT NULL, item UUID NOT NULL, code TEXT NOT NULL,
  to_account UUID, chosen_by UUID, moved_at BIGINT, moved_by UUID, PRIMARY KEY (handover, kind, item));
