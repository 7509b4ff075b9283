-- Houses: who slept in which bed from when to when, who was seen, whose shift it is, who found no place.

-- What a house writes of itself belongs to this file. `turn` is counted up by whoever places somebody: they take turns.
CREATE TABLE house_file (id UUID PRIMARY KEY, site TEXT NOT NULL UNIQUE, turn BIGINT NOT NULL);

-- A chain for each bed and one for each person: every stay names the end of the one before, so that two cannot overlap,
-- today or in the past, whatever the program believes. A stay that goes on ends at the end of time (docs/adr/0014).
-- `who` is her case, or for somebody she brings the entry that names him or her; `file` is the case in both.
CREATE TABLE stay (
  id UUID PRIMARY KEY, bed TEXT NOT NULL, site TEXT NOT NULL, who UUID NOT NULL, file UUID NOT NULL,
  from_at BIGINT NOT NULL, until_at BIGINT NOT NULL, bed_before BIGINT, who_before BIGINT,
  CHECK (until_at > from_at), CHECK (bed_before <= from_at), CHECK (who_before <= from_at),
  UNIQUE (bed, until_at), UNIQUE (bed, bed_before), UNIQUE (who, until_at), UNIQUE (who, who_before),
  FOREIGN KEY (bed, bed_before) REFERENCES stay (bed, until_at),
  FOREIGN KEY (who, who_before) REFERENCES stay (who, until_at));
CREATE UNIQUE INDEX stay_bed_first ON stay (bed) WHERE bed_before IS NULL;
CREATE UNIQUE INDEX stay_who_first ON stay (who) WHERE who_before IS NULL;
CREATE INDEX stay_site ON stay (site, until_at);
CREATE INDEX stay_file ON stay (file, until_at);

-- How many slept in a house in a night, as counted at its hour and corrected since.
CREATE TABLE census (
  site TEXT NOT NULL, day TEXT NOT NULL, at BIGINT NOT NULL, people BIGINT NOT NULL, companions BIGINT NOT NULL,
  places BIGINT NOT NULL, PRIMARY KEY (site, day));

-- When somebody was last seen, and by what: a dose, a line of the log, the head count.
CREATE TABLE seen (
  id UUID PRIMARY KEY, file UUID NOT NULL, at BIGINT NOT NULL, how TEXT NOT NULL, by_account UUID NOT NULL);
CREATE INDEX seen_file ON seen (file, at);

-- Whose shift it is, and which handover she read before it began.
CREATE TABLE shift (
  id UUID PRIMARY KEY, site TEXT NOT NULL, account UUID NOT NULL REFERENCES account (id), handover UUID,
  started_at BIGINT NOT NULL, ended_at BIGINT);
CREATE UNIQUE INDEX shift_open ON shift (account) WHERE ended_at IS NULL;
CREATE INDEX shift_site ON shift (site, ended_at, started_at);

-- Somebody for whom there was no place: codes only, nothing that names.
CREATE TABLE bed_request (
  id UUID PRIMARY KEY, site TEXT NOT NULL, at BIGINT NOT NULL, asked_by TEXT NOT NULL, sex TEXT NOT NULL,
  age_band TEXT NOT NULL, companions BIGINT NOT NULL, language TEXT NOT NULL, needs TEXT NOT NULL, reason TEXT NOT NULL,
  state TEXT NOT NULL, settled_at BIGINT, settled_how TEXT, version BIGINT NOT NULL);
CREATE INDEX bed_request_site ON bed_request (site, state, at);
