import type { Capabilities } from '#shared/accounts/capabilities.ts';
import type { SmppOptions } from '#shared/accounts/options.ts';
import { readServerAddress } from '#shared/accounts/server-address.ts';
import { type AppError, appError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../../../logging/log.ts';
import type { Clock } from '../../clock.ts';
import type { Gateway, GatewayAddress, SubmitOutcome, SubmitRequest } from '../gateway.ts';
import { refuseSchedule } from '../refuse-schedule.ts';
import { type BindCommand, openSession } from './bind.ts';
import { compose } from './compose.ts';
import { DEFAULT_TIMEOUTS, type SmppTimeouts } from './connection.ts';
import { createDeliveries } from './deliveries.ts';
import { createLink, type Link } from './link.ts';
import { createLookups } from './lookups.ts';
import { LONGEST_RELATIVE_MS } from './relative-time.ts';
import { submitMessage } from './submit.ts';

const DEFAULT_WINDOW = 10;
/** The platform closes a session after 30 s of silence (facts of the platform, "SMPP"). */
const DEFAULT_ENQUIRE_SECONDS = 20;
/** How long the receipt of a number context request is waited for, in ms. */
const LOOKUP_WAIT_MS = 60_000;

/** What {@link createSmppGateway} may be told. */
export type SmppGatewayDeps = {
  readonly clock: Clock;
  readonly log?: Log;
  readonly options: SmppOptions;
  /** `lookup`: how long the receipt of a number context request is waited for, in ms; 60 s by default. */
  readonly timeouts?: Partial<SmppTimeouts> & { readonly lookup?: number };
  /** Numbers from 0 to 1 that pauses vary by. */
  readonly random?: () => number;
  /** Authorities that are trusted instead of the usual ones. */
  readonly ca?: string | Buffer;
};

/**
 * The gateway of an account that speaks SMPP 3.4. It connects when it is first needed and stays connected; without a need it
 * does nothing at all. A bad address or missing consent does not throw: every call answers with it.
 *
 * The line between `not-sent` and `unknown` is whether any octet of the `submit_sm` was handed to a bound session.
 */
export function createSmppGateway(address: GatewayAddress, deps: SmppGatewayDeps): Gateway {
  const { clock, log, options, random = Math.random } = deps;
  const timeouts = { ...DEFAULT_TIMEOUTS, ...deps.timeouts };
  const server = readServerAddress(address.serverAddress, address.allowHttp, 'smpp');
  const mode = options.bind ?? 'transceiver';
  const receives = mode !== 'transmitter';

  const openLink = (command: BindCommand): Link =>
    createLink({
      clock,
      log,
      random,
      open: (onClosed) =>
        server.ok
          ? openSession(
              { ...server.value, ca: deps.ca },
              command,
              options.systemType ?? '',
              address.credentials,
              {
                clock,
                log,
                timeouts,
                window: options.window ?? DEFAULT_WINDOW,
                enquireMs: (options.enquireSeconds ?? DEFAULT_ENQUIRE_SECONDS) * 1_000,
                onDelivery: deliveries.take,
                onClosed,
              },
            )
          : Promise.resolve(server),
    });
  const link = openLink(mode === 'transceiver' ? 'bind_transceiver' : 'bind_transmitter');
  const receiver = mode === 'transmitter-and-receiver' ? openLink('bind_receiver') : link;
  const lookups = createLookups({
    clock,
    options,
    link,
    receiver,
    waitMs: deps.timeouts?.lookup ?? LOOKUP_WAIT_MS,
  });
  const deliveries = createDeliveries({ clock, log, claim: lookups.claim });
  // Any start will do: two senders with the same reference at the same time are told apart by their numbers.
  let reference = Math.floor(random() * 256);

  return {
    capabilities: capabilitiesOf(receives),
    async submit(request: SubmitRequest, signal): Promise<SubmitOutcome> {
      if (!server.ok) return { kind: 'not-sent', error: server.error };
      const [message, ...others] = request.messages;
      if (message === undefined || others.length > 0) {
        return { kind: 'not-sent', error: appError('NOT_SUPPORTED', { detail: 'one recipient a request' }) };
      }
      const later = refuseSchedule(request.options, clock.now(), LONGEST_RELATIVE_MS);
      if (later !== null) return later;
      reference = (reference + 1) % 256;
      const composed = compose(
        request.sender,
        message,
        request.options ?? {},
        options,
        reference,
        clock.now(),
      );
      if (!composed.ok) return { kind: 'not-sent', error: composed.error };
      const target = server.value.origin;
      return submitMessage({ link, clock, target }, message.to, composed.value, signal);
    },
    async check(signal) {
      if (!server.ok) return server;
      const bound = await link.ready(signal);
      const both = bound.ok && receiver !== link ? await receiver.ready(signal) : bound;
      return both.ok ? ok(null) : both;
    },
    balance: notSupported,
    fetchReports: notSupported,
    fetchLogs: notSupported,
    fetchInbox: notSupported,
    preview: notSupported,
    lookups: receives ? { query: lookups.query, notify: null } : null,
    bulks: null,
    stream: receives
      ? {
          open(onBody) {
            deliveries.listen(onBody);
            const release = receiver.hold();
            let open = true;
            return () => {
              if (open) deliveries.listen(null);
              open = false;
              release();
            };
          },
        }
      : null,
    clockOffsetMs: () => 0,
    async close() {
      await Promise.all([...new Set([link, receiver])].map((one) => one.close()));
      deliveries.listen(null);
    },
  };
}

function capabilitiesOf(receives: boolean): Capabilities {
  const stream = receives ? 'stream' : 'none';
  return {
    recipientsPerRequest: 1,
    differentTexts: false,
    ownMessageIds: false,
    schedule: { horizonMs: LONGEST_RELATIVE_MS, cancel: false },
    flash: true,
    validity: true,
    transactionClass: false,
    reports: stream,
    logs: false,
    pageLimit: 0,
    logWindowMs: 0,
    balance: false,
    lookup: receives ? 'sync' : 'none',
    inbox: stream,
    preview: false,
  };
}

function notSupported(): Promise<Result<never, AppError>> {
  return Promise.resolve(err(appError('NOT_SUPPORTED')));
}
