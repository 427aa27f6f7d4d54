import { userEvent } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import type { Plan, SendRequest, Warning } from '#shared/ipc/plan.ts';
import ComposePage from '../../../renderer/features/compose/ComposePage.svelte';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { refusal } from '../support/scripted-link.ts';
import { planFor, script } from './fixtures.ts';

type Order = { request: SendRequest; accepted?: string[]; expectedRecipients: number };

const HOUR = 3_600_000;
const taka = (amount: number) => ({ micros: amount * 1_000_000, currency: 'BDT' });
const SENT = { space: 'practice', id: 41, heldUntil: Date.now() + 10_000 };
const NOTICE: Warning = {
  kind: 'same-campaign',
  stops: true,
  campaignId: 7,
  name: 'School is closed',
  at: Date.now() - 2 * HOUR - 60_000,
  overlap: 1198,
  waiting: 0,
  closely: null,
};

/** An office whose plans are `planned`, with a message written. */
async function written(planned: (request: SendRequest) => Partial<Plan>, language: 'en' | 'bn' = 'en') {
  const scripted = script({
    'campaigns.plan': (request: SendRequest) => planFor(request, planned(request)),
    'campaigns.send': () => SENT,
  });
  const mounted = await mount(scripted, ComposePage, {}, { language });
  const [recipients, message] = language === 'en' ? ['Recipients', 'Message'] : ['প্রাপকদের নম্বর', 'বার্তা'];
  await mounted.screen.getByRole('textbox', { name: recipients, exact: true }).fill('01712345678');
  await mounted.screen.getByRole('textbox', { name: message, exact: true }).fill('Hello');
  const orders = () => scripted.inputsOf('campaigns.send') as Order[];
  return { ...mounted, scripted, orders };
}

/** As long as the earlier sending goes on, the last of its messages is another one at every look. */
const going = (): Warning => ({ ...NOTICE, closely: { people: 1198, latestAt: Date.now() } }) as Warning;

const repeated = ({ leaveOutRepeats = false }: SendRequest): Partial<Plan> =>
  leaveOutRepeats
    ? {
        recipients: 42,
        leftOut: 1198,
        leftOutReasons: [{ reason: 'repeat', count: 1198 }],
        leftOutSample: [{ input: '01712345678', reason: 'repeat' }],
        repeated: 1198,
        warnings: [{ ...going(), stops: false }],
      }
    : { recipients: 1240, repeated: 1198, warnings: [going()] };

test('who got the same lately is asked about with the numbers, and can be left out', async () => {
  const { screen, router, orders } = await written(repeated);
  const region = screen.getByRole('region', { name: 'Look at this first' });
  await expect
    .element(region)
    .toHaveTextContent(/1,198 of 1,240 people got “School is closed” 2 h ago, word for word/);
  const send = screen.getByRole('button', { name: /^Send/ });
  await expect.element(send).toBeDisabled();
  await expect.element(send).toHaveAccessibleDescription(/Decide first/);
  await expectAccessible(document.body);
  await region.getByRole('radio', { name: 'Leave them out' }).click();
  await expect.element(screen.getByRole('button', { name: /^Send 42 / })).toBeEnabled();
  await region.getByRole('radio', { name: 'Send it again to 1,198 people' }).click();
  await expect.element(screen.getByRole('button', { name: /^Send 1,240 / })).toBeEnabled();
  // Another time with the same numbers is nothing new to decide about.
  await screen.getByRole('radio', { name: 'Later' }).click();
  await expect.element(screen.getByRole('button', { name: /^Send 1,240 later/ })).toBeEnabled();
  await screen.getByRole('radio', { name: 'Now' }).click();
  await region.getByRole('radio', { name: 'Leave them out' }).click();
  await screen.getByRole('button', { name: /^Send 42 / }).click();
  const dialog = screen.getByRole('dialog');
  await expect
    .element(dialog.getByRole('list', { name: 'What you decided' }))
    .toHaveTextContent('1,198 people are left out who got it already.');
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await vi.waitFor(() => expect(router.current.name).toBe('campaign'));
  expect(orders()[0]).toMatchObject({ request: { leaveOutRepeats: true }, expectedRecipients: 42 });
  expect(orders()[0]).not.toHaveProperty('accepted');
});

