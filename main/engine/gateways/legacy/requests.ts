import type { OutgoingMessage, SubmitOptions, SubmitRequest } from '../gateway.ts';
import { encodeParameters, type Parameter } from '../parameters.ts';
import { fitsFirstAddress, messageContent, type MessageContent } from './content.ts';
import { jsonBody, xmlBody } from './documents.ts';

/** Which send call an account uses; `plain-v1` takes the first address for short texts and the v3 one for the rest. */
export type LegacyVariant = 'plain-v1' | 'plain-v3' | 'xml-v1' | 'xml-v3' | 'json-v3';

/** The endpoint decides which code table an answer is read with. */
export type SendEndpoint = 'plain-v1' | 'plain-v3' | 'xml-v1' | 'xml-v3' | 'json-v3';

/** User name and password of an account. */
export type Login = { readonly userName: string; readonly password: string };

/** A send request that is ready to be written. `form` goes into the body, or into the query where the account wants GET. */
export type LegacyRequest = {
  readonly endpoint: SendEndpoint;
  readonly path: string;
  readonly body:
    { readonly kind: 'form'; readonly form: string } | { readonly kind: 'json'; readonly json: string };
};

/** Messages of the same text, which one `message` of a request carries. */
export type MessageGroup = {
  readonly content: MessageContent;
  readonly recipients: readonly Pick<OutgoingMessage, 'to' | 'ownId'>[];
};

const PATHS: Readonly<Record<SendEndpoint, string>> = {
  'plain-v1': '/api/sendsms/plain',
  'plain-v3': '/api/v3/sendsms/plain',
  'xml-v1': '/api/sendsms/xml',
  'xml-v3': '/api/v3/sendsms/xml',
  'json-v3': '/api/v3/sendsms/json',
};

/**
 * Builds the send request of a variant (API document, "Our API Documentation is as follows"; facts of the platform, "HTTP Plain
 * send", "HTTP XML / JSON send"). The plain and the first XML call carry one text; giving them several is `null`.
 *
 * @param around `now` in ms since the epoch, and the account's tag of its messages
 */
export function legacyRequest(
  variant: LegacyVariant,
  login: Login,
  { sender, messages, options = {} }: SubmitRequest,
  around: { readonly now: number; readonly appId: string | undefined },
): LegacyRequest | null {
  const groups = groupByText(messages, options, around);
  const [first] = groups;
  if (first === undefined) return null;
  switch (variant) {
    case 'plain-v1':
    case 'plain-v3': {
      if (groups.length > 1) return null;
      const short = variant === 'plain-v1' && fitsFirstAddress(first.content);
      const endpoint = short ? 'plain-v1' : 'plain-v3';
      const form = encodeParameters(plainPairs(login, sender, first, !short));
      return { endpoint, path: PATHS[endpoint], body: { kind: 'form', form } };
    }
    case 'xml-v1':
    case 'xml-v3': {
      if (variant === 'xml-v1' && groups.length > 1) return null;
      const form = encodeParameters([['XML', xmlBody(variant, login, sender, groups)]]);
      return { endpoint: variant, path: PATHS[variant], body: { kind: 'form', form } };
    }
    case 'json-v3':
      return {
        endpoint: variant,
        path: PATHS[variant],
        body: { kind: 'json', json: jsonBody(login, sender, groups) },
      };
  }
}

function groupByText(
  messages: readonly OutgoingMessage[],
  options: SubmitOptions,
  around: { readonly now: number; readonly appId: string | undefined },
): MessageGroup[] {
  const byText = new Map<string, OutgoingMessage[]>();
  for (const message of messages) {
    const key = options.binary === undefined ? message.text : '';
    const known = byText.get(key);
    if (known) known.push(message);
    else byText.set(key, [message]);
  }
  return [...byText].map(([text, recipients]) => ({
    content: messageContent(text, options, around),
    recipients,
  }));
}

function plainPairs(
  { userName, password }: Login,
  sender: string,
  { content, recipients }: MessageGroup,
  withIds: boolean,
): Parameter[] {
  const ids = recipients.map(({ ownId }) => ownId ?? '');
  return [
    ['user', userName],
    ['password', password],
    ['sender', sender],
    ['SMSText', content.text ?? undefined],
    ['binary', content.binary ?? undefined],
    ['GSM', recipients.map(({ to }) => to)],
    ['type', content.type ?? undefined],
    ['datacoding', content.datacoding ?? undefined],
    ['esmclass', content.esmclass ?? undefined],
    ['IsFlash', content.flash ?? undefined],
    ['SendDateTime', content.sendDateTime ?? undefined],
    ['ValidityPeriod', content.validityPeriod ?? undefined],
    ['appid', content.appid ?? undefined],
    ['pushurl', content.pushurl ?? undefined],
    // A list parallel to the numbers: one missing id would shift the others.
    ['messageid', withIds && ids.every((id) => id !== '') ? ids : undefined],
  ];
}
