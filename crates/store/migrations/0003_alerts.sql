-- Alerts: what a reporter saw, coded; free words and the way to call back sealed under the alert's own key. `network`: whether it came with
-- the card of a partner, and if she was trained then; `network_mark`: her id under the office key (docs/adr/0027).
CREATE TABLE alert (
  id UUID PRIMARY KEY, receipt BYTEA NOT NULL UNIQUE, state TEXT NOT NULL, urgency TEXT NOT NULL, reporter TEXT NOT NULL,
  channel TEXT NOT NULL, call_kind TEXT, municipality TEXT NOT NULL, signs TEXT NOT NULL, since TEXT NOT NULL,
  certainty TEXT NOT NULL, age_group TEXT NOT NULL, site TEXT, entered_by UUID, created_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL, taken_by UUID, taken_at BIGINT, answered_at BIGINT, decision TEXT, reason TEXT,
  decided_at BIGINT, case_id UUID, same_as UUID, network TEXT, network_mark BYTEA, body BYTEA NOT NULL,
  version BIGINT NOT NULL);
CREATE INDEX alert_state ON alert (state, due_at);
CREATE INDEX alert_network ON alert (network_mark);

CREATE TABLE alert_message (
  id UUID PRIMARY KEY, alert UUID NOT NULL REFERENCES alert (id), author TEXT NOT NULL, at BIGINT NOT NULL,
  seen_at BIGINT, body BYTEA NOT NULL);
CREATE INDEX alert_message_alert ON alert_message (alert, at);
