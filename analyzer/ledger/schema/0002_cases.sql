-- Incidents the holder follows: the charges an incident began with, and what was said and done since. Which charges
-- and refunds came later is concluded from the statements each time, never stored.

-- claim_minor is what is asked back, positive. closing says what was unfinished when the case was closed anyway.
CREATE TABLE incidents (
  id INTEGER PRIMARY KEY,
  finding TEXT NOT NULL,
  kind TEXT NOT NULL,
  category TEXT NOT NULL,
  merchant TEXT NOT NULL,
  account TEXT NOT NULL,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  claim_minor INTEGER NOT NULL CHECK (claim_minor >= 0),
  jurisdiction TEXT,
  instrument TEXT,
  opened TEXT NOT NULL CHECK (opened LIKE '____-__-__'),
  closed TEXT CHECK (closed LIKE '____-__-__'),
  closing TEXT NOT NULL
);

CREATE TABLE incident_charges (
  incident INTEGER NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  posted TEXT NOT NULL CHECK (posted LIKE '____-__-__'),
  amount TEXT NOT NULL,
  currency TEXT NOT NULL,
  descriptor TEXT NOT NULL,
  merchant TEXT NOT NULL,
  fitid TEXT,
  source TEXT NOT NULL,
  page INTEGER,
  line INTEGER,
  deadline TEXT CHECK (deadline LIKE '____-__-__'),
  rule TEXT,
  PRIMARY KEY (incident, place)
) WITHOUT ROWID;

-- whom: issuer, merchant or other. expect_on and expect_minor: a refund that was promised, by when and how much.
CREATE TABLE incident_events (
  id INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
  day TEXT NOT NULL CHECK (day LIKE '____-__-__'),
  kind TEXT NOT NULL,
  whom TEXT NOT NULL,
  text TEXT NOT NULL,
  expect_on TEXT CHECK (expect_on LIKE '____-__-__'),
  expect_minor INTEGER CHECK (expect_minor > 0)
);
CREATE INDEX incident_events_by_incident ON incident_events (incident);
