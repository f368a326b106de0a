-- Statements as the banks delivered them, what the holder decided, and what a watched folder held.
-- What is one charge is concluded on reading (identity.py), never stored: so it cannot depend on the order of imports.

CREATE TABLE facts (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) WITHOUT ROWID;

-- id counts imports. account is a salted hash of the whole number, or of the layout of a file without one; empty
-- where the number is printed only in part. label holds its last four characters. part tells apart the statements of
-- one file. reading is a digest of the rows, so that the same file read with other options is noticed.
CREATE TABLE statements (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  part TEXT NOT NULL,
  reading TEXT NOT NULL,
  source TEXT NOT NULL,
  format TEXT NOT NULL,
  importer TEXT NOT NULL,
  account BLOB NOT NULL,
  label TEXT NOT NULL,
  currency TEXT NOT NULL,
  institution TEXT NOT NULL,
  kind TEXT CHECK (kind IN ('credit', 'bank')),
  period_start TEXT CHECK (period_start LIKE '____-__-__'),
  period_end TEXT CHECK (period_end LIKE '____-__-__'),
  opening TEXT,
  closing TEXT,
  reconciled INTEGER CHECK (reconciled IN (0, 1)),
  proof TEXT NOT NULL,
  rejected INTEGER NOT NULL CHECK (rejected >= 0),
  skipped INTEGER NOT NULL CHECK (skipped >= 0),
  row_count INTEGER NOT NULL CHECK (row_count >= 0),
  first_day TEXT CHECK (first_day LIKE '____-__-__'),
  last_day TEXT CHECK (last_day LIKE '____-__-__'),
  added_on TEXT CHECK (added_on LIKE '____-__-__'),
  UNIQUE (sha256, part)
);
CREATE INDEX statements_by_label ON statements (label);

CREATE TABLE rows (
  statement INTEGER NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  posted TEXT NOT NULL CHECK (posted LIKE '____-__-__'),
  minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  descriptor TEXT NOT NULL,
  merchant TEXT NOT NULL,
  fitid TEXT,
  pending INTEGER NOT NULL CHECK (pending IN (0, 1)),
  page INTEGER,
  line INTEGER,
  exact TEXT,
  PRIMARY KEY (statement, place)
) WITHOUT ROWID;
CREATE INDEX rows_by_charge ON rows (posted, minor);

-- Of the rows of a statement that does not name its account in full, how many stand on days of another, and are equal.
CREATE TABLE evidence (
  lesser INTEGER NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
  fuller INTEGER NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
  equal INTEGER NOT NULL CHECK (equal >= 0),
  inside INTEGER NOT NULL CHECK (inside >= equal),
  PRIMARY KEY (lesser, fuller)
) WITHOUT ROWID;

-- One agreement a row. The charges are those it was decided on: they know it again under another name or price.
CREATE TABLE decisions (
  id INTEGER PRIMARY KEY,
  merchant TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('mine', 'never-authorized', 'cancelled')),
  max_minor INTEGER CHECK (max_minor > 0),
  currency TEXT,
  cadence TEXT,
  until TEXT CHECK (until LIKE '____-__-__'),
  account TEXT,
  usual_minor INTEGER CHECK (usual_minor > 0),
  note TEXT NOT NULL,
  decided_on TEXT CHECK (decided_on LIKE '____-__-__')
);
CREATE TABLE decision_charges (
  decision INTEGER NOT NULL REFERENCES decisions (id) ON DELETE CASCADE,
  posted TEXT NOT NULL CHECK (posted LIKE '____-__-__'),
  minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  PRIMARY KEY (decision, posted, minor, currency)
) WITHOUT ROWID;

-- What the last watch saw of a file (by a digest of its path), and the findings it has told already.
CREATE TABLE watched_files (
  file TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  problem TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE told_findings (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  merchant TEXT NOT NULL,
  account TEXT NOT NULL,
  charges INTEGER NOT NULL,
  first_charge TEXT NOT NULL,
  urgent INTEGER NOT NULL CHECK (urgent IN (0, 1))
) WITHOUT ROWID;
