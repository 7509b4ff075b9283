-- What left as a number: the question (whom it counts), the answer as it was shown, for whom and why. The same question gets what
-- stands here, and a new one is compared with all of it. `body` holds released numbers only. `kept` is the answer of a page to the
-- programme's own people; `asked` waits for another person, who lets it go (`released`) or not (`refused`). `entered` is the ledger's
-- position at that time: of which facts it was made. An answer that was wrong has another version, which says what it `restates` and why.
-- `part_of` is the public sheet on which a number stands: it is let go with the sheet.
CREATE TABLE released (
  id UUID PRIMARY KEY, at BIGINT NOT NULL, entered BIGINT NOT NULL, measure TEXT NOT NULL, question TEXT NOT NULL,
  fingerprint TEXT NOT NULL, audience TEXT NOT NULL, version BIGINT NOT NULL, threshold BIGINT NOT NULL, state TEXT NOT NULL,
  body TEXT NOT NULL, small BIGINT NOT NULL, earlier BIGINT NOT NULL, recipient TEXT, reason TEXT, note TEXT,
  restates UUID, part_of UUID, asked_by UUID NOT NULL REFERENCES account (id),
  reviewed_by UUID REFERENCES account (id), reviewed_at BIGINT, refusal TEXT, UNIQUE (fingerprint, audience, version));
CREATE INDEX released_measure ON released (measure);
CREATE INDEX released_part ON released (part_of);
