import { servePractice, type ParentPort } from './utility.ts';

/** Entry of the app's utility process. Electron's types stay outside: only `postMessage` of the parent port is used. */

/** Time for the last notice to leave the process before it ends, in ms. */
const FAREWELL_MS = 250;

function isPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value;
}

const parentPort: unknown = Reflect.get(process, 'parentPort');
if (!isPort(parentPort)) throw new Error('This file is started by the app as a utility process');

const endSoon = (): void => void setTimeout(() => process.exit(1), FAREWELL_MS);

process.on('uncaughtException', (error) => {
  parentPort.postMessage({ type: 'failed', message: error.message });
  endSoon();
});

void servePractice(parentPort, process.argv.slice(2)).then((gateway) => {
  if (gateway === null) endSoon();
});
