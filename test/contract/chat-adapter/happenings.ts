/** What an adapter tells of places unasked, all that it claims and nothing else: files, members, what becomes of a channel. */

import { afterEach, describe, expect, test } from 'vitest';
import { BotError } from '#src/errors.ts';
import type { Place } from '#src/platform/place.ts';
import type { PlaceEvent, PlaceEvents, PlaceEventType } from '#src/platform/place-event.ts';
import { newName, type PlaceChange } from '../adapter-under-test.ts';
import { type AdapterScene, message, signal } from './scene.ts';

/** Each with what has to be so before it can happen. */
const changes: Readonly<Record<PlaceChange, PlaceChange | null>> = {
	'place-archived': null,
	'place-unarchived': 'place-archived',
	'place-deleted': null,
	'place-made-public': null,
	'place-made-private': 'place-made-public',
	'place-shared': null,
	'place-unshared': 'place-shared',
	'place-renamed': null,
};

export function describeHappenings(scene: AdapterScene): void {
	const { eventsAbout, until } = scene;
	const content = Buffer.from('name;days\nAna;23\n');
	const file = { name: 'days.csv', mediaType: 'text/csv', content };

	const tells = (type: PlaceEventType) => scene.platform.capabilities.tells.includes(type);

	/** The first of this type, of those that `isIt` takes. */
	async function told<Type extends PlaceEventType>(type: Type, isIt: (event: PlaceEvents[Type]) => boolean): Promise<PlaceEvents[Type]> {
		const isMeant = (event: PlaceEvent): event is PlaceEvents[Type] => event.type === type && isIt(event as PlaceEvents[Type]);
		return await until(() => scene.world.happenings.find(isMeant));
	}

	/** As far as it is told which place it was. */
	function about({ platform, tenantId, channelId }: Place) {
		return { platform, tenantId, channelId };
	}

	async function openWith(count: number) {
		const { member } = scene.world.people;
		const others = await Promise.all(Array.from({ length: count }, () => scene.world.newcomer()));
		const { place } = await scene.world.openClosedChannel([member, ...others]);
		return { place, others };
	}

	describe('what happens', () => {
		afterEach(() => {
			for (const { type } of scene.world.happenings) expect(scene.platform.capabilities.tells).toContain(type);
		});

		test.each([true, false])('to files: one is shared, with the bot mentioned: %s', async (mentions) => {
			if (!tells('file-shared')) return;
			const said = await scene.world.say({ place: 'channel', text: 'look at this', mentions, file });
			const event = await told('file-shared', ({ messageId }) => messageId === said.messageId);
			expect(event).toMatchObject({ place: about(said.place), sharedBy: scene.world.people.member });
			// In channels of Teams a file has no name until it is fetched.
			expect(['', 'days.csv']).toContain(event.file.name);
			expect(event).toMatchObject({ platform: scene.platform.name, tenantId: said.place.tenantId });
			const read = await Array.fromAsync(scene.platform.fetchFile(event.file, event.place, content.length, signal));
			expect(Buffer.concat(read).equals(content)).toBe(true);
			const received = (await eventsAbout(said)).filter((one) => one.type === 'message-received' && one.addressedBy !== 'talk');
			expect(new Set(received.map(({ key }) => key)).size).toBe(mentions ? 1 : 0);
		});

		test('to files: one is offered by a reader of its message, and is the same file as when it was shared', async () => {
			const { offer, people } = scene.world;
			if (offer === undefined) return;
			const said = await scene.world.say({ place: 'channel', text: 'look at this', file });
			const shared = await told('file-shared', ({ messageId }) => messageId === said.messageId);
			await offer(said, people.colleague);
			const offered = await until(() => scene.world.events.find((event) => event.type === 'files-offered'));
			const { place, messageId, sharedBy, occurredAt: sharedAt } = shared;
			expect(offered).toMatchObject({ place, messageId, sharedBy, sharedAt, files: [shared.file], actor: people.colleague });
			scene.world.forget();
			await offer(said, people.colleague);
			const again = await until(() => scene.world.events.find((event) => event.type === 'files-offered'));
			expect(again.key).not.toBe(offered.key);
		});

		test('to files: those of the bot itself are not offered', async () => {
			const { offer, people } = scene.world;
			if (offer === undefined || scene.platform.capabilities.files === null) return;
			const { place, messageId } = await scene.world.say({ place: 'channel', text: 'root', mentions: true });
			scene.world.forget();
			const reference = await scene.platform.post(place, message('mine', { inReplyTo: messageId }), signal);
			await offer({ ...reference }, people.colleague);
			const offered = await until(() => scene.world.events.find((event) => event.type === 'files-offered'));
			expect(offered).toMatchObject({ sharedBy: null, files: [] });
		});

		test('to files: the message that brought them is deleted', async () => {
			if (!tells('message-files-left')) return;
			const said = await scene.world.say({ place: 'channel', text: 'look at this', file });
			const shared = await told('file-shared', ({ messageId }) => messageId === said.messageId);
			const reference = { place: shared.place, messageId: said.messageId };
			const isShared = async () => (await scene.platform.isShared?.(reference, shared.file.id, signal)) ?? null;
			const before = await isShared();
			expect(before).not.toBe(false);
			await scene.world.remove(said);
			const event = await told('message-files-left', ({ messageId }) => messageId === said.messageId);
			expect(await isShared()).toBe(before === null ? null : false);
			expect(event).toMatchObject({ place: about(said.place), fileIds: [] });
			expect(event.key).not.toBe(shared.key);
		});

		test.each(['file-changed', 'file-removed'] as const)('to files: %s', async (change) => {
			if (!tells(change)) return;
			const said = await scene.world.say({ place: 'channel', text: 'look at this', file });
			const shared = await told('file-shared', ({ messageId }) => messageId === said.messageId);
			await scene.world.changeFile(shared.file.id, change);
			await told(change, ({ fileId }) => fileId === shared.file.id);
			const parts = () => Array.fromAsync(scene.platform.fetchFile({ ...shared.file, source: null }, shared.place, 1_000_000, signal));
			if (change === 'file-changed') expect(Buffer.concat(await parts()).length).toBeGreaterThan(0);
			else {
				await expect(parts()).rejects.toThrow();
				const reference = { place: shared.place, messageId: said.messageId };
				expect(await scene.platform.isShared?.(reference, shared.file.id, signal)).toBe(false);
			}
		});

		test('to members: somebody comes and goes', async () => {
			if (!tells('member-joined') && !tells('member-left')) return;
			const { place, others } = await openWith(1);
			const [first] = others;
			const newcomer = await scene.world.newcomer();
			await scene.world.letIn(place, newcomer);
			const joined = await told('member-joined', ({ member }) => member?.accountId === newcomer.accountId);
			expect(joined).toMatchObject({ place: about(place), member: newcomer, isSelf: false });
			if (first === undefined) throw new Error('nobody is there');
			await scene.world.shutOut(place, first);
			const left = await told('member-left', ({ member }) => member?.accountId === first.accountId);
			expect(left).toMatchObject({ place: about(place), member: first, isSelf: false });
		});

		test('to members: the bot is taken out', async () => {
			if (!tells('member-left')) return;
			const { place } = await openWith(0);
			await scene.world.shutOut(place, 'bot');
			expect(await told('member-left', ({ isSelf }) => isSelf)).toMatchObject({ place: about(place) });
		});

		test.each(Object.keys(changes) as PlaceChange[])('to a channel: %s', async (change) => {
			if (!tells(change)) return;
			const { place } = await openWith(0);
			const before = changes[change];
			if (before !== null) {
				await scene.world.changePlace(place, before);
				await told(before, () => true);
			}
			const changed = await scene.world.changePlace(place, change);
			const event = await told(change, ({ place: { channelId } }) => channelId === changed.channelId);
			expect(event).toMatchObject({ place: about(changed), ...(change === 'place-renamed' ? { name: newName } : {}) });
		});

		test('to the app: it is taken out altogether', async () => {
			if (!tells('app-removed')) return;
			const { place } = await openWith(0);
			await scene.world.removeApp();
			const { platform, tenantId } = place;
			expect(await told('app-removed', () => true)).toMatchObject({ platform, tenantId, place: null });
			await openWith(0);
		});

		test('has one key, however often it is delivered', async () => {
			if (scene.lacks('channels')) return;
			scene.world.deliverTwice(true);
			const { place } = await openWith(0);
			await scene.world.changePlace(place, 'place-renamed');
			const said = await scene.world.say({ place: 'channel', text: 'twice', mentions: true, file });
			scene.world.deliverTwice(false);
			await eventsAbout(said);
			for (const type of ['place-renamed', 'file-shared'] as const) {
				await told(type, () => true);
				const keys = scene.world.happenings.filter((event) => event.type === type).map(({ key }) => key);
				expect(new Set(keys).size).toBe(1);
			}
		});

		test('is told again when it could not be kept', async () => {
			if (scene.lacks('channels')) return;
			const { place } = await openWith(0);
			scene.world.sinkFails(new BotError('STORE_UNAVAILABLE', 'away', { retryable: true }));
			await scene.world.changePlace(place, 'place-renamed');
			await new Promise((resolve) => setTimeout(resolve, 50));
			scene.world.sinkFails(null);
			await told('place-renamed', ({ place: { channelId } }) => channelId === place.channelId);
		});

		test('to what the bot itself says is nobody’s doing', async () => {
			if (scene.lacks('channels')) return;
			const said = await scene.world.say({ place: 'channel', text: 'hello', mentions: true });
			const reference = await scene.platform.post(said.place, message('mine'), signal);
			await eventsAbout(said);
			scene.world.forget();
			await scene.platform.remove(reference, signal);
			await eventsAbout(await scene.world.say({ place: 'direct', text: 'after' }));
			expect(scene.world.happenings).toEqual([]);
		});
	});
}
