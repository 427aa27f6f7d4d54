import type { FastifyInstance } from 'fastify';
import { fillParts } from '../core/parts.ts';
import { mayWord, needText, readBody } from './body.ts';
import type { Desk, XmlShape } from './desk.ts';
import { LANGUAGES } from './message-objects.ts';
import { transliterate, TRANSLITERATIONS } from './transliterate.ts';

const PREVIEW: XmlShape = { root: 'previewResponse', nesting: 'doubled' };

/**
 * Adds `POST /sms/1/preview` (facts of the platform, "Bulks & preview"): how a text would be sent as it is, and, when
 * a transliteration or a language was asked for, a second time with it. Nothing is sent.
 */
export function addPreviewRoute(app: FastifyInstance, desk: Desk): void {
  app.post('/sms/1/preview', (request, reply) => {
    desk.enter(request);
    const body = readBody(request.headers['content-type'], request.body);
    const originalText = needText(body, 'text');
    const language = mayWord(body, 'languageCode', LANGUAGES);
    const way = mayWord(body, 'transliteration', TRANSLITERATIONS);
    const previews = [preview(originalText, {})];
    if (language !== null || way !== null) {
      previews.push(
        preview(transliterate(originalText, way), {
          ...(language === null ? {} : { language: { languageCode: language } }),
          ...(way === null ? {} : { transliteration: way }),
        }),
      );
    }
    return desk.answer(request, reply, { originalText, previews }, PREVIEW);
  });
}

function preview(text: string, configuration: object): object {
  const { parts, remaining } = fillParts(text);
  return { textPreview: text, messageCount: parts, charactersRemaining: remaining, configuration };
}
