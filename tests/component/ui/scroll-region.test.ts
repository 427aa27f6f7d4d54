import { createRawSnippet } from 'svelte';
import { userEvent } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../../renderer/styles/index.css';
import ScrollRegion from '../../../renderer/ui/ScrollRegion.svelte';
import { expectAccessible } from '../support/axe.ts';

const long = createRawSnippet(() => ({
  render: () =>
    `<ol>${Array.from({ length: 60 }, (_, index) => `<li>Line ${String(index)}</li>`).join('')}</ol>`,
}));

/** A parent as the screens have it: a column that is lower than what stands in it. */
function lowColumn(): HTMLElement {
  const parent = document.body.appendChild(document.createElement('div'));
  Object.assign(parent.style, { display: 'flex', flexDirection: 'column', maxHeight: '120px' });
  return parent;
}

test('it keeps to the height of its parent and is reached and scrolled by keyboard', async () => {
  const screen = await render(ScrollRegion, {
    target: lowColumn(),
    props: { label: 'Changes', children: long },
  });
  const region = screen.getByRole('region', { name: 'Changes' });
  expect(region.element().clientHeight).toBe(120);
  await userEvent.tab();
  expect(document.activeElement).toBe(region.element());
  await userEvent.keyboard('{End}');
  await vi.waitFor(() => expect(region.element().scrollTop).toBeGreaterThan(200));
  await expectAccessible(region.element());
});

test('from the end, the newest line stays in view', async () => {
  const props = { role: 'group' as const, label: 'Thread', fromEnd: true, children: long };
  const screen = await render(ScrollRegion, { target: lowColumn(), props });
  const region = screen.getByRole('group', { name: 'Thread' }).element().getBoundingClientRect();
  const last = screen.getByText('Line 59').element().getBoundingClientRect();
  expect(last.bottom).toBeLessThanOrEqual(region.bottom + 1);
  expect(last.top).toBeGreaterThan(region.top);
});
