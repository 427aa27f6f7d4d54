import { expect, test, vi } from 'vitest';
import { csvOf } from '../../../renderer/features/lookups/facts.ts';
import KnownTab from '../../../renderer/features/lookups/KnownTab.svelte';
import LookupTab from '../../../renderer/features/lookups/LookupTab.svelte';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { facts, lookup, lookupRows } from '../support/samples.ts';
import {
  feed,
  PRACTICE_ACCOUNT,
  refusal,
  REST_CAPABILITIES,
  scriptedLink,
} from '../support/scripted-link.ts';

function script(answers: Parameters<typeof scriptedLink>[0] = {}) {
  return scriptedLink({
    'lookups.plan': () => ({ numbers: 4, invalid: 1, duplicates: 2 }),
    'lookups.start': () => lookup(),
    'lookups.list': () => ({ rows: [] }),
    'lookups.watch': () => feed(lookup()).open(),
    'lookups.rows': () => ({ rows: lookupRows }),
    'contacts.numbers': () => ({ numbers: '8801912345678\n8801812345678', count: 2, more: false }),
    'lookups.known': () => ({ rows: [{ msisdn: '8801712345678', facts: facts(), at: 1_790_000_000_000 }] }),
    ...answers,
  });
}

const opened = (scripted = script(), numbers = '') => mount(scripted, LookupTab, { numbers });

async function started(scripted = script()) {
  const { screen, router } = await opened(scripted);
  await screen.getByRole('textbox', { name: 'Numbers' }).fill('01712345678');
  await screen.getByRole('button', { name: 'Look up 4 numbers' }).click();
  return { screen, router, scripted };
}

test('says what would be asked, starts, and shows results with marks and words', async () => {
  const { screen, scripted } = await started();
  await expect.element(screen.getByRole('progressbar', { name: 'Lookup progress' })).toBeVisible();
  await expect.element(screen.getByText('2.5 a second')).toBeVisible();
  await expect
    .element(screen.getByRole('row', { name: /1712-345678 Grameenphone Bangladesh Yes No No/ }))
    .toBeVisible();
  await expect.element(screen.getByRole('row', { name: /1712-345679 Robi/ })).toBeVisible();
  const plain = screen.getByText('No mobile network knows this number.');
  await expect.element(plain).toHaveAttribute('title', expect.stringContaining('EC_UNKNOWN_SUBSCRIBER (1)'));
  expect(scripted.inputsOf('lookups.start')).toEqual([
    { accountId: 'practice', numbers: '01712345678', mode: 'sync' },
  ]);
  await expectAccessible(document.body);
});

test('says the problem in the words of the language; a code that nobody knows stays as it came', async () => {
  const [row] = lookupRows.slice(2);
  const unheard = { ...facts({ errorId: 9_999, errorName: 'EC_UNHEARD_OF', permanent: true }) };
  const rows = [row, { ...row, msisdn: '8801712345699', facts: unheard }];
  const { screen } = await mount(
    script({ 'lookups.rows': () => ({ rows }) }),
    LookupTab,
    { numbers: '' },
    { language: 'bn' },
  );
  await screen.getByRole('textbox', { name: 'নম্বর' }).fill('01712345678');
  await screen.getByRole('button', { name: /নম্বর যাচাই করুন/ }).click();
  await expect.element(screen.getByText('কোনো মোবাইল নেটওয়ার্কে এই নম্বরটি নেই।')).toBeVisible();
  await expect.element(screen.getByText(/EC_UNHEARD_OF/)).toBeVisible();
});

test.each(['en', 'bn'] as const)('no fact is cut in the narrowest table: %s', async (language) => {
  const { screen } = await mount(script(), KnownTab, {}, { language });
  const table = screen.getByRole('table');
  await expect.element(table.getByText('Bangladesh')).toBeVisible();
  const element = table.element() as HTMLElement;
  element.style.width = '300px';
  const cut = [...element.querySelectorAll<HTMLElement>('.cell')].filter(
    (cell) => cell.scrollWidth > cell.clientWidth,
  );
  expect(cut.map((cell) => cell.textContent.trim())).toEqual([]);
});

test('shows only one kind, reading on until it finds some', async () => {
  const { screen, scripted } = await started(
    script({
      'lookups.rows': ({ cursor }: { cursor?: string }) =>
        cursor === undefined ? { rows: lookupRows.slice(0, 2), next: '2' } : { rows: lookupRows.slice(2) },
    }),
  );
  await screen.getByRole('button', { name: 'Not reachable' }).click();
  await expect.element(screen.getByRole('row', { name: /1712-345680/ })).toBeVisible();
  await expect.element(screen.getByRole('row', { name: /1712-345678/ })).not.toBeInTheDocument();
  expect(scripted.inputsOf('lookups.rows').length).toBeGreaterThan(1);
});

