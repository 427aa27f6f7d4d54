import { page, userEvent } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import { splitParts } from '#shared/sms/parts.ts';
import ComposePage from '../../../renderer/features/compose/ComposePage.svelte';
import { mount } from '../support/mount.ts';
import { BILL, script } from './fixtures.ts';

const CURLY =
  'Dear “parent”, we’ll be closed tomorrow — please keep children at home and wait for our next message. Thank you…';
const LONG = `${BILL}\n\n${BILL.replaceAll(' ', '  ')} 👩‍👩‍👧‍👦 ক্ষ্ম ত্‍ ${BILL}\n${BILL}\n\n${BILL}`;

async function write(text: string) {
  await page.viewport(1024, 640);
  const scripted = script();
  const { screen } = await mount(scripted, ComposePage, {});
  const field = screen.getByRole('textbox', { name: 'Message' });
  await field.fill(text);
  // Asked for by name: whether one is needed is seen only when the text is laid out, which may be later than this.
  await Promise.all([...document.fonts].map((font) => font.load()));
  const area = field.element() as HTMLTextAreaElement;
  const copy = area.parentElement?.querySelector('.copy') as HTMLElement;
  const marks = area.parentElement?.querySelector('.marks') as HTMLElement;
  return { screen, field, area, copy, marks, frame: area.parentElement?.parentElement as HTMLElement };
}

/** What the element shows, as an image. */
const picture = (element: Element) => page.screenshot({ element, base64: true, save: false });

/** The left edge and vertical middle of the character at `index` in the laid-out copy. */
function characterAt(copy: HTMLElement, index: number): { left: number; middle: number } {
  const range = document.createRange();
  const text = copy.firstChild as Text;
  const clusters = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text.data);
  const cluster = clusters.containing(index);
  range.setStart(text, cluster?.index ?? index);
  range.setEnd(text, (cluster?.index ?? index) + (cluster?.segment.length ?? 1));
  const rect = [...range.getClientRects()].at(-1) as DOMRect;
  return { left: rect.left, middle: (rect.top + rect.bottom) / 2 };
}

function expectMarksInPlace(text: string, copy: HTMLElement, marks: HTMLElement): void {
  const starts = splitParts(text)
    .parts.slice(1)
    .map((part) => part.start);
  const drawn = [...marks.querySelectorAll('[data-part]')].map((mark) => mark.getBoundingClientRect());
  expect(drawn).toHaveLength(starts.length);
  for (const [number, start] of starts.entries()) {
    const where = characterAt(copy, start);
    const mark = drawn[number] as DOMRect;
    expect(Math.abs(mark.left - where.left)).toBeLessThan(1.5);
    expect(mark.top).toBeLessThan(where.middle);
    expect(mark.bottom).toBeGreaterThan(where.middle);
  }
}

test('the copy under the text area is laid out exactly like the text area, pixel for pixel', async () => {
  const { area, copy, marks, frame, screen } = await write(LONG);
  area.blur();
  marks.style.display = 'none';
  const real = await picture(frame);
  area.style.color = 'transparent';
  copy.style.visibility = 'visible';
  const mirrored = await picture(frame);
  expect(mirrored).toBe(real);
  expect(area.scrollHeight).toBe(area.clientHeight);
  await screen.unmount();
});

test('part boundaries stand before the characters that begin a part: scrolled, narrow and after a change', async () => {
  const { area, copy, marks, frame, field } = await write(LONG);
  expectMarksInPlace(LONG, copy, marks);

  frame.style.flex = '0 0 160px';
  frame.style.minHeight = '0';
  frame.scrollTop = 120;
  expect(frame.scrollTop).toBeGreaterThan(0);
  expectMarksInPlace(LONG, copy, marks);

  frame.style.width = '231px';
  await vi.waitFor(() => expectMarksInPlace(LONG, copy, marks));

  await userEvent.click(area);
  await userEvent.keyboard('{Control>}{Home}{/Control}নতুন ');
  await expect.element(field).toHaveValue(`নতুন ${LONG}`);
  expectMarksInPlace(`নতুন ${LONG}`, copy, marks);
});

test('says what Bangla costs and what to cut, without scolding it', async () => {
  const { screen, marks } = await write(BILL);
  const meter = screen.getByRole('status', { name: 'Message parts' });
  await expect.element(meter).toHaveTextContent(/বাংলা · 106 of 134 units · 2 parts/);
  await expect.element(meter).toHaveTextContent(/Cut 36 units to make it 1 part\./);
  expect(marks.querySelectorAll('.underline')).toHaveLength(0);
  await expect.element(screen.getByRole('button', { name: /^Replace/ })).not.toBeInTheDocument();
});

test('replaces one kind of character or all of them, and the undo key takes it back', async () => {
  const { screen, field, marks } = await write(CURLY);
  const meter = screen.getByRole('status', { name: 'Message parts' });
  await expect.element(meter).toHaveTextContent(/Unicode · 112 of 134 units · 2 parts/);
  await expect.element(meter).toHaveTextContent(/Replace “ ” ’ … to save 1 part\./);
  expect(marks.querySelectorAll('.underline')).toHaveLength(5);

  await screen.getByRole('button', { name: 'Replace — with -' }).click();
  await expect.element(field).toHaveValue(CURLY.replace('—', '-'));
  await screen.getByRole('button', { name: 'Replace all' }).click();
  await expect
    .element(field)
    .toHaveValue(CURLY.replace(/[“”]/g, '"').replace('’', "'").replace('—', '-').replace('…', '...'));
  await expect.element(meter).toHaveTextContent(/Latin · 114 of 160 units · 1 part/);
  expect(marks.querySelectorAll('.underline')).toHaveLength(0);
  await userEvent.keyboard('{Control>}zz{/Control}');
  await expect.element(field).toHaveValue(CURLY);
});

test('offers to join Bangla letters written in two pieces', async () => {
  const spread = 'সময়ে '.repeat(12).trim().replaceAll('য়', 'য\u09bc');
  const { screen, field } = await write(spread);
  await expect
    .element(screen.getByRole('status', { name: 'Message parts' }))
    .toHaveTextContent(/joining them looks the same/);
  await screen.getByRole('button', { name: 'Join the letters' }).click();
  await expect.element(field).toHaveValue(spread.replaceAll('য\u09bc', '\u09df'));
  await expect.element(screen.getByRole('status', { name: 'Message parts' })).toHaveTextContent(/1 part/);
});

test('finds a character that has no plain form, and says when the text is too long', async () => {
  const { screen, area, field } = await write('See you 😀 at noon');
  await screen.getByRole('button', { name: 'Find 😀' }).click();
  expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe('😀');
  await field.fill('x'.repeat(1083));
  await expect.element(screen.getByText('3 characters too many for one message.')).toBeVisible();
});
