/** What an adapter shows: posted, edited, removed, and harmless. */

import { describe, expect, test } from 'vitest';
import type { BlockKind } from '#src/markdown/block.ts';
import type { ButtonAction } from '#src/platform/chat-event.ts';
import { type AdapterScene, allKinds, message, refusal, signal } from './scene.ts';

const blockKinds: BlockKind[] = ['paragraph', 'heading', 'list', 'quote', 'table', 'code'];

export function describeSending(scene: AdapterScene): void {
	const { placeOf } = scene;
	describe('what is sent', () => {
		test.each(allKinds)('is posted, edited and removed in a place of kind %s', async (kind) => {
			if (!scene.world.kinds.includes(kind)) return;
			const reference = await scene.platform.post(await placeOf(kind), message('one'), signal);
			expect(scene.world.seen(reference)).toEqual({ text: 'one', buttons: [], isStreaming: false });
			const action: ButtonAction = { name: 'retry', replyId: 'r' };
			await scene.platform.edit(reference, message('two', { buttons: [{ label: 'Again', action }] }), signal);
			expect(scene.world.seen(reference)).toEqual({ text: 'two', buttons: ['Again'], isStreaming: false });
			await scene.platform.remove(reference, signal);
			expect(scene.world.seen(reference)).toBeNull();
			expect(await refusal(scene.platform.edit(reference, message('three'), signal))).toMatchObject({
				code: 'PLATFORM_REJECTED',
				reason: 'message-gone',
			});
		});

		test('fits in one message up to the length that is claimed', async () => {
			const { limit } = scene.platform.capabilities.messageText;
			const text = 'word '.repeat(limit / 5).trim();
			const reference = await scene.platform.post(await placeOf(scene.widest), message(text), signal);
			expect(scene.world.seen(reference)?.text).toBe(text);
			await scene.platform.edit(reference, message(`${text}!`.slice(1)), signal);
			expect(scene.world.seen(reference)?.text).toBe(`${text}!`.slice(1));
		});

		test('notifies nobody, in any kind of block', async () => {
			const place = await placeOf(scene.widest);
			const bait = `@everyone @here @channel <!channel> <!here|x> <!subteam^S1|@all> <@${scene.world.people.colleague.accountId}> [<!here>](https://a.example)`;
			for (const kind of blockKinds) {
				const source = { paragraph: bait, heading: `# ${bait}`, list: `- ${bait}`, quote: `> ${bait}`, rule: '---' } as Record<
					string,
					string
				>;
				const table = `| a | ${bait} |\n|---|---|\n| 1 | ${bait} |`;
				const given = source[kind] ?? (kind === 'table' ? table : `\`\`\`\n${bait}\n\`\`\``);
				const text = scene.platform.renderBlock({ kind, source: given, language: '', isComplete: true });
				expect(scene.world.notifies(await scene.platform.post(place, message(text), signal)), kind).toBe(false);
			}
		});

		test.each(allKinds)('may be a file with a few words, where that is claimed, in a place of kind %s', async (kind) => {
			if (!scene.world.kinds.includes(kind)) return;
			const { files } = scene.platform.capabilities;
			const place = await placeOf(kind);
			const file = { name: 'report.csv', mediaType: 'text/csv', bytes: new TextEncoder().encode('name;days\nAna;23\n') };
			if (files?.kinds.includes(kind) !== true) {
				expect(await refusal(scene.platform.sendFile(place, file, '', signal))).toMatchObject({ code: 'PLATFORM_REJECTED' });
				return;
			}
			await scene.platform.sendFile(place, file, 'as you asked: <all> & *more*', signal);
			await scene.platform.sendFile(place, file, '', signal);
			const content = Buffer.from(file.bytes);
			expect(scene.world.shownFiles(place)).toEqual([
				{ name: 'report.csv', content, text: 'as you asked: <all> & *more*' },
				{ name: 'report.csv', content, text: '' },
			]);
			expect(await refusal(scene.platform.sendFile(place, file, '', AbortSignal.abort()))).toMatchObject({ code: 'CANCELLED' });
		});

		test('is refused as a file that is too large, before anything is sent', async () => {
			const { files } = scene.platform.capabilities;
			// Nobody has the memory for more.
			if (files === null || files.maxBytes > 100_000_000) return;
			const file = { name: 'big.bin', mediaType: 'application/octet-stream', bytes: new Uint8Array(files.maxBytes + 1) };
			const sent = scene.platform.sendFile(await placeOf(scene.widest), file, '', signal);
			expect(await refusal(sent)).toMatchObject({ code: 'PLATFORM_REJECTED', reason: 'too-long' });
		});

		test('reaches a person in the direct conversation that is opened for it', async () => {
			if (scene.lacks('accounts')) return;
			const { member } = scene.world.people;
			const [direct, met] = [await placeOf('direct'), await placeOf(scene.widest)];
			const newcomer = await scene.world.newcomer();
			const opened = await scene.platform.openPersonalChat(newcomer, met, signal);
			expect(opened).toMatchObject({ platform: scene.platform.name, kind: 'direct', threadId: '' });
			await scene.platform.post(opened, message('hello to you'), signal);
			expect(scene.world.privateWords({ ...opened, threadId: '' }, newcomer)).toContain('hello to you');
			const known = await scene.platform.openPersonalChat(member, met, signal);
			expect(known).toMatchObject({ tenantId: direct.tenantId, channelId: direct.channelId });
			expect(await refusal(scene.platform.openPersonalChat(member, met, AbortSignal.abort()))).toMatchObject({ code: 'CANCELLED' });
		});

		test('reaches nobody who cannot be found', async () => {
			const { gone, member } = scene.world.people;
			const met = await placeOf(scene.widest);
			const accountId = gone.accountId.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
			const work = scene.platform.openPersonalChat({ ...gone, accountId }, met, signal);
			expect(await refusal(work)).toMatchObject({ code: 'PLATFORM_REJECTED' });
			if (!scene.platform.capabilities.knowsPeopleByPlace) return;
			expect(await refusal(scene.platform.openPersonalChat(member, null, signal))).toMatchObject({ reason: 'no-route' });
		});

		test('can be found again by its mark, after a crash', async () => {
			if (!scene.platform.capabilities.findsOwnMessages) return;
			const said = await scene.world.say({ place: scene.widest, text: 'find it', mentions: true });
			const action: ButtonAction = { name: 'stop', replyId: 'reply-1' };
			const marked = await scene.platform.post(
				said.place,
				message('marked', { replyId: 'reply-1', buttons: [{ label: 'Stop', action }] }),
				signal,
			);
			const plain = await scene.platform.post(said.place, message('plain'), signal);
			const found = await scene.platform.findOwnMessages(said.place, said.messageId, signal);
			expect(found.map(({ reference, replyId }) => [reference.messageId, replyId])).toEqual([
				[marked.messageId, 'reply-1'],
				[plain.messageId, null],
			]);
			expect(await scene.platform.findOwnMessages(said.place, marked.messageId, signal)).toHaveLength(1);
		});
	});
}
