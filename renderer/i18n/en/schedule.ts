import { english as f } from '../format.ts';

/** Words of choosing a time to send, in Compose and on a campaign's page. */
export const schedule = {
  label: 'Send date and time',
  picksLabel: 'Often chosen',
  picks: { tonight: 'Tonight 8 pm', tomorrow: 'Tomorrow 9 am', sunday: 'Next Sunday 9 am' },
  zone: 'Time zone',
  ownZone: 'This computer’s zone',
  gatewayZone: 'The time of MiM SMS',
  zoneOwn: 'Times are in this computer’s zone. Another one that you choose is kept for the next message.',
  zoneChosen: (facts: { zone: string; own: string }) =>
    `Times are in the zone chosen last, ${facts.zone}; this computer’s is ${facts.own}.`,
  zones: {
    'Asia/Dhaka': 'Dhaka',
    'Asia/Kolkata': 'Kolkata',
    'Asia/Karachi': 'Karachi',
    'Asia/Dubai': 'Dubai',
    'Asia/Riyadh': 'Riyadh',
    'Asia/Qatar': 'Doha',
    'Asia/Kuwait': 'Kuwait',
    'Asia/Kuala_Lumpur': 'Kuala Lumpur',
    'Asia/Singapore': 'Singapore',
    'Europe/London': 'London',
    'Europe/Rome': 'Rome',
    'America/New_York': 'New York',
    UTC: 'UTC',
  },
  past: 'This time is over. Choose a later one.',
  tooFar: (days: number) => `At most ${f.n(days)} days ahead.`,
  here: (facts: { time: string; zone: string }) => `${facts.time} by this computer’s clock (${facts.zone}).`,
  inDhaka: (time: string) => `In Dhaka: ${time}.`,
  heldBy: {
    here: 'This computer holds it: it must be on and the program running at that time.',
    gateway:
      'MiM SMS will hold it. Keep this computer on until MiM SMS has it (about 10 seconds); then you can switch this computer off.',
  },
  handedOver: 'MiM SMS holds it: you can switch this computer off.',
};
