-- Reports to donors: the quarter of a grant, its versions, what was spent, what was brought from before. `counted` is the size of the ledger when
-- it was opened, sent back or opened again: what is written later is not in it.
CREATE TABLE report (
  id UUID PRIMARY KEY, grant_code TEXT NOT NULL, period TEXT NOT NULL, state TEXT NOT NULL, opened_at BIGINT NOT NULL,
  opened_by UUID NOT NULL, reason TEXT NOT NULL, notes TEXT NOT NULL, version BIGINT NOT NULL,
  counted BIGINT NOT NULL, UNIQUE (grant_code, period));

-- Why a figure is far from its target, in words of the office.
CREATE TABLE report_note (
  report UUID NOT NULL REFERENCES report (id), figure TEXT NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL,
  account UUID NOT NULL, PRIMARY KEY (report, figure));

-- What was asked to be approved, and what became of it. `body` is what is signed, `rules` is all that makes it again.
CREATE TABLE report_version (
  report UUID NOT NULL REFERENCES report (id), number BIGINT NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL,
  rules TEXT NOT NULL, hash BYTEA NOT NULL, asked_at BIGINT NOT NULL, asked_by UUID NOT NULL, decided_at BIGINT,
  decided_by UUID, remark TEXT NOT NULL, signature BYTEA, PRIMARY KEY (report, number));

-- Budget and spending of a grant. A sheet that is brought again replaces the one before from its position on.
CREATE TABLE spending_sheet (
  id UUID PRIMARY KEY, grant_code TEXT NOT NULL, period TEXT NOT NULL, entered BIGINT NOT NULL, at BIGINT NOT NULL,
  account UUID NOT NULL, hash BYTEA NOT NULL);
CREATE TABLE spending (
  sheet UUID NOT NULL REFERENCES spending_sheet (id), line TEXT NOT NULL, name TEXT NOT NULL, budget BIGINT NOT NULL,
  spent BIGINT NOT NULL, place BIGINT NOT NULL, PRIMARY KEY (sheet, line));

-- Earlier records that were brought: their facts are those entered at this position.
CREATE TABLE brought (
  id UUID PRIMARY KEY, grant_code TEXT NOT NULL, entered BIGINT NOT NULL UNIQUE, at BIGINT NOT NULL, account UUID NOT NULL,
  lines BIGINT NOT NULL, hash BYTEA NOT NULL);
