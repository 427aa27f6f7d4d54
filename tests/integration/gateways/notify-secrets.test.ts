import { afterEach, describe, expect, it } from 'vitest';
import type { AccountOptions } from '#shared/accounts/options.ts';
import { ok } from '#shared/result.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import { createLegacyGateway } from '../../../main/engine/gateways/legacy/legacy-gateway.ts';
import type { LegacyVariant } from '../../../main/engine/gateways/legacy/requests.ts';
import { createRestGateway } from '../../../main/engine/gateways/rest/rest-gateway.ts';
import { jsonAnswer, startRawServer } from './raw-server.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

type Variant = 'rest-json' | 'rest-xml' | LegacyVariant;

/** As the receiver makes it. */
const SECRET = 'aB3-dE_6gH9jK2mN5pQ8sT1vW4yZ7-bC0eF_iL3oR6u';
const URL_TOLD = `https://sms.example.com/in/${SECRET}/reports?a=1&b="2"`;
const MESSAGES = [{ to: '8801711000001', text: 'x'.repeat(200), ownId: null }];
const OPTIONS = { notify: { url: URL_TOLD, contentType: 'application/json' } } as const;

/** A gateway whose server repeats what it was asked, whole and with escaped slashes, and everything that is kept of it. */
async function start(protocol: Variant, options: AccountOptions) {
  const server = await startRawServer((socket, { head, body }) =>
    socket.write(jsonAnswer({ echo: body, head, slashes: URL_TOLD.replaceAll('/', '\\/') }, 400)),
  );
  open.push(server);
  const records: unknown[] = [];
  const address = {
    serverAddress: server.url,
    allowHttp: true,
    credentials: () => Promise.resolve(ok({ userName: 'office', password: 'password-1' })),
  };
  const common = { clock: systemClock, record: (exchange: unknown) => void records.push(exchange) };
  const gateway =
    protocol === 'rest-json' || protocol === 'rest-xml'
      ? createRestGateway(address, {
          ...common,
          format: protocol === 'rest-json' ? 'json' : 'xml',
          useGet: options.useGet === true,
          abilities: { advanced: true, logs: true, inbox: true, lookup: true },
        })
      : createLegacyGateway(address, { ...common, variant: protocol, options });
  open.push(gateway);
  return { server, gateway, records };
}

/** Whether a text holds the secret or eight characters of it in a row. */
const pieceOf = (text: string): string | undefined =>
  Array.from({ length: SECRET.length - 7 }, (_, at) => SECRET.slice(at, at + 8)).find((piece) =>
    text.includes(piece),
  );

describe('the unguessable address for pushes', () => {
  it.each<[Variant, AccountOptions]>([
    ['rest-json', {}],
    ['rest-xml', {}],
    ['rest-json', { useGet: true }],
    ['plain-v3', {}],
    ['plain-v3', { useGet: true }],
    ['xml-v3', {}],
    ['json-v3', {}],
  ])('is told by %s %j and kept nowhere', async (protocol, options) => {
    const { server, gateway, records } = await start(protocol, options);
    const outcome = await gateway.submit({ sender: 'MiM', messages: MESSAGES, options: OPTIONS });
    expect(pieceOf(JSON.stringify(server.requests))).toBeDefined();
    expect(records).toHaveLength(1);
    expect(JSON.stringify(records)).toContain('•••');
    expect(pieceOf(JSON.stringify([records, outcome]))).toBeUndefined();
  });

  it.each(['rest-json', 'rest-xml'] as const)(
    'is told by %s for number lookups and kept nowhere',
    async (protocol) => {
      const { server, gateway, records } = await start(protocol, {});
      const answers = await gateway.lookups?.notify?.(['8801711000001'], URL_TOLD);
      expect(pieceOf(JSON.stringify(server.requests))).toBeDefined();
      expect(pieceOf(JSON.stringify([records, answers]))).toBeUndefined();
    },
  );
});
