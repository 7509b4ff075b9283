-- How a colleague is woken: her own channel, sealed under the office key with the code she confirms it by.
CREATE TABLE account_channel (
  id UUID PRIMARY KEY, account UUID NOT NULL REFERENCES account (id), wire TEXT NOT NULL, state TEXT NOT NULL,
  body BYTEA NOT NULL, tries BIGINT NOT NULL, until BIGINT, created_at BIGINT NOT NULL, UNIQUE (account, wire));

-- What is to be sent: neither address nor words. Address and right are looked up when it is sent, by the rule of her case or by the
-- channel of the account. `about` is what must still stand then: a hearing, or the channel that is to be confirmed.
CREATE TABLE message (
  id UUID PRIMARY KEY, wire TEXT NOT NULL, kind TEXT NOT NULL, case_id UUID REFERENCES case_file (id),
  account UUID REFERENCES account (id), about UUID NOT NULL, state TEXT NOT NULL, why TEXT, tries BIGINT NOT NULL,
  due_at BIGINT NOT NULL, until BIGINT NOT NULL, claimed_until BIGINT, created_at BIGINT NOT NULL, ended_at BIGINT);
CREATE INDEX message_due ON message (state, due_at);
CREATE INDEX message_case ON message (case_id, created_at);
CREATE INDEX message_account ON message (account, created_at);
