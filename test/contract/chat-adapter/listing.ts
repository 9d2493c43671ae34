/** Which files an adapter finds in the past of a place: those that it told of when they were shared, and no other. */

import { describe, expect, test } from 'vitest';
import type { FilePage } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import type { FileShared } from '#src/platform/place-event.ts';
import { type AdapterScene, allKinds, message, refusal, signal } from './scene.ts';

export function describeListing(scene: AdapterScene): void {
	const { until } = scene;
	const file = (name: string) => ({ name, mediaType: 'text/csv', content: Buffer.from(`name;days\n${name};23\n`) });

	async function listAll(place: Place, since: string | null = null) {
		const shared: FilePage['shared'] = [];
		for (let cursor: string | null = '', page = 0; cursor !== null && page < 100; page++) {
			const found: FilePage = await scene.platform.listFiles(place, { cursor: cursor || null, since }, signal);
			shared.push(...found.shared);
			cursor = found.next;
		}
		return shared;
	}

	async function readAll(listed: FileShared | undefined): Promise<string> {
		if (listed === undefined) throw new Error('not listed');
		const bytes = await Array.fromAsync(scene.platform.fetchFile(listed.file, listed.place, 1_000, signal));
		return Buffer.concat(bytes).toString();
	}

	/** As an event told of it. */
	const told = (messageId: string) =>
		until(() => scene.world.happenings.find((event): event is FileShared => event.type === 'file-shared' && event.messageId === messageId));

	describe('the files of a place’s past', () => {
		test.each(allKinds)('of kind %s are those that were told of, in its threads too, each once', async (kind) => {
			const { listsFiles, threads } = scene.platform.capabilities;
			if (!listsFiles.includes(kind)) return;
			const mentions = kind !== 'direct';
			const root = await scene.world.say({ place: kind, text: 'the first', mentions, file: file('root.csv') });
			await scene.platform.post(root.place, message('answer', { inReplyTo: root.messageId }), signal);
			const author = kind === 'direct' ? scene.world.people.member : scene.world.people.colleague;
			const answering = { place: kind, text: 'the second', mentions, author, file: file('reply.csv') };
			const reply = await scene.world.say({ ...answering, ...(threads.includes(kind) ? { in: root.place } : {}) });
			const listed = await listAll({ ...root.place, threadId: '' });
			for (const { messageId } of [root, reply]) {
				const { place, sharedBy, file: shared, occurredAt } = await told(messageId);
				const same = listed.filter((one) => one.messageId === messageId);
				const { channelId, threadId, tenantId } = place;
				expect(same).toMatchObject([{ place: { channelId, threadId, tenantId, kind }, messageId, sharedBy, file: { id: shared.id } }]);
				expect(same[0]?.occurredAt).toBe(occurredAt);
			}
			expect(await readAll(listed.find(({ messageId }) => messageId === reply.messageId))).toContain('reply.csv');
		});

		test('reach back as far as is asked', async () => {
			if (!scene.platform.capabilities.listsFiles.includes('channel')) return;
			const { place } = await scene.world.say({ place: 'channel', text: 'look', mentions: true, file: file('old.csv') });
			expect((await listAll({ ...place, threadId: '' })).length).toBeGreaterThan(0);
			expect(await listAll({ ...place, threadId: '' }, new Date(Date.now() + 60_000).toISOString())).toEqual([]);
		});

		test('are not told where the bot is not let in, nor any more once the signal is aborted', async () => {
			if (scene.lacks('channels')) return;
			const { place } = await scene.world.openClosedChannel([scene.world.people.member]);
			const whole = { ...place, threadId: '' };
			const aborted = scene.platform.listFiles(whole, { cursor: null, since: null }, AbortSignal.abort());
			if (scene.platform.capabilities.listsFiles.includes('channel')) expect(await refusal(aborted)).toMatchObject({ code: 'CANCELLED' });
			else await aborted.catch(() => {});
			await scene.world.shutOut(place, 'bot');
			await scene.world.settle();
			expect(await refusal(listAll(whole))).toMatchObject({ code: 'PLATFORM_REJECTED' });
		});
	});
}
