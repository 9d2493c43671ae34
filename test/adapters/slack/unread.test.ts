import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutUnread } from '../../../adapters/slack/unread.ts';

const empty = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(empty);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, field]) => {
			const isUnread = (name === 'blocks' || name === 'attachments') && typeof field === 'object';
			return [name, isUnread ? null : empty(field)];
		}),
	);
};

describe('a body without what nobody reads', () => {
	it('is the same body, with null for blocks and attachments', () => {
		const name = fc.oneof(fc.constantFrom('blocks', 'attachments', 'x"blocks', '"blocks":[', '\\"blocks"', 'text', '['), fc.string());
		const { tree } = fc.letrec((tie) => ({
			tree: fc.oneof({ maxDepth: 5 }, name, fc.integer(), fc.array(tie('tree')), fc.dictionary(name, tie('tree'))),
		}));
		fc.assert(
			fc.property(tree, (value) => {
				expect(JSON.parse(withoutUnread(JSON.stringify(value)))).toEqual(empty(value));
			}),
		);
	});

	it.each(['{"blocks":', '{"blocks":[', '{"blocks":["', '"blocks":]', '{"attachments":{"a":[}'])('is none if it was none: %j', (text) => {
		expect(() => JSON.parse(withoutUnread(text))).toThrow();
	});
});
