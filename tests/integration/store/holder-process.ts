import { systemClock } from '../../../main/engine/clock.ts';
import { openStore } from '../../../main/engine/store/open.ts';
import { nullLog } from '../../../main/logging/log.ts';

/** A process that opens the store named on its command line, commits a row, says so and holds on until it is killed. */
const store = openStore({
  file: process.argv[2] ?? '',
  clock: systemClock,
  log: nullLog,
  migrations: [{ version: 10, name: 'notes', sql: 'CREATE TABLE notes (text TEXT NOT NULL) STRICT' }],
});
if (!store.ok) throw new Error(store.error.code);
store.value.transaction(() => store.value.db.exec("INSERT INTO notes VALUES ('committed')"));
store.value.db.exec("BEGIN IMMEDIATE; INSERT INTO notes VALUES ('half')");
process.stdout.write('holding\n');
process.stdin.resume();
