import { fillMerge, type MergeText, type MergeValues } from '#shared/sms/merge-fields.ts';

const PLACEHOLDER = /\{\{[^{}]*\}\}/u;

/**
 * Tells whether a text filled with some values has a placeholder that the values brought. They are never filled in a second time, so that
 * it would leave as it stands. What the writer wrote as literal braces is meant so.
 */
export function placeholderFinder(merge: MergeText): (values: MergeValues) => boolean {
  const pieces = merge.pieces.map((piece) =>
    typeof piece === 'string' ? piece.replaceAll('{{', '\u0000\u0000') : piece,
  );
  const guarded: MergeText = { ...merge, pieces };
  return (values) => {
    // Next to nobody has a brace in a value: only their texts are filled in here.
    for (const value of Object.values(values)) {
      if (/[{}]/u.test(value)) return PLACEHOLDER.test(fillMerge(guarded, values).text);
    }
    return false;
  };
}
