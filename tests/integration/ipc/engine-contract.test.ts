import { getRouter, isProcedure, traverseContractProcedures, unlazy } from '@orpc/server';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PRACTICE_ACCOUNT_ID } from '#shared/ids.ts';
import { engineContract } from '#shared/ipc/engine.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import { composeEngine } from '../../../main/engine/compose.ts';
import { openStore } from '../../../main/engine/store/open.ts';
import { nullLog } from '../../../main/logging/log.ts';
import { fakeHost } from '../accounts/fake-host.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { served } from './served.ts';

/** Every call of the contract as `feature.name`, with its path on the wire. */
const CALLS = (() => {
  const found: { readonly name: string; readonly path: readonly string[]; readonly takesInput: boolean }[] =
    [];
  traverseContractProcedures({ router: engineContract, path: [] }, ({ path: at, contract }) =>
    found.push({
      name: at.join('.'),
      path: at,
      takesInput: contract['~orpc'].inputSchema !== undefined,
    }),
  );
  return found;
})();

async function engine(dataDir = tempFolder()) {
  const { host, state } = fakeHost();
  const composed = await composeEngine({ dataDir, host, clock: systemClock, version: 'test' });
  if (!composed.ok) throw new Error(composed.error.code);
  onTestFinished(() => composed.value.stop());
  return { engine: composed.value, host: state, dataDir };
}

describe('the engine', () => {
  it('has a handler for every call of its contract', async () => {
    const { engine: running } = await engine();
    const missing: string[] = [];
    for (const { name, path: at } of CALLS) {
      const { default: handler } = await unlazy(getRouter(running.router, at));
      if (!isProcedure(handler)) missing.push(name);
    }
    expect(missing).toEqual([]);
    expect(CALLS.length).toBeGreaterThan(20);
  });

  it('answers over a port, live', async () => {
    const { engine: running, host } = await engine();
    const { client } = served(engineContract, running.router);
    expect(await client.accounts.list()).toMatchObject([{ id: PRACTICE_ACCOUNT_ID, isDefault: true }]);
    const stream = await client.accounts.watch();
    expect((await stream.next()).value).toMatchObject({ seq: 0, value: [{ id: PRACTICE_ACCOUNT_ID }] });
    const form = {
      name: 'School',
      protocol: 'rest-json' as const,
      options: {},
      serverAddress: 'api.example.test',
      allowHttp: false,
      userName: 'me',
      senders: ['School'],
    };
    const added = await client.accounts.add({ form, password: 'open sesame' });
    expect((await stream.next()).value).toMatchObject({
      seq: 1,
      value: [{ id: added.id }, { id: PRACTICE_ACCOUNT_ID }],
    });
    expect(JSON.stringify(added)).not.toContain('open sesame');
    expect(host.secrets.get(added.id)).toBe('open sesame');
    await stream.return?.();
  });

  it('declares its refusals to the caller', async () => {
    const { engine: running } = await engine();
    const { client } = served(engineContract, running.router);
    const refused = await client.accounts
      .remove({ id: PRACTICE_ACCOUNT_ID })
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ defined: true, code: 'PRACTICE_ACCOUNT_FIXED' });
  });

  it('refuses whatever a hostile page makes of each call, and still answers', async () => {
    const { engine: running } = await engine();
    const server = served(engineContract, running.router);
    const junk = fc.oneof(
      fc.constant(undefined),
      fc.json().map((text): unknown => JSON.parse(text)),
      fc.record({ id: fc.string(), space: fc.string(), form: fc.anything(), request: fc.anything() }),
    );
    // Calls that take no input cannot be given a wrong one.
    const withInput = CALLS.filter(({ takesInput }) => takesInput);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...withInput), junk, async ({ path: at }, json) => {
        const answer = await server.raw((id) =>
          JSON.stringify({ i: id, p: { u: `/${at.join('/')}`, b: { json } } }),
        );
        return answer.p.b?.json?.code === 'INVALID_INPUT';
      }),
      { numRuns: 400 },
    );
    for (const name of [
      '__proto__',
      'constructor',
      'toString',
      'accounts/__proto__',
      'accounts/constructor',
    ]) {
      const answer = await server.raw((id) => JSON.stringify({ i: id, p: { u: `/${name}`, b: {} } }));
      expect(answer.p.b?.json?.code).toBe('NOT_FOUND');
    }
    expect(await server.client.accounts.list()).toHaveLength(1);
  });

  it('stops cleanly, so that the next start needs no check', async () => {
    const { engine: running, dataDir } = await engine();
    await Promise.all([running.stop(), running.stop()]);
    for (const name of ['real.sqlite', 'practice.sqlite']) {
      const store = openStore({ file: path.join(dataDir, name), clock: systemClock, log: nullLog });
      expect(store).toMatchObject({ ok: true, value: { checkedAfterCrash: false } });
      if (store.ok) store.value.close();
    }
  });

  it('does not start beside another one on the same data', async () => {
    const { dataDir } = await engine();
    const { host } = fakeHost();
    const second = await composeEngine({ dataDir, host, clock: systemClock, version: 'test' });
    expect(second).toMatchObject({ ok: false, error: { code: 'NOT_POSSIBLE_NOW' } });
  });

  it('starts with new practice data when the old is damaged, and keeps the old', async () => {
    const dataDir = tempFolder();
    writeFileSync(path.join(dataDir, 'practice.sqlite'), 'not a database '.repeat(300));
    const { engine: running } = await engine(dataDir);
    expect(running.accounts.list()).toHaveLength(1);
    expect(readdirSync(dataDir).some((name) => name.startsWith('practice.sqlite.aside-'))).toBe(true);
  });

  it('refuses to start on damaged history, and leaves it alone', async () => {
    const dataDir = tempFolder();
    writeFileSync(path.join(dataDir, 'real.sqlite'), 'not a database '.repeat(300));
    const { host } = fakeHost();
    const composed = await composeEngine({ dataDir, host, clock: systemClock, version: 'test' });
    expect(composed).toMatchObject({ ok: false, error: { code: 'STORE_CORRUPT' } });
  });
});
