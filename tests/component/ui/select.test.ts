import { userEvent } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { expectAccessible } from '../support/axe.ts';
import SelectFixture from './SelectFixture.svelte';

test('is a combobox with the name of its label and takes a choice by mouse and by keyboard', async () => {
  const onchange = vi.fn();
  const screen = await render(SelectFixture, { onchange });
  const box = screen.getByRole('combobox', { name: 'Sender' });
  await expect.element(box).toHaveTextContent('GVSchool');

  await box.click();
  await expectAccessible(document.body);
  await screen.getByRole('option', { name: /8809617000000/ }).click();
  await expect.element(box).toHaveTextContent('8809617000000');

  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByRole('option', { name: /GVSchool/ })).toBeVisible();
  await userEvent.keyboard('{ArrowUp}{Enter}');
  await expect.element(box).toHaveTextContent('GVSchool');
  expect(onchange.mock.calls.map(([value]) => value)).toEqual(['b', 'a']);
});
