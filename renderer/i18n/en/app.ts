import { english as f } from '../format.ts';

/** Words of the frame: rail, top bar, banners. */
export const app = {
  main: 'Main',
  skip: 'Skip to the page',
  screens: {
    compose: 'Compose',
    outbox: 'Outbox',
    campaigns: 'Campaigns',
    messages: 'Messages',
    inbox: 'Inbox',
    contacts: 'Contacts',
    settings: 'Settings',
  },
  stopped: (count: number) =>
    f.plural(count, {
      one: 'A repeated sending has stopped and needs you.',
      other: `${f.n(count)} repeated sendings have stopped and need you.`,
    }),
  account: 'Account',
  practice: 'Practice',
  practiceNote: 'Nothing leaves this computer and nothing is charged.',
  connect: 'Connect MiM SMS',
  balance: {
    known: ({ amount, age }: { amount: string; age: string }) => `Balance ${amount}, ${age}`,
    unknown: 'Balance not asked yet',
    label: 'Balance',
    ask: 'ask now',
    refresh: 'Click to ask for the balance now',
    asking: 'Asking MiM SMS…',
    stale: 'The last attempt to ask for the balance failed.',
  },
  sync: {
    label: 'Reports',
    now: 'Fetch reports now',
    running: 'Fetching reports…',
    fresh: ({ age }: { age: string }) => `Reports fetched ${age}`,
    never: 'No reports fetched yet',
    failed: 'Reports could not be fetched',
    gaps: 'Some reports are missing',
    engine: 'Not connected',
    starting: 'The sending service is starting',
    short: {
      running: 'Fetching',
      fresh: 'Up to date',
      never: 'Waiting',
      failed: 'Failed',
      gaps: 'Gap',
      engine: 'Stopped',
      starting: 'Starting',
    },
  },
  engine: {
    restarting: 'The sending service stopped and is starting again.',
    restartingMore: 'Nothing is lost. Messages that are under way are checked before anything else is sent.',
    failed: 'The sending service cannot start.',
    restart: 'Start again',
  },
};
