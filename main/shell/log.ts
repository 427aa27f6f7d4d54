import path from 'node:path';
import process from 'node:process';
import { createLog, type Log } from '../logging/log.ts';

/** The folder of all logs inside the user data folder. */
export const logFolder = (userData: string): string => path.join(userData, 'logs');

/**
 * Opens the main process's log, `main.log`, and sends there what nobody caught. The program goes on after such a
 * failure: the engine and its transactions are elsewhere, and a window that vanishes would help nobody.
 */
export function openMainLog(userData: string): Log {
  const log = createLog({ dir: logFolder(userData), name: 'main', level: 'info' });
  process.on('uncaughtException', (error) => void log.error('main.uncaught', error));
  process.on('unhandledRejection', (reason) => void log.error('main.unhandled', reason));
  return log;
}
