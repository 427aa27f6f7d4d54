import { createHash, randomBytes } from 'node:crypto';
import type { AccountId } from '#shared/ids.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Store } from '../../store/store.ts';
import type { ReceiverQueries } from './queries.ts';

/** Bytes of chance in a path. */
const PATH_BYTES = 32;

/** The unguessable paths of the accounts, 43 characters of base64url each. */
export function createPaths(deps: {
  readonly store: Store;
  readonly queries: ReceiverQueries;
  readonly accounts: AccountAccess;
}) {
  const { store, queries, accounts } = deps;
  /** By the hash of the path, so that the time a comparison takes tells nothing about a path. */
  let byHash = new Map<string, AccountId>();

  return {
    /** Gives every account a path that has none (a new one with `renew`), and gives all of them. */
    ensure(renew = false): ReadonlyMap<AccountId, string> {
      const paths = new Map(queries.paths().map(({ id, path }) => [id, path]));
      const missing = accounts.active().filter(({ id }) => renew || !paths.has(id));
      if (missing.length > 0) {
        store.transaction(() => {
          for (const { id } of missing) {
            const path = randomBytes(PATH_BYTES).toString('base64url');
            queries.setPath(id, path);
            paths.set(id, path);
          }
        });
      }
      byHash = new Map([...paths].map(([id, path]) => [hash(path), id]));
      return paths;
    },

    /** The account that a path belongs to; `null` for every other path, and once the account was removed. */
    accountOf(path: string): AccountId | null {
      const id = byHash.get(hash(path)) ?? null;
      return id !== null && accounts.active().some((account) => account.id === id) ? id : null;
    },
  };
}

const hash = (path: string): string => createHash('sha256').update(path).digest('base64');
