import { expect, it } from 'vitest';
import { createEventParser } from '../../../../adapters/web/page/state/event-parser.ts';

const stream = 'event: hello\ndata: {"a":1}\n\n: still here\n\nid: 1\nevent: answer\ndata: first: line\ndata: second\n\ndata:bare\r\n\r\n';
const events = [
	{ name: 'hello', data: '{"a":1}' },
	{ name: 'answer', data: 'first: line\nsecond' },
	{ name: 'message', data: 'bare' },
];

it('reads the same events in whatever pieces the stream comes', () => {
	for (const size of [1, 2, 7, stream.length]) {
		const parse = createEventParser();
		const pieces = stream.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
		expect(pieces.flatMap(parse), `pieces of ${size}`).toEqual(events);
	}
});

it('gives nothing of an event that is not whole', () => {
	const parse = createEventParser();
	expect(parse('event: answer\ndata: x\n')).toEqual([]);
	expect(parse('\n')).toEqual([{ name: 'answer', data: 'x' }]);
});
