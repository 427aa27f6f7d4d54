import { beforeAll, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { PersonMessage } from '#shared/ipc/contacts.ts';
import { useWindowHeight } from '../campaigns/window-height.ts';
import { expectAccessible } from '../support/axe.ts';
import { contactsWorld, openedContacts, RAHIM, RAHIMA } from './fixtures.ts';

beforeAll(useWindowHeight);

const sent: PersonMessage = {
  direction: 'out',
  at: 1_790_000_000_000,
  msisdn: '8801712345678',
  text: 'The meeting is on Sunday.',
  state: 'delivered',
  messageId: 71,
  campaignId: 7,
  campaignName: 'Parents’ meeting',
  parts: 1,
  price: { micros: 350_000, currency: 'BDT' },
};
const received: PersonMessage = {
  ...sent,
  direction: 'in',
  at: 1_790_000_900_000,
  text: 'আসব',
  state: null,
  messageId: null,
  campaignId: null,
  campaignName: null,
  parts: null,
  price: null,
};

test('shows who somebody is, the figures and every message, and leads to a message’s campaign', async () => {
  const world = contactsWorld();
  world.scripted.answer('contacts.history', () => ({ rows: [received, sent] }));
  const { screen, router, onwrite } = await openedContacts(world);
  await screen.getByRole('row', { name: /Rahim Uddin/ }).click();
  await expect.element(screen.getByRole('heading', { name: 'Rahim Uddin' })).toHaveFocus();
  const facts = screen.getByRole('region', { name: 'What is known' });
  await expect.element(facts).toHaveTextContent(/Grameenphone, looked up/);
  await expect.element(facts).toHaveTextContent(/Birthday ?09\/03\/2014/);
  await expect.element(facts).toHaveTextContent(/Charged ?৳1\.75/);
  const history = screen.getByRole('table', { name: 'Messages with this person' });
  await expect.element(history.getByRole('row', { name: /Received আসব/ })).toBeVisible();
  await expectAccessible(document.body);
  await screen.getByRole('button', { name: 'Write', exact: true }).click();
  expect(onwrite).toHaveBeenCalledWith([{ kind: 'contact', id: 1 }]);
  await history.getByRole('row', { name: /Delivered The meeting/ }).click();
  expect(router.current).toEqual({ name: 'campaign', space: 'practice', id: 7 });
});

test('allows a person again, admits that a prefix is a hint, and leads back to the same list', async () => {
  const world = contactsWorld();
  const { screen, scripted } = await openedContacts(world, { contact: 2 });
  const facts = screen.getByRole('region', { name: 'What is known' });
  await expect.element(facts).toHaveTextContent(/Given out by Robi; may have changed operator since\./);
  await expect.element(facts).toHaveTextContent(/Dead number ?Messages have failed for good since/);
  await expect.element(screen.getByRole('button', { name: 'Write', exact: true })).toBeDisabled();
  scripted.answer('doNotMessage.remove', () => {
    const [first, second] = RAHIMA.numbers;
    if (first && second)
      world.people = [RAHIM, { ...RAHIMA, numbers: [{ ...first, doNotMessage: false }, second] }];
    return null;
  });
  await screen.getByRole('button', { name: 'Allow again' }).click();
  await expect.element(screen.getByRole('button', { name: 'Write', exact: true })).toBeEnabled();
  expect(scripted.inputsOf('doNotMessage.remove')).toEqual([{ space: 'practice', msisdn: '8801812345679' }]);

  scripted.answer('contacts.remove', () => {
    world.people = [RAHIM];
    world.change();
    return { removal: 3, removed: 1 };
  });
  await userEvent.keyboard('{Escape}');
  const row = screen.getByRole('row', { name: /রহিমা/ });
  await expect.element(row).toBeVisible();
  await row.click();
  await screen.getByRole('button', { name: 'Remove' }).click();
  await expect.element(screen.getByText('“রহিমা খাতুন” is no longer in the contacts.')).toBeVisible();
  await expect.element(screen.getByRole('table', { name: 'Contacts' })).toBeVisible();
});
