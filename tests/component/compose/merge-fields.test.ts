import { userEvent } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import type { Plan, SendRequest } from '#shared/ipc/plan.ts';
import type { MergedMessage } from '#shared/ipc/recipients.ts';
import ComposePage from '../../../renderer/features/compose/ComposePage.svelte';
import { addFallback, suggestFallback, viewFields } from '../../../renderer/features/compose/field-notes.ts';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { refusal } from '../support/scripted-link.ts';
import { planFor, script } from './fixtures.ts';

const PEOPLE = ['Rahim', 'Karim', ''];

function messageOf(request: SendRequest, index: number): MergedMessage {
  const name = PEOPLE[index] ?? '';
  return {
    index,
    name,
    msisdn: `880171234567${index}`,
    text: request.text.replace(
      /\{\{name(?:\|([^}]*))?\}\}/,
      (_, fallback?: string) => name || (fallback ?? ''),
    ),
    encoding: 'GSM-7',
    units: 20,
    parts: index + 1,
    fallbacks: name === '' ? ['name'] : [],
  };
}

const office = (over: Partial<Plan>, answers: Parameters<typeof script>[0] = {}) =>
  script({
    'campaigns.plan': (request: SendRequest) =>
      planFor(request, {
        partsMax: 3,
        partsPerMessage: 1,
        partsMin: 1,
        parts: 6,
        histogram: [
          { parts: 1, messages: 1 },
          { parts: 3, messages: 2 },
        ],
        ...over,
      }),
    'recipients.preview': ({ request, index }: { request: SendRequest; index: number }) => {
      if (index > 2) throw refusal('NOT_FOUND');
      return { message: messageOf(request, index), total: 3 };
    },
    ...answers,
  });

async function written(scripted: ReturnType<typeof script>, text: string) {
  const mounted = await mount(scripted, ComposePage, {});
  await mounted.screen
    .getByRole('textbox', { name: 'Recipients' })
    .fill('01712345670 01712345671 01712345672');
  await mounted.screen.getByRole('textbox', { name: 'Message' }).fill(text);
  return mounted;
}

test('the preview goes from person to person, with the text that each gets', async () => {
  const { screen } = await written(office({}), 'Dear {{name|Customer}}, hello');
  const phone = screen.getByRole('figure');
  await expect.element(phone).toHaveTextContent('Dear Rahim, hello');
  const steps = screen.getByRole('group', { name: 'Look through the messages' });
  await expect.element(steps.getByRole('button', { name: 'Previous message' })).toBeDisabled();
  await steps.getByRole('button', { name: 'Next message' }).click();
  await expect.element(phone).toHaveTextContent('Dear Karim, hello');
  await steps.getByRole('button', { name: 'Last message' }).click();
  await expect.element(phone).toHaveTextContent('Dear Customer, hello');
  await expect.element(steps).toHaveTextContent('No value for name; the fallback stands there.');
  await expect.element(steps).toHaveTextContent('3 parts');
  await steps.getByRole('textbox', { name: 'Go to number' }).fill('২');
  await userEvent.keyboard('{Enter}');
  await expect.element(phone).toHaveTextContent('Dear Karim, hello');
  await expectAccessible(document.body);
});

test('parts are told from fewest to most, with a table and the people who need more', async () => {
  const scripted = office(
    {},
    {
      'recipients.spilling': ({ request }: { request: SendRequest }) => ({
        rows: [messageOf(request, 2)],
      }),
    },
  );
  const { screen } = await written(scripted, 'Dear {{name|Customer}}, hello');
  await expect
    .element(screen.getByRole('status', { name: 'Message parts' }))
    .toHaveTextContent(/Latin · 1 to 3 parts, mostly 1.*Filled in for 3 people: 6 parts in all\./);
  await expect.element(screen.getByRole('table', { name: 'Parts of all messages' })).toBeInTheDocument();
  await screen.getByRole('button', { name: '2 people need 3 parts' }).click();
  await expect.element(screen.getByRole('dialog')).toHaveTextContent('Dear Customer, hello');
  expect(scripted.inputsOf('recipients.spilling')).toMatchObject([{ parts: 3 }]);
});

