import { implement, ORPCError } from '@orpc/server';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { appError } from '#shared/errors.ts';
import { call, live } from '#shared/ipc/base.ts';
import { err } from '#shared/result.ts';
import { liveStream } from '../../../main/ipc/live-stream.ts';
import { unwrap } from '../../../main/ipc/refusal.ts';
import { createLog } from '../../../main/logging/log.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { served } from './served.ts';

const contract = {
  echo: call('NOT_FOUND')
    .input(v.object({ word: v.string(), at: v.optional(v.object({ n: v.number() })) }))
    .output(v.string()),
  fail: call('NOT_FOUND')
    .input(v.object({ how: v.picklist(['typed', 'bug', 'full', 'shape', 'undeclared']) }))
    .output(v.string()),
  nested: { ticks: call().output(live(v.number())) },
};

function build(options: Parameters<typeof served>[2] = {}) {
  const os = implement(contract);
  const listeners = new Set<() => void>();
  const state = { value: 0, broken: false };
  const router = os.router({
    echo: os.echo.handler(({ input }) => input.word),
    fail: os.fail.handler(({ input }) => {
      switch (input.how) {
        case 'typed':
          return unwrap(err(appError('NOT_FOUND', { detail: 'gone' })));
        case 'undeclared':
          return unwrap(err(appError('STORE_FULL')));
        case 'full':
          throw new RangeError('disk');
        case 'shape':
          return JSON.parse('5');
        case 'bug':
          throw new Error('password=hunter2 in the stack');
      }
    }),
    nested: {
      ticks: os.nested.ticks.handler(({ signal }) =>
        liveStream(
          (changed) => {
            listeners.add(changed);
            return () => listeners.delete(changed);
          },
          () => {
            if (state.broken) throw new Error('stream bug');
            return state.value;
          },
          { signal, perSecond: 1000 },
        ),
      ),
    },
  });
  const change = (value: number) => {
    state.value = value;
    for (const listener of listeners) listener();
  };
  return { ...served(contract, router, options), listeners, change, state };
}

const wire = (id: string, path: string, json: unknown) =>
  JSON.stringify({ i: id, p: { u: path, b: { json } } });
const stillAnswers = async (server: ReturnType<typeof build>) =>
  expect(await server.client.echo({ word: 'alive' })).toBe('alive');

describe('calls', () => {
  it('carries a declared refusal with its facts', async () => {
    const failure = await build()
      .client.fail({ how: 'typed' })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ defined: true, code: 'NOT_FOUND', data: { detail: 'gone' } });
  });

  it('carries a code that the call did not declare', async () => {
    const failure = await build()
      .client.fail({ how: 'undeclared' })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ORPCError);
    expect(failure).toMatchObject({ code: 'STORE_FULL' });
  });

  it('names a known condition behind an exception', async () => {
    const classify = (error: unknown) => (error instanceof RangeError ? appError('STORE_FULL') : null);
    const failure = await build({ classify })
      .client.fail({ how: 'full' })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'STORE_FULL' });
  });

  it.each(['bug', 'shape'] as const)(
    'logs an unexpected failure (%s) and gives only its id away',
    async (how) => {
      const dir = tempFolder();
      const server = build({ log: createLog({ dir, name: 'ipc', level: 'info' }) });
      const failure = await server.client.fail({ how }).catch((error: unknown) => error);
      expect(failure).toMatchObject({
        defined: true,
        code: 'UNEXPECTED',
        data: { incident: expect.any(String) },
      });
      const incident = failure instanceof ORPCError ? failure.data.incident : '';
      expect(JSON.stringify(failure)).not.toMatch(/stack|hunter2|serve-port/);
      const lines = readFileSync(path.join(dir, 'ipc.log'), 'utf8').trim().split('\n');
      expect(lines.filter((line) => line.includes(incident))).toHaveLength(1);
      expect(lines.join()).not.toContain('hunter2');
      await stillAnswers(server);
    },
  );
});

