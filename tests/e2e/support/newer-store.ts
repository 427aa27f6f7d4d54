import { DatabaseSync } from '@photostructure/sqlite';
import path from 'node:path';

/** Puts a database of a version that is still to come into a user data folder. */
export function newerStore(userData: string): void {
  const database = new DatabaseSync(path.join(userData, 'real.sqlite'));
  database.exec('CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT; PRAGMA user_version = 99990');
  database.close();
}
