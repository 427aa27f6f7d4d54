import { accounts } from './accounts.ts';
import { app } from './app.ts';
import { campaigns } from './campaigns.ts';
import { compose } from './compose.ts';
import { errors } from './errors.ts';
import { firstRun } from './first-run.ts';
import { messages } from './messages.ts';
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
  errors,
  firstRun,
  messages,
  schedule,
  settings,
  states,
  ui,
};
