-- Word templates of the organisation, cleaned before they are kept. Nobody is named in one, so they stand in clear.
CREATE TABLE template (
  id UUID PRIMARY KEY, kind TEXT NOT NULL, language TEXT NOT NULL, version BIGINT NOT NULL, state TEXT NOT NULL,
  hash BYTEA NOT NULL, body BYTEA NOT NULL, at BIGINT NOT NULL, added_at BIGINT NOT NULL, added_by UUID NOT NULL,
  decided_by UUID, UNIQUE (kind, language, version));
