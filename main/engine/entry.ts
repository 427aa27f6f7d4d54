import * as v from 'valibot';
import type { EngineBoot } from '#shared/ipc/boot.ts';
import type { Port } from '../ipc/port.ts';
import { createLog, nullLog, type Log } from '../logging/log.ts';
import { systemClock } from './clock.ts';
import { composeEngine, type Engine } from './compose.ts';
import { hostClient } from './host-client.ts';

/** The main process as a utility process sees it. Electron is not imported: this is all that is needed of it. */
type ParentPort = {
  on(
    event: 'message',
    listener: (message: { readonly data: unknown; readonly ports: readonly Port[] }) => void,
  ): unknown;
  postMessage(message: unknown): void;
};

const Start = v.object({
  type: v.literal('start'),
  dataDir: v.string(),
  logDir: v.string(),
  version: v.string(),
});
const Message = v.variant('type', [
  Start,
  v.object({ type: v.literal('page') }),
  v.object({ type: v.literal('stop') }),
]);

/** Exit code after an exception that nobody caught: the main process starts the engine anew. */
const EXIT_CRASHED = 70;

let log: Log = nullLog;
let engine: Engine | null = null;
/** Ports of pages that came before the services ran. Their calls wait inside. */
const waiting: Port[] = [];

const { parentPort }: { parentPort?: ParentPort } = process;
if (!parentPort) throw new Error('The engine runs in a utility process');
const parent = parentPort;

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    log.error('engine.crashed', error, { event });
    // What happens after a bug is unknown; everything committed is safe, and the next engine starts from there.
    process.exit(EXIT_CRASHED);
  });
}

const say = (boot: EngineBoot) => parent.postMessage(boot);

async function start(options: v.InferOutput<typeof Start>, hostPort: Port): Promise<void> {
  const { dataDir, version } = options;
  log = createLog({ dir: options.logDir, name: 'engine', level: 'info' });
  const host = hostClient(hostPort, log.child('host'), () => void stop());
  // The bundle of `file-worker/entry.ts`, which lies beside this one.
  const fileWorker = new URL('./file-worker.js', import.meta.url);
  const composed = await composeEngine({ dataDir, version, log, host, clock: systemClock, fileWorker });
  if (!composed.ok) {
    const { code, facts } = composed.error;
    return say({ type: 'failed', code, detail: facts?.detail ?? facts?.incident ?? '' });
  }
  engine = composed.value;
  for (const port of waiting.splice(0)) engine.serve(port);
  say({ type: 'ready' });
}

async function stop(): Promise<void> {
  await engine?.stop();
  process.exit(0);
}

parent.on('message', ({ data, ports }) => {
  const message = v.safeParse(Message, data);
  if (!message.success) return log.warn('engine.unknown-message');
  const [port] = ports;
  switch (message.output.type) {
    case 'start':
      if (port) void start(message.output, port);
      return;
    case 'page':
      if (!port) return;
      if (engine) engine.serve(port);
      else waiting.push(port);
      return;
    case 'stop':
      void stop();
  }
});
