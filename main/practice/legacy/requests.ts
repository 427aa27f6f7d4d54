import type { Form } from './form.ts';
import { UnreadableRequest } from './unreadable.ts';
import { readXml, type XmlElement } from './xml.ts';

/** A number as it was submitted, and the message id that the client chose for it. */
export type Recipient = { readonly gsm: string; readonly messageId: string | null };

/** One message of a request: its parameters by their names in small letters, and whom it goes to. */
export type LegacyMessage = { readonly fields: Form; readonly recipients: readonly Recipient[] };

/** A send request of any of the legacy formats, its fields not yet looked at. */
export type LegacyRequest = {
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly messages: readonly LegacyMessage[];
};

/** Reads the parameters of the plain calls: one message to a comma list of numbers, ids in a parallel list. */
export function readPlainRequest(form: Form): LegacyRequest {
  const ids = list(form.get('messageid'));
  const recipients = list(form.get('gsm')).map((gsm, index) => recipient(gsm, ids[index]));
  return { user: form.get('user'), password: form.get('password'), messages: [{ fields: form, recipients }] };
}

/**
 * Reads the document of `/api/v3/sendsms/xml` (facts of the platform, "v3"), in which every message has its own
 * recipients. Throws {@link UnreadableRequest} for what is no XML or has another root.
 */
export function readXmlRequest(text: string): LegacyRequest {
  const root = readRoot(text);
  return {
    ...loginIn(child(root, 'authentication')),
    messages: root.children
      .filter(({ name }) => name === 'message')
      .map((message) => ({ fields: fieldsOf(message), recipients: recipientsIn(message) })),
  };
}

/**
 * Reads the document of `/api/sendsms/xml` (facts of the platform, "v1"): `authentification`, one message, and the
 * recipients beside it; a number that is there twice counts once. Throws {@link UnreadableRequest} as above.
 */
export function readFirstXmlRequest(text: string): LegacyRequest {
  const root = readRoot(text);
  const message = child(root, 'message');
  const recipients = new Map(recipientsIn(root).map((to) => [to.gsm, to]));
  return {
    ...loginIn(child(root, 'authentification')),
    messages: [
      { fields: message === undefined ? new Map() : fieldsOf(message), recipients: [...recipients.values()] },
    ],
  };
}

/** Reads the body of `/api/v3/sendsms/json`. Throws {@link UnreadableRequest} for anything of another shape. */
export function readJsonRequest(text: string): LegacyRequest {
  const body = members(parseJson(text));
  const login = members(body.get('authentication') ?? {});
  const messages = body.get('messages') ?? [];
  if (!Array.isArray(messages)) throw new UnreadableRequest('messages must be a list');
  return {
    user: asText(login.get('username')),
    password: asText(login.get('password')),
    messages: messages.map((message: unknown) => {
      const given = members(message);
      const recipients = given.get('recipients') ?? [];
      if (!Array.isArray(recipients)) throw new UnreadableRequest('recipients must be a list');
      const fields = new Map<string, string>();
      for (const [name, value] of given) {
        const field = name === 'recipients' ? undefined : asText(value);
        if (field !== undefined) fields.set(name === 'drpushurl' ? 'pushurl' : name, field);
      }
      return {
        fields,
        recipients: recipients.map((to: unknown) => {
          const item = members(to);
          return recipient(asText(item.get('gsm')) ?? '', asText(item.get('messageid')));
        }),
      };
    }),
  };
}

function list(text: string | undefined): readonly string[] {
  return text === undefined || text.trim() === '' ? [] : text.split(',').map((item) => item.trim());
}

function recipient(gsm: string, messageId: string | undefined): Recipient {
  return { gsm: gsm.trim(), messageId: messageId === undefined || messageId === '' ? null : messageId };
}

function readRoot(text: string): XmlElement {
  const root = readXml(text);
  if (root.name !== 'sms') throw new UnreadableRequest('The root must be SMS');
  return root;
}

function child(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find((element) => element.name === name);
}

function loginIn(element: XmlElement | undefined): Pick<LegacyRequest, 'user' | 'password'> {
  return { user: child(element, 'username')?.text.trim(), password: child(element, 'password')?.text.trim() };
}

function fieldsOf(message: XmlElement): Form {
  const fields = new Map<string, string>();
  for (const { name, text } of message.children) {
    if (name !== 'recipients') fields.set(name, name === 'text' ? text : text.trim());
  }
  return fields;
}

function recipientsIn(parent: XmlElement): Recipient[] {
  const elements = child(parent, 'recipients')?.children ?? [];
  return elements
    .filter(({ name }) => name === 'gsm')
    .map(({ text, attributes }) => recipient(text, attributes.get('messageid')));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new UnreadableRequest('The JSON is not well-formed');
    throw error;
  }
}

/** The members of a JSON object by their names in small letters. */
function members(value: unknown): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UnreadableRequest('An object is missing');
  }
  return new Map(Object.entries(value).map(([name, member]) => [name.toLowerCase(), member]));
}

function asText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object') throw new UnreadableRequest('A value must be a text');
  return String(value);
}