test('the same people are told of once, with both reasons, and counted exactly', async () => {
  const latestAt = Date.now() - 20 * 60_000;
  const { screen } = await written(() => ({
    recipients: 1240,
    repeated: 1210,
    warnings: [
      { ...NOTICE, closely: { people: 300, latestAt } },
      { kind: 'same-person', stops: true, people: 12, waiting: 0, latestAt },
    ],
  }));
  const region = screen.getByRole('region', { name: 'Look at this first' });
  await expect
    .element(region)
    .toHaveTextContent(
      /1,198 of 1,240 people got “School is closed” 2 h ago, 300 of them word for word, the last one 20 min ago\./,
    );
  await expect.element(region.getByRole('radio', { name: 'Send it again to 1,210 people' })).toBeVisible();
});

test('nobody is said to have got what still waits here, and a time is said once', async () => {
  const at = Date.now();
  const { screen } = await written(() => ({
    recipients: 3,
    repeated: 3,
    warnings: [
      { ...NOTICE, at, overlap: 3, waiting: 3, closely: { people: 3, latestAt: at } },
      { ...NOTICE, campaignId: 8, at, overlap: 3, waiting: 1, closely: { people: 2, latestAt: at } },
      { kind: 'same-person', stops: true, people: 2, waiting: 2, latestAt: at },
    ] as Warning[],
  }));
  const group = screen.getByRole('group', { name: 'The same people' }).first();
  await expect
    .element(group)
    .toHaveTextContent(
      /^3 of 3 people are waiting to get “School is closed” \(due just now\), word for word\./,
    );
  await expect
    .element(group)
    .toHaveTextContent(
      /3 of 3 people got “School is closed” just now, 2 of them word for word; 1 of them is still waiting for it\./,
    );
  await expect.element(group).toHaveTextContent('2 of 3 people are waiting to get this very text.');
});

test('the button says what is still asked and leads there; no key sends what was decided about', async () => {
  const { screen, orders } = await written(() => ({
    recipients: 1240,
    warnings: [NOTICE, { kind: 'over-cap', stops: true, which: 'campaign', limit: 1240, people: 300 }],
  }));
  const send = screen.getByRole('button', { name: /^Send/ });
  await expect
    .element(send)
    .toHaveAccessibleDescription('Decide first: those who got it already and the people over a limit.');
  const show = screen.getByRole('button', { name: 'Show it' });
  await show.click();
  const got = screen.getByRole('group', { name: 'Those who got it already' });
  await expect.element(got).toHaveFocus();
  await expect.element(got).toBeInViewport();
  await got.getByRole('radio', { name: /Send it again/ }).click();
  // The shortcut leads to what is asked as well.
  await screen.getByRole('textbox', { name: 'Message' }).click();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  const limit = screen.getByRole('group', { name: 'the people over a limit' });
  await expect.element(limit).toHaveFocus();
  await limit.getByRole('checkbox').click();
  await expect.element(show).not.toBeInTheDocument();

  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  const dialog = screen.getByRole('dialog', { name: 'Confirm sending' });
  await expect.element(dialog.getByRole('button', { name: 'Back' })).toHaveFocus();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(orders()).toEqual([]);
  await expect.element(dialog).toBeVisible();
});

test('what was decided for one sending is not taken over by a repeated one', async () => {
  const { screen, scripted } = await written(repeated);
  await screen.getByRole('radio', { name: 'Leave them out' }).click();
  await expect.element(screen.getByRole('button', { name: /^Send 42 / })).toBeEnabled();
  await screen.getByRole('radio', { name: 'Repeat' }).click();
  await vi.waitFor(() =>
    expect(scripted.inputsOf('campaigns.plan').at(-1)).not.toHaveProperty('leaveOutRepeats'),
  );
  // Nothing is asked that would not be kept to; going back it stands as it was chosen.
  await expect.element(screen.getByText(/A repeated one is looked at anew each time/)).toBeVisible();
  expect(screen.getByRole('radio', { name: /^Leave/ }).elements()).toEqual([]);
  await screen.getByRole('radio', { name: 'Now' }).click();
  await expect.element(screen.getByRole('button', { name: /^Send 42 / })).toBeEnabled();
});

