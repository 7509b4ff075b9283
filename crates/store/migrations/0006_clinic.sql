-- Who waits at a clinic, who attends to her, and how it ended. Her name and the remark are sealed entries whose file is
-- the visit; here stand only what the order of the queue and the figures need.
CREATE TABLE visit (
  id UUID PRIMARY KEY, site TEXT NOT NULL, on_day TEXT NOT NULL, number TEXT NOT NULL, state TEXT NOT NULL,
  desk TEXT NOT NULL, urgency TEXT NOT NULL, arrived_at BIGINT NOT NULL, queued_at BIGINT NOT NULL, called_at BIGINT,
  ended_at BIGINT, attended_by UUID, case_id UUID, version BIGINT NOT NULL);
CREATE UNIQUE INDEX visit_number ON visit (site, on_day, number);
CREATE INDEX visit_state ON visit (site, state, arrived_at);
CREATE INDEX visit_case ON visit (case_id);
