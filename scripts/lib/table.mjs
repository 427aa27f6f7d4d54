/**
 * Lays out rows under a header in columns that line up.
 * @param {string[]} header
 * @param {string[][]} rows
 * @returns {string} lines without a final newline
 */
export function table(header, rows) {
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells) =>
    cells
      .map((cell, column) => (cell ?? '').padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}
