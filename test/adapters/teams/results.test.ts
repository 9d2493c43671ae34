/** Results of commands as an Adaptive Card, and what does not fit into one. */

import { describe, expect, it } from 'vitest';
import type { CommandResult } from '#src/platform/command-result.ts';
import { isCard } from '#test/emulators/teams/card-rules.ts';
import { cardText } from '#test/emulators/teams/cards.ts';
import { objectOf, objectsOf } from '#test/emulators/teams/json.ts';
import { toResultCard } from '../../../adapters/teams/format.ts';

function cardOf(told: CommandResult) {
	const [attachment] = objectsOf(toResultCard(told)?.['attachments']);
	const card = objectOf(attachment?.content);
	expect(isCard(card)).toBe(true);
	return card;
}

describe('a result in a card', () => {
	it('has its sentences and lists in order, and a fact for each name', () => {
		const card = cardOf(['First\nand second', '', { list: ['*a*'] }, { rows: [['b', '[c](https://evil.test)']] }, 'Last']);
		expect(cardText(card).split('\n')).toEqual(['First', 'and second', '• *a*', 'b: \\[c\\]\u200b(https://evil.test)', 'Last']);
		expect(objectsOf(card.body).map(({ type }) => type)).toEqual([...Array(3).fill('RichTextBlock'), 'FactSet', 'RichTextBlock']);
	});

	it('has a table with a header, whose empty cells stay empty', () => {
		const card = cardOf([{ columns: ['role', 'rank', 'limits'], table: [['<at>lead</at>', '1', '']] }]);
		expect(cardText(card)).toBe('Role | Rank | Limits\n<at>lead</at> | 1 | ');
		expect(card.msteams).not.toHaveProperty('entities');
	});

	it('has the chart of a table behind it', () => {
		const chart = { title: 'answers', bars: [{ label: 'a', value: '2' }] };
		const card = cardOf([{ columns: ['who', 'answers'], table: [['a', '2']], chart }]);
		expect(objectsOf(card.body)[1]).toEqual({
			...{ type: 'Chart.HorizontalBar', title: 'answers', displayMode: 'AbsoluteWithAxis' },
			data: [{ x: 'a', y: 2 }],
		});
	});

	it.each<[string, CommandResult]>([
		['nothing but sentences and lists', ['a', { list: ['b'] }]],
		['more than a message takes', [{ rows: [['name', 'x'.repeat(40_000)]] }]],
	])('is none for %s', (_what, told) => expect(toResultCard(told)).toBeNull());
});
