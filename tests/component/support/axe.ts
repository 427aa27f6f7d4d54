import axe from 'axe-core';
import { expect } from 'vitest';

/** Fails with the rule, the element and the reason for everything axe finds in what is rendered. */
export async function expectAccessible(within: Element | Document = document): Promise<void> {
  const { violations } = await axe.run(within, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    // A component is not a page: landmarks and the first heading belong to the app frame.
    rules: {
      region: { enabled: within === document },
      'page-has-heading-one': { enabled: within === document },
    },
  });
  const found = violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  );
  expect(found).toEqual([]);
}
