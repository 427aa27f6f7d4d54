import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Rule } from '#shared/contacts/rule.ts';
import { RuleDraft } from '../../../renderer/features/contacts/rule-draft.svelte.ts';
import { expectAccessible } from '../support/axe.ts';
import { group } from '../support/samples.ts';
import { refusal } from '../support/scripted-link.ts';
import { contactsWorld, openedContacts, QUIET, RAHIM } from './fixtures.ts';

type Opened = Awaited<ReturnType<typeof openedContacts>>;

async function choose({ screen }: Opened, name: string, option: string | RegExp, nth = 0): Promise<void> {
  await screen.getByRole('combobox', { name, exact: true }).nth(nth).click();
  await screen.getByRole('option', { name: option, exact: true }).click();
}

test('writes a rule with a level inside, counts whom it finds, and stores it', async () => {
  const opened = await openedContacts();
  const { screen, scripted } = opened;
  await screen.getByRole('button', { name: 'New smart group' }).click();
  const dialog = screen.getByRole('dialog', { name: 'New smart group' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect
    .element(dialog.getByRole('textbox', { name: 'Group name' }))
    .toHaveAccessibleDescription('Write a name.');
  await expect.element(dialog.getByText('Something is missing here.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Group name' }).fill('To be asked');

  await choose(opened, 'About', 'Class');
  await choose(opened, 'Test', 'is less than');
  await dialog.getByRole('textbox', { name: 'Value' }).fill('7');
  await dialog.getByRole('button', { name: 'Add conditions inside' }).click();
  await choose(opened, 'About', 'Wrote to us', 1);
  await choose(opened, 'Test', 'not in the last days', 1);
  await dialog.getByRole('textbox', { name: 'Days' }).fill('৯০');

  await expect.element(dialog.getByText('12 people now')).toBeVisible();
  await expect.element(dialog.getByText(/Rahim Uddin and রহিমা খাতুন …/)).toBeVisible();
  await expectAccessible(document.body);
  const rule: Rule = {
    match: 'all',
    of: [
      { about: 'field', field: 1, test: 'less', value: '7' },
      {
        match: 'any',
        of: [{ about: 'received', test: 'not-within', days: 90 }],
      },
    ],
  };
  expect(scripted.inputsOf('groups.preview').at(-1)).toEqual({ space: 'practice', rule });
  scripted.answer('groups.add', () => group({ id: 3, name: 'To be asked', rule }));
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(scripted.inputsOf('groups.add')).toEqual([{ space: 'practice', name: 'To be asked', rule }]);
  expect(scripted.inputsOf('contacts.list').at(-1)).toMatchObject({ filter: { group: 3 } });
});

test('drops a count that comes too late, and explains a rule whose group is gone', async () => {
  const world = contactsWorld();
  const broken: Rule = { match: 'any', of: [{ about: 'group', test: 'in', group: 77 }] };
  world.groups = [{ ...QUIET, rule: broken }];
  const answers: ((count: number) => void)[] = [];
  world.scripted.answer('groups.preview', async ({ rule }: { rule: Rule }) => {
    const [first] = rule.of;
    if (first && 'about' in first && first.about === 'group')
      throw refusal('RULE_BROKEN', { detail: 'group' });
    const count = await new Promise<number>((answer) => answers.push(answer));
    return { count, sample: [RAHIM] };
  });
  const opened = await openedContacts(world);
  const { screen } = opened;
  await screen.getByRole('button', { name: /^Quiet ones/ }).click();
  await screen.getByRole('button', { name: 'Change conditions' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Smart group' });
  await expect.element(dialog.getByText('These conditions cannot be asked.')).toBeVisible();
  await expect
    .element(dialog.getByRole('group', { name: 'Condition', exact: true }))
    .toHaveTextContent('This group was removed.');

  await choose(opened, 'About', 'Name');
  const value = dialog.getByRole('textbox', { name: 'Value' });
  await value.fill('Rahim');
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  await value.fill('Rahima');
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.(1);
  await expect.element(dialog.getByText('1 person now')).toBeVisible();
  answers[0]?.(99);
  await expect.element(dialog.getByText('These conditions cannot be asked.')).not.toBeInTheDocument();
  await expect.element(dialog.getByText('1 person now')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
});

test('a rule that is opened and stored again is the same rule, of whatever conditions', () => {
  const rule: Rule = {
    match: 'any',
    of: [
      { about: 'name', test: 'starts-with', value: 'Ra' },
      { about: 'note', test: 'empty', value: '' },
      { about: 'field', field: 1, test: 'more', value: '5' },
      { about: 'date', field: 2, test: 'within-next', value: '7' },
      { about: 'date', field: 2, test: 'before', value: '2015-01-01' },
      { about: 'number', value: '0171' },
      { about: 'operator', value: 'Robi' },
      { about: 'flag', flag: 'several-numbers', value: false },
      { about: 'sent', test: 'within', days: 30 },
      { about: 'delivered', test: 'ever' },
      { about: 'added', test: 'not-within', days: 365 },
      { about: 'import', import: 4 },
      { match: 'all', of: [{ match: 'any', of: [{ about: 'group', test: 'in', group: 1 }] }] },
    ],
  };
  expect(RuleDraft.from(rule).rule).toEqual(rule);
});
