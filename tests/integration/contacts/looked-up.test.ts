import { expect, it, onTestFinished } from 'vitest';
import { PRACTICE_ACCOUNT_ID } from '#shared/ids.ts';
import { engineContract } from '#shared/ipc/engine.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import { composeEngine } from '../../../main/engine/compose.ts';
import { startPractice } from '../../../main/practice/practice.ts';
import { fakeHost } from '../accounts/fake-host.ts';
import { served } from '../ipc/served.ts';
import { tempFolder } from '../store/temp-folder.ts';

it('a lookup of the contacts writes its results back to them, live', async () => {
  const practice = await startPractice({ delays: 100 });
  const { host, state } = fakeHost();
  state.practiceUrl = practice.url;
  const composed = await composeEngine({ dataDir: tempFolder(), host, clock: systemClock, version: 'test' });
  if (!composed.ok) throw new Error(composed.error.code);
  onTestFinished(async () => {
    await composed.value.stop();
    await practice.close();
  });
  const { client } = served(engineContract, composed.value.router);
  const space = 'practice' as const;
  await client.contacts.add({ space, name: 'রহিম', numbers: ['০১৭১২০০০০০১'] });
  await client.contacts.add({ space, name: 'Karim', numbers: ['+880 1812-000002'] });
  expect(await client.contacts.list({ space: 'real', filter: {}, limit: 10 })).toEqual({ rows: [] });

  const changes = await client.contacts.watch({ space });
  expect((await changes.next()).value).toEqual({ seq: 0, value: { count: 2 } });
  const { numbers, count } = await client.contacts.numbers({ space, filter: {} });
  expect(count).toBe(2);
  await client.lookups.start({ accountId: PRACTICE_ACCOUNT_ID, numbers, mode: 'sync' });

  const known = async () => (await client.contacts.list({ space, filter: {}, limit: 10 })).rows;
  while ((await known()).some(({ facts }) => facts === null)) await changes.next();
  expect(await known()).toMatchObject([
    {
      name: 'Karim',
      msisdn: '8801812000002',
      facts: { reachable: true, original: { country: 'Bangladesh' } },
    },
    { name: 'রহিম', msisdn: '8801712000001', facts: { reachable: true } },
  ]);
  await changes.return?.();
});