test('stops, and goes on with what has no answer', async () => {
  const watched = feed(lookup());
  const { screen, scripted } = await started(
    script({
      'lookups.watch': () => watched.open(),
      'lookups.stop': () => {
        watched.push(lookup({ state: 'stopped', ratePerSecond: null, timeLeft: null }));
        return null;
      },
      'lookups.resume': () => null,
    }),
  );
  await screen.getByRole('button', { name: 'Stop' }).click();
  await screen.getByRole('button', { name: 'Go on' }).click();
  expect(scripted.inputsOf('lookups.resume')).toEqual([{ space: 'practice', id: 3 }]);
});

test('the background way needs the receiver and leads there', async () => {
  const scripted = script({
    'lookups.start': () => {
      throw refusal('RECEIVER_FAILED');
    },
  });
  const { screen, router } = await opened(scripted);
  await screen.getByRole('textbox', { name: 'Numbers' }).fill('01712345678');
  await screen.getByRole('radio', { name: 'In the background' }).click();
  await screen.getByRole('button', { name: 'Look up 4 numbers' }).click();
  await screen.getByRole('button', { name: 'Open Receiving' }).click();
  expect(router.current).toEqual({ name: 'settings', section: 'receiving' });
  expect(scripted.inputsOf('lookups.start')).toMatchObject([{ mode: 'async' }]);
});

test('an account without lookup says so instead of failing later', async () => {
  const account = {
    ...PRACTICE_ACCOUNT,
    path: { ...PRACTICE_ACCOUNT.path, capabilities: { ...REST_CAPABILITIES, lookup: 'none' as const } },
  };
  const { screen } = await opened(script({ 'accounts.watch': () => feed([account]).open() }));
  await expect.element(screen.getByText('This account cannot look up numbers')).toBeVisible();
  await screen.getByRole('textbox', { name: 'Numbers' }).fill('01712345678');
  await expect.element(screen.getByRole('button', { name: 'Look up 4 numbers' })).toBeDisabled();
});

test('a dropped text file is added below what is written', async () => {
  const scripted = script();
  const { screen } = await opened(scripted);
  const box = screen.getByRole('textbox', { name: 'Numbers' });
  await box.fill('01712345678');
  const data = new DataTransfer();
  data.items.add(new File(['01812345678\n01912345678'], 'numbers.txt', { type: 'text/plain' }));
  box.element().dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  await expect.element(box).toHaveValue('01712345678\n01812345678\n01912345678');
  await vi.waitFor(() =>
    expect(scripted.inputsOf('lookups.plan').at(-1)).toEqual({
      numbers: '01712345678\n01812345678\n01912345678',
    }),
  );
});

test('the numbers of the contacts are added below what is written', async () => {
  const scripted = script();
  const { screen } = await opened(scripted);
  const box = screen.getByRole('textbox', { name: 'Numbers' });
  await box.fill('01712345678');
  await screen.getByRole('button', { name: 'From contacts' }).click();
  await expect.element(box).toHaveValue('01712345678\n8801912345678\n8801812345678');
  expect(scripted.inputsOf('contacts.numbers')).toEqual([{ space: 'practice', filter: {} }]);
  await expect.element(screen.getByRole('button', { name: 'Look up 4 numbers' })).toBeEnabled();
});

test('says when there are no contacts, and when not all fit', async () => {
  const scripted = script({ 'contacts.numbers': () => ({ numbers: '', count: 0, more: false }) });
  const { screen } = await opened(scripted);
  const button = screen.getByRole('button', { name: 'From contacts' });
  await button.click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent('There are no contacts yet.');
  scripted.answer('contacts.numbers', () => ({ numbers: '8801912345678', count: 1, more: true }));
  await button.click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent('at most 100,000 numbers');
  await expect.element(screen.getByRole('textbox', { name: 'Numbers' })).toHaveValue('8801912345678');
});

test('numbers that were handed over are written in the form already', async () => {
  const { screen } = await opened(script(), '8801612345678');
  await expect.element(screen.getByRole('textbox', { name: 'Numbers' })).toHaveValue('8801612345678');
  await expect.element(screen.getByRole('button', { name: 'Look up 4 numbers' })).toBeEnabled();
});

test('what is known of numbers is listed and searched', async () => {
  const scripted = script();
  const { screen } = await mount(scripted, KnownTab, {});
  await expect.element(screen.getByRole('row', { name: /1712-345678 Grameenphone/ })).toBeVisible();
  await screen.getByRole('searchbox', { name: 'Search numbers' }).fill('5678');
  await vi.waitFor(() => expect(scripted.inputsOf('lookups.known').at(-1)).toMatchObject({ search: '5678' }));
});

test('a copied table quotes what must be quoted and disarms formulas', () => {
  expect(csvOf([['Robi, Axiata', '=1+1', 'a "b"', '8801712345678']])).toBe(
    '"Robi, Axiata",\'=1+1,"a ""b""",8801712345678\r\n',
  );
});
