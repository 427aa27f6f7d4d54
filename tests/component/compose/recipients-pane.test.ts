import { userEvent } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import type { SendRequest, Source } from '#shared/ipc/plan.ts';
import type { DescribedSource, Found } from '#shared/ipc/recipients.ts';
import ComposePage from '../../../renderer/features/compose/ComposePage.svelte';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { planFor, script } from './fixtures.ts';

const PARENTS: Found = { kind: 'group', id: 3, name: 'অভিভাবক', smart: true, count: 1240 };
const RAHIM: Found = {
  kind: 'contact',
  id: 8,
  name: 'Rahim Uddin',
  msisdn: '8801712345678',
  doNotMessage: true,
  dead: false,
};

const DESCRIBED: Record<string, Omit<DescribedSource, 'source'>> = {
  group: { label: 'অভিভাবক', detail: '', count: 1240, gone: false, fields: ['class'] },
  contact: { label: 'Rahim Uddin', detail: '8801712345678', count: 1, gone: false, fields: [] },
  list: { label: 'fees.xlsx', detail: '', count: 80, gone: true, fields: ['due'] },
};

const describe = ({ sources }: { sources: Source[] }) =>
  sources.map((source) => ({ ...DESCRIBED[source.kind], source }));

const office = (answers: Parameters<typeof script>[0] = {}) =>
  script({
    'recipients.find': ({ search }: { search: string }) =>
      [PARENTS, RAHIM].filter((one) => one.name.toLowerCase().includes(search.toLowerCase())),
    'recipients.describe': describe,
    'campaigns.plan': (request: SendRequest) => planFor(request, { recipients: 1243, leftOut: 0 }),
    ...answers,
  });

/** Whoever knows files has read one. */
const addFile = (done: (listId: number) => void): void => done(7);

test('people and groups are found by typing, chosen with the keys, and become chips that can be removed', async () => {
  const scripted = office();
  const { screen } = await mount(scripted, ComposePage, {});
  const finder = screen.getByRole('combobox', { name: 'Find people and groups' });
  await finder.click();
  await expect
    .element(screen.getByRole('option', { name: /অভিভাবক.*smart group · 1,240 people/ }))
    .toBeVisible();
  await expectAccessible(document.body);
  await userEvent.keyboard('{ArrowDown}{Enter}');
  const chips = screen.getByRole('list', { name: 'Chosen people, groups and files' });
  await expect.element(chips.getByText('Rahim Uddin')).toBeVisible();
  await finder.fill('অভি');
  await expect.element(screen.getByRole('option')).toHaveTextContent('অভিভাবক');
  await userEvent.keyboard('{Enter}');
  await expect.element(chips.getByRole('listitem').nth(1)).toHaveTextContent(/অভিভাবক\s*1,240/);
  await expect.element(screen.getByText('1,243 people')).toBeVisible();
  await screen.getByRole('button', { name: 'Remove Rahim Uddin' }).click();
  expect(chips.getByRole('listitem').elements()).toHaveLength(1);
  await vi.waitFor(() =>
    expect((scripted.inputsOf('campaigns.plan') as SendRequest[]).at(-1)?.sources).toEqual([
      { kind: 'group', id: 3 },
    ]),
  );
});

test('the answer to a search that was changed since is dropped', async () => {
  const answers = new Map<string, (value: Found[]) => void>();
  const scripted = office({
    'recipients.find': ({ search }: { search: string }) =>
      new Promise((resolve) => answers.set(search, resolve)),
  });
  const { screen } = await mount(scripted, ComposePage, {});
  const finder = screen.getByRole('combobox', { name: 'Find people and groups' });
  await finder.fill('ra');
  await vi.waitFor(() => expect(answers.has('ra')).toBe(true));
  await finder.fill('ob');
  await vi.waitFor(() => expect(answers.has('ob')).toBe(true));
  answers.get('ob')?.([PARENTS]);
  await expect.element(screen.getByRole('option')).toHaveTextContent('অভিভাবক');
  answers.get('ra')?.([RAHIM]);
  await finder.fill('ob ');
  await expect.element(screen.getByRole('option')).toHaveTextContent('অভিভাবক');
  await userEvent.keyboard('{Escape}');
  await expect.element(finder).toHaveAttribute('aria-expanded', 'false');
});

test('a file is added by whoever knows files, and one that was removed says so', async () => {
  const scripted = office();
  const { screen } = await mount(scripted, ComposePage, { addFile });
  await screen.getByRole('button', { name: 'Add from file' }).click();
  await expect.element(screen.getByText('removed', { exact: true })).toBeVisible();
  await expect.element(screen.getByText('fees.xlsx')).toBeVisible();
  await screen.getByRole('textbox', { name: 'Message', exact: true }).fill('Hello');
  const send = screen.getByRole('button', { name: /^Send/ });
  await expect.element(send).toHaveAccessibleDescription(/was removed/);
  expect(scripted.inputsOf('campaigns.plan').length).toBeLessThanOrEqual(1);
});

test('dead numbers are left out until the user includes them', async () => {
  const scripted = office({
    'campaigns.plan': (request: SendRequest) =>
      planFor(request, { recipients: request.includeDead ? 83 : 80, dead: 3 }),
    'recipients.describe': (input: { sources: Source[] }) =>
      describe(input).map((one) => ({ ...one, gone: false })),
  });
  const { screen } = await mount(scripted, ComposePage, { addFile });
  await screen.getByRole('button', { name: 'Add from file' }).click();
  await screen.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await expect.element(screen.getByText('3 dead numbers are left out')).toBeVisible();
  await screen.getByRole('checkbox', { name: 'Send to dead numbers too' }).click();
  await expect.element(screen.getByRole('button', { name: /^Send 83 / })).toBeEnabled();
  await expect.element(screen.getByText('3 dead numbers are included')).toBeVisible();
});
