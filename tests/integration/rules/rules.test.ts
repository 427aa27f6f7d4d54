import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RULES } from '#shared/rules/rules.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import { createRules } from '../../../main/engine/features/rules/service.ts';
import type { Store } from '../../../main/engine/store/store.ts';
import { featureStore } from '../support/feature.ts';
import { temporaryFolder } from '../support/sending.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
const open = () => createRules({ store, clock: systemClock });

beforeEach(() => {
  folder = temporaryFolder();
  store = featureStore(folder.dir, systemClock);
});
afterEach(() => {
  store.close();
  folder.remove();
});

test('rules are the defaults, less what was changed, also after a restart', () => {
  const rules = open();
  expect(rules.current()).toEqual(DEFAULT_RULES);
  let told = 0;
  const unlisten = rules.listen(() => told++);
  const quiet = { ...DEFAULT_RULES.quiet, from: '20:00' };
  expect(rules.update({ canary: 0, typedCountPeople: null, quiet })).toEqual({
    ok: true,
    value: { ...DEFAULT_RULES, canary: 0, typedCountPeople: null, quiet },
  });
  expect(told).toBe(1);
  unlisten();
  rules.update({ canary: DEFAULT_RULES.canary, holdSeconds: undefined });
  expect(told).toBe(1);
  expect(open().current()).toEqual({ ...DEFAULT_RULES, typedCountPeople: null, quiet });
});

test('a stored value that is not allowed falls back to its default and leaves the others', () => {
  open().update({ canary: 7 });
  const stored = {
    canary: 7,
    holdSeconds: 0,
    perDay: 'many',
    quiet: { zone: 'Nowhere', from: '20:30' },
    gone: 1,
  };
  store.db.prepare('UPDATE rules SET value = ?').run(JSON.stringify(stored));
  expect(open().current()).toEqual({
    ...DEFAULT_RULES,
    canary: 7,
    quiet: { ...DEFAULT_RULES.quiet, from: '20:30' },
  });
  // Quiet hours that would be the whole day, or none of it.
  const day = { applies: 'all', from: '20:30', until: '20:30', zone: 'UTC' };
  store.db.prepare('UPDATE rules SET value = ?').run(JSON.stringify({ quiet: day }));
  expect(open().current().quiet).toEqual({ ...DEFAULT_RULES.quiet, applies: 'all', zone: 'UTC' });
  store.db.prepare("UPDATE rules SET value = 'no JSON'").run();
  expect(open().current()).toEqual(DEFAULT_RULES);
});
