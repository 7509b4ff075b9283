-- What is handed to an institution without an account. The key is locked with a link and a spoken code, of which only a hash
-- of the link is here; closing a packet deletes lock and body, so that nobody can be asked for it any more.
CREATE TABLE packet (
  id UUID PRIMARY KEY, case_id UUID NOT NULL REFERENCES case_file (id), referral UUID NOT NULL REFERENCES entry (id),
  institution UUID NOT NULL REFERENCES institution (id), handle BYTEA NOT NULL UNIQUE, state TEXT NOT NULL, why TEXT,
  tries BIGINT NOT NULL, key_lock BYTEA, body BYTEA, until BIGINT NOT NULL, opened_at BIGINT, created_at BIGINT NOT NULL,
  created_by UUID NOT NULL, closed_at BIGINT);
CREATE INDEX packet_referral ON packet (referral, created_at);
CREATE INDEX packet_open ON packet (case_id, institution, state);

-- What an institution answered or asked, and what the team answered: sealed in the case.
CREATE TABLE packet_word (
  id UUID PRIMARY KEY, packet UUID NOT NULL REFERENCES packet (id), author TEXT NOT NULL, kind TEXT NOT NULL,
  at BIGINT NOT NULL, body BYTEA NOT NULL);
CREATE INDEX packet_word_packet ON packet_word (packet, at);

-- What went out of a case, to whom, when, and under which grants: codes only.
CREATE TABLE disclosed (
  id UUID PRIMARY KEY, case_id UUID NOT NULL REFERENCES case_file (id), how TEXT NOT NULL, institution UUID NOT NULL,
  fields TEXT NOT NULL, grants TEXT NOT NULL, thing UUID NOT NULL, at BIGINT NOT NULL, by_account UUID NOT NULL);
CREATE INDEX disclosed_case ON disclosed (case_id, at);
