-- The private address under which somebody's own calendar program reads when she is expected. Only a hash of what is in the
-- address is kept; `read_at` says when it was last read, to the day.
CREATE TABLE calendar_feed (
  account UUID PRIMARY KEY REFERENCES account (id), token BYTEA NOT NULL UNIQUE, made_at BIGINT NOT NULL, read_at BIGINT);

-- Rows of the route that somebody read and signed, each as it stood: `hash` is of the row, so that a row that a later pack changes is
-- read anew.
CREATE TABLE route_reading (
  sheet TEXT NOT NULL, line TEXT NOT NULL, hash BYTEA NOT NULL, account UUID NOT NULL REFERENCES account (id), at BIGINT NOT NULL,
  PRIMARY KEY (sheet, line, hash, account));

-- A version of a sheet of the route from signed to retired. `hash` is of the whole sheet with its calendars and golden cases; a sheet
-- without a row here is a draft. `signer` is what stands on screen and paper, sealed under the office key.
CREATE TABLE route_version (
  id UUID PRIMARY KEY, sheet TEXT NOT NULL, hash BYTEA NOT NULL, state TEXT NOT NULL, signer BYTEA NOT NULL,
  signed_by UUID NOT NULL REFERENCES account (id), signed_at BIGINT NOT NULL, decided_by UUID REFERENCES account (id), decided_at BIGINT);
CREATE INDEX route_version_sheet ON route_version (sheet, hash);
