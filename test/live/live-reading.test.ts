/** What a reader is sent: everything once, whatever happens to the text and however slowly they read. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptySnapshot, type LiveChange, type LiveSnapshot, withChange } from '#src/live/live-conversation.ts';
import { changeOf, type LiveMessage } from '#src/live/live-message.ts';
import { createLiveReading, type HeldText, type LiveEvent, type LiveReading } from '#src/live/live-reading.ts';

const stop = { label: 'Stop', action: { name: 'stop' } };

/** Somebody writes one message, and readers hear of it. */
function createScene(messageId = 'm') {
	let state: LiveSnapshot = emptySnapshot;
	const readings = new Set<LiveReading>();
	const known = (): LiveMessage | null => state.messages.find((message) => message.messageId === messageId) ?? null;
	function happens(change: LiveChange): void {
		state = withChange(state, change) ?? state;
		for (const reading of readings) reading.heard(change);
	}
	return {
		state: () => state,
		happens,
		read(resumed: readonly HeldText[] = []) {
			const reading = createLiveReading(resumed);
			readings.add(reading);
			return reading;
		},
		write(text: string, { epoch, buttons = [] }: { epoch?: number; buttons?: LiveMessage['buttons'] } = {}) {
			const shown = { text, buttons, sources: [], isRemoved: false };
			const change = changeOf(known(), { messageId, answerId: 'a' }, shown, epoch ?? known()?.epoch ?? 1);
			if (change !== null) happens(change);
		},
	};
}

/** A page: it does as it is told. */
function createPage() {
	const texts = new Map<string, HeldText & { text: string; buttons: number }>();
	return {
		texts,
		text: (messageId = 'm') => texts.get(messageId)?.text,
		held: (): HeldText[] => [...texts.values()].map(({ messageId, epoch, length }) => ({ messageId, epoch, length })),
		take(events: readonly LiveEvent[]) {
			for (const event of events) {
				if (event.name !== 'answer') continue;
				const { messageId, epoch, from, buttons } = event;
				const before = texts.get(messageId);
				const text = (before?.text.slice(0, from) ?? '') + event.text;
				texts.set(messageId, { messageId, epoch, length: text.length, text, buttons: buttons?.length ?? before?.buttons ?? 0 });
			}
		},
	};
}

interface Step {
	text: string;
	/** Not only added, but written otherwise. */
	isOther: boolean;
	/** How often the page reads then. */
	reads: number;
	/** Whether it then loses its line, and comes back. */
	leaves: boolean;
}

function play(steps: readonly Step[], mostText: number) {
	const scene = createScene();
	const page = createPage();
	let reading = scene.read();
	let written = '';
	for (const [index, { text, isOther, reads, leaves }] of steps.entries()) {
		written = isOther ? written.slice(0, text.length) + text : written + text;
		scene.write(written, index % 5 === 4 ? { epoch: 1_000 * index } : {});
		for (let count = 0; count < reads; count++) page.take(reading.next(scene.state(), mostText));
		if (leaves) reading = scene.read(page.held());
	}
	for (let events = reading.next(scene.state(), mostText); events.length > 0; events = reading.next(scene.state(), mostText))
		page.take(events);
	return { page, written };
}

