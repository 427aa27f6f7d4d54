import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { act, actAs, type Acting, type ActingAs } from '../../../renderer/lib/act.ts';

const idle = (): Acting => ({ busy: false, error: null });

test('a second wish while the first is under way does nothing', async () => {
  const model = idle();
  let finish: () => void = () => undefined;
  const first = act(model, () => new Promise<void>((resolve) => (finish = resolve)));
  expect(model.busy).toBe(true);
  let isCalled = false;
  expect(await act(model, () => Promise.resolve((isCalled = true)))).toBe(false);
  expect(isCalled).toBe(false);
  expect(model.busy).toBe(true);
  finish();
  expect(await first).toBe(true);
  expect(model).toEqual(idle());
});

test('a failure is kept as a typed error until the next wish, which can be made at once', async () => {
  const model = idle();
  expect(await act(model, () => Promise.reject(new ORPCError('STORE_FULL')))).toBe(false);
  expect(model).toMatchObject({ busy: false, error: { code: 'STORE_FULL' } });
  let during: Acting['error'] = { code: 'UNEXPECTED' };
  await act(model, () => Promise.resolve((during = model.error)));
  expect(during).toBeNull();
  expect(model.error).toBeNull();
});

test('a call that throws before it gives a promise is a failure like any other', async () => {
  const model = idle();
  const isDone = await act(model, () => {
    throw new Error('no such thing');
  });
  expect(isDone).toBe(false);
  expect(model).toMatchObject({ busy: false, error: { code: 'UNEXPECTED' } });
});

test('a model with several actions tells which one is under way', async () => {
  const model: ActingAs<'save' | 'test'> = { busy: null, error: null };
  let during: string | null = null;
  expect(await actAs(model, 'save', () => Promise.resolve((during = model.busy)))).toBe(true);
  expect(during).toBe('save');
  expect(await actAs(model, 'test', () => Promise.reject(new Error('refused')))).toBe(false);
  expect(model).toMatchObject({ busy: null, error: { code: 'UNEXPECTED' } });
});
