import * as v from 'valibot';

/** A tag of an optional parameter in the vendors' range (SMPP 3.4 §5.3.2: 0x1400 to 0x3FFF). */
const VendorTag = v.pipe(v.number(), v.integer(), v.minValue(0x1400), v.maxValue(0x3fff));
const ton = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(6));
const npi = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(18));

/** Settings of an SMPP session (SMPP 3.4 §4.1); absent ones take the usual value. */
export const SmppOptions = v.object({
  bind: v.optional(v.picklist(['transceiver', 'transmitter-and-receiver', 'transmitter'])),
  systemType: v.optional(v.pipe(v.string(), v.maxLength(12))),
  /** Requests that may be without their answer at once. */
  window: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
  /** Seconds of silence before `enquire_link`. */
  enquireSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(120))),
  /** A long text as parts with a header of our own, or whole in `message_payload`. */
  longMessages: v.optional(v.picklist(['udh', 'payload'])),
  /** `data_coding` of texts in the GSM alphabet: 0 or 1; 3 sends them as Latin-1. */
  gsmCoding: v.optional(v.picklist([0, 1, 3])),
  sourceTon: v.optional(ton),
  sourceNpi: v.optional(npi),
  destinationTon: v.optional(ton),
  destinationNpi: v.optional(npi),
  /** Where the answer to a number context request puts its facts; providers differ. */
  contextTags: v.optional(v.object({ imsi: v.optional(VendorTag), mccmnc: v.optional(VendorTag) })),
});
export type SmppOptions = v.InferOutput<typeof SmppOptions>;

/** Settings of an account that only some protocols have; absent ones take the usual value. */
export const AccountOptions = v.object({
  smpp: v.optional(SmppOptions),
  /** MiM's key API: the campaign that promotional messages belong to. */
  campaignId: v.optional(v.pipe(v.string(), v.maxLength(60))),
  /** Legacy HTTP: an own tag of the messages, so that a pull gives only their reports. */
  appId: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,40}$/))),
  /** Legacy HTTP plain: parameters in the address instead of the body, for servers that refuse POST. */
  useGet: v.optional(v.boolean()),
  /** REST: the unit that the server reads `validityPeriod` in. */
  validityUnit: v.optional(v.picklist(['minutes', 'milliseconds'])),
  /** Tells the gateway to push reports to the local receiver. */
  pushReports: v.optional(v.boolean()),
  /** Messages handed over in a second at most; absent: as fast as the gateway takes them. */
  perSecond: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(10_000))),
  /** Requests on their way at once at most; absent: chosen by how the gateway answers. */
  atOnce: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(32))),
  /** Another computer sends with this login too: what is not provably ours is left to it. */
  isShared: v.optional(v.boolean()),
});
export type AccountOptions = v.InferOutput<typeof AccountOptions>;
