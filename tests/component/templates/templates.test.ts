import { userEvent } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import type { Template } from '#shared/ipc/templates.ts';
import type { SendRequest } from '#shared/ipc/plan.ts';
import ComposeScreen from '../../../renderer/app/ComposeScreen.svelte';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { refusal } from '../support/scripted-link.ts';
import { script } from '../compose/fixtures.ts';

const template = (id: number, name: string, change: Partial<Template> = {}): Template => ({
  id,
  name,
  text: `${name} for {{name|Customer}}`,
  category: '',
  class: null,
  approvalId: '',
  createdAt: 1,
  changedAt: 1,
  used: 0,
  usedAt: null,
  ...change,
});

const FEES = template(1, 'Fees', { category: 'Money', class: 'promotional', approvalId: 'B-77', used: 12 });
const MEETING = template(2, 'Meeting', { text: 'The meeting is on Sunday.' });

function office(answers: Parameters<typeof script>[0] = {}) {
  let templates = [FEES, MEETING];
  return script({
    'templates.list': ({ search }: { search?: string }) =>
      templates.filter((one) => one.name.toLowerCase().includes((search ?? '').toLowerCase())),
    'templates.remove': ({ id }: { id: number }) => {
      templates = templates.filter((one) => one.id !== id);
      return null;
    },
    'templates.restore': () => {
      templates = [FEES, MEETING];
      return FEES;
    },
    ...answers,
  });
}

const message = (screen: Awaited<ReturnType<typeof mount>>['screen']) =>
  screen.getByRole('textbox', { name: 'Message', exact: true });

test('a template fills an empty text at once and brings its class; undo takes both back', async () => {
  const scripted = office();
  const { screen } = await mount(scripted, ComposeScreen, {});
  await screen.getByRole('textbox', { name: 'Recipients' }).fill('01712345678');
  await screen.getByRole('button', { name: 'Templates' }).click();
  const list = screen.getByRole('list', { name: 'Templates' });
  await expect
    .element(list.getByRole('listitem').first())
    .toHaveTextContent(/Fees.*Money · from 1 part · used 12 times · Promotional · Approval B-77/);
  await expectAccessible(document.body);
  await screen.getByRole('button', { name: 'Use Fees' }).click();
  await expect.element(message(screen)).toHaveValue(FEES.text);
  await vi.waitFor(() =>
    expect((scripted.inputsOf('campaigns.plan') as SendRequest[]).at(-1)?.templateId).toBe(1),
  );
  await screen.getByRole('button', { name: 'Undo' }).click();
  await expect.element(message(screen)).toHaveValue('');
});

test('a text that is there is replaced or kept, as the user says', async () => {
  const { screen } = await mount(office(), ComposeScreen, {});
  await message(screen).fill('Reminder: ');
  await screen.getByRole('button', { name: 'Templates' }).click();
  await screen.getByRole('button', { name: 'Use Meeting' }).click();
  await screen.getByRole('button', { name: 'Insert at the cursor' }).click();
  await expect.element(message(screen)).toHaveValue(`Reminder: ${MEETING.text}`);
  await screen.getByRole('button', { name: 'Templates' }).click();
  await screen.getByRole('button', { name: 'Use Fees' }).click();
  await screen.getByRole('button', { name: 'Replace the text' }).click();
  await expect.element(message(screen)).toHaveValue(FEES.text);
});

test('the list is searched and filtered by category, and a removed one comes back', async () => {
  const { screen } = await mount(office(), ComposeScreen, {});
  await screen.getByRole('button', { name: 'Templates' }).click();
  await screen.getByRole('searchbox', { name: 'Search templates' }).fill('fee');
  await expect.element(screen.getByRole('button', { name: 'Use Meeting' })).not.toBeInTheDocument();
  await screen.getByRole('searchbox', { name: 'Search templates' }).fill('');
  await screen.getByRole('combobox', { name: 'Category' }).click();
  await screen.getByRole('option', { name: 'Without category' }).click();
  await expect.element(screen.getByRole('button', { name: 'Use Meeting' })).toBeVisible();
  await screen.getByRole('combobox', { name: 'Category' }).click();
  await screen.getByRole('option', { name: 'All categories' }).click();
  await screen.getByRole('button', { name: 'Remove Fees' }).click();
  await expect.element(screen.getByText('“Fees” was removed.')).toBeVisible();
  await screen.getByRole('button', { name: 'Undo' }).click();
  await expect.element(screen.getByRole('button', { name: 'Use Fees' })).toBeVisible();
});

test('the present text becomes a template; what is wrong is said at the field', async () => {
  const scripted = office({
    'templates.add': (written: { name: string }) => {
      if (written.name === 'Fees') throw refusal('TEMPLATE_EXISTS');
      return template(3, written.name);
    },
  });
  const { screen } = await mount(scripted, ComposeScreen, {});
  await message(screen).fill('Dear {{name, closed today');
  await screen.getByRole('button', { name: 'Templates' }).click();
  await screen.getByRole('button', { name: 'Save this text as a template' }).click();
  await screen.getByRole('button', { name: 'Save template' }).click();
  await expect
    .element(screen.getByRole('textbox', { name: 'Name of the template' }))
    .toHaveAccessibleDescription(/Give it a name/);
  const text = screen.getByRole('textbox', { name: 'Text', exact: true });
  await expect.element(text).toHaveAccessibleDescription(/A field cannot be read/);
  await text.fill('Dear {{name}}, closed today');
  await screen.getByRole('textbox', { name: 'Name of the template' }).fill('Fees');
  await userEvent.keyboard('{Enter}');
  await expect
    .element(screen.getByRole('textbox', { name: 'Name of the template' }))
    .toHaveAccessibleDescription(/Another template has this name/);
  await screen.getByRole('textbox', { name: 'Name of the template' }).fill('Closed');
  await screen.getByRole('button', { name: 'Save template' }).click();
  await expect.element(screen.getByText('“Closed” was saved.')).toBeVisible();
  expect(scripted.inputsOf('templates.add').at(-1)).toMatchObject({
    space: 'practice',
    name: 'Closed',
    text: 'Dear {{name}}, closed today',
    class: null,
  });
});
