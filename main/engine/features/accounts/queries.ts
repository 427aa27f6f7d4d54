import * as v from 'valibot';
import { AccountOptions } from '#shared/accounts/options.ts';
import { ProtocolChoice } from '#shared/accounts/protocols.ts';
import type { AccountId } from '#shared/ids.ts';
import { AccountPath } from '#shared/ipc/accounts.ts';
import type { Money } from '#shared/money.ts';
import type { LearnedPrice } from '../../account-access.ts';
import { OPEN } from '../../store/open-messages.ts';
import type { Store } from '../../store/store.ts';

/** The columns of an account that its form fills. */
export type AccountFields = {
  readonly name: string;
  readonly protocol: ProtocolChoice;
  readonly options: AccountOptions;
  readonly serverAddress: string;
  readonly allowHttp: boolean;
  readonly userName: string;
  readonly senders: readonly string[];
};

/** An account as stored. */
export type AccountRow = AccountFields & {
  readonly id: AccountId;
  readonly isDefault: boolean;
  readonly recipientsPerRequest: number | null;
  readonly balance: {
    readonly money: Money | null;
    readonly at: number | null;
    readonly failed: string | null;
  };
  readonly pricePerPart: Money | null;
  /** What probing found; `null` before the first time. */
  readonly path: AccountPath | null;
  readonly removedAt: number | null;
};

type RawRow = {
  readonly id: string;
  readonly name: string;
  readonly protocol: string;
  readonly server_address: string;
  readonly allow_http: number;
  readonly user_name: string;
  readonly is_default: number;
  readonly recipients_per_request: number | null;
  readonly balance_micros: number | null;
  readonly balance_currency: string | null;
  readonly balance_at: number | null;
  readonly balance_failed: string | null;
  readonly price_micros: number | null;
  readonly price_currency: string | null;
  readonly options: string;
  readonly path: string | null;
  readonly removed_at: number | null;
};

type RawPrice = {
  readonly operator: string;
  readonly class: 'transactional' | 'promotional' | '';
  readonly micros: number;
  readonly currency: string;
};

/** All SQL of the accounts feature over one store. Writing several rows is the caller's transaction. */
export type AccountQueries = ReturnType<typeof accountQueries>;