test('a field that nobody has blocks the sending, and is named and found', async () => {
  const scripted = office({ fields: [{ name: 'nmae', known: false, empty: 3, fallback: null }] });
  const { screen } = await written(scripted, 'Dear {{nmae}}, hello');
  const send = screen.getByRole('button', { name: /^Send/ });
  await expect.element(screen.getByText('Nobody has a field “nmae”.')).toBeVisible();
  await expect.element(send).toBeDisabled();
  await expect.element(send).toHaveAccessibleDescription(/A field of the message is unknown/);
  await vi.waitFor(() => expect(document.querySelectorAll('.field.unknown').length).toBeGreaterThan(0));
});

test('a broken field is named at once and nothing is asked of the engine', async () => {
  const scripted = office({});
  const { screen } = await written(scripted, 'Dear {{name, hello');
  await expect.element(screen.getByText(/opened with \{\{ but not closed/)).toBeVisible();
  await expect
    .element(screen.getByRole('button', { name: /^Send/ }))
    .toHaveAccessibleDescription('Put the broken field in the message right.');
  expect(scripted.inputsOf('campaigns.plan')).toHaveLength(0);
});

test('people without a value block the sending until a fallback is there', async () => {
  const scripted = office(
    {},
    {
      'campaigns.plan': (request: SendRequest) =>
        request.text.includes('|')
          ? planFor(request)
          : planFor(request, {
              fields: [{ name: 'name', known: true, empty: 1, fallback: null }],
              emptyRecipients: 1,
            }),
    },
  );
  const { screen } = await written(scripted, 'Dear {{name}}, hello');
  const send = screen.getByRole('button', { name: /^Send/ });
  await expect.element(screen.getByText('1 person has no “name”.')).toBeVisible();
  await expect.element(send).toHaveAccessibleDescription(/Add a fallback, or leave them out/);
  await screen.getByRole('button', { name: 'Add fallback' }).click();
  const field = screen.getByRole('textbox', { name: 'Message' });
  await expect.element(field).toHaveValue('Dear {{name|Customer}}, hello');
  await expect.element(send).toBeEnabled();
  const area = field.element() as HTMLTextAreaElement;
  expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe('Customer');
});

test('or until they are left out', async () => {
  const scripted = office({
    fields: [{ name: 'name', known: true, empty: 1, fallback: null }],
    emptyRecipients: 1,
  });
  const { screen } = await written(scripted, 'Dear {{name}}, hello');
  await screen.getByRole('radio', { name: 'Leave out this person' }).click();
  await expect.element(screen.getByRole('button', { name: /^Send 3 / })).toBeEnabled();
  expect((scripted.inputsOf('campaigns.plan') as SendRequest[]).at(-1)?.emptyFields).toBe('leave-out');
});

test('a field is put in at the cursor from the menu, with a fallback where one is likely to be needed', async () => {
  const { screen } = await written(office({}), 'Dear , hello');
  const field = screen.getByRole('textbox', { name: 'Message' });
  (field.element() as HTMLTextAreaElement).setSelectionRange(5, 5);
  await screen.getByRole('button', { name: 'Insert field' }).click();
  await screen.getByRole('menuitem', { name: /^name/ }).click();
  await expect.element(field).toHaveValue('Dear {{name|Customer}}, hello');
});

test('marks follow what is known, and a fallback goes to every place without one', () => {
  const text = 'প্রিয় {{নাম}}, {{ class | 1 }} {{নাম|x}} {{bad';
  const view = viewFields(text, [{ name: 'name', known: true, empty: 4, fallback: null }]);
  expect(view.marks.map((one) => one.look)).toEqual(['empty', 'field', 'field', 'fault']);
  expect(view.notes).toMatchObject([
    { kind: 'empty', name: 'নাম', people: 4 },
    { kind: 'fault', fault: 'unclosed' },
  ]);
  expect(suggestFallback('নাম', text)).toBe('গ্রাহক');
  expect(addFallback('{{a}} {{b}} {{ A }}', 'a', '-').text).toBe('{{a|-}} {{b}} {{ A |-}}');
});
