import type { words as en } from '../en/index.ts';
import type { Translation } from '../translation.ts';
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

/** Every Bangla word, by feature. */
export const words: Translation<typeof en> = {
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
