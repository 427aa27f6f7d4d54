import { spawn } from 'node:child_process';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPractice } from '../../../main/practice/practice.ts';
import { acceptedTimes, numbers, startSending, temporaryFolder } from '../support/sending.ts';

const MESSAGES = 200;
const root = path.resolve(import.meta.dirname, '../../..');

describe('an engine killed in the middle of a send of 200', () => {
  const folder = temporaryFolder();
  // Inside the project, so that the native package is found from there.
  const program = path.join(root, 'out/test/sending-process.js');

  beforeAll(async () => {
    await build({
      configFile: false,
      logLevel: 'error',
      root,
      build: {
        ssr: path.join(root, 'tests/integration/support/sending-process.ts'),
        outDir: path.dirname(program),
        emptyOutDir: false,
        rolldownOptions: { output: { entryFileNames: path.basename(program) } },
      },
    });
  }, 60_000);
  afterAll(folder.remove);

  /** Runs until the process ends by itself or has been killed, `killAfterMs` after its campaign was queued. */
  function run(
    url: string,
    dir: string,
    count: number,
    perRequest: number,
    killWhen: (requests: number) => boolean,
    seen: () => number,
  ) {
    return new Promise<{ killed: boolean; errors: string }>((resolve) => {
      const child = spawn(process.execPath, [program, url, dir, String(count), String(perRequest)], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let killed = false;
      let errors = '';
      child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
      const watch = setInterval(() => {
        if (killed || !killWhen(seen())) return;
        killed = true;
        child.kill('SIGKILL');
      }, 1);
      child.once('exit', () => {
        clearInterval(watch);
        resolve({ killed, errors });
      });
    });
  }

  it.each([
    { name: 'one message a request', perRequest: 1, faults: {} },
    { name: 'ten messages a request', perRequest: 10, faults: {} },
    {
      name: 'one a request, every tenth answer lost',
      perRequest: 1,
      faults: { seed: 7, send: { dropAfter: 0.1 } },
    },
  ])(
    'sends every message exactly once or lists it as uncertain: $name',
    async ({ perRequest, faults }) => {
      const gateway = await startPractice({ faults, delays: { toOperatorMs: 1, toHandsetMs: 5 } });
      const dir = path.join(folder.dir, `${perRequest}-${JSON.stringify(faults).length}`);
      const sends = () =>
        gateway.requests().filter((request) => request.path.includes('/text/single')).length;

      // Killed three times, each after some more requests were seen; then left to end.
      let kills = 0;
      for (const more of [3, 4, 2]) {
        const before = sends();
        const { killed } = await run(
          gateway.url,
          dir,
          kills === 0 ? MESSAGES : 0,
          perRequest,
          (now) => now >= before + more,
          sends,
        );
        if (killed) kills++;
      }
      const last = await run(gateway.url, dir, 0, perRequest, () => false, sends);
      expect(last).toEqual({ killed: false, errors: '' });
      expect(kills).toBeGreaterThanOrEqual(2);

      const after = startSending({ url: gateway.url, dir });
      const view = after.workspace.campaigns.get(1);
      const uncertain = after.workspace.messages.ofCampaign(1, ['uncertain'], undefined, 500);
      await after.stop();
      const listed = new Set(uncertain.ok ? uncertain.value.rows.map(({ msisdn }) => msisdn) : []);
      const times = acceptedTimes(gateway);
      const wrong = numbers(MESSAGES).filter((number) => times.get(number) !== 1 && !listed.has(number));
      expect(wrong).toEqual([]);
      expect([...times.values()].filter((count) => count > 1)).toEqual([]);
      expect(view?.equationHolds).toBe(true);
      await gateway.close();
    },
    90_000,
  );
});
