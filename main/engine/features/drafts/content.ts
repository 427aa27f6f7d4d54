import * as v from 'valibot';
import type { SendRequest } from '#shared/ipc/plan.ts';
import { DraftContent } from '#shared/ipc/drafts.ts';

/** UTF-16 units of the text that the list shows. */
const BEGINNING = 120;

const NOTHING: DraftContent = {
  accountId: null,
  sender: '',
  text: '',
  recipients: '',
  sources: [],
  when: 'now',
  sendAt: null,
  includeDead: false,
  emptyFields: 'block',
};

/** What Compose shows when a sending comes back to it. */
export const contentOf = ({ sendAt, ...request }: SendRequest): DraftContent => ({
  ...NOTHING,
  ...request,
  sources: request.sources ?? NOTHING.sources,
  includeDead: request.includeDead ?? NOTHING.includeDead,
  emptyFields: request.emptyFields ?? NOTHING.emptyFields,
  ...(sendAt !== undefined && { when: 'later', sendAt }),
});

/** Whether there is nothing in a draft that anybody wrote. */
export const isEmpty = ({ text, recipients, sources }: DraftContent): boolean =>
  text.trim() === '' && recipients.trim() === '' && sources.length === 0;

/** What the list shows of a draft. */
export const outlineOf = ({ text, recipients, sources, when, sendAt }: DraftContent) => ({
  beginning: text
    .trim()
    .replace(/\s+/gu, ' ')
    .slice(0, BEGINNING)
    .replace(/[\uD800-\uDBFF]$/u, ''),
  sources: sources.length,
  typed: linesOf(recipients),
  sendAt: when === 'later' ? sendAt : null,
});

/** Lines with something in them, without cutting a text of megabytes into pieces. */
function linesOf(text: string): number {
  let lines = 0;
  let filled = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) filled = false;
    else if (!filled && code > 32) {
      filled = true;
      lines++;
    }
  }
  return lines;
}

/**
 * Reads a stored draft. From a damaged one it takes every field that can still be read, and at least the beginning of the text, so that
 * what was written is never refused for something beside it.
 */
export function readContent(json: string, beginning: string): DraftContent {
  const found = parsed(json);
  const whole = v.safeParse(DraftContent, found);
  if (whole.success) return whole.output;
  const content: DraftContent = { ...NOTHING, text: beginning };
  for (const [name, schema] of Object.entries(DraftContent.entries)) {
    const value = v.safeParse(schema, isRecord(found) ? found[name] : undefined);
    if (value.success && value.output !== undefined) Object.assign(content, { [name]: value.output });
  }
  return content;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