test('or sent to again; that is asked anew when the text or the overlap changes', async () => {
  let overlap = 1198;
  const { screen, scripted, router, orders } = await written(() => ({
    recipients: 1240,
    repeated: overlap,
    warnings: [{ ...NOTICE, overlap }],
  }));
  const again = screen.getByRole('radio', { name: 'Send it again to 1,198 people' });
  await again.click();
  await expect.element(screen.getByRole('button', { name: /^Send 1,240 / })).toBeEnabled();

  await screen.getByRole('textbox', { name: 'Message' }).fill('Hello you');
  await vi.waitFor(() =>
    expect(scripted.inputsOf('campaigns.plan').at(-1)).toMatchObject({ text: 'Hello you' }),
  );
  await expect.element(screen.getByRole('button', { name: /^Send/ })).toBeDisabled();
  await expect.element(again).not.toBeChecked();
  await again.click();
  await screen.getByRole('button', { name: /^Send 1,240 / }).click();

  // Meanwhile one more got it: the engine refuses, and the new number is looked at.
  overlap = 1199;
  scripted.answer('campaigns.send', () => {
    scripted.answer('campaigns.send', () => SENT);
    throw refusal('WARNING_NOT_SEEN', { detail: 'same-campaign' });
  });
  await screen.getByRole('button', { name: 'Confirm' }).click();
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  const region = screen.getByRole('region', { name: 'Look at this first' });
  await expect.element(region).toHaveTextContent(/Something has come up/);
  await expect.element(region).toHaveFocus();
  await region.getByRole('radio', { name: 'Send it again to 1,199 people' }).click();
  await screen.getByRole('button', { name: /^Send 1,240 / }).click();
  await expect
    .element(screen.getByRole('list', { name: 'What you decided' }))
    .toHaveTextContent(/Sent again: 1,199 of 1,240/);
  await screen.getByRole('button', { name: 'Confirm' }).click();
  await vi.waitFor(() => expect(router.current.name).toBe('campaign'));
  expect(orders().map((one) => one.accepted)).toEqual([['same-campaign'], ['same-campaign']]);
});

test('a balance that does not suffice and people over a limit are accepted one by one', async () => {
  const { screen, router, orders } = await written(() => ({
    recipients: 20_000,
    leftOut: 300,
    leftOutReasons: [{ reason: 'over-cap', count: 300 }],
    warnings: [
      { kind: 'over-cap', stops: true, which: 'campaign', limit: 20_000, people: 300 },
      { kind: 'balance', stops: true, missing: taka(350), waiting: taka(120) },
    ],
    cost: taka(7000),
    balance: taka(6770),
  }));
  const region = screen.getByRole('region', { name: 'Look at this first' });
  await expect.element(region).toHaveTextContent(/300 people are left out: a sending goes to 20,000 people/);
  await expect
    .element(region)
    .toHaveTextContent(
      /this costs ৳7,000\.00, ৳120\.00 is already waiting to leave, and ৳6,770\.00 is there/,
    );
  await region.getByRole('checkbox', { name: 'Send although ৳350.00 is missing' }).click();
  await expect.element(screen.getByRole('button', { name: /^Send/ })).toBeDisabled();
  await region.getByRole('checkbox', { name: 'Send without 300 people' }).click();
  await screen.getByRole('button', { name: /^Send 20,000 / }).click();
  await screen.getByRole('button', { name: 'Confirm' }).click();
  await vi.waitFor(() => expect(router.current.name).toBe('campaign'));
  expect(orders()[0]?.accepted).toEqual(['over-cap', 'balance']);
});

