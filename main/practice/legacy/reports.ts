import type { Account } from '../core/account.ts';
import { standingAt, type Message } from '../core/message.ts';
import type { Settings } from '../core/settings.ts';
import { statusWord } from './codes.ts';
import type { Form } from './form.ts';
import type { LegacySettings } from './settings.ts';
import { writeLegacyDate } from './times.ts';
import { escapeXml } from './xml.ts';

/** Reports handed out by one pull at most; the rest waits for the next one. */
const PULL_LIMIT = 10_000;

/**
 * Takes the reports that a pull asks for, each once and for all: those of a comma list `messageid`, those of an
 * `appid`, or all that there are (API document, "To check Delivery Reports").
 */
export function pullReports(account: Account, form: Form, now: number): Message[] {
  const ids = (form.get('messageid') ?? '').split(',').map((id) => id.trim());
  const wanted = new Set(ids.filter((id) => id !== ''));
  const appId = form.get('appid') ?? '';
  return account.shelf.takeReports(
    PULL_LIMIT,
    now,
    (message) => (wanted.size === 0 || wanted.has(message.id)) && (appId === '' || message.appId === appId),
  );
}

/** The `DeliveryReport` document, pulled or pushed (API document, "Example of delivery report"). */
export function writeReports(
  messages: readonly Message[],
  settings: Settings,
  { drDates, drAttributes }: Pick<LegacySettings, 'drDates' | 'drAttributes'>,
): string {
  const now = settings.now();
  const date = (time: number): string => writeLegacyDate(time, settings.timeZoneOffsetMinutes, drDates);
  const elements = messages.map((message) => {
    const { status, error, doneAt } = standingAt(message, now);
    const attributes: [string, string][] = [
      ['id', message.id],
      ['sentdate', date(message.receivedAt)],
      ['donedate', date(doneAt ?? now)],
      ['status', statusWord(status.id)],
    ];
    if (drAttributes === 'all') {
      attributes.push(
        ['gsmerror', String(error.id)],
        ['price', (message.pricePerPartMicros / 1_000_000).toFixed(4)],
        ['pducount', String(message.parts)],
      );
    }
    return `<message ${attributes.map(([name, value]) => `${name}="${escapeXml(value)}"`).join(' ')} />`;
  });
  return `<DeliveryReport>\n${elements.join('\n')}\n</DeliveryReport>`;
}