describe('a hostile page', () => {
  it.each([
    ['wrong type', { word: 5 }, 'word'],
    ['missing field', {}, 'word'],
    ['no object', 'canary-value', undefined],
    ['deeper field', { word: 'a', at: { n: 'canary-value' } }, 'at.n'],
  ])('is told which field is wrong, not what stood in it: %s', async (_name, json, field) => {
    const server = build();
    const answer = await server.raw((id) => wire(id, '/echo', json));
    expect(answer.p.b?.json?.code).toBe('INVALID_INPUT');
    expect(answer.p.b?.json?.data?.['field']).toBe(field);
    expect(JSON.stringify(answer)).not.toContain('canary-value');
    await stillAnswers(server);
  });

  it.each([
    '/nothing',
    '/__proto__',
    '/constructor',
    '/toString',
    '/echo/__proto__',
    '/nested',
    '/nested/constructor/prototype',
    '/%5f%5fproto%5f%5f',
    '/',
    '//echo',
    '/~orpc',
  ])('gets nothing from the name %s', async (name) => {
    const server = build();
    const answer = await server.raw((id) => wire(id, name, { word: 'x' }));
    expect(answer.p.b?.json?.code).toBe('NOT_FOUND');
    await stillAnswers(server);
  });

  it.each([
    ['an absolute address', 'http://evil.example/echo'],
    ['a number', 7],
    ['an endless name', `/${'a'.repeat(5000)}`],
  ])('is refused %s as a name', async (_name, u) => {
    const server = build();
    const answer = await server.raw((id) => JSON.stringify({ i: id, p: { u, b: {} } }));
    expect(answer.p.b?.json?.code).toBe('INVALID_INPUT');
    await stillAnswers(server);
  });

  it('cannot set prototypes by its input', async () => {
    const server = build();
    const answer = await server.raw(
      (id) => `{"i":"${id}","p":{"u":"/echo","b":{"json":{"__proto__":{"word":"polluted"},"word":5}}}}`,
    );
    expect(answer.p.b?.json?.code).toBe('INVALID_INPUT');
    const meta = await server.raw(
      (id) => `{"i":"${id}","p":{"u":"/echo","b":{"json":{"word":"x"},"meta":[[1,"__proto__","word"]]}}}`,
    );
    expect(meta.p.b?.json?.code).toBe('INVALID_INPUT');
    expect(Reflect.get({}, 'word')).toBeUndefined();
    await stillAnswers(server);
  });

  it('is told that a message is too large, before it is parsed', async () => {
    const server = build({ maxBytes: 10_000 });
    const answer = await server.raw((id) => wire(id, '/echo', { word: 'x'.repeat(20_000) }));
    expect(answer.p.b?.json).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', data: { limit: 10_000 } });
    const bangla = await server.raw((id) => wire(id, '/echo', { word: 'ক'.repeat(4_000) }));
    expect(bangla.p.b?.json?.code).toBe('PAYLOAD_TOO_LARGE');
    expect(await server.client.echo({ word: 'ক'.repeat(3_000) })).toHaveLength(3_000);
    await stillAnswers(server);
  });

  it('loses its port for an oversized message without an id', async () => {
    const server = build({ maxBytes: 10_000 });
    const closed = new Promise<void>((resolve) => server.port.once('close', resolve));
    server.port.postMessage('x'.repeat(20_000));
    await closed;
    expect(server.listeners.size).toBe(0);
  });

  it('does not exhaust the stack with deep nesting', async () => {
    const server = build();
    const depth = 500_000;
    const deep = await server.raw(
      (id) =>
        `{"i":"${id}","p":{"u":"/echo","b":{"json":{"word":${'['.repeat(depth)}${']'.repeat(depth)}}}}}`,
    );
    expect(deep.p.b?.json?.code).toBe('INVALID_INPUT');
    await stillAnswers(server);
  });

  it('is answered for cloned objects, and ignored for what has no id', async () => {
    const server = build();
    const cloned = await server.raw((id) => ({ i: id, p: { u: '/echo', b: { json: { word: 'x' } } } }));
    expect(cloned.p.b?.json?.code).toBe('INVALID_INPUT');
    for (const junk of [
      null,
      7,
      'not json',
      '[]',
      '{"i":5}',
      new Map(),
      new Uint8Array(9),
      '{"i":"","p":{}}',
    ]) {
      server.port.postMessage(junk);
    }
    await stillAnswers(server);
  });

  it('may not stream towards us or use other methods', async () => {
    const server = build();
    for (const part of [
      { t: 3, p: { e: 'message', d: 1 } },
      { t: 2, p: {} },
      { t: 'x', p: {} },
      { p: { u: '/echo', m: 'GET' } },
    ]) {
      const answer = await server.raw((id) => JSON.stringify({ i: id, ...part }));
      expect(answer.p.b?.json?.code).toBe('INVALID_INPUT');
    }
    await stillAnswers(server);
  });

  it('gets a code for whatever it sends as a call', async () => {
    const server = build();
    const body = fc.oneof(
      fc.json().map((text) => JSON.parse(text)),
      fc.record({ json: fc.anything({ withNullPrototype: false }), meta: fc.anything() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('/echo', '/fail', '/nested/ticks', '/x'), body, async (u, b) => {
        const answer = await server.raw((id) => JSON.stringify({ i: id, p: { u, b } }));
        const { s, b: result } = answer.p;
        return s === undefined || ['INVALID_INPUT', 'NOT_FOUND'].includes(result?.json?.code ?? '');
      }),
      { numRuns: 300 },
    );
    await stillAnswers(server);
  });
});

describe('streams', () => {
  it('ends its subscription when the reader leaves', async () => {
    const server = build();
    const stream = await server.client.nested.ticks();
    expect(await stream.next()).toEqual({ done: false, value: { seq: 0, value: 0 } });
    expect(server.listeners.size).toBe(1);
    await stream.return?.();
    await stillAnswers(server);
    expect(server.listeners.size).toBe(0);
  });

  it('ends its subscription when the port closes', async () => {
    const server = build();
    const stream = await server.client.nested.ticks();
    await stream.next();
    server.change(3);
    expect(await stream.next()).toEqual({ done: false, value: { seq: 1, value: 3 } });
    const pending = stream.next().catch((error: unknown) => error);
    server.stop();
    await pending;
    expect(server.listeners.size).toBe(0);
  });

  it('gives an unexpected failure inside a stream as an incident', async () => {
    const server = build();
    const stream = await server.client.nested.ticks();
    await stream.next();
    server.state.broken = true;
    server.change(1);
    const failure = await stream.next().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'UNEXPECTED', data: { incident: expect.any(String) } });
    expect(server.listeners.size).toBe(0);
    await stillAnswers(server);
  });
});
