import { parentPort } from 'node:worker_threads';
import { serveFiles } from './program.ts';

if (!parentPort) throw new Error('Files are read in a thread of its own');
serveFiles(parentPort);
