import { ok } from '#shared/result.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import { createInbox } from '../../../main/engine/features/inbox/service.ts';
import { createLookups } from '../../../main/engine/features/lookups/service.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import { createRestGateway } from '../../../main/engine/gateways/rest/rest-gateway.ts';
import { nullLog } from '../../../main/logging/log.ts';
import { ACCOUNT, fakeAccounts, featureStore } from './feature.ts';
import { numbers } from './sending.ts';

/**
 * Receiving and looking up as a process of its own, to be killed: `node receiving-process.js URL DIR COUNT`. Starts a lookup of
 * COUNT numbers, or goes on with the one that is there, and asks for received messages. Prints `done` when both are through.
 */
const [url = '', dir = '', count = '0'] = process.argv.slice(2);
const clock = systemClock;
const store = featureStore(dir, clock);
const gateway = createRestGateway(
  {
    serverAddress: url,
    allowHttp: true,
    credentials: () => Promise.resolve(ok({ userName: 'practice', password: 'practice' })),
  },
  { clock, abilities: { advanced: true, logs: true, inbox: true, lookup: true } },
);
const { access, state } = fakeAccounts({ [ACCOUNT]: gateway });
state.active = [ACCOUNT];
const deps = { space: 'real' as const, store, accounts: access, reading, clock, log: nullLog };
const inbox = createInbox(deps);
const lookups = createLookups({ ...deps, notifyAddress: () => null });
lookups.open();
inbox.start();
const looked = new Promise<void>((resolve) => {
  const look = () => lookups.get(1)?.state === 'done' && resolve();
  lookups.onChange(look);
  look();
});
const before = lookups.get(1);
if (before === null) {
  lookups.start({ accountId: ACCOUNT, numbers: numbers(Number(count)).join('\n'), mode: 'sync' });
} else if (before.state !== 'done' && !lookups.resume(1).ok) {
  throw new Error(`not to be resumed: ${JSON.stringify(before)}`);
}
await Promise.all([looked, inbox.fetch()]);
process.stdout.write('done\n');
await Promise.all([inbox.stop(), lookups.close()]);
await gateway.close();
store.close();
