-- A community partner: who she is and how she is reached is sealed under a key of her own. In clear stands what lists and counts need, and
-- no place finer than a municipality. `card`, `page` and `pin` are hashes of what only she has. `trainee`: the same person in training.
CREATE TABLE network_partner (
  id UUID PRIMARY KEY, kind TEXT NOT NULL, place TEXT NOT NULL, municipality TEXT NOT NULL, language TEXT NOT NULL,
  state TEXT NOT NULL, joined_on TEXT NOT NULL, left_on TEXT, trained_on TEXT, trainee UUID, card BYTEA UNIQUE, page BYTEA UNIQUE,
  pin BYTEA, tries BIGINT NOT NULL, body BYTEA NOT NULL, version BIGINT NOT NULL);
CREATE INDEX network_partner_place ON network_partner (municipality, state);

CREATE TABLE network_material (
  id UUID PRIMARY KEY, partner UUID NOT NULL REFERENCES network_partner (id), material TEXT NOT NULL, language TEXT NOT NULL,
  how_many BIGINT NOT NULL, on_day TEXT NOT NULL);
CREATE INDEX network_material_partner ON network_material (partner, on_day);

-- Something held or planned in the community, how many it reached by the rule that it names, and which partners take part.
CREATE TABLE network_activity (
  id UUID PRIMARY KEY, kind TEXT NOT NULL, municipality TEXT NOT NULL, on_day TEXT NOT NULL, state TEXT NOT NULL,
  minutes BIGINT NOT NULL, rule TEXT NOT NULL, version BIGINT NOT NULL);
CREATE INDEX network_activity_day ON network_activity (on_day);
CREATE TABLE network_reached (
  activity UUID NOT NULL REFERENCES network_activity (id), sex TEXT NOT NULL, age_band TEXT NOT NULL, n BIGINT NOT NULL,
  PRIMARY KEY (activity, sex, age_band));
CREATE TABLE network_going (
  activity UUID NOT NULL REFERENCES network_activity (id), partner UUID NOT NULL REFERENCES network_partner (id),
  PRIMARY KEY (activity, partner));

-- Who finished a lesson: a partner or an account. Never what she answered.
CREATE TABLE lesson_done (who UUID NOT NULL, lesson TEXT NOT NULL, on_day TEXT NOT NULL, PRIMARY KEY (who, lesson));

-- What no file tells: supervision, hours, advice, decisions, notes. Codes, and of a trend a few words without names; what was wrong is a
-- second line that takes it back.
CREATE TABLE log_line (
  id UUID PRIMARY KEY, kind TEXT NOT NULL, site TEXT, on_day TEXT NOT NULL, code TEXT NOT NULL, outcome TEXT, payers TEXT NOT NULL,
  amount BIGINT NOT NULL, minutes BIGINT NOT NULL, words TEXT NOT NULL, written_by UUID, takes_back UUID UNIQUE);
CREATE INDEX log_line_day ON log_line (on_day);

-- What people thought: counts, never a slip. `told`: how many of them are facts already.
CREATE TABLE log_opinion (
  site TEXT NOT NULL, on_day TEXT NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL, n BIGINT NOT NULL, told BIGINT NOT NULL,
  PRIMARY KEY (site, on_day, question, answer));

-- What a director decided about the end of the grant, thing by thing.
CREATE TABLE closing_choice (thing TEXT PRIMARY KEY, choice TEXT NOT NULL, on_day TEXT NOT NULL, version BIGINT NOT NULL);

-- When a backup was written whole: the machine cannot read one, but can say how old the last is.
CREATE TABLE backup_made (at BIGINT PRIMARY KEY);
