/** Octets to send as they are (REST `binary`, legacy `binary`, SMPP user data). */
export type BinaryContent = {
  /** Pairs of hexadecimal digits without blanks. */
  readonly hex: string;
  /** The data coding as the request gave it; 8 is UCS-2. */
  readonly dataCoding: number;
  /** With 0x40 set the octets start with a user data header. */
  readonly esmClass: number;
};

/** One message of a request. */
export type SubmissionItem = {
  readonly to: string;
  /** What logs show; for binary content whatever the protocol could make of it. */
  readonly text: string;
  /** The message id that the client chose; `null`: made up. */
  readonly ownId: string | null;
  readonly binary: BinaryContent | null;
};

/** Where reports are pushed to. `legacy-xml` is the `DeliveryReport` document of the legacy API. */
export type NotifyTarget = {
  readonly url: string;
  readonly contentType: 'application/json' | 'application/xml' | 'legacy-xml';
  /** Push the report that the operator took the message, too. */
  readonly intermediate: boolean;
};

/** When messages may be handed over, in the time zone of the gateway. */
export type DeliveryWindow = {
  /** Minutes since midnight. */
  readonly fromMinute: number;
  /** Minutes since midnight; before `fromMinute` the window goes over midnight. */
  readonly toMinute: number;
  /** Days of the week on which the window opens, 0 is Sunday. */
  readonly days: readonly number[];
};

/** One send request of any protocol, already checked for its shape. Times in ms of the gateway's clock. */
export type Submission = {
  readonly from: string;
  readonly items: readonly SubmissionItem[];
  /** `null`: made up. */
  readonly bulkId: string | null;
  /** Past or `null`: now. */
  readonly sendAt: number | null;
  /** Counted from `sendAt`, never more than 48 hours; `null`: no end that a practice could see. */
  readonly validityMs: number | null;
  readonly flash: boolean;
  /** Forced data coding: UCS-2, or the GSM alphabet; `null`: by the text. */
  readonly unicode: boolean | null;
  readonly notify: NotifyTarget | null;
  readonly callbackData: string | null;
  /** The legacy `appid`. */
  readonly appId: string | null;
  /** Most UTF-16 units of a text. */
  readonly longest: number;
  readonly noReport: boolean;
  readonly hiddenMs: number;
  /** The kind of made-up message ids: UUID, decimal of 19 or 18 digits, or a number below 2^31. */
  readonly ids: 'uuid' | 'digits19' | 'digits18' | 'short';
  readonly window?: DeliveryWindow | null;
};

/** What the gateway says about one destination at once. `messageId` is `null` for one that is no number at all. */
export type Receipt = {
  readonly to: string;
  readonly statusId: number;
  readonly parts: number;
  readonly messageId: string | null;
  /** What was charged for all its parts. */
  readonly priceMicros: number;
};

/** Longest text of the document ("Long SMS (up to 1080 Characters)"), in UTF-16 units. */
export const LONGEST_TEXT = 1_080;

/** Longest text without `type=longSMS` ("Short SMS (160 Characters Max)"), in UTF-16 units. */
export const SHORT_TEXT = 160;
