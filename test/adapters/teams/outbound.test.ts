/** What the adapter sends, as it arrives at the connector. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Button } from '#src/platform/chat-platform.ts';
import { listed } from '#test/fakes/sources.ts';
import { openTeamsWorld, type TeamsWorld } from './teams-world.ts';

describe('what the bot sends', () => {
	let world: TeamsWorld;
	const { signal } = new AbortController();
	const stop: Button = { label: 'Stop', action: { name: 'stop', replyId: 'r1' } };
	const thumbs: Button[] = (['up', 'down'] as const).map((rating) => ({
		label: rating,
		action: { name: 'feedback', replyId: 'r1', rating },
	}));
	beforeAll(async () => {
		world = await openTeamsWorld();
	});
	afterAll(() => world.close());
	beforeEach(() => world.teams.clearFaults());

	const lastBody = (operation: 'post' | 'update' | 'typing') => world.teams.callsTo(operation).at(-1)?.body as Record<string, unknown>;
	const shown = (kind: 'direct' | 'group' | 'channel', id: string) => world.teams.message(world.conversations[kind], id);

	it('arrives with every property of its entities', async () => {
		const sources = listed({ position: 1, title: 'Plan', url: 'https://a.example/plan', excerpt: 'It says so.' });
		await world.platform.post(world.placeOf('group'), { text: 'So [1].', buttons: thumbs, replyId: 'r1', sources }, signal);
		expect(lastBody('post')).toEqual({
			type: 'message',
			textFormat: 'markdown',
			text: 'So [1].',
			channelData: { feedbackLoop: { type: 'default' } },
			entities: [
				{
					type: 'https://schema.org/Message',
					'@type': 'Message',
					'@context': 'https://schema.org',
					additionalType: ['AIGeneratedContent'],
					citation: [
						{
							'@type': 'Claim',
							position: 1,
							appearance: { '@type': 'DigitalDocument', name: 'Plan', abstract: 'It says so.', url: 'https://a.example/plan' },
						},
					],
				},
			],
		});
	});

	it('is one card with Stop while it is written, and text with thumbs at the end', async () => {
		const reference = await world.platform.post(world.placeOf('group'), { text: 'So **far**', buttons: [stop], replyId: 'r1' }, signal);
		expect(shown('group', reference.messageId)).toMatchObject({
			text: '',
			visibleText: 'So **far**',
			buttons: [{ title: 'Stop' }],
			aiGenerated: true,
		});
		await world.platform.edit(reference, { text: 'So **far so good**', buttons: thumbs, replyId: 'r1' }, signal);
		expect(shown('group', reference.messageId)).toMatchObject({
			text: 'So **far so good**',
			attachments: [],
			feedbackEnabled: true,
			aiGenerated: true,
		});
	});

	it('goes into the thread that was asked in', async () => {
		const { id } = await world.teams.say({ user: world.tom.id, conversation: world.conversations.channel, text: 'hi', mentionBot: true });
		const reference = await world.platform.post(world.placeOf('channel', id), { text: 'hello', buttons: [] }, signal);
		expect(shown('channel', reference.messageId)).toMatchObject({ threadRootId: id });
		expect(world.teams.callsTo('post').at(-1)?.path).toContain(encodeURIComponent(`;messageid=${id}`));
		await world.platform.edit(reference, { text: 'hello again', buttons: [] }, signal);
		await world.platform.remove(reference, signal);
		expect(shown('channel', reference.messageId)?.deleted).toBe(true);
	});

	it('shows that the bot is at work, and has nothing to take away', async () => {
		const before = world.teams.callsTo('typing').length;
		await world.platform.showActivity(world.placeOf('direct'), 'is thinking…', signal);
		expect(world.teams.typing(world.conversations.direct)).toBe(true);
		expect(lastBody('typing')).toEqual({ type: 'typing' });
		await world.platform.showActivity(world.placeOf('direct'), null, signal);
		expect(world.teams.callsTo('typing').length - before).toBe(1);
	});

	describe('privately', () => {
		const say = (kind: 'direct' | 'group') =>
			world.platform.sendPrivately(world.placeOf(kind), world.actor(world.tom), ['only *you*'], undefined, signal);
		const last = (kind: 'direct' | 'group') => world.teams.messages(world.conversations[kind]).at(-1);

		it('is seen by one person, and by everybody in their chat of two', async () => {
			await say('group');
			expect(last('group')).toMatchObject({ visibleTo: world.tom.id, text: 'only \\*you\\*', aiGenerated: false });
			await say('direct');
			expect(last('direct')).toMatchObject({ isTargeted: false, text: 'only \\*you\\*' });
		});

		it('has a card with a fact for each row, and lines where the service takes no card, for one person all the same', async () => {
			const result = ['Now:', { rows: [['in *use*', '2 of 4'] as const, ['free', '2'] as const] }];
			const tell = () => world.platform.sendPrivately(world.placeOf('group'), world.actor(world.tom), result, undefined, signal);
			await tell();
			expect(last('group')).toMatchObject({ isTargeted: true, text: '', visibleText: 'Now:\nin \\*use\\*: 2 of 4\nfree: 2' });
			expect(lastBody('post')).toMatchObject({ summary: 'Now:\n• in *use*: 2 of 4\n• free: 2' });
			world.teams.fail({ operation: 'post', kind: 'error', error: { status: 400, code: 'BadSyntax', message: 'no cards' } });
			await tell();
			const text = 'Now:\n\n• **in \\*use\\***: 2 of 4\n\n• **free**: 2';
			expect(last('group')).toMatchObject({ isTargeted: true, attachments: [], text });
		});

		it('is said openly where the service takes no targeted messages', async () => {
			world.teams.fail({ operation: 'post', kind: 'error', error: { status: 400, code: 'BadArgument', message: 'no targeted messages' } });
			await say('group');
			expect(last('group')).toMatchObject({ isTargeted: false, text: 'only \\*you\\*' });
		});

		it('is said in their chat of two where nothing may be said', async () => {
			const conversation = world.teams.tenant.conversation(world.conversations.group);
			if (conversation !== undefined) conversation.isBlocked = true;
			await say('group');
			expect(last('direct')).toMatchObject({ isTargeted: false, text: 'only \\*you\\*' });
			if (conversation !== undefined) conversation.isBlocked = false;
		});

		it('is not said twice when nobody knows whether it arrived', async () => {
			const before = world.teams.messages(world.conversations.group).length;
			world.teams.fail({ operation: 'post', kind: 'stored-then-502' });
			await expect(say('group')).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
			expect(world.teams.messages(world.conversations.group)).toHaveLength(before + 1);
		});
	});

	describe('a passage', () => {
		const untargeted = { operation: 'post', kind: 'error', error: { status: 400, code: 'BadArgument', message: 'no' } } as const;
		const passage = { title: 'Plan', about: 'page 2', url: 'https://a.example/', text: 'In *May*.', cutNotice: 'cut' };
		const show = () => world.platform.showPassage(world.placeOf('group'), world.actor(world.tom), passage, undefined, signal);
		const newest = (kind: 'group' | 'direct') => world.teams.messages(world.conversations[kind]).at(-1);

		it('is seen in a group chat by one person, for whom no model wrote it', async () => {
			await show();
			const text = '**[Plan](https://a.example/)**\n\npage 2\n\n> In \\*May\\*.';
			expect(newest('group')).toMatchObject({ visibleTo: world.tom.id, text, aiGenerated: false });
		});

		it('is never said openly, but in their chat of two', async () => {
			const before = world.teams.messages(world.conversations.group).length;
			world.teams.fail(untargeted);
			await show();
			expect(world.teams.messages(world.conversations.group)).toHaveLength(before);
			expect(newest('direct')?.text).toContain('In \\*May\\*.');
		});

		it('is not shown to somebody who can be told nothing alone', async () => {
			const counts = () => (['group', 'direct'] as const).map((kind) => world.teams.messages(world.conversations[kind]).length);
			const before = counts();
			world.teams.fail(untargeted);
			world.teams.fail({ operation: 'create', kind: 'error', error: { status: 403, code: 'BotNotInConversationRoster', message: 'no' } });
			await expect(show()).rejects.toMatchObject({ code: 'PLATFORM_REJECTED', reason: 'not-alone' });
			expect(counts()).toEqual(before);
		});
	});

	it('says what can be asked, with a greeting, and a click says it', async () => {
		const suggestions = { greeting: 'Hello!', prompts: [{ title: 'Help', message: 'What can you do?' }] };
		await world.platform.suggestPrompts(world.placeOf('direct'), suggestions, signal);
		expect(lastBody('post')).toMatchObject({
			text: 'Hello!',
			suggestedActions: { to: [], actions: [{ type: 'imBack', title: 'Help', value: 'What can you do?' }] },
		});
	});

	it('is refused by its reason where nobody may write', async () => {
		const conversation = world.teams.tenant.conversation(world.conversations.group);
		Object.assign(conversation ?? {}, { isBlocked: true });
		const work = world.platform.post(world.placeOf('group'), { text: 'hi', buttons: [] }, signal);
		await expect(work).rejects.toMatchObject({ code: 'PLATFORM_REJECTED', reason: 'MessageWritesBlocked' });
		Object.assign(conversation ?? {}, { isBlocked: false });
	});
});