test('it waits for the end of the quiet hours, unless the user wants it to go out in them', async () => {
  let isQuiet = true;
  const end = Date.UTC(2026, 10, 24, 3);
  const { screen, scripted } = await written(({ ignoreQuiet = false }) => ({
    warnings: isQuiet ? [{ kind: 'quiet-hours', stops: ignoreQuiet, at: ignoreQuiet ? null : end }] : [],
  }));
  const region = screen.getByRole('region', { name: 'Look at this first' });
  await expect.element(region).toHaveTextContent(/It waits until Tuesday,? 24 November at 09:00 \(Dhaka/);
  await expect.element(screen.getByRole('button', { name: /^Send 1 / })).toBeEnabled();
  await region.getByRole('radio', { name: 'Send during the quiet hours' }).click();
  const yes = region.getByRole('checkbox', { name: 'Yes, 1 person may get it in the quiet hours' });
  await expect.element(yes).toBeVisible();
  await expect.element(screen.getByRole('button', { name: /^Send/ })).toBeDisabled();
  await yes.click();
  await expect.element(screen.getByRole('button', { name: /^Send 1 / })).toBeEnabled();

  // Leave to do so ends with the quiet hours.
  isQuiet = false;
  await screen.getByRole('textbox', { name: 'Message' }).fill('Later');
  await expect.element(region).not.toBeInTheDocument();
  await vi.waitFor(() => {
    const last = scripted.inputsOf('campaigns.plan').at(-1);
    expect(last).toMatchObject({ text: 'Later' });
    expect(last).not.toHaveProperty('ignoreQuiet');
  });
});

const HANDLE = '11111111-1111-4111-8111-111111111111';

/** A page of three hundred over the limit of the day. */
function leftOut({ search = '', cursor = '0', limit }: { search?: string; cursor?: string; limit: number }) {
  const all = Array.from({ length: 300 }, (_, index) => ({
    ...{ index, input: `01712000${index}`, reason: 'over-day-cap' },
  })).filter(({ input }) => input.includes(search));
  const from = Number(cursor);
  const next = from + limit < all.length ? { next: String(from + limit) } : {};
  return { rows: all.slice(from, from + limit), ...next };
}

test('says for each reason who is left out, and what each operator costs, in Bangla too', async () => {
  const money = (micros: number) => ({ micros, currency: 'BDT' });
  const planned: Partial<Plan> = {
    leftOut: 301,
    leftOutReasons: [
      { reason: 'over-day-cap', count: 300 },
      { reason: 'landline', count: 1 },
    ],
    leftOutSample: [{ input: '029876543', reason: 'landline' }],
    shares: [
      {
        operator: 'Grameenphone',
        messages: 2,
        parts: 4,
        pricePerPart: money(350_000),
        cost: money(1_400_000),
      },
      { operator: null, messages: 1, parts: 2, pricePerPart: money(400_000), cost: money(800_000) },
    ],
  };
  const { screen, scripted } = await written(() => planned);
  await screen.getByText('Landlines: 1').click();
  await expect.element(screen.getByRole('list', { name: 'Landlines' })).toHaveTextContent('029876543');
  // None of these is among the first: the whole list is read page by page.
  scripted.answer('recipients.leftOut', leftOut);
  scripted.answer('recipients.saveLeftOut', () => ({ rows: 300 }));
  scripted.answer('shell.files.chooseSave', () => ({ handle: HANDLE, name: 'out.csv' }));
  await screen.getByText('Over the limit of the day: 300').click();
  await screen.getByRole('button', { name: 'Show all 300: Over the limit of the day' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Over the limit of the day' });
  await expect.element(dialog.getByRole('table')).toHaveAttribute('aria-rowcount', '301');
  await expect.element(dialog.getByText('017120000', { exact: true })).toBeVisible();
  await expectAccessible(document.body);
  await dialog.getByRole('searchbox', { name: 'Search by number' }).fill('0299');
  await expect.element(dialog.getByText('01712000299')).toBeVisible();
  await dialog.getByRole('button', { name: 'Save as CSV' }).click();
  await expect.element(dialog.getByText('300 rows saved to out.csv.')).toBeVisible();
  expect(scripted.inputsOf('recipients.saveLeftOut')).toMatchObject([
    { reason: 'over-day-cap', save: HANDLE, request: { recipients: '01712345678' } },
  ]);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await screen.getByText('Cost by operator').click();
  const table = screen.getByRole('table', { name: 'Cost by operator' });
  const shown = [...table.element().querySelectorAll('tbody')].map((one) =>
    [...one.querySelectorAll('th, td')].map((cell) => cell.textContent),
  );
  expect(shown).toEqual([
    ['Grameenphone', '2', '4', '৳0.35', '৳1.40'],
    ['Operator not known', '1', '2', '৳0.40', '৳0.80'],
  ]);
  await screen.unmount();

  const bangla = await written(() => planned, 'bn');
  await expect.element(bangla.screen.getByText('দিনের সীমার বাইরে: ৩০০')).toBeVisible();
});
