import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Log } from '../logging/log.ts';

/** Longest line of a child process that is kept, in UTF-16 units. */
const MAX_LINE = 2_000;

/** Writes what a child process prints to the log, line by line, through the same redaction as everything else. */
export function logOutput(streams: { readonly stdout: unknown; readonly stderr: unknown }, log: Log): void {
  for (const name of ['stdout', 'stderr'] as const) {
    const stream = streams[name];
    if (!isReadable(stream)) continue;
    createInterface({ input: stream }).on('line', (line) => {
      if (line)
        log[name === 'stderr' ? 'warn' : 'info'](`process.${name}`, { line: line.slice(0, MAX_LINE) });
    });
  }
}

const isReadable = (stream: unknown): stream is Readable =>
  typeof stream === 'object' && stream !== null && 'pipe' in stream;
