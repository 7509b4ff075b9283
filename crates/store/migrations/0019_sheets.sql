-- Public pages of fact sheets: the text that two people let out, in both languages. No person is named in one.
CREATE TABLE sheet_page (
  id UUID PRIMARY KEY, grant_code TEXT NOT NULL, period TEXT NOT NULL, version BIGINT NOT NULL, state TEXT NOT NULL,
  hash BYTEA NOT NULL, content TEXT NOT NULL, at BIGINT NOT NULL, asked_by UUID NOT NULL, decided_by UUID);
CREATE INDEX sheet_page_by_grant ON sheet_page (grant_code, state);
