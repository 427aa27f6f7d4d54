/**
 * Puts `text` on the clipboard in answer to a press. The page holds no clipboard permission, so this goes the way of the copy
 * key, which needs none.
 *
 * @returns whether it was copied
 */
export function copyText(text: string): boolean {
  const fill = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', fill, { once: true });
  try {
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', fill);
  }
}
