/**
 * Gives what is mounted the height of a window, as the app's frame does: without it a table would show all of its rows.
 */
export function useWindowHeight(): void {
  const style = document.createElement('style');
  style.textContent = 'body > div { height: 600px; }';
  document.head.append(style);
}
