import { userEvent } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../../renderer/styles/index.css';
import { expectAccessible } from '../support/axe.ts';
import TableFixture from './TableFixture.svelte';

const rowsInDom = (): NodeListOf<HTMLElement> =>
  document.querySelectorAll<HTMLElement>('[role="row"][data-index]');

test('of 100,000 rows only the visible ones exist, each 32 px high, and the size is told', async () => {
  const screen = await render(TableFixture, { count: 100_000, onmore: vi.fn(), onopen: vi.fn() });
  const table = screen.getByRole('table', { name: 'Messages' });
  await expect.element(table).toHaveAttribute('aria-rowcount', '100001');
  await vi.waitFor(() => expect(rowsInDom().length).toBeGreaterThan(8));
  expect(rowsInDom().length).toBeLessThan(40);
  expect(rowsInDom()[0]?.getBoundingClientRect().height).toBeLessThanOrEqual(33);
  expect(screen.getByRole('cell', { name: '+880 171', exact: true }).elements()).toHaveLength(1);
  await expectAccessible(document.body);
});

test('the keyboard walks to rows that did not exist yet, and Enter opens the one it is on', async () => {
  const onopen = vi.fn();
  await render(TableFixture, { count: 500, onmore: vi.fn(), onopen });
  await vi.waitFor(() => expect(rowsInDom().length).toBeGreaterThan(8));
  await userEvent.tab();
  await vi.waitFor(() => expect(document.activeElement?.getAttribute('data-index')).toBe('0'));
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  await vi.waitFor(() => expect(onopen).toHaveBeenLastCalledWith(expect.objectContaining({ id: 2 })));
  await userEvent.keyboard('{End}');
  await vi.waitFor(() => expect(document.activeElement?.getAttribute('data-index')).toBe('499'));
  expect(document.activeElement?.getAttribute('aria-rowindex')).toBe('501');
  await userEvent.keyboard('{Home}{Enter}');
  await vi.waitFor(() => expect(onopen).toHaveBeenLastCalledWith(expect.objectContaining({ id: 0 })));
});

test('near the end it asks once for more, and again after the list has grown', async () => {
  const onmore = vi.fn();
  const screen = await render(TableFixture, { count: 100, onmore, onopen: vi.fn() });
  await vi.waitFor(() => expect(rowsInDom().length).toBeGreaterThan(8));
  expect(onmore).not.toHaveBeenCalled();
  rowsInDom()[0]?.focus();
  await userEvent.keyboard('{End}');
  await vi.waitFor(() => expect(onmore).toHaveBeenCalledTimes(1));
  await userEvent.keyboard('{ArrowUp}{ArrowUp}');
  expect(onmore).toHaveBeenCalledTimes(1);
  await screen.rerender({ count: 200 });
  await userEvent.keyboard('{End}');
  await vi.waitFor(() => expect(onmore).toHaveBeenCalledTimes(2));
});

test('a list that fills less than the window asks for more by itself', async () => {
  const onmore = vi.fn();
  await render(TableFixture, { count: 5, onmore, onopen: vi.fn() });
  await vi.waitFor(() => expect(onmore).toHaveBeenCalledTimes(1));
});

test('without rows it says what will be here', async () => {
  const screen = await render(TableFixture, { count: 0, onmore: vi.fn(), onopen: vi.fn() });
  await expect.element(screen.getByText('Nothing here yet')).toBeVisible();
});