describe('a reader', () => {
	test('is sent what is there, then what is added, and nothing while nothing is', () => {
		const scene = createScene();
		scene.write('One', { buttons: [stop] });
		const reading = scene.read();
		expect(reading.next(scene.state(), 100)).toEqual([
			{ name: 'answer', messageId: 'm', answerId: 'a', epoch: 1, from: 0, text: 'One', buttons: [stop], sources: [] },
		]);
		expect(reading.next(scene.state(), 100)).toEqual([]);
		scene.write('One two', { buttons: [stop] });
		scene.write('One two three', { buttons: [stop] });
		expect(reading.next(scene.state(), 100)).toEqual([
			{ name: 'answer', messageId: 'm', answerId: 'a', epoch: 1, from: 3, text: ' two three' },
		]);
		scene.write('One two three');
		expect(reading.next(scene.state(), 100)).toMatchObject([{ from: 13, text: '', buttons: [] }]);
	});

	test('who comes back with more than is known yet is not sent it again', () => {
		const reading = createLiveReading([{ messageId: 'm', epoch: 1, length: 3 }]);
		expect(reading.next(emptySnapshot, 100)).toEqual([]);
		const scene = createScene();
		scene.write('One two');
		expect(reading.next(scene.state(), 100)).toMatchObject([{ from: 3, text: ' two' }]);
	});

	test('hears that the end of the text was taken back, although nothing comes in its place', () => {
		const scene = createScene();
		const page = createPage();
		const reading = scene.read();
		scene.write('One two');
		page.take(reading.next(scene.state(), 100));
		for (const shorter of ['One', '']) {
			scene.write(shorter);
			page.take(reading.next(scene.state(), 100));
			expect(page.text()).toBe(shorter);
		}
	});

	test('goes on where they were when they come back in the same epoch, and begins anew in another', () => {
		const scene = createScene();
		scene.write('One two');
		expect(scene.read([{ messageId: 'm', epoch: 1, length: 3 }]).next(scene.state(), 100)).toMatchObject([{ from: 3, text: ' two' }]);
		for (const made of [
			{ epoch: 0, length: 3 },
			{ epoch: 9, length: 3 },
		]) {
			expect(scene.read([{ messageId: 'm', ...made }]).next(scene.state(), 100)).toMatchObject([{ from: 0, text: 'One two' }]);
		}
	});

	test('waits for what they do not have, where they come back to somebody who knows less', () => {
		const scene = createScene();
		scene.write('One');
		const reading = scene.read([{ messageId: 'm', epoch: 1, length: 7 }]);
		expect(reading.next(scene.state(), 100)).toEqual([]);
		scene.write('One two three');
		expect(reading.next(scene.state(), 100)).toMatchObject([{ from: 7, text: ' three' }]);
	});

	test('is told of signs, private words and rows, each once, and of rows what they are in the end', () => {
		const scene = createScene();
		const reading = scene.read();
		scene.happens({ kind: 'activity', text: 'is waiting: place 2' });
		scene.happens({ kind: 'activity', text: 'is thinking…' });
		scene.happens({ kind: 'notice', notice: { id: 'n', text: 'For you alone.' } });
		scene.happens({ kind: 'rows', ids: ['question', 'a'], isOver: false });
		scene.happens({ kind: 'rows', ids: ['a'], isOver: true });
		expect(reading.next(scene.state(), 100)).toEqual([
			{ name: 'private', notice: { id: 'n', text: 'For you alone.' } },
			{ name: 'activity', text: 'is thinking…' },
			{ name: 'rows', ids: ['question'], isOver: false },
			{ name: 'rows', ids: ['a'], isOver: true },
		]);
		expect(reading.next(scene.state(), 100)).toEqual([]);
	});

	test('gets no more text of an answer that is over, not even when it comes late', () => {
		const scene = createScene();
		const reading = scene.read();
		scene.write('One');
		scene.happens({ kind: 'rows', ids: ['a'], isOver: true });
		scene.write('One', { epoch: 7 });
		expect(reading.next(scene.state(), 100)).toEqual([{ name: 'rows', ids: ['a'], isOver: true }]);
	});

	test('has the whole text in the end, whatever was written, however slowly they read and as often as they leave', () => {
		const texts = fc.array(
			fc.record({ text: fc.string({ maxLength: 30 }), isOther: fc.boolean(), reads: fc.nat(3), leaves: fc.boolean() }),
			{
				minLength: 1,
				maxLength: 15,
			},
		);
		fc.assert(
			fc.property(texts, fc.integer({ min: 1, max: 7 }), (steps, mostText) => {
				const { page, written } = play(steps, mostText);
				expect(page.text()).toBe(written);
			}),
		);
	});
});
