import { accounts } from './accounts.ts';
import { app } from './app.ts';
import { campaigns } from './campaigns.ts';
import { compose } from './compose.ts';
import { contacts } from './contacts.ts';
import { diagnostics } from './diagnostics.ts';
import { errors } from './errors.ts';
import { firstRun } from './first-run.ts';
import { inbox } from './inbox.ts';
import { lookups } from './lookups.ts';
import { messages } from './messages.ts';
import { receiving } from './receiving.ts';
import { schedule } from './schedule.ts';
import { settings } from './settings.ts';
import { states } from './states.ts';
import { ui } from './ui.ts';

/** Every English word, by feature. English is the reference: other languages are checked against it. */
export const words = {
  accounts,
  app,
  campaigns,
  compose,
  contacts,
  diagnostics,
  errors,
  firstRun,
  inbox,
  lookups,
  messages,
  receiving,
  schedule,
  settings,
  states,
  ui,
};