/** Prepares the statements. */
export function accountQueries(db: Store['db']) {
  const one = db.prepare('SELECT * FROM accounts WHERE id = ?');
  const active = db.prepare('SELECT * FROM accounts WHERE removed_at IS NULL ORDER BY created_at, id');
  const senders = db.prepare('SELECT sender FROM senders WHERE account_id = ? ORDER BY position');
  const taken = db.prepare(
    'SELECT 1 FROM accounts WHERE name = ? COLLATE NOCASE AND removed_at IS NULL AND id <> ?',
  );
  const insert = db.prepare(`
    INSERT INTO accounts (id, name, protocol, options, server_address, allow_http, user_name, created_at)
    VALUES ($id, $name, $protocol, $options, $serverAddress, $allowHttp, $userName, $createdAt)`);
  const update = db.prepare(`
    UPDATE accounts SET name = $name, protocol = $protocol, options = $options, server_address = $serverAddress, allow_http = $allowHttp,
      user_name = $userName WHERE id = $id`);
  const seed = db.prepare('UPDATE accounts SET recipients_per_request = ? WHERE id = ?');
  const dropSenders = db.prepare('DELETE FROM senders WHERE account_id = ?');
  const addSender = db.prepare('INSERT INTO senders (account_id, position, sender) VALUES (?, ?, ?)');
  const unsettled = db.prepare(`
    SELECT COUNT(*) AS count FROM messages m
    WHERE m.account_id = ? AND ${OPEN}
      AND (m.state IN ('submitting', 'uncertain') OR m.uncertain_since IS NOT NULL)`);
  const setDefault = db.prepare('UPDATE accounts SET is_default = (id IS ?)');
  const setRemoved = db.prepare('UPDATE accounts SET removed_at = ?, is_default = 0 WHERE id = ?');
  // The partial index of open messages answers this without touching the archive.
  const open = db.prepare(`
    SELECT count(*) AS open FROM messages m
    WHERE m.account_id = ? AND ${OPEN}`);
  const balance = db.prepare(`
    UPDATE accounts SET balance_micros = ?, balance_currency = ?, balance_at = ?, balance_failed = NULL WHERE id = ?`);
  const balanceFailed = db.prepare('UPDATE accounts SET balance_failed = ? WHERE id = ?');
  const path = db.prepare('UPDATE accounts SET path = ? WHERE id = ?');
  const price = db.prepare('UPDATE accounts SET price_micros = ?, price_currency = ? WHERE id = ?');
  const learn = db.prepare(`
    INSERT INTO prices (account_id, operator, class, micros, currency, at) VALUES (:id, :operator, :class, :micros, :currency, :at)
    ON CONFLICT (account_id, operator, class) DO UPDATE SET micros = excluded.micros, currency = excluded.currency, at = excluded.at
    WHERE micros <> excluded.micros OR currency <> excluded.currency`);
  const learned = db.prepare('SELECT operator, class, micros, currency FROM prices WHERE account_id = ?');

  const read = (raw: RawRow): AccountRow => ({
    id: raw.id,
    name: raw.name,
    protocol: v.parse(ProtocolChoice, raw.protocol),
    options: v.parse(AccountOptions, JSON.parse(raw.options)),
    serverAddress: raw.server_address,
    allowHttp: raw.allow_http === 1,
    userName: raw.user_name,
    senders: senders.all(raw.id).map((row: { sender: string }) => row.sender),
    isDefault: raw.is_default === 1,
    recipientsPerRequest: raw.recipients_per_request,
    balance: {
      money: money(raw.balance_micros, raw.balance_currency),
      at: raw.balance_at,
      failed: raw.balance_failed,
    },
    pricePerPart: money(raw.price_micros, raw.price_currency),
    path: readPath(raw.path),
    removedAt: raw.removed_at,
  });
  const writeSenders = (id: AccountId, list: readonly string[]) => {
    dropSenders.run(id);
    for (const [position, sender] of list.entries()) addSender.run(id, position, sender);
  };
  const bound = ({ senders: _, allowHttp, options, ...fields }: AccountFields) => ({
    ...fields,
    options: JSON.stringify(options),
    allowHttp: allowHttp ? 1 : 0,
  });

  return {
    /** Removed ones too. */
    get(id: AccountId): AccountRow | null {
      const raw: RawRow | undefined = one.get(id);
      return raw ? read(raw) : null;
    },
    /** Those that were not removed, oldest first. */
    active: (): readonly AccountRow[] => active.all().map(read),
    nameTaken: (name: string, except: AccountId | null): boolean =>
      taken.get(name, except ?? '') !== undefined,
    insert(id: AccountId, fields: AccountFields, createdAt: number): void {
      insert.run({ id, createdAt, ...bound(fields) });
      writeSenders(id, fields.senders);
    },
    update(id: AccountId, fields: AccountFields): void {
      update.run({ id, ...bound(fields) });
      writeSenders(id, fields.senders);
    },
    /** `null` for the protocol's own number. */
    setRecipientsPerRequest: (id: AccountId, count: number | null) => void seed.run(count, id),
    /** Makes one account the default; `null` none of this store. */
    setDefault: (id: AccountId | null) => void setDefault.run(id),
    /** `null` brings a removed account back. */
    setRemoved: (id: AccountId, at: number | null) => void setRemoved.run(at, id),
    /** Messages that are still to be sent or to be decided. */
    openMessages: (id: AccountId): number => Number(open.get(id)?.open ?? 0),
    /** Messages on their way or of unknown fate. */
    unsettledMessages: (id: AccountId): number => Number(unsettled.get(id)?.['count'] ?? 0),
    setBalance: (id: AccountId, value: Money, at: number) =>
      void balance.run(value.micros, value.currency, at, id),
    setBalanceFailed: (id: AccountId, code: string) => void balanceFailed.run(code, id),
    /** `null` forgets what was found: the server or the protocol is another one now. */
    setPath: (id: AccountId, value: AccountPath | null) =>
      void path.run(value === null ? null : JSON.stringify(value), id),
    setPrice: (id: AccountId, value: Money) => void price.run(value.micros, value.currency, id),
    /** Keeps what a part cost by operator and class; says whether that is news. `at` in ms. */
    learnPrice: (id: AccountId, { operator, class: of, pricePerPart }: LearnedPrice, at: number): boolean =>
      Number(learn.run({ id, operator: operator ?? '', class: of ?? '', ...pricePerPart, at }).changes) > 0,
    prices: (id: AccountId): LearnedPrice[] =>
      (learned.all(id) as RawPrice[]).map(({ operator, class: of, micros, currency }) => ({
        operator: operator || null,
        class: of || null,
        pricePerPart: { micros, currency },
      })),
  };
}

function money(micros: number | null, currency: string | null): Money | null {
  return micros === null || currency === null ? null : { micros, currency };
}

/** What an older version stored may not fit any more: the account is then probed anew. */
function readPath(json: string | null): AccountPath | null {
  const parsed = json === null ? null : v.safeParse(AccountPath, JSON.parse(json));
  return parsed?.success ? parsed.output : null;
}
