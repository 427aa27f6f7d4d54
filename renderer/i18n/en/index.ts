import { accounts } from './accounts.ts';
import { app } from './app.ts';
import { campaigns } from './campaigns.ts';
import { compose } from './compose.ts';
import { contacts } from './contacts.ts';
import { diagnostics } from './diagnostics.ts';
import { drafts } from './drafts.ts';
import { errors } from './errors.ts';
import { exports } from './exports.ts';
import { firstRun } from './first-run.ts';
import { groups } from './groups.ts';
import { guards } from './guards.ts';
import { imports } from './imports.ts';
import { inbox } from './inbox.ts';
import { lookups } from './lookups.ts';
import { messages } from './messages.ts';
import { outbox } from './outbox.ts';
import { receiving } from './receiving.ts';
import { schedule } from './schedule.ts';
import { series } from './series.ts';
import { settings } from './settings.ts';
import { states } from './states.ts';
import { templates } from './templates.ts';
import { ui } from './ui.ts';

/** Every English word, by feature. English is the reference: other languages are checked against it. */
export const words = {
  accounts,
  app,
  campaigns,
  compose,
  contacts,
  diagnostics,
  drafts,
  errors,
  exports,
  firstRun,
  groups,
  guards,
  imports,
  inbox,
  lookups,
  messages,
  outbox,
  receiving,
  schedule,
  series,
  settings,
  states,
  templates,
  ui,
};
