import { randomUUID } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import electronLog from 'electron-log/node';
import { describeError, redactField, redactText, type LogFields } from './redact.ts';

/** How much is written: a level writes itself and everything graver. */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/**
 * A structured log. `event` is a fixed name such as `store.opened`, never a sentence with values in it: values go into
 * `fields`, where they are redacted. No call throws, whatever state the disk is in.
 */
export type Log = {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  /** Writes an unexpected failure and gives the incident id that the user is shown. */
  error(event: string, error: unknown, fields?: LogFields): string;
  /** A log whose lines carry `scope` (after this one's, with a dot). */
  child(scope: string): Log;
};

/** Where and how much to log. */
export type LogOptions = {
  /** Folder of the file; made when absent. */
  readonly dir: string;
  /** File name without ending, and first part of the scope: `engine`, `main`. One process a file. */
  readonly name: string;
  readonly level: LogLevel;
};

type Sink = (level: LogLevel, line: string) => void;

const NOWHERE: Sink = () => undefined;

/** Bytes after which a file is put aside. */
export const MAX_LOG_BYTES = 5 * 1024 * 1024;
/** Files kept beside the current one: `name.1.log` is the youngest. */
export const KEPT_LOGS = 3;

/**
 * Opens a rotating log file. One line is one JSON object: `time` (ISO 8601, UTC), `level`, `scope`, `event`, then the fields.
 * Where the folder cannot be written, lines are dropped and the program goes on.
 */
export function createLog(options: LogOptions): Log {
  try {
    return logTo(options.name, fileSink(options));
  } catch {
    return logTo(options.name, NOWHERE);
  }
}

/** A log that keeps nothing but still gives incident ids. */
export const nullLog: Log = logTo('null', NOWHERE);

function logTo(scope: string, sink: Sink): Log {
  const write = (level: LogLevel, event: string, fields: LogFields | undefined, extra: object = {}) => {
    const safe = Object.fromEntries(
      Object.entries(fields ?? {}).map(([name, value]) => [name, redactField(name, value)]),
    );
    const head = { time: new Date().toISOString(), level, scope, event: redactText(event) };
    // The head comes first for reading and is not to be overwritten by a field of the same name.
    sink(level, JSON.stringify({ ...head, ...safe, ...extra, ...head }));
  };
  return {
    debug: (event, fields) => write('debug', event, fields),
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
    error(event, error, fields) {
      const incident = randomUUID().slice(0, 8);
      write('error', event, fields, { incident, error: describeError(error) });
      return incident;
    },
    child: (name) => logTo(`${scope}.${name}`, sink),
  };
}

function fileSink(options: LogOptions): Sink {
  const file = path.join(options.dir, `${options.name}.log`);
  const logger = electronLog.create({ logId: file });
  const { transports } = logger;
  // Which others exist depends on where this runs.
  for (const other of [transports.console, transports.ipc, transports.remote]) {
    if (other) other.level = false;
  }
  // Otherwise it looks for a package.json around the working folder, and refuses to work where there is none.
  transports.file.setAppName(options.name);
  transports.file.level = options.level;
  transports.file.resolvePathFn = () => file;
  transports.file.maxSize = MAX_LOG_BYTES;
  transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  // Written at once: the lines before a crash are the ones that matter.
  transports.file.sync = true;
  transports.file.transforms = [({ data }) => [String(data[0])]];
  transports.file.archiveLogFn = () => rotate(options.dir, options.name);
  return (level, line) => logger[level](line);
}

function rotate(dir: string, name: string): void {
  const numbered = (n: number) => path.join(dir, n === 0 ? `${name}.log` : `${name}.${n}.log`);
  try {
    rmSync(numbered(KEPT_LOGS), { force: true });
    for (let n = KEPT_LOGS - 1; n >= 0; n--) {
      if (existsSync(numbered(n))) renameSync(numbered(n), numbered(n + 1));
    }
  } catch {
    // A log that cannot be put aside grows on; nothing else may suffer from it.
    return;
  }
}
