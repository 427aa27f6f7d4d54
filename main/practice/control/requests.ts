import * as v from 'valibot';
import { READ_FAULTS, SEND_FAULTS } from '../core/faults.ts';
import { isLoopback } from '../core/pushes.ts';
import { badRequest, RefusedRequest } from '../rest/refusals.ts';

const LONGEST_DELAY_MS = 600_000;
const LONGEST_SCRIPT = 10_000;

const Number_ = v.pipe(v.string(), v.trim(), v.regex(/^\+?\d{3,15}$/, 'must be a number'));

/** The body of `POST /practice/inbound`; without `to` the first number of the user. */
export const Inbound = v.strictObject({
  from: Number_,
  to: v.exactOptional(Number_),
  text: v.pipe(v.string(), v.minLength(1), v.maxLength(1_600)),
  keyword: v.exactOptional(v.pipe(v.string(), v.maxLength(50))),
});

/** A practice must not contact anybody else's computer. */
const OwnAddress = v.nullable(
  v.pipe(
    v.string(),
    v.maxLength(2_048),
    v.check(isLoopback, 'must be an http address of this computer, or null'),
  ),
);

const ParameterName = v.pipe(v.string(), v.regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,39}$/, 'must be a name'));

/** The body of `POST /practice/settings`: what is left out stays as it is. */
export const SettingsChange = v.strictObject({
  drCodes: v.exactOptional(v.picklist(['document', 'negative'])),
  drDates: v.exactOptional(v.picklist(['padded', 'document'])),
  drAttributes: v.exactOptional(v.picklist(['all', 'document'])),
  pushUrl: v.exactOptional(OwnAddress),
  hlrPushUrl: v.exactOptional(OwnAddress),
  inboundUrl: v.exactOptional(OwnAddress),
  inboundNames: v.exactOptional(
    v.pipe(
      v.strictObject({
        sender: ParameterName,
        receiver: ParameterName,
        text: ParameterName,
        datetime: ParameterName,
      }),
      v.check((names) => new Set(Object.values(names)).size === 4, 'must be four different names'),
    ),
  ),
});

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** The body of `POST /practice/faults`: the plan to play from now on. */
export const FaultsChange = v.strictObject({
  plan: v.strictObject({
    seed: v.exactOptional(v.pipe(v.number(), v.safeInteger())),
    send: v.exactOptional(v.record(v.picklist(SEND_FAULTS), share)),
    read: v.exactOptional(v.record(v.picklist(READ_FAULTS), share)),
    sendScript: v.exactOptional(
      v.pipe(v.array(v.picklist([...SEND_FAULTS, 'none'])), v.maxLength(LONGEST_SCRIPT)),
    ),
    readScript: v.exactOptional(
      v.pipe(v.array(v.picklist([...READ_FAULTS, 'none'])), v.maxLength(LONGEST_SCRIPT)),
    ),
    delayMs: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LONGEST_DELAY_MS))),
  }),
});

/** Reads a JSON body by its schema. Throws {@link RefusedRequest}, 400 with the field and the reason. */
export function readBody<T>(schema: v.GenericSchema<unknown, T>, body: unknown): T {
  const result = v.safeParse(schema, parse(body));
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new RefusedRequest(badRequest(v.getDotPath(issue) ?? 'body', issue.message));
}

function parse(body: unknown): unknown {
  try {
    const bytes = Buffer.isBuffer(body) ? body : new Uint8Array();
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) {
      throw new RefusedRequest(badRequest('body', 'must be JSON'));
    }
    throw error;
  }
}
