import type { Login, MessageGroup } from './requests.ts';

type Field = readonly [name: string, value: string | null];

/**
 * The document of the XML calls. In the first version the element of the login is spelled `authentification` and the recipients
 * stand beside the one message; in v3 it is `authentication` and each message holds its own (facts of the platform, "HTTP
 * XML / JSON send"). The first version knows no schedule, tag or push address: those are left out.
 */
export function xmlBody(
  variant: 'xml-v1' | 'xml-v3',
  { userName, password }: Login,
  sender: string,
  groups: readonly MessageGroup[],
): string {
  const login = element('username', userName) + element('password', password);
  const first = variant === 'xml-v1';
  const parts = groups.map((group) => {
    const fields = [...commonFields(sender, group), ...(first ? [] : laterFields(group))]
      .map(([name, value]) => (value === null ? '' : element(name, value)))
      .join('');
    const recipients = `<recipients>${group.recipients.map(gsm).join('')}</recipients>`;
    return first ? `<message>${fields}</message>${recipients}` : `<message>${fields}${recipients}</message>`;
  });
  const loginName = first ? 'authentification' : 'authentication';
  return `<SMS><${loginName}>${login}</${loginName}>${parts.join('')}</SMS>`;
}

/** The body of the v3 JSON call. The push address goes under both of its known names. */
export function jsonBody(
  { userName, password }: Login,
  sender: string,
  groups: readonly MessageGroup[],
): string {
  return JSON.stringify({
    authentication: { username: userName, password },
    messages: groups.map((group) => ({
      ...Object.fromEntries(
        [...commonFields(sender, group), ...laterFields(group), pushField(group)].filter(
          ([, value]) => value !== null,
        ),
      ),
      recipients: group.recipients.map(({ to, ownId }) => ({
        gsm: to,
        ...(ownId !== null && { messageId: ownId }),
      })),
    })),
  });
}

function commonFields(sender: string, { content }: MessageGroup): Field[] {
  return [
    ['sender', sender],
    ['text', content.text],
    ['flash', content.flash],
    ['type', content.type],
    ['binary', content.binary],
    ['datacoding', content.datacoding],
    ['esmclass', content.esmclass],
    ['ValidityPeriod', content.validityPeriod],
  ];
}

function laterFields({ content }: MessageGroup): Field[] {
  return [
    ['sendDateTime', content.sendDateTime],
    ['appid', content.appid],
    ['pushurl', content.pushurl],
  ];
}

function pushField({ content }: MessageGroup): Field {
  return ['drPushUrl', content.pushurl];
}

function gsm({ to, ownId }: MessageGroup['recipients'][number]): string {
  return ownId === null ? element('gsm', to) : `<gsm messageId="${escapeXml(ownId)}">${escapeXml(to)}</gsm>`;
}

function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

/**
 * Escapes a text for an element or an attribute. Carriage returns are written as references, because a reader would make
 * line feeds of them (XML 1.0 §2.11); characters that XML cannot hold (§2.2) become U+FFFD.
 */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
    .replaceAll('\r', '&#13;');
}
