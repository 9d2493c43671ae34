/** What one process writes and readers in any process see, over signals that may be lost. */

import { beforeEach, describe, expect, test } from 'vitest';
import type { Cache } from '#src/cache/cache.ts';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import type { LiveChange } from '#src/live/live-conversation.ts';
import { createLiveFollower } from '#src/live/live-follower.ts';
import { createLivePublisher } from '#src/live/live-publisher.ts';
import { createManualClock, type ManualClock } from '#test/fakes/manual-clock.ts';

const conversationId = 'conversation';
const answer = { messageId: 'm', answerId: 'a' };
const shown = (text: string) => ({ text, buttons: [], sources: [] });

let clock: ManualClock;
let cache: Cache;

beforeEach(() => {
	clock = createManualClock();
	cache = createMemoryCache({ clock: () => clock.now() });
});

/** A process that writes. `isHeard` false: its signals are lost. */
function writer({ isHeard = () => true }: { isHeard?: () => boolean } = {}) {
	const publish = async (channel: string, message: string) => (isHeard() ? await cache.publish(channel, message) : undefined);
	return createLivePublisher({ cache: { ...cache, publish }, clock });
}

/** A reader in a process of their own. */
async function reader() {
	const heard: (LiveChange | null)[] = [];
	const follower = createLiveFollower({ cache, clock });
	const followed = await follower.follow(conversationId, { heard: (change) => heard.push(change) });
	return { ...followed, heard, follower, texts: () => followed.state().messages.map(({ text }) => text) };
}

describe('whoever reads along', () => {
	test('sees what is written as it is written', async () => {
		const { show, act } = writer();
		const { texts, state } = await reader();
		await act(conversationId, 'is thinking…');
		await show(conversationId, answer, shown('One'));
		await show(conversationId, answer, shown('One two'));
		expect([texts(), state().activity]).toEqual([['One two'], 'is thinking…']);
	});

	test('who comes late sees what is there, and then the rest', async () => {
		const { show } = writer();
		await show(conversationId, answer, shown('One'));
		await clock.advance(250);
		const { texts } = await reader();
		expect(texts()).toEqual(['One']);
		await show(conversationId, answer, shown('One two'));
		expect(texts()).toEqual(['One two']);
	});

	test('catches up with what was lost on the way, or was written between what is kept', async () => {
		let isHeard = true;
		const { show } = writer({ isHeard: () => isHeard });
		const early = await reader();
		await show(conversationId, answer, shown('One'));
		isHeard = false;
		await show(conversationId, answer, shown('One two'));
		isHeard = true;
		const late = await reader();
		expect(late.texts()).toEqual(['One']);
		await show(conversationId, answer, shown('One two three'));
		expect([early.texts(), late.texts()]).toEqual([['One'], ['One']]);
		await clock.advance(500);
		expect([early.texts(), late.texts()]).toEqual([['One two three'], ['One two three']]);
		expect(early.heard).toContain(null);
		await show(conversationId, answer, shown('One two three four'));
		expect(early.texts()).toEqual(['One two three four']);
	});

	test('who comes while more is written than is kept goes on from what is kept with what they heard meanwhile', async () => {
		const { show } = writer();
		await show(conversationId, answer, shown('One'));
		await clock.advance(100);
		await show(conversationId, answer, shown('One two'));
		const late = await reader();
		await show(conversationId, answer, shown('One two three'));
		await clock.advance(200);
		await show(conversationId, answer, shown('One two three four'));
		expect(late.texts()).toEqual(['One']);
		await clock.advance(60);
		expect(late.texts()).toEqual(['One two three four']);
		await show(conversationId, answer, shown('One two three four five'));
		expect(late.texts()).toEqual(['One two three four five']);
	});

	test('keeps the text of a process that died, until another one begins anew', async () => {
		await writer().show(conversationId, answer, shown('Half of an answ'));
		await clock.advance(250);
		const { texts, state } = await reader();
		expect(texts()).toEqual(['Half of an answ']);
		const { epoch: before = 0 } = state().messages[0] ?? {};
		const next = writer();
		await next.show(conversationId, answer, shown('Another'));
		expect(texts()).toEqual(['Another']);
		expect(state().messages[0]?.epoch).toBeGreaterThan(before);
	});

	test('hears no more of a process whose work another one has taken over', async () => {
		const [zombie, next] = [writer(), writer()];
		await zombie.show(conversationId, answer, shown('Old'));
		await clock.advance(250);
		await next.show(conversationId, answer, shown('New'));
		const { texts } = await reader();
		await next.show(conversationId, answer, shown('New text'));
		await zombie.show(conversationId, answer, shown('Old text'));
		await clock.advance(500);
		expect(texts()).toEqual(['New text']);
	});

	test('is left with its row of an answer that is over: its words are kept no longer', async () => {
		const { show, changed } = writer();
		const { texts } = await reader();
		await show(conversationId, answer, shown('One'));
		await clock.advance(250);
		await changed(conversationId, ['a'], { isOver: true });
		await clock.advance(250);
		expect(texts()).toEqual([]);
		expect((await reader()).texts()).toEqual([]);
	});

	test('whose conversation is removed finds nothing of it', async () => {
		const { show, forget } = writer();
		await show(conversationId, answer, shown('One'));
		await clock.advance(250);
		const { heard, texts } = await reader();
		await forget(conversationId);
		expect([heard, texts()]).toEqual([[{ kind: 'gone' }], []]);
		expect((await reader()).texts()).toEqual([]);
	});

	test('hears what they are told alone', async () => {
		const { tell } = writer();
		const { heard } = await reader();
		await tell(conversationId, { id: 'n', text: 'A refusal' });
		expect(heard).toEqual([{ kind: 'notice', notice: { id: 'n', text: 'A refusal' } }]);
	});

	test('leaves nothing behind, and is not disturbed by what is no change', async () => {
		const { texts, leave, heard } = await reader();
		await cache.publish(`live:${conversationId}`, 'nonsense');
		await cache.publish(`live:${conversationId}`, '{"kind":"message"}');
		await leave();
		await leave();
		await writer().show(conversationId, answer, shown('One'));
		expect([texts(), heard]).toEqual([[], []]);
	});

	test('is not shown again what was removed', async () => {
		const { show, remove } = writer();
		const { state } = await reader();
		await show(conversationId, answer, shown('One'));
		await remove(conversationId, 'm');
		expect(state().messages).toMatchObject([{ text: '', isRemoved: true }]);
		expect(await show(conversationId, answer, shown('One'))).toBe(false);
		await clock.advance(250);
		expect(await writer().show(conversationId, answer, shown('One'))).toBe(false);
	});
});
