/** Files that the bot makes, in a chat of two in Teams: the person is asked, and it goes where they say. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { VisibleMessage } from '#test/emulators/teams/index.ts';
import { openTeamsWorld, type TeamsWorld } from './teams-world.ts';

const file = { name: 'shop-2026.csv', mediaType: 'text/csv', bytes: new TextEncoder().encode('\uFEFFciudad;unidades\r\nA Coruña;412\r\n') };
const offer = { name: file.name, mediaType: file.mediaType, about: 'Shop, as of 1 May', sizeBytes: file.bytes.byteLength, replyId: 'r1' };

describe('a file of the bot', () => {
	let world: TeamsWorld;
	const { signal } = new AbortController();
	beforeAll(async () => {
		world = await openTeamsWorld();
	});
	afterAll(() => world.close());
	beforeEach(() => void world.events.splice(0));

	const shown = () => world.teams.messages(world.conversations.direct).filter(({ deleted }) => !deleted);
	const press = async ({ id }: VisibleMessage, title: string) =>
		await world.teams.pressCard({ user: world.tom.id, conversation: world.conversations.direct, id, title });

	async function offered(): Promise<VisibleMessage> {
		await world.platform.offerFile?.(world.placeOf('direct'), offer, signal);
		const question = shown().at(-1);
		if (question === undefined) throw new Error('nothing was asked');
		return question;
	}

	async function taken(): Promise<string> {
		await press(await offered(), 'Allow');
		const event = world.events.at(-1);
		const button = event?.type === 'button-pressed' ? event.button : null;
		return button?.name === 'file' ? (button.taken ?? '') : '';
	}

	it('is offered with its name and size, and comes back as a button with what was said', async () => {
		const question = await offered();
		expect(question).toMatchObject({
			visibleText: 'shop-2026.csv\nShop, as of 1 May',
			buttons: [{ title: 'Allow' }, { title: 'Decline' }],
		});
		expect(await press(question, 'Decline')).toMatchObject({ status: 200 });
		expect(world.events).toMatchObject([
			{
				type: 'button-pressed',
				messageId: question.id,
				actor: world.actor(world.tom),
				button: { name: 'file', replyId: 'r1', taken: null },
			},
		]);
	});

	it('goes byte for byte where it was taken to, without a token, and is shown there', async () => {
		const where = await taken();
		await world.platform.bringFile?.(world.placeOf('direct'), file, where, signal);
		expect(world.teams.tenant.files().at(-1)).toMatchObject({ name: file.name, content: Buffer.from(file.bytes) });
		expect(world.teams.callsTo('upload').at(-1)).toMatchObject({ hasToken: false, status: 201 });
		expect(shown().at(-1)).toMatchObject({
			attachments: [{ contentType: 'application/vnd.microsoft.teams.card.file.info', name: file.name }],
		});
		const again = world.platform.bringFile?.(world.placeOf('direct'), file, where, signal);
		await expect(again).rejects.toMatchObject({ code: 'PLATFORM_REJECTED' });
	});

	it('goes to no host but those of files', async () => {
		const where = JSON.stringify({ ...JSON.parse(await taken()), uploadUrl: 'https://files.example.com/upload' });
		const before = world.teams.callsTo('post').length;
		const brought = world.platform.bringFile?.(world.placeOf('direct'), file, where, signal);
		await expect(brought).rejects.toMatchObject({ code: 'PLATFORM_REJECTED', reason: 'no-route' });
		expect(world.teams.callsTo('post')).toHaveLength(before);
	});

	it.each(['group', 'channel'] as const)('is not offered in a %s, where Teams has no such question', async (kind) => {
		const work = world.platform.offerFile?.(world.placeOf(kind), offer, signal);
		await expect(work).rejects.toMatchObject({ code: 'PLATFORM_REJECTED' });
	});

	it('of somebody else’s question is nothing', async () => {
		const { id } = await offered();
		const activity = world.teams.compose({ user: world.tom.id, conversation: world.conversations.direct, text: '' });
		const value = { type: 'fileUpload', action: 'accept', context: { theirs: 1 }, uploadInfo: { uploadUrl: 'https://x.example' } };
		await world.teams.deliver({ ...activity, type: 'invoke', name: 'fileConsent/invoke', replyToId: id, value });
		expect(world.events).toEqual([]);
	});
});
