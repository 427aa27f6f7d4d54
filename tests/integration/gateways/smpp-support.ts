import { ok } from '#shared/result.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import type {
  Gateway,
  GatewayAddress,
  RawBody,
  SubmitOptions,
} from '../../../main/engine/gateways/gateway.ts';
import { createSmppGateway, type SmppGatewayDeps } from '../../../main/engine/gateways/smpp/smpp-gateway.ts';

/** A password that must be seen nowhere. */
export const CANARY = 'canaryPw';

const open: { close(): Promise<void> }[] = [];

/** Closes later what a test opened. */
export function closing<T extends { close(): Promise<void> }>(one: T): T {
  open.push(one);
  return one;
}

/** Closes what {@link closing} was given, the last first. */
export async function closeAll(): Promise<void> {
  for (const one of open.splice(0).reverse()) await one.close();
}

/** A gateway of an account on a server. */
export function connectSmpp(
  serverAddress: string,
  deps: Partial<SmppGatewayDeps> = {},
  address: Partial<GatewayAddress> = {},
): Gateway {
  return closing(
    createSmppGateway(
      {
        serverAddress,
        allowHttp: true,
        credentials: () => Promise.resolve(ok({ userName: 'office', password: CANARY })),
        ...address,
      },
      { clock: systemClock, options: {}, ...deps, timeouts: { unbind: 200, ...deps.timeouts } },
    ),
  );
}

/** A request of one message. */
export const sms = (text = 'Hello', to = '8801711000001', options?: SubmitOptions) => ({
  sender: 'Office',
  messages: [{ to, text, ownId: null }],
  ...(options && { options }),
});

/** Opens the stream and keeps what comes; `fails` makes storing fail while it gives `true`. */
export function listen(
  gateway: Gateway,
  fails: () => boolean = () => false,
): { bodies: (RawBody & { kind: 'report' | 'inbox' })[]; stop: () => void } {
  const bodies: (RawBody & { kind: 'report' | 'inbox' })[] = [];
  const stop = gateway.stream?.open((kind, raw) => {
    if (fails()) throw new Error('the disk is full');
    bodies.push({ kind, ...raw });
  });
  return { bodies, stop: stop ?? (() => undefined) };
}
