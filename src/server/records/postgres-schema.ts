/** Who may see which rows when row-level security is on. */
const security = `ALTER TABLE slipway_uploads ENABLE ROW LEVEL SECURITY;
ALTER TABLE slipway_uploads FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS slipway_owner ON slipway_uploads;
CREATE POLICY slipway_owner ON slipway_uploads
  USING (owner = current_setting('app.user_id', true))
  WITH CHECK (owner = current_setting('app.user_id', true));
`;

const tables = `CREATE TABLE IF NOT EXISTS slipway_uploads (
  owner text NOT NULL,
  id uuid NOT NULL,
  state text NOT NULL,
  provider text NOT NULL,
  kind text,
  name text NOT NULL,
  size bigint NOT NULL,
  declared_type text NOT NULL,
  type text,
  width integer,
  height integer,
  checksum text,
  key text,
  url text,
  etag text,
  metadata jsonb NOT NULL,
  source jsonb,
  data jsonb,
  storage text NOT NULL,
  incoming text,
  loose jsonb NOT NULL,
  upload_id text,
  part_size bigint,
  attempt integer NOT NULL,
  nonce text,
  lease_until timestamptz,
  leaving text,
  refusal text,
  reserved bigint NOT NULL,
  created_at timestamptz NOT NULL,
  address_until timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  stored_at timestamptz,
  claimed_at timestamptz,
  due_at timestamptz,
  PRIMARY KEY (owner, id)
);
CREATE INDEX IF NOT EXISTS slipway_uploads_id ON slipway_uploads (id);
CREATE INDEX IF NOT EXISTS slipway_uploads_due ON slipway_uploads (due_at) WHERE due_at IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS slipway_uploads_key ON slipway_uploads (provider, key) WHERE key IS NOT NULL;
CREATE TABLE IF NOT EXISTS slipway_counters (
  name text PRIMARY KEY,
  value bigint NOT NULL,
  until timestamptz NOT NULL
);
`;

/** The statements that make our tables; harmless when run again. `npx slipway schema` prints them. */
export const postgresSchema = ({ rowLevelSecurity = false }: { rowLevelSecurity?: boolean } = {}): string =>
  rowLevelSecurity ? `${tables}${security}` : tables;
