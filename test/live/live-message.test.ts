import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChange, changeOf, type LiveMessage, type ShownLive } from '#src/live/live-message.ts';

const named = { messageId: 'm', answerId: 'a' };
const shown = (text: string, more: Partial<ShownLive> = {}): ShownLive => ({ text, buttons: [], sources: [], isRemoved: false, ...more });
const stop = { label: 'Stop', action: { name: 'stop' } };

/** Writes these texts one after the other; gives the changes, and the message after each. */
function write(texts: readonly ShownLive[], epoch = 1_000) {
	let known: LiveMessage | null = null;
	return texts.flatMap((text) => {
		const change = changeOf(known, named, text, known?.epoch ?? epoch);
		if (change === null) return [];
		const applied = applyChange(known, change);
		if (typeof applied === 'string') throw new Error(applied);
		known = applied;
		return [{ change, message: applied }];
	});
}

describe('a change of a message', () => {
	test('carries the new rest alone, in the same epoch as long as the text goes on', () => {
		const [first, second, third] = write([shown('One'), shown('One two'), shown('One two three')]);
		expect(first?.change).toMatchObject({ epoch: 1_000, from: 0, text: 'One', furniture: { buttons: [], sources: [] } });
		expect(second?.change).toEqual({ kind: 'message', ...named, epoch: 1_000, after: 1_000, from: 3, text: ' two', isRemoved: false });
		expect(third?.change).toMatchObject({ epoch: 1_000, from: 7, text: ' three' });
	});

	test('begins another epoch where the text is written otherwise, and says how much of it stays', () => {
		const [, second] = write([shown('Some **bold**'), shown('Some **bolder** words')]);
		expect(second).toMatchObject({
			change: { epoch: 1_001, after: 1_000, from: 11, text: 'er** words' },
			message: { text: 'Some **bolder** words' },
		});
	});

	test('is none where nothing is another one, and says what stands below only when that is', () => {
		const changes = write([shown('One', { buttons: [stop] }), shown('One', { buttons: [{ ...stop }] }), shown('One')]);
		expect(changes.map(({ change }) => change.furniture?.buttons)).toEqual([[stop], []]);
	});

	test('of another process begins a new epoch with the whole text', () => {
		const [first] = write([shown('Half an ans')]);
		const change = changeOf(first?.message ?? null, named, shown('Half'), 1_001);
		expect(change).toMatchObject({ epoch: 1_001, from: 0, text: 'Half', furniture: { buttons: [] } });
	});

	test('is old or has a gap before it for whoever heard others', () => {
		const [first, second, third] = write([shown('One'), shown('One two'), shown('One three')]).map(({ change }) => change);
		if (first === undefined || second === undefined || third === undefined) throw new Error('not written');
		const afterFirst = applyChange(null, first) as LiveMessage;
		expect(applyChange(null, second)).toBe('gap');
		expect(applyChange(afterFirst, { ...second, from: 5 })).toBe('gap');
		const afterSecond = applyChange(afterFirst, second) as LiveMessage;
		expect(applyChange(afterSecond, first)).toBe('old');
		const afterThird = applyChange(afterSecond, third) as LiveMessage;
		expect(applyChange(afterThird, second)).toBe('old');
		expect(applyChange(afterThird, { ...third, epoch: third.epoch + 2, after: third.epoch + 1 })).toBe('gap');
	});

	test('leads to the same text in whatever way it was cut, also within characters of two units', () => {
		const piece = fc.constantFrom('a', 'b ', '**', '`', '\u{1f680}', '\u{1f681}', '\n\n', 'ñ');
		const texts = fc.array(
			fc.array(piece, { maxLength: 12 }).map((pieces) => shown(pieces.join(''))),
			{ minLength: 1, maxLength: 12 },
		);
		fc.assert(
			fc.property(texts, (all) => {
				const written = write(all);
				expect(written.at(-1)?.message.text).toBe(all.at(-1)?.text);
				// What is sent survives its journey as JSON.
				expect(JSON.parse(JSON.stringify(written))).toEqual(written);
			}),
		);
	});
});
